// The sentences that are put together: numbers agree, and what is missing is said in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { frase } from "../../comun/frases.js";
import {
  articulos,
  enumerar,
  nombreDeCampo,
  pedidos,
  plural,
  precioDicho,
  textoDeCambio,
  textoDeCambios,
  textoDeAdelantadas,
  textoDeReparado,
} from "../../comun/textos.js";

const FICHAS = { articulos: { 7: { descripcion: "Yerba" } } };

test("keys that came after an Enter are told as they would be read", () => {
  assert.equal(
    textoDeAdelantadas("1003", ["5", "Enter", "1", "0", "0", "4", "Enter"]),
    "«1003» no se encontró a tiempo, y lo escrito después no se cargó: 5 1004",
  );
  assert.match(textoDeAdelantadas("1003", ["5", "4", "Backspace", "Backspace", "6"]), /cargó: 6$/);
});

test("one is one, and the rest are many", () => {
  assert.deepEqual([0, 1, 2, 1200].map(pedidos), [
    "0 pedidos",
    "1 pedido",
    "2 pedidos",
    "1.200 pedidos",
  ]);
  assert.deepEqual([1, 3].map(articulos), ["1 artículo", "3 artículos"]);
  assert.deepEqual(
    [1n, 2n].map((n) => plural(n, "unidad", "unidades")),
    ["1 unidad", "2 unidades"],
  );
});

test("a code has its sentence; one that nobody knows, the general one", () => {
  assert.equal(frase("total"), "El total de la línea es demasiado grande.");
  const general = "Respuesta inesperada del servidor. Los pedidos siguen en este equipo.";
  for (const codigo of ["nobody's", "", undefined]) assert.equal(frase(codigo), general);
});

test("fields have people's names", () => {
  assert.equal(nombreDeCampo("articulo_id"), "artículo");
  assert.equal(nombreDeCampo("otro"), "otro");
  for (const nada of ["", null, undefined]) assert.equal(nombreDeCampo(nada), "");
});

test("what mending cost", () => {
  assert.deepEqual(
    [0, 1, 2].map((fuera) => textoDeReparado("Don Beto", fuera)),
    [
      "Pedido de Don Beto reparado, con todas sus líneas.",
      "Pedido de Don Beto reparado: 1 línea quedó fuera.",
      "Pedido de Don Beto reparado: 2 líneas quedaron fuera.",
    ],
  );
});

test("changes of prices: the first three, and how many more", () => {
  const cambio = (articulo) => ({ articulo, antes: "12500", ahora: "11900" });
  const texto = (cuantos) =>
    textoDeCambios(
      Array.from({ length: cuantos }, (_, i) => cambio(7 + i)),
      FICHAS,
      0,
    );
  assert.equal(texto(1), "Catálogo nuevo: cambió 1 precio. Yerba 12.500 → 11.900.");
  assert.equal(
    texto(3),
    "Catálogo nuevo: cambiaron 3 precios. Yerba 12.500 → 11.900; Artículo 8 12.500 → 11.900; " +
      "Artículo 9 12.500 → 11.900.",
  );
  assert.match(texto(5), /^Catálogo nuevo: cambiaron 5 precios\. .*11\.900; y 2 más\.$/);
  assert.equal(
    textoDeCambio({ articulo: 7, antes: "1.5", ahora: "10" }, FICHAS, 2),
    "Yerba 1,50 → 10,00",
  );
});

test("a price that is none is told as it is written", () => {
  assert.equal(precioDicho("12500", 0), "12.500");
  for (const [texto, dicho] of [
    ["x", "x"],
    ["", ""],
    ["12.5", "12.5"],
    [null, "null"],
  ])
    assert.equal(precioDicho(texto, 0), dicho);
});

test("names in a row", () => {
  const nombres = ["Yerba", "Azúcar", "Té", "Sal"];
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((n) => enumerar(nombres.slice(0, n))),
    ["", "Yerba", "Yerba y Azúcar", "Yerba, Azúcar y 1 más", "Yerba, Azúcar y 2 más"],
  );
  assert.equal(enumerar(nombres, 3), "Yerba, Azúcar, Té y 1 más");
  assert.equal(enumerar(nombres, 4), "Yerba, Azúcar, Té y Sal");
});
