// What is on the screen: whose order, which rows, and who hears of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Pantalla } from "../../../mesa/pantalla/pantalla.js";
import { vistaInicial } from "../../../mesa/mesa.js";
import { abrirPagina } from "../../documento.js";

const linea = (articulo_id, cantidad) => ({
  articulo_id,
  cantidad,
  precio_unitario: "1100",
  gravada_10: "1000",
  iva_10: "100",
});
const A = "7b0c5d3e-0000-4000-8000-000000000012";
const B = "7b0c5d3e-0000-4000-8000-000000000013";
const pedido = (id, ...detalles) => ({ id, detalles });

let estado;
let vista;
let pantalla;
let guardados;

beforeEach(() => {
  abrirPagina("");
  guardados = [];
  estado = {
    orders: { 12: pedido(A, linea(7, 1)), 13: pedido(B, linea(8, 2)) },
    fichas: {
      clientes: { 12: { nombre: "Beto", abierto_en: 1, canal: "1" }, 13: { abierto_en: 2 } },
      articulos: {},
      precios: {},
    },
    rechazos: {},
    bloqueados: new Map(),
  };
  vista = vistaInicial();
  pantalla = new Pantalla({
    vista,
    parametros: { decimales: 0, moneda: "PYG" },
    almacen: { clave: (nombre) => `cp:${nombre}` },
    libreta: { leer: () => estado, guardados: () => guardados },
    preciosDeHoy: {
      mirar: (canal, pares) => {
        estado.mirado = [canal, pares];
        return null;
      },
    },
    enLinea: { hay: true },
  });
});

test("the first look is the order of before the reload, or the last one opened", () => {
  pantalla.abrir();
  assert.deepEqual([pantalla.activo, pantalla.pedido.uuid], ["13", B]);
  sessionStorage.setItem("cp:activo", "12");
  pantalla.abrir();
  assert.deepEqual([pantalla.activo, pantalla.enPantalla], ["12", { cliente: "12", id: A }]);
  assert.deepEqual(estado.mirado, ["1", [[7, 1]]]);
});

test("going to a client's order is remembered, and another's is no answer to one that went", () => {
  pantalla.ir("12");
  assert.equal(sessionStorage.getItem("cp:activo"), "12");
  estado = { ...estado, orders: { 13: estado.orders[13] } };
  pantalla.refrescar();
  assert.deepEqual([pantalla.activo, pantalla.pedido, pantalla.enPantalla.id], ["", null, null]);
  assert.deepEqual(
    pantalla.clientes.map(({ id }) => id),
    ["13"],
  );
});

test("an empty screen is taken, one that shows an order is not", () => {
  pantalla.ocupar("12");
  pantalla.refrescar();
  pantalla.ocupar("13");
  pantalla.mostrarUltimo();
  assert.equal(pantalla.activo, "12");
});

test("rows that stay are the same rows, whatever they say by now", () => {
  pantalla.ir("12");
  const [fila] = pantalla.pedido.lineas;
  const { clientes } = vista;
  estado = { ...estado, orders: { ...estado.orders, 12: pedido(A, linea(7, 5)) } };
  pantalla.refrescar();
  assert.equal(pantalla.pedido.lineas[0], fila);
  assert.deepEqual([fila.cantidad, vista.clientes === clientes], ["5", true]);
});

test("what is on its way, saved and to be sent is counted", () => {
  estado.bloqueados.set("13", "l1");
  guardados = [{ numero: 1043, total: "5" }];
  pantalla.ir("12");
  assert.deepEqual(
    [pantalla.enviando, vista.guardados[0].id, pantalla.resumen.porEnviar],
    [1, 1043, 1],
  );
});

test("whoever follows hears of each look, with what is kept", () => {
  const oido = [];
  pantalla.seguir((que) => oido.push(que));
  pantalla.ir("12");
  pantalla.refrescar();
  assert.deepEqual(oido, [estado, estado]);
});

test("an order is on the screen by its client and its id", () => {
  pantalla.ir("13");
  const { cliente, id } = pantalla.enPantalla;
  assert.equal(cliente, "13");
  assert.deepEqual(
    [
      { cliente, id },
      { cliente, id: "otro" },
      { cliente: "12", id },
    ].map((cual) => pantalla.esta(cual)),
    [true, false, false],
  );
});

test("the order as the engine looks at it; of one that cannot be shown, or of none, nothing", () => {
  assert.deepEqual(pantalla.pares(), []);
  pantalla.ir("13");
  assert.deepEqual(pantalla.pares(), [[8, 2]]);
  estado = { ...estado, orders: { 13: pedido(B, linea(8, -2)) } };
  pantalla.refrescar();
  assert.deepEqual([pantalla.pedido.ilegible, pantalla.pares()], [true, []]);
});
