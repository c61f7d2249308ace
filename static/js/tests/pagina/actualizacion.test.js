import assert from "node:assert/strict";
import test from "node:test";

import { Actualizacion } from "../../pagina/actualizacion.js";

class Oyente extends EventTarget {
  decir(nombre) {
    this.dispatchEvent(new Event(nombre));
  }
}

class Trabajador extends Oyente {
  constructor(version, state = "activated") {
    super();
    Object.assign(this, { version, state, pedidos: [] });
  }

  postMessage({ tipo }, [puerto] = []) {
    this.pedidos.push(tipo);
    if (tipo === "version") puerto.postMessage(this.version);
  }
}

class Registro extends Oyente {
  installing = null;
  waiting = null;
  active = null;
  buscadas = 0;
  bajas = 0;

  async unregister() {
    this.bajas += 1;
  }

  async update() {
    this.buscadas += 1;
    throw new TypeError("no line");
  }
}

class Contenedor extends Oyente {
  registro = new Registro();
  controller = null;

  async register(url, opciones) {
    this.registrado = [url, opciones];
    return this.bloqueado ? undefined : this.registro;
  }

  async getRegistration() {
    return this.registro;
  }

  tomar(trabajador) {
    this.controller = trabajador;
    this.decir("controllerchange");
  }
}

// A page of version "a", with or without a worker of that version.
function pagina({ controlada = true, url = "/sw.js" } = {}) {
  const contenedor = new Contenedor();
  if (controlada) contenedor.controller = contenedor.registro.active = new Trabajador("a");
  const ofertas = [];
  const hechos = { recargas: 0, borrados: [] };
  const actualizacion = new Actualizacion({
    contenedor,
    depositos: {
      keys: async () => ["cp-a", "ajeno", "cp-b"],
      delete: async (nombre) => hechos.borrados.push(nombre),
    },
    url,
    version: "a",
    ofrecer: (usar) => ofertas.push(usar),
    recargar: () => (hechos.recargas += 1),
  });
  return { contenedor, ofertas, hechos, actualizacion, registro: contenedor.registro };
}

// Messages between ports take turns of the event loop, however long those are.
async function turnos() {
  for (let i = 0; i < 20; i++) await new Promise((seguir) => setImmediate(seguir));
}

function instalar({ registro }, version) {
  const nuevo = new Trabajador(version, "installing");
  registro.installing = nuevo;
  registro.decir("updatefound");
  registro.waiting = nuevo;
  nuevo.state = "installed";
  nuevo.decir("statechange");
  return nuevo;
}

test("it registers at the root, and never from the HTTP cache", async () => {
  const p = pagina();
  await p.actualizacion.iniciar();
  assert.deepEqual(p.contenedor.registrado, ["/sw.js", { updateViaCache: "none" }]);
});

test("the first worker ever is no news", async () => {
  const p = pagina({ controlada: false });
  await p.actualizacion.iniciar();
  const primero = instalar(p, "a");
  p.contenedor.tomar(primero);
  await turnos();
  assert.deepEqual([p.ofertas.length, p.hechos.recargas], [0, 0]);
  // The next one is.
  p.registro.active = primero;
  instalar(p, "b");
  await turnos();
  assert.equal(p.ofertas.length, 1);
});

test("a new version waits until it is wanted; then this page, and only then, is another", async () => {
  const p = pagina();
  await p.actualizacion.iniciar();
  const nuevo = instalar(p, "b");
  await turnos();
  assert.deepEqual(nuevo.pedidos, ["version"]);
  assert.deepEqual([p.ofertas.length, p.hechos.recargas], [1, 0]);
  p.ofertas[0]();
  assert.deepEqual(nuevo.pedidos, ["version", "aplicar"]);
  assert.equal(p.hechos.recargas, 0);
  p.contenedor.tomar(nuevo);
  await turnos();
  assert.equal(p.hechos.recargas, 1);
});

test("one that was already waiting is offered at the start", async () => {
  const p = pagina();
  p.registro.waiting = new Trabajador("b", "installed");
  await p.actualizacion.iniciar();
  assert.equal(p.ofertas.length, 1);
});

test("another tab's wish changes nothing here but what is offered", async () => {
  const p = pagina();
  await p.actualizacion.iniciar();
  const nuevo = instalar(p, "b");
  await turnos();
  p.contenedor.tomar(nuevo);
  await turnos();
  assert.deepEqual([p.ofertas.length, p.hechos.recargas], [2, 0]);
  p.ofertas[1]();
  assert.equal(p.hechos.recargas, 1);
});

test("a page that came in the new version lets its worker in and asks nothing", async () => {
  const p = pagina();
  p.contenedor.controller.version = "viejo";
  await p.actualizacion.iniciar();
  const nuevo = instalar(p, "a");
  await turnos();
  assert.deepEqual(nuevo.pedidos, ["version", "aplicar"]);
  p.contenedor.tomar(nuevo);
  await turnos();
  assert.deepEqual([p.ofertas.length, p.hechos.recargas], [0, 0]);
});

test("switched off, the page takes the worker and what it kept away, and nobody else's", async () => {
  const p = pagina({ url: "" });
  await p.actualizacion.iniciar();
  assert.equal(p.contenedor.registrado, undefined);
  assert.equal(p.registro.bajas, 1);
  assert.deepEqual(p.hechos.borrados, ["cp-a", "cp-b"]);
});

test("switched off where there is no worker, nothing throws", async () => {
  const p = pagina({ url: "", controlada: false });
  p.contenedor.registro = undefined;
  await p.actualizacion.iniciar();
  assert.deepEqual(p.hechos.borrados, ["cp-a", "cp-b"]);
});

test("without a line, a registration or a worker nothing throws", async () => {
  const p = pagina();
  p.contenedor.bloqueado = true;
  await p.actualizacion.buscar();
  await p.actualizacion.iniciar();
  await p.actualizacion.buscar();
  assert.equal(p.registro.buscadas, 0);
});
