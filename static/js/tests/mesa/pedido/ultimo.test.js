// A client's last order: asked for with its client, and repeated once.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { UltimoPedido } from "../../../mesa/pedido/ultimo.js";
import { $, abrirPagina } from "../../documento.js";
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
  pantalla = { activo: "12", pedido: { id: "12" } };
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
  pantalla.pedido = { id: "12" };
  const hecho = ultimo.pedir();
  pantalla.activo = "13";
  await hecho;
  respuesta = async () => null;
  await ultimo.pedir();
  assert.equal($("ultimo_pedido").textContent, "");
});

test("repeated: what has a price today, in one change; what has none is counted", async () => {
  $("ultimo_pedido").innerHTML = `<button data-repetir id="r"></button>${FILA}
    ${FILA.replace('"12500"', '""')}${FILA.replace('"6"', '"0"')}`;
  await ultimo.repetir({ target: $("r"), detail: 1 });
  const [, cambio, fichas] = hechos.find(([nombre]) => nombre === "edicion.cambiar");
  assert.deepEqual(fichas, [{ articulo: 7 }]);
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
