// However many tabs of the board, one stream: who has it, what the others hear, who comes next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FuenteCompartida, PULSO, SILENCIO } from "../../tablero/fuente.js";

const asentar = () => new Promise((seguir) => setImmediate(seguir));

/** A browser: its locks, its channels, and the streams its tabs opened. */
class Navegador {
  constructor({ conLocks = true } = {}) {
    this.colas = new Map();
    this.canales = new Map();
    this.streams = [];
    this.locks = conLocks
      ? { request: (nombre, opciones, tarea) => this.pedir(nombre, opciones, tarea) }
      : null;
  }

  pedir(nombre, { signal }, tarea) {
    const turno = (this.colas.get(nombre) ?? Promise.resolve()).then(() => {
      if (signal.aborted) throw Object.assign(new Error("aborted"), { name: "AbortError" });
      return tarea();
    });
    this.colas.set(
      nombre,
      turno.catch(() => undefined),
    );
    return turno;
  }

  abrirCanal = (nombre) => {
    const grupo = this.canales.get(nombre) ?? this.canales.set(nombre, new Set()).get(nombre);
    const canal = {
      onmessage: null,
      postMessage: (data) => {
        for (const otro of grupo)
          if (otro !== canal) queueMicrotask(() => grupo.has(otro) && otro.onmessage({ data }));
      },
      close: () => grupo.delete(canal),
    };
    grupo.add(canal);
    return canal;
  };

  abiertas() {
    return this.streams.filter(({ cerrada }) => !cerrada);
  }

  pestana(
    id,
    {
      clave = "3",
      documento = { hidden: false, addEventListener() {}, removeEventListener() {} },
    } = {},
  ) {
    const sucesos = [];
    const relojes = [];
    const reloj = {
      setTimeout: (hacer, ms) => relojes.push({ hacer, ms }) && relojes.at(-1),
      clearTimeout: (turno) => turno && (turno.parado = true),
      setInterval: (hacer, ms) => relojes.push({ hacer, ms }) && relojes.at(-1),
      clearInterval: (turno) => turno && (turno.parado = true),
    };
    const navegador = this;
    class Fuente {
      constructor(url) {
        this.url = url;
        navegador.streams.push(this);
      }

      addEventListener(_nombre, oyente) {
        this.noticia = oyente;
      }

      close() {
        this.cerrada = true;
      }
    }
    const { locks, abrirCanal } = this;
    const fuente = new FuenteCompartida(`/eventos/?de=${id}`, {
      clave,
      id,
      locks,
      abrirCanal,
      Fuente,
      documento,
      reloj,
    });
    fuente.onopen = () => sucesos.push("abierta");
    fuente.onerror = () => sucesos.push("caida");
    fuente.addEventListener("tablero", () => sucesos.push("tablero"));
    const tocar = (ms) =>
      relojes.filter((turno) => turno.ms === ms && !turno.parado).forEach((turno) => turno.hacer());
    return { fuente, sucesos, tocar };
  }
}

test("eight tabs, one stream; the news reach all of them once", async () => {
  const navegador = new Navegador();
  const tabs = Array.from({ length: 8 }, (_, i) => navegador.pestana(`t${i}`));
  await asentar();
  assert.deepEqual(
    navegador.streams.map(({ url }) => url),
    ["/eventos/?de=t0"],
  );
  navegador.streams[0].onopen();
  await asentar();
  navegador.streams[0].noticia();
  await asentar();
  for (const { sucesos } of tabs) assert.deepEqual(sucesos, ["abierta", "tablero"]);
});

test("whoever comes later is told that the stream is alive", async () => {
  const navegador = new Navegador();
  navegador.pestana("t0");
  await asentar();
  navegador.streams[0].onopen();
  const otra = navegador.pestana("t1");
  await asentar();
  assert.deepEqual(otra.sucesos, ["abierta"]);
  assert.equal(navegador.streams.length, 1);
});

