// Toasts: short sentences that leave by themselves, unless they ask for something.

import { alrededor, porId, todos, uno } from "../comun/dom.js";

/** @typedef {"exito" | "info" | "aviso" | "peligro"} Nivel */

/** @type {Record<Nivel, string>} */
const ICONOS = {
  exito: "check-circle",
  info: "info-circle",
  aviso: "exclamation-triangle",
  peligro: "exclamation-octagon",
};
const DURACION = 6_000;
const DURACION_CON_ACCION = 10_000;
const MAXIMO = 3;

/**
 * Show a toast. `accion` is the word of its button and `alAccionar` what it does. A danger stays
 * until it is closed. Returns a function that takes the toast away.
 * @param {string} texto
 * @param {{nivel?: Nivel, accion?: string, alAccionar?: (() => unknown) | null}} [opciones]
 */
export function avisar(texto, { nivel = "info", accion = "", alAccionar = null } = {}) {
  const region = porId("avisos", HTMLElement);
  const aviso = crear(region, texto, nivel);
  const cerrar = () => aviso.remove();
  if (accion) {
    const hacer = () => {
      cerrar();
      alAccionar?.();
    };
    uno(aviso, ".btn-close", HTMLElement).before(boton(accion, hacer));
  }
  while (region.children.length >= MAXIMO) region.firstElementChild?.remove();
  region.append(aviso);
  if (nivel !== "peligro") caducar(aviso, accion ? DURACION_CON_ACCION : DURACION);
  return cerrar;
}

/** Give life to those the server drew, and close any of them by its button. */
export function iniciarAvisos() {
  const region = porId("avisos", HTMLElement);
  region.addEventListener("click", (evento) => {
    if (alrededor(evento, ".btn-close")) alrededor(evento, ".aviso")?.remove();
  });
  for (const aviso of todos(region, "[data-aviso]", HTMLElement)) {
    if (!aviso.classList.contains("aviso-peligro")) caducar(aviso, DURACION);
  }
}

/**
 * @param {HTMLElement} region
 * @param {string} texto
 * @param {Nivel} nivel
 */
function crear(region, texto, nivel) {
  const aviso = document.createElement("div");
  aviso.className = `aviso aviso-${nivel}`;
  // Read out before whatever else is being read.
  if (nivel === "peligro") aviso.setAttribute("role", "alert");
  const frase = document.createElement("span");
  frase.className = "aviso-texto";
  frase.textContent = texto;
  const cierre = document.createElement("button");
  cierre.type = "button";
  cierre.className = "btn-close";
  cierre.setAttribute("aria-label", region.dataset.cerrar ?? "");
  aviso.append(icono(region.dataset.iconos ?? "", ICONOS[nivel]), frase, cierre);
  return aviso;
}

/**
 * @param {string} palabra
 * @param {() => void} alPulsar
 */
function boton(palabra, alPulsar) {
  const elemento = document.createElement("button");
  elemento.type = "button";
  elemento.className = "btn btn-sm btn-outline-secondary";
  elemento.textContent = palabra;
  elemento.addEventListener("click", alPulsar);
  return elemento;
}

/**
 * @param {string} hoja
 * @param {string} nombre
 */
function icono(hoja, nombre) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icono");
  svg.setAttribute("aria-hidden", "true");
  const uso = document.createElementNS(SVG, "use");
  uso.setAttribute("href", `${hoja}#${nombre}`);
  svg.append(uso);
  return svg;
}

// Whoever is reading it, or has the keyboard on it, is not interrupted.
/**
 * @param {HTMLElement} aviso
 * @param {number} milisegundos
 */
function caducar(aviso, milisegundos) {
  let reloj = setTimeout(() => aviso.remove(), milisegundos);
  const parar = () => clearTimeout(reloj);
  const seguir = () => {
    parar();
    reloj = setTimeout(() => aviso.remove(), milisegundos);
  };
  aviso.addEventListener("pointerenter", parar);
  aviso.addEventListener("focusin", parar);
  aviso.addEventListener("pointerleave", seguir);
  aviso.addEventListener("focusout", seguir);
}
