// The desk's parts put together: what each browser lets them have, and what is said of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { Catalogo } from "../../catalogo/catalogo.js";
import { Conexion } from "../../comun/conexion.js";
import { Envio } from "../../envio/envio.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { Red } from "../../comun/red.js";
import { Reloj } from "../../comun/reloj.js";
import { montar } from "../../mesa/servicios.js";
import { PreciosDeLaPagina } from "../../motor/precios_de_canal.js";
import { Fabrica, Locks, Storage } from "../dobles.js";
import { abrirPagina, asentar, contestar } from "../documento.js";
import { PARAMETROS } from "../escritorio.js";

let oidos;
let obreros;
let canales;

class Obrero {
  constructor(url, opciones) {
    obreros.push([url, opciones.type]);
  }
  postMessage() {}
}

class Canal {
  constructor(nombre) {
    this.nombre = nombre;
    this.dichos = [];
    canales.push(this);
  }
  postMessage({ tipo }) {
    this.dichos.push(tipo);
  }
}

beforeEach(() => {
  const ventana = abrirPagina("");
  document.body.dataset.csrf = "__Host-csrf";
  [obreros, canales] = [[], []];
  Object.defineProperty(ventana.navigator, "locks", { value: new Locks(), configurable: true });
  Object.assign(globalThis, {
    Worker: Obrero,
    BroadcastChannel: Canal,
    indexedDB: new Fabrica(),
  });
  const nombres = [
    "alCambiarCatalogo",
    "alCambiarConexion",
    "alConocerPrecios",
    "alCambiarTitular",
    "avisar",
  ];
  oidos = { dichos: [] };
  for (const nombre of nombres) oidos[nombre] = (...datos) => oidos.dichos.push([nombre, ...datos]);
});

const montada = () => montar(PARAMETROS, oidos);

test("every part is there, and the Worker is a module of the address the page says", () => {
  const partes = montada();
  const clases = {
    almacen: Almacen,
    catalogo: Catalogo,
    conexion: Conexion,
    envio: Envio,
    libreta: Libreta,
    red: Red,
    reloj: Reloj,
    preciosDeHoy: PreciosDeLaPagina,
  };
  for (const [nombre, Clase] of Object.entries(clases))
    assert.ok(partes[nombre] instanceof Clase, nombre);
  assert.deepEqual([partes.aviso, obreros], ["", [["/trabajador.js", "module"]]]);
  assert.equal(partes.almacen.prefijo, "cp:1:2:3:");
  assert.equal(partes.almacen.storage, localStorage);
});

test("trying the storage leaves nothing in it", () => {
  montada();
  assert.equal(localStorage.length, 0);
});

test("where the browser orders tabs, nobody has to hold the desk", async () => {
  montada();
  await asentar();
  assert.deepEqual(canales, []);
});

test("without Web Locks, or without IndexedDB, one tab holds it, and leaves it when it goes", async () => {
  for (const falta of ["locks", "indexedDB"]) {
    canales = [];
    if (falta === "locks")
      Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
    else {
      Object.defineProperty(navigator, "locks", { value: new Locks(), configurable: true });
      globalThis.indexedDB = undefined;
    }
    const { aviso, almacen } = montada();
    assert.equal(aviso, falta === "locks" ? "una_pestana" : "");
    assert.deepEqual(
      [canales.length, canales[0].nombre, canales[0].dichos],
      [1, "cp:titular:1:2:3", ["quien"]],
    );
    almacen.titular.tomar();
    dispatchEvent(new Event("pagehide"));
    assert.deepEqual(canales[0].dichos.slice(-2), ["tomo", "dejo"]);
    assert.deepEqual(oidos.dichos.at(-1), ["alCambiarTitular", true]);
  }
});

test("a storage that is full is used, and said; one that is switched off gives way to memory", () => {
  globalThis.localStorage = new Storage(0);
  const llena = montada();
  assert.deepEqual([llena.aviso, llena.almacen.storage], ["cuota", globalThis.localStorage]);

  globalThis.localStorage = {
    setItem() {
      throw new DOMException("denied", "SecurityError");
    },
  };
  const { aviso, almacen } = montada();
  assert.equal(aviso, "sin_storage");
  const { storage } = almacen;
  storage.setItem("a", "1");
  storage.setItem("b", "2");
  storage.setItem("a", "3");
  assert.deepEqual(
    [storage.length, storage.key(0), storage.key(1), storage.key(2), storage.getItem("a")],
    [2, "a", "b", null, "3"],
  );
  storage.removeItem("a");
  assert.deepEqual(
    [storage.length, storage.getItem("a"), storage.getItem("nadie")],
    [1, null, null],
  );
});

test("memory is each tab's own: nobody has to hold it, though nothing orders tabs", async () => {
  Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
  globalThis.localStorage = {
    setItem() {
      throw new DOMException("denied", "SecurityError");
    },
  };
  montada();
  await asentar();
  assert.deepEqual(canales, []);
});

test("the connection is probed by asking for the session, and an answer's date sets the clock", async () => {
  const fecha = new Date(Date.now() + 3_600_000).toUTCString();
  const llamadas = contestar(new Response("{}", { headers: { Date: fecha } }));
  const { conexion, reloj } = montada();
  await conexion.sondear();
  assert.deepEqual([llamadas[0].url, reloj.equivocado()], ["/sesion", true]);
  conexion.mal();
  assert.deepEqual(oidos.dichos.at(-1), ["alCambiarConexion", false]);
  conexion.bien();
  assert.deepEqual(oidos.dichos.at(-1), ["alCambiarConexion", true]);
});

test("what is saved today is today's by this computer's calendar", () => {
  const { libreta } = montada();
  const ahora = new Date();
  const [mes, dia] = [ahora.getMonth() + 1, ahora.getDate()].map((n) => `${n}`.padStart(2, "0"));
  assert.equal(libreta.hoy(), `${ahora.getFullYear()}-${mes}-${dia}`);
});

test("what the catalogue becomes is told", () => {
  const { catalogo } = montada();
  catalogo.anotar({ version: "v2" });
  const [nombre, estado] = oidos.dichos.at(-1);
  assert.deepEqual([nombre, estado.version], ["alCambiarCatalogo", "v2"]);
});
