// The engine's arithmetic by hand; that it is the server's, gestion_precios/tests/motor/test_motor_js.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Reglamento, aMicros, aMinimos, armarCarrito, cotizar, juzgar } from "../../motor/motor.js";

const REGLA = {
  id: 1,
  nombre: "R",
  porcentaje: true,
  valor: "0",
  por_monto: false,
  umbral: "0",
  articulo: null,
  grupo: null,
  linea: null,
  combo: null,
  bajo_costo: false,
};

function renglonesDe(...filas) {
  return new Map(
    filas.map(([articulo, base, piso = null, grupo = null, linea = null]) => [
      articulo,
      { articulo, base: aMicros(base), piso: piso && aMicros(piso), sinPiso: false, grupo, linea },
    ]),
  );
}

function precios(reglas, renglones, lineas, { decimales = 2, aparte = 0n } = {}) {
  const reglamento = new Reglamento({
    decimales,
    reglas: reglas.map((r, i) => ({ ...REGLA, id: i + 1, ...r })),
  });
  return [...cotizar(reglamento, renglones, lineas, aparte).values()].map((p) =>
    aMinimos(p.final, decimales),
  );
}

// The demo's lists: laptop 1, mouse 2, keyboard 3, chair 4.
const LIMA = renglonesDe([1, 2000, 1500], [2, 120, 80], [3, 180, 120]);
const REGLAS_LIMA = [
  { porcentaje: false, valor: "25000000", combo: [3, 2] },
  { valor: "3000", articulo: 1, umbral: "1000000" },
  { porcentaje: false, valor: "10000000", articulo: 2, umbral: "3000000" },
  { valor: "1000", por_monto: true, umbral: "5000000000" },
];

test("the demo's prices", () => {
  assert.deepEqual(precios(REGLAS_LIMA, LIMA, [[1, 1]]), [150000n]);
  assert.deepEqual(
    precios(REGLAS_LIMA, LIMA, [
      [2, 3],
      [3, 1],
    ]),
    [8500n, 15500n],
  );
  assert.deepEqual(precios(REGLAS_LIMA, LIMA, [[2, 2]]), [12000n]);
  const arequipa = renglonesDe([4, 300], [1, 2100, 1500]);
  assert.deepEqual(
    precios([{ valor: "4000", articulo: 1, bajo_costo: true }], arequipa, [[1, 1]]),
    [126000n],
  );
});

test("what the order has of other prices counts for its amount, and its articles for combinations", () => {
  assert.deepEqual(precios(REGLAS_LIMA, LIMA, [[2, 1]], { aparte: aMicros(4880) }), [10800n]);
  const sin3 = renglonesDe([2, 120, 80]);
  assert.deepEqual(
    precios(REGLAS_LIMA, sin3, [
      [2, 1],
      [3, 9],
    ]),
    [9500n],
  );
});

test("half up after each rule and once at the end, never under zero", () => {
  const renglones = renglonesDe([1, "0.02"], [2, 10.5], [3, 100]);
  assert.deepEqual(precios([{ valor: "7550" }], renglones, [[1, 1]]), [0n]);
  assert.deepEqual(precios([], renglones, [[2, 1]], { decimales: 0 }), [11n]);
  assert.deepEqual(
    precios([{ porcentaje: false, valor: "200000000" }, { valor: "-5000" }], renglones, [[3, 1]]),
    [0n],
  );
  assert.deepEqual(precios([{ valor: "-1050" }], renglones, [[3, 1]]), [11050n]);
});

test("a combination is complete with its own article; an empty one never", () => {
  const carrito = armarCarrito(LIMA, [[2, 1]]);
  const [combo, vacia] = new Reglamento({
    decimales: 2,
    reglas: [
      { ...REGLA, combo: [3, 2] },
      { ...REGLA, articulo: 2, combo: [] },
    ],
  }).reglas;
  assert.deepEqual(juzgar(combo, LIMA.get(2), carrito), {
    aplicada: false,
    codigo: "COMBO_INCOMPLETO",
    medido: 1000000n,
    faltan: [3],
  });
  assert.equal(juzgar(combo, LIMA.get(3), carrito).aplicada, true);
  assert.equal(juzgar(vacia, LIMA.get(2), carrito).aplicada, false);
});

test("scope: what a rule names is all of it needed", () => {
  const renglones = renglonesDe([1, 100, null, 7, 8], [2, 100, null, 7, null], [3, 100]);
  const alcanzados = (regla) =>
    precios([{ valor: "1000", ...regla }], renglones, [
      [1, 1],
      [2, 1],
      [3, 1],
    ]).map((p) => p < 10000n);
  assert.deepEqual(alcanzados({}), [true, true, true]);
  assert.deepEqual(alcanzados({ grupo: 7 }), [true, true, false]);
  assert.deepEqual(alcanzados({ grupo: 7, linea: 8 }), [true, false, false]);
  assert.deepEqual(alcanzados({ articulo: 3, grupo: 7 }), [false, false, false]);
  assert.deepEqual(alcanzados({ combo: [1, 3] }), [true, false, true]);
  assert.deepEqual(alcanzados({ combo: [1, 3], articulo: 2 }), [false, true, false]);
});

test("amounts are micros; what is none is null", () => {
  const casos = {
    12500: 12500000000n,
    10.5: 10500000n,
    0.000001: 1n,
    "1e3": null,
    "": null,
    "-1": null,
  };
  for (const [texto, micros] of Object.entries(casos)) assert.equal(aMicros(texto), micros);
  assert.equal(aMicros(9999999999.99), 9999999999990000n);
});
