// An order that needs somebody: discarded, mended, sent as another one; and how each is undone.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { Arreglo } from "../../../mesa/pedido/arreglo.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia, foco, intento, nombres } from "../espia.js";

const LINEA = { articulo_id: 7, cantidad: 1, precio_unitario: "11", gravada_10: "10", iva_10: "1" };
const UUID = "7b0c5d3e-0000-4000-8000-000000000012";
const PEDIDO = { id: UUID, detalles: [LINEA] };
const ESTADO = { orders: { 12: PEDIDO }, fichas: { clientes: {}, articulos: {}, precios: {} } };

let hechos;
let pantalla;
let sacado;

function armar({ bien = true, sigue = true } = {}) {
  hechos = [];
  pantalla = espia(hechos, "pantalla", {
    activo: "12",
    pedido: { id: "12", uuid: UUID, nombre: "Beto", numeroGuardado: null },
    enPantalla: { cliente: "12", id: UUID },
    mostrarUltimo: () => {},
    ocupar: () => {},
  });
  return new Arreglo({
    almacen: {},
    libreta: espia(hechos, "libreta", {
      leer: () => ESTADO,
      descartar: async () => sacado,
      reparar: async () => 2,
    }),
    pantalla,
    intento: intento(hechos, { bien }),
    deshacer: espia(hechos, "deshacer"),
    foco: foco(hechos, { sigue }),
    parametros: { decimales: 0, urls: { pedido: "/pedido/0/" } },
  });
}

const ofrecido = () => hechos.find(([nombre]) => nombre === "deshacer.ofrecer");
const cambioDe = async (tarea) => {
  await tarea();
  return hechos.find(([nombre]) => nombre === "libreta.deshacer")[2];
};

beforeEach(() => {
  abrirPagina('<div id="avisos"></div>');
  sacado = PEDIDO;
});

test("discarded, the next one is shown, and it is offered back unless another was begun", async () => {
  await armar().descartar({ detail: 1 });
  const [, texto, tarea, cliente] = ofrecido();
  assert.deepEqual([texto, cliente], ["Pedido de Beto descartado.", undefined]);
  assert.ok(nombres(hechos).includes("pantalla.mostrarUltimo"));
  const volver = await cambioDe(tarea);
  assert.deepEqual(volver({}), { 12: PEDIDO });
  assert.deepEqual(volver({ 12: [] }), { 12: PEDIDO });
  const otro = { 12: { id: "y", detalles: [LINEA] } };
  assert.equal(volver(otro), otro);
  assert.deepEqual(hechos.at(-1), ["pantalla.ocupar", "12"]);
});

test("a double click discards one; without an order, or when it cannot be, nothing is offered", async () => {
  await armar().descartar({ detail: 2 });
  assert.deepEqual(hechos, []);
  const sin = armar();
  Object.assign(pantalla, { pedido: null });
  await sin.descartar({ detail: 1 });
  assert.deepEqual(hechos, []);
  await armar({ bien: false }).descartar({ detail: 1 });
  assert.equal(ofrecido(), undefined);
});

test("what was gone already, or had no lines, goes without a word; one not to be shown does not", async () => {
  for (const [valor, seOfrece] of [
    [null, false],
    [{ id: UUID, detalles: [] }, false],
    [{ id: UUID, detalles: "x" }, true],
  ]) {
    sacado = valor;
    await armar().descartar({ detail: 1 });
    assert.equal(ofrecido() !== undefined, seOfrece, JSON.stringify(valor));
  }
});

test("the focus goes on where there is an order, or to the search of clients", async () => {
  const enfocado = () => hechos.find(([nombre]) => nombre === "foco.enfocar")?.[1];
  await armar().descartar({ detail: 1 });
  assert.equal(enfocado(), "entrada_articulo");
  const ultimo = armar();
  Object.assign(pantalla, { mostrarUltimo: () => Object.assign(pantalla, { pedido: null }) });
  await ultimo.descartar({ detail: 1 });
  assert.equal(enfocado(), "entrada_cliente");
  await armar({ sigue: false }).descartar({ detail: 1 });
  assert.equal(enfocado(), undefined);
});

test("mended: what it cost is said, and undone it is as it was, if it still is that one", async () => {
  await armar().reparar();
  const [, texto, tarea, cliente] = ofrecido();
  assert.deepEqual([texto, cliente], ["Pedido de Beto reparado: 2 líneas quedaron fuera.", "12"]);
  const volver = await cambioDe(tarea);
  assert.deepEqual(volver({ 12: { id: UUID, detalles: [] } }), { 12: PEDIDO });
  const otro = { 12: { id: "7b0c5d3e-0000-4000-8000-000000000099", detalles: [] } };
  assert.equal(volver(otro), otro);
  await armar({ bien: false }).reparar();
  assert.equal(ofrecido(), undefined);
  const sin = armar();
  Object.assign(pantalla, { pedido: null });
  await sin.reparar();
  assert.deepEqual(hechos, []);
});

test("sent as a new one, and said; when it cannot be, not", async () => {
  await armar().enviarComoNuevo();
  assert.deepEqual(hechos[2], ["libreta.enviarComoNuevo", "12", UUID]);
  assert.deepEqual(dichos(), [frase("como_nuevo")]);
  await armar({ bien: false }).enviarComoNuevo();
  assert.equal(dichos().length, 1);
  await armar({ sigue: false }).enviarComoNuevo();
  assert.ok(!nombres(hechos).includes("foco.enfocar"));
});

test("the stored one's page, when its number is known", () => {
  const arreglo = armar();
  assert.equal(arreglo.urlDelGuardado(), "");
  pantalla.pedido.numeroGuardado = 1043;
  assert.equal(arreglo.urlDelGuardado(), "/pedido/1043/");
});
