// Where the focus goes, and when it is left where somebody put it meanwhile.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { foco } from "../../mesa/pantalla/foco.js";
import { $, abrirPagina } from "../documento.js";

let componente;
let luego;

beforeEach(() => {
  abrirPagina(`
    <input id="entrada_articulo"><input id="otro" value="x"><button id="boton" value="v">b</button>
    <table><tbody>
      <tr><td><input id="c0" data-columna="cantidad" value="3"><input id="p0" data-columna="precio"></td></tr>
      <tr><td><input id="c1" data-columna="cantidad" value="4"></td></tr>
      <tr><td>without a field</td></tr>
    </tbody></table>`);
  luego = [];
  componente = Object.assign(foco(), { $nextTick: (tarea) => luego.push(tarea) });
});

const dibujar = () => luego.splice(0).forEach((tarea) => tarea());
const activo = () => document.activeElement.id;

test("what is there has the focus at once", () => {
  componente.enfocar("otro");
  assert.deepEqual([activo(), luego.length], ["otro", 0]);
});

test("what is drawn later has it once it is drawn", () => {
  componente.enfocar("nuevo");
  document.body.insertAdjacentHTML("beforeend", '<input id="nuevo">');
  dibujar();
  assert.equal(activo(), "nuevo");
});

test("not if somebody went elsewhere meanwhile", () => {
  componente.enfocar("nuevo");
  document.body.insertAdjacentHTML("beforeend", '<input id="nuevo">');
  $("otro").focus();
  dibujar();
  assert.equal(activo(), "otro");
});

test("what never comes leaves the focus where it is", () => {
  $("otro").focus();
  componente.enfocar("nadie");
  dibujar();
  assert.equal(activo(), "otro");
});

test("a line's field by its place, the last one beyond the end", () => {
  for (const [lugar, id] of [
    [0, "c0"],
    [1, "c1"],
    [9, "c1"],
  ]) {
    componente.enfocarLinea(lugar, "cantidad");
    dibujar();
    assert.equal(activo(), id);
  }
  assert.deepEqual([$("c1").selectionStart, $("c1").selectionEnd], [0, 1]);
});

test("without lines the entry row has it; without that nobody does", () => {
  document.querySelector("table").remove();
  componente.enfocarLinea(0, "cantidad");
  dibujar();
  assert.equal(activo(), "entrada_articulo");
  $("entrada_articulo").remove();
  componente.enfocarLinea(0, "cantidad");
  dibujar();
  assert.equal(document.activeElement, document.body);
});

test("a line that goes leaves it to the next, or the one before, or the entry row", () => {
  componente.enfocarVecina($("c0"));
  assert.equal(activo(), "c1");
  componente.enfocarVecina($("c1"));
  assert.equal(activo(), "c0");
  $("c1").closest("tr").remove();
  componente.enfocarVecina($("c0"));
  assert.equal(activo(), "entrada_articulo");
  componente.enfocarVecina($("otro"));
  assert.equal(activo(), "entrada_articulo");
});

test("the focus is free on the page and in the entry row alone", () => {
  assert.equal(componente.focoLibre(), true);
  $("entrada_articulo").focus();
  assert.equal(componente.focoLibre(), true);
  $("otro").focus();
  assert.equal(componente.focoLibre(), false);
});

test("somebody writes in a field that has something, and only there", () => {
  assert.equal(componente.escribiendo($("otro")), true);
  assert.equal(componente.escribiendo($("entrada_articulo")), false);
  assert.equal(componente.escribiendo($("boton")), false);
  assert.equal(componente.escribiendo(document), false);
  assert.equal(componente.escribiendo(null), false);
  $("otro").focus();
  assert.equal(componente.escribiendo(), true);
});

test("before waiting: the focus is where it was, or nowhere because what had it is gone", () => {
  $("otro").focus();
  const sigue = componente.mirarFoco();
  assert.equal(sigue(), true);
  $("c0").focus();
  assert.equal(sigue(), false);
  $("otro").focus();
  $("otro").blur();
  assert.equal(sigue(), true);
});
