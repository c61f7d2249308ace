// The pickers' rows made in the page, and what an option says of itself.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import fc from "fast-check";

import {
  articuloDe,
  clienteDe,
  opcionDeArticulo,
  opcionDeCliente,
  pieDe,
  pintar,
} from "../../mesa/opciones.js";
import { $, abrirPagina } from "../documento.js";

const ARTICULO = {
  id: "7",
  codigo: 1043,
  sku: "s",
  descripcion: "Yerba",
  prod_marca: "Kurupí",
  tasa_iva: 10,
  codigo_barras: "7840001000018",
  precio: 12_500_000_000n,
  desde: { cantidad: 12, final: 11_900_000_000n },
};

beforeEach(() => {
  abrirPagina(`
    <div id="picker" class="opciones" data-q=""><ul role="listbox" id="lista"></ul><p data-pie></p></div>
    <template id="plantilla">
      <div id="picker" class="opciones"><ul role="listbox">
        <li role="option" data-tipo="articulo"><b data-campo="codigo"></b><i data-campo="descripcion"></i>
          <u data-campo="precio_texto"></u><s data-campo="nada"></s></li></ul><p data-pie></p></div>
    </template>`);
});

const dibujar = (filas, { mas = false, cercanas = false } = {}) =>
  pintar($("picker"), $("plantilla"), { q: "yer", filas, mas, cercanas, pie: pieDe("artículo") });

test("the root stays and says which text it answers; the list in it is another, at its top", () => {
  const [raiz, lista] = [$("picker"), $("lista")];
  lista.scrollTop = 40;
  dibujar([opcionDeArticulo(ARTICULO, 0)]);
  assert.equal($("picker"), raiz);
  assert.deepEqual([raiz.dataset.q, raiz.className, $("lista").scrollTop], ["yer", "opciones", 0]);
  assert.equal(document.querySelectorAll("#lista").length, 1);
  assert.equal(lista.isConnected, false);
});

test("each row is the server's markup with its own words and data", () => {
  dibujar([opcionDeArticulo(ARTICULO, 0), opcionDeArticulo({ ...ARTICULO, id: "8" }, 0)]);
  const [primera, segunda] = document.querySelectorAll("[role=option]");
  assert.deepEqual([primera.id, segunda.id], ["articulo-7", "articulo-8"]);
  assert.deepEqual(
    [...primera.querySelectorAll("[data-campo]")].map(({ textContent }) => textContent),
    ["1043", "Yerba", "12.500", ""],
  );
  assert.equal(primera.dataset.precio, "12500");
  assert.equal(primera.hasAttribute("aria-disabled"), false);
});

test("names are never markup", () => {
  dibujar([opcionDeArticulo({ ...ARTICULO, descripcion: "<img src=x>" }, 0)]);
  assert.equal(document.querySelector("img"), null);
  assert.equal(document.querySelector("i").textContent, "<img src=x>");
});

test("one without a price is shown, and is not to be chosen", () => {
  dibujar([opcionDeArticulo({ ...ARTICULO, precio: null }, 0)]);
  const opcion = document.querySelector("[role=option]");
  assert.equal(opcion.getAttribute("aria-disabled"), "true");
  assert.equal(opcion.querySelector("u").textContent, "Sin precio para este cliente");
});

test("the foot says what is missing, and an empty list is hidden", () => {
  const pie = () => document.querySelector("[data-pie]").textContent;
  dibujar([]);
  assert.equal(pie(), "Ningún artículo coincide: probar con menos letras.");
  assert.equal(document.querySelector("[role=listbox]").hidden, true);
  dibujar([opcionDeArticulo(ARTICULO, 0)], { mas: true });
  assert.equal(pie(), "Hay más: seguir escribiendo.");
  dibujar([opcionDeArticulo(ARTICULO, 0)]);
  assert.equal(pie(), "");
  assert.equal(document.querySelector("[role=listbox]").hidden, false);
});

