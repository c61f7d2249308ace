// The service worker: pages without a line. A classic script; before it, /sw.js says `self.PRECARGA`
// (core/web/precarga.py). What it keeps is nobody's: static files, the desk's shell, a page that says
// that there is no line. Fragments, /api/ and what people do it never sees: they are the network's.
"use strict";

/**
 * @typedef {{version: string, conHuella: boolean, archivos: string[], sinLinea: string,
 *   cascaron: {pagina: string, rutas: string[]} | null}} Precarga
 * @typedef {Event & {waitUntil(tarea: Promise<unknown>): void}} EventoLargo
 * @typedef {EventoLargo & {request: Request, respondWith(respuesta: Promise<Response>): void}} EventoDeRed
 * @typedef {MessageEvent<{tipo: string}>} Mensaje
 * @typedef {{PRECARGA: Precarga, skipWaiting(): Promise<void>, clients: {claim(): Promise<void>},
 *   addEventListener(tipo: "install" | "activate", oyente: (evento: EventoLargo) => void): void,
 *   addEventListener(tipo: "fetch", oyente: (evento: EventoDeRed) => void): void,
 *   addEventListener(tipo: "message", oyente: (evento: Mensaje) => void): void}} AmbitoDelServicio
 */

(() => {
  const sw = /** @type {AmbitoDelServicio} */ (/** @type {unknown} */ (self));
  const { version, conHuella, archivos, sinLinea, cascaron } = sw.PRECARGA;
  const PREFIJO = "cp-";
  const NOMBRE = PREFIJO + version;
  // A server that has not begun to answer by then is as good as none: the desk opens without it...
  const ESPERA_MESA = 1_500;
  // ...and another page cannot be had.
  const ESPERA_PAGINA = 20_000;
  // What a proxy says for a server that is not there.
  const CAIDAS = new Set([502, 503, 504]);
  // What the shell asks for when it has nobody's parameters: the real page, however slow.
  const SOLO_SERVIDOR = "servidor";
  // One more would take the line from whoever is loading orders.
  const CARRILES = 2;
  const estaticos = new Set(archivos);
  const paginas = [sinLinea, ...(cascaron ? [cascaron.pagina] : [])];

  sw.addEventListener("install", (evento) => evento.waitUntil(instalar()));
  sw.addEventListener("activate", (evento) => evento.waitUntil(activar()));
  sw.addEventListener("message", ({ data, ports }) => {
    if (data.tipo === "aplicar") void sw.skipWaiting();
    if (data.tipo === "version") ports[0].postMessage(version);
  });
  sw.addEventListener("fetch", (evento) => {
    const { request } = evento;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) return;
    if (request.mode === "navigate") evento.respondWith(navegar(evento, url));
    else if (estaticos.has(url.pathname)) evento.respondWith(estatico(request));
    else if (conHuella && deOtraVersion(url)) evento.respondWith(estatico(request));
  });

  // Whole or not at all: a half one would open a desk with holes.
  async function instalar() {
    const cache = await caches.open(NOMBRE);
    const cola = [...paginas, ...archivos];
    const carril = async () => {
      for (let url = cola.shift(); url !== undefined; url = cola.shift()) await traer(cache, url);
    };
    try {
      await Promise.all(Array.from({ length: CARRILES }, carril));
    } catch (error) {
      cola.length = 0;
      await caches.delete(NOMBRE);
      throw error;
    }
  }

  /**
   * @param {Cache} cache
   * @param {string} url
   */
  async function traer(cache, url) {
    // The same name is the same content: a new version brings only what changed.
    const ya = conHuella && estaticos.has(url) ? await caches.match(url) : undefined;
    const respuesta = ya ?? (await descargar(url));
    await cache.put(url, respuesta);
  }

  /** @param {string} url */
  async function descargar(url) {
    const esPagina = paginas.includes(url);
    const opciones = /** @type {RequestInit} */ (
      esPagina
        ? { cache: "reload", credentials: "omit" }
        : { cache: conHuella ? "default" : "no-cache" }
    );
    const respuesta = await fetch(url, opciones);
    if (!respuesta.ok || respuesta.redirected) throw new Error(`${url}: ${respuesta.status}`);
    // While a server changes, a page may be of another version than this list.
    if (esPagina && !(await respuesta.clone().text()).includes(`data-version="${version}"`))
      throw new Error(`${url}: not of version ${version}`);
    return respuesta;
  }

  // The last version's files stay one version longer: pages of it may be open in other tabs.
  async function activar() {
    const ajenas = (await caches.keys()).filter((n) => n.startsWith(PREFIJO) && n !== NOMBRE);
    await Promise.all(ajenas.slice(0, -1).map((nombre) => caches.delete(nombre)));
    await sw.clients.claim();
  }

  /** @param {URL} url */
  function deOtraVersion({ pathname }) {
    return pathname.startsWith("/static/") && /\.[0-9a-f]{12}\.\w+$/.test(pathname);
  }

  /** @param {Request} request */
  async function estatico(request) {
    // Names without a hash tell nothing of the content: the server's, while there is one.
    const delServidor = conHuella ? undefined : await fetch(request).catch(() => undefined);
    if (delServidor) return delServidor;
    const guardado = await caches.match(request.url, { ignoreVary: true });
    return guardado ?? fetch(request);
  }

  /**
   * @param {EventoDeRed} evento
   * @param {URL} url
   */
  async function navegar(evento, url) {
    const esMesa =
      cascaron !== null &&
      (url.pathname === cascaron.pagina || cascaron.rutas.includes(url.pathname)) &&
      !url.searchParams.has(SOLO_SERVIDOR);
    const pedido = fetch(evento.request);
    const respuesta = await conPlazo(pedido, esMesa ? ESPERA_MESA : ESPERA_PAGINA);
    if (respuesta && !(esMesa && CAIDAS.has(respuesta.status))) return respuesta;
    const cache = await caches.open(NOMBRE);
    const propia = await cache.match(esMesa && cascaron ? cascaron.pagina : sinLinea);
    return propia ?? respuesta ?? pedido;
  }

  /**
   * The answer, or nothing when there is none in time.
   * @param {Promise<Response>} pedido
   * @param {number} plazo
   * @returns {Promise<Response | undefined>}
   */
  function conPlazo(pedido, plazo) {
    return new Promise((resolver) => {
      const reloj = setTimeout(() => resolver(undefined), plazo);
      const fin = (/** @type {Response | undefined} */ respuesta) => {
        clearTimeout(reloj);
        resolver(respuesta);
      };
      pedido.then(fin, () => fin(undefined));
    });
  }
})();
