// Fields that are edited in place: what is being written stays, and a refusal says why.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Campos, estaEntero } from "../../../mesa/pantalla/campos.js";
import { $, abrirPagina } from "../../documento.js";
import { espia } from "../espia.js";

let hechos;
let campos;

beforeEach(() => {
  abrirPagina('<input id="campo">');
  hechos = [];
  campos = new Campos({ intento: espia(hechos, "intento") });
});

test("a field that somebody writes in shows what is written; untouched, the order's", () => {
  const campo = $("campo");
  campo.focus();
  campo.value = campos.mostrar(campo, "3");
  assert.equal(campos.mostrar(campo, "4"), "4");
  campo.value = "45";
  assert.equal(campos.mostrar(campo, "5"), "45");
});

test("given back only if nothing else was written meanwhile", () => {
  const campo = $("campo");
  campo.value = "8";
  campos.devolver(campo, "9", "3");
  assert.equal(campo.value, "8");
  campos.devolver(campo, "8", "3");
  assert.equal(campo.value, "3");
});

test("a refusal says why, and the one before stands there chosen whole", () => {
  assert.equal(campos.rehusar($("campo"), "12", "No."), false);
  assert.deepEqual(hechos, [["intento.decir", "No."]]);
  assert.deepEqual([$("campo").value, estaEntero($("campo"))], ["12", true]);
});

test("all of it, or nothing to choose", () => {
  const con = (value, selectionStart, selectionEnd) => ({ value, selectionStart, selectionEnd });
  assert.deepEqual(
    [
      con("", 0, 0),
      con("ab", 0, 2),
      con("ab", 1, 2),
      con("ab", null, null),
      con("", null, null),
    ].map(estaEntero),
    [true, true, false, false, true],
  );
});
