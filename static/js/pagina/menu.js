// A menu is a <details data-menu>; this closes it as menus close. And where we are is in sight: on a
// phone the navigation is wider than its place.

import { alrededor, todos } from "../comun/dom.js";

export function iniciarMenu() {
  document
    .querySelector(".navegacion [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });
  document.addEventListener("click", ({ target }) => {
    for (const menu of todos(document, "[data-menu][open]", HTMLDetailsElement)) {
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
    }
  });
  document.addEventListener("keydown", (evento) => {
    const menu = alrededor(evento, "[data-menu][open]");
    if (evento.key !== "Escape" || !menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  });
}
