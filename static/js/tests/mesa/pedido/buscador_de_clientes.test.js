// The search of clients: what is typed while the one chosen opens is for the entry row.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { BuscadorDeClientes } from "../../../mesa/pedido/buscador_de_clientes.js";
import { $, abrirPagina, escribir } from "../../documento.js";
import { dichos, espia } from "../espia.js";

let hechos;
let abrir;
let dibujar;
let pantalla;
let buscador;

beforeEach(() => {
  abrirPagina(`<div id="avisos"></div><div><input id="entrada_cliente"><div id="clientes_picker"></div></div>
    <input id="entrada_articulo">`);
  hechos = [];
  pantalla = { activo: "" };
  buscador = new BuscadorDeClientes({
    clientes: espia(hechos, "clientes", { abrir: () => new Promise((seguir) => (abrir = seguir)) }),
    entrada: espia(hechos, "entrada"),
    pickers: espia(hechos, "pickers", { clientes: async () => null }),
    foco: { dibujado: (tarea) => (dibujar = tarea) },
    pantalla,
  });
  hechos.length = 0;
});

test("while one opens, whole codes and the rest wait for the entry row's turn", async () => {
  const hecho = buscador.alElegir({ id: "12" });
  assert.deepEqual(hechos, [["clientes.abrir", { id: "12" }]]);
  assert.deepEqual([buscador.esperar("7840001000018"), buscador.esperar("3*1043")], [true, true]);
  // No client is looked for by what is the entry row's.
  escribir($("entrada_cliente"), "yer");
  pantalla.activo = "12";
  $("entrada_articulo").focus();
  assert.deepEqual(hechos.slice(1), [
    ["entrada.escribir", "7840001000018", { enter: true }],
    ["entrada.escribir", "3*1043", { enter: true }],
    ["entrada.escribir", "yer"],
  ]);
  assert.deepEqual([$("entrada_cliente").value, buscador.esperan], ["", null]);
  abrir();
  await hecho;
  dibujar();
});

test("another client on the screen gets nothing of it, and which codes those were is said", async () => {
  buscador.alElegir({ id: "12", nombre: "Don Beto" });
  buscador.esperar("7840001000018");
  escribir($("entrada_cliente"), "yer");
  pantalla.activo = "13";
  $("entrada_articulo").focus();
  assert.deepEqual([hechos.length, $("entrada_cliente").value, buscador.esperan], [1, "", null]);
  assert.deepEqual(dichos(), [
    "7840001000018: no se agregó. Se escribió para Don Beto, y hay otro pedido en pantalla.",
  ]);
});

test("whoever went elsewhere wrote nothing for it", async () => {
  const hecho = buscador.alElegir({ id: "12" });
  buscador.esperar("1043");
  abrir();
  await hecho;
  dibujar();
  $("entrada_articulo").focus();
  assert.deepEqual([hechos.length, buscador.esperan], [1, null]);
});

test("while none opens nothing is kept, and nothing passes", () => {
  assert.equal(buscador.esperar("1043"), false);
  escribir($("entrada_cliente"), "don");
  $("entrada_articulo").focus();
  assert.deepEqual([hechos, $("entrada_cliente").value], [[["pickers.clientes", "don"]], "don"]);
});
