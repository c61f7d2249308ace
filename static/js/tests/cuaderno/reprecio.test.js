// What somebody agreed with a client outlives whatever happens to the notes about it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen, comprimir } from "../../comun/almacen.js";
import { componer, importar } from "../../cuaderno/archivo.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { MICROS } from "../../motor/motor.js";
import { abrir, agregar, cambiarCantidad } from "../../cuaderno/pedidos.js";
import {
  acordar,
  darPorVisto,
  esAcordado,
  precioDelSistema,
  rebajaDe,
  repreciar,
  textoDeRegla,
} from "../../cuaderno/reprecio.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const LINEA = { articulo: 7, tasa: 10, cantidad: 1, precio: 9000n };
const SIN_FICHAS = { clientes: {}, articulos: {}, precios: {} };
const OPCIONES = { decimales: 0, version: "v1" };

const precioDe = (guaranies) => ({
  articulo: 7,
  base: guaranies * MICROS,
  final: guaranies * MICROS,
  aplicadas: [],
  ajustado: false,
  provisional: false,
});

// The desk of a client whose article 7 costs what `datos.precio` says.
function mesa({ storage = new Storage(), datos = { precio: 10000n } } = {}) {
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks() });
  const preciosDeHoy = {
    conocer: async () => {},
    cotizar: async (_canal, pares) =>
      new Map(pares.map(([articulo]) => [articulo, precioDe(datos.precio)])),
  };
  const libreta = new Libreta(almacen, {
    decimales: 0,
    hoy: () => "hoy",
    nuevoId,
    preciosDeHoy,
    version: () => "v1",
  });
  return { almacen, libreta, datos, storage };
}

// Article 7 at 10,000 of the system's, then at 9,000 by hand.
async function conAcuerdo(pagina = mesa()) {
  const ficha = { articulo: 7, datos: {}, precio: "10000", version: "v1" };
  await pagina.libreta.abrir("12", { nombre: "Don Beto", canal: "1" });
  await pagina.libreta.editar(
    "12",
    (orders) => agregar(orders, "12", { ...LINEA, precio: 10000n }, 0),
    [ficha],
  );
  await pagina.libreta.acordar("12", 7, 9000n);
  return pagina;
}

const precioDelPedido = ({ libreta }) =>
  libreta.leer().orders[12].detalles.map(({ precio_unitario }) => precio_unitario);
const fichaDe = ({ libreta }) => libreta.leer().fichas.precios[12]?.[7];

const escribir = (almacen, valor) => almacen.guardarTexto("fichas", comprimir(valor));
const conPrecios = (precios) => (almacen) => escribir(almacen, { ...SIN_FICHAS, precios });

for (const [que, danar] of Object.entries({
  "all of the notes are damaged": (almacen) => almacen.guardarTexto("fichas", "garbage"),
  "the notes are of another shape": (almacen) => escribir(almacen, []),
  "the notes of the prices are": conPrecios({ 12: null }),
  "a line's note is none": conPrecios({ 12: { 7: null } }),
  "a line's note is a text": conPrecios({ 12: { 7: "9000" } }),
  "the mark is no mark": conPrecios({ 12: { 7: { acordado: null } } }),
  "the notes are gone": (almacen) => almacen.quitar("fichas"),
})) {
  test(`an agreed price stays when ${que}`, async () => {
    const pagina = await conAcuerdo();
    danar(pagina.almacen);
    assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), []);
    assert.deepEqual(precioDelPedido(pagina), ["9000"]);
    assert.deepEqual(fichaDe(pagina), { precio: "10000", version: "v1", acordado: true });
    // From here on it is an agreement like any other.
    pagina.datos.precio = 12000n;
    assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), []);
    await pagina.libreta.editar("12", (orders) => cambiarCantidad(orders, "12", 7, 5, 0));
    assert.deepEqual(precioDelPedido(pagina), ["9000"]);
    assert.equal(fichaDe(pagina).precio, "12000");
  });
}

test("a line that followed the system goes on following it when its note is gone", async () => {
  const pagina = await conAcuerdo();
  await pagina.libreta.acordar("12", 7, 10000n);
  pagina.almacen.quitar("fichas");
  assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), []);
  assert.deepEqual(fichaDe(pagina), { precio: "10000", version: "v1", acordado: false });
  pagina.datos.precio = 12000n;
  assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), [
    { cliente: "12", articulo: 7, antes: "10000", ahora: "12000" },
  ]);
});

test("the same article again, with its note gone, is no new agreement and no new price", async () => {
  const pagina = await conAcuerdo();
  pagina.almacen.quitar("fichas");
  const ficha = { articulo: 7, datos: {}, precio: "10000", version: "v1" };
  await pagina.libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0), [ficha]);
  assert.deepEqual(precioDelPedido(pagina), ["9000"]);
  assert.equal(fichaDe(pagina).acordado, true);
});

test("an order brought from another machine brings what was agreed in it", async () => {
  const origen = await conAcuerdo();
  const archivo = componer(origen.almacen, AMBITO);
  const destino = await conAcuerdo();
  // Here the client's line followed the system, and its order was discarded.
  await destino.libreta.acordar("12", 7, 10000n);
  await destino.libreta.descartar("12");
  assert.deepEqual(await importar(destino.almacen, AMBITO, archivo), {
    codigo: "",
    traidos: 1,
    quedan: 0,
  });
  await destino.libreta.repreciarTodo({ anunciar: true });
  assert.deepEqual(precioDelPedido(destino), ["9000"]);
  assert.equal(fichaDe(destino).acordado, true);
});

