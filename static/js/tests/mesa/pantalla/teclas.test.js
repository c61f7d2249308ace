// Keys that work everywhere: which deed each is, and when it is the browser's.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Teclas } from "../../../mesa/pantalla/teclas.js";
import { $, abrirPagina } from "../../documento.js";
import { espia } from "../espia.js";

let hechos;
let hayQueDeshacer;
let escribe;
let teclas;

beforeEach(() => {
  abrirPagina('<dialog id="dialogo_ayuda"></dialog><input id="campo" value="algo"><b id="b"></b>');
  [hechos, hayQueDeshacer, escribe] = [[], true, false];
  teclas = new Teclas({
    despacho: espia(hechos, "despacho"),
    deshacer: { ultimo: () => (hayQueDeshacer ? () => hechos.push(["deshecho"]) : undefined) },
    clientes: espia(hechos, "clientes"),
    rail: espia(hechos, "rail"),
    foco: { escribiendo: () => escribe },
  });
});

function pulsar(key, mas = {}, id = "b") {
  const evento = new KeyboardEvent("keydown", { key, cancelable: true, ...mas });
  Object.defineProperty(evento, "target", { value: $(id) });
  teclas.alTeclear(evento);
  return evento.defaultPrevented;
}

test("each key is one deed", () => {
  const casos = [
    ["Enter", { ctrlKey: true }, ["despacho.confirmar"]],
    ["Enter", { metaKey: true }, ["despacho.confirmar"]],
    ["z", { ctrlKey: true }, ["deshecho"]],
    ["ArrowDown", { altKey: true }, ["clientes.otro", 1]],
    ["ArrowUp", { altKey: true }, ["clientes.otro", -1]],
    ["/", {}, ["rail.buscar"]],
  ];
  for (const [key, mas, hecho] of casos) {
    hechos.length = 0;
    assert.equal(pulsar(key, mas), true, key);
    assert.deepEqual(hechos, [hecho], key);
  }
  assert.equal(pulsar("?"), true);
  assert.equal($("dialogo_ayuda").open, true);
  // Its keys are its own.
  assert.equal(pulsar("/"), false);
});

test("any other is the browser's", () => {
  for (const [key, mas] of [
    ["Enter", {}],
    ["Enter", { ctrlKey: true, altKey: true }],
    ["/", { ctrlKey: true }],
    ["x", { altKey: true }],
    ["z", {}],
  ])
    assert.equal(pulsar(key, mas), false, key);
  assert.deepEqual(hechos, []);
});

test("in the middle of a word a letter is a letter", () => {
  escribe = true;
  assert.deepEqual([pulsar("/"), pulsar("?")], [false, false]);
});

test("a field half written keeps its own undo, and so does a desk with nothing to undo", () => {
  $("campo").setSelectionRange(1, 1);
  assert.equal(pulsar("z", { ctrlKey: true }, "campo"), false);
  $("campo").select();
  assert.equal(pulsar("z", { ctrlKey: true }, "campo"), true);
  hayQueDeshacer = false;
  assert.equal(pulsar("z", { ctrlKey: true }), false);
  assert.equal(hechos.length, 1);
});
