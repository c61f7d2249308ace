// An order's identity, its two forms, and what of it can be shown or mended.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  abrir,
  agregar,
  comoNuevo,
  esId,
  idDe,
  identificar,
  lineasDe,
  observacionDe,
  observar,
  reparar,
  seMuestra,
} from "../../cuaderno/pedidos.js";

const YERBA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12500n };
const HUEVO = { articulo: 8, tasa: 5, cantidad: 1, precio: 27350n };
const ID = "7b0c5d3e-0000-4000-8000-000000000012";
const LIBRO = { articulo: 9, tasa: 0, cantidad: 2, precio: 50000n };

function cargado() {
  return [YERBA, HUEVO, LIBRO].reduce(
    (orders, linea) => agregar(orders, "12", linea, 0),
    abrir({}, "12", ID),
  );
}

// --- Identity ------------------------------------------------------------------------------------
const OTRO_ID = "7b0c5d3e-0000-4000-8000-000000000099";

test("an id is a UUID in lower case, and nothing else is", () => {
  assert.equal(esId(ID), true);
  assert.equal(esId(crypto.randomUUID()), true);
  const otros = [
    "",
    ID.toUpperCase(),
    ID.slice(1),
    `${ID}0`,
    ` ${ID}`,
    `${ID}\n`,
    ID.replaceAll("-", ""),
    ID.replace("e", "g"),
    null,
    undefined,
    12,
    {},
    [ID],
  ];
  for (const otro of otros) assert.equal(esId(otro), false, String(otro));
});

test("only the object form has an id, and only a good one counts", () => {
  assert.equal(idDe({ id: ID, detalles: [] }), ID);
  const sin = [
    undefined,
    null,
    [],
    "x",
    5,
    {},
    { id: 5 },
    { id: "x" },
    Object.assign([], { id: ID }),
  ];
  for (const valor of sin) assert.equal(idDe(valor), null);
});

test("lines are a list, of either form; of anything else there are none", () => {
  const lineas = cargado()[12].detalles;
  assert.equal(lineasDe(lineas), lineas);
  assert.equal(lineasDe({ detalles: lineas }), lineas);
  for (const valor of [undefined, null, "x", 5, {}, { detalles: "x" }, { detalles: null }])
    assert.deepEqual(lineasDe(valor), []);
  assert.throws(() => lineasDe(null).push(1), TypeError);
});

test("a remark is the object form's", () => {
  assert.equal(observacionDe({ detalles: [], observacion: "x" }), "x");
  for (const valor of [undefined, [], { detalles: [] }]) assert.equal(observacionDe(valor), "");
});

test("a client that is open stays as it is", () => {
  const abiertos = abrir({}, "12", ID);
  assert.deepEqual(abiertos, { 12: { id: ID, detalles: [] } });
  assert.equal(abrir(abiertos, "12", OTRO_ID), abiertos);
  assert.deepEqual(Object.keys(abrir(abiertos, "13", OTRO_ID)), ["12", "13"]);
  // A name of every object is a client's name like any other.
  assert.deepEqual(Object.keys(abrir({}, "constructor", ID)), ["constructor"]);
});

test("as another order it has the same lines and remark, and another id", () => {
  const orders = observar(cargado(), "12", "urgente");
  assert.deepEqual(comoNuevo(orders, "12", OTRO_ID)[12], { ...orders[12], id: OTRO_ID });
  assert.deepEqual(comoNuevo({ 12: cargado()[12].detalles }, "12", OTRO_ID)[12], {
    ...cargado()[12],
    id: OTRO_ID,
  });
  assert.equal(comoNuevo(orders, "13", OTRO_ID), orders);
});

test("ids are given to those of the chosen that have none", () => {
  let siguiente = 0;
  const nuevoId = () => ID.replace(/12$/, String((siguiente += 1)).padStart(2, "0"));
  const orders = { 12: cargado()[12], 13: cargado()[12].detalles, 14: [], 15: [] };
  const con = identificar(orders, ["12", "13", "14", "99"], nuevoId);
  assert.equal(siguiente, 2);
  assert.equal(con[12], orders[12]);
  assert.deepEqual(
    ["13", "14"].map((c) => idDe(con[c])),
    [ID.replace(/12$/, "01"), ID.replace(/12$/, "02")],
  );
  assert.equal(con[15], orders[15]);
  assert.equal(identificar(orders, ["12"], nuevoId), orders);
});

// --- What can be shown -----------------------------------------------------------------------------
test("an order is shown if each of its lines is, once per article, up to a thousand", () => {
  const [linea] = cargado()[12].detalles;
  const mil = Array.from({ length: 1000 }, (_, i) => ({ ...linea, articulo_id: i + 1 }));
  const si = [
    [],
    [linea],
    cargado()[12],
    { detalles: [] },
    mil,
    { detalles: mil, observacion: "" },
  ];
  const no = [
    null,
    undefined,
    "x",
    7,
    {},
    { detalles: "x" },
    { detalles: null },
    { detalles: [null] },
    [null],
    [linea, linea],
    [linea, { ...linea, articulo_id: 8, cantidad: 0 }],
    [...mil, { ...linea, articulo_id: 1001 }],
    { detalles: [linea], observacion: 5 },
    { detalles: [linea], observacion: {} },
  ];
  for (const valor of si) assert.equal(seMuestra(valor, 0), true);
  for (const valor of no)
    assert.equal(seMuestra(valor, 0), false, JSON.stringify(valor)?.slice(0, 80));
  assert.equal(seMuestra({ detalles: [linea], observacion: null }, 0), true);
});

test("mended, the possible lines stay, each with its tax worked out again", () => {
  const [yerba, huevo, libro] = cargado()[12].detalles;
  const danado = {
    id: ID,
    observacion: "a\u0000b",
    detalles: [{ ...yerba, iva_10: "x" }, null, huevo, { ...huevo, cantidad: 9 }, libro, "x"],
  };
  const opciones = { id: OTRO_ID, decimales: 0 };
  assert.deepEqual(reparar({ 11: 1, 12: danado }, "12", opciones), {
    orders: { 11: 1, 12: { id: ID, observacion: "ab", detalles: [yerba, huevo, libro] } },
    fuera: 3,
  });
  for (const nada of ["x", null, 5, {}, { detalles: 1 }, undefined])
    assert.deepEqual(reparar({ 12: nada }, "12", opciones), {
      orders: { 12: { id: OTRO_ID, detalles: [] } },
      fuera: 0,
    });
  assert.deepEqual(
    reparar({ 12: { id: "x", observacion: 5, detalles: [] } }, "12", opciones).orders,
    {
      12: { id: OTRO_ID, detalles: [] },
    },
  );
  const muchas = Array.from({ length: 1002 }, (_, i) => ({ ...yerba, articulo_id: i + 1 }));
  const { orders, fuera } = reparar({ 12: muchas }, "12", opciones);
  assert.deepEqual([lineasDe(orders[12]).length, fuera], [1000, 2]);
});
