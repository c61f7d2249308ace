// Money, IVA, receipts and text: the same vectors that the server's tests read.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  MONEDAS,
  aMenor,
  conMoneda,
  contar,
  formatear,
  leer,
  leerCantidad,
  plano,
} from "../dinero.js";
import { huellaPedido, sha256 } from "../huella.js";
import { CAMPOS, desglosar, sumar } from "../iva.js";
import { normalizar } from "../indice.js";

function vectores(nombre) {
  return JSON.parse(readFileSync(new URL(`vectores/${nombre}.json`, import.meta.url), "utf8"));
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

test("an amount that the currency cannot hold is none", () => {
  assert.equal(aMenor("10.5", 0), null);
  assert.equal(aMenor("10.50", 1), 105n);
  assert.equal(aMenor("1.005", 2), null);
  assert.equal(aMenor("10000000000000", 0), null);
  assert.equal(aMenor(1e21, 0), null);
  assert.equal(aMenor("-1", 0), null);
  assert.equal(aMenor("", 0), null);
  assert.equal(aMenor(12500, 0), 12500n);
  assert.equal(aMenor(0.1, 2), 10n);
  assert.equal(formatear(-1234n, 0), "-1.234");
});

test("what people type", () => {
  const casos = [
    ["12500", 0, 12500n],
    ["12.500", 0, 12500n],
    ["Gs. 12.500", 0, 12500n],
    [" 1 234 ", 0, 1234n],
    ["₲5.000", 0, 5000n],
    ["12,5", 0, null],
    ["12.5", 0, null],
    ["12.50", 0, null],
    ["", 0, null],
    ["1e3", 0, null],
    ["-5", 0, null],
    ["abc", 0, null],
    ["12,5", 2, 1250n],
    ["1.234,56", 2, 123456n],
    ["10.50", 2, 1050n],
    ["1.234", 2, 123400n],
    ["1,234", 2, null],
    ["0", 0, 0n],
    ["007", 0, 7n],
  ];
  for (const [texto, decimales, esperado] of casos)
    assert.equal(leer(texto, decimales), esperado, texto);
});

test("quantities are whole, from 1 to 1.000.000", () => {
  const casos = {
    1: 1,
    "1.200": 1200,
    " 12 ": 12,
    "1 200": 1200,
    1000000: 1000000,
    "1.000.001": null,
    0: null,
    "1,5": null,
    1.5: null,
    "": null,
    "-1": null,
  };
  for (const [texto, esperado] of Object.entries(casos))
    assert.equal(leerCantidad(texto), esperado, texto);
  assert.equal(contar(1234567), "1.234.567");
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

test("text is normalized as on the server", () => {
  for (const { texto, normal } of vectores("busqueda")) assert.equal(normalizar(texto), normal);
});
