// Lotes under way, and what their receipts make of the cart.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen, CuotaLlena, inflar } from "../../comun/almacen.js";
import { huellaPedido } from "../../cuaderno/recibo.js";
import { LIMITES } from "../../comun/limites.js";
import {
  anotar,
  bloqueados,
  cuerpo,
  enviados,
  esFinal,
  paraLote,
  pendientes,
  preparar,
  repartir,
  soltar,
} from "../../cuaderno/lotes.js";
import { abrir, agregar, idDe, lineasDe } from "../../cuaderno/pedidos.js";
import { isoLocal } from "../../comun/reloj.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const LINEA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12_500n };
const AHORA = Date.parse("2026-11-27T12:00:00Z");
const ID = "7b0c5d3e-0000-4000-8000-000000000012";
const OTRO_ID = "7b0c5d3e-0000-4000-8000-000000000099";

const conLinea = (cliente, id = ID) => agregar(abrir({}, cliente, id), cliente, LINEA, 0);
const PEDIDO = conLinea("12")[12];
const HUELLA = huellaPedido("12", PEDIDO.detalles);
const FICHA = { lote: "l1", huellas: { 12: HUELLA }, ids: { 12: ID } };

function nuevo(orders = {}, cupo = Infinity) {
  const storage = new Storage(cupo);
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks() });
  almacen.guardar("orders", orders);
  return { storage, almacen };
}

const datos = (mas) => ({ lote: "l1", version: "v9", ahora: 5, nuevoId, ...mas });

test("an address of the page names its lote", () => {
  const url = "/lotes/00000000-0000-0000-0000-000000000000/estado";
  assert.equal(paraLote(url, "abc"), "/lotes/abc/estado");
  assert.equal(paraLote("/otra", "abc"), "/otra");
});

test("which states are the last", () => {
  const estados = ["COMPLETO", "PARCIAL", "FALLIDO", "RECIBIDO", "EN_PROCESO", "", "completo"];
  assert.deepEqual(estados.filter(esFinal), ["COMPLETO", "PARCIAL", "FALLIDO"]);
});

test("lotes under way, oldest first; what is no record of one is set aside", () => {
  const { almacen, storage } = nuevo();
  const ficha = (lote, creado_en) => ({ ...FICHA, lote, creado_en, version: "", aceptado: false });
  almacen.guardar("lote:b", ficha("b", 20));
  almacen.guardar("lote:a", ficha("a", 30));
  almacen.guardar("lote:c", ficha("c", 10));
  for (const [nombre, valor] of Object.entries({
    uno: null,
    dos: "x",
    tres: { lote: 5, huellas: {} },
    cuatro: { lote: "x", huellas: null },
    cinco: { lote: "x", huellas: "y" },
    seis: {},
  }))
    almacen.guardar(`lote:${nombre}`, valor);
  // Read as they are, and not as this copy remembers them.
  const otra = new Almacen({ storage, ambito: AMBITO });
  for (const uno of [otra, almacen]) {
    assert.deepEqual(
      pendientes(uno).map(({ lote }) => lote),
      ["c", "b", "a"],
    );
  }
  assert.deepEqual(
    Object.keys(otra.apartados()),
    ["uno", "dos", "tres", "cuatro", "cinco", "seis"].map((n) => `lote:${n}:danado`),
  );
});

test("each client of each lote is locked, by its lote", () => {
  assert.deepEqual(
    [...bloqueados([FICHA, { lote: "l2", huellas: { 13: "x", 14: "y" } }])],
    [
      ["12", "l1"],
      ["13", "l2"],
      ["14", "l2"],
    ],
  );
  assert.deepEqual([...bloqueados([])], []);
});

test("a lote takes the orders with lines that can be shown and are free, each with an id", () => {
  const orders = {
    12: PEDIDO,
    13: lineasDe(PEDIDO),
    14: { id: OTRO_ID, detalles: [] },
    15: { detalles: [null] },
    16: PEDIDO,
  };
  const { almacen } = nuevo(orders);
  almacen.guardar("lote:l0", { lote: "l0", huellas: { 16: "x" }, creado_en: 1 });
  const ficha = preparar(almacen, datos({ momento: AHORA }));
  const guardados = almacen.leer("orders");
  assert.deepEqual(ficha, {
    lote: "l1",
    huellas: { 12: HUELLA, 13: huellaPedido("13", lineasDe(PEDIDO)) },
    ids: { 12: ID, 13: guardados[13].id },
    version: "v9",
    creado_en: 5,
    aceptado: false,
  });
  assert.match(guardados[13].id, /^00000000-0000-4000-8000-\d{12}$/);
  assert.deepEqual(guardados, { ...orders, 13: { id: guardados[13].id, detalles: orders[13] } });
  assert.deepEqual(almacen.leer("lote:l1"), ficha);
  const capturado_en = isoLocal(AHORA);
  const captura = { doc_fecha: capturado_en.slice(0, 10), capturado_en };
  assert.deepEqual(inflar(almacen.texto("carga:l1")), {
    12: { ...PEDIDO, ...captura },
    13: { ...guardados[13], ...captura },
  });
  assert.deepEqual(enviados(almacen, ficha), inflar(almacen.texto("carga:l1")));
});

