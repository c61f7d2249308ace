// The simulator's cart, whatever is in its address.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import {
  escribirCarrito,
  fijar,
  leerCarrito,
  quitar,
  sumar,
  vecino,
} from "../../precios/carrito.js";

const articulo = fc.integer({ min: 1, max: 20 }).map(String);
const cantidad = fc.integer({ min: 1, max: 1_000_000 });
const carrito = fc
  .uniqueArray(fc.tuple(articulo, cantidad.map(String)), { selector: ([id]) => id, maxLength: 8 })
  .map(escribirCarrito);

test("what is written is read, and nothing else ever throws", () => {
  fc.assert(
    fc.property(carrito, (texto) => assert.equal(escribirCarrito(leerCarrito(texto)), texto)),
  );
  fc.assert(
    fc.property(fc.string(), (texto) => {
      const pares = leerCarrito(texto);
      assert.ok(pares.every(([id, cuantos]) => /^\d+$/.test(id) && typeof cuantos === "string"));
    }),
  );
});

test("an article set is there once, with what was set, and the others stay as they were", () => {
  fc.assert(
    fc.property(carrito, articulo, cantidad, (texto, id, cuantos) => {
      const antes = leerCarrito(texto).filter(([otro]) => otro !== id);
      const pares = leerCarrito(fijar(texto, id, cuantos));
      assert.deepEqual(
        pares.filter(([otro]) => otro === id),
        [[id, String(cuantos)]],
      );
      assert.deepEqual(
        pares.filter(([otro]) => otro !== id),
        antes,
      );
    }),
  );
});

test("what is added is summed to what there was, up to a million", () => {
  fc.assert(
    fc.property(carrito, articulo, cantidad, (texto, id, cuantos) => {
      const habia = Number(leerCarrito(texto).find(([otro]) => otro === id)?.[1] ?? 0);
      const hay = leerCarrito(sumar(texto, id, cuantos)).find(([otro]) => otro === id);
      assert.deepEqual(hay, [id, String(Math.min(habia + cuantos, 1_000_000))]);
    }),
  );
});

test("a quantity that is none gives way to what is added", () => {
  assert.equal(sumar("4x1.5", "4", 2), "4x2");
  assert.equal(sumar("4x", "4", 2), "4x2");
});

test("taken out it is gone, and its neighbour is one of those that stay", () => {
  fc.assert(
    fc.property(carrito, articulo, (texto, id) => {
      const quedan = leerCarrito(quitar(texto, id)).map(([otro]) => otro);
      assert.equal(quedan.includes(id), false);
      const estaba = leerCarrito(texto).some(([otro]) => otro === id);
      if (estaba) assert.equal(quedan.length === 0, vecino(texto, id) === "");
      if (estaba && quedan.length) assert.ok(quedan.includes(vecino(texto, id)));
    }),
  );
});
