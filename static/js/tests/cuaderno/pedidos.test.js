import assert from "node:assert/strict";
import { test } from "node:test";

import {
  PedidoInvalido,
  abrir,
  agregar,
  cambiarCantidad,
  cambiarPrecio,
  cerrar,
  conPrecios,
  enPares,
  lineasDe,
  observacionDe,
  observar,
  paraEnviar,
  quitar,
  esEse,
  reponer,
  totales,
} from "../../cuaderno/pedidos.js";
import { huellaPedido } from "../../cuaderno/recibo.js";

const YERBA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12500n };
const HUEVO = { articulo: 8, tasa: 5, cantidad: 1, precio: 27350n };
const ID = "7b0c5d3e-0000-4000-8000-000000000012";
const OTRO = ID.replace(/^./, "0");
const LIBRO = { articulo: 9, tasa: 0, cantidad: 2, precio: 50000n };

function cargado() {
  return [YERBA, HUEVO, LIBRO].reduce(
    (orders, linea) => agregar(orders, "12", linea, 0),
    abrir({}, "12", ID),
  );
}

test("the orders object has the seed's shape", () => {
  assert.deepEqual(cargado(), {
    12: {
      id: ID,
      detalles: [
        {
          articulo_id: 7,
          cantidad: 3,
          precio_unitario: "12500",
          gravada_10: "34091",
          iva_10: "3409",
        },
        {
          articulo_id: 8,
          cantidad: 1,
          precio_unitario: "27350",
          gravada_5: "26048",
          iva_5: "1302",
        },
        { articulo_id: 9, cantidad: 2, precio_unitario: "50000", exenta: "100000" },
      ],
    },
  });
});

test("totals add the lines' own roundings", () => {
  assert.deepEqual(totales(lineasDe(cargado()[12]), 0), {
    gravada_10: 34091n,
    iva_10: 3409n,
    gravada_5: 26048n,
    iva_5: 1302n,
    exenta: 100000n,
    total: 164850n,
  });
});

test("the same article again adds to its line and keeps its price", () => {
  const otra = agregar(cargado(), "12", { ...YERBA, cantidad: 2, precio: 99n }, 0);
  assert.equal(otra[12].detalles.length, 3);
  assert.deepEqual(otra[12].detalles[0], {
    articulo_id: 7,
    cantidad: 5,
    precio_unitario: "12500",
    gravada_10: "56818",
    iva_10: "5682",
  });
});

test("editing recomputes the line's IVA at its own rate", () => {
  const cantidad = cambiarCantidad(cargado(), "12", 8, 10, 0);
  assert.deepEqual(cantidad[12].detalles[1], {
    articulo_id: 8,
    cantidad: 10,
    precio_unitario: "27350",
    gravada_5: "260476",
    iva_5: "13024",
  });
  const precio = cambiarPrecio(cargado(), "12", 9, 1n, 0);
  assert.deepEqual(precio[12].detalles[2], {
    articulo_id: 9,
    cantidad: 2,
    precio_unitario: "1",
    exenta: "2",
  });
});

test("currencies with decimals stay exact", () => {
  const orders = agregar({}, "1", { articulo: 1, tasa: 10, cantidad: 3, precio: 1005n }, 2);
  assert.deepEqual(orders[1], [
    { articulo_id: 1, cantidad: 3, precio_unitario: "10.05", gravada_10: "27.41", iva_10: "2.74" },
  ]);
});

test("nothing is changed in place", () => {
  const orders = cargado();
  const copia = structuredClone(orders);
  agregar(orders, "12", { ...YERBA, articulo: 99 }, 0);
  cambiarCantidad(orders, "12", 7, 9, 0);
  quitar(orders, "12", 7);
  observar(orders, "12", "urgente");
  cerrar(orders, "12");
  assert.deepEqual(orders, copia);
});

test("a removed line comes back to its place, once", () => {
  const { orders, linea, lugar } = quitar(cargado(), "12", 8);
  assert.deepEqual(
    orders[12].detalles.map((l) => l.articulo_id),
    [7, 9],
  );
  const vuelta = reponer(orders, "12", linea, lugar);
  assert.deepEqual(vuelta, cargado());
  assert.deepEqual(reponer(vuelta, "12", linea, lugar), cargado());
  assert.equal(quitar(cargado(), "12", 404).linea, null);
});

test("a removed line does not bring back an order that was sent meanwhile", () => {
  const { orders, linea, lugar } = quitar(cargado(), "12", 8);
  const enviados = cerrar(orders, "12");
  assert.equal(reponer(enviados, "12", linea, lugar), enviados);
});