test("orders that have their ids are not written again: the other tabs would all look", () => {
  const { almacen, storage } = nuevo({ 12: PEDIDO });
  const escritas = [];
  const guardar = storage.setItem.bind(storage);
  storage.setItem = (clave, valor) => escritas.push(clave) && guardar(clave, valor);
  preparar(almacen, datos());
  assert.deepEqual(escritas, ["cp:1:2:3:carga:l1", "cp:1:2:3:lote:l1"]);
});

test("without a clock to believe, orders carry no moment", () => {
  const { almacen } = nuevo({ 12: PEDIDO });
  const ficha = preparar(almacen, datos({ momento: null }));
  assert.deepEqual(enviados(almacen, ficha), { 12: PEDIDO });
  const otro = nuevo({ 12: PEDIDO }).almacen;
  assert.deepEqual(enviados(otro, preparar(otro, datos())), { 12: PEDIDO });
});

test("prices of another currency are judged by its decimals", () => {
  const [linea] = PEDIDO.detalles;
  const caro = () => ({ id: ID, detalles: [{ ...linea, precio_unitario: "12500.5" }] });
  assert.equal(preparar(nuevo({ 12: caro() }).almacen, datos()), null);
  assert.notEqual(preparar(nuevo({ 12: caro() }).almacen, datos({ decimales: 2 })), null);
});

test("nothing that can go is no lote, and nothing is written", () => {
  const casos = [{}, { 12: [] }, { 12: { id: ID, detalles: [] } }, { 12: "x" }, { 12: [null] }];
  for (const orders of casos) {
    const { almacen } = nuevo(orders);
    assert.equal(preparar(almacen, datos()), null);
    assert.deepEqual(almacen.nombres(), ["orders"]);
  }
});

test("what is no set of orders is set aside, and makes no lote", () => {
  for (const valor of [null, [], "x", 5, [PEDIDO]]) {
    const { almacen } = nuevo(valor);
    assert.equal(preparar(almacen, datos()), null);
    assert.deepEqual(almacen.nombres(), ["orders:danado"]);
  }
});

test("with no room for the record, its payload goes too, and the orders stay free", () => {
  const { almacen, storage } = nuevo({ 12: PEDIDO });
  const guardar = storage.setItem.bind(storage);
  storage.setItem = (clave, valor) => {
    if (clave.endsWith("lote:l1"))
      throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    guardar(clave, valor);
  };
  assert.throws(() => preparar(almacen, datos()), CuotaLlena);
  assert.deepEqual(almacen.nombres(), ["orders"]);
});

test("what travels is what is kept, the same every time", () => {
  const { almacen } = nuevo({ 12: PEDIDO });
  const ficha = preparar(almacen, datos());
  assert.deepEqual(cuerpo(almacen, ficha, 2), {
    lote: "l1",
    pedidos: almacen.texto("carga:l1"),
    codificacion: "utf16",
    version_datos: "v9",
    sucursal: 2,
  });
});

test("a payload that is gone or damaged says nothing", () => {
  const { almacen } = nuevo();
  assert.deepEqual(enviados(almacen, FICHA), {});
  for (const texto of ["garbage", ""]) {
    almacen.guardarTexto("carga:l1", texto);
    assert.deepEqual(enviados(almacen, FICHA), {});
  }
});

test("how far a lote is gets noted while it is there", () => {
  const { almacen } = nuevo({ 12: PEDIDO });
  const ficha = preparar(almacen, datos());
  assert.equal(anotar(almacen, { ...ficha, intentado: true }), true);
  assert.equal(almacen.leer("lote:l1").intentado, true);
  soltar(almacen, ficha);
  assert.deepEqual(almacen.nombres(), ["orders"]);
  assert.equal(anotar(almacen, ficha), false);
  assert.deepEqual(almacen.nombres(), ["orders"]);
});

