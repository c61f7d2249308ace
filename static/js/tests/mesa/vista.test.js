import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { componer, importar } from "../../cuaderno/archivo.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { preparar } from "../../cuaderno/lotes.js";
import { aMicros } from "../../motor/motor.js";
import {
  abrir,
  agregar,
  cambiarCantidad,
  cambiarPrecio,
  lineasDe,
  observar,
  reponer,
} from "../../cuaderno/pedidos.js";
import { Red, SinRed } from "../../comun/red.js";
import { nuevoId as nuevoUuid } from "../../comun/identificador.js";
import { motivo, conservar, vistaClientes, vistaPedido, vistaResumen } from "../../mesa/vista.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const LINEA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12500n };
const FICHAS = {
  clientes: {
    12: {
      nombre: "Don Beto",
      razon: "Beto Ñu",
      ruc: "80009735-1",
      canal: "1",
      canal_nombre: "Despensas",
      abierto_en: 2,
    },
    13: { nombre: "Ña Cármen", abierto_en: 1 },
  },
  articulos: {
    7: { codigo: "1043", descripcion: "Yerba", marca: "Kurupí" },
    8: { descripcion: "Azúcar" },
  },
  precios: { 12: { 7: { precio: "12500" } } },
};

function estado(orders, { rechazos = {}, enviando = [] } = {}) {
  return {
    orders,
    fichas: FICHAS,
    rechazos,
    bloqueados: new Map(enviando.map((c) => [c, "lote"])),
  };
}

test("clients in the order they were opened, each with its state in words", () => {
  const orders = agregar({ 12: [], 13: [], 14: [] }, "12", LINEA, 0);
  const filas = vistaClientes(estado(orders, { rechazos: { 13: {} }, enviando: ["12"] }), 0);
  assert.deepEqual(
    filas.map(({ id, nombre, detalle, total, punto }) => [id, nombre, detalle, total, punto]),
    [
      ["14", "Cliente 14", "sin líneas", "0", "punto-neutro"],
      ["13", "Ña Cármen", "sin líneas", "0", "punto-peligro"],
      ["12", "Don Beto", "1 lín. · enviando", "37.500", "punto-curso"],
    ],
  );
});

test("a line says its IVA, and an agreed price says so", () => {
  const orders = agregar({}, "12", LINEA, 0);
  const [linea] = vistaPedido(estado(orders), "12", 0).lineas;
  assert.deepEqual(linea, {
    id: 7,
    lugar: 1,
    descripcion: "Yerba",
    datos: "1043 · Kurupí",
    cantidad: "3",
    precio: "12.500",
    acordado: false,
    precioSistema: "12500",
    sistema: "",
    lista: "",
    nota: "",
    ahorro: "",
    provisional: false,
    antes: "",
    tasa: "10 %",
    iva: "3.409",
    total: "37.500",
    mal: false,
  });
  const otra = vistaPedido(estado(cambiarPrecio(orders, "12", 7, 12000n, 0)), "12", 0).lineas[0];
  assert.equal(otra.sistema, "Precio acordado, irá a revisión (sistema 12.500)");
  assert.equal(otra.acordado, true);
});

test("a price whose floor the server keeps says so, with discounts and without; an agreed one not", () => {
  const orders = agregar({}, "12", LINEA, 0);
  const regla = { id: 2, nombre: "Docena", porcentaje: true, valor: 500n };
  const dicho = (cambio, suyos = orders) => {
    const precio = { base: aMicros(12500), final: aMicros(12500), aplicadas: [], ajustado: false };
    const precios = new Map([[7, { ...precio, provisional: true, ...cambio }]]);
    const { lista, nota, provisional } = vistaPedido(estado(suyos), "12", 0, precios).lineas[0];
    return [lista, nota, provisional];
  };
  assert.deepEqual(dicho({}), ["", "", true]);
  assert.deepEqual(dicho({ provisional: false }), ["", "", false]);
  const rebajado = { base: aMicros(13158), aplicadas: [{ regla }] };
  assert.deepEqual(dicho(rebajado), ["13.158", "−5 % Docena", true]);
  assert.deepEqual(dicho({ ...rebajado, provisional: false }), ["13.158", "−5 % Docena", false]);
  assert.deepEqual(dicho({}, cambiarPrecio(orders, "12", 7, 12000n, 0)), ["", "", false]);
});

