// Prices that move under an open order, and the discounts within reach, as the desk says them.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { MICROS } from "../../motor/motor.js";
import { rebajas } from "../../mesa/pedido/rebajas.js";
import { $, abrirPagina, asentar } from "../documento.js";

const DETALLES = [
  { articulo_id: 7, cantidad: 11, precio_unitario: "10000" },
  { articulo_id: 8, cantidad: 1, precio_unitario: "5000" },
];
const FALTA = {
  tipo: "cantidad",
  regla: { id: 2, nombre: "Docena", porcentaje: true, valor: 500n },
  articulo: { id: 7, codigo: 1043, nombre: "Yerba" },
  faltan: 1n,
  antes: 10_000n * MICROS,
  despues: 9_500n * MICROS,
  costo: 1n,
};

let mesa;
let respuesta;
let estado;

beforeEach(() => {
  abrirPagina(`
    <div id="avisos" data-cerrar="Cerrar" data-iconos="/i.svg"></div>
    <input id="entrada_articulo">
    <table><tr id="linea-7"><td><input id="c7" data-columna="cantidad"></td></tr></table>`);
  respuesta = async () => [FALTA];
  estado = {
    orders: { 12: { id: "x", detalles: DETALLES } },
    fichas: {
      clientes: {},
      articulos: { 7: { descripcion: "Yerba" } },
      precios: { 12: { 8: { acordado: true, precio: "6000" } } },
    },
  };
  mesa = Object.assign(rebajas(), {
    parametros: { decimales: 0, moneda: "PYG" },
    activo: "12",
    pedido: { canal: "1", ilegible: false, cambios: [] },
    hechos: [],
    cambios: [],
    enfocado: true,
    partes: () => ({
      tarifas: { olvidar: () => mesa.hechos.push("olvidar") },
      libreta: {
        leer: () => estado,
        repreciarTodo: async (opciones) => mesa.hechos.push(opciones) && mesa.cambios,
        darPorVisto: async (cliente) => mesa.hechos.push(["visto", cliente]),
      },
      catalogo: {
        faltantes: (...pregunta) => mesa.hechos.push(pregunta) && respuesta(),
      },
    }),
    hacer: async (tarea) => (await tarea(), true),
    mirarFoco: () => () => mesa.enfocado,
    enfocar: (id) => mesa.hechos.push(id),
  });
});

test("a new catalogue is priced with once, and what changed is said", async () => {
  mesa.cambios = [{ cliente: "12", articulo: 7, antes: "10000", ahora: "9500" }];
  await mesa.alCatalogoNuevo("v1");
  await mesa.alCatalogoNuevo("v1");
  assert.deepEqual(mesa.hechos, ["olvidar", { anunciar: true }]);
  assert.match(
    $("avisos").textContent,
    /^Catálogo nuevo: cambió 1 precio\. Yerba 10\.000 → 9\.500\./,
  );
  await mesa.alCatalogoNuevo("v2");
  assert.equal(mesa.hechos.length, 4);
});

test("prices that come late say nothing, and neither do those that stay", async () => {
  mesa.cambios = [{ cliente: "12", articulo: 7, antes: "10000", ahora: "9500" }];
  await mesa.alConocerPrecios();
  assert.deepEqual(mesa.hechos, [{ anunciar: false }]);
  mesa.cambios = [];
  await mesa.ponerAlDia();
  assert.equal($("avisos").textContent, "");
});

test("what was read is forgotten, and the entry row comes next unless somebody went elsewhere", async () => {
  await mesa.entendido();
  mesa.enfocado = false;
  await mesa.entendido();
  assert.deepEqual(mesa.hechos, [["visto", "12"], "entrada_articulo", ["visto", "12"]]);
});

test("what is missing is asked a moment after the last change, once per order and prices", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    mesa.mirarFaltantes(estado);
    mesa.mirarFaltantes(estado);
    mock.timers.tick(59);
    assert.deepEqual(mesa.hechos, []);
    mock.timers.tick(1);
    // What was agreed no rule moves any more.
    assert.deepEqual(mesa.hechos, [
      [
        "1",
        [
          [7, 11],
          [8, 1],
        ],
        [8],
      ],
    ]);
    mock.timers.tick(1000);
    estado = { ...estado, orders: { 12: { id: "x", detalles: [...DETALLES] } } };
    mesa.mirarFaltantes(estado);
    mock.timers.tick(30);
    // Another change before it was asked: only the last one is.
    estado = { ...estado, fichas: { ...estado.fichas, precios: {} } };
    mesa.mirarFaltantes(estado);
    mock.timers.tick(60);
    assert.equal(mesa.hechos.length, 2);
    assert.deepEqual(mesa.hechos[1][2], []);
  } finally {
    mock.timers.reset();
  }
});

test("discounts within reach are told; those of an older question are not", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let llegar;
    respuesta = () => new Promise((seguir) => (llegar = seguir));
    mesa.mirarFaltantes(estado);
    mock.timers.tick(60);
    const vieja = llegar;
    respuesta = async () => [FALTA];
    estado = { ...estado, orders: { 12: { id: "x", detalles: [...DETALLES] } } };
    mesa.mirarFaltantes(estado);
    mock.timers.tick(60);
    await asentar();
    const textos = () => mesa.faltantes.map(({ texto }) => texto);
    assert.deepEqual(textos(), ["1 unidad más de Yerba"]);
    vieja([]);
    await asentar();
    assert.deepEqual(textos(), ["1 unidad más de Yerba"]);
    // An order without lines misses nothing; one that cannot be shown is not asked about.
    mesa.pedido = { ...mesa.pedido, ilegible: true };
    mesa.mirarFaltantes(estado);
    assert.deepEqual(mesa.faltantes, []);
  } finally {
    mock.timers.reset();
  }
});

test("without the catalogue nothing is within reach", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    respuesta = async () => Promise.reject(new Error("no Worker"));
    mesa.mirarFaltantes(estado);
    mock.timers.tick(60);
    await asentar();
    assert.deepEqual(mesa.faltantes, []);
  } finally {
    mock.timers.reset();
  }
});

test("changes noted on the order are shown while there are any", () => {
  assert.equal(mesa.hayCambios(), false);
  mesa.pedido.cambios = [{ id: 7, articulo: 7, texto: "x" }];
  assert.deepEqual([mesa.hayCambios(), mesa.cambiosVisibles().length], [true, 1]);
  mesa.pedido = null;
  assert.deepEqual([mesa.hayCambios(), mesa.cambiosVisibles()], [false, []]);
});

test("a discount leads to its line, or with what is missing to the entry row", () => {
  const escrito = [];
  $("entrada_articulo").addEventListener("input", ({ target }) => escrito.push(target.value));
  mesa.irAFaltante({ articulo: 7, codigo: "" });
  assert.equal(document.activeElement.id, "c7");
  mesa.irAFaltante({ articulo: null, codigo: "1043" });
  assert.deepEqual([document.activeElement.id, escrito], ["entrada_articulo", ["1043"]]);
  $("c7").focus();
  mesa.irAFaltante({ articulo: null, codigo: "" });
  assert.equal(document.activeElement.id, "entrada_articulo");
  // A line that is not drawn.
  mesa.irAFaltante({ articulo: 99, codigo: "" });
  assert.deepEqual([document.activeElement.id, escrito.length], ["entrada_articulo", 1]);
});
