// What a picker asks, here and of the server, and whose answer its list is: of one text, for one
// client and order. Taken, emptied or for somebody else, it is nobody's any more, and what arrives for
// it changes nothing.

import { todos } from "./dom.js";

/**
 * @typedef {object} Marcada the row that is marked while another list comes, and where it stands
 * @property {HTMLElement} opcion
 * @property {number} lugar
 * @property {number} alto of the list's scroll
 */

export class Preguntas {
  /**
   * @param {object} partes
   * @param {HTMLInputElement} partes.entrada
   * @param {() => HTMLElement} partes.raiz what holds the list; the server's answers replace it
   * @param {() => string} partes.texto what is asked for now; "" when nothing is
   * @param {() => string} partes.para whom for
   * @param {(q: string) => Promise<(() => void) | null>} partes.buscar see Combobox
   * @param {() => Marcada | null} partes.marcada
   * @param {(llegada: {marcada: Marcada | null, servidor: boolean}) => void} partes.alLlegar what
   *   the list says by now is the answer
   * @param {() => void} partes.alFaltar nothing here answers
   */
  constructor({ entrada, raiz, texto, para, buscar, marcada, alLlegar, alFaltar }) {
    this.entrada = entrada;
    this.raiz = raiz;
    this.texto = texto;
    this.para = para;
    this.buscar = buscar;
    this.marcada = marcada;
    this.alLlegar = alLlegar;
    this.alFaltar = alFaltar;
    this.vez = 0;
    /** @type {string | null} the last one that was asked; null when nobody waits for an answer */
    this.hecha = null;
    /** @type {string | null} the one that the list answers */
    this.contestada = null;
    /** @type {WeakMap<XMLHttpRequest, string>} */
    this.pedidas = new WeakMap();
    /** @type {{xhr: XMLHttpRequest, marcada: Marcada | null} | null} what the server brings now */
    this.trae = null;
    this.escuchar();
  }

  /** What would be asked now, as one word; "" when nothing is. */
  get actual() {
    const texto = this.texto();
    return texto && JSON.stringify([this.vez, texto, this.para()]);
  }

  /** Whether the list answers what would be asked now. */
  get alDia() {
    return this.contestada !== null && this.contestada === this.actual;
  }

  /** Whether somebody asked, and has not had his answer taken. */
  get viva() {
    return this.hecha !== null;
  }

  escuchar() {
    const { entrada } = this;
    entrada.addEventListener("htmx:beforeRequest", (evento) => {
      // Taken or emptied while htmx waited for the next key.
      if (!this.viva || this.actual === "") evento.preventDefault();
      this.pedidas.set(evento.detail.xhr, this.actual);
    });
    entrada.addEventListener("htmx:afterRequest", ({ detail }) => this.alResponder(detail));
    // It happens to the list that is being replaced.
    const contenedor = this.raiz().parentElement ?? document.body;
    contenedor.addEventListener("htmx:beforeSwap", ({ detail }) => this.alTraer(detail));
  }

  /** Ask here; of what was asked before nothing comes any more. */
  async preguntar() {
    const esta = this.actual;
    if (esta === "") return;
    this.hecha = esta;
    const pintar = await this.buscar(this.texto());
    // The server may have been quicker, and knows better.
    if (esta !== this.actual || this.alDia) return;
    if (pintar === null) return this.alFaltar();
    pintar();
    this.contestada = esta;
    this.alLlegar({ marcada: null, servidor: false });
  }

  /** Ask again, of the server too: nobody has written, and htmx does not know. */
  insistir() {
    const hecho = this.preguntar();
    window.htmx.trigger(this.entrada, "buscar");
    return hecho;
  }

  /** Whoever it was for may be another. */
  revisar() {
    if (this.viva && this.hecha !== this.actual) void this.insistir();
  }

  /** The answer was taken, or is not wanted. */
  olvidar() {
    this.vez += 1;
    this.hecha = null;
    this.contestada = null;
  }

  /** @param {DetalleHtmx} detalle */
  esDeAhora({ xhr }) {
    return this.viva && this.pedidas.get(xhr) === this.actual;
  }

  /**
   * An answer of the server before it is shown: it is not if it is nobody's, or if all it says is
   * there; and it does not take the row away that somebody is about to take.
   * @param {DetalleHtmx} detalle
   */
  alTraer(detalle) {
    const raiz = this.raiz();
    if (detalle.target !== raiz || !detalle.shouldSwap) return;
    if (!this.esDeAhora(detalle)) {
      detalle.shouldSwap = false;
      return;
    }
    const marcada = this.alDia ? this.marcada() : null;
    const nueva = leida(detalle.serverResponse, raiz.id);
    if (this.alDia && (dicenLoMismo(raiz, nueva) || (marcada && filasDe(nueva).length === 0)))
      detalle.shouldSwap = false;
    this.trae = { xhr: detalle.xhr, marcada };
  }

  /** @param {DetalleHtmx} detalle */
  alResponder(detalle) {
    const { trae } = this;
    this.trae = null;
    if (trae?.xhr !== detalle.xhr || !this.esDeAhora(detalle)) return;
    this.contestada = this.actual;
    this.alLlegar({ marcada: trae.marcada, servidor: true });
  }
}

/**
 * @param {string} html
 * @param {string} id
 */
function leida(html, id) {
  return new DOMParser().parseFromString(html, "text/html").getElementById(id);
}

/** @param {Element | null} raiz */
function filasDe(raiz) {
  return raiz ? todos(raiz, "[role=option]", HTMLElement) : [];
}

/**
 * Whether a list shows what the server's says.
 * @param {HTMLElement} raiz
 * @param {HTMLElement | null} nueva
 */
function dicenLoMismo(raiz, nueva) {
  const [estas, otras] = [filasDe(raiz), filasDe(nueva)];
  const iguales =
    estas.length === otras.length && otras.every((otra, i) => esLaMisma(estas[i], otra));
  return iguales && palabras(raiz) === palabras(nueva);
}

/**
 * @param {HTMLElement} esta
 * @param {HTMLElement} otra
 */
function esLaMisma(esta, otra) {
  return (
    esta.id === otra.id &&
    Object.entries(otra.dataset).every(([dato, valor]) => esta.dataset[dato] === valor)
  );
}

/** @param {Element | null} raiz */
function palabras(raiz) {
  return raiz?.textContent?.replace(/\s+/g, " ").trim();
}
