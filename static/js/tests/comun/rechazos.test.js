// What each refusal means, and what follows it: one table for sending, pages and the board.

import assert from "node:assert/strict";
import { test } from "node:test";

import { frase } from "../../comun/frases.js";
import {
  esDeOtroContenido,
  esDeSesion,
  fraseDeError,
  negativaDe,
  pideEntrar,
} from "../../comun/rechazos.js";

const TABLA = [
  [400, "inesperado", "devolver"],
  [401, "sesion", "entrar"],
  [403, "sin_permiso", "devolver"],
  [404, "inesperado", "devolver"],
  [408, "servidor", "esperar"],
  [413, "tamano", "devolver"],
  [422, "inesperado", "devolver"],
  [429, "espera", "esperar"],
  [500, "servidor", "esperar"],
  [502, "servidor", "esperar"],
  [503, "servidor", "esperar"],
  [599, "servidor", "esperar"],
];

test("each status has its sentence, and one thing that follows", () => {
  for (const [estado, codigo, sigue] of TABLA) {
    const negativa = negativaDe(estado);
    assert.deepEqual([negativa.codigo, negativa.sigue], [codigo, sigue], String(estado));
  }
  const dichos = new Set(TABLA.map(([, codigo]) => frase(codigo)));
  assert.equal(dichos.size, new Set(TABLA.map(([, codigo]) => codigo)).size);
});

test("only a session that ended asks to sign in", () => {
  const piden = Array.from({ length: 500 }, (_, i) => i + 100).filter(pideEntrar);
  assert.deepEqual(piden, [401]);
});

test("where our sentence says all, the server's words add nothing", () => {
  const bastan = TABLA.filter(([estado]) => negativaDe(estado).basta).map(([estado]) => estado);
  assert.deepEqual(bastan, [401, 429]);
});

test("whose session it is, and whose content, by the code", () => {
  assert.deepEqual(["sesion", "otra_persona", "sin_red", "servidor"].map(esDeSesion), [
    true,
    true,
    false,
    false,
  ]);
  const codigos = ["pedido_reutilizado", "recibo_distinto", "sin_precio", "", undefined];
  assert.deepEqual(codigos.map(esDeOtroContenido), [true, true, false, false, false]);
});

test("a page says the server's words, or ours, or leaves it to who says it better", () => {
  const detalle = '{"detail":"Está en uso."}';
  assert.equal(fraseDeError(409, null, detalle), "Está en uso.");
  assert.equal(fraseDeError(409, '{"aviso":{}}', detalle), null);
  assert.equal(fraseDeError(500, null, "<html>"), frase("fallo"));
  assert.equal(fraseDeError(500, null, '{"detail":{}}'), frase("fallo"));
  assert.equal(fraseDeError(401, null, ""), null);
});
