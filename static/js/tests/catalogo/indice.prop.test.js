// The search over any names: typed as stored always finds it, and nothing is found that is not there.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import fc from "fast-check";

import { huellaPedido, sha256 } from "../../cuaderno/recibo.js";
import { nuevoId } from "../../comun/identificador.js";
import { articulosDe, clientesDe, indicesDe } from "../catalogos.js";
import { normalizar, normalizarTodos } from "../../lectura/normal.js";
import { esId } from "../../cuaderno/pedidos.js";

const palabra = fc.string({
  unit: fc.constantFrom(..."aábcçñoôuüÁÑxyz019"),
  minLength: 1,
  maxLength: 5,
});
const nombre = fc.array(palabra, { minLength: 1, maxLength: 3 }).map((partes) => partes.join(" "));
const filas = fc
  .array(nombre, { minLength: 1, maxLength: 12 })
  .map((nombres) =>
    Object.fromEntries(nombres.map((texto, i) => [i + 1, { texto, clave: `k${i}` }])),
  );
const indice = (todas) =>
  indicesDe(todas, {
    claves: ({ clave }) => [clave],
    texto: ({ texto }) => texto,
    comparables: normalizarTodos,
    formas: (texto) => [texto],
    sola: /^[0-9]{8}$/,
  })[0];
const ids = ({ filas: halladas }) => halladas.map(({ id }) => id);

test("typed as it is stored, in any case and with or without its marks, it is found", () => {
  fc.assert(
    fc.property(filas, (todas) => {
      const buscador = indice(todas);
      for (const [id, { texto }] of Object.entries(todas))
        for (const pregunta of [texto, texto.toUpperCase(), normalizar(texto), ` ${texto} `])
          assert.ok(ids(buscador.buscar(pregunta, 50)).includes(id), pregunta);
    }),
  );
});

test("whatever was looked for before, a search finds what it finds in an index that is new", () => {
  const tecleo = fc.array(fc.oneof(palabra, nombre), { maxLength: 4 });
  fc.assert(
    fc.property(filas, tecleo, (todas, preguntas) => {
      const usado = indice(todas);
      // Letter by letter, as hands write.
      for (const pregunta of preguntas)
        for (let largo = 1; largo <= pregunta.length; largo += 1) {
          const escrito = pregunta.slice(0, largo);
          assert.deepEqual(usado.buscar(escrito, 5), indice(todas).buscar(escrito, 5), escrito);
        }
    }),
  );
});

test("so is by the beginnings of its words, in any order", () => {
  fc.assert(
    fc.property(filas, fc.integer({ min: 1, max: 3 }), (todas, largo) => {
      const buscador = indice(todas);
      for (const [id, { texto }] of Object.entries(todas)) {
        const comienzos = normalizar(texto)
          .split(" ")
          .map((parte) => parte.slice(0, largo))
          .reverse();
        assert.ok(ids(buscador.buscar(comienzos.join(" "), 50)).includes(id));
      }
    }),
  );
});

test("whatever is found has every word of the question in it", () => {
  fc.assert(
    fc.property(filas, nombre, (todas, pregunta) => {
      const { filas: halladas, mas, cercanas } = indice(todas).buscar(pregunta, 50);
      assert.equal(mas, false);
      if (cercanas) return;
      assert.equal(new Set(halladas.map(({ id }) => id)).size, halladas.length);
      for (const { texto } of halladas)
        for (const parte of normalizar(pregunta).split(" "))
          assert.ok(normalizar(texto).includes(parte), `${pregunta} in ${texto}`);
    }),
  );
});

test("no more than the limit, the same first ones, and whether there are more", () => {
  fc.assert(
    fc.property(filas, nombre, fc.integer({ min: 1, max: 6 }), (todas, pregunta, limite) => {
      const buscador = indice(todas);
      const enteros = ids(buscador.buscar(pregunta, 50));
      const pocos = buscador.buscar(pregunta, limite);
      assert.ok(pocos.filas.length <= limite);
      assert.equal(pocos.filas.length, Math.min(limite, enteros.length));
      assert.equal(pocos.mas, !pocos.cercanas && enteros.length > limite);
      assert.deepEqual(ids(pocos), enteros.slice(0, limite));
    }),
  );
});

