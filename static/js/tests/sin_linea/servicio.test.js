// The service worker as it is served, run in a browser's place: caches, a network, clients.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

// By its name the coverage knows it.
const leer = (nombre) => {
  const { href: filename } = new URL(`../../sin_linea/${nombre}.js`, import.meta.url);
  return new vm.Script(readFileSync(new URL(filename), "utf8"), { filename });
};
const FUENTE = leer("servicio");
const BAJA = leer("servicio_baja");
const ORIGEN = "https://mesa.example";
const MESA = "/static/js/mesa.aaaaaaaaaaaa.js";
const HOJA = "/static/css/base.bbbbbbbbbbbb.css";

// One Cache API for all the workers of a test, as a browser has one for all versions.
class Caches {
  mapas = new Map();

  async open(nombre) {
    if (!this.mapas.has(nombre)) this.mapas.set(nombre, new Map());
    const mapa = this.mapas.get(nombre);
    return {
      put: async (url, respuesta) => void mapa.set(ruta(url), await respuesta.text()),
      match: async (url) => (mapa.has(ruta(url)) ? new Response(mapa.get(ruta(url))) : undefined),
    };
  }

  async keys() {
    return [...this.mapas.keys()];
  }

  async delete(nombre) {
    return this.mapas.delete(nombre);
  }

  async match(url) {
    for (const mapa of this.mapas.values())
      if (mapa.has(ruta(url))) return new Response(mapa.get(ruta(url)));
    return undefined;
  }
}

const ruta = (url) => new URL(url, ORIGEN).pathname;

/** A worker of a version, its server a function of the path. */
function trabajador(caches, version, servidor, mas = {}, fuente = FUENTE) {
  const oyentes = {};
  const hechos = { pedidas: [], saltos: 0, tomas: 0, bajas: 0 };
  const relojes = [];
  const PRECARGA = {
    version,
    conHuella: true,
    archivos: [MESA, HOJA],
    sinLinea: "/sin-linea/",
    cascaron: { pagina: "/mesa/", rutas: ["/pedidos/nuevo/", "/"] },
    ...mas,
  };
  const ambito = {
    PRECARGA,
    caches,
    Response,
    URL,
    location: { origin: ORIGEN },
    addEventListener: (tipo, oyente) => (oyentes[tipo] = oyente),
    skipWaiting: async () => void (hechos.saltos += 1),
    clients: { claim: async () => void (hechos.tomas += 1) },
    registration: { unregister: async () => void (hechos.bajas += 1) },
    setTimeout: (hacer, plazo) => relojes.push({ hacer, plazo }),
    clearTimeout: () => {},
    fetch: async (pedido, opciones) => {
      const url = typeof pedido === "string" ? pedido : pedido.url;
      hechos.pedidas.push({ ruta: ruta(url), ...opciones });
      return servidor(ruta(url));
    },
  };
  ambito.self = ambito;
  fuente.runInNewContext(ambito);
  const largo = async (tipo) => {
    let tarea;
    oyentes[tipo]({ waitUntil: (promesa) => (tarea = promesa) });
    await tarea;
  };
  return {
    hechos,
    relojes,
    instalar: () => largo("install"),
    activar: () => largo("activate"),
    decir: (data, ports = []) => oyentes.message({ data, ports }),
    /** The response, or null when the worker leaves the request to the network. */
    pedir(url, { mode = "cors", method = "GET" } = {}) {
      let respuesta = null;
      const request = { url: new URL(url, ORIGEN).href, mode, method };
      oyentes.fetch({ request, respondWith: (promesa) => (respuesta = promesa) });
      return respuesta;
    },
  };
}

