// The notebook: what a change may touch, what stays as it was, and what is kept of names and prices.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen, comprimir } from "../../comun/almacen.js";
import { conArticulo, enUso, sonFichas, sonGuardados, sonRechazos } from "../../cuaderno/fichas.js";
import { Libreta, leerPedidos } from "../../cuaderno/libreta.js";
import { agregar, cambiarCantidad, idDe, lineasDe, observar } from "../../cuaderno/pedidos.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const LINEA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12_500n };
const FICHA = { articulo: 7, datos: { descripcion: "Yerba" }, precio: "12500", version: "v1" };
const ILEGIBLE = { detalles: [null, { articulo_id: 7, cantidad: 2, precio_unitario: "9" }] };

function nueva(orders = {}) {
  const almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  if (Object.keys(orders).length) almacen.guardar("orders", orders);
  return { almacen, libreta: new Libreta(almacen, { decimales: 0, hoy: () => "hoy", nuevoId }) };
}

async function conPedido() {
  const mesa = nueva();
  await mesa.libreta.abrir("12", { nombre: "Don Beto", canal: "1" });
  await mesa.libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [FICHA]);
  return mesa;
}

const bloquear = (almacen, cliente = "12") =>
  almacen.guardar("lote:l", { lote: "l", huellas: { [cliente]: "x" }, creado_en: 1 });

test("an empty notebook has nothing in it", () => {
  assert.deepEqual(nueva().libreta.leer(), {
    orders: {},
    fichas: { clientes: {}, articulos: {}, precios: {} },
    rechazos: {},
    bloqueados: new Map(),
  });
  assert.deepEqual(nueva().libreta.guardados(), []);
});

test("a client opens with an id and with the moment of the first time", async () => {
  const { libreta } = nueva();
  const antes = Date.now();
  await libreta.abrir("12", { nombre: "Don Beto" });
  const { orders, fichas } = libreta.leer();
  assert.match(idDe(orders[12]), /^00000000-/);
  const { abierto_en, ...ficha } = fichas.clientes[12];
  assert.deepEqual(ficha, { nombre: "Don Beto" });
  assert.ok(abierto_en >= antes && abierto_en <= Date.now());
  await libreta.abrir("12", { nombre: "Beto" });
  assert.deepEqual(libreta.leer().fichas.clientes[12], { nombre: "Beto", abierto_en });
  assert.equal(libreta.leer().orders[12].id, orders[12].id);
});

test("an order on its way is not touched, by any deed; it may be opened and looked at", async () => {
  const { libreta, almacen } = await conPedido();
  bloquear(almacen);
  const antes = libreta.leer();
  const { fichas } = antes;
  for (const deed of [
    () => libreta.editar("12", (orders) => cambiarCantidad(orders, "12", 7, 1, 0)),
    () => libreta.acordar("12", 7, 5n),
    () => libreta.descartar("12"),
    () => libreta.enviarComoNuevo("12"),
    () => libreta.reparar("12"),
    () => libreta.deshacer("12", () => ({}), fichas),
  ])
    await assert.rejects(deed, { name: "Error", codigo: "bloqueado" });
  assert.deepEqual(libreta.leer(), antes);
  await libreta.abrir("12", { nombre: "Don Beto" });
  await libreta.darPorVisto("12");
  assert.deepEqual(libreta.leer().orders, antes.orders);
  assert.deepEqual([...antes.bloqueados], [["12", "l"]]);
});

test("what cannot be shown is not edited blindly; its neighbours are", async () => {
  const { libreta } = nueva({ 12: ILEGIBLE, 13: [] });
  const sumar = (cliente) => (orders) => agregar(orders, cliente, LINEA, 0);
  await assert.rejects(libreta.editar("12", sumar("12")), { codigo: "ilegible" });
  await assert.rejects(libreta.acordar("12", 7, 5n), { codigo: "ilegible" });
  await libreta.editar("13", sumar("13"));
  const { orders } = libreta.leer();
  assert.deepEqual([orders[12], lineasDe(orders[13]).length], [ILEGIBLE, 1]);
});

test("mended, it says what that cost, and what can be shown is left as it is", async () => {
  const { libreta } = nueva({ 12: ILEGIBLE });
  assert.equal(await libreta.reparar("12"), 1);
  const { orders } = libreta.leer();
  assert.deepEqual(lineasDe(orders[12]), [
    { articulo_id: 7, cantidad: 2, precio_unitario: "9", exenta: "18" },
  ]);
  assert.match(idDe(orders[12]), /^00000000-/);
  assert.equal(await libreta.reparar("12"), 0);
  assert.equal(await libreta.reparar("99"), 0);
  assert.deepEqual(libreta.leer().orders, orders);
});