test("an exact code comes first, and alone if it is a barcode", () => {
  const todas = {
    1: { texto: "12345678 caja", clave: "99" },
    2: { texto: "otra", clave: "12345678" },
    3: { texto: "k5 cosa", clave: "z" },
    4: { texto: "nada", clave: "K5" },
  };
  const buscador = indice(todas);
  assert.deepEqual(ids(buscador.buscar("12345678")), ["2"]);
  assert.deepEqual(ids(buscador.buscar("k5")), ["4", "3"]);
  assert.deepEqual(buscador.exacto(" K5 "), { id: "4", ...todas[4] });
  assert.equal(buscador.exacto("k"), null);
  // Of nothing asked, the first ones by their names.
  for (const nada of ["", "  "]) assert.deepEqual(ids(buscador.buscar(nada, 2)), ["1", "3"]);
});

test("what begins with the first word goes before what has it further in; inside words, last", () => {
  const nombres = ["mate yerba", "yerba mate", "la yerba", "hierba", "superyerba"];
  const buscador = indice(
    Object.fromEntries(nombres.map((texto, i) => [i + 1, { texto, clave: "" }])),
  );
  const textos = (q) => buscador.buscar(q).filas.map(({ texto }) => texto);
  assert.deepEqual(textos("yerb"), ["yerba mate", "la yerba", "mate yerba"]);
  assert.deepEqual(textos("yerb mat"), ["yerba mate", "mate yerba"]);
  assert.deepEqual(textos("erba"), [
    "hierba",
    "la yerba",
    "mate yerba",
    "superyerba",
    "yerba mate",
  ]);
  assert.deepEqual(textos("xx"), []);
});

test("articles and clients are found by all that names them", () => {
  const articulos = articulosDe({
    7: {
      codigo: 1043,
      sku: "YM-500",
      prod_marca: "Kurupí",
      descripcion: "Yerba mate",
      tasa_iva: 10,
      codigo_barras: "7840001000013",
    },
    8: { codigo: 9, sku: "S", prod_marca: "M", descripcion: "Sal", codigo_barras: null },
  });
  for (const clave of ["1043", "ym-500", "7840001000013", 1043])
    assert.equal(articulos.exacto(clave)?.id, "7", String(clave));
  for (const q of ["kurupi", "yerba", "104", "ym", "784", "mate kurupí"])
    assert.deepEqual(ids(articulos.buscar(q)), ["7"], q);
  assert.equal(articulos.exacto("null"), null);
  const clientes = clientesDe({
    12: { ruc: "80009735-1", nombrefactura: "Ñandutí S.A.", nombrefantasia: "Don Beto", canal: 1 },
  });
  for (const q of ["80009735-1", "8000", "nanduti", "don b", "beto ñandutí", "s.a."])
    assert.deepEqual(ids(clientes.buscar(q)), ["12"], q);
});

test("a code is another's SKU or barcode: first the code, then the SKU, then the barcode", () => {
  const articulo = (codigo, sku, codigo_barras, descripcion) => ({
    codigo,
    sku,
    codigo_barras,
    descripcion,
    prod_marca: "",
  });
  const articulos = articulosDe({
    1: articulo(1, "a", "0036000291452", "Zeta"),
    2: articulo(2, "036000291452", null, "Yota"),
    3: articulo(12345, "00012345", null, "Alfa"),
    4: articulo(5, "12345", "00012348", "Beta"),
    5: articulo(6, "012345", null, "Aro"),
  });
  assert.deepEqual(ids(articulos.buscar("12345")), ["3", "5", "4"]);
  for (const barras of ["036000291452", "0036000291452", "00036000291452"])
    assert.deepEqual(ids(articulos.buscar(barras)), ["2", "1"], barras);
  assert.equal(articulos.exacto("36000291452").id, "2");
  assert.equal(articulos.exacto("000012348").id, "4");
});

test("a RUC is found with or without its points, hyphen and check digit", () => {
  const cliente = (ruc, nombrefantasia) => ({ ruc, nombrefantasia, nombrefactura: "", canal: 1 });
  const clientes = clientesDe({
    1: cliente("80041112-9", "Zeta"),
    2: cliente("5257296-0", "Otro"),
    3: cliente("80041112-9", "Alfa"),
    4: cliente("20131312955", "De Lima"),
    5: cliente("700A-1", "Kiosko 2.0"),
  });
  for (const q of ["80041112-9", "80041112", "800411129", "80.041.112-9", "80.041.112"])
    assert.deepEqual(ids(clientes.buscar(q)), ["3", "1"], q);
  for (const q of ["5.257.296-0", "52572960", "5.257", "5257-"])
    assert.deepEqual(ids(clientes.buscar(q)), q === "5257-" ? [] : ["2"], q);
  assert.deepEqual(ids(clientes.buscar("20.131312955")), ["4"]);
  assert.deepEqual(ids(clientes.buscar("700a1")), ["5"]);
  assert.deepEqual(ids(clientes.buscar("2.0")), ["5"]);
});

