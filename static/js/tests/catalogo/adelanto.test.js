import assert from "node:assert/strict";
import test from "node:test";

import { Adelanto, tomarAdelanto } from "../../catalogo/adelanto.js";
import { Storage } from "../dobles.js";

class Trabajador extends EventTarget {
  pedidos = [];

  postMessage(pedido) {
    this.pedidos.push(pedido);
  }

  responder(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

function con(secciones) {
  const storage = new Storage();
  for (const [seccion, texto] of Object.entries(secciones))
    storage.setItem(`cp:1:2:3:cat:${seccion}`, texto);
  storage.setItem("cp:1:2:9:cat:clientes", "de otro");
  const trabajador = new Trabajador();
  return { trabajador, adelanto: new Adelanto({ trabajador, storage, prefijo: "cp:1:2:3:" }) };
}

test("what this person has is begun, what is searched first of all", () => {
  const { trabajador } = con({ reglas: "r", articulos: "a", clientes: "c" });
  assert.deepEqual(
    trabajador.pedidos.map(({ tarea, datos }) => [tarea, datos.seccion, datos.texto]),
    [
      ["cargar", "clientes", "c"],
      ["cargar", "articulos", "a"],
      ["cargar", "reglas", "r"],
    ],
  );
  const numeros = trabajador.pedidos.map(({ n }) => n);
  assert.equal(new Set(numeros).size, 3);
  assert.ok(numeros.every((n) => n < 0));
});

test("the answer is the catalogue's, once, and only for the text that was begun", async () => {
  const { trabajador, adelanto } = con({ clientes: "c", articulos: "a", precios: "p" });
  const [clientes, articulos] = trabajador.pedidos;
  const valor = adelanto.tomar("clientes", "c");
  trabajador.responder({ n: clientes.n, valor: true });
  trabajador.responder({ n: articulos.n, valor: false });
  trabajador.responder({ n: 1, valor: "the catalogue's own" });
  assert.equal(await valor, true);
  assert.equal(adelanto.tomar("clientes", "c"), null);
  assert.equal(await adelanto.tomar("articulos", "a"), false);
  assert.equal(adelanto.tomar("precios", "otro"), null);
  assert.equal(adelanto.tomar("canales", "x"), null);
});

test("a Worker that fails leaves nobody waiting", async () => {
  const { trabajador, adelanto } = con({ clientes: "c" });
  trabajador.dispatchEvent(new Event("error"));
  assert.equal(adelanto.roto, true);
  assert.equal(await adelanto.tomar("clientes", "c"), false);
});

test("an error inside it is a section that is not good", async () => {
  const { trabajador, adelanto } = con({ clientes: "c" });
  trabajador.responder({ n: trabajador.pedidos[0].n, error: "boom" });
  assert.equal(await adelanto.tomar("clientes", "c"), false);
});

test("without a page nothing is begun", () => {
  assert.equal(tomarAdelanto(), null);
});
