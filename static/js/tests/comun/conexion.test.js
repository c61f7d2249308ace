// The sync chip: what requests say, and how often the server is asked whether it is back.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Conexion } from "../../comun/conexion.js";

let responde;
let pruebas;
let cambios;
let conexion;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  [responde, pruebas, cambios] = [false, 0, []];
  conexion = new Conexion({
    async probar() {
      pruebas += 1;
      if (!responde) throw new TypeError("Failed to fetch");
    },
    alCambiar: (enLinea) => cambios.push(enLinea),
  });
});
afterEach(() => mock.timers.reset());

async function pasar(milisegundos) {
  mock.timers.tick(milisegundos);
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
}

test("it begins on line, and an answer changes nothing", () => {
  conexion.bien();
  assert.deepEqual([conexion.enLinea, cambios], [true, []]);
});

test("a failure is told once, however many follow", () => {
  conexion.mal();
  conexion.mal();
  assert.deepEqual([conexion.enLinea, cambios], [false, [false]]);
});

test("the server is asked after 2, 4, 8, 16 and then every 30 seconds", async () => {
  conexion.mal();
  const esperas = [2, 4, 8, 16, 30, 30];
  for (const [i, segundos] of esperas.entries()) {
    await pasar(segundos * 1_000 - 1);
    assert.equal(pruebas, i, `before ${segundos} s`);
    await pasar(1);
    assert.equal(pruebas, i + 1, `after ${segundos} s`);
  }
  assert.deepEqual(cambios, [false]);
});

test("it comes back with the first answer, and asks no more", async () => {
  conexion.mal();
  await pasar(2_000);
  responde = true;
  await pasar(4_000);
  assert.deepEqual([pruebas, cambios], [2, [false, true]]);
  await pasar(120_000);
  assert.equal(pruebas, 2);
});

test("an answer to another request ends the asking, and the next time begins at 2 seconds", async () => {
  conexion.mal();
  await pasar(2_000);
  conexion.bien();
  await pasar(60_000);
  assert.equal(pruebas, 1);
  conexion.mal();
  await pasar(2_000);
  assert.equal(pruebas, 2);
  assert.deepEqual(cambios, [false, true, false]);
});

test("failures in a burst leave one clock running", async () => {
  for (let i = 0; i < 10; i += 1) conexion.mal();
  await pasar(30_000);
  assert.equal(pruebas, 1);
});
