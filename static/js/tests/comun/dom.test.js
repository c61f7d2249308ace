// Elements by their kind: what is there, what is not, and what is something else.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { FaltaElemento, alrededor, hallar, porId, todos, uno } from "../../comun/dom.js";
import { $, abrirPagina } from "../documento.js";

beforeEach(() => {
  abrirPagina(`
    <form id="f"><input id="a" class="campo"><textarea id="b" class="campo"></textarea></form>
    <button id="boton" data-que="x"><svg id="dibujo"><path id="trazo"></path></svg></button>`);
});

test("an element that must be there is found with its kind", () => {
  assert.equal(porId("a", HTMLInputElement), $("a"));
  assert.equal(uno(document, ".campo", HTMLInputElement), $("a"));
  assert.equal(porId("a", HTMLElement), $("a"));
});

test("one that is missing, or of another kind, is named", () => {
  const errores = [
    [() => porId("nadie", HTMLElement), "#nadie is not there"],
    [() => porId("b", HTMLInputElement), "#b is no HTMLInputElement"],
    [() => uno(document, ".nadie", HTMLElement), ".nadie is not there"],
    [() => uno($("f"), "textarea", HTMLInputElement), "textarea is no HTMLInputElement"],
  ];
  for (const [pedir, message] of errores)
    assert.throws(pedir, (error) => error instanceof FaltaElemento && error.message === message);
});

test("what may be missing is null, also when it is of another kind", () => {
  assert.equal(hallar(document, "#a", HTMLInputElement), $("a"));
  assert.equal(hallar(document, "#nadie", HTMLInputElement), null);
  assert.equal(hallar(document, "#b", HTMLInputElement), null);
});

test("of a selector, those of the kind", () => {
  assert.deepEqual(todos(document, ".campo", HTMLInputElement), [$("a")]);
  assert.deepEqual(todos(document, ".campo", HTMLElement), [$("a"), $("b")]);
  assert.deepEqual(todos($("boton"), ".campo", HTMLElement), []);
});

test("an event in a drawing happened in its button; in the document, nowhere", () => {
  const vistos = [];
  const ver = (evento) => vistos.push(alrededor(evento, "[data-que]"));
  document.addEventListener("click", ver);
  for (const lugar of [$("trazo"), $("boton"), $("a"), document])
    lugar.dispatchEvent(new Event("click", { bubbles: true }));
  assert.deepEqual(vistos, [$("boton"), $("boton"), null, null]);
});

test("around an event, a drawing itself is no place to act on", () => {
  let visto;
  document.addEventListener("click", (evento) => (visto = alrededor(evento, "svg")));
  $("trazo").dispatchEvent(new Event("click", { bubbles: true }));
  assert.equal(visto, null);
});
