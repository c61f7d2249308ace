// Codes as hands and scanners write them: the vectors, of which the server reads its part too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { digitoBien, esDeBarras, partir } from "../../lectura/codigos.js";
import { limpiar } from "../../lectura/limpieza.js";

const CASOS = JSON.parse(
  readFileSync(new URL("../vectores/codigos.json", import.meta.url), "utf8"),
);

for (const { texto, limpio, cantidad, codigo, gtin } of CASOS) {
  test(JSON.stringify(texto), () => {
    assert.equal(limpiar(texto), limpio);
    assert.deepEqual(partir(texto), { cantidad, texto: codigo });
    // What has the length of a barcode is looked for as one; its check digit is the article's.
    assert.equal(esDeBarras(codigo), gtin !== "largo");
    if (gtin !== "largo") assert.equal(digitoBien(codigo), gtin === "bien");
  });
}

test("what was read is read again as it is", () => {
  for (const { codigo, cantidad } of CASOS.filter((caso) => caso.gtin !== "largo")) {
    assert.deepEqual(partir(codigo), { cantidad: null, texto: codigo });
    assert.deepEqual(partir(`${cantidad ?? 1}*${codigo}`).texto, codigo);
  }
});