test("a remark makes the value an object, and its absence a list again", () => {
  const con = observar(cargado(), "12", "Entregar a la mañana\u0000");
  assert.equal(observacionDe(con[12]), "Entregar a la mañana");
  assert.deepEqual(Object.keys(con[12]), ["id", "observacion", "detalles"]);
  const mas = agregar(con, "12", { ...YERBA, articulo: 10 }, 0);
  assert.equal(observacionDe(mas[12]), "Entregar a la mañana");
  assert.equal(lineasDe(mas[12]).length, 4);
  assert.deepEqual(observar(con, "12", ""), cargado());
});

test("edits that cannot be are refused by name", () => {
  const codigo = (tarea) => {
    try {
      tarea();
    } catch (error) {
      assert.ok(error instanceof PedidoInvalido);
      return error.codigo;
    }
    return null;
  };
  for (const cantidad of [0, -1, 1.5, 1_000_001, "3", NaN]) {
    assert.equal(
      codigo(() => agregar({}, "1", { ...YERBA, cantidad }, 0)),
      "cantidad",
    );
    assert.equal(
      codigo(() => cambiarCantidad(cargado(), "12", 7, cantidad, 0)),
      "cantidad",
    );
  }
  assert.equal(
    codigo(() => agregar({}, "1", { ...YERBA, cantidad: 1_000_000, precio: 9_999_999_999n }, 0)),
    "total",
  );
  assert.equal(
    codigo(() => agregar({}, "1", { ...YERBA, cantidad: 1, precio: 10_000_000_000n }, 0)),
    "precio_maximo",
  );
  assert.equal(
    agregar({}, "1", { ...YERBA, cantidad: 1000, precio: 9_999_999_999n }, 0)[1][0].gravada_10,
    "9090909090000",
  );
  let lleno = {};
  for (let i = 1; i <= 1000; i++) lleno = agregar(lleno, "1", { ...YERBA, articulo: i }, 0);
  assert.equal(
    codigo(() => agregar(lleno, "1", { ...YERBA, articulo: 1001 }, 0)),
    "demasiadas_lineas",
  );
});

test("only chosen clients with lines are sent, each with its receipt", () => {
  const orders = { ...abrir(cargado(), "13", ID), 14: cargado()[12] };
  const { pedidos, huellas, ids } = paraEnviar(orders, ["12", "13"]);
  assert.deepEqual(pedidos, cargado());
  assert.deepEqual(huellas, { 12: huellaPedido("12", cargado()[12].detalles) });
  assert.deepEqual(ids, { 12: ID });
  const captura = { doc_fecha: "2026-11-27", capturado_en: "2026-11-27T10:00:00-03:00" };
  assert.deepEqual(paraEnviar(orders, ["12"], captura).pedidos[12], {
    ...cargado()[12],
    ...captura,
  });
});

test("a client named __proto__ harms nobody", () => {
  const orders = abrir({}, "__proto__", ID);
  assert.deepEqual(Object.getPrototypeOf(orders), Object.prototype);
});

// --- Prices and pairs --------------------------------------------------------------------------------
test("several prices at once change their lines alone", () => {
  const antes = cargado();
  const despues = conPrecios(
    antes,
    "12",
    new Map([
      [8, 30_000n],
      [404, 1n],
    ]),
    0,
  );
  const [yerba, huevo, libro] = antes[12].detalles;
  assert.deepEqual(despues[12].detalles, [
    yerba,
    { ...huevo, precio_unitario: "30000", gravada_5: "28571", iva_5: "1429" },
    libro,
  ]);
  assert.equal(despues[12].detalles[0], yerba);
  assert.equal(despues[12].id, ID);
  assert.deepEqual(conPrecios(antes, "12", new Map([[7, 0n]]), 0)[12].detalles[0], {
    ...yerba,
    precio_unitario: "0",
    gravada_10: "0",
    iva_10: "0",
  });
});

test("the engine sees articles and quantities", () => {
  assert.deepEqual(enPares(cargado()[12]), [
    [7, 3],
    [8, 1],
    [9, 2],
  ]);
  assert.deepEqual(enPares(undefined), []);
});

test("quantities at their edges, in a line that is there already too", () => {
  const cantidadDe = (orders) => orders[12].detalles[0].cantidad;
  assert.equal(cantidadDe(cambiarCantidad(cargado(), "12", 7, 1_000_000, 0)), 1_000_000);
  assert.equal(cantidadDe(cambiarCantidad(cargado(), "12", 7, 1, 0)), 1);
  const casi = cambiarCantidad(cargado(), "12", 7, 999_998, 0);
  assert.equal(cantidadDe(agregar(casi, "12", { ...YERBA, cantidad: 2 }, 0)), 1_000_000);
  assert.throws(() => agregar(casi, "12", { ...YERBA, cantidad: 3 }, 0), { codigo: "cantidad" });
  // Of an article that is not there nothing changes.
  assert.deepEqual(cambiarCantidad(cargado(), "12", 404, 5, 0), cargado());
  assert.deepEqual(cambiarPrecio(cargado(), "12", 404, 5n, 0), cargado());
});

