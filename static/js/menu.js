// The account menu is a <details>; this closes it as menus close.

export function iniciarMenu() {
  const menu = document.querySelector("[data-menu]");
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
