// The simulator's cart in its URL, and codes as they are typed.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  completar,
  escribirCarrito,
  fijar,
  leerCarrito,
  quitar,
  sumar,
  vecino,
} from "../../precios/carrito.js";
import { esDeBarras, partir } from "../../lectura/codigos.js";

test("the cart reads as the URL writes it", () => {
  assert.deepEqual(leerCarrito("4x3,5x1"), [
    ["4", "3"],
    ["5", "1"],
  ]);
  assert.equal(escribirCarrito(leerCarrito("4x3,5x1")), "4x3,5x1");
  assert.deepEqual(leerCarrito(""), []);
  assert.deepEqual(leerCarrito("abc,4x0,x3"), [["4", "0"]]);
});

test("more of an article adds up, and stops at the most there may be", () => {
  assert.equal(sumar("", "4", 3), "4x3");
  assert.equal(sumar("4x3,5x1", "4", 2), "4x5,5x1");
  assert.equal(sumar("4x3", "5", 2), "4x3,5x2");
  assert.equal(sumar("4x999999", "4", 2), "4x1000000");
  assert.equal(sumar("4xabc", "4", 2), "4x2");
});

test("completed: at least so many of each, and nothing less than there is", () => {
  const pares = leerCarrito("4x10,9x2");
  assert.equal(completar("4x3,5x1", pares), "4x10,5x1,9x2");
  assert.equal(completar("4x12,9x2", pares), "4x12,9x2");
  assert.equal(completar("", pares), "4x10,9x2");
  assert.equal(completar("4xz", pares), "4x10,9x2");
});

test("a line is set, taken out, and leaves the focus to its neighbour", () => {
  assert.equal(fijar("4x3,5x1", "5", 9), "4x3,5x9");
  assert.equal(quitar("4x3,5x1", "4"), "5x1");
  assert.equal(quitar("4x3", "9"), "4x3");
  assert.equal(vecino("4x3,5x1,6x1", "5"), "6");
  assert.equal(vecino("4x3,5x1", "5"), "4");
  assert.equal(vecino("4x3", "4"), "");
});

test("codes: how many of what", () => {
  assert.deepEqual(partir("12*yerba"), { cantidad: 12, texto: "yerba" });
  assert.deepEqual(partir("3 x 7840001000018"), { cantidad: 3, texto: "7840001000018" });
  assert.deepEqual(partir("12*1003"), { cantidad: 12, texto: "1003" });
  assert.deepEqual(partir("1.200 * 1003"), { cantidad: 1200, texto: "1003" });
  assert.deepEqual(partir("2×78400017"), { cantidad: 2, texto: "78400017" });
  // A name says "6x500 ml": that is looked for, and never six of the first that has a 500.
  assert.deepEqual(partir("6x500"), { cantidad: null, texto: "6x500" });
  assert.deepEqual(partir("6 x 500 ml"), { cantidad: null, texto: "6 x 500 ml" });
  assert.deepEqual(partir("12,000*1003"), { cantidad: null, texto: "12,000*1003" });
  assert.deepEqual(partir("\u200b１２*７８４０００１７"), { cantidad: 12, texto: "78400017" });
  assert.deepEqual(partir(" yerba "), { cantidad: null, texto: "yerba" });
  assert.deepEqual(partir("0*yerba"), { cantidad: null, texto: "0*yerba" });
  assert.equal(esDeBarras("7840001000018"), true);
  assert.equal(esDeBarras("784000100001a"), false);
  assert.equal(esDeBarras("123456789"), false);
});
