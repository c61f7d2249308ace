// The search over any names: typed as stored always finds it, and nothing is found that is not there.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import fc from "fast-check";

import { huellaPedido, sha256 } from "../../cuaderno/recibo.js";
import { nuevoId } from "../../comun/identificador.js";
import { Indice, indiceDeArticulos, indiceDeClientes, normalizar } from "../../catalogo/indice.js";
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
  new Indice(todas, { claves: ({ clave }) => [clave], texto: ({ texto }) => texto });
const ids = ({ filas: halladas }) => halladas.map(({ id }) => id);

test("normal text is what it was, without marks, case or spaces that say nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (texto) => {
      const normal = normalizar(texto);
      assert.equal(normalizar(normal), normal);
      assert.equal(normalizar(` ${texto}  `), normal);
      assert.doesNotMatch(normal, /\p{Mn}|\s\s|^\s|\s$/u);
    }),
  );
  assert.equal(normalizar("  Guaraná\tMAÇÃ  2 L "), "guarana maca 2 l");
  assert.equal(normalizar(null), "null");
  assert.equal(normalizar(1043), "1043");
});

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
      const { filas: halladas, mas } = indice(todas).buscar(pregunta, 50);
      assert.equal(mas, false);
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
      assert.equal(pocos.mas, enteros.length > limite);
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
  const articulos = indiceDeArticulos({
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
  const clientes = indiceDeClientes({
    12: { ruc: "80009735-1", nombrefactura: "Ñandutí S.A.", nombrefantasia: "Don Beto", canal: 1 },
  });
  for (const q of ["80009735-1", "8000", "nanduti", "don b", "beto ñandutí", "s.a."])
    assert.deepEqual(ids(clientes.buscar(q)), ["12"], q);
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