test("what goes first does, among what is found the same way", () => {
  const nombres = ["yerba a", "yerba b", "la yerba", "yerba c"];
  const buscador = indice(
    Object.fromEntries(nombres.map((texto, i) => [i + 1, { texto, clave: `c${i}` }])),
  );
  const primero = (id) => id === "3" || id === "4";
  assert.deepEqual(ids(buscador.buscar("yerba", 20, primero)), ["4", "3", "1", "2"]);
  assert.deepEqual(ids(buscador.buscar("erba", 20, primero)), ["3", "4", "1", "2"]);
  assert.deepEqual(ids(buscador.buscar("yerva", 20, primero)), ["3", "4", "1", "2"]);
  assert.deepEqual(ids(buscador.buscar("c0", 2, primero)), ["1"]);
  assert.deepEqual(buscador.buscar("yerba", 2, primero).mas, true);
});

test("what finds nothing has the nearest words, said to be so", () => {
  const nombres = ["galleta dulce", "galletas saladas", "café molido", "gallo", "queso 500 g"];
  const buscador = indice(
    Object.fromEntries(nombres.map((texto, i) => [i + 1, { texto, clave: "" }])),
  );
  const cerca = (q) => {
    const { filas: halladas, mas, cercanas } = buscador.buscar(q);
    assert.deepEqual([mas, cercanas], [false, true], q);
    return halladas.map(({ texto }) => texto);
  };
  assert.deepEqual(cerca("galletita"), ["galleta dulce", "galletas saladas"]);
  assert.deepEqual(cerca("galletita dulses"), ["galleta dulce"]);
  assert.deepEqual(cerca("cafecito"), ["café molido"]);
  assert.deepEqual(cerca("qeso 500"), ["queso 500 g"]);
  assert.deepEqual(cerca("qeso 501"), []);
  assert.deepEqual(cerca("xyzzy"), []);
  assert.equal(buscador.buscar("galleta").cercanas, false);
});

test("part of a barcode that has the length of one is only near what it is part of", () => {
  const barras = ["7840001000011", "7840001000028", "78400010"];
  const articulos = barras.map((codigo_barras, i) => [i + 1, { descripcion: "x", codigo_barras }]);
  const buscar = (q, cuales) => {
    const { filas: halladas, mas, cercanas } = articulosDe(Object.fromEntries(cuales)).buscar(q, 1);
    return [halladas.map(({ id }) => id), mas, cercanas];
  };
  assert.deepEqual(buscar("78400010", articulos), [["3"], false, false]);
  assert.deepEqual(buscar("78400010", articulos.slice(0, 2)), [["1"], false, true]);
  assert.deepEqual(buscar("784000100001", articulos.slice(0, 2)), [["1"], false, true]);
  assert.deepEqual(buscar("7840001", articulos.slice(0, 2)), [["1"], true, false]);
});

test("a question is as long as people's are", () => {
  const buscador = indice({ 1: { texto: `${"🧉".repeat(119)} a`, clave: "" } });
  assert.deepEqual(ids(buscador.buscar(`${"🧉".repeat(119)} b`)), ["1"]);
  assert.equal(buscador.preparar().length, 2);
});

test("our SHA-256 is everybody's, over any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (texto) => {
      const bytes = new TextEncoder().encode(texto);
      assert.equal(sha256(texto), createHash("sha256").update(bytes).digest("hex"));
    }),
    { numRuns: 300 },
  );
});

test("a receipt is of its client and lines, one after the other", () => {
  const linea = fc.record({
    articulo_id: fc.nat(),
    cantidad: fc.nat(),
    precio_unitario: fc.nat().map(String),
  });
  fc.assert(
    fc.property(fc.nat(), fc.array(linea), (cliente, lineas) => {
      const texto = lineas
        .map((l) => `${l.articulo_id}:${l.cantidad}:${l.precio_unitario}\n`)
        .join("");
      assert.equal(huellaPedido(cliente, lineas), sha256(`${cliente}\n${texto}`));
    }),
  );
});

test("ids are good ones, and none comes twice, with crypto.randomUUID or without", () => {
  const { randomUUID } = crypto;
  const vistos = new Set();
  try {
    for (const value of [randomUUID, undefined]) {
      Object.defineProperty(crypto, "randomUUID", { value, configurable: true });
      for (let i = 0; i < 500; i++) {
        const id = nuevoId();
        assert.ok(esId(id), id);
        assert.equal(id[14], "4");
        assert.match(id[19], /[89ab]/);
        vistos.add(id);
      }
    }
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }
  assert.equal(vistos.size, 1000);
});