test("no room to note it is no failure; a broken storage is", () => {
  const { almacen, storage } = nuevo({ 12: PEDIDO });
  const ficha = preparar(almacen, datos());
  let nombre = "QuotaExceededError";
  storage.setItem = () => {
    throw Object.assign(new Error("full"), { name: nombre });
  };
  assert.equal(anotar(almacen, { ...ficha, intentado: true }), false);
  nombre = "SecurityError";
  assert.throws(() => anotar(almacen, ficha), { name: "SecurityError" });
});

// --- Receipts ------------------------------------------------------------------------------------
const general = { codigo: "sin_resultado", motivo: "" };
const cobrar = (orders, decidido, { ficha = FICHA, pedidos } = {}) =>
  repartir(orders, ficha, decidido ? [{ cliente_id: 12, ...decidido }] : [], general, pedidos);

test("an order that the server has, now or before, leaves the cart with its number", () => {
  for (const resultado of ["GUARDADO", "REPETIDO"]) {
    const decidido = { resultado, huella: HUELLA, pedido_numero: 1043, avisos: ["a"] };
    assert.deepEqual(cobrar({ 12: PEDIDO, 13: PEDIDO }, decidido), {
      orders: { 13: PEDIDO },
      guardados: [{ cliente: "12", numero: 1043, avisos: ["a"], lineas: PEDIDO.detalles }],
      rechazos: {},
    });
  }
});

test("what is told of it is what travelled, even if the cart has something else by now", () => {
  const enviado = { ...PEDIDO, doc_fecha: "2026-11-27" };
  const decidido = { resultado: "GUARDADO", huella: HUELLA, pedido_numero: 1 };
  const otro = { 12: { id: OTRO_ID, detalles: [] } };
  const recibo = cobrar(otro, decidido, { pedidos: { 12: enviado } });
  assert.equal(recibo.orders, otro);
  assert.deepEqual(recibo.guardados, [
    { cliente: "12", numero: 1, avisos: [], lineas: PEDIDO.detalles },
  ]);
  // Nothing open any more: saved all the same.
  assert.deepEqual(cobrar({}, decidido, { pedidos: { 12: enviado } }).guardados.length, 1);
  assert.deepEqual(cobrar({}, decidido).guardados[0].lineas, []);
});

test("an order that was changed since it travelled stays", () => {
  const cambiado = { 12: { id: ID, detalles: [{ ...PEDIDO.detalles[0], cantidad: 4 }] } };
  const recibo = cobrar(cambiado, { resultado: "GUARDADO", huella: HUELLA, pedido_numero: 1 });
  assert.equal(recibo.orders, cambiado);
  assert.equal(recibo.guardados.length, 1);
  assert.deepEqual(recibo.rechazos, {});
});

test("a lote of an older desk knows no ids: the receipt alone decides", () => {
  const ficha = { lote: "l1", huellas: { 12: HUELLA } };
  const decidido = { resultado: "GUARDADO", huella: HUELLA, pedido_numero: 1 };
  assert.deepEqual(cobrar({ 12: PEDIDO }, decidido, { ficha }).orders, {});
  assert.deepEqual(cobrar({ 12: PEDIDO.detalles }, decidido, { ficha }).orders, {});
  assert.deepEqual(cobrar({ 12: PEDIDO }, { resultado: "X" }, { ficha }).rechazos[12].lote, "l1");
  assert.deepEqual(cobrar({}, null, { ficha }).rechazos, {});
  const sinId = { ...ficha, ids: { 12: null } };
  assert.deepEqual(cobrar({ 12: PEDIDO }, decidido, { ficha: sinId }).orders, {});
});

test("saved with another receipt, nothing leaves, and the number is told", () => {
  for (const resultado of ["GUARDADO", "REPETIDO"]) {
    const orders = { 12: PEDIDO };
    const recibo = cobrar(orders, { resultado, huella: "otra", pedido_numero: 7 });
    assert.equal(recibo.orders, orders);
    assert.deepEqual(recibo.guardados, []);
    assert.deepEqual(recibo.rechazos, {
      12: { codigo: "recibo_distinto", numero: 7, lote: "l1" },
    });
  }
});

test("a rejected order stays with its reason, its field and the article of its line", () => {
  const decidido = { resultado: "RECHAZADO", codigo: "precio", motivo: "Caro", linea: 1 };
  const rechazos = (mas) => cobrar({ 12: PEDIDO }, { ...decidido, ...mas }).rechazos[12];
  const base = { codigo: "precio", motivo: "Caro", articulo: 7, campo: "", lote: "l1" };
  assert.deepEqual(rechazos({}), base);
  assert.deepEqual(rechazos({ campo: "cantidad" }), { ...base, campo: "cantidad" });
  for (const linea of [0, 2, null, undefined, -1])
    assert.deepEqual(rechazos({ linea }), { ...base, articulo: null });
  assert.deepEqual(rechazos({ codigo: "pedido_reutilizado", pedido_numero: 9 }), {
    ...base,
    codigo: "pedido_reutilizado",
    numero: 9,
  });
  assert.equal(rechazos({ codigo: "pedido_reutilizado" }).numero, null);
  assert.equal("numero" in rechazos({ pedido_numero: 9 }), false);
  // The receipt of a rejection, should it carry one, saves nothing.
  assert.deepEqual(rechazos({ huella: HUELLA }), base);
});