test("what was sent without a line waits for it, in so many words", () => {
  const todo = estado(agregar({}, "12", LINEA, 0), { enviando: ["12"] });
  const dice = (enLinea) =>
    vistaClientes(todo, 0, enLinea).map(({ detalle, punto }) => [detalle, punto]);
  assert.deepEqual(dice(true), [["1 lín. · enviando", "punto-curso"]]);
  assert.deepEqual(dice(false), [["1 lín. · en espera", "punto-aviso"]]);
});

test("a rejection names line, article and field, also after another line is gone", () => {
  const orders = agregar(agregar({}, "12", { ...LINEA, articulo: 8 }, 0), "12", LINEA, 0);
  const rechazo = {
    codigo: "sin_precio",
    motivo: "Cliente 12, línea 2, precio_unitario: no tiene precio.",
    articulo: 7,
    campo: "precio_unitario",
  };
  assert.equal(motivo(rechazo, orders[12], FICHAS), "Línea 2, Yerba, precio: no tiene precio.");
  assert.equal(
    motivo(rechazo, orders[12].slice(1), FICHAS),
    "Línea 1, Yerba, precio: no tiene precio.",
  );
  assert.equal(motivo(rechazo, [], FICHAS), "Precio: no tiene precio.");
  assert.deepEqual(
    vistaPedido(estado(orders, { rechazos: { 12: rechazo } }), "12", 0).lineas.map((l) => l.mal),
    [false, true],
  );
  assert.equal(
    motivo({ codigo: "recibo_distinto", numero: 1043 }, [], FICHAS),
    "El servidor guardó otro contenido para este pedido: compararlo antes de reenviar. (pedido 1.043)",
  );
});

test("the day's sum leaves nothing out", () => {
  let orders = agregar({}, "12", LINEA, 0);
  orders = agregar(orders, "13", { ...LINEA, tasa: 5, precio: 27350n, cantidad: 1 }, 0);
  orders = agregar(
    abrir(orders, "14", nuevoId()),
    "13",
    { ...LINEA, articulo: 9, tasa: 0, precio: 100n },
    0,
  );
  const guardados = [{ total: "1000" }, { total: "500" }];
  const suma = vistaResumen(estado(orders, { enviando: ["13"] }), guardados, {
    decimales: 0,
    moneda: "PYG",
  });
  assert.deepEqual(suma, {
    gravada_10: "34.091",
    iva_10: "3.409",
    gravada_5: "26.048",
    iva_5: "1.302",
    exenta: "300",
    total: "65.150",
    conMoneda: "Gs. 65.150",
    pedidos: 2,
    ilegibles: 0,
    porEnviar: 1,
    lineas: 1,
    totalPorEnviar: "Gs. 37.500",
    guardados: 2,
    totalGuardado: "Gs. 1.500",
  });
});

test("reconciling keeps the rows that stay, so that a field being typed in stays", () => {
  const actuales = [
    { id: 1, texto: "a" },
    { id: 2, texto: "b" },
  ];
  const iguales = conservar(actuales, [
    { id: 1, texto: "a" },
    { id: 2, texto: "c" },
  ]);
  assert.equal(iguales, actuales);
  assert.deepEqual(actuales[1], { id: 2, texto: "c" });
  const otras = conservar(actuales, [
    { id: 2, texto: "c" },
    { id: 3, texto: "d" },
  ]);
  assert.equal(otras[0], actuales[1]);
  assert.deepEqual(
    otras.map(({ id }) => id),
    [2, 3],
  );
});

