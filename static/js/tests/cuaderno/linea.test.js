// One line of an order: what it may be, and what becomes of one that came from elsewhere.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  PedidoInvalido,
  crearLinea,
  desgloseDe,
  esLinea,
  esPosible,
  monto,
  rehecha,
  tasaDe,
} from "../../cuaderno/linea.js";

const BUENA = { articulo_id: 7, cantidad: 3, precio_unitario: "12500" };
const DIEZ = { ...BUENA, gravada_10: "34091", iva_10: "3409" };
const CINCO = { ...BUENA, gravada_5: "35714", iva_5: "1786" };
const EXENTA = { ...BUENA, exenta: "37500" };

const codigoDe = (tarea) => {
  try {
    tarea();
  } catch (error) {
    assert.ok(error instanceof PedidoInvalido && error instanceof Error, String(error));
    assert.equal(error.message, error.codigo);
    return error.codigo;
  }
  return null;
};

test("a line is made with its own rate's fields alone", () => {
  assert.deepEqual(crearLinea(7, 3, 12_500n, 10, 0), DIEZ);
  assert.deepEqual(crearLinea(7, 3, 12_500n, 5, 0), CINCO);
  assert.deepEqual(crearLinea(7, 3, 12_500n, 0, 0), EXENTA);
  assert.deepEqual(crearLinea(7, 3, 1005n, 10, 2), {
    articulo_id: 7,
    cantidad: 3,
    precio_unitario: "10.05",
    gravada_10: "27.41",
    iva_10: "2.74",
  });
  assert.deepEqual(crearLinea(7, 1, 0n, 0, 0), {
    articulo_id: 7,
    cantidad: 1,
    precio_unitario: "0",
    exenta: "0",
  });
});

test("the dearest line there may be, and the first that may not", () => {
  assert.equal(crearLinea(7, 1, 9_999_999_999n, 0, 0).exenta, "9999999999");
  assert.equal(
    codigoDe(() => crearLinea(7, 1, 10_000_000_000n, 0, 0)),
    "precio_maximo",
  );
  assert.equal(crearLinea(7, 1000, 9_999_999_999n, 0, 0).exenta, "9999999999000");
  assert.equal(crearLinea(7, 1_000_000, 9_999_999n, 0, 0).exenta, "9999999000000");
  assert.equal(
    codigoDe(() => crearLinea(7, 1_000_000, 10_000_000n, 0, 0)),
    "total",
  );
  // One million of something at 1.200.000, as a taker once typed it.
  assert.equal(crearLinea(7, 1_000_000, 1_200_000n, 10, 0).iva_10, "109090909091");
  assert.equal(
    codigoDe(() => crearLinea(7, 1001, 9_999_999_999n, 0, 0)),
    "total",
  );
  assert.equal(
    codigoDe(() => crearLinea(7, 1, -1n, 0, 0)),
    "precio_maximo",
  );
});

test("the rate that a line was split by is told from its fields", () => {
  assert.deepEqual([DIEZ, CINCO, EXENTA, BUENA].map(tasaDe), [10, 5, 0, 0]);
});

test("a split read back is the split that was written", () => {
  const nada = { gravada_10: 0n, iva_10: 0n, gravada_5: 0n, iva_5: 0n, exenta: 0n };
  assert.deepEqual(desgloseDe(DIEZ, 0), { ...nada, gravada_10: 34_091n, iva_10: 3_409n });
  assert.deepEqual(desgloseDe(CINCO, 0), { ...nada, gravada_5: 35_714n, iva_5: 1_786n });
  assert.deepEqual(desgloseDe(EXENTA, 0), { ...nada, exenta: 37_500n });
  assert.deepEqual(desgloseDe(BUENA, 0), nada);
  assert.deepEqual(desgloseDe({ ...BUENA, exenta: "0.05" }, 2), { ...nada, exenta: 5n });
});

test("an amount that is none is a fault of that order, not of the desk", () => {
  assert.equal(monto("12.5", 2), 1250n);
  for (const texto of ["", "x", "-1", "12.5", undefined, null])
    assert.equal(
      codigoDe(() => monto(texto, 0)),
      "ilegible",
      String(texto),
    );
  assert.equal(
    codigoDe(() => desgloseDe({ ...BUENA, iva_10: "x" }, 0)),
    "ilegible",
  );
});

