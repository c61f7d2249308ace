// A form on its way is not written in: its answer draws it again, and what was written meanwhile
// would be lost without a word. The cells of a price list look after themselves (celdas.js).

import { alrededor } from "../comun/dom.js";

const APARTE = ".precio-celda";
const AJENAS = /^(Tab|F\d+)$/;
const OCUPADO = "form[aria-busy=true]";

export function cuidarFormularios() {
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
    const { elt, requestConfig } = detail;
    if (!(elt instanceof HTMLFormElement) || elt.matches(APARTE)) return;
    if (requestConfig.verb !== "get") ocupar(elt);
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt instanceof HTMLFormElement) liberar(detail.elt);
  });
  document.addEventListener("click", frenarEleccion, true);
  document.addEventListener("mousedown", frenarLista, true);
  document.addEventListener("keydown", frenarLista, true);
}

/** @param {HTMLFormElement} formulario */
function ocupar(formulario) {
  formulario.setAttribute("aria-busy", "true");
  for (const campo of [...formulario.elements].filter(seEscribe)) {
    if (campo.readOnly) continue;
    campo.readOnly = true;
    campo.dataset.frenado = "";
  }
}

/** @param {HTMLFormElement} formulario */
function liberar(formulario) {
  formulario.removeAttribute("aria-busy");
  for (const campo of [...formulario.elements].filter(seEscribe)) {
    if (!("frenado" in campo.dataset)) continue;
    campo.readOnly = false;
    delete campo.dataset.frenado;
  }
}

/**
 * @param {Element} campo
 * @returns {campo is HTMLInputElement | HTMLTextAreaElement}
 */
function seEscribe(campo) {
  return campo instanceof HTMLInputElement || campo instanceof HTMLTextAreaElement;
}

/** @param {Event} evento a click on a choice: also what the arrows do among radio buttons */
function frenarEleccion(evento) {
  const { target } = evento;
  const esEleccion = target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type);
  if (esEleccion) frenar(evento);
}

/** @param {MouseEvent | KeyboardEvent} evento in a list of choices; Tab and
 *   the browser's own keys go on */
function frenarLista(evento) {
  const deOtro = evento.ctrlKey || evento.metaKey || ("key" in evento && AJENAS.test(evento.key));
  if (evento.target instanceof HTMLSelectElement && !deOtro) frenar(evento);
}

/** @param {Event} evento */
function frenar(evento) {
  if (alrededor(evento, OCUPADO)) evento.preventDefault();
}
