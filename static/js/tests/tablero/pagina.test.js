// The board's page put together: its clock and bell, its filters, its banner, its session.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { iniciarReloj } from "../../tablero/reloj.js";
import { iniciarTimbre } from "../../tablero/timbre.js";
import { $, abrirPagina, asentar, cargar, contestar, suceder } from "../documento.js";

const AHORA = Date.parse("2026-11-27T12:00:00Z");
const tarjeta = (n) => `
  <li id="lugar-${n}"><article id="tarjeta-${n}" data-tarjeta="${n}" tabindex="0">
    <time data-vence datetime="2026-11-27T12:30:00Z">x</time>
    <time data-desde datetime="2026-11-27T10:55:00Z">x</time>
    <form data-encuesta><input id="campo-${n}"></form></article></li>`;
const tablero = (claves, mas = "") => `
  <section id="tablero" tabindex="-1" data-version="4" data-boleto="b 1" data-total="${claves.length}"
    data-ahora="2026-11-27T12:00:00Z"${mas}>
    <button data-mover="-1" hidden></button><button data-mover="1" hidden></button>
    <ol id="carrusel">${claves.map(tarjeta).join("")}</ol></section>`;
const PAGINA = `
  <div id="avisos"></div>
  <form data-filtros><select name="clase"><option value="">Todo</option><option value="precio">p</option></select>
    <select name="edad"><option value="">x</option></select></form>
  <p data-enlace="conectando"><span class="punto"></span><span data-enlace-texto></span></p>
  <button data-sonido></button>
  ${tablero([1, 2])}
  <details data-salidas><summary id="por-que">¿Por qué?</summary></details>`;

let streams;

class Stream {
  constructor(url) {
    this.url = url;
    streams.push(this);
  }
  addEventListener(_tipo, oyente) {
    this.noticia = oyente;
  }
  close() {
    this.cerrada = true;
  }
}

let ventana;
let llamadas;

async function abrir(...respuestas) {
  streams = [];
  ventana = abrirPagina(PAGINA, { url: "https://mesa.example/no-completados/" });
  document.body.dataset.usuario = "3";
  document.title = "No completados";
  globalThis.EventSource = Stream;
  // Without Web Locks a tab has its own stream: FuenteCompartida has its own tests.
  Object.defineProperty(ventana.navigator, "locks", { value: null, configurable: true });
  llamadas = contestar(...respuestas);
  await cargar("js/tablero/tablero.js");
}

const respuesta = (cuerpo, mas = {}) =>
  new Response(cuerpo, { status: 200, headers: { Boleto: "b2" }, ...mas });
const banda = () => {
  const franja = document.querySelector("[data-enlace]");
  return [
    franja.dataset.enlace,
    franja.querySelector(".punto").className,
    franja.textContent.trim(),
  ];
};

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: AHORA }));
afterEach(() => mock.timers.reset());

async function pasar(milisegundos) {
  for (let resto = milisegundos; resto > 0; resto -= 100) {
    mock.timers.tick(Math.min(100, resto));
    await Promise.resolve();
  }
  await asentar();
}

// --- The clock -----------------------------------------------------------------------------------------

test("times are told by the server's clock, whatever this computer's says", () => {
  abrirPagina(tablero([1]));
  mock.timers.setTime(AHORA + 7_200_000);
  iniciarReloj(() => $("tablero")).marcar();
  const [vence, desde] = document.querySelectorAll("time");
  assert.deepEqual(
    [vence.textContent, vence.dataset.urgencia, desde.textContent],
    ["30 min 00 s", "ya", "hace 1 h 05 min"],
  );
});

test("they go on by themselves, and rest while nobody sees the page", () => {
  abrirPagina(tablero([1]));
  let oculta = false;
  Object.defineProperty(document, "hidden", { get: () => oculta });
  iniciarReloj(() => $("tablero")).marcar();
  const vence = document.querySelector("time");
  mock.timers.tick(1_000);
  assert.equal(vence.textContent, "29 min 59 s");
  oculta = true;
  mock.timers.tick(60_000);
  assert.equal(vence.textContent, "29 min 59 s");
  oculta = false;
  mock.timers.tick(29 * 60_000);
  assert.equal(vence.textContent, "Vencida");
});

test("a card shown in what this clock calls the future was shown just now", () => {
  abrirPagina(tablero([1]));
  document.querySelectorAll("time")[1].setAttribute("datetime", "2026-11-27T12:10:00Z");
  iniciarReloj(() => $("tablero")).marcar();
  assert.equal(document.querySelectorAll("time")[1].textContent, "hace 0 min");
});

// --- The bell -------------------------------------------------------------------------------------------

test("the bell rings for what arrives once somebody asked for it, and the tab counts", () => {
  abrirPagina('<button id="campana"></button>');
  let sonidos = 0;
  const nodo = () => ({
    frequency: {},
    gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} },
    connect: () => nodo(),
    start: () => (sonidos += 1),
    stop() {},
  });
  globalThis.AudioContext = class {
    currentTime = 0;
    createOscillator = nodo;
    createGain = nodo;
    close() {}
  };
  document.title = "Tablero";
  const timbre = iniciarTimbre($("campana"), document);
  timbre.sonar(2, 5);
  assert.deepEqual(
    [sonidos, document.title, $("campana").getAttribute("aria-pressed")],
    [0, "(5) Tablero", "false"],
  );
  $("campana").click();
  timbre.sonar(0, 5);
  assert.deepEqual([sonidos, $("campana").getAttribute("aria-pressed")], [1, "true"]);
  timbre.sonar(1, 0);
  assert.deepEqual([sonidos, document.title], [2, "Tablero"]);
  $("campana").click();
  timbre.sonar(3, 3);
  assert.deepEqual([sonidos, localStorage.getItem("tablero:sonido")], [2, "no"]);
});

