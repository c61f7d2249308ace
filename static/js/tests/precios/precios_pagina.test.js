// The pages of prices: pickers in forms that HTMX brings, and cells saved one after the other.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { cuidarCeldas } from "../../precios/celdas.js";
import {
  $,
  abrirPagina,
  cargar,
  escribir,
  pedirConHtmx,
  suceder,
  teclear,
  traerConHtmx,
} from "../documento.js";

const buscador = (mas = "") => `
  <div data-buscador><input type="hidden" id="oculto" name="articulo" value="">
    <div><input id="entrada" role="combobox" value=""><div id="articulos_de_lista" hidden></div>
      <button type="button" id="vaciar" data-vaciar hidden>x</button></div></div>${mas}`;
const UNO = `<form id="f" data-alta>${buscador('<input id="precio" inputmode="decimal" value="10">')}</form>`;
const VARIOS = `<form id="f">${buscador(`
  <ul id="elegidos" data-elegidos></ul>
  <template id="plantilla_elegido">
    <li class="elegido"><input type="hidden" name="articulos" value=""><span data-nombre></span>
      <button type="button" data-sacar><i class="cruz"></i></button></li></template>`).replace(
  '<input type="hidden" id="oculto" name="articulo" value="">',
  "",
)}</form>`;

async function abrir(cuerpo) {
  const ventana = abrirPagina(cuerpo);
  await cargar("js/precios/precios.js");
  return ventana;
}

function traer(q, filas) {
  const opciones = filas.map(
    ([id, descripcion]) =>
      `<li role="option" id="o-${id}" data-id="${id}" data-descripcion="${descripcion}"></li>`,
  );
  const html = `<div id="articulos_de_lista" data-q="${q}" hidden><ul role="listbox">${opciones.join("")}</ul></div>`;
  traerConHtmx($("entrada"), pedirConHtmx($("entrada")), $("articulos_de_lista"), html);
}

function elegir(texto, ...filas) {
  $("entrada").focus();
  escribir($("entrada"), texto);
  traer(texto, filas);
  return teclear($("entrada"), "Enter");
}

const elegidos = () =>
  [...document.querySelectorAll("#elegidos li")].map((li) => [
    li.querySelector("input").value,
    li.querySelector("[data-nombre]").textContent,
  ]);

// --- One article -----------------------------------------------------------------------------------------

test("an article's id goes in the hidden field, its name stays, and the price is next", async () => {
  await abrir(UNO);
  elegir("yer", [7, "Yerba"]);
  assert.deepEqual(
    [$("oculto").value, $("entrada").value, $("vaciar").hidden, document.activeElement.id],
    ["7", "Yerba", false, "precio"],
  );
});

test("outside of a new price the focus stays", async () => {
  await abrir(UNO.replace(" data-alta", ""));
  elegir("yer", [7, "Yerba"]);
  assert.equal(document.activeElement.id, "entrada");
});

test("text left without choosing is no article", async () => {
  await abrir(UNO);
  elegir("yer", [7, "Yerba"]);
  escribir($("entrada"), "Yerb");
  assert.deepEqual([$("oculto").value, $("vaciar").hidden], ["", true]);
});

test("its cross empties it and goes back to it", async () => {
  await abrir(UNO);
  elegir("yer", [7, "Yerba"]);
  $("vaciar").click();
  assert.deepEqual(
    [$("oculto").value, $("entrada").value, document.activeElement.id],
    ["", "", "entrada"],
  );
});

test("Enter with something written chooses and does not send the form; empty, it sends", async () => {
  await abrir(UNO);
  $("entrada").focus();
  assert.equal(teclear($("entrada"), "Enter").defaultPrevented, true);
  escribir($("entrada"), "yer");
  assert.equal(teclear($("entrada"), "Enter", { ctrlKey: true }).defaultPrevented, true);
  escribir($("entrada"), "");
  assert.equal(teclear($("entrada"), "Enter", { ctrlKey: true }).defaultPrevented, false);
});

// --- Several ---------------------------------------------------------------------------------------------

test("several are rows of their own, each article once", async () => {
  await abrir(VARIOS);
  elegir("yer", [7, "Yerba"]);
  elegir("azu", [8, "Azúcar <b>"]);
  elegir("yer", [7, "Yerba"]);
  assert.deepEqual(elegidos(), [
    ["7", "Yerba"],
    ["8", "Azúcar <b>"],
  ]);
  assert.equal($("entrada").value, "");
});