const pagina = (version) => `<html data-version="${version}">`;
/** What a server of a version says. */
const servidorDe = (version) => (camino) =>
  new Response(/^\/(mesa|sin-linea)\//.test(camino) ? pagina(version) + camino : camino);
const caido = () => Promise.reject(new TypeError("Failed to fetch"));
const texto = async (respuesta) => (await respuesta).text();

async function instalado(caches, version, servidor = servidorDe(version), mas = {}) {
  const sw = trabajador(caches, version, servidor, mas);
  await sw.instalar();
  await sw.activar();
  return sw;
}

test("it keeps all of its list, pages without credentials and not from the HTTP cache", async () => {
  const caches = new Caches();
  const { hechos } = await instalado(caches, "v1");
  assert.deepEqual([...caches.mapas.get("cp-v1").keys()].sort(), [
    "/mesa/",
    "/sin-linea/",
    HOJA,
    MESA,
  ]);
  const paginas = hechos.pedidas.filter((p) => p.ruta.endsWith("/"));
  assert.deepEqual(
    paginas.map(({ cache, credentials }) => [cache, credentials]),
    [
      ["reload", "omit"],
      ["reload", "omit"],
    ],
  );
  assert.equal(hechos.tomas, 1);
  // A new version waits until somebody says so.
  assert.equal(hechos.saltos, 0);
});

for (const [caso, servidor] of [
  [
    "a file is missing",
    (r) => (r === HOJA ? new Response("", { status: 404 }) : servidorDe("v1")(r)),
  ],
  ["the line goes", (r) => (r === MESA ? caido() : servidorDe("v1")(r))],
  ["the shell is of another version", servidorDe("v2")],
]) {
  test(`when ${caso} nothing is installed and nothing left behind`, async () => {
    const caches = new Caches();
    await assert.rejects(trabajador(caches, "v1", servidor).instalar());
    assert.deepEqual(await caches.keys(), []);
  });
}

test("a new version brings only what changed", async () => {
  const caches = new Caches();
  await instalado(caches, "v1");
  const otra = "/static/js/mesa.cccccccccccc.js";
  const { hechos } = await instalado(caches, "v2", servidorDe("v2"), { archivos: [otra, HOJA] });
  assert.deepEqual(hechos.pedidas.map((p) => p.ruta).sort(), ["/mesa/", "/sin-linea/", otra]);
});

test("the last version's files stay for its open pages, and go with the next one", async () => {
  const caches = new Caches();
  await caches.open("ajeno");
  await instalado(caches, "v1");
  const otra = "/static/js/mesa.cccccccccccc.js";
  const v2 = await instalado(caches, "v2", caido2("v2"), { archivos: [otra, HOJA] });
  assert.deepEqual(await caches.keys(), ["ajeno", "cp-v1", "cp-v2"]);
  // Gone from the server, and still here for a page of v1.
  assert.equal(await texto(v2.pedir(MESA)), MESA);
  await instalado(caches, "v3");
  assert.deepEqual(await caches.keys(), ["ajeno", "cp-v2", "cp-v3"]);
});

function caido2(version) {
  return (camino) => (camino === MESA ? caido() : servidorDe(version)(camino));
}

test("files come from what is kept; in development, from the server while there is one", async () => {
  const caches = new Caches();
  const guardado = await instalado(caches, "v1");
  guardado.hechos.pedidas.length = 0;
  assert.equal(await texto(guardado.pedir(MESA)), MESA);
  assert.deepEqual(guardado.hechos.pedidas, []);
  let linea = true;
  const servidor = (r) => (linea ? new Response(pagina("v2") + r) : caido());
  const sinHuella = await instalado(new Caches(), "v2", servidor, { conHuella: false });
  assert.equal(await texto(sinHuella.pedir(MESA)), pagina("v2") + MESA);
  assert.equal(sinHuella.hechos.pedidas.at(-1).ruta, MESA);
  linea = false;
  assert.equal(await texto(sinHuella.pedir(MESA)), pagina("v2") + MESA);
});

test("fragments, the API, what people do and other hosts are never its business", async () => {
  const sw = await instalado(new Caches(), "v1");
  for (const url of ["/api/datos-venta/", "/pedidos/clientes/?q=a", "/healthz", "/sw.js"])
    assert.equal(sw.pedir(url), null);
  assert.equal(sw.pedir("/pedidos/nuevo/", { mode: "navigate", method: "POST" }), null);
  assert.equal(sw.pedir(`https://otra.example${MESA}`), null);
  assert.equal(sw.pedir("/static/js/tests/x.js"), null);
});

const navegar = (sw, url) => sw.pedir(url, { mode: "navigate" });

test("a server that answers is the one that answers, whatever it says", async () => {
  for (const status of [200, 403, 404, 500]) {
    const servidor = (r) =>
      r === "/pedidos/nuevo/" ? new Response("suya", { status }) : servidorDe("v1")(r);
    const sw = await instalado(new Caches(), "v1", servidor);
    assert.equal(await texto(navegar(sw, "/pedidos/nuevo/?sucursal=3")), "suya");
  }
});

for (const [caso, respuesta] of [
  ["is not there", caido],
  ["is said to be down by its proxy", () => new Response("Bad gateway", { status: 502 })],
]) {
  test(`when the server ${caso} the desk opens from its shell, and only the desk`, async () => {
    let hay = true;
    const sw = await instalado(new Caches(), "v1", (r) =>
      hay ? servidorDe("v1")(r) : respuesta(),
    );
    hay = false;
    for (const url of ["/pedidos/nuevo/", "/", "/mesa/", "/pedidos/nuevo/?sucursal=3"])
      assert.equal(await texto(navegar(sw, url)), `${pagina("v1")}/mesa/`);
    const otra = await texto(navegar(sw, "/lotes/"));
    // What the proxy says of another page is an answer.
    assert.equal(otra, respuesta === caido ? `${pagina("v1")}/sin-linea/` : "Bad gateway");
    const servidor = await texto(navegar(sw, "/pedidos/nuevo/?servidor=1"));
    assert.equal(servidor, otra);
  });
}

test("the desk waits a second and a half for the server, another page as long as a request", async () => {
  let callado = false;
  const nunca = new Promise(() => {});
  const sw = await instalado(new Caches(), "v1", (r) => (callado ? nunca : servidorDe("v1")(r)));
  callado = true;
  for (const [url, plazo, dicho] of [
    ["/pedidos/nuevo/", 1_500, "/mesa/"],
    ["/pedidos/", 20_000, "/sin-linea/"],
    ["/pedidos/nuevo/?servidor=1", 20_000, "/sin-linea/"],
  ]) {
    const respuesta = navegar(sw, url);
    await Promise.resolve();
    const reloj = sw.relojes.pop();
    assert.equal(reloj.plazo, plazo);
    reloj.hacer();
    assert.equal(await texto(respuesta), pagina("v1") + dicho);
  }
});

test("without its pages it has no answer of its own", async () => {
  const caches = new Caches();
  const sw = await instalado(caches, "v1", servidorDe("v1"));
  caches.mapas.get("cp-v1").clear();
  assert.equal(await texto(navegar(sw, "/lotes/")), "/lotes/");
  const solo = trabajador(caches, "v1", caido);
  await assert.rejects(navegar(solo, "/lotes/"), /Failed to fetch/);
});

test("an installation without a desk has no shell", async () => {
  const caches = new Caches();
  let hay = true;
  const sw = await instalado(caches, "v1", (r) => (hay ? servidorDe("v1")(r) : caido()), {
    cascaron: null,
  });
  hay = false;
  assert.equal(await texto(navegar(sw, "/")), `${pagina("v1")}/sin-linea/`);
});

test("it says its version, and takes over when it is told", async () => {
  const sw = await instalado(new Caches(), "v1");
  const dichas = [];
  sw.decir({ tipo: "version" }, [{ postMessage: (v) => dichas.push(v) }]);
  sw.decir({ tipo: "otra cosa" });
  assert.deepEqual([dichas, sw.hechos.saltos], [["v1"], 0]);
  sw.decir({ tipo: "aplicar" });
  assert.equal(sw.hechos.saltos, 1);
});

test("switched off, it takes its caches and itself away, and nobody else's", async () => {
  const caches = new Caches();
  await caches.open("ajeno");
  await instalado(caches, "v1");
  const baja = trabajador(caches, "", caido, {}, BAJA);
  const instalada = baja.instalar();
  // A page that is loading gets its modules first.
  assert.deepEqual([baja.hechos.saltos, baja.relojes.map(({ plazo }) => plazo)], [0, [10_000]]);
  baja.relojes[0].hacer();
  await instalada;
  await baja.activar();
  assert.deepEqual(await caches.keys(), ["ajeno"]);
  assert.deepEqual([baja.hechos.saltos, baja.hechos.bajas], [1, 1]);
});
