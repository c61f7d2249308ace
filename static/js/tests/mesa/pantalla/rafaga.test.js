// A scanner anywhere on the desk: told from hands by its speed, served once, and nothing else pressed.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { esDeBarras, partir } from "../../../lectura/codigos.js";
import { Rafaga } from "../../../mesa/pantalla/rafaga.js";
import { $, abrirPagina } from "../../documento.js";

const BARRAS = "7840001000011";
let rafaga;
let hechos;
let reloj;
let destino;
let destinos;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  abrirPagina(`
    <input id="entrada_articulo"><input id="entrada_cliente"><input id="celda" value="12">
    <textarea id="nota">hola</textarea><button id="boton">Enviar</button>
    <dialog id="dialogo_envio"><button id="si">Sí</button></dialog>`);
  [hechos, reloj, destino, destinos] = [[], 1_000, "el de 12", []];
  rafaga = new Rafaga({
    lector: {
      destino: () => destino,
      encolar: (texto, para) => {
        destinos.push(para);
        return esDeBarras(partir(texto).texto) && hechos.push(texto) > 0;
      },
    },
    foco: { enfocar: (id) => hechos.push(id) },
  });
});

/** A key some milliseconds after the last; whether it was kept from everybody else. */
function tecla(key, { tras = 5, en = "boton", ...mas } = {}) {
  reloj += tras;
  let callada = 0;
  const campo = $(en);
  rafaga.alTeclear({
    key,
    timeStamp: reloj,
    target: campo,
    preventDefault: () => (callada += 1),
    stopImmediatePropagation: () => (callada += 1),
    ...mas,
  });
  if (key.length === 1 && "value" in campo && !mas.ctrlKey) campo.value += key;
  return callada === 2;
}

/** A whole code, its first key long after whatever came before. */
function leer(codigo, opciones = {}) {
  [...codigo].forEach((key, i) => tecla(key, { ...opciones, tras: i ? opciones.tras : 900 }));
}

for (const fin of ["Enter", "Tab"])
  for (const en of ["boton", "si"])
    test(`${fin} presses nothing: the code is the entry row's (${en})`, () => {
      leer(BARRAS, { en });
      assert.equal(tecla(fin, { en }), true);
      assert.deepEqual(hechos, [BARRAS, "entrada_articulo"]);
    });

test("inside a cell or a note, what was there comes back", () => {
  for (const [en, valor] of [
    ["celda", "12"],
    ["nota", "hola"],
  ]) {
    let avisado = 0;
    $(en).addEventListener("input", () => (avisado += 1));
    leer(BARRAS, { en });
    assert.equal(tecla("Enter", { en }), true);
    assert.deepEqual([$(en).value, avisado], [valor, 1]);
  }
  assert.deepEqual(hechos, [BARRAS, "entrada_articulo", BARRAS, "entrada_articulo"]);
});

test("a dialog that was open is closed, and answered by nobody", () => {
  $("dialogo_envio").showModal();
  leer(BARRAS, { en: "si" });
  tecla("Enter", { en: "si" });
  assert.equal($("dialogo_envio").open, false);
});

test("a hand is slower, and keeps its figures", () => {
  leer(BARRAS, { en: "celda", tras: 51 });
  assert.equal(tecla("Enter", { en: "celda", tras: 51 }), false);
  leer(BARRAS, { en: "celda" });
  assert.equal(tecla("Enter", { en: "celda", tras: 51 }), false);
  assert.deepEqual(hechos, []);
});

test("what is no barcode, or comes with other keys, is left alone", () => {
  for (const codigo of ["1234567", "123456789", "12500000x", "yerba mate 500"]) {
    leer(codigo, { en: "celda" });
    assert.equal(tecla("Enter", { en: "celda" }), false, codigo);
  }
  leer(BARRAS, { repeat: true });
  assert.equal(tecla("Enter"), false);
  leer(BARRAS.slice(1));
  tecla("ArrowLeft");
  assert.equal(tecla("Enter"), false);
  assert.deepEqual(hechos, []);
});