test("a refused change writes nothing, not even the names that came with it", async () => {
  const { libreta, almacen } = await conPedido();
  const antes = [almacen.texto("orders"), almacen.texto("fichas")];
  const cara = { ...FICHA, articulo: 8 };
  const imposible = { ...LINEA, articulo: 8, precio: 10n ** 10n };
  await assert.rejects(
    libreta.editar("12", (orders) => agregar(orders, "12", imposible, 0), [cara]),
    { codigo: "precio_maximo" },
  );
  assert.deepEqual([almacen.texto("orders"), almacen.texto("fichas")], antes);
});

test("names are written before the order that uses them, and only what changed", async () => {
  const { libreta, almacen } = await conPedido();
  const escritas = [];
  const guardar = almacen.guardar.bind(almacen);
  almacen.guardar = (nombre, valor) => escritas.push(nombre) && guardar(nombre, valor);
  await libreta.editar("12", (orders) => agregar(orders, "12", { ...LINEA, articulo: 8 }, 0), [
    { ...FICHA, articulo: 8 },
  ]);
  assert.deepEqual(escritas, ["fichas", "orders"]);
  escritas.length = 0;
  await libreta.editar("12", (orders) => observar(orders, "12", "x"));
  assert.deepEqual(escritas, ["orders"]);
  escritas.length = 0;
  await libreta.darPorVisto("12");
  assert.deepEqual(escritas, ["fichas"]);
});

test("discarded, an order is given back, and what was said of it is forgotten", async () => {
  const { libreta, almacen } = await conPedido();
  almacen.guardar("rechazos", { 12: { codigo: "x" }, 13: { codigo: "y" } });
  const { orders } = libreta.leer();
  assert.deepEqual(await libreta.descartar("12"), orders[12]);
  assert.deepEqual(libreta.leer().orders, {});
  assert.deepEqual(libreta.leer().rechazos, { 13: { codigo: "y" } });
  assert.equal(await libreta.descartar("12"), null);
});

test("no deed falls on the client's next order", async () => {
  const { libreta } = await conPedido();
  const viejo = idDe(libreta.leer().orders[12]);
  await libreta.descartar("12", viejo);
  const tarde = [
    () => libreta.descartar("12", viejo),
    () => libreta.enviarComoNuevo("12", viejo),
    () => libreta.reparar("12", viejo),
  ];
  for (const deed of tarde) await assert.rejects(deed, { codigo: "ya_no_esta" });
  assert.deepEqual(libreta.leer().orders, {});
  await libreta.abrir("12", { nombre: "Don Beto" });
  const { orders } = libreta.leer();
  for (const deed of tarde) await assert.rejects(deed, { codigo: "ya_no_esta" });
  assert.deepEqual(libreta.leer().orders, orders);
  // One from before orders had ids has none on the screen either.
  const { libreta: otra } = nueva({ 12: ILEGIBLE });
  assert.equal(await otra.reparar("12", idDe(ILEGIBLE)), 1);
});

test("sent as another one, it has a new id, the same lines and no reason any more", async () => {
  const { libreta, almacen } = await conPedido();
  almacen.guardar("rechazos", { 12: { codigo: "pedido_reutilizado" } });
  const antes = libreta.leer().orders[12];
  await libreta.enviarComoNuevo("12");
  const { orders, rechazos } = libreta.leer();
  assert.notEqual(idDe(orders[12]), idDe(antes));
  assert.deepEqual([orders[12].detalles, rechazos], [antes.detalles, {}]);
});

test("what is saved is listed once, with what can be summed of it", async () => {
  const { libreta } = await conPedido();
  const lineas = libreta.leer().orders[12].detalles;
  const guardado = (cliente, numero, suyas) => ({ cliente, numero, avisos: [], lineas: suyas });
  const lote = { lote: "l1" };
  await libreta.anotarGuardados({ guardados: [guardado("12", 1, lineas)], lote });
  await libreta.anotarGuardados({
    guardados: [guardado("12", 1, lineas), guardado("13", 2, [null])],
    lote: { lote: "l2" },
  });
  const filas = libreta.guardados();
  assert.deepEqual(
    filas.map(({ cliente, numero, lote: suyo, total, lineas: n }) => [
      cliente,
      numero,
      suyo,
      total,
      n,
    ]),
    [
      ["12", 1, "l1", "37500", 1],
      ["13", 2, "l2", "0", 1],
    ],
  );
  assert.deepEqual(filas[0].ficha, { nombre: "Don Beto", canal: "1" });
  assert.deepEqual(filas[1].ficha, { nombre: "Cliente 13" });
});

