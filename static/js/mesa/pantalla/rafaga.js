// A scanner anywhere on the desk: a barcode that comes faster than hands type is an article for the
// entry row, and no number of the field, no answer of the dialog, no press of the button in focus.

import { digitoBien, esDeBarras, partir } from "../../lectura/codigos.js";

/**
 * @typedef {import("../pedido/lector.js").Lector} Lector
 * @typedef {import("./foco.js").Foco} Foco
 * @typedef {{campo: EventTarget | null, valor: string, destino: ReturnType<Lector["destino"]>}} Antes
 * @typedef {Pick<KeyboardEvent, "key" | "timeStamp" | "target" | "ctrlKey" | "metaKey" | "altKey"
 *   | "isComposing" | "repeat" | "preventDefault" | "stopImmediatePropagation">} Tecla
 */

// Milliseconds. Between two keys of a scanner, and of no hand; after its last key, as the next one
// tells; and until nobody need come to tell, with a moment more for keys that a busy page has not
// seen yet.
const PASO = 50;
const FIN = 150;
const SILENCIO = 800;
const ENTRADA = "entrada_articulo";
// Clients are looked for by figures too.
const AJENOS = new Set(["entrada_cliente"]);

export class Rafaga {
  /**
   * @param {object} partes
   * @param {Pick<Lector, "destino" | "encolar">} partes.lector
   * @param {Pick<Foco, "enfocar">} partes.foco
   */
  constructor({ lector, foco }) {
    this.lector = lector;
    this.foco = foco;
    this.texto = "";
    this.ultima = -Infinity;
    /** Until when a final key belongs to a code that was served. */
    this.servida = -Infinity;
    /** @type {Antes} where it began, what was there, and which order was on the screen */
    this.antes = { campo: null, valor: "", destino: lector.destino() };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.espera = undefined;
  }

  /**
   * Each key of the page, before anybody else has it.
   * @param {Tecla} evento
   */
  alTeclear(evento) {
    const { key, timeStamp, ctrlKey, metaKey, altKey, isComposing, repeat } = evento;
    clearTimeout(this.espera);
    const sola = !(ctrlKey || metaKey || altKey || isComposing || repeat);
    const esFinal = sola && (key === "Enter" || key === "Tab");
    // A line feed is Ctrl+J.
    const esResto = esFinal || (ctrlKey && key === "j");
    if (esResto && timeStamp <= this.servida) return callar(evento);
    if (key === "Shift") return undefined;
    if (!sola) return this.olvidar();
    if (key.length === 1) return this.juntar(evento);
    const seguida = timeStamp - this.ultima <= PASO;
    if (esFinal && seguida && this.esCodigo()) return this.terminar(evento);
    return this.olvidar();
  }

  /** @param {Tecla} evento */
  juntar({ key, timeStamp, target }) {
    // On a busy page the silence is over before it was noticed. Half a code may have the length of
    // one: a scanner that only stammered goes on.
    if (timeStamp - this.ultima > FIN && this.esCodigo() && this.estaEntero()) this.servir();
    if (timeStamp - this.ultima > PASO) {
      this.texto = "";
      const valor = escribible(target) ? target.value : "";
      this.antes = { campo: target, valor, destino: this.lector.destino() };
    }
    this.texto += key;
    this.ultima = timeStamp;
    this.servida = -Infinity;
    if (this.esCodigo()) this.espera = setTimeout(() => this.callarse(), SILENCIO);
  }

  callarse() {
    this.espera = setTimeout(() => this.servir(), PASO);
  }

  esCodigo() {
    const { campo } = this.antes;
    const ajeno = campo instanceof HTMLElement && AJENOS.has(campo.id);
    return !ajeno && esDeBarras(partir(this.texto).texto);
  }

  estaEntero() {
    return digitoBien(partir(this.texto).texto);
  }

  /** @param {Tecla} evento the scanner's Enter or Tab */
  terminar(evento) {
    this.servida = evento.timeStamp + FIN;
    if (this.servir()) callar(evento);
  }

  enLaEntrada() {
    const { campo } = this.antes;
    return campo instanceof HTMLElement && campo.id === ENTRADA;
  }

  /** Whether what was read is a code: with something else before it, the field has to say. */
  servir() {
    const { campo, valor, destino } = this.antes;
    const propia = this.enLaEntrada() && escribible(campo);
    // In the entry row a hand may have written how many before it.
    const texto = propia ? campo.value : this.texto;
    this.olvidar();
    if (!this.lector.encolar(texto, destino)) return false;
    if (escribible(campo)) {
      campo.value = propia ? "" : valor;
      campo.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // Whoever scans goes on loading: what was being asked waits.
    const dialogo = document.querySelector("dialog[open]");
    if (dialogo instanceof HTMLDialogElement) dialogo.close();
    this.foco.enfocar(ENTRADA);
    return true;
  }

  olvidar() {
    this.texto = "";
    this.ultima = -Infinity;
  }
}

/** @param {Pick<Tecla, "preventDefault" | "stopImmediatePropagation">} evento */
function callar(evento) {
  evento.preventDefault();
  evento.stopImmediatePropagation();
}

/**
 * @param {EventTarget | null} campo
 * @returns {campo is HTMLInputElement | HTMLTextAreaElement}
 */
function escribible(campo) {
  return campo instanceof HTMLInputElement || campo instanceof HTMLTextAreaElement;
}
