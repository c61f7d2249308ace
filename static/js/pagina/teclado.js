// Keys of every page: ? lists them, / goes to the search, g and a letter change the page.

import { hallar, porId } from "../comun/dom.js";

const ESPERA_SEGUNDA = 1_200;

/** @typedef {"ayuda" | "buscar" | "ir" | ""} Intencion */
/** @type {Record<string, Intencion>} */
const SUELTAS = { "?": "ayuda", "/": "buscar" };

/**
 * What a key means; `previa` is the key before it; pure.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">} evento
 * @param {string} previa
 * @returns {Intencion}
 */
export function intencion({ key, ctrlKey, metaKey, altKey }, previa) {
  if (ctrlKey || metaKey || altKey) return "";
  if (previa === "g" && /^[a-z]$/.test(key)) return "ir";
  return SUELTAS[key] ?? "";
}

export function iniciarTeclado() {
  let previa = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reloj;
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

/**
 * @param {Intencion} que
 * @param {string} tecla
 */
function hacer(que, tecla) {
  if (que === "ayuda") return abrirAyuda();
  if (que === "buscar") return enfocarBuscador();
  if (que === "ir") return ir(tecla);
  return false;
}

function abrirAyuda() {
  document.querySelector("[data-menu]")?.removeAttribute("open");
  // A page with keys of its own lists them itself.
  const suya = hallar(document, "dialog#dialogo_ayuda", HTMLDialogElement);
  (suya ?? porId("atajos", HTMLDialogElement)).showModal();
  return true;
}

function enfocarBuscador() {
  const campo = hallar(document, 'main input[type="search"]', HTMLInputElement);
  campo?.focus();
  campo?.select();
  return Boolean(campo);
}

/** @param {string} tecla */
function ir(tecla) {
  const enlace = hallar(document, `.navegacion [data-tecla="${tecla}"]`, HTMLElement);
  enlace?.click();
  return Boolean(enlace);
}

/** @param {EventTarget | null} elemento */
function escribiendo(elemento) {
  return (
    elemento instanceof Element && elemento.matches("input, textarea, select, [contenteditable]")
  );
}
