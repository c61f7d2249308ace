// Keys and buttons of the board, pressed once, twice, held down and in the wrong place.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import fc from "fast-check";

import { iniciarTeclas, intencion } from "../../tablero/teclas.js";
import { $, abrirPagina, teclear } from "../documento.js";

let ventana;
let hechas;
let descartes;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  ventana = abrirPagina(`
    <input id="filtro">
    <button id="siguiente" data-mover="1"><svg><path id="flecha"></path></svg></button>
    <ol id="carrusel">${[1, 2, 3]
      .map(
        (n) => `<li><article id="t${n}" data-tarjeta="${n}" tabindex="0">
          <button id="caja${n}" data-confirmar data-tecla="c">Caja</button>
          <button id="toma${n}" data-tecla="t">Tomarla</button>
          <details id="otra${n}"><summary>Contestar</summary>
            <form id="f${n}" data-encuesta><input id="campo${n}"></form></details>
          <button id="fuera${n}" data-descartar>Descartar</button></article></li>`,
      )
      .join("")}</ol>
    <dialog id="ayuda"></dialog>`);
  [hechas, descartes] = [[], 0];
  for (const n of [1, 2, 3]) {
    for (const boton of [`caja${n}`, `toma${n}`])
      $(boton).addEventListener("click", () => hechas.push(boton));
    $(`f${n}`).requestSubmit = () => hechas.push(`enviar${n}`);
  }
  const todas = () => [...document.querySelectorAll("[data-tarjeta]")];
  iniciarTeclas(
    { todas, quitar: (tarjeta) => tarjeta.closest("li").remove() },
    () => (descartes += 1),
  );
});
afterEach(() => mock.timers.reset());

const activo = () => document.activeElement.id;

test("arrows go along the cards, stop at the ends and begin with the first", () => {
  const pasos = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"].map((key) => {
    assert.equal(teclear(document.activeElement, key).defaultPrevented, true);
    return activo();
  });
  assert.deepEqual(pasos, ["t1", "t2", "t3", "t3", "t2"]);
  assert.equal(ventana.vistos.at(-1).id, "t2");
});

test("an arrow inside a card goes from that card; without cards it is nobody's", () => {
  teclear($("toma2"), "ArrowLeft");
  assert.equal(activo(), "t1");
  $("carrusel").replaceChildren();
  assert.equal(teclear(document.body, "ArrowRight").defaultPrevented, false);
});

test("a letter presses its card's button; outside of a card, or without one, it is nobody's", () => {
  assert.equal(teclear($("t2"), "t").defaultPrevented, true);
  assert.deepEqual(hechas, ["toma2"]);
  assert.equal(teclear($("t2"), "x").defaultPrevented, false);
  assert.equal(teclear(document.body, "t").defaultPrevented, false);
  assert.equal(teclear(document, "t").defaultPrevented, false);
  assert.deepEqual(hechas, ["toma2"]);
});

test("what cannot be undone is asked first, and done at the second press in time", () => {
  teclear($("t1"), "c");
  assert.deepEqual([hechas, "listo" in $("caja1").dataset], [[], true]);
  teclear($("t1"), "c");
  assert.deepEqual(hechas, ["caja1"]);
  mock.timers.tick(5_000);
  teclear($("t1"), "c");
  assert.deepEqual(hechas, ["caja1"]);
});

test("a key held down asks and does not answer itself; a press of its own does", () => {
  teclear($("t1"), "c");
  for (let i = 0; i < 20; i += 1) teclear($("t1"), "c", { repeat: true });
  assert.deepEqual(hechas, []);
  teclear($("t1"), "c");
  assert.deepEqual(hechas, ["caja1"]);
  for (let i = 0; i < 3; i += 1) teclear($("campo1"), "Enter", { ctrlKey: true, repeat: i > 0 });
  assert.deepEqual(hechas, ["caja1", "enviar1"]);
});

test("arrows held down go on", () => {
  for (let i = 0; i < 3; i += 1) teclear(document.activeElement, "ArrowRight", { repeat: i > 0 });
  assert.equal(activo(), "t3");
});