function pestana(storage, locks) {
  const almacen = new Almacen({ storage, ambito: AMBITO, locks });
  return new Libreta(almacen, { decimales: 0, hoy: () => "2025-6-16", nuevoId });
}

test("two tabs editing at once lose nothing of each other", async () => {
  const storage = new Storage();
  const locks = new Locks();
  const [una, otra] = [pestana(storage, locks), pestana(storage, locks)];
  for (const cliente of ["10", "11", "12", "13"]) await una.abrir(cliente, {});
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => {
      const libreta = i % 2 ? una : otra;
      const cliente = String(10 + (i % 4));
      return libreta.editar(cliente, (orders) =>
        agregar(orders, cliente, { ...LINEA, articulo: i + 1 }, 0),
      );
    }),
  );
  const { orders } = una.leer();
  assert.deepEqual(
    Object.values(orders).map((valor) => lineasDe(valor).length),
    [10, 10, 10, 10],
  );
});

test("a locked order is not edited, its neighbours are", async () => {
  const libreta = pestana(new Storage(), new Locks());
  await libreta.abrir("12", {});
  await libreta.abrir("13", {});
  await libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0));
  preparar(libreta.almacen, { lote: "lote-1", version: "", ahora: 1, nuevoId });
  await assert.rejects(
    libreta.editar("12", (orders) => cambiarCantidad(orders, "12", 7, 5, 0)),
    { codigo: "bloqueado" },
  );
  await libreta.editar("13", (orders) => agregar(orders, "13", LINEA, 0));
  assert.deepEqual(Object.keys(libreta.leer().orders), ["12", "13"]);
});

test("what was typed for an order that went is refused, and put in no other one", async () => {
  const storage = new Storage();
  const locks = new Locks();
  const [una, otra] = [pestana(storage, locks), pestana(storage, locks)];
  await una.abrir("12", {});
  const { uuid } = vistaPedido(una.leer(), "12", 0);
  await una.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [], uuid);
  await otra.descartar("12");
  const tarde = [
    () => una.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [], uuid),
    () => una.editar("12", (orders) => observar(orders, "12", "urgente"), [], uuid),
    () => una.acordar("12", 7, 9000n, uuid),
  ];
  for (const edicion of tarde) await assert.rejects(edicion, { codigo: "ya_no_esta" });
  assert.deepEqual(una.leer().orders, {});
  // The client's next order is another one.
  await otra.abrir("12", {});
  const { orders } = una.leer();
  for (const edicion of tarde) await assert.rejects(edicion, { codigo: "ya_no_esta" });
  assert.deepEqual(una.leer().orders, orders);
  assert.deepEqual(reponer(orders, "12", LINEA, 0, uuid), orders);
});

test("saved orders are listed for the day, once, and unused names are dropped", async () => {
  const libreta = pestana(new Storage(), new Locks());
  const ficha = { articulo: 7, datos: FICHAS.articulos[7], precio: "12500", version: "v" };
  await libreta.abrir("12", { nombre: "Don Beto" });
  await libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [ficha]);
  const { orders } = libreta.leer();
  const recibo = {
    guardados: [{ cliente: "12", numero: 1043, avisos: [], lineas: orders[12].detalles }],
    lote: { lote: "lote-1" },
  };
  await libreta.descartar("12");
  await libreta.anotarGuardados(recibo);
  await libreta.anotarGuardados(recibo);
  assert.deepEqual(libreta.guardados(), [
    {
      cliente: "12",
      ficha: { nombre: "Don Beto" },
      numero: 1043,
      avisos: [],
      lote: "lote-1",
      lineas: 1,
      total: "37500",
    },
  ]);
  assert.deepEqual(libreta.leer().fichas, { clientes: {}, articulos: {}, precios: {} });
  libreta.hoy = () => "2025-6-17";
  assert.deepEqual(libreta.guardados(), []);
});

