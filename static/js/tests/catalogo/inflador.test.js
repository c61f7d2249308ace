// Equal to lz-string, whatever it is given.

import assert from "node:assert/strict";
import test from "node:test";

import fc from "fast-check";

import LZString from "../../../vendor/lz-string.js";
import { inflarUtf16 } from "../../catalogo/inflador.js";

const comprimir = (texto) => LZString.compressToUTF16(texto);
const igual = (texto) => assert.equal(inflarUtf16(comprimir(texto)), texto);
// Rows as a catalogue's: few words, often repeated.
const palabra = fc.constantFrom("Yerba", "ñandú", "€uro", "日本", "😀", "1234", " ", '"', "\u0000");
const fila = fc.array(palabra, { maxLength: 40 }).map((palabras) => palabras.join(""));
const catalogo = fc.array(fila, { maxLength: 60 }).map((filas) => JSON.stringify(filas));

test("what lz-string compressed comes back", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), igual), { numRuns: 2_000 });
  fc.assert(fc.property(catalogo, igual), { numRuns: 500 });
});

test("half a surrogate pair comes back, too", () => {
  const unidad = fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n));
  fc.assert(fc.property(fc.string({ unit: unidad }), igual), { numRuns: 1_000 });
});

test("each character of 16 bits comes back alone", () => {
  for (let n = 0; n <= 0xffff; n++) igual(String.fromCharCode(n));
});

test("pieces that reach into themselves, and every width of code", () => {
  for (let largo = 1; largo < 400; largo++) igual("a".repeat(largo));
  igual("ab".repeat(50_000));
  let texto = "";
  for (let n = 0; n < 30_000; n++) texto += String.fromCharCode(97 + ((n * n) % 26)) + n;
  igual(texto);
});

test("more than was thought to fit", () => {
  igual(`${"x".repeat(1_000_000)}€`);
});

/** What lz-string says of any text; it may also throw, or write "undefined". */
function segunElla(texto) {
  try {
    return LZString.decompressFromUTF16(texto) || null;
  } catch {
    return null;
  }
}

test("a text that was cut, damaged or never compressed is refused, or is what lz-string says", () => {
  const cambio = fc.record({ corte: fc.nat(), lugar: fc.nat(), otro: fc.nat(0xffff) });
  fc.assert(
    fc.property(catalogo, cambio, (texto, { corte, lugar, otro }) => {
      const entero = comprimir(texto);
      const cortado = entero.slice(0, corte % entero.length);
      const i = lugar % entero.length;
      const danado = entero.slice(0, i) + String.fromCharCode(otro) + entero.slice(i + 1);
      for (const malo of [cortado, danado]) {
        const dicho = inflarUtf16(malo);
        if (dicho) assert.equal(dicho, segunElla(malo));
      }
    }),
    { numRuns: 1_000 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (texto) => void inflarUtf16(texto)));
});

test("nothing is nothing", () => {
  assert.equal(inflarUtf16(""), null);
  assert.equal(inflarUtf16(comprimir("")), "");
});
