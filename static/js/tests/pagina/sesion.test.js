// A session that ended: what may leave the page, and what has to stay.

import assert from "node:assert/strict";
import { test } from "node:test";

import { galleta } from "../../comun/red.js";
import { cambiado, seVa } from "../../pagina/sesion.js";

const texto = (value, defaultValue = "") => ({ type: "text", value, defaultValue });

test("a cookie is found by its whole name", () => {
  assert.equal(galleta("otracsrf=x; csrf=a%20b", "csrf"), "a b");
  assert.equal(galleta("otracsrf=x", "csrf"), "");
});

test("what somebody changed since the page came is told from what came with it", () => {
  assert.equal(cambiado(texto("el camión")), true);
  assert.equal(cambiado(texto("del servidor", "del servidor")), false);
  assert.equal(cambiado({ type: "textarea", value: "x", defaultValue: "" }), true);
  assert.equal(cambiado({ type: "radio", checked: true, defaultChecked: false }), true);
  assert.equal(cambiado({ type: "radio", checked: true, defaultChecked: true }), false);
  const opciones = [
    { selected: false, defaultSelected: true },
    { selected: true, defaultSelected: false },
  ];
  assert.equal(cambiado({ type: "select-one", value: "2", options: opciones }), true);
  assert.equal(cambiado({ type: "hidden", value: "token", defaultValue: "" }), false);
});

test("only a question of a page without anything written leaves it", () => {
  assert.equal(seVa({ verb: "get" }, [texto("")]), true);
  assert.equal(seVa({ verb: "get" }, [texto(""), texto("motivo")]), false);
  assert.equal(seVa({ verb: "post" }, []), false);
});
