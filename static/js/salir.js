// Signing out: says what was not sent, and forgets what this person left in the browser.

import { contarSinEnviar, olvidar } from "./almacen.js";
import { Orden, SinOrden } from "./orden.js";

/** What the dialog says of the orders that are only here; pure. */
export function fraseSinEnviar(cuantos) {
  return cuantos === 1
    ? "1 pedido con líneas está solo en este equipo: todavía no llegó al servidor."
    : `${cuantos} pedidos con líneas están solo en este equipo: todavía no llegaron al servidor.`;
}

export function iniciarSalida() {
  const formulario = document.querySelector("form[data-salir]");
  if (!formulario) return;
  const usuario = document.body.dataset.usuario;
  formulario.addEventListener("submit", (evento) => {
    const cuantos = contarSinEnviar(localStorage, usuario);
    if (cuantos === 0) return olvidarAlSalir(usuario, true);
    evento.preventDefault();
    formulario.closest("details")?.removeAttribute("open");
    return preguntar(formulario, usuario, cuantos);
  });
}

function preguntar(formulario, usuario, cuantos) {
  const dialogo = document.getElementById("salida");
  dialogo.querySelector("[data-salida-texto]").textContent = fraseSinEnviar(cuantos);
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
function olvidarAlSalir(usuario, conservar) {
  const todo = olvidar(localStorage, usuario, { conservar });
  addEventListener("pagehide", () => olvidar(localStorage, usuario, { conservar }), { once: true });
  if (todo && globalThis.indexedDB) void olvidarTurnos(usuario);
}

// The turns are counted anew with an empty notebook.
async function olvidarTurnos(usuario) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:`);
  await new Orden({ fabrica: indexedDB }).olvidar((clave) => suya.test(clave)).catch(soloSinOrden);
}

function soloSinOrden(error) {
  if (!(error instanceof SinOrden)) throw error;
}
