// Keys of every page: ? lists them, / goes to the search, g and a letter change the page.

const ESPERA_SEGUNDA = 1_200;

/** What a key means: "ayuda", "buscar", "ir" or "" ; `previa` is the key before it; pure. */
export function intencion({ key, ctrlKey, metaKey, altKey }, previa) {
  if (ctrlKey || metaKey || altKey) return "";
  if (previa === "g" && /^[a-z]$/.test(key)) return "ir";
  return { "?": "ayuda", "/": "buscar" }[key] ?? "";
}

export function iniciarTeclado() {
  let previa = "";
  let reloj = 0;
  document.addEventListener("keydown", (evento) => {
    if (
      evento.defaultPrevented ||
      escribiendo(evento.target) ||
      document.querySelector("dialog[open]")
    )
      return;
    const hecho = hacer(intencion(evento, previa), evento.key);
    clearTimeout(reloj);
    previa = evento.key;
    reloj = setTimeout(() => (previa = ""), ESPERA_SEGUNDA);
    if (hecho) evento.preventDefault();
  });
  document.querySelector("[data-abrir-atajos]")?.addEventListener("click", abrirAyuda);
}

function hacer(que, tecla) {
  if (que === "ayuda") return abrirAyuda();
  if (que === "buscar") return enfocarBuscador();
  if (que === "ir") return ir(tecla);
  return false;
}

function abrirAyuda() {
  document.querySelector("[data-menu]")?.removeAttribute("open");
  // A page with keys of its own lists them itself.
  (document.getElementById("dialogo_ayuda") ?? document.getElementById("atajos")).showModal();
  return true;
}

function enfocarBuscador() {
  const campo = document.querySelector('main input[type="search"]');
  campo?.focus();
  campo?.select();
  return Boolean(campo);
}

function ir(tecla) {
  const enlace = document.querySelector(`.navegacion [data-tecla="${tecla}"]`);
  enlace?.click();
  return Boolean(enlace);
}

function escribiendo(elemento) {
  return elemento.matches("input, textarea, select, [contenteditable]");
}
