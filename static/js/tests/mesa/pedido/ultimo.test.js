// A client's last order: asked for with its client, and repeated once.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { UltimoPedido } from "../../../mesa/pedido/ultimo.js";
import { $, abrirPagina, asentar } from "../../documento.js";
import { dichos, espia, foco, nombres } from "../espia.js";

const FILA =
  '<li data-id="7" data-tasa="10" data-precio="12500" data-cantidad="6" data-descripcion="Yerba"></li>';
const hueco = (dentro) => `<div id="ultimo_pedido">${dentro}</div>`;

let hechos;
let pantalla;
let enLinea;
let respuesta;
let ultimo;

beforeEach(() => {
  abrirPagina(`<div id="avisos"></div>${hueco("viejo")}`);
  hechos = [];
  pantalla = {
    enPantalla: { cliente: "12", id: "u" },
    pedido: {},
    esta: ({ cliente, id }) =>
      cliente === pantalla.enPantalla.cliente && id === pantalla.enPantalla.id,
    seguir: (oyente) => (pantalla.oyente = oyente),
  };
  enLinea = { hay: true };
  respuesta = async () => new DOMParser().parseFromString(hueco("nuevo"), "text/html");
  ultimo = new UltimoPedido({
    red: espia(hechos, "red", { fragmento: () => respuesta() }),
    pantalla,
    edicion: espia(hechos, "edicion"),
    alta: espia(hechos, "alta", {
      lineaDe: ({ id }, cantidad, precio) => ({
        linea: { articulo: Number(id), tasa: 10, cantidad, precio },
        ficha: { articulo: Number(id) },
      }),
    }),
    foco: foco(hechos),
    enLinea,
    parametros: { decimales: 0, sucursal: 2, urls: { ultimo: "/ultimo" } },
  });
});

test("it is asked for with the client; the one before goes at once", async () => {
  const hecho = ultimo.pedir();
  assert.equal($("ultimo_pedido").textContent, "");
  await hecho;
  assert.equal($("ultimo_pedido").textContent, "nuevo");
  assert.deepEqual(hechos, [["red.fragmento", "/ultimo?cliente=12&sucursal=2"]]);
});

test("without a line or an order nobody is asked; an answer for another client is not shown", async () => {
  enLinea.hay = false;
  await ultimo.pedir();
  enLinea.hay = true;
  pantalla.pedido = null;
  await ultimo.pedir();
  assert.deepEqual(hechos, []);
  pantalla.pedido = {};
  const hecho = ultimo.pedir();
  pantalla.enPantalla = { cliente: "13", id: "v" };
  await hecho;
  respuesta = async () => null;
  await ultimo.pedir();
  assert.equal($("ultimo_pedido").textContent, "");
});

test("whatever brings another order to the screen, the last one of its client is asked for", async () => {
  pantalla.oyente();
  await asentar();
  pantalla.oyente();
  assert.deepEqual([hechos.length, $("ultimo_pedido").textContent], [1, "nuevo"]);
  // Discarded, and the next one took its place; sent, and none did.
  pantalla.enPantalla = { cliente: "13", id: "v" };
  pantalla.oyente();
  assert.equal($("ultimo_pedido").textContent, "");
  await asentar();
  assert.deepEqual(hechos.at(-1), ["red.fragmento", "/ultimo?cliente=13&sucursal=2"]);
  assert.equal($("ultimo_pedido").textContent, "nuevo");
  pantalla.enPantalla = { cliente: "", id: null };
  pantalla.pedido = null;
  pantalla.oyente();
  assert.deepEqual([hechos.length, $("ultimo_pedido").textContent], [2, ""]);
  // Without a line nobody was asked: so he is once there is one.
  enLinea.hay = false;
  pantalla.enPantalla = { cliente: "14", id: "w" };
  pantalla.pedido = {};
  pantalla.oyente();
  enLinea.hay = true;
  pantalla.oyente();
  assert.equal(hechos.length, 3);
});

test("repeated: what has a price today, in one change; what has none is counted", async () => {
  $("ultimo_pedido").innerHTML = `<button data-repetir id="r"></button>${FILA}
    ${FILA.replace('"12500"', '""')}${FILA.replace('"6"', '"0"')}`;
  ultimo.con = pantalla.enPantalla;
  await ultimo.repetir({ target: $("r"), detail: 1 });
  const [, cambio, fichas, cual] = hechos.find(([nombre]) => nombre === "edicion.cambiar");
  assert.deepEqual([fichas, cual], [[{ articulo: 7 }], { cliente: "12", id: "u" }]);
  const { detalles } = cambio({ 12: { id: "x", detalles: [] } }, "12")[12];
  assert.deepEqual(
    detalles.map(({ articulo_id, cantidad }) => [articulo_id, cantidad]),
    [[7, 6]],
  );
  assert.deepEqual(dichos(), ["Del último pedido, sin precio hoy: 2 artículos."]);
  assert.equal(nombres(hechos).at(-1), "foco.enfocar");
});

test("a double click is one, and a click beside the button none", async () => {
  $("ultimo_pedido").innerHTML = `<button data-repetir id="r"></button><b id="b"></b>${FILA}`;
  await ultimo.repetir({ target: $("b"), detail: 1 });
  await ultimo.repetir({ target: $("r"), detail: 2 });
  assert.deepEqual(hechos, []);
});