// --- The page --------------------------------------------------------------------------------------------

test("it listens from what it shows, with its ticket, and is live when the stream opens", async () => {
  await abrir(respuesta(tablero([1, 2])));
  assert.deepEqual(
    streams.map(({ url }) => url),
    ["/no-completados/eventos/?boleto=b%201&v=4"],
  );
  streams[0].onopen();
  assert.deepEqual(banda(), ["vivo", "punto punto-exito", "En vivo"]);
  assert.equal(document.title, "(2) No completados");
  assert.equal(document.querySelector("time").textContent, "30 min 00 s");
});

test("news bring the board, and what waits is counted", async () => {
  await abrir(respuesta(tablero([1, 2, 3])));
  streams[0].onopen();
  streams[0].noticia();
  await pasar(1_000);
  assert.equal(document.title, "(3) No completados");
  assert.ok($("tarjeta-3"));
  assert.equal($("tablero").dataset.boleto, "b2");
  assert.ok(ventana.htmx.hechos.some(([que, id]) => que === "process" && id === "tablero"));
});

test("the reasons why cards went are asked for again when they are open", async () => {
  await abrir(respuesta(tablero([1])));
  document.querySelector("[data-salidas]").open = true;
  suceder(document.body, "tablero:refrescar");
  await pasar(1_000);
  assert.deepEqual(ventana.htmx.hechos.at(-1), ["tablero:cambio", "por-que"]);
});

test("a filter goes to the address, without those that filter nothing, and the board is asked for", async () => {
  await abrir(respuesta(tablero([1])));
  const filtros = document.querySelector("[data-filtros]");
  filtros.elements.clase.value = "precio";
  filtros.dispatchEvent(new Event("change", { bubbles: true }));
  await pasar(1_000);
  assert.equal(location.search, "?clase=precio");
  assert.equal(llamadas.at(-1).url, "/no-completados/tarjetas/?clase=precio");
  filtros.elements.clase.value = "";
  filtros.dispatchEvent(new Event("change", { bubbles: true }));
  await pasar(1_000);
  assert.equal(location.search, "");
  assert.equal(llamadas.at(-1).url, "/no-completados/tarjetas/");
});

test("a card dealt with goes at once, before the server draws the board again", async () => {
  await abrir(respuesta(tablero([2])));
  suceder(document.body, "tablero:hecha", { clave: "1" });
  assert.equal($("tarjeta-1"), null);
  suceder(document.body, "tablero:hecha", { clave: "999" });
  await pasar(1_000);
  assert.ok($("tarjeta-2"));
});

test("offline it says since when; back on line it asks", async () => {
  await abrir(new TypeError("Failed to fetch"));
  streams[0].onopen();
  dispatchEvent(new Event("offline"));
  await pasar(10_000);
  const desde = new Date(AHORA);
  const hora = [desde.getHours(), desde.getMinutes()]
    .map((n) => String(n).padStart(2, "0"))
    .join(":");
  assert.deepEqual(banda(), [
    "sin_conexion",
    "punto punto-peligro",
    `Sin conexión desde las ${hora}`,
  ]);
  const antes = llamadas.length;
  dispatchEvent(new Event("online"));
  await pasar(1_000);
  assert.ok(llamadas.length > antes);
});

test("the session's end reloads the page, unless somebody wrote: then it asks to sign in", async () => {
  await abrir(respuesta("", { status: 401 }));
  let recargas = 0;
  ventana.location.reload = () => (recargas += 1);
  suceder(document.body, "htmx:sendError");
  await pasar(1_000);
  assert.deepEqual([recargas, banda()[0]], [1, "sin_sesion"]);

  await abrir(respuesta("", { status: 401 }));
  ventana.location.reload = () => (recargas += 1);
  $("campo-1").value = "algo";
  suceder(document.body, "htmx:timeout");
  await pasar(1_000);
  assert.equal(recargas, 1);
  assert.match(
    document.querySelector(".aviso-texto").textContent,
    /^La sesión terminó\. Lo escrito/,
  );
});

test("arrows are there for cards out of sight alone", async () => {
  await abrir(respuesta(tablero([1])));
  const flechas = () => [...document.querySelectorAll("[data-mover]")].map(({ hidden }) => hidden);
  assert.deepEqual(flechas(), [true, true]);
  Object.defineProperty($("carrusel"), "scrollWidth", { value: 900 });
  Object.defineProperty($("carrusel"), "clientWidth", { value: 400 });
  dispatchEvent(new Event("resize"));
  assert.deepEqual(flechas(), [false, false]);
});

test("a page in sight again asks; one that hides does not", async () => {
  await abrir(respuesta(tablero([1])));
  let oculta = true;
  Object.defineProperty(document, "hidden", { get: () => oculta });
  document.dispatchEvent(new Event("visibilitychange"));
  await pasar(1_000);
  const antes = llamadas.length;
  oculta = false;
  document.dispatchEvent(new Event("visibilitychange"));
  await pasar(1_000);
  assert.equal(llamadas.length, antes + 1);
});
