// A menu is a <details data-menu>; this closes it as menus close. And where we are is in sight: on a
// phone the navigation is wider than its place.

export function iniciarMenu() {
  document
    .querySelector(".navegacion [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", ({ key, target }) => {
    const menu = target.closest?.("[data-menu][open]");
    if (key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
