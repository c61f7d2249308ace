// The board's link under any history of streams, answers and time: one truth, one stream, and never
// faster than it may ask.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { ENTRE, Enlace, REPASO, SONDEO, estadoDe } from "../../tablero/enlace.js";

class Reloj {
  ahora = new Date(2026, 10, 27, 9, 5).getTime();
  espera = [];
  Date = { now: () => this.ahora };

  setTimeout(hacer, milisegundos) {
    const turno = { hacer, cuando: this.ahora + Math.max(0, milisegundos) };
    this.espera.push(turno);
    return turno;
  }

  clearTimeout(turno) {
    this.espera = this.espera.filter((otro) => otro !== turno);
  }

  async pasar(milisegundos) {
    const fin = this.ahora + milisegundos;
    for (;;) {
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
      const proximo = this.espera.reduce((a, b) => (a && a.cuando <= b.cuando ? a : b), null);
      if (!proximo || proximo.cuando > fin) break;
      this.clearTimeout(proximo);
      this.ahora = Math.max(this.ahora, proximo.cuando);
      proximo.hacer();
    }
    this.ahora = fin;
  }
}

function montar() {
  const reloj = new Reloj();
  const todo = { reloj, servidor: "bien", fuentes: [], dicho: null, pedidos: [] };
  todo.enlace = new Enlace({
    url: () => "/eventos/",
    reloj,
    abrirFuente: () => {
      const fuente = {
        cerrada: false,
        addEventListener: (_tipo, oyente) => (fuente.noticia = oyente),
        close: () => (fuente.cerrada = true),
      };
      todo.fuentes.push(fuente);
      return fuente;
    },
    async traer() {
      todo.pedidos.push(reloj.ahora);
      if (todo.servidor === "caido") throw new TypeError("Failed to fetch");
      return todo.servidor;
    },
    decir: (dicho) => (todo.dicho = dicho),
  });
  todo.enlace.abrir();
  todo.abiertas = () => todo.fuentes.filter(({ cerrada }) => !cerrada);
  return todo;
}

const suceso = fc.oneof(
  fc.constantFrom("bien", "mal", "fuera", "caido").map((servidor) => ({ servidor })),
  fc.constantFrom("onopen", "onerror", "noticia").map((stream) => ({ stream })),
  fc.constantFrom("latido", "caer").map((pide) => ({ pide })),
  fc.integer({ min: 0, max: 20_000 }).map((pasan) => ({ pasan })),
);

// At no moment are there two streams.
async function vivir(todo, sucesos) {
  for (const { servidor, stream, pide, pasan } of sucesos) {
    if (servidor) todo.servidor = servidor;
    if (stream) todo.abiertas().at(-1)?.[stream]();
    if (pide) void todo.enlace[pide]();
    await todo.reloj.pasar(pasan ?? 0);
    assert.ok(todo.abiertas().length <= 1, "two streams");
  }
}

test("one stream at most, requests apart, and what is said is what was seen", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(suceso, { maxLength: 30 }), async (sucesos) => {
      const todo = montar();
      await vivir(todo, sucesos);
      const distancias = todo.pedidos.slice(1).map((cuando, i) => cuando - todo.pedidos[i]);
      assert.ok(
        distancias.every((d) => d >= ENTRE),
        `requests at ${distancias}`,
      );
      const { fuera, fallos, sondeos, hubo, abiertaEn } = todo.enlace;
      todo.enlace.pintar();
      assert.equal(
        todo.dicho.estado,
        estadoDe({ fuera, fallos, sondeos, hubo, abierta: abiertaEn > 0 }),
      );
    }),
    { numRuns: 150 },
  );
});

test("whatever happened before, a server that answers well is said to within a minute", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(suceso, { maxLength: 20 }), async (sucesos) => {
      const todo = montar();
      await vivir(todo, sucesos);
      todo.servidor = "bien";
      await todo.reloj.pasar(REPASO + SONDEO);
      assert.ok(["vivo", "sondeo"].includes(todo.dicho.estado), todo.dicho.estado);
      assert.equal(todo.abiertas().length, 1);
      todo.abiertas()[0].onopen();
      assert.equal(todo.dicho.estado, "vivo");
    }),
    { numRuns: 150 },
  );
});

test("a server that is down is asked every five seconds, and not given up", async () => {
  const todo = montar();
  todo.servidor = "caido";
  todo.abiertas()[0].onerror();
  await todo.reloj.pasar(10 * 60_000);
  assert.equal(todo.pedidos.length, 121);
  assert.equal(todo.dicho.estado, "sin_conexion");
});
