// Money, IVA, receipts and text: the same vectors that the server's tests read.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { MONEDAS, aMenor, conMoneda, plano } from "../../comun/dinero.js";
import { huellaPedido, sha256 } from "../../cuaderno/recibo.js";
import { CAMPOS, desglosar, sumar } from "../../motor/iva.js";

function vectores(nombre) {
  return JSON.parse(readFileSync(new URL(`../vectores/${nombre}.json`, import.meta.url), "utf8"));
}

test("IVA is split as on the server", () => {
  for (const { total, tasa, ...partes } of vectores("iva")) {
    const esperado = Object.fromEntries(CAMPOS.map((campo) => [campo, BigInt(partes[campo] ?? 0)]));
    assert.deepEqual(desglosar(BigInt(total), tasa), esperado);
  }
  assert.throws(() => desglosar(1n, 7), RangeError);
});

test("base and tax always add up to the total", () => {
  for (let total = 0n; total < 3000n; total++) {
    for (const tasa of [10, 5, 0]) assert.equal(sumar([desglosar(total, tasa)]).total, total);
  }
});

test("money reads as on the server", () => {
  for (const { plano: texto, moneda, formato } of vectores("dinero")) {
    const { decimales } = MONEDAS[moneda];
    const menor = aMenor(texto, decimales);
    assert.equal(conMoneda(menor, moneda), formato);
    assert.equal(plano(menor, decimales), texto);
  }
});

test("SHA-256 is SHA-256", () => {
  for (let largo = 0; largo < 200; largo++) {
    const texto = "ñ🧉a".repeat(70).slice(0, largo).toWellFormed?.() ?? "a".repeat(largo);
    assert.equal(sha256(texto), createHash("sha256").update(texto).digest("hex"));
  }
});

test("receipts are the server's", () => {
  for (const { cliente, lineas, huella } of vectores("huellas")) {
    assert.equal(huellaPedido(cliente, lineas), huella);
  }
});