test("one button's question is not another's answer", () => {
  teclear($("t1"), "c");
  teclear($("t2"), "c");
  assert.deepEqual(hechas, []);
});

test("r opens the survey and goes to its first field", () => {
  teclear($("t2"), "r");
  assert.deepEqual([$("otra2").open, activo()], [true, "campo2"]);
  $("f1").remove();
  assert.equal(teclear($("t1"), "r").defaultPrevented, true);
  assert.equal(activo(), "campo2");
});

test("in the survey letters are letters; Escape goes back to the card, Ctrl+Enter sends", () => {
  for (const key of ["t", "c", "r", "ArrowRight"])
    assert.equal(teclear($("campo2"), key).defaultPrevented, false, key);
  assert.equal(teclear($("campo2"), "Enter", { ctrlKey: true }).defaultPrevented, true);
  teclear($("campo3"), "Enter", { metaKey: true });
  assert.deepEqual(hechas, ["enviar2", "enviar3"]);
  teclear($("campo2"), "Escape");
  assert.equal(activo(), "t2");
});

test("g and a letter are the page's, not a button's; later the letter is the card's again", () => {
  teclear($("t1"), "g");
  teclear($("t1"), "t");
  assert.deepEqual(hechas, []);
  teclear($("t1"), "t");
  assert.deepEqual(hechas, ["toma1"]);
  teclear($("t1"), "g");
  mock.timers.tick(1_200);
  teclear($("t1"), "t");
  assert.deepEqual(hechas, ["toma1", "toma1"]);
});

test("with a dialog open, or a key somebody took, nothing is pressed", () => {
  $("ayuda").showModal();
  teclear($("t1"), "t");
  $("ayuda").close();
  $("t2").addEventListener("keydown", (evento) => evento.preventDefault());
  teclear($("t2"), "t");
  assert.deepEqual(hechas, []);
});

test("the letter decides, not the place of its key: another keyboard's c presses nothing", () => {
  for (const key of ["с", "C", "Dead", "Unidentified", "Process"])
    assert.equal(teclear($("t1"), key, { code: "KeyC" }).defaultPrevented, false, key);
  assert.equal(teclear($("t1"), "t", { code: "KeyK" }).defaultPrevented, true);
  assert.deepEqual(hechas, ["toma1"]);
});

test("a screenful goes by with the arrows' buttons, pressed on their drawing too", () => {
  const corridas = [];
  Object.defineProperty($("carrusel"), "clientWidth", { value: 1000 });
  $("carrusel").scrollBy = ({ left }) => corridas.push(left);
  $("flecha").dispatchEvent(new MouseEvent("click", { bubbles: true }));
  assert.deepEqual(corridas, [900]);
});

test("a card is discarded and the board told; a click on nothing does nothing", () => {
  $("fuera2").click();
  assert.deepEqual([$("t2"), descartes], [null, 1]);
  document.dispatchEvent(new MouseEvent("click"));
  $("filtro").click();
  assert.equal(descartes, 1);
});

test("no key that composes, or comes with Alt, means anything; none throws", () => {
  const tecla = fc.record({
    key: fc.oneof(fc.constantFrom("Enter", "Escape", "ArrowRight", "c", "r", "g"), fc.string()),
    ctrlKey: fc.boolean(),
    metaKey: fc.boolean(),
    altKey: fc.boolean(),
    repeat: fc.boolean(),
    isComposing: fc.boolean(),
  });
  const lugar = fc.record({
    escribe: fc.boolean(),
    enTarjeta: fc.boolean(),
    trasG: fc.boolean(),
  });
  fc.assert(
    fc.property(tecla, lugar, (evento, donde) => {
      const que = intencion(evento, donde);
      assert.ok([1, -1, "", "salir", "responder", "enviar"].includes(que) || /^[a-z]$/.test(que));
      if (evento.isComposing || evento.altKey) assert.equal(que, "");
      if (evento.repeat && typeof que === "string") assert.equal(que, "");
      if (donde.escribe) assert.ok(["", "salir", "enviar"].includes(que));
      if (!donde.enTarjeta) assert.ok(que === "" || typeof que === "number");
    }),
  );
});
