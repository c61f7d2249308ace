// Where the focus goes, and when it is left where somebody put it meanwhile.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Foco } from "../../mesa/pantalla/foco.js";
import { $, abrirPagina } from "../documento.js";

let foco;
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
  foco = new Foco({ dibujado: (tarea) => luego.push(tarea) });
});

const dibujar = () => luego.splice(0).forEach((tarea) => tarea());
const activo = () => document.activeElement.id;

test("what is there has the focus at once", () => {
  foco.enfocar("otro");
  assert.deepEqual([activo(), luego.length], ["otro", 0]);
});

test("what is drawn later has it once it is drawn", () => {
  foco.enfocar("nuevo");
  document.body.insertAdjacentHTML("beforeend", '<input id="nuevo">');
  dibujar();
  assert.equal(activo(), "nuevo");
});

test("not if somebody went elsewhere meanwhile", () => {
  foco.enfocar("nuevo");
  document.body.insertAdjacentHTML("beforeend", '<input id="nuevo">');
  $("otro").focus();
  dibujar();
  assert.equal(activo(), "otro");
});

test("what never comes leaves the focus where it is", () => {
  $("otro").focus();
  foco.enfocar("nadie");
  dibujar();
  assert.equal(activo(), "otro");
});

test("a line's field by its place, the last one beyond the end", () => {
  for (const [lugar, id] of [
    [0, "c0"],
    [1, "c1"],
    [9, "c1"],
  ]) {
    foco.enfocarLinea(lugar, "cantidad");
    dibujar();
    assert.equal(activo(), id);
  }
  assert.deepEqual([$("c1").selectionStart, $("c1").selectionEnd], [0, 1]);
});

test("without lines the entry row has it; without that nobody does", () => {
  document.querySelector("table").remove();
  foco.enfocarLinea(0, "cantidad");
  dibujar();
  assert.equal(activo(), "entrada_articulo");
  $("entrada_articulo").remove();
  foco.enfocarLinea(0, "cantidad");
  dibujar();
  assert.equal(document.activeElement, document.body);
});

test("a line that goes leaves it to the next, or the one before, or the entry row", () => {
  foco.enfocarVecina($("c0"));
  assert.equal(activo(), "c1");
  foco.enfocarVecina($("c1"));
  assert.equal(activo(), "c0");
  $("c1").closest("tr").remove();
  foco.enfocarVecina($("c0"));
  assert.equal(activo(), "entrada_articulo");
  foco.enfocarVecina($("otro"));
  assert.equal(activo(), "entrada_articulo");
});

test("the focus is free on the page and in the entry row alone", () => {
  assert.equal(foco.libre(), true);
  $("entrada_articulo").focus();
  assert.equal(foco.libre(), true);
  $("otro").focus();
  assert.equal(foco.libre(), false);
});

test("somebody writes in a field that has something, and only there", () => {
  assert.equal(foco.escribiendo($("otro")), true);
  assert.equal(foco.escribiendo($("entrada_articulo")), false);
  assert.equal(foco.escribiendo($("boton")), false);
  assert.equal(foco.escribiendo(document), false);
  assert.equal(foco.escribiendo(null), false);
  $("otro").focus();
  assert.equal(foco.escribiendo(), true);
});

test("before waiting: the focus is where it was, or nowhere because what had it is gone", () => {
  $("otro").focus();
  const sigue = foco.mirar();
  assert.equal(sigue(), true);
  $("c0").focus();
  assert.equal(sigue(), false);
  $("otro").focus();
  $("otro").blur();
  assert.equal(sigue(), true);
});
