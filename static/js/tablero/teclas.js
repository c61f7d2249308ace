// Keys and buttons of the board: arrows move along the cards, letters press a card's buttons.

import { alrededor, hallar, porId } from "../comun/dom.js";

/** @typedef {Pick<import("./tarjetas.js").Tarjetas, "todas" | "quitar">} Mazo */

const CONFIRMAR = 5_000;
const SEGUNDA = 1_200;

/**
 * What a key asks for: a step, "salir", "responder", "enviar", a button's letter, or ""; pure. A key
 * held down repeats its steps and nothing else: the second press of a button confirms the first.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey"> &
 *   Partial<Pick<KeyboardEvent, "repeat" | "isComposing">>} evento
 * @param {{escribe: boolean, enTarjeta: boolean, trasG: boolean}} lugar
 * @returns {number | string}
 */
export function intencion(
  { key, ctrlKey, metaKey, altKey, repeat, isComposing },
  { escribe, enTarjeta, trasG },
) {
  if (isComposing || (repeat && !key.startsWith("Arrow"))) return "";
  if (key === "Enter" && (ctrlKey || metaKey) && !altKey) return enTarjeta ? "enviar" : "";
  if (ctrlKey || metaKey || altKey) return "";
  if (key === "Escape") return enTarjeta ? "salir" : "";
  if (escribe) return "";
  if (key === "ArrowRight") return 1;
  if (key === "ArrowLeft") return -1;
  if (!enTarjeta || trasG || !/^[a-z]$/.test(key)) return "";
  return key === "r" ? "responder" : key;
}

/**
 * @param {Mazo} tarjetas
 * @param {() => void} alDescartar
 */
export function iniciarTeclas(tarjetas, alDescartar) {
  let trasG = false;
  document.addEventListener("keydown", (evento) => {
    if (evento.defaultPrevented || document.querySelector("dialog[open]")) return;
    const tarjeta = alrededor(evento, "[data-tarjeta]");
    const lugar = {
      escribe: alrededor(evento, "input, textarea, select") !== null,
      enTarjeta: tarjeta !== null,
      trasG,
    };
    if (hacer(intencion(evento, lugar), tarjeta, tarjetas)) evento.preventDefault();
    trasG = evento.key === "g" && !lugar.escribe;
    if (trasG) setTimeout(() => (trasG = false), SEGUNDA);
  });
  document.addEventListener("click", (evento) => alPulsar(evento, tarjetas, alDescartar), true);
}

/**
 * Whether there was something to do.
 * @param {number | string} que
 * @param {HTMLElement | null} tarjeta
 * @param {Mazo} tarjetas
 */
function hacer(que, tarjeta, tarjetas) {
  if (que === "") return false;
  if (typeof que === "number") return mover(tarjetas.todas(), tarjeta, que);
  if (!tarjeta) return false;
  const formulario = hallar(tarjeta, "form[data-encuesta]", HTMLFormElement);
  if (que === "salir") tarjeta.focus();
  else if (que === "enviar") formulario?.requestSubmit();
  else if (que === "responder") responder(formulario);
  else return pulsar(tarjeta, que);
  return true;
}

/** @param {HTMLFormElement | null} formulario */
function responder(formulario) {
  formulario?.closest("details")?.setAttribute("open", "");
  const campo = formulario?.querySelector("input, textarea");
  if (campo instanceof HTMLElement) campo.focus();
}

/**
 * @param {HTMLElement} tarjeta
 * @param {string} letra
 */
function pulsar(tarjeta, letra) {
  const boton = hallar(tarjeta, `[data-tecla="${letra}"]`, HTMLElement);
  boton?.click();
  return Boolean(boton);
}

/**
 * @param {HTMLElement[]} todas
 * @param {HTMLElement | null} desde
 * @param {number} paso
 */
function mover(todas, desde, paso) {
  const lugar = desde ? todas.indexOf(desde) + paso : 0;
  const destino = todas[Math.max(0, Math.min(lugar, todas.length - 1))];
  destino?.focus();
  destino?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(destino);
}

/**
 * @param {MouseEvent} evento
 * @param {Mazo} tarjetas
 * @param {() => void} alDescartar
 */
function alPulsar(evento, tarjetas, alDescartar) {
  const flecha = alrededor(evento, "[data-mover]");
  if (flecha) pasar(Number(flecha.dataset.mover));
  const descarte = alrededor(evento, "[data-descartar]");
  if (descarte) {
    tarjetas.quitar(descarte.closest("[data-tarjeta]"));
    alDescartar();
  }
  const boton = alrededor(evento, "[data-confirmar]");
  if (boton && !("listo" in boton.dataset)) {
    // The first press asks, the second one does: neither is undone from here.
    evento.preventDefault();
    evento.stopImmediatePropagation();
    boton.dataset.listo = "";
    setTimeout(() => delete boton.dataset.listo, CONFIRMAR);
  }
}

// A screenful of cards.
/** @param {number} paso */
function pasar(paso) {
  const marco = porId("carrusel", HTMLElement);
  marco.scrollBy({ left: paso * marco.clientWidth * 0.9 });
}
