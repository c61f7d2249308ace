import assert from "node:assert/strict";
import test from "node:test";

import { edad, pedirPermanencia } from "../../sin_linea/permanencia.js";

function gestor(persistido, concedido) {
  const pedidos = [];
  return {
    pedidos,
    persisted: async () => persistido,
    persist: async () => (pedidos.push("persist"), concedido),
  };
}

test("the browser's answer is told; one that keeps it already is not asked again", async () => {
  for (const [persistido, concedido, respuesta, veces] of [
    [true, false, "conserva", 0],
    [false, true, "conserva", 1],
    [false, false, "puede_borrar", 1],
  ]) {
    const g = gestor(persistido, concedido);
    assert.equal(await pedirPermanencia(g), respuesta);
    assert.equal(g.pedidos.length, veces);
  }
});

test("a browser that cannot say costs nothing", async () => {
  const prohibido = async () => {
    throw new Error("SecurityError");
  };
  assert.equal(await pedirPermanencia(undefined), "");
  assert.equal(await pedirPermanencia({}), "");
  assert.equal(await pedirPermanencia({ persist: prohibido, persisted: prohibido }), "");
});

test("how old a catalogue is, in hours and then in days", () => {
  const generado = "2026-11-26T10:00:00-03:00";
  const a = (horas) => edad(generado, Date.parse(generado) + horas * 3_600_000);
  assert.equal(a(0.9), "");
  assert.equal(a(1), "de hace 1 hora");
  assert.equal(a(23.9), "de hace 23 horas");
  assert.equal(a(24), "de hace 1 día");
  assert.equal(a(72), "de hace 3 días");
  assert.equal(a(-5), ""); // a clock that is behind says nothing
  assert.equal(edad(null, 0), "");
});
