// Names and codes as they are compared, and how near words are: the vectors that the server's tests read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import { clave, normalizar } from "../../lectura/normal.js";
import { comparador, raiz } from "../../lectura/parecido.js";

function vectores(nombre) {
  return JSON.parse(readFileSync(new URL(`../vectores/${nombre}.json`, import.meta.url), "utf8"));
}

test("text is normalized as on the server", () => {
  for (const { texto, normal } of vectores("busqueda")) assert.equal(normalizar(texto), normal);
  assert.equal(normalizar(null), "null");
  assert.equal(normalizar(1043), "1043");
});

test("what is normal stays so", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (texto) => {
      const normal = normalizar(texto);
      assert.equal(normalizar(normal), normal);
      assert.equal(normalizar(` ${texto}\u200b  `), normal);
      assert.doesNotMatch(normal, /\p{M}|\s\s|^\s|\s$/u);
    }),
  );
});

test("codes are compared as on the server", () => {
  for (const caso of vectores("claves")) assert.equal(clave(caso.texto), caso.clave, caso.texto);
});

test("words are as near as on the server", () => {
  for (const { palabra, conocida, raices, grado } of vectores("parecidas")) {
    assert.deepEqual([raiz(palabra), raiz(conocida)], raices, palabra);
    assert.equal(comparador(palabra)(conocida), grado, `${palabra} ${conocida}`);
  }
});
