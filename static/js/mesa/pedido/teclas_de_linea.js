// Keys inside a line's field, and the one that comes down to the lines.

import { estaEntero } from "../pantalla/campos.js";

/**
 * @typedef {import("./lineas.js").Lineas} Lineas
 * @typedef {import("../pantalla/campos.js").Campos} Campos
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 */

export class TeclasDeLinea {
  /**
   * @param {object} partes
   * @param {Pick<Lineas, "quitar" | "visibles">} partes.lineas
   * @param {Pick<Campos, "devolver">} partes.campos
   * @param {Pick<Foco, "enfocar" | "enfocarLinea" | "enfocarVecina">} partes.foco
   */
  constructor({ lineas, campos, foco }) {
    this.lineas = lineas;
    this.campos = campos;
    this.foco = foco;
  }

  /**
   * @param {KeyboardEvent} evento
   * @param {LineaALaVista} linea
   */
  alTeclear(evento, linea) {
    const { target: campo, key, ctrlKey, metaKey, altKey, isComposing } = evento;
    if (ctrlKey || metaKey || altKey || isComposing) return;
    if (!(campo instanceof HTMLInputElement)) return;
    const lugar = linea.lugar - 1;
    const columna = campo.dataset.columna ?? "";
    /** @type {Record<string, (() => unknown) | null>} */
    const acciones = {
      Enter: () => this.foco.enfocar("entrada_articulo"),
      Escape: () => this.abandonar(campo, linea),
      ArrowDown: () => this.foco.enfocarLinea(lugar + 1, columna),
      ArrowUp: () =>
        lugar ? this.foco.enfocarLinea(lugar - 1, columna) : this.foco.enfocar("entrada_articulo"),
      "-": () => this.quitar(campo, linea),
      Delete: estaEntero(campo) ? () => this.quitar(campo, linea) : null,
    };
    const accion = acciones[key];
    if (!accion) return;
    evento.preventDefault();
    accion();
  }

  /**
   * @param {Campo} campo
   * @param {LineaALaVista} linea
   */
  abandonar(campo, linea) {
    this.campos.devolver(campo, campo.value, valorDe(campo, linea));
    this.foco.enfocar("entrada_articulo");
  }

  /**
   * What is typed next is already the neighbour's.
   * @param {Campo} campo
   * @param {LineaALaVista} linea
   */
  quitar(campo, linea) {
    this.campos.devolver(campo, campo.value, valorDe(campo, linea));
    this.foco.enfocarVecina(campo);
    return this.lineas.quitar(linea, { enfocar: false });
  }

  /**
   * An arrow down in the empty entry row.
   * @param {KeyboardEvent} evento
   */
  bajar(evento) {
    const { target, ctrlKey, metaKey, altKey } = evento;
    // Alt and an arrow go to another client.
    if (ctrlKey || metaKey || altKey) return;
    const vacio = target instanceof HTMLInputElement && target.value === "";
    if (vacio && this.lineas.visibles().length) this.foco.enfocarLinea(0, "cantidad");
  }
}

/**
 * What the field of a line shows while nobody edits it.
 * @param {Campo} campo
 * @param {LineaALaVista} linea
 */
function valorDe(campo, linea) {
  return campo.dataset.columna === "precio" ? linea.precio : linea.cantidad;
}
