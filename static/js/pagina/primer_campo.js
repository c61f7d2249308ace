// The field a fragment asks to begin with, focused once: as soon as it is there, and never again.
// The browser and htmx would each do it later, perhaps when whoever types has moved on.

import { hallar } from "../comun/dom.js";

export function enfocarPrimerCampo() {
  // The page's own were focused by the browser.
  for (const campo of document.querySelectorAll("[autofocus]")) campo.removeAttribute("autofocus");
  document.body.addEventListener("htmx:afterSwap", () => {
    const campo = hallar(document, "[autofocus]", HTMLElement);
    campo?.removeAttribute("autofocus");
    campo?.focus();
  });
}
