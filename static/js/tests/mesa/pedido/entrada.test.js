// The entry row by itself: what a chosen article does, and what its keys are.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Entrada } from "../../../mesa/pedido/entrada.js";
import { $, abrirPagina, asentar, escribir } from "../../documento.js";
import { espia, nombres } from "../espia.js";

const YERBA = { id: "7", descripcion: "Yerba", barras: "7840001000018", precio: "12500" };

let hechos;
let pantalla;
let leido;
let encola;
let entrada;

beforeEach(() => {
  abrirPagina(`<div><input id="entrada_articulo"><div id="articulos_picker"></div></div>
    <input id="entrada_cantidad" value="1">`);
  [hechos, leido, encola] = [[], null, true];
  pantalla = {
    activo: "12",
    enPantalla: { cliente: "12", id: "u" },
    pedido: { uuid: "u", canal: "1", lineas: [{ id: 7, cantidad: "3" }] },
    seguir: (oyente) => (pantalla.oyente = oyente),
  };
  entrada = new Entrada({
    pantalla,
    alta: espia(hechos, "alta"),
    lector: espia(hechos, "lector", { leer: async () => leido, encolar: () => encola }),
    pickers: espia(hechos, "pickers", { articulos: async () => null }),
    nota: espia(hechos, "nota"),
    campos: espia(hechos, "campos"),
    intento: espia(hechos, "intento"),
    foco: espia(hechos, "foco"),
  });
  const [[, , preguntar]] = hechos.splice(0);
  entrada.preguntar = preguntar;
});

const tecla = (key, mas = {}) => new KeyboardEvent("keydown", { key, cancelable: true, ...mas });

test("its picker asks with the client on the screen", () => {
  const preguntado = { q: "yer" };
  entrada.preguntar(preguntado);
  assert.deepEqual(preguntado, { q: "yer", cliente: "12" });
});

test("chosen, its quantity comes next, and what there is of it is said", () => {
  $("entrada_articulo").value = "yer";
  entrada.elegir(YERBA);
  assert.equal($("entrada_articulo").value, "Yerba");
  assert.deepEqual(hechos, [
    ["nota.decir", "Ya tiene 3: se suma"],
    ["foco.enfocar", "entrada_cantidad"],
  ]);
  assert.equal(entrada.yaPedido("8"), "");
});

test("with how many before it, or scanned, it is added at once", () => {
  for (const [escrito, cantidad] of [
    ["12*yer", 12],
    ["7840001000018", 1],
    // The same number, as a GTIN-14.
    ["07840001000018", 1],
  ]) {
    hechos.length = 0;
    escribir($("entrada_articulo"), escrito);
    entrada.elegir(YERBA);
    assert.deepEqual(hechos.at(-1), ["alta.agregar", YERBA, cantidad]);
    assert.deepEqual([entrada.elegido, $("entrada_articulo").value], [null, ""]);
  }
});

test("chosen among what a barcode is only part of, its quantity comes next", () => {
  escribir($("entrada_articulo"), "78400010");
  entrada.elegir(YERBA);
  assert.deepEqual(hechos.at(-1), ["foco.enfocar", "entrada_cantidad"]);
});

test("without a client, or without a price, it is not taken", () => {
  entrada.elegir({ ...YERBA, precio: "" });
  pantalla.pedido = null;
  entrada.elegir(YERBA);
  assert.deepEqual(nombres(hechos), ["alta.sinPrecio", "intento.rechazar"]);
});

test("a code known here is chosen at its Enter if it is still what is written", async () => {
  leido = { ...YERBA, tasa: "10" };
  encola = false;
  for (const [despues, elegido] of [
    ["10431", null],
    ["1043", "7"],
  ]) {
    entrada.escribir("1043", { enter: true });
    if (despues !== "1043") escribir($("entrada_articulo"), despues);
    await asentar();
    assert.equal(entrada.elegido?.id ?? null, elegido);
  }
});

test("a list is for one client, one order and what that order has", () => {
  const antes = entrada.paraQuien();
  for (const cambio of [
    { activo: "13" },
    { pedido: { ...pantalla.pedido, uuid: "v" } },
    { pedido: { ...pantalla.pedido, canal: "2" } },
    { pedido: { ...pantalla.pedido, lineas: [{ id: 7, cantidad: "4" }] } },
    { pedido: null },
  ]) {
    entrada.pantalla = { ...pantalla, ...cambio };
    assert.notEqual(entrada.paraQuien(), antes, JSON.stringify(cambio));
  }
  entrada.pantalla = pantalla;
  assert.equal(entrada.paraQuien(), antes);
});

test("each look at the order has the list looked through again", () => {
  let veces = 0;
  entrada.combo.revisar = () => (veces += 1);
  pantalla.oyente();
  assert.equal(veces, 1);
});

test("the quantity's Enter adds, its Escape gives up, and any other key is not its business", async () => {
  entrada.elegir(YERBA);
  $("entrada_cantidad").value = "4";
  const enter = tecla("Enter");
  await entrada.alTeclearCantidad(enter);
  assert.equal(enter.defaultPrevented, true);
  assert.deepEqual(hechos.at(-1), ["alta.agregar", YERBA, 4, { cliente: "12", id: "u" }]);
  assert.deepEqual([entrada.elegido, $("entrada_cantidad").value], [null, "1"]);
  entrada.elegir(YERBA);
  entrada.alTeclearCantidad(tecla("Escape"));
  assert.equal(entrada.elegido, null);
  for (const otra of [
    tecla("5"),
    tecla("Enter", { ctrlKey: true }),
    tecla("Escape", { altKey: true }),
  ]) {
    entrada.alTeclearCantidad(otra);
    assert.equal(otra.defaultPrevented, false);
  }
});

test("chosen for one order, it is that order's when another has come to the screen by itself", async () => {
  entrada.elegir(YERBA);
  pantalla.enPantalla = { cliente: "13", id: "v" };
  await entrada.agregarElegido();
  assert.deepEqual(hechos.at(-1), ["alta.agregar", YERBA, 1, { cliente: "12", id: "u" }]);
});

test("without an article it goes back; a quantity that is none is refused", async () => {
  await entrada.agregarElegido();
  assert.deepEqual(hechos, [["foco.enfocar", "entrada_articulo"]]);
  entrada.elegir(YERBA);
  $("entrada_cantidad").value = "x";
  await entrada.agregarElegido();
  const motivo = "«x» no es un número: escribir solo cifras, como 12.500.";
  assert.deepEqual(hechos.at(-1), ["campos.rehusar", $("entrada_cantidad"), "1", motivo]);
  assert.equal(entrada.elegido, YERBA);
});

test("what is written for it from elsewhere is as if typed here", () => {
  entrada.escribir("yer");
  assert.equal($("entrada_articulo").value, "yer");
  entrada.escribir("7840001000018", { enter: true });
  assert.deepEqual(hechos.at(-1), ["lector.encolar", "7840001000018"]);
  $("entrada_cantidad").remove();
  entrada.vaciar();
  assert.equal($("entrada_articulo").value, "");
});
