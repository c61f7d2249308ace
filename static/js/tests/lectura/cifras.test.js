// Amounts and quantities as people write them: the vectors that the server reads too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { leerCantidad } from "../../lectura/cifras.js";
import { MONEDAS, plano } from "../../comun/dinero.js";
import { leerImporte } from "../../lectura/importes.js";
import { frase } from "../../comun/frases.js";
import { fraseDeCifra } from "../../lectura/frases_de_cifra.js";
import { limpiar } from "../../lectura/limpieza.js";

const CASOS = JSON.parse(readFileSync(new URL("../vectores/cifras.json", import.meta.url), "utf8"));

for (const { texto, moneda, vale, motivo, lecturas = [] } of CASOS) {
  test(`${JSON.stringify(texto)} as ${moneda ?? "a quantity"}`, () => {
    const leida = moneda ? leerImporte(texto, moneda) : leerCantidad(texto);
    if (vale === undefined) return assert.deepEqual(leida, { vale: null, motivo, lecturas });
    const menor = BigInt(leida.vale);
    const texto_ = plano(menor < 0n ? -menor : menor, moneda ? MONEDAS[moneda].decimales : 0);
    return assert.equal(menor < 0n ? `-${texto_}` : texto_, vale);
  });
}

test("a number longer than anybody writes is none", () => {
  assert.equal(leerImporte("1".repeat(61), "PYG").motivo, "numero");
  assert.equal(leerImporte("1".repeat(60), "PYG").motivo, "rango");
});

test("a refusal says what was written, cut, and both readings", () => {
  const dicha = (texto, moneda) =>
    fraseDeCifra(texto, leerImporte(texto, moneda), MONEDAS[moneda].decimales, "precio_maximo");
  assert.equal(
    dicha("12,000", "PYG"),
    "«12,000» puede ser 12000 o 12: escribir el número sin separar los miles.",
  );
  assert.equal(dicha("12,5", "PYG"), "«12,5» lleva decimales: escribir un número entero.");
  assert.equal(dicha("1,2345", "PEN"), "«1,2345» lleva más de dos decimales.");
  assert.equal(dicha("US$ 5", "PEN"), "«US$ 5» está en otra moneda.");
  assert.equal(dicha(" ", "PEN"), "Escribir un número.");
  assert.equal(dicha("9".repeat(20), "PEN"), frase("precio_maximo"));
  assert.equal(
    dicha("x".repeat(70), "PEN"),
    `«${"x".repeat(59)}…» no es un número: escribir solo cifras, como 12.500.`,
  );
});

test("what is not seen goes, whatever spaces there are become one", () => {
  assert.equal(limpiar("\ufeff １２\u00a0\u2009 a\u200bb\u202e\n"), "12 ab");
  assert.equal(limpiar("＊Ａ～"), "*A~");
  assert.equal(limpiar("\t\n "), "");
});
