// Signing out with unsent orders: what is left in this browser, and what goes with the session.

import { contarSinEnviar, olvidar } from "./almacen.js";
import { pedidos } from "./textos.js";

/** Answer the page's questions for this user (`usuario`: their id). */
export function guardarBorradores(usuario, { storage = localStorage, documento = document } = {}) {
  documento.addEventListener("carga:borradores", ({ detail }) => {
    const total = contarSinEnviar(storage, usuario);
    if (total) detail.pendientes.push({ texto: `${pedidos(total)} sin enviar en este equipo` });
  });
  // Unsent orders stay, readable again only by the same person; all else goes.
  documento.addEventListener("carga:salida", () => olvidar(storage, usuario, { conservar: true }));
}
