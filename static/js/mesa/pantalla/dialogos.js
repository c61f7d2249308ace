// The desk's two dialogs: agreeing to send, and the keys.

import { alrededor, porId } from "../../comun/dom.js";

/** Show the keys. */
export function abrirAyuda() {
  porId("dialogo_ayuda", HTMLDialogElement).showModal();
}

/** Ask whether to send; twice is once. */
export function abrirEnvio() {
  const dialogo = porId("dialogo_envio", HTMLDialogElement);
  if (!dialogo.open) dialogo.showModal();
}

/** It was agreed. */
export function cerrarEnvio() {
  porId("dialogo_envio", HTMLDialogElement).close();
}

/**
 * Close the dialog whose button was pressed.
 * @param {Event} evento
 */
export function cerrarDialogo(evento) {
  const dialogo = alrededor(evento, "dialog");
  if (dialogo instanceof HTMLDialogElement) dialogo.close();
}