test("a line with another quantity or price is split again at its own rate", () => {
  assert.deepEqual(rehecha(DIEZ, {}, 0), DIEZ);
  assert.deepEqual(rehecha(CINCO, { cantidad: 1 }, 0), {
    ...BUENA,
    cantidad: 1,
    gravada_5: "11905",
    iva_5: "595",
  });
  assert.deepEqual(rehecha(EXENTA, { precio: 1n }, 0), {
    ...BUENA,
    precio_unitario: "1",
    exenta: "3",
  });
  assert.equal(rehecha(DIEZ, { cantidad: 2, precio: 11n }, 0).iva_10, "2");
  // What it said of its tax is not kept: it is worked out.
  assert.deepEqual(rehecha({ ...DIEZ, iva_10: "999", otra: 1 }, {}, 0), DIEZ);
});

test("what no desk could have made is no line", () => {
  assert.equal(esLinea(DIEZ, 0), true);
  assert.equal(esLinea(CINCO, 0), true);
  assert.equal(esLinea(EXENTA, 0), true);
  const malas = [
    null,
    undefined,
    "7",
    7,
    [],
    {},
    { ...DIEZ, articulo_id: 0 },
    { ...DIEZ, articulo_id: -1 },
    { ...DIEZ, articulo_id: 1.5 },
    { ...DIEZ, articulo_id: "7" },
    { ...DIEZ, articulo_id: 2 ** 53 },
    { ...DIEZ, articulo_id: null },
    { ...DIEZ, cantidad: 0 },
    { ...DIEZ, cantidad: 1_000_001 },
    { ...DIEZ, cantidad: "3" },
    { ...DIEZ, precio_unitario: "x" },
    { ...DIEZ, precio_unitario: "12500.5" },
    { ...DIEZ, precio_unitario: "10000000000" },
    { ...DIEZ, precio_unitario: null },
    { ...DIEZ, cantidad: 1_000_000, precio_unitario: "10000000" },
  ];
  for (const mala of malas) {
    assert.equal(esPosible(mala, 0), false, JSON.stringify(mala));
    assert.equal(esLinea(mala, 0), false, JSON.stringify(mala));
  }
});

test("what is possible and says its tax wrongly can be mended, and is not shown as it is", () => {
  const dudosas = [
    BUENA,
    { ...DIEZ, iva_10: undefined },
    { ...BUENA, gravada_10: "34091" },
    { ...BUENA, gravada_5: "35714" },
    { ...DIEZ, iva_10: "x" },
    { ...DIEZ, exenta: "-1" },
    { ...DIEZ, iva_5: null },
    { ...EXENTA, exenta: "0.5" },
  ];
  for (const dudosa of dudosas) {
    assert.equal(esPosible(dudosa, 0), true, JSON.stringify(dudosa));
    assert.equal(esLinea(dudosa, 0), false, JSON.stringify(dudosa));
    assert.equal(esLinea(rehecha(dudosa, {}, 0), 0), true, JSON.stringify(dudosa));
  }
  // Zero in another rate's field is a lawful way to write it.
  assert.equal(esLinea({ ...DIEZ, exenta: "0", gravada_5: "0", iva_5: 0 }, 0), true);
});

test("the largest article and price that there may be", () => {
  const ultima = { ...EXENTA, articulo_id: Number.MAX_SAFE_INTEGER, precio_unitario: "9999999999" };
  assert.equal(esPosible(ultima, 0), true);
  assert.equal(esPosible({ ...ultima, articulo_id: 1, cantidad: 1000 }, 0), true);
  assert.equal(esPosible({ ...ultima, cantidad: 1001 }, 0), false);
  assert.equal(esPosible({ ...ultima, precio_unitario: "9999999999.99", cantidad: 10 }, 2), true);
  assert.equal(esPosible({ ...ultima, precio_unitario: "9999999999.99", cantidad: 11 }, 2), false);
});