test("one is taken out by its cross, and the picker has the focus", async () => {
  await abrir(VARIOS);
  elegir("yer", [7, "Yerba"]);
  elegir("azu", [8, "Azúcar"]);
  document.querySelector(".cruz").click();
  assert.deepEqual(elegidos(), [["8", "Azúcar"]]);
  assert.equal(document.activeElement.id, "entrada");
});

test("a cross outside of a form or of a list, and a click on nothing, break nothing", async () => {
  await abrir(`${VARIOS}<button id="suelto" data-sacar>x</button>`);
  $("suelto").click();
  document.dispatchEvent(new MouseEvent("click"));
  assert.deepEqual(elegidos(), []);
});

test("a list that lost its model says so", async () => {
  await abrir(VARIOS);
  $("plantilla_elegido").remove();
  $("entrada").focus();
  escribir($("entrada"), "yer");
  traer("yer", [[7, "Yerba"]]);
  assert.equal($("articulos_de_lista").hidden, false);
});

// --- Forms that come and go --------------------------------------------------------------------------------

test("a form that arrives is prepared once, whether it or what holds it arrived", async () => {
  await abrir('<div id="hueco"></div>');
  $("hueco").innerHTML = UNO;
  suceder(document.body, "htmx:load", { elt: $("hueco") });
  suceder(document.body, "htmx:load", { elt: $("entrada") });
  elegir("yer", [7, "Yerba"]);
  assert.deepEqual([$("oculto").value, $("entrada").dataset.listo], ["7", "si"]);
});

test("what arrives without a picker, or a picker outside of its frame, is let be", async () => {
  await abrir('<p id="p">x</p><input id="entrada" role="combobox">');
  suceder(document.body, "htmx:load", { elt: $("p") });
  suceder(document.body, "htmx:load", { elt: $("entrada") });
  assert.equal($("entrada").dataset.listo, undefined);
});

// --- Cells -----------------------------------------------------------------------------------------------

const celda = (precio, antes = precio) => `
  <form class="precio-celda" id="celda"><input type="hidden" name="antes" value="${antes}">
    <input class="celda" id="precio_base" name="precio_base" value="${precio}"></form>`;
const enFila = (html) => `<table><tbody><tr><td>${html}</td></tr></tbody></table>`;

let ventana;
beforeEach(() => {
  ventana = abrirPagina(`${enFila(celda("100"))}<form id="otro"></form>`);
  cuidarCeldas(document.body);
});

const llegar = (enviado, respuesta, status = 200, elt = $("celda")) => {
  const detail = {
    requestConfig: { elt, parameters: { precio_base: enviado } },
    xhr: { status },
    serverResponse: respuesta,
    shouldSwap: true,
  };
  suceder(document.body, "htmx:beforeSwap", detail);
  return detail.shouldSwap;
};

const antes = () => document.querySelector("[name=antes]").value;
const envios = () => ventana.htmx.hechos;

test("an answer to what is written is drawn", () => {
  $("precio_base").value = "120";
  assert.equal(llegar("120", enFila(celda("120"))), true);
});

test("an answer to what was written before is not, and what is written is sent when one leaves", () => {
  $("precio_base").value = "1200";
  assert.equal(llegar("120", enFila(celda("120"))), false);
  assert.deepEqual([$("precio_base").value, antes(), envios()], ["1200", "120", []]);
  $("precio_base").dispatchEvent(new Event("blur"));
  $("precio_base").dispatchEvent(new Event("blur"));
  assert.deepEqual(envios(), [["submit", "celda"]]);
});

test("a refusal leaves what the price was seen to be", () => {
  $("precio_base").value = "1200";
  assert.equal(llegar("abc", enFila(celda("abc", "77")), 422), false);
  assert.equal(antes(), "100");
});

test("other forms' answers are theirs", () => {
  assert.equal(llegar("x", "", 200, $("otro")), true);
  assert.equal(llegar("x", "", 200, document.body), true);
});

test("a row whose field stands in no form says that it was empty", () => {
  $("precio_base").value = "1200";
  llegar("120", enFila('<input name="precio_base" value="120">'));
  assert.equal(antes(), "");
});
