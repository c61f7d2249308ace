// Money at the edges of what an order may hold: the last amount that is one, and the first that is not.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MONEDAS,
  aMenor,
  cabeElPrecio,
  cabeElTotal,
  cabeLaCantidad,
  conMoneda,
  contar,
  formatear,
  plano,
} from "../../comun/dinero.js";
import { LIMITES } from "../../comun/limites.js";

test("the table of limits is the one that these tests know", () => {
  assert.deepEqual(LIMITES, {
    cantidad_minima: 1,
    cantidad_maxima: 1_000_000,
    precio_enteros: 10,
    total_linea_cifras: 13,
    lineas_por_pedido: 1000,
    pedidos_por_lote: 20_000,
    piezas_por_lote: 500_000,
    observacion_caracteres: 500,
    doc_tipo_caracteres: 80,
    dias_atras: 366,
    dias_adelante: 1,
    espera_segundos: 20,
    linea_octetos_por_segundo: 2000,
  });
});

test("an amount has as many whole digits as a line's total, and no more decimals than its currency", () => {
  const casos = [
    ["9999999999999", 0, 9_999_999_999_999n],
    ["10000000000000", 0, null],
    ["0009999999999999", 0, 9_999_999_999_999n],
    ["000", 0, 0n],
    ["0", 2, 0n],
    ["9999999999999.99", 2, 999_999_999_999_999n],
    ["1.5", 2, 150n],
    ["1.05", 2, 105n],
    ["1.050", 2, 105n],
    ["1.0500000000", 2, 105n],
    ["1.051", 2, null],
    ["1.005", 2, null],
    ["10.5", 0, null],
    ["10.50", 1, 105n],
    ["-1", 0, null],
    ["", 0, null],
    [12_500, 0, 12_500n],
    [0.1, 2, 10n],
    ["12500.0", 0, 12_500n],
    ["12500.00", 0, 12_500n],
    [".5", 2, null],
    ["5.", 2, null],
    ["+5", 0, null],
    ["5 ", 0, null],
    ["1,5", 2, null],
    ["0x10", 0, null],
    ["Infinity", 0, null],
    [NaN, 0, null],
    [null, 0, null],
    [undefined, 0, null],
    [{}, 0, null],
    [[], 0, null],
    [true, 0, null],
    [12n, 0, 12n],
    [1e21, 0, null],
    [0.1 + 0.2, 2, null],
    [1e-7, 2, null],
  ];
  for (const [valor, decimales, esperado] of casos)
    assert.equal(aMenor(valor, decimales), esperado, `${String(valor)} with ${decimales}`);
});

test("a unit price has ten whole digits in any currency", () => {
  const casos = [
    [0n, 0, true],
    [9_999_999_999n, 0, true],
    [10_000_000_000n, 0, false],
    [999_999_999_999n, 2, true],
    [1_000_000_000_000n, 2, false],
    [-1n, 0, false],
    [-1n, 2, false],
  ];
  for (const [menor, decimales, cabe] of casos)
    assert.equal(cabeElPrecio(menor, decimales), cabe, `${menor} with ${decimales}`);
});

test("a line's total has thirteen digits of minor units", () => {
  assert.deepEqual([0n, 1n, 9_999_999_999_999n, 10_000_000_000_000n, -1n].map(cabeElTotal), [
    true,
    true,
    true,
    false,
    false,
  ]);
});

test("a quantity is a whole number from one to a million, and a number", () => {
  const si = [1, 2, 999_999, 1_000_000];
  const no = [
    0,
    -1,
    1_000_001,
    1.5,
    NaN,
    Infinity,
    "1",
    "",
    null,
    undefined,
    1n,
    [],
    [1],
    {},
    true,
  ];
  for (const cantidad of si) assert.equal(cabeLaCantidad(cantidad), true, String(cantidad));
  for (const cantidad of no) assert.equal(cabeLaCantidad(cantidad), false, String(cantidad));
});

test("plain text has neither exponent nor zeros that say nothing", () => {
  const casos = [
    [0n, 0, "0"],
    [12_500n, 0, "12500"],
    [10n, 0, "10"],
    [0n, 2, "0"],
    [5n, 2, "0.05"],
    [50n, 2, "0.5"],
    [100n, 2, "1"],
    [1050n, 2, "10.5"],
    [123_456n, 2, "1234.56"],
    [10n ** 21n, 0, "1000000000000000000000"],
  ];
  for (const [menor, decimales, texto] of casos) assert.equal(plano(menor, decimales), texto);
});

test("amounts as people read them", () => {
  const casos = [
    [0n, 0, "0"],
    [999n, 0, "999"],
    [1000n, 0, "1.000"],
    [12_500n, 0, "12.500"],
    [1_234_567n, 0, "1.234.567"],
    [-1_234_567n, 0, "-1.234.567"],
    [-1_234n, 0, "-1.234"],
    [0n, 2, "0,00"],
    [5n, 2, "0,05"],
    [-5n, 2, "-0,05"],
    [100_000n, 2, "1.000,00"],
    [123_456_789n, 2, "1.234.567,89"],
  ];
  for (const [menor, decimales, texto] of casos) assert.equal(formatear(menor, decimales), texto);
  assert.deepEqual(
    Object.keys(MONEDAS).map((moneda) => conMoneda(1_234_550n, moneda)),
    ["Gs. 1.234.550", "S/ 12.345,50", "US$ 12.345,50"],
  );
  assert.deepEqual([0, 7, 1200, 1_000_000, 1_234_567].map(contar), [
    "0",
    "7",
    "1.200",
    "1.000.000",
    "1.234.567",
  ]);
});
