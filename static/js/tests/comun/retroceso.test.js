// Waiting longer each time: how long, up to what, and from the beginning again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Retroceso } from "../../comun/retroceso.js";

const plazos = (retroceso, cuantos) => Array.from({ length: cuantos }, () => retroceso.siguiente());

test("each wait is twice the one before, up to the longest", () => {
  const retroceso = new Retroceso({ primero: 2_000, maximo: 30_000 });
  assert.deepEqual(plazos(retroceso, 6), [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  assert.equal(retroceso.veces, 6);
});

test("another factor, or always the same", () => {
  assert.deepEqual(plazos(new Retroceso({ primero: 2, maximo: 5, factor: 2.5 }), 3), [2, 5, 5]);
  assert.deepEqual(plazos(new Retroceso({ primero: 5, maximo: 5 }), 3), [5, 5, 5]);
});

test("when it went well, the next one is the first", () => {
  const retroceso = new Retroceso({ primero: 1, maximo: 100 });
  plazos(retroceso, 5);
  retroceso.reiniciar();
  assert.deepEqual([retroceso.veces, ...plazos(retroceso, 2)], [0, 1, 2]);
});

test("chance spreads what is waited, and not what it is counted from", () => {
  const azares = [0.75, 1.25, 1];
  const retroceso = new Retroceso({ primero: 100, maximo: 200, azar: () => azares.shift() });
  assert.deepEqual(plazos(retroceso, 3), [75, 250, 200]);
});

test("after any number of failures it is still a number", () => {
  const retroceso = new Retroceso({ primero: 1, maximo: 30 });
  assert.equal(plazos(retroceso, 5_000).at(-1), 30);
});