test("an order without a verdict has the lote's reason", () => {
  assert.deepEqual(cobrar({ 12: PEDIDO }, null).rechazos, { 12: { ...general, lote: "l1" } });
});

test("a reason is for the order that travelled, not for the client's next one", () => {
  const otro = { 12: { ...PEDIDO, id: OTRO_ID } };
  for (const decidido of [null, { resultado: "RECHAZADO", codigo: "x" }])
    assert.deepEqual(cobrar(otro, decidido), { orders: otro, guardados: [], rechazos: {} });
  assert.deepEqual(cobrar({}, null).rechazos, {});
});

test("a verdict about somebody who is not in the lote is nobody's", () => {
  const orders = { 12: PEDIDO, 13: PEDIDO };
  const ajeno = { cliente_id: "13", resultado: "GUARDADO", huella: HUELLA, pedido_numero: 1 };
  const recibo = repartir(orders, FICHA, [ajeno], general);
  assert.equal(recibo.orders, orders);
  assert.deepEqual(recibo.guardados, []);
});

test("a client's next order is another one, even with the same lines", () => {
  const uno = agregar(
    abrir({}, "12", nuevoId()),
    "12",
    { articulo: 7, tasa: 10, cantidad: 1, precio: 5n },
    0,
  );
  const otro = agregar(
    abrir({}, "12", nuevoId()),
    "12",
    { articulo: 7, tasa: 10, cantidad: 1, precio: 5n },
    0,
  );
  const huella = huellaPedido("12", lineasDe(uno[12]));
  const ficha = { lote: "l", huellas: { 12: huella }, ids: { 12: idDe(uno[12]) } };
  for (const resultado of ["GUARDADO", "REPETIDO"]) {
    const decididos = [{ cliente_id: 12, resultado, huella, pedido_numero: 1 }];
    assert.deepEqual(repartir(uno, ficha, decididos, {}).orders, {});
    assert.equal(repartir(otro, ficha, decididos, {}).orders, otro);
    assert.equal(repartir(otro, ficha, decididos, {}).guardados.length, 1);
  }
  const rechazo = [{ cliente_id: 12, resultado: "RECHAZADO", codigo: "sin_precio" }];
  assert.deepEqual(repartir(otro, ficha, rechazo, {}).rechazos, {});
});

// What JSON.stringify writes of it, counted as the server does.
const piezasDelTexto = (texto) => texto.replace(/"(?:[^"\\]|\\.)*"/g, "").match(/[,[{]/g).length;

test("a lote has no more than the server takes; the rest goes with the next", (t) => {
  const { piezas_por_lote: piezas, pedidos_por_lote: pedidos } = LIMITES;
  t.after(() => Object.assign(LIMITES, { piezas_por_lote: piezas, pedidos_por_lote: pedidos }));
  const clientes = Array.from({ length: 9 }, (_, n) => String(n + 1));
  const largo = { ...conLinea("1")[1], observacion: "[,{" };
  const orders = Object.fromEntries(clientes.map((c) => [c, { ...largo, id: nuevoId() }]));
  const { almacen } = nuevo(orders);
  const enLote = (lote) => {
    const ficha = preparar(almacen, datos({ lote, momento: AHORA, ahora: Number(lote) }));
    if (!ficha) return null;
    const enviado = enviados(almacen, ficha);
    assert.ok(piezasDelTexto(JSON.stringify(enviado)) <= LIMITES.piezas_por_lote);
    return Object.keys(enviado);
  };
  LIMITES.piezas_por_lote = 80;
  assert.deepEqual(enLote("1"), ["1", "2", "3"]);
  Object.assign(LIMITES, { piezas_por_lote: piezas, pedidos_por_lote: 4 });
  assert.deepEqual(enLote("2"), ["4", "5", "6", "7"]);
  assert.deepEqual(enLote("3"), ["8", "9"]);
  assert.equal(enLote("4"), null);
});

test("the longest order fits into a lote", () => {
  const { lineas_por_pedido: lineas, piezas_por_lote: piezas } = LIMITES;
  assert.ok(16 + lineas * (Object.keys(PEDIDO.detalles[0]).length + 1) < piezas);
});