test("figures in the client's box are a client's", () => {
  leer("80041112", { en: "entrada_cliente" });
  assert.equal(tecla("Enter", { en: "entrada_cliente" }), false);
  mock.timers.tick(1_000);
  assert.deepEqual(hechos, []);
});

test("a name of the kind of barcode, and a quantity, come along", () => {
  leer(`]E0${BARRAS}`);
  tecla("Shift");
  assert.equal(tecla("Enter"), true);
  leer(`3*${BARRAS}`);
  assert.equal(tecla("Enter"), true);
  assert.deepEqual(hechos, [`]E0${BARRAS}`, "entrada_articulo", `3*${BARRAS}`, "entrada_articulo"]);
});

test("the second half of CR LF is nobody's", () => {
  leer(BARRAS, { en: "entrada_articulo" });
  assert.equal(tecla("Enter", { en: "entrada_articulo" }), true);
  assert.equal(tecla("j", { en: "entrada_articulo", ctrlKey: true }), true);
  leer(BARRAS);
  assert.equal(tecla("Enter"), true);
  assert.equal(tecla("Enter", { ctrlKey: true }), false);
  assert.equal(tecla("Enter"), true);
  assert.equal(tecla("Enter", { tras: 200 }), false);
  assert.deepEqual(hechos, [BARRAS, "entrada_articulo", BARRAS, "entrada_articulo"]);
});

test("in the entry row a hand may have written how many; a name there is not a code's", () => {
  const en = "entrada_articulo";
  let avisado = 0;
  $(en).addEventListener("input", () => (avisado += 1));
  $(en).value = "6*";
  leer(BARRAS, { en });
  assert.equal(tecla("Enter", { en }), true);
  assert.deepEqual([hechos, $(en).value, avisado], [[`6*${BARRAS}`, en], "", 1]);
  // Its own Enter looks for it.
  $(en).value = "yerba ";
  leer(BARRAS, { en });
  assert.equal(tecla("Enter", { en }), false);
  assert.deepEqual([hechos.length, $(en).value, avisado], [2, `yerba ${BARRAS}`, 1]);
});

test("it is for the order that was on the screen when it was read", () => {
  leer(BARRAS);
  destino = "el de 13";
  mock.timers.tick(800);
  mock.timers.tick(50);
  leer(BARRAS);
  tecla("Enter");
  assert.deepEqual(destinos, ["el de 12", "el de 13"]);
});

test("half a code of the length of one is no code: whoever stammers is waited for", () => {
  const en = "entrada_articulo";
  for (const figuras of [8, 12]) {
    hechos = [];
    leer(BARRAS.slice(0, figuras), { en });
    for (const key of BARRAS.slice(figuras)) tecla(key, { en, tras: 200 });
    assert.deepEqual([hechos, $(en).value], [[], BARRAS]);
    $(en).value = "";
  }
});

test("one after the other, as fast as they come, each is served", () => {
  const otro = "7840001000028";
  leer(BARRAS);
  tecla("Enter");
  for (const key of otro) tecla(key, { tras: 1 });
  assert.equal(tecla("Enter", { tras: 1 }), true);
  assert.deepEqual(
    hechos.filter((hecho) => hecho !== "entrada_articulo"),
    [BARRAS, otro],
  );
});

test("without a last key, a moment of silence is one", () => {
  leer(BARRAS);
  mock.timers.tick(800);
  mock.timers.tick(49);
  assert.deepEqual(hechos, []);
  mock.timers.tick(1);
  assert.deepEqual(hechos, [BARRAS, "entrada_articulo"]);
  // On a page too busy for timers, the next key tells.
  leer(BARRAS);
  leer("7840001000028");
  mock.timers.tick(800);
  mock.timers.tick(50);
  assert.deepEqual(hechos.slice(2), [
    BARRAS,
    "entrada_articulo",
    "7840001000028",
    "entrada_articulo",
  ]);
  leer(BARRAS, { en: "entrada_articulo" });
  leer("7840001000028", { en: "entrada_articulo" });
  assert.equal($("entrada_articulo").value, "7840001000028");
  mock.timers.tick(800);
  mock.timers.tick(50);
  assert.equal($("entrada_articulo").value, "");
  assert.deepEqual(hechos.slice(6), hechos.slice(2, 6));
});