test("the thousandth line fits, and adds to itself when it is full", () => {
  const [linea] = cargado()[12].detalles;
  const detalles = Array.from({ length: 999 }, (_, i) => ({ ...linea, articulo_id: i + 1 }));
  const lleno = agregar({ 12: { id: ID, detalles } }, "12", { ...YERBA, articulo: 1000 }, 0);
  assert.equal(lineasDe(lleno[12]).length, 1000);
  assert.equal(agregar(lleno, "12", { ...YERBA, articulo: 1000 }, 0)[12].detalles[999].cantidad, 6);
});

test("a remark keeps five hundred characters, and none of them cut in two", () => {
  const dicho = (texto) => observacionDe(observar(cargado(), "12", texto)[12]);
  assert.equal(dicho("x".repeat(500)), "x".repeat(500));
  assert.equal(dicho("x".repeat(501)), "x".repeat(500));
  assert.equal(dicho(`${"x".repeat(499)}🧉`), `${"x".repeat(499)}\uFFFD`);
  assert.equal(dicho("\u0000\u0000"), "");
  assert.deepEqual(observar(cargado(), "12", "\u0000")[12], cargado()[12]);
});

test("a browser that cannot mend a text cut in two keeps it as it is", () => {
  const { toWellFormed } = String.prototype;
  delete String.prototype.toWellFormed;
  try {
    const cortado = observar(cargado(), "12", `${"x".repeat(499)}🧉`);
    assert.equal(observacionDe(cortado[12]), `${"x".repeat(499)}\uD83E`);
  } finally {
    if (toWellFormed)
      Object.defineProperty(String.prototype, "toWellFormed", {
        value: toWellFormed,
        configurable: true,
        writable: true,
      });
  }
});

test("a bare list stays one without a remark", () => {
  const lista = { 12: cargado()[12].detalles };
  assert.deepEqual(observar(lista, "12", "x")[12], { observacion: "x", detalles: lista[12] });
  assert.equal(observar(lista, "12", "")[12], lista[12]);
  assert.deepEqual(Object.keys(quitar(lista, "12", 8).orders[12]), ["0", "1"]);
});

test("lines go back where they were, the first and the last too", () => {
  for (const articulo of [7, 8, 9]) {
    const { orders, linea, lugar } = quitar(cargado(), "12", articulo);
    assert.equal(linea.articulo_id, articulo);
    assert.deepEqual(reponer(orders, "12", linea, lugar), cargado());
  }
  const nada = quitar(cargado(), "12", 404);
  assert.deepEqual([nada.linea, nada.lugar], [null, -1]);
  assert.deepEqual(nada.orders, cargado());
  // Somebody took the others out meanwhile: the last place there is.
  const { orders, linea, lugar } = quitar(cargado(), "12", 9);
  const solo = quitar(quitar(orders, "12", 7).orders, "12", 8).orders;
  assert.deepEqual(lineasDe(reponer(solo, "12", linea, lugar)[12]), [linea]);
});

test("the same list has the same sum, worked out once", () => {
  const { detalles } = cargado()[12];
  assert.equal(totales(detalles, 0), totales(detalles, 0));
  assert.deepEqual(totales([], 0), {
    gravada_10: 0n,
    iva_10: 0n,
    gravada_5: 0n,
    iva_5: 0n,
    exenta: 0n,
    total: 0n,
  });
});

test("a bare list travels as it is, without an id and without a moment", () => {
  const { detalles } = cargado()[12];
  const { pedidos, ids } = paraEnviar({ 12: detalles }, ["12"], { doc_fecha: "2026-11-27" });
  assert.equal(pedidos[12], detalles);
  assert.deepEqual(ids, { 12: null });
  assert.deepEqual(paraEnviar({}, ["12"]), { pedidos: {}, huellas: {}, ids: {} });
});

test("an order is known by its client and its id; without one, by its client alone", () => {
  const id = ID;
  const orders = { 12: { id, detalles: [] }, 13: [] };
  const casos = [
    ["12", id, true],
    ["12", OTRO, false],
    ["12", null, false],
    ["12", undefined, true],
    ["13", null, true],
    ["13", id, false],
    ["13", undefined, true],
    ["14", undefined, false],
    ["14", null, false],
    ["toString", undefined, false],
  ];
  for (const [cliente, pedido, esperado] of casos)
    assert.equal(esEse(orders, cliente, pedido), esperado, `${cliente} ${pedido}`);
  // What was taken out of an order is put back in that one only.
  const linea = cargado()[12].detalles[0];
  assert.deepEqual(lineasDe(reponer(orders, "12", linea, 0, id)[12]), [linea]);
  assert.equal(reponer(orders, "12", linea, 0, OTRO), orders);
});
