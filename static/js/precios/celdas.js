// A price's cell is changed again while its answer is on its way: what was written last stays, and
// is saved as well.

import { uno } from "../comun/dom.js";

const FORMULARIO = ".precio-celda";

/** @param {HTMLElement} raiz the cells', now or later */
export function cuidarCeldas(raiz) {
  raiz.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { requestConfig, xhr } = detail;
    const formulario = requestConfig.elt;
    if (!(formulario instanceof HTMLFormElement && formulario.matches(FORMULARIO))) return;
    const celda = uno(formulario, ".celda", HTMLInputElement);
    if (celda.value === requestConfig.parameters[celda.name]) return;
    // The row stays as it is written, and its form sends itself again: at once if it was asked to
    // meanwhile (htmx keeps the last), else when whoever writes leaves.
    detail.shouldSwap = false;
    if (xhr.status === 200) antesEn(formulario).value = vistoEn(detail.serverResponse, celda.name);
    celda.addEventListener("blur", () => window.htmx.trigger(formulario, "submit"), { once: true });
  });
}

/**
 * What the row in an answer says that its price is.
 * @param {string} html
 * @param {string} nombre the cell's
 */
function vistoEn(html, nombre) {
  const fila = document.createElement("template");
  // A row parsed where nothing of it runs or is shown; a parser's page would drop it outside a table.
  // eslint-disable-next-line no-restricted-syntax
  fila.innerHTML = html;
  const { form } = uno(fila.content, `[name="${nombre}"]`, HTMLInputElement);
  return form ? antesEn(form).value : "";
}

/** @param {HTMLFormElement} formulario */
function antesEn(formulario) {
  return uno(formulario, "[name=antes]", HTMLInputElement);
}
