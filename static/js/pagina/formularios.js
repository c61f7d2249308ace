// A form on its way is not written in: its answer draws it again, and what was written meanwhile
// would be lost without a word. The cells of a price list look after themselves (celdas.js).

import { alrededor } from "../comun/dom.js";

const APARTE = ".precio-celda";
const OCUPADO = "form[aria-busy=true]";

export function cuidarFormularios() {
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
    const { elt, requestConfig } = detail;
    if (!(elt instanceof HTMLFormElement) || elt.matches(APARTE)) return;
    if (requestConfig.verb !== "get") elt.setAttribute("aria-busy", "true");
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.elt instanceof HTMLFormElement) detail.elt.removeAttribute("aria-busy");
  });
  // Typing, pasting, dictating; choosing by mouse or by keyboard.
  document.addEventListener("beforeinput", frenar, true);
  document.addEventListener("click", frenarEleccion, true);
  document.addEventListener("mousedown", frenarLista, true);
  document.addEventListener("keydown", frenarLista, true);
}

/** @param {Event} evento a click on a choice: also what the arrows do among radio buttons */
function frenarEleccion(evento) {
  const { target } = evento;
  const esEleccion = target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type);
  if (esEleccion) frenar(evento);
}

/** @param {MouseEvent | KeyboardEvent} evento in a list of choices; Tab goes on */
function frenarLista(evento) {
  const sigue = "key" in evento && evento.key === "Tab";
  if (evento.target instanceof HTMLSelectElement && !sigue) frenar(evento);
}

/** @param {Event} evento */
function frenar(evento) {
  if (alrededor(evento, OCUPADO)) evento.preventDefault();
}
