// The pickers' questions: what goes along with them, when they are not asked, and the lists made here.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { SinTrabajador } from "../../../catalogo/catalogo.js";
import { Pickers } from "../../../mesa/pedido/pickers.js";
import { $, abrirPagina, suceder } from "../../documento.js";
import { espia, nombres } from "../espia.js";

const SIN_CATALOGO = "Sin catálogo en este equipo";

const picker = (nombre) =>
  `<div id="${nombre}_picker"><ul role="listbox"><li role="option" data-tipo="x"></li></ul><p data-pie></p></div>`;

let hechos;
let enLinea;
let combo;
let pantalla;
let servible;
let pickers;

beforeEach(() => {
  abrirPagina(`<input id="campo">
    <div>${picker("clientes")}</div><template id="plantilla_clientes">${picker("clientes")}</template>
    <div>${picker("articulos")}</div><template id="plantilla_articulos">${picker("articulos")}</template>`);
  hechos = [];
  enLinea = { hay: true };
  combo = espia(hechos, "combo", { entrada: $("campo") });
  servible = true;
  pantalla = {
    pedido: { canal: "1" },
    pares: () => [[7, 1]],
    seguir: (oyente) => (pantalla.oyente = oyente),
  };
  pickers = new Pickers({
    catalogo: espia(hechos, "catalogo", {
      clientes: async () => ({ filas: [{ id: "12", nombrefactura: "B", canal: 1 }], mas: true }),
      articulos: async () => ({ filas: [], mas: false }),
      servible: async () => servible,
      templar: async () => Promise.reject(new SinTrabajador()),
    }),
    conexion: espia(hechos, "conexion"),
    pantalla,
    enLinea,
    sesion: espia(hechos, "sesion"),
    parametros: { decimales: 0, sucursal: 2 },
  });
});

test("a question takes along its branch and what its picker adds, without the quantity", () => {
  pickers.escuchar(combo, (que) => (que.cliente = "12"));
  const parameters = { q: "12*yer" };
  suceder($("campo"), "htmx:configRequest", { parameters });
  assert.deepEqual(parameters, { q: "yer", sucursal: 2, cliente: "12" });
});

test("without a line nothing is asked of the server", () => {
  pickers.escuchar(combo);
  const pedir = () => suceder($("campo"), "htmx:beforeRequest").defaultPrevented;
  assert.equal(pedir(), false);
  enLinea.hay = false;
  assert.deepEqual([pedir(), hechos], [true, []]);
});

test("a session that ended is said, and the list made here; other refusals are the picker's", () => {
  pickers.escuchar(combo);
  const llegar = (status) =>
    suceder($("campo"), "htmx:beforeOnLoad", { xhr: { status } }).defaultPrevented;
  assert.deepEqual([200, 403, 500].map(llegar), [false, false, false]);
  assert.equal(llegar(401), true);
  assert.deepEqual(hechos, [["sesion.pedirEntrar"], ["combo.localmente"]]);
});

test("no answer is no line", () => {
  pickers.escuchar(combo);
  suceder($("campo"), "htmx:sendError");
  suceder($("campo"), "htmx:timeout");
  assert.deepEqual(hechos, [["conexion.mal"], ["conexion.mal"]]);
});

const pie = (nombre) => document.querySelector(`#${nombre}_picker [data-pie]`).textContent;

test("the lists made here are put in when they are wanted, and say what they answer", async () => {
  const poner = await pickers.clientes("b");
  assert.equal($("clientes_picker").dataset.q, undefined);
  poner();
  assert.equal($("clientes_picker").dataset.q, "b");
  assert.equal(document.querySelector("#clientes_picker [role=option]").dataset.id, "12");
  assert.equal(pie("clientes"), "Hay más: seguir escribiendo.");
  (await pickers.articulos("sal"))();
  assert.deepEqual(hechos.at(-1), ["catalogo.articulos", "sal", "1", [[7, 1]]]);
  assert.equal($("articulos_picker").dataset.q, "sal");
});

test("without a catalogue only the server answers; without a line either, that is said", async () => {
  servible = false;
  assert.deepEqual([await pickers.clientes("b"), await pickers.articulos("b")], [null, null]);
  assert.deepEqual(nombres(hechos), ["catalogo.servible", "catalogo.servible"]);
  enLinea.hay = false;
  (await pickers.articulos("sal"))();
  assert.deepEqual([pie("articulos"), $("articulos_picker").dataset.q], [SIN_CATALOGO, "sal"]);
});

test("the prices that the next key will ask for are made when an order opens, once", () => {
  for (const pedido of [
    null,
    { canal: "1" },
    { canal: "1" },
    null,
    { canal: "1" },
    { canal: "2" },
  ]) {
    pantalla.pedido = pedido;
    pantalla.oyente();
  }
  assert.deepEqual(hechos, [
    ["catalogo.templar", "1"],
    ["catalogo.templar", "2"],
  ]);
});

test("a Worker that died is no catalogue; another fault is told", async () => {
  pickers.catalogo = { servible: async () => true, clientes: async () => Promise.reject(falla) };
  let falla = new SinTrabajador();
  assert.equal(await pickers.clientes("b"), null);
  falla = new TypeError("x");
  await assert.rejects(pickers.clientes("b"), TypeError);
});
