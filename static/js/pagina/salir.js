// Signing out: says what was not sent, and forgets what this person left in the browser.

import { contarSinEnviar, olvidar } from "../comun/almacen.js";
import { olvidarCaja } from "../catalogo/caja.js";
import { hallar, porId, uno } from "../comun/dom.js";
import { Orden, SinOrden } from "../pestanas/orden.js";

/**
 * What the dialog says of the orders that are only here; pure.
 * @param {number} cuantos
 */
export function fraseSinEnviar(cuantos) {
  return cuantos === 1
    ? "1 pedido con líneas está solo en este equipo: todavía no llegó al servidor."
    : `${cuantos} pedidos con líneas están solo en este equipo: todavía no llegaron al servidor.`;
}

export function iniciarSalida() {
  const formulario = hallar(document, "form[data-salir]", HTMLFormElement);
  const { usuario } = document.body.dataset;
  if (!formulario || usuario === undefined) return;
  formulario.addEventListener("submit", (evento) => {
    const cuantos = contarSinEnviar(localStorage, usuario);
    if (cuantos === 0) return olvidarAlSalir(usuario, true);
    evento.preventDefault();
    formulario.closest("details")?.removeAttribute("open");
    return preguntar(formulario, usuario, cuantos);
  });
}

/**
 * @param {HTMLFormElement} formulario
 * @param {string} usuario
 * @param {number} cuantos
 */
function preguntar(formulario, usuario, cuantos) {
  const dialogo = porId("salida", HTMLDialogElement);
  uno(dialogo, "[data-salida-texto]", HTMLElement).textContent = fraseSinEnviar(cuantos);
  dialogo.returnValue = "quedarse";
  const alCerrar = () => {
    if (!["guardar", "borrar"].includes(dialogo.returnValue)) return;
    olvidarAlSalir(usuario, dialogo.returnValue === "guardar");
    formulario.submit(); // without asking again
  };
  dialogo.addEventListener("close", alCerrar, { once: true });
  dialogo.showModal();
}

// Now, and once more when the page goes: until then what was on its way may still be kept.
/**
 * @param {string} usuario
 * @param {boolean} conservar
 */
function olvidarAlSalir(usuario, conservar) {
  const todo = olvidar(localStorage, usuario, { conservar });
  void olvidarCaja();
  const alIrse = () => {
    olvidar(localStorage, usuario, { conservar });
    void olvidarCaja();
  };
  addEventListener("pagehide", alIrse, { once: true });
  if (todo && globalThis.indexedDB) void olvidarTurnos(usuario);
}

// The turns are counted anew with an empty notebook.
/** @param {string} usuario */
async function olvidarTurnos(usuario) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:`);
  await new Orden({ fabrica: indexedDB }).olvidar((clave) => suya.test(clave)).catch(soloSinOrden);
}

/** @param {unknown} error */
function soloSinOrden(error) {
  if (!(error instanceof SinOrden)) throw error;
}
