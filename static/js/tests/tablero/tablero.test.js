import assert from "node:assert/strict";
import test from "node:test";

import { ENTRE, Enlace, REPASO, RESPIRO, SONDEO, estadoDe, frase } from "../../tablero/enlace.js";
import { cuentaAtras, duracion } from "../../tablero/reloj.js";
import { tieneEscrito } from "../../tablero/tarjetas.js";
import { intencion } from "../../tablero/teclas.js";
import { titulo } from "../../tablero/timbre.js";

/** A clock that only `pasar` moves, with timers. */
class Reloj {
  ahora = new Date(2026, 5, 16, 9, 5).getTime();
  espera = [];
  Date = { now: () => this.ahora };

  setTimeout(hacer, milisegundos) {
    const turno = { hacer, cuando: this.ahora + milisegundos };
    this.espera.push(turno);
    return turno;
  }

  clearTimeout(turno) {
    this.espera = this.espera.filter((otro) => otro !== turno);
  }

  async pasar(milisegundos) {
    const fin = this.ahora + milisegundos;
    for (;;) {
      await asentar();
      const [proximo] = this.espera.toSorted((a, b) => a.cuando - b.cuando);
      if (!proximo || proximo.cuando > fin) break;
      this.clearTimeout(proximo);
      this.ahora = Math.max(this.ahora, proximo.cuando);
      proximo.hacer();
    }
    this.ahora = fin;
  }
}

