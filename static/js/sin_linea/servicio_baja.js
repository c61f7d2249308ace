// Served in the service worker's place when it is switched off: takes itself and what it kept out of
// this browser. Open pages go on as they are; the next ones come from the server alone.
"use strict";

(() => {
  const sw = /** @type {AmbitoDeBaja} */ (/** @type {unknown} */ (self));

  sw.addEventListener("install", () => void sw.skipWaiting());
  sw.addEventListener("activate", (evento) => evento.waitUntil(irse()));

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