test("what is only near says so, and what comes after it does not", () => {
  const cercanas = () => [
    document.querySelector("[data-pie]").textContent,
    $("picker").dataset.cercanas,
  ];
  dibujar([opcionDeArticulo(ARTICULO, 0)], { cercanas: true });
  assert.deepEqual(cercanas(), ["Nada coincide; lo más parecido es:", ""]);
  dibujar([], { cercanas: true });
  assert.deepEqual(cercanas(), ["Ningún artículo coincide: probar con menos letras.", undefined]);
  dibujar([opcionDeArticulo(ARTICULO, 0)]);
  assert.deepEqual(cercanas(), ["", undefined]);
});

test("the model is used again and again, unchanged", () => {
  const antes = $("plantilla").innerHTML;
  for (let i = 0; i < 3; i += 1) dibujar([opcionDeArticulo(ARTICULO, 0)]);
  assert.equal($("plantilla").innerHTML, antes);
});

test("a model without a row, or an empty one, says what it misses", () => {
  $("plantilla").content.querySelector("[role=option]").remove();
  assert.throws(() => dibujar([]), { message: "[role=option] is not there" });
  $("plantilla").innerHTML = "";
  assert.throws(() => dibujar([]), { message: "[role=option] is not there" });
});

test("an article as its option has it, in guaraníes and in cents", () => {
  assert.deepEqual(opcionDeArticulo(ARTICULO, 0), {
    id: "7",
    codigo: "1043",
    descripcion: "Yerba",
    marca: "Kurupí",
    barras: "7840001000018",
    tasa: "10",
    precio: "12500",
    precio_texto: "12.500",
    desde: "desde 12: 11.900",
  });
  const { precio, precio_texto, desde, barras } = opcionDeArticulo(
    { ...ARTICULO, precio: 12_345_000n, desde: null, codigo_barras: null },
    2,
  );
  assert.deepEqual([precio, precio_texto, desde, barras], ["12.35", "12,35", "", ""]);
});

test("a client is called as people call it, or as it is billed", () => {
  const fila = {
    id: "12",
    ruc: "80009735-1",
    nombrefactura: "Beto S.A.",
    nombrefantasia: "Don Beto",
    canal: 1,
    canal_nombre: "Despensas",
  };
  assert.deepEqual(opcionDeCliente(fila), {
    id: "12",
    nombre: "Don Beto",
    razon: "Beto S.A.",
    ruc: "80009735-1",
    canal: "1",
    canal_nombre: "Despensas",
  });
  assert.equal(opcionDeCliente({ ...fila, nombrefantasia: "" }).nombre, "Beto S.A.");
});

test("what a fragment leaves out is empty", () => {
  assert.deepEqual(clienteDe({ id: "12" }), {
    id: "12",
    nombre: "",
    razon: "",
    ruc: "",
    canal: "",
    canal_nombre: "",
  });
  assert.deepEqual(articuloDe({}), {
    id: "",
    codigo: "",
    descripcion: "",
    marca: "",
    barras: "",
    tasa: "",
    precio: "",
  });
});

test("an option of ours and one of the server's are the same article", () => {
  const { precio_texto: _texto, desde: _desde, ...articulo } = opcionDeArticulo(ARTICULO, 0);
  assert.deepEqual(articuloDe({ ...articulo, tipo: "articulo", otra: "x" }), articulo);
});

test("a damaged option is never sold untaxed: without a rate, or an id, it has no price", () => {
  const buena = { id: "7", tasa: "10", precio: "12500" };
  for (const tasa of ["10", "5", "0"]) assert.equal(articuloDe({ ...buena, tasa }).precio, "12500");
  for (const mala of [
    { tasa: "" },
    { tasa: undefined },
    { tasa: "21" },
    { tasa: "10.0" },
    { id: "" },
    { id: "0" },
    { id: "x" },
  ])
    assert.equal(articuloDe({ ...buena, ...mala }).precio, "", JSON.stringify(mala));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), (datos) => {
      const { tasa, precio } = articuloDe(datos);
      assert.ok(precio === "" || ["10", "5", "0"].includes(tasa));
    }),
  );
});