test("the tab with the stream dies: the next one opens its own, and nobody misses what came between", async () => {
  const navegador = new Navegador();
  const [una, otra, tercera] = ["t0", "t1", "t2"].map((id) => navegador.pestana(id));
  await asentar();
  navegador.streams[0].onopen();
  await asentar();
  una.fuente.canal.close(); // the process is gone: not a word
  navegador.streams[0].cerrada = true;
  una.fuente.soltar(); // and the browser gives its lock to the next
  await asentar();
  assert.deepEqual(
    navegador.abiertas().map(({ url }) => url),
    ["/eventos/?de=t1"],
  );
  navegador.streams[1].onopen();
  await asentar();
  assert.deepEqual(otra.sucesos, ["abierta", "abierta"]);
  assert.deepEqual(tercera.sucesos, ["abierta", "abierta", "tablero"]);
});

test("a stream that falls is told, and whoever closes it leaves the turn to the next", async () => {
  const navegador = new Navegador();
  const [una, otra] = ["t0", "t1"].map((id) => navegador.pestana(id));
  await asentar();
  navegador.streams[0].onopen();
  await asentar();
  navegador.streams[0].onerror();
  una.fuente.close();
  await asentar();
  assert.deepEqual(una.sucesos, ["abierta", "caida"]);
  assert.deepEqual(otra.sucesos, ["abierta", "caida"]);
  assert.equal(navegador.streams[0].cerrada, true);
  assert.deepEqual(
    navegador.abiertas().map(({ url }) => url),
    ["/eventos/?de=t1"],
  );
});

test("a tab that closed while it waited for its turn opens nothing", async () => {
  const navegador = new Navegador();
  const [una, otra] = ["t0", "t1"].map((id) => navegador.pestana(id));
  await asentar();
  otra.fuente.close();
  otra.fuente.close();
  una.fuente.close();
  await asentar();
  assert.equal(navegador.streams.length, 1);
  assert.deepEqual(navegador.abiertas(), []);
});

test("a leader that says nothing any more is no stream", async () => {
  const navegador = new Navegador();
  const [una, otra] = ["t0", "t1"].map((id) => navegador.pestana(id));
  await asentar();
  navegador.streams[0].onopen();
  await asentar();
  una.tocar(PULSO);
  await asentar();
  otra.tocar(SILENCIO);
  assert.deepEqual(otra.sucesos, ["abierta", "caida"]);
  navegador.streams[0].onerror();
  una.tocar(PULSO);
  await asentar();
  assert.deepEqual(otra.sucesos, ["abierta", "caida"]);
});

test("another person's tabs have a stream of their own", async () => {
  const navegador = new Navegador();
  navegador.pestana("t0");
  const ajena = navegador.pestana("t1", { clave: "4" });
  await asentar();
  assert.equal(navegador.streams.length, 2);
  navegador.streams[0].onopen();
  navegador.streams[0].noticia();
  await asentar();
  assert.deepEqual(ajena.sucesos, []);
});

test("without locks each tab has its stream, while somebody sees it", async () => {
  const navegador = new Navegador({ conLocks: false });
  const oyentes = new Set();
  const documento = {
    hidden: false,
    addEventListener: (_tipo, oyente) => oyentes.add(oyente),
    removeEventListener: (_tipo, oyente) => oyentes.delete(oyente),
  };
  const ver = (hidden) => {
    documento.hidden = hidden;
    for (const oyente of oyentes) oyente();
  };
  const { fuente, sucesos } = navegador.pestana("t0", { documento });
  navegador.streams[0].onopen();
  ver(true);
  assert.deepEqual(navegador.abiertas(), []);
  ver(false);
  assert.equal(navegador.abiertas().length, 1);
  navegador.streams[1].noticia();
  assert.deepEqual(sucesos, ["abierta", "tablero"]);
  fuente.close();
  assert.deepEqual([navegador.abiertas(), oyentes.size], [[], 0]);
});