test("an order that is open here keeps what was agreed here", async () => {
  const origen = await conAcuerdo();
  await origen.libreta.acordar("12", 7, 10000n);
  const archivo = componer(origen.almacen, AMBITO);
  const destino = await conAcuerdo();
  await importar(destino.almacen, AMBITO, archivo);
  await destino.libreta.repreciarTodo({ anunciar: true });
  assert.deepEqual(precioDelPedido(destino), ["9000"]);
});

test("what a note says of a price", () => {
  const linea = { precio_unitario: "9000" };
  const casos = [
    [undefined, false, "9000"],
    [{}, false, "9000"],
    [{ acordado: true, precio: "10000" }, true, "10000"],
    [{ acordado: false, precio: "10000" }, false, "9000"],
    // An older notebook's says it by the difference alone.
    [{ precio: "10000" }, true, "10000"],
    [{ precio: "9000" }, false, "9000"],
    // Agreed, and what the system asked is not known.
    [{ acordado: true }, true, "9000"],
    [{ acordado: true, precio: {} }, true, "9000"],
  ];
  for (const [ficha, acordado, sistema] of casos) {
    assert.equal(esAcordado(ficha, linea), acordado, JSON.stringify(ficha));
    assert.equal(precioDelSistema(ficha, linea), sistema, JSON.stringify(ficha));
  }
});

test("a price by hand that is the system's own is no agreement", () => {
  const orders = agregar(abrir({}, "12", nuevoId()), "12", LINEA, 0);
  const fichas = { ...SIN_FICHAS, precios: { 12: { 7: { precio: "9500", acordado: true } } } };
  const precios = (precio) => acordar(fichas, orders, "12", 7, precio).precios[12][7];
  assert.deepEqual(precios("9500"), { precio: "9500", version: "", acordado: false });
  assert.deepEqual(precios("9499"), { precio: "9500", version: "", acordado: true });
  assert.equal(acordar(fichas, orders, "12", 8, "1"), fichas);
  assert.equal(acordar(fichas, orders, "13", 7, "1"), fichas);
});

test("nothing new, nothing written: the same objects come back", () => {
  const orders = agregar(abrir({}, "12", nuevoId()), "12", LINEA, 0);
  const seguida = { precio: "9000", version: "v0", acordado: false };
  const fichas = { ...SIN_FICHAS, precios: { 12: { 7: seguida } } };
  const igual = repreciar({ orders, fichas }, "12", new Map([[7, precioDe(9000n)]]), OPCIONES);
  assert.equal(igual.orders, orders);
  assert.equal(igual.fichas, fichas);
  assert.deepEqual(igual.cambios, []);
  const sinPrecio = repreciar({ orders, fichas }, "12", new Map(), OPCIONES);
  assert.deepEqual([sinPrecio.orders, sinPrecio.fichas], [orders, fichas]);
});

test("what a line cost before is noted once, and forgotten when read or when it is so again", () => {
  const orders = agregar(abrir({}, "12", nuevoId()), "12", LINEA, 0);
  const fichas = {
    ...SIN_FICHAS,
    precios: { 12: { 7: { precio: "9000", version: "v0", acordado: false } } },
  };
  const a = (estado, guaranies, anunciar = true) =>
    repreciar(estado, "12", new Map([[7, precioDe(guaranies)]]), { ...OPCIONES, anunciar });
  const subido = a({ orders, fichas }, 9500n);
  assert.deepEqual(subido.cambios, [{ articulo: 7, antes: "9000", ahora: "9500" }]);
  assert.deepEqual(subido.fichas.precios[12][7], {
    precio: "9500",
    version: "v1",
    acordado: false,
    antes: "9000",
  });
  assert.equal(subido.orders[12].detalles[0].precio_unitario, "9500");
  // Twice up: what it cost before the first one.
  assert.equal(a(subido, 9900n).fichas.precios[12][7].antes, "9000");
  assert.equal(a(subido, 9000n).fichas.precios[12][7].antes, undefined);
  assert.equal(a({ orders, fichas }, 9500n, false).fichas.precios[12]?.[7].antes, undefined);
  assert.deepEqual(darPorVisto(subido.fichas, "12").precios[12][7], {
    precio: "9500",
    version: "v1",
    acordado: false,
  });
  assert.deepEqual(darPorVisto(SIN_FICHAS, "12").precios, { 12: {} });
});

test("why a price is not the list's, in words, said once per price", () => {
  const regla = { id: 2, nombre: "Docena", porcentaje: true, valor: 500n };
  const de = (cambio) => ({ ...precioDe(10000n), ...cambio });
  assert.equal(rebajaDe(de({}), 0), null);
  const uno = de({ aplicadas: [{ regla, antes: 0n, despues: 0n }], ajustado: true });
  assert.deepEqual(rebajaDe(uno, 0), { lista: 10000n, nota: "−5 % Docena, precio mínimo" });
  assert.equal(rebajaDe(uno, 0), rebajaDe(uno, 0));
  assert.deepEqual(rebajaDe(de({ ajustado: true }), 2), { lista: 1000000n, nota: "precio mínimo" });
  assert.equal(rebajaDe(de({ provisional: true }), 0), null);
  const nombres = ["Menos 5%", "5 % de la casa", "Docena 5", "−5 %"];
  assert.deepEqual(
    nombres.map((nombre) => textoDeRegla({ ...regla, nombre })),
    ["Menos 5%", "5 % de la casa", "−5 % Docena 5", "−5 %"],
  );
});
