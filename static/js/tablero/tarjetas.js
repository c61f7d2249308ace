// The cards on the screen: brought up to date around whatever somebody is writing.

import { Idiomorph } from "../../vendor/idiomorph.js";

import { pideEntrar } from "../comun/rechazos.js";
import { porId, todos, uno } from "../comun/dom.js";

/** @typedef {Partial<Pick<HTMLInputElement, "type" | "checked" | "value" | "defaultValue">>} Campo */

const PLAZO = 8_000;
// What the person and the page set on a card: not the server's to take back.
const PROPIOS = new Set(["open", "data-listo", "disabled"]);

/**
 * Whether something was written or chosen in a form; pure.
 * @param {Campo[]} campos
 */
export function tieneEscrito(campos) {
  return campos.some(({ type, checked, value, defaultValue }) =>
    type === "radio" || type === "checkbox" ? checked === true : value !== (defaultValue ?? ""),
  );
}

export class Tarjetas {
  /**
   * @param {object} partes
   * @param {() => HTMLElement} partes.raiz the board as it is now
   * @param {() => string} partes.url
   * @param {(cambio: {llegaron: number}) => void} partes.alCambiar
   */
  constructor({ raiz, url, alCambiar }) {
    this.raiz = raiz;
    this.url = url;
    this.alCambiar = alCambiar;
    this.ultima = url();
    this.etag = "";
    this.quitadas = 0;
  }

  /**
   * Ask for the board and show it: "fuera" when the session ended.
   * @returns {Promise<"bien" | "mal" | "fuera">}
   */
  async traer() {
    const [url, quitadas] = [this.url(), this.quitadas];
    const headers = new Headers({ "HX-Request": "true" });
    if (this.etag && url === this.ultima) headers.set("If-None-Match", this.etag);
    const respuesta = await fetch(url, {
      headers,
      cache: "no-store",
      signal: AbortSignal.timeout(PLAZO),
    });
    if (pideEntrar(respuesta.status)) return "fuera";
    if (!respuesta.ok && respuesta.status !== 304) return "mal";
    const html = respuesta.ok ? await respuesta.text() : "";
    // Drawn before a card was dealt with, it would bring it back: whoever dealt with it asks again.
    if (quitadas === this.quitadas) {
      if (html) this.mostrar(html, { otraVista: url !== this.ultima });
      [this.ultima, this.etag] = [url, respuesta.headers.get("ETag") ?? ""];
    }
    this.raiz().dataset.boleto = respuesta.headers.get("Boleto") ?? "";
    return "bien";
  }

  /**
   * Draw the board; `otraVista`: other filters, so that nothing arrived.
   * @param {string} html
   */
  mostrar(html, { otraVista = false } = {}) {
    const pagina = new DOMParser().parseFromString(html, "text/html");
    const nuevo = uno(pagina, "#tablero", HTMLElement);
    const antes = new Set(this.todas().map(({ id }) => id));
    const [lugar, fijar] = [this.lugarDelFoco(), this.fijar()];
    conservar(this.raiz(), nuevo);
    Idiomorph.morph(this.raiz(), nuevo, {
      morphStyle: "outerHTML",
      callbacks: {
        beforeNodeMorphed: puedeCambiar,
        /** @param {string} atributo */
        beforeAttributeUpdated: (atributo) => !PROPIOS.has(atributo),
      },
    });
    fijar();
    this.volverAlFoco(lugar);
    const llegaron = otraVista ? 0 : this.todas().filter(({ id }) => !antes.has(id)).length;
    this.alCambiar({ llegaron });
  }

  /**
   * Take a card away before the server's next drawing does; what it held is done with.
   * @param {Element | null | undefined} tarjeta
   */
  quitar(tarjeta) {
    const [lugar, fijar] = [
      tarjeta?.contains(document.activeElement) ? this.lugarDelFoco() : -1,
      this.fijar(),
    ];
    tarjeta?.closest("li")?.remove();
    this.etag = "";
    this.quitadas += 1;
    fijar();
    this.volverAlFoco(lugar);
  }

  /** Whether somebody would lose what they wrote. */
  hayEscrito() {
    return this.todas().some(enUso);
  }

  todas() {
    return todos(this.raiz(), "[data-tarjeta]", HTMLElement);
  }

  lugarDelFoco() {
    return this.todas().findIndex((tarjeta) => tarjeta.contains(document.activeElement));
  }

  // Whoever works by keyboard goes on with the card that took the place of the one that left.
  /** @param {number} lugar */
  volverAlFoco(lugar) {
    if (lugar < 0 || this.lugarDelFoco() >= 0) return;
    const todas = this.todas();
    (todas[Math.min(lugar, todas.length - 1)] ?? this.raiz()).focus();
  }

  // The card in use, else the first in sight, stays where it is on the screen.
  fijar() {
    const marco = porId("carrusel", HTMLElement);
    const borde = marco.getBoundingClientRect().left;
    const todas = this.todas();
    const ancla =
      todas[this.lugarDelFoco()] ??
      todas.find((tarjeta) => tarjeta.getBoundingClientRect().left >= borde);
    const antes = ancla?.getBoundingClientRect().left ?? 0;
    return () => {
      if (!ancla?.isConnected) return;
      marco.scrollBy({ left: ancla.getBoundingClientRect().left - antes, behavior: "instant" });
    };
  }
}

/**
 * A card whose survey somebody began, or is in.
 * @param {Element | null} tarjeta
 */
function enUso(tarjeta) {
  const formulario = tarjeta?.querySelector("form[data-encuesta]");
  if (!(formulario instanceof HTMLFormElement)) return false;
  const campos = [...formulario.elements].filter(seEscribe);
  // Drawn again by the server with what was written: it is nobody's default.
  return (
    "escrito" in formulario.dataset ||
    tieneEscrito(campos) ||
    campos.some((campo) => campo === document.activeElement)
  );
}

/**
 * @param {Element} control
 * @returns {control is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement}
 */
function seEscribe(control) {
  if (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) return true;
  return control instanceof HTMLInputElement && !["submit", "button"].includes(control.type);
}

/**
 * @param {Node} vieja
 * @param {Node} nueva
 */
function puedeCambiar(vieja, nueva) {
  if (!(vieja instanceof Element)) return true;
  if (vieja.matches("form[data-encuesta]")) return !enUso(vieja.closest("[data-tarjeta]"));
  // The gap of a card that left, and what was asked for beside the board.
  const hueco = nueva instanceof HTMLElement && "conservada" in nueva.dataset;
  return !hueco && !vieja.matches("[data-pedida]");
}

/**
 * A card that left while somebody was writing in it keeps its place, and says so.
 * @param {HTMLElement} viejo
 * @param {HTMLElement} nuevo
 */
function conservar(viejo, nuevo) {
  /** @type {Element | null} */
  let anterior = null;
  for (const lugar of viejo.querySelectorAll("#carrusel > li")) {
    const tarjeta = lugar.firstElementChild;
    /** @type {Element | null} */
    let suyo = nuevo.querySelector(`#${lugar.id}`);
    if (!suyo && tarjeta instanceof HTMLElement && enUso(tarjeta)) {
      suyo = nuevo.ownerDocument.createElement("li");
      suyo.id = lugar.id;
      suyo.setAttribute("data-conservada", "");
      if (anterior) anterior.after(suyo);
      else uno(nuevo, "#carrusel", HTMLElement).prepend(suyo);
      tarjeta.dataset.retirada = "";
    }
    anterior = suyo ?? anterior;
  }
}
