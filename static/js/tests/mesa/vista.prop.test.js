// What the desk shows, of whatever is kept: every order is on the screen, and nothing throws.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { leerCifra } from "../../lectura/cifras.js";
import { aMenor } from "../../comun/dinero.js";
import { abrir, agregar, seMuestra, totales, lineasDe } from "../../cuaderno/pedidos.js";
import {
  motivo,
  conservar,
  vistaClientes,
  vistaFaltante,
  vistaPedido,
  vistaResumen,
} from "../../mesa/vista.js";
import { nuevoId } from "../dobles.js";

const leer = (texto, decimales) => leerCifra(texto, { decimales }).vale;

const VACIAS = { clientes: {}, articulos: {}, precios: {} };
const PARAMETROS = { decimales: 0, moneda: "PYG" };
const estadoDe = (orders, mas = {}) => ({
  orders,
  fichas: VACIAS,
  rechazos: {},
  bloqueados: new Map(),
  ...mas,
});

const clienteId = fc.integer({ min: 1, max: 40 }).map(String);
const linea = fc.record({
  articulo: fc.integer({ min: 1, max: 30 }),
  tasa: fc.constantFrom(10, 5, 0),
  cantidad: fc.integer({ min: 1, max: 5_000 }),
  precio: fc.bigInt({ min: 0n, max: 9_000_000n }),
});
const pedidos = fc.dictionary(
  clienteId,
  fc.uniqueArray(linea, { selector: ({ articulo }) => articulo, maxLength: 6 }),
  { maxKeys: 6 },
);

/** The orders that these lines make, as the desk would. */
function hechos(deseados, decimales = 0) {
  let orders = {};
  for (const [cliente, lineas] of Object.entries(deseados)) {
    orders = abrir(orders, cliente, nuevoId());
    for (const una of lineas) orders = agregar(orders, cliente, una, decimales);
  }
  return orders;
}

test("as many clients on the screen as there are orders, in one order, each with its total", () => {
  fc.assert(
    fc.property(pedidos, (deseados) => {
      const orders = hechos(deseados);
      const filas = vistaClientes(estadoDe(orders), 0);
      assert.deepEqual(
        filas.map(({ id }) => id),
        Object.keys(orders).sort((a, b) => Number(a) - Number(b)),
      );
      for (const { id, total, cantidad, estado } of filas) {
        const lineas = lineasDe(orders[id]);
        assert.equal(leer(total, 0), totales(lineas, 0).total);
        assert.deepEqual(
          [cantidad, estado],
          [lineas.length, lineas.length ? "sin_enviar" : "vacio"],
        );
      }
    }),
  );
});

test("an order's lines add up to its total, and its total to the day's", () => {
  fc.assert(
    fc.property(pedidos, (deseados) => {
      const orders = hechos(deseados);
      const sumas = Object.keys(orders).map((id) => {
        const { lineas, total } = vistaPedido(estadoDe(orders), id, 0);
        const suma = lineas.reduce((n, una) => n + leer(una.total, 0), 0n);
        assert.equal(suma, leer(total, 0));
        assert.deepEqual(
          lineas.map(({ lugar }) => lugar),
          lineas.map((_, i) => i + 1),
        );
        return suma;
      });
      const resumen = vistaResumen(estadoDe(orders), [], PARAMETROS);
      assert.equal(
        leer(resumen.total, 0),
        sumas.reduce((n, m) => n + m, 0n),
      );
      const partes = ["gravada_10", "iva_10", "gravada_5", "iva_5", "exenta"];
      assert.equal(
        partes.reduce((n, campo) => n + leer(resumen[campo], 0), 0n),
        leer(resumen.total, 0),
      );
    }),
  );
});

test("what is on its way is counted in the day and not in what can be sent", () => {
  fc.assert(
    fc.property(pedidos, fc.array(clienteId), (deseados, enviando) => {
      const orders = hechos(deseados);
      const bloqueados = new Map(enviando.map((cliente) => [cliente, "lote"]));
      const resumen = vistaResumen({ orders, bloqueados }, [], PARAMETROS);
      const conLineas = Object.keys(orders).filter((id) => lineasDe(orders[id]).length > 0);
      assert.equal(resumen.pedidos, conLineas.length);
      assert.equal(resumen.porEnviar, conLineas.filter((id) => !bloqueados.has(id)).length);
    }),
  );
});

