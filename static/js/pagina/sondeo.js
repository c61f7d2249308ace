// Polls rest while nobody sees them: the next tick after the tab comes back asks again.

/**
 * Whether this request is a poll that should not be sent now; pure.
 * @param {Pick<Element, "closest">} elemento
 * @param {boolean} oculta
 */
export function enPausa(elemento, oculta) {
  return oculta && elemento.closest("[data-sondeo]") !== null;
}

export function iniciarSondeo() {
  document.body.addEventListener("htmx:beforeRequest", (evento) => {
    if (enPausa(evento.detail.elt, document.hidden)) evento.preventDefault();
  });
}
