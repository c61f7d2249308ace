// The pickers' questions: what goes along with them, when they are not asked, and the lists made here.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Pickers } from "../../../mesa/pedido/pickers.js";
import { $, abrirPagina, suceder } from "../../documento.js";
import { espia } from "../espia.js";

const picker = (nombre) =>
  `<div id="${nombre}_picker"><ul role="listbox"><li role="option" data-tipo="x"></li></ul><p data-pie></p></div>`;

let hechos;
let enLinea;
let combo;
let pickers;

beforeEach(() => {
  abrirPagina(`<input id="campo">
    <div>${picker("clientes")}</div><template id="plantilla_clientes">${picker("clientes")}</template>
    <div>${picker("articulos")}</div><template id="plantilla_articulos">${picker("articulos")}</template>`);
  hechos = [];
  enLinea = { hay: true };
  combo = espia(hechos, "combo", { entrada: $("campo"), consulta: "yer" });
  pickers = new Pickers({
    catalogo: espia(hechos, "catalogo", {
      clientes: async () => ({ filas: [{ id: "12", nombrefactura: "B", canal: 1 }], mas: true }),
      articulos: async () => ({ filas: [], mas: false }),
    }),
    conexion: espia(hechos, "conexion"),
    pantalla: { pedido: { canal: "1" }, pares: () => [[7, 1]] },
    enLinea,
    sesion: espia(hechos, "sesion"),
    parametros: { decimales: 0, sucursal: 2 },
  });
});

test("a question takes along its branch and what its picker adds, without the quantity", () => {
  pickers.escuchar(combo, { preguntar: (que) => (que.cliente = "12") });
  const parameters = { q: "12*yer" };
  suceder($("campo"), "htmx:configRequest", { parameters });
  assert.deepEqual(parameters, { q: "yer", sucursal: 2, cliente: "12" });
});

test("asked with a line and something written; else here, or not at all", () => {
  let deOtro = false;
  pickers.escuchar(combo, { ajeno: () => deOtro });
  const pedir = () => suceder($("campo"), "htmx:beforeRequest").defaultPrevented;
  assert.deepEqual([pedir(), hechos], [false, []]);
  enLinea.hay = false;
  assert.deepEqual([pedir(), hechos.splice(0)], [true, [["combo.localmente"]]]);
  deOtro = true;
  assert.deepEqual([pedir(), hechos], [true, []]);
  enLinea.hay = true;
  assert.equal(pedir(), true);
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

test("the lists made here say what they answer, and what there is more of", async () => {
  await pickers.clientes("b");
  assert.equal($("clientes_picker").dataset.q, "b");
  assert.equal(document.querySelector("#clientes_picker [role=option]").dataset.id, "12");
  assert.equal(
    document.querySelector("#clientes_picker [data-pie]").textContent,
    "Hay más: seguir escribiendo.",
  );
  await pickers.articulos("3*sal");
  assert.deepEqual(hechos.at(-1), ["catalogo.articulos", "sal", "1", [[7, 1]]]);
  assert.equal($("articulos_picker").dataset.q, "sal");
});