test("the shapes that are kept under each name, and those that are not", () => {
  const partes = { clientes: {}, articulos: {}, precios: {} };
  const buenas = [partes, { ...partes, precios: { 12: { 7: {} } }, clientes: { 12: {} }, mas: 1 }];
  const malas = [
    null,
    [],
    {},
    { ...partes, clientes: null },
    { ...partes, clientes: { 12: null } },
    { ...partes, articulos: { 7: "x" } },
    { ...partes, precios: { 12: [] } },
    { ...partes, precios: { 12: { 7: null } } },
    { ...partes, precios: { 12: { 7: "x" } } },
  ];
  assert.deepEqual(buenas.map(sonFichas), [true, true]);
  assert.deepEqual(malas.map(sonFichas), Array(malas.length).fill(false));
  assert.ok([{}, { 12: {} }, { 12: { codigo: "x", motivo: null } }].every(sonRechazos));
  for (const mal of [null, [], { 12: null }, { 12: { codigo: 5 } }, { 12: { campo: {} } }])
    assert.equal(sonRechazos(mal), false);
  const fila = { ficha: {}, total: "37500" };
  assert.ok([{ filas: [] }, { fecha: "hoy", filas: [fila] }].every(sonGuardados));
  const sinTotal = [{ ficha: {} }, { ficha: {}, total: "-1" }, { ficha: {}, total: "1.5" }, null];
  for (const mala of [...sinTotal, { total: "1" }, { ficha: [], total: "1" }])
    assert.equal(sonGuardados({ filas: [mala] }), false, JSON.stringify(mala));
  for (const mal of [null, [], {}, { filas: "x" }]) assert.equal(sonGuardados(mal), false);
});

test("each damaged value is set aside by itself, and the others stay", () => {
  const { libreta, almacen } = nueva({ 12: [] });
  almacen.guardarTexto("fichas", comprimir({ clientes: 5 }));
  almacen.guardarTexto("rechazos", comprimir([1]));
  almacen.guardarTexto("guardados", comprimir({ filas: [{}] }));
  assert.deepEqual(libreta.leer().orders, { 12: [] });
  assert.deepEqual(libreta.guardados(), []);
  assert.deepEqual(almacen.danados, ["fichas", "rechazos", "guardados"]);
  assert.deepEqual(leerPedidos(almacen).fichas, { clientes: {}, articulos: {}, precios: {} });
});

test("a new article brings its name and its price; one that is there brings its name", () => {
  const vacias = { clientes: {}, articulos: {}, precios: {} };
  const con = conArticulo(vacias, "12", FICHA, new Set());
  assert.deepEqual(con, {
    clientes: {},
    articulos: { 7: { descripcion: "Yerba" } },
    precios: { 12: { 7: { precio: "12500", version: "v1", acordado: false } } },
  });
  const otra = { ...FICHA, datos: { descripcion: "Yerba mate" }, precio: "1" };
  const ya = conArticulo(con, "12", otra, new Set([7]));
  assert.deepEqual([ya.articulos[7].descripcion, ya.precios], ["Yerba mate", con.precios]);
  // Taken out and added again: of what was agreed before nothing is left.
  const acordada = { ...con, precios: { 12: { 7: { acordado: true, precio: "9" } } } };
  assert.deepEqual(conArticulo(acordada, "12", FICHA, new Set()).precios, con.precios);
});

test("names that nobody uses any more are dropped, whatever the orders' shape", () => {
  const fichas = {
    clientes: { 12: {}, 13: {} },
    articulos: { 7: {}, 8: {}, 9: {} },
    precios: { 12: {}, 14: {} },
  };
  const orders = {
    12: [{ articulo_id: 7 }, null],
    15: { detalles: [{ articulo_id: 9 }] },
    16: "x",
  };
  assert.deepEqual(enUso(fichas, orders), {
    clientes: { 12: {} },
    articulos: { 7: {}, 9: {} },
    precios: { 12: {} },
  });
});
