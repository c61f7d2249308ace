// Money and IVA over whatever amounts there are, beside the formulas of the server's own words.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { leerCantidad, leerCifra } from "../../lectura/cifras.js";
import { aMenor, cabeElTotal, formatear, plano } from "../../comun/dinero.js";
import { CAMPOS, desglosar, sumar } from "../../motor/iva.js";

const monto = fc.bigInt({ min: 0n, max: 10n ** 13n - 1n });
const decimales = fc.constantFrom(0, 2);
const tasa = fc.constantFrom(10, 5, 0);
const linea = fc.tuple(monto, tasa);
const leer = (texto, d) => leerCifra(texto, { decimales: d }).vale;

test("what is written plainly is read back as it was", () => {
  fc.assert(
    fc.property(monto, decimales, (menor, d) => {
      assert.equal(aMenor(plano(menor, d), d), menor);
      assert.match(plano(menor, d), /^(0|[1-9]\d*)(\.\d*[1-9])?$/);
    }),
  );
});

test("what people are shown, typed again, is the same amount", () => {
  fc.assert(
    fc.property(monto, decimales, (menor, d) => {
      assert.equal(leer(formatear(menor, d), d), menor);
      assert.equal(leer(` ${formatear(menor, d)} `, d), menor);
    }),
  );
});

test("groups are of three figures, and the figures are the amount's", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), decimales, (menor, d) => {
      const texto = formatear(menor, d);
      assert.match(texto, d ? /^-?\d{1,3}(\.\d{3})*,\d{2}$/ : /^-?\d{1,3}(\.\d{3})*$/);
      assert.equal(BigInt(texto.replaceAll(".", "").replace(",", "")), menor);
    }),
  );
});

test("whatever is typed: an amount that a line can hold, or none", () => {
  const teclas = fc.string({ unit: fc.constantFrom(..."0123456789.,- GsS/U$xe"), maxLength: 18 });
  fc.assert(
    fc.property(fc.oneof(teclas, fc.string()), decimales, (texto, d) => {
      const menor = leer(texto, d);
      const tope = 10n ** BigInt(13 + d);
      assert.ok(menor === null || (menor > -tope && menor < tope));
      // As digits alone, in their order: nothing typed is left out or turned round.
      if (menor !== null && !/[,.]/.test(texto)) {
        const cifras = BigInt(texto.replace(/\D/g, "")) * 10n ** BigInt(d);
        assert.equal(menor < 0n ? -menor : menor, cifras);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("whatever is typed as a quantity: from one to a million, or none", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."0123456789., x"), maxLength: 10 }),
      (texto) => {
        const { vale: cantidad } = leerCantidad(texto);
        if (cantidad === null) return;
        assert.ok(Number.isInteger(cantidad) && cantidad >= 1 && cantidad <= 1_000_000);
        // "4,0" are four: cents that are none may be written.
        const entero = texto.trim().replace(/,0{1,2}$/, "");
        assert.equal(String(cantidad), entero.replace(/\D/g, "").replace(/^0+/, ""));
      },
    ),
  );
});

test("IVA is the tax that the price has in it, half up, and the base is the rest", () => {
  fc.assert(
    fc.property(monto, (total) => {
      const diez = desglosar(total, 10);
      const cinco = desglosar(total, 5);
      // total × 10/110 and total × 5/105, to the nearest; a half goes up.
      assert.ok(2n * (diez.iva_10 * 11n - total) <= 11n && 2n * (total - diez.iva_10 * 11n) < 11n);
      assert.ok(2n * (cinco.iva_5 * 21n - total) <= 21n && 2n * (total - cinco.iva_5 * 21n) < 21n);
      assert.equal(diez.gravada_10 + diez.iva_10, total);
      assert.equal(cinco.gravada_5 + cinco.iva_5, total);
      assert.deepEqual(desglosar(total, 0).exenta, total);
    }),
  );
});

test("a split says one rate alone, and never less than nothing", () => {
  const propios = { 10: ["gravada_10", "iva_10"], 5: ["gravada_5", "iva_5"], 0: ["exenta"] };
  fc.assert(
    fc.property(linea, ([total, t]) => {
      const partes = desglosar(total, t);
      assert.deepEqual(Object.keys(partes), CAMPOS);
      for (const campo of CAMPOS) {
        assert.ok(partes[campo] >= 0n);
        if (!propios[t].includes(campo)) assert.equal(partes[campo], 0n);
      }
    }),
  );
});

test("a sum is its lines' own roundings, in any order and in any groups", () => {
  fc.assert(
    fc.property(fc.array(linea, { maxLength: 20 }), fc.nat(20), (lineas, corte) => {
      const partes = lineas.map(([total, t]) => desglosar(total, t));
      const suma = sumar(partes);
      assert.deepEqual(sumar([...partes].reverse()), suma);
      for (const campo of CAMPOS)
        assert.equal(
          suma[campo],
          partes.reduce((n, una) => n + una[campo], 0n),
        );
      const [unas, otras] = [sumar(partes.slice(0, corte)), sumar(partes.slice(corte))];
      for (const campo of [...CAMPOS, "total"])
        assert.equal(unas[campo] + otras[campo], suma[campo]);
      assert.equal(
        suma.total,
        lineas.reduce((n, [total]) => n + total, 0n),
      );
    }),
  );
});

test("a rate that is none is a fault, said with the rate", () => {
  for (const t of [7, 1, -10, 100, "10", null, undefined, 10.5])
    assert.throws(() => desglosar(1n, t), {
      name: "RangeError",
      message: `unknown IVA rate: ${t}`,
    });
});

test("no line of a possible price and quantity splits into more than a line can hold", () => {
  const precio = fc.bigInt({ min: 0n, max: 9_999_999_999n });
  const cantidad = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(precio, cantidad, tasa, (p, n, t) => {
      const total = p * BigInt(n);
      const { total: suma } = sumar([desglosar(total, t)]);
      assert.equal(cabeElTotal(suma), total < 10n ** 13n);
    }),
  );
});