async function asentar() {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

/** A link, its doubles, and what it said. */
function montar({ servidor = "bien" } = {}) {
  const reloj = new Reloj();
  const todo = { reloj, servidor, fuentes: [], dichos: [], pedidos: 0, boleto: 1 };
  class Fuente {
    constructor(url) {
      this.url = url;
      todo.fuentes.push(this);
    }
    addEventListener(_nombre, alLlegar) {
      this.noticia = alLlegar;
    }
    close() {
      this.cerrada = true;
    }
  }
  todo.enlace = new Enlace({
    url: () => `/eventos/?boleto=${todo.boleto}`,
    reloj,
    abrirFuente: (url) => new Fuente(url),
    async traer() {
      todo.pedidos += 1;
      if (todo.servidor === "caido") throw new TypeError("Failed to fetch");
      todo.boleto += 1;
      return todo.servidor;
    },
    decir: ({ texto }) => todo.dichos.at(-1) !== texto && todo.dichos.push(texto),
  });
  todo.fuente = () => todo.fuentes.at(-1);
  todo.enlace.abrir();
  return todo;
}

async function enVivo() {
  const todo = montar();
  todo.fuente().onopen();
  await todo.reloj.pasar(SONDEO + 1);
  assert.deepEqual(todo.dichos, ["En vivo"]);
  return todo;
}

test("every combination of what was seen has one truth", () => {
  const base = { fuera: false, fallos: 0, abierta: false, sondeos: 0, hubo: false };
  const casos = [
    [{}, "conectando"],
    [{ hubo: true }, "reconectando"],
    [{ sondeos: 1 }, "sondeo"],
    [{ sondeos: 3, hubo: true }, "sondeo"],
    [{ abierta: true, hubo: true, sondeos: 2 }, "vivo"],
    [{ abierta: true, fallos: 1 }, "reconectando"],
    [{ fallos: 1 }, "reconectando"],
    [{ fallos: 2, sondeos: 5, abierta: true }, "sin_conexion"],
    [{ fallos: 9, fuera: true }, "sin_sesion"],
  ];
  for (const [visto, estado] of casos) assert.equal(estadoDe({ ...base, ...visto }), estado);
});

test("without a connection, since when", () => {
  assert.equal(
    frase("sin_conexion", new Date(2026, 5, 16, 9, 5)).texto,
    "Sin conexión desde las 09:05",
  );
  // By the company's clock, when it is known.
  const momento = new Date("2026-06-16T12:05:00Z");
  assert.equal(frase("sin_conexion", momento, [[0, -300]]).texto, "Sin conexión desde las 07:05");
});

test("a stream that opens is live and asks for nothing", async () => {
  const { dichos, pedidos, fuentes, reloj } = await enVivo();
  assert.deepEqual([dichos, pedidos, fuentes.length], [["En vivo"], 0, 1]);
  await reloj.pasar(REPASO - SONDEO - 10);
  assert.equal(pedidos, 0);
});

test("each piece of news brings the board, in bursts twice a second at most", async () => {
  const todo = await enVivo();
  for (let i = 0; i < 20; i += 1) {
    todo.fuente().noticia();
    await todo.reloj.pasar(50);
  }
  await todo.reloj.pasar(ENTRE);
  assert.ok(todo.pedidos >= 2 && todo.pedidos <= 4, String(todo.pedidos));
});

test("news that arrive during a request are brought by another", async () => {
  const todo = await enVivo();
  let responder;
  todo.enlace.traer = () => {
    todo.pedidos += 1;
    return new Promise((hecho) => (responder = hecho));
  };
  todo.fuente().noticia();
  await asentar();
  todo.fuente().noticia();
  todo.fuente().noticia();
  responder("bien");
  await todo.reloj.pasar(ENTRE);
  responder("bien");
  await todo.reloj.pasar(ENTRE);
  assert.equal(todo.pedidos, 2);
});

test("a stream that ends in its time is opened again with a fresh ticket, and nothing is said", async () => {
  const todo = await enVivo();
  todo.fuente().onerror();
  await todo.reloj.pasar(RESPIRO / 2);
  assert.equal(todo.fuentes.length, 2);
  assert.equal(todo.fuente().url, "/eventos/?boleto=2");
  assert.ok(todo.fuentes[0].cerrada);
  todo.fuente().onopen();
  await todo.reloj.pasar(SONDEO);
  assert.deepEqual(todo.dichos, ["En vivo"]);
});

test("a refused ticket (401) is followed by a poll, and its ticket opens the stream", async () => {
  const todo = montar();
  todo.fuente().onerror();
  await todo.reloj.pasar(1);
  assert.deepEqual([todo.pedidos, todo.fuente().url], [1, "/eventos/?boleto=2"]);
  todo.fuente().onopen();
  assert.deepEqual(todo.dichos, ["En vivo"]);
});

test("a stream that never opens: polls, the first at once, then every five seconds", async () => {
  const todo = montar();
  const negar = async () => {
    for (let i = 0; i < 21; i += 1) {
      if (!todo.fuente().cerrada) todo.fuente().onerror();
      await todo.reloj.pasar(1_000);
    }
  };
  await negar();
  assert.ok(todo.pedidos >= 4 && todo.pedidos <= 5, String(todo.pedidos));
  assert.equal(todo.dichos.at(-1), "Sondeo cada 5 segundos");
  todo.fuente().onopen();
  assert.equal(todo.dichos.at(-1), "En vivo");
});

test("a stream that hangs without an answer: polls go on beside it", async () => {
  const todo = montar();
  await todo.reloj.pasar(3 * SONDEO);
  assert.equal(todo.fuentes.length, 1);
  assert.ok(todo.pedidos >= 3);
  assert.equal(todo.dichos.at(-1), "Sondeo cada 5 segundos");
});

test("a stream that opens and breaks at once is not sought in a loop", async () => {
  const todo = montar();
  for (let i = 0; i < 100; i += 1) {
    const fuente = todo.fuente();
    if (!fuente.cerrada) {
      fuente.onopen();
      fuente.onerror();
    }
    await todo.reloj.pasar(100);
  }
  assert.ok(todo.fuentes.length <= 4, String(todo.fuentes.length));
});

test("a server that goes: reconnecting, then without a connection since the last good; then live", async () => {
  const todo = await enVivo();
  todo.servidor = "caido";
  todo.fuente().onerror();
  await todo.reloj.pasar(1);
  assert.equal(todo.dichos.at(-1), "Reconectando");
  await todo.reloj.pasar(SONDEO + 1);
  assert.equal(todo.dichos.at(-1), "Sin conexión desde las 09:05");
  await todo.reloj.pasar(10 * 60_000);
  assert.equal(todo.dichos.at(-1), "Sin conexión desde las 09:05");
  todo.servidor = "bien";
  await todo.reloj.pasar(SONDEO);
  assert.equal(todo.fuentes.length, 2);
  todo.fuente().onopen();
  assert.deepEqual(todo.dichos.slice(-1), ["En vivo"]);
});

test("news whose board could not be had is asked for again, with the stream open", async () => {
  const todo = await enVivo();
  todo.servidor = "mal";
  todo.fuente().noticia();
  await todo.reloj.pasar(10);
  assert.equal(todo.dichos.at(-1), "Reconectando");
  todo.servidor = "bien";
  await todo.reloj.pasar(SONDEO);
  assert.deepEqual([todo.pedidos, todo.dichos.at(-1), todo.fuentes.length], [2, "En vivo", 1]);
});

test("the session's end is no lost connection", async () => {
  const todo = await enVivo();
  todo.servidor = "fuera";
  await todo.enlace.latido();
  assert.equal(todo.dichos.at(-1), "La sesión terminó");
});

test("a stream that seems alive is looked at every minute", async () => {
  const todo = await enVivo();
  await todo.reloj.pasar(REPASO);
  assert.equal(todo.pedidos, 1);
});

test("what is left until 24 hours, and how pressing it is", () => {
  const [minuto, hora] = [60_000, 3_600_000];
  const casos = [
    [24 * hora, "24 h 00 min", "holgada"],
    [6 * hora, "6 h 00 min", "holgada"],
    [6 * hora - 1, "5 h 59 min", "cerca"],
    [hora, "1 h 00 min", "cerca"],
    [hora - 1, "59 min 59 s", "ya"],
    [61_000, "1 min 01 s", "ya"],
    [1, "0 min 00 s", "ya"],
    [0, "Vencida", "ya"],
    [-minuto, "Vencida", "ya"],
  ];
  for (const [falta, texto, urgencia] of casos)
    assert.deepEqual(cuentaAtras(falta), { texto, urgencia });
  assert.deepEqual(
    [duracion(0), duracion(5 * minuto), duracion(61 * minuto)],
    ["0 min", "5 min", "1 h 01 min"],
  );
});

test("something written or chosen is in use", () => {
  const radio = (checked) => ({ type: "radio", checked, value: "3" });
  const texto = (value, defaultValue = "") => ({ type: "text", value, defaultValue });
  assert.equal(tieneEscrito([]), false);
  assert.equal(tieneEscrito([radio(false), texto("")]), false);
  assert.equal(tieneEscrito([radio(true)]), true);
  assert.equal(tieneEscrito([texto(" ")]), true);
  assert.equal(tieneEscrito([texto("igual", "igual")]), false);
});

test("keys press what they say, never while somebody writes or after g", () => {
  const en = (mas = {}) => ({ escribe: false, enTarjeta: true, trasG: false, ...mas });
  const tecla = (key, mas = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...mas });
  const casos = [
    [tecla("ArrowRight"), en({ enTarjeta: false }), 1],
    [tecla("ArrowLeft"), en(), -1],
    [tecla("ArrowLeft"), en({ escribe: true }), ""],
    [tecla("r"), en(), "responder"],
    [tecla("c"), en(), "c"],
    [tecla("c"), en({ trasG: true }), ""],
    [tecla("c"), en({ escribe: true }), ""],
    [tecla("c"), en({ enTarjeta: false }), ""],
    [tecla("c", { ctrlKey: true }), en(), ""],
    [tecla("Escape"), en({ escribe: true }), "salir"],
    [tecla("Escape"), en({ enTarjeta: false }), ""],
    [tecla("Enter"), en({ escribe: true }), ""],
    [tecla("Enter", { ctrlKey: true }), en({ escribe: true }), "enviar"],
    [tecla("?"), en(), ""],
  ];
  for (const [evento, lugar, que] of casos) assert.equal(intencion(evento, lugar), que, evento.key);
});

test("the tab says how many wait", () => {
  assert.deepEqual([titulo("Tablero", 0), titulo("Tablero", 3)], ["Tablero", "(3) Tablero"]);
});
