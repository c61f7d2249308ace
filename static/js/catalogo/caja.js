// The browser's Cache Storage holds the catalogue as it is searched: the Worker keeps it there, and
// signing out deletes it.

// Not of those that the service worker keeps and forgets by their beginning.
export const CAJA = "catalogo-preparado";

/** Nothing stays of anybody's catalogue. */
export async function olvidarCaja(cajas = globalThis.caches) {
  await cajas?.delete(CAJA).catch(() => false);
}