test("whatever a notebook holds, everything in it is on the screen and nothing throws", () => {
  const roto = fc.oneof(
    fc.constantFrom(null, 0, "", "x", true, [], {}, [null], { detalles: null }),
    fc.array(
      fc.record(
        {
          articulo_id: fc.oneof(fc.integer(), fc.constant(null), fc.string()),
          cantidad: fc.oneof(fc.integer(), fc.double(), fc.constant(null)),
          precio_unitario: fc.oneof(fc.string(), fc.integer(), fc.constant("1000000000000")),
          gravada_10: fc.oneof(fc.string(), fc.constant("1")),
          iva_10: fc.oneof(fc.constant("1"), fc.constant(null)),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    ),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.dictionary(clienteId, roto), pedidos, (rotos, deseados) => {
      const orders = { ...hechos(deseados), ...rotos };
      const estado = estadoDe(orders);
      const filas = vistaClientes(estado, 0);
      assert.equal(filas.length, Object.keys(orders).length);
      for (const { id, estado: como } of filas) {
        assert.equal(como === "ilegible", !seMuestra(orders[id], 0));
        assert.equal(vistaPedido(estado, id, 0).ilegible, como === "ilegible");
      }
      const { ilegibles } = vistaResumen(estado, [], PARAMETROS);
      assert.equal(ilegibles, filas.filter((fila) => fila.estado === "ilegible").length);
    }),
    { numRuns: 300 },
  );
});

test("a refusal of any shape is a sentence", () => {
  const rechazo = fc.record(
    {
      codigo: fc.oneof(fc.constantFrom("sin_precio", "bloqueado", "constructor"), fc.string()),
      motivo: fc.oneof(fc.constant(""), fc.string(), fc.constant(null)),
      articulo: fc.oneof(fc.integer(), fc.constant(null)),
      campo: fc.oneof(
        fc.constantFrom("cantidad", "detalles", "valueOf"),
        fc.string(),
        fc.constant(null),
      ),
      numero: fc.oneof(fc.integer({ min: 1 }), fc.constant(null)),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(rechazo, (dicho) => {
      const orders = hechos({ 12: [{ articulo: 7, tasa: 10, cantidad: 1, precio: 100n }] });
      const frase = motivo(dicho, lineasDe(orders[12]), VACIAS);
      assert.equal(typeof frase, "string");
      assert.ok(!/undefined|null|NaN/.test(frase.replace(dicho.motivo || "", "")), frase);
    }),
  );
});

test("in cents, and with damaged notes about a price, a line is still shown", () => {
  const orders = hechos({ 12: [{ articulo: 7, tasa: 10, cantidad: 2, precio: 1_234n }] }, 2);
  for (const nota of [
    {},
    { precio: "x" },
    { antes: "x", precio: "12.34" },
    { acordado: true, precio: "x" },
    { acordado: true },
  ]) {
    const fichas = { ...VACIAS, precios: { 12: { 7: nota } } };
    const [una] = vistaPedido(estadoDe(orders, { fichas }), "12", 2).lineas;
    assert.deepEqual([una.precio, una.total], ["12,34", "24,68"], JSON.stringify(nota));
  }
  const fichas = { ...VACIAS, precios: { 12: { 7: { antes: "10", precio: "12.34" } } } };
  const { lineas, cambios } = vistaPedido(estadoDe(orders, { fichas }), "12", 2);
  assert.equal(lineas[0].antes, "antes 10,00");
  assert.deepEqual(cambios, [{ id: 7, articulo: 7, texto: "Artículo 7 10,00 → 12,34" }]);
});

test("a client's state in words: new prices, on its way, refused, in that precedence", () => {
  const orders = hechos({ 12: [{ articulo: 7, tasa: 10, cantidad: 1, precio: 100n }] });
  const fichas = { ...VACIAS, precios: { 12: { 7: { precio: "100", antes: "90" } } } };
  const dice = (mas) => {
    const [{ detalle, punto }] = vistaClientes(estadoDe(orders, { fichas, ...mas }), 0);
    return [detalle, punto];
  };
  const rechazos = { 12: { codigo: "x" } };
  const bloqueados = new Map([["12", "lote"]]);
  assert.deepEqual(dice({}), ["1 lín. · precios nuevos", "punto-aviso"]);
  assert.deepEqual(dice({ rechazos }), ["1 lín. · rechazado", "punto-peligro"]);
  assert.deepEqual(dice({ rechazos, bloqueados }), ["1 lín. · enviando", "punto-curso"]);
});

test("a discount within reach: an amount, a quantity, a combination", () => {
  const regla = { id: 3, nombre: "Promo", porcentaje: true, valor: 10_000_000n };
  const comun = { regla, articulo: null, antes: 0n, despues: 0n, costo: 0n };
  const articulo = { id: 7, codigo: 1043, nombre: "Yerba" };
  const monto = vistaFaltante({ ...comun, tipo: "monto", faltan: 50_000_000_000n }, PARAMETROS);
  assert.deepEqual(
    [monto.id, monto.texto, monto.articulo, monto.codigo],
    ["monto-3-0", "Gs. 50.000 más en el pedido", null, ""],
  );
  const cantidad = vistaFaltante(
    {
      ...comun,
      articulo,
      antes: 12_500_000_000n,
      despues: 11_250_000_000n,
      tipo: "cantidad",
      faltan: 2n,
    },
    PARAMETROS,
  );
  assert.deepEqual(
    [cantidad.id, cantidad.texto, cantidad.articulo],
    ["cantidad-3-7", "2 unidades más de Yerba", 7],
  );
  assert.match(cantidad.efecto, /: de 12\.500 a 11\.250$/);
  const combo = vistaFaltante(
    { ...comun, tipo: "combo", faltan: [articulo, { id: 8, nombre: "Azúcar" }] },
    PARAMETROS,
  );
  assert.deepEqual(
    [combo.id, combo.texto, combo.codigo],
    ["combo-3-0", "Agregar Yerba y Azúcar", "1043"],
  );
});

test("damaged answers about a discount are shown as far as they go", () => {
  const regla = { id: 3, nombre: "Promo", porcentaje: true, valor: 10_000_000n };
  const comun = { regla, articulo: null, antes: 0n, despues: 0n, costo: 0n };
  const cantidad = vistaFaltante({ ...comun, tipo: "cantidad", faltan: 1n }, PARAMETROS);
  assert.deepEqual([cantidad.texto, cantidad.articulo], ["1 unidad más de ", null]);
  const combo = vistaFaltante({ ...comun, tipo: "combo", faltan: [] }, PARAMETROS);
  assert.deepEqual([combo.texto, combo.codigo], ["Agregar ", ""]);
});

test("reconciling gives what is new, keeping the very rows that stay", () => {
  const filas = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 0, max: 12 }), texto: fc.string() }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  fc.assert(
    fc.property(filas, filas, (antes, despues) => {
      const actuales = antes.map((fila) => ({ ...fila }));
      const esperadas = despues.map((fila) => ({ ...fila }));
      const hechas = conservar(actuales, despues);
      assert.deepEqual(
        hechas.map((fila) => ({ ...fila })),
        esperadas,
      );
      const previas = new Map(actuales.map((fila) => [fila.id, fila]));
      for (const fila of hechas) if (previas.has(fila.id)) assert.equal(fila, previas.get(fila.id));
      const mismas = antes.map(({ id }) => id).join() === despues.map(({ id }) => id).join();
      assert.equal(hechas === actuales, mismas);
    }),
  );
});

test("a price on the screen is the price that is kept", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 99_999_999n }), (precio) => {
      const orders = hechos({ 12: [{ articulo: 7, tasa: 10, cantidad: 1, precio }] }, 2);
      const [una] = vistaPedido(estadoDe(orders), "12", 2).lineas;
      assert.equal(leer(una.precio, 2), precio);
      assert.equal(aMenor(lineasDe(orders[12])[0].precio_unitario, 2), precio);
    }),
  );
});
