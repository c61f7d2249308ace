// Toasts: how long they stay, who closes them, and what is never markup.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { avisar, iniciarAvisos } from "../../pagina/avisos.js";
import { $, abrirPagina } from "../documento.js";

const textos = () =>
  [...document.querySelectorAll(".aviso-texto")].map(({ textContent }) => textContent);

function abrir(dentro = "") {
  abrirPagina(
    `<div id="avisos" data-iconos="/iconos.svg" data-cerrar="Cerrar aviso">${dentro}</div>`,
  );
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  abrir();
});
afterEach(() => mock.timers.reset());

test("a toast says its sentence with its icon, and leaves after six seconds", () => {
  avisar("Guardado.", { nivel: "exito" });
  const aviso = document.querySelector(".aviso");
  assert.equal(aviso.className, "aviso aviso-exito");
  assert.equal(aviso.querySelector("use").getAttribute("href"), "/iconos.svg#check-circle");
  assert.equal(aviso.querySelector(".btn-close").getAttribute("aria-label"), "Cerrar aviso");
  mock.timers.tick(5_999);
  assert.deepEqual(textos(), ["Guardado."]);
  mock.timers.tick(1);
  assert.deepEqual(textos(), []);
});

test("each level has its icon; without one it informs", () => {
  const iconos = ["exito", "info", "aviso", "peligro", undefined].map((nivel) => {
    abrir();
    avisar("x", { nivel });
    return document.querySelector("use").getAttribute("href").split("#")[1];
  });
  assert.deepEqual(iconos, [
    "check-circle",
    "info-circle",
    "exclamation-triangle",
    "exclamation-octagon",
    "info-circle",
  ]);
});

test("a danger stays until it is closed", () => {
  const cerrar = avisar("No se guardó.", { nivel: "peligro" });
  mock.timers.tick(3_600_000);
  assert.deepEqual(textos(), ["No se guardó."]);
  cerrar();
  cerrar();
  assert.deepEqual(textos(), []);
});

test("one that offers something stays ten seconds, and does it once", () => {
  let hechas = 0;
  avisar("Línea quitada.", { accion: "Deshacer", alAccionar: () => (hechas += 1) });
  mock.timers.tick(9_999);
  const boton = document.querySelector(".btn-outline-secondary");
  assert.equal(boton.textContent, "Deshacer");
  boton.click();
  assert.deepEqual([hechas, textos()], [1, []]);
  mock.timers.tick(10_000);
  assert.equal(hechas, 1);
});

test("a word without a deed only closes", () => {
  avisar("x", { accion: "Entendido" });
  document.querySelector(".btn-outline-secondary").click();
  assert.deepEqual(textos(), []);
});

test("three at most: the oldest gives way", () => {
  for (const texto of ["1", "2", "3", "4", "5"]) avisar(texto);
  assert.deepEqual(textos(), ["3", "4", "5"]);
});

test("text is never markup", () => {
  avisar('<img src=x onerror="alert(1)">');
  assert.equal(document.querySelector("img"), null);
  assert.deepEqual(textos(), ['<img src=x onerror="alert(1)">']);
});

test("whoever reads it, or has the keyboard on it, is not interrupted", () => {
  avisar("Uno que se lee.");
  const aviso = document.querySelector(".aviso");
  for (const [entrar, salir] of [
    ["pointerenter", "pointerleave"],
    ["focusin", "focusout"],
  ]) {
    mock.timers.tick(5_000);
    aviso.dispatchEvent(new Event(entrar));
    mock.timers.tick(60_000);
    assert.deepEqual(textos(), ["Uno que se lee."], entrar);
    aviso.dispatchEvent(new Event(salir));
  }
  mock.timers.tick(6_000);
  assert.deepEqual(textos(), []);
});

test("those of the server leave as well, but for a danger; any of them closes by its button", () => {
  abrir(`
    <div class="aviso aviso-exito" data-aviso><span class="aviso-texto">a</span></div>
    <div class="aviso aviso-peligro" data-aviso><span class="aviso-texto">b</span>
      <button class="btn-close"><i id="cruz"></i></button></div>`);
  iniciarAvisos();
  mock.timers.tick(6_000);
  assert.deepEqual(textos(), ["b"]);
  document.querySelector(".aviso-texto").click();
  $("avisos").click();
  assert.deepEqual(textos(), ["b"]);
  $("cruz").click();
  assert.deepEqual(textos(), []);
});

test("a page without a place for toasts says so", () => {
  $("avisos").remove();
  assert.throws(() => avisar("x"), { message: "#avisos is not there" });
  assert.throws(() => iniciarAvisos(), { message: "#avisos is not there" });
});

test("a place that says neither icons nor words still shows the sentence", () => {
  abrirPagina('<div id="avisos"></div>');
  avisar("Sin hoja de iconos.");
  assert.deepEqual(textos(), ["Sin hoja de iconos."]);
  assert.equal(document.querySelector(".btn-close").getAttribute("aria-label"), "");
});
