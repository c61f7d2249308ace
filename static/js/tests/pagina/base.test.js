import assert from "node:assert/strict";
import test from "node:test";

import { Conexion } from "../../comun/conexion.js";
import { fraseDeError } from "../../comun/rechazos.js";
import { fraseSinEnviar } from "../../pagina/salir.js";
import { enPausa } from "../../pagina/sondeo.js";
import { intencion } from "../../pagina/teclado.js";

const tecla = (key, mas = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...mas });

test("the watcher of the connection tells changes alone", () => {
  const cambios = [];
  const alCambiar = (enLinea) => cambios.push(enLinea);
  const conexion = new Conexion({ probar: async () => {}, alCambiar });
  for (const que of ["bien", "mal", "mal", "bien", "bien", "mal"]) conexion[que]();
  clearTimeout(conexion.reloj);
  assert.deepEqual(cambios, [false, true, false]);
});

test("a refused request is told in the server's words", () => {
  assert.equal(
    fraseDeError(409, null, '{"detail":"Está en uso.","codigo":"en_uso"}'),
    "Está en uso.",
  );
});

test("a refusal that brings its own toast is not told twice", () => {
  assert.equal(fraseDeError(403, '{"aviso":{}}', ""), null);
});

test("a page in place of JSON becomes the general sentence", () => {
  const frase = "Algo falló en el servidor. Reintentar; si sigue, avisar a soporte.";
  assert.equal(fraseDeError(500, null, "<!doctype html>"), frase);
  assert.equal(fraseDeError(502, null, ""), frase);
  assert.equal(fraseDeError(500, null, '{"detail":{"a":1}}'), frase);
  assert.equal(fraseDeError(500, null, "null"), frase);
});

test("a session that ended redirects: it needs no words", () => {
  assert.equal(fraseDeError(401, null, ""), null);
});

test("polls rest in a hidden tab, and nothing else does", () => {
  const sondeo = { closest: (selector) => (selector === "[data-sondeo]" ? {} : null) };
  const otro = { closest: () => null };
  assert.equal(enPausa(sondeo, true), true);
  assert.equal(enPausa(sondeo, false), false);
  assert.equal(enPausa(otro, true), false);
});

test("keys of every page", () => {
  assert.equal(intencion(tecla("?"), ""), "ayuda");
  assert.equal(intencion(tecla("/"), ""), "buscar");
  assert.equal(intencion(tecla("p"), "g"), "ir");
  assert.equal(intencion(tecla("p"), ""), "");
  assert.equal(intencion(tecla("Enter"), "g"), "");
});

test("keys with Ctrl, Alt or Cmd belong to the browser", () => {
  for (const mas of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
    assert.equal(intencion(tecla("?", mas), ""), "");
    assert.equal(intencion(tecla("p", mas), "g"), "");
  }
});

test("what was not sent, in words", () => {
  assert.equal(
    fraseSinEnviar(1),
    "1 pedido con líneas está solo en este equipo: todavía no llegó al servidor.",
  );
  assert.equal(
    fraseSinEnviar(3),
    "3 pedidos con líneas están solo en este equipo: todavía no llegaron al servidor.",
  );
});
