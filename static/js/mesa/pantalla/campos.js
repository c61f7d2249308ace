// Fields that are edited in place: what they show, and what is never written over.

/** @typedef {import("./intento.js").Intento} Intento */

export class Campos {
  /**
   * @param {object} partes
   * @param {Pick<Intento, "decir">} partes.intento
   */
  constructor({ intento }) {
    this.intento = intento;
    /** @type {WeakMap<Campo, string>} what each field was given to show */
    this.mostrados = new WeakMap();
  }

  /**
   * What a field has to show: the line's, but not over what somebody is writing in it.
   * @param {Campo} campo
   * @param {string} valor
   */
  mostrar(campo, valor) {
    const escribe =
      document.activeElement === campo &&
      this.mostrados.has(campo) &&
      campo.value !== this.mostrados.get(campo);
    if (escribe) return campo.value;
    this.mostrados.set(campo, valor);
    return valor;
  }

  /**
   * After an edit of `escrito`; what is in the field by now may be the next one.
   * @param {Campo} campo
   * @param {string} escrito
   * @param {string} valor
   */
  devolver(campo, escrito, valor) {
    if (campo.value !== escrito) return;
    this.mostrados.set(campo, valor);
    campo.value = valor;
  }

  /**
   * What was written cannot be: it is said why, and the one before stands there chosen whole.
   * @param {Campo} campo
   * @param {string} anterior
   * @param {string} motivo a sentence
   * @returns {false}
   */
  rehusar(campo, anterior, motivo) {
    campo.value = anterior;
    campo.select();
    this.intento.decir(motivo);
    return false;
  }
}

/**
 * Whether all that is written is selected, or nothing is written; pure.
 * @param {Pick<Campo | HTMLTextAreaElement, "value" | "selectionStart" | "selectionEnd">} campo
 */
export function estaEntero({ value, selectionStart, selectionEnd }) {
  return (selectionEnd ?? 0) - (selectionStart ?? 0) === value.length;
}
