// A price's cell is changed again while its answer is on its way: what was written last stays, and
// is saved as well.

const FORMULARIO = ".precio-celda";

export function cuidarCeldas(raiz) {
  raiz.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { requestConfig, xhr } = detail;
    const formulario = requestConfig.elt;
    if (!formulario.matches(FORMULARIO)) return;
    const celda = formulario.querySelector(".celda");
    if (celda.value === requestConfig.parameters[celda.name]) return;
    // The row stays as it is written, and its form sends itself again: at once if it was asked to
    // meanwhile (htmx keeps the last), else when whoever writes leaves.
    detail.shouldSwap = false;
    if (xhr.status === 200)
      formulario.elements.antes.value = vistoEn(detail.serverResponse, celda.name);
    celda.addEventListener("blur", () => window.htmx.trigger(formulario, "submit"), { once: true });
  });
}

/** What the row in an answer says that its price is. */
function vistoEn(html, nombre) {
  const fila = document.createElement("template");
  fila.innerHTML = html;
  return fila.content.querySelector(`[name="${nombre}"]`).form.elements.antes.value;
}
