// The field a fragment asks to begin with, focused once: as soon as it is there, and never again;
// nor when whoever asked for it types elsewhere by now, where the rest of his figures would be lost.
// The browser and htmx would each do it later.

import { hallar } from "../comun/dom.js";

export function enfocarPrimerCampo() {
  // The page's own were focused by the browser.
  for (const campo of document.querySelectorAll("[autofocus]")) campo.removeAttribute("autofocus");
  /** @type {WeakMap<XMLHttpRequest, Element | null>} who had the focus as it was asked for */
  const desde = new WeakMap();
  document.body.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
    desde.set(xhr, document.activeElement);
  });
  document.body.addEventListener("htmx:afterSwap", ({ detail: { xhr } }) => {
    const campo = hallar(document, "[autofocus]", HTMLElement);
    campo?.removeAttribute("autofocus");
    if (!xhr || sigueEn(desde.get(xhr) ?? null)) campo?.focus();
  });
}

/**
 * Whether the focus is still there, drawn again or gone with what was replaced.
 * @param {Element | null} antes
 */
function sigueEn(antes) {
  const { activeElement, body } = document;
  if (activeElement === antes || activeElement === body) return true;
  return antes !== null && antes.id !== "" && antes.id === activeElement?.id;
}
