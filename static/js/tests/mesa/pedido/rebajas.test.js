// Prices that move under an open order, and the discounts within reach, as the desk says them.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { MICROS } from "../../../motor/motor.js";
import { PreciosNuevos } from "../../../mesa/pedido/precios_nuevos.js";
import { Rebajas } from "../../../mesa/pedido/rebajas.js";
import { $, abrirPagina, asentar } from "../../documento.js";

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

let rebajas;
let precios;
let vista;
let pantalla;
let hechos;
let cambios;
let enfocado;
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
  [hechos, cambios, enfocado] = [[], [], true];
  vista = { faltantes: [] };
  pantalla = {
    activo: "12",
    pedido: { canal: "1", ilegible: false, cambios: [] },
    seguir: (oyente) => (pantalla.oyente = oyente),
  };
  precios = new PreciosNuevos({
    decimales: 0,
    pantalla,
    preciosDeHoy: { olvidar: () => hechos.push("olvidar") },
    libreta: {
      leer: () => estado,
      repreciarTodo: async (opciones) => hechos.push(opciones) && cambios,
      darPorVisto: async (cliente) => hechos.push(["visto", cliente]),
    },
    intento: { hacer: async (tarea) => (await tarea(), true) },
    foco: { mirar: () => () => enfocado, enfocar: (id) => hechos.push(id) },
  });
  rebajas = new Rebajas({
    vista,
    pantalla,
    preciosNuevos: precios,
    parametros: { decimales: 0, moneda: "PYG" },
    catalogo: { faltantes: (...pregunta) => hechos.push(pregunta) && respuesta() },
  });
});

test("another client's order begins without the former one's", async () => {
  vista.faltantes = ["de otro"];
  pantalla.activo = "12";
  rebajas.mirar(estado);
  assert.deepEqual(vista.faltantes, []);
});

test("a new catalogue is priced with once, and what changed is said", async () => {
  cambios = [{ cliente: "12", articulo: 7, antes: "10000", ahora: "9500" }];
  await precios.alCatalogoNuevo("v1");
  await precios.alCatalogoNuevo("v1");
  assert.deepEqual(hechos, ["olvidar", { anunciar: true }]);
  assert.match(
    $("avisos").textContent,
    /^Catálogo nuevo: cambió 1 precio\. Yerba 10\.000 → 9\.500\./,
  );
  await precios.alCatalogoNuevo("v2");
  assert.equal(hechos.length, 4);
});

test("prices that come late say nothing, and neither do those that stay", async () => {
  cambios = [{ cliente: "12", articulo: 7, antes: "10000", ahora: "9500" }];
  await precios.alConocer();
  assert.deepEqual(hechos, [{ anunciar: false }]);
  cambios = [];
  await precios.ponerAlDia();
  assert.equal($("avisos").textContent, "");
});

test("what was read is forgotten, and the entry row comes next unless somebody went elsewhere", async () => {
  await precios.entendido();
  enfocado = false;
  await precios.entendido();
  assert.deepEqual(hechos, [["visto", "12"], "entrada_articulo", ["visto", "12"]]);
});

test("what is missing is asked a moment after the last change, once per order and prices", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    pantalla.oyente(estado);
    pantalla.oyente(estado);
    mock.timers.tick(59);
    assert.deepEqual(hechos, []);
    mock.timers.tick(1);
    // What was agreed no rule moves any more.
    assert.deepEqual(hechos, [
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
    pantalla.oyente(estado);
    mock.timers.tick(30);
    // Another change before it was asked: only the last one is.
    estado = { ...estado, fichas: { ...estado.fichas, precios: {} } };
    pantalla.oyente(estado);
    mock.timers.tick(60);
    assert.equal(hechos.length, 2);
    assert.deepEqual(hechos[1][2], []);
  } finally {
    mock.timers.reset();
  }
});

test("discounts within reach are told; those of an older question are not", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let llegar;
    respuesta = () => new Promise((seguir) => (llegar = seguir));
    pantalla.oyente(estado);
    mock.timers.tick(60);
    const vieja = llegar;
    respuesta = async () => [FALTA];
    estado = { ...estado, orders: { 12: { id: "x", detalles: [...DETALLES] } } };
    pantalla.oyente(estado);
    mock.timers.tick(60);
    await asentar();
    const textos = () => vista.faltantes.map(({ texto }) => texto);
    assert.deepEqual(textos(), ["1 unidad más de Yerba"]);
    vieja([]);
    await asentar();
    assert.deepEqual(textos(), ["1 unidad más de Yerba"]);
    // An order without lines misses nothing; one that cannot be shown is not asked about.
    pantalla.pedido = { ...pantalla.pedido, ilegible: true };
    pantalla.oyente(estado);
    assert.deepEqual(vista.faltantes, []);
  } finally {
    mock.timers.reset();
  }
});

test("without the catalogue nothing is within reach", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    respuesta = async () => Promise.reject(new Error("no Worker"));
    pantalla.oyente(estado);
    mock.timers.tick(60);
    await asentar();
    assert.deepEqual(vista.faltantes, []);
  } finally {
    mock.timers.reset();
  }
});

test("changes noted on the order are shown while there are any", () => {
  assert.equal(precios.hay(), false);
  pantalla.pedido.cambios = [{ id: 7, articulo: 7, texto: "x" }];
  assert.deepEqual([precios.hay(), precios.visibles().length], [true, 1]);
  pantalla.pedido = null;
  assert.deepEqual([precios.hay(), precios.visibles()], [false, []]);
});

test("a discount leads to its line, or with what is missing to the entry row", () => {
  const escrito = [];
  $("entrada_articulo").addEventListener("input", ({ target }) => escrito.push(target.value));
  rebajas.irA({ articulo: 7, codigo: "" });
  assert.equal(document.activeElement.id, "c7");
  rebajas.irA({ articulo: null, codigo: "1043" });
  assert.deepEqual([document.activeElement.id, escrito], ["entrada_articulo", ["1043"]]);
  $("c7").focus();
  rebajas.irA({ articulo: null, codigo: "" });
  assert.equal(document.activeElement.id, "entrada_articulo");
  // A line that is not drawn.
  rebajas.irA({ articulo: 99, codigo: "" });
  assert.deepEqual([document.activeElement.id, escrito.length], ["entrada_articulo", 1]);
});
