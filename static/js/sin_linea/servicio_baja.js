// Served in the service worker's place when it is switched off: takes itself and what it kept out of
// this browser. Open pages go on as they are; the next ones come from the server alone. It is for a
// browser whose pages cannot do so themselves any more (pagina/actualizacion.js).
"use strict";

(() => {
  const sw = /** @type {AmbitoDeBaja} */ (/** @type {unknown} */ (self));

  // The page that it is fetched for may still be loading its modules through the other worker.
  const GRACIA = 10_000;

  sw.addEventListener("install", (evento) => evento.waitUntil(entrar()));
  sw.addEventListener("activate", (evento) => evento.waitUntil(irse()));

  async function entrar() {
    await new Promise((seguir) => setTimeout(seguir, GRACIA));
    await sw.skipWaiting();
  }

  async function irse() {
    const nombres = await caches.keys();
    await Promise.all(nombres.filter((n) => n.startsWith("cp-")).map((n) => caches.delete(n)));
    await sw.registration.unregister();
  }
})();

/**
 * @typedef {{skipWaiting(): Promise<void>, registration: ServiceWorkerRegistration,
 *   addEventListener(tipo: string, oyente: (evento: {waitUntil(tarea: Promise<unknown>): void}) => void): void}} AmbitoDeBaja
 */