test("what is undone comes back with its names, even if they were forgotten meanwhile", async () => {
  const libreta = pestana(new Storage(), new Locks());
  const ficha = { articulo: 7, datos: FICHAS.articulos[7], precio: "12500", version: "v" };
  await libreta.abrir("12", { nombre: "Don Beto" });
  await libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [ficha]);
  const antes = libreta.leer();
  const valor = await libreta.descartar("12");
  await libreta.anotarGuardados({ guardados: [], lote: { lote: "lote-1" } });
  await libreta.deshacer("12", (orders) => ({ ...orders, 12: valor }), antes.fichas);
  assert.deepEqual(libreta.leer(), antes);
});

test("a file carries unsent orders and lotes under way to another browser", async () => {
  const origen = pestana(new Storage(), new Locks());
  for (const cliente of ["12", "13"]) await origen.abrir(cliente, {});
  await origen.editar("12", (orders) => observar(agregar(orders, "12", LINEA, 0), "12", "ñ 🧉"));
  preparar(origen.almacen, { lote: "lote-1", version: "", ahora: 1, nuevoId });
  await origen.editar("13", (orders) => agregar(orders, "13", LINEA, 0));
  const archivo = componer(origen.almacen, AMBITO);
  const destino = pestana(new Storage(), new Locks());
  await destino.abrir("13", {});
  await destino.editar("13", (orders) => agregar(orders, "13", { ...LINEA, cantidad: 99 }, 0));
  assert.deepEqual(await importar(destino.almacen, AMBITO, archivo), {
    codigo: "",
    traidos: 1,
    quedan: 1,
  });
  const { orders, bloqueados } = destino.leer();
  assert.deepEqual(orders[12], origen.leer().orders[12]);
  assert.equal(lineasDe(orders[13])[0].cantidad, 99);
  assert.deepEqual([...bloqueados], [["12", "lote-1"]]);
  assert.equal(destino.almacen.texto("carga:lote-1"), origen.almacen.texto("carga:lote-1"));
});

test("a file cut, changed, foreign or of something else is refused", async () => {
  const { almacen } = pestana(new Storage(), new Locks());
  const archivo = componer(almacen, AMBITO);
  for (const malo of [
    "",
    "{}",
    "null",
    "[]",
    archivo.slice(0, -9),
    archivo.replace('"usuario": 3', '"usuario": 4'),
  ]) {
    assert.deepEqual(await importar(almacen, AMBITO, malo), { codigo: "archivo" });
  }
  assert.deepEqual(await importar(almacen, { ...AMBITO, usuario: 9 }, archivo), {
    codigo: "archivo_ajeno",
  });
});

test("requests carry the token of the cookie as it is now, and speak of failures in one way", async () => {
  const pedidos = [];
  const respuestas = [
    new Response('{"a": 1}', { status: 202, headers: { "Retry-After": "7" } }),
    new Response("<html>", { status: 500 }),
  ];
  const red = new Red({
    cookieCsrf: "__Host-csrf",
    galletas: () => "otra=1; __Host-csrf=abc%3D",
    buscar: async (url, opciones) => {
      pedidos.push([url, opciones.method, opciones.headers["X-CSRFToken"], opciones.body]);
      if (!respuestas.length) throw new TypeError("refused");
      return respuestas.shift();
    },
  });
  assert.deepEqual(await red.enviar("/p", { x: "ñ" }), {
    estado: 202,
    cuerpo: { a: 1 },
    esperar: 7,
    texto: '{"a": 1}',
  });
  assert.deepEqual(await red.pedir("/g"), {
    estado: 500,
    cuerpo: {},
    esperar: 0,
    texto: "<html>",
  });
  await assert.rejects(red.pedir("/g"), SinRed);
  assert.deepEqual(pedidos[0], ["/p", "POST", "abc=", '{"x":"ñ"}']);
});

test("lote ids are UUIDs, also where crypto.randomUUID is missing", () => {
  const original = crypto.randomUUID;
  for (const randomUUID of [original, undefined]) {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
    assert.match(
      nuevoUuid(),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
});
