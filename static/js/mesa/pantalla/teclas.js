// Keys that work everywhere on the desk.

import { estaEntero } from "./campos.js";
import { abrirAyuda } from "./dialogos.js";

/**
 * @typedef {import("./clientes.js").Clientes} Clientes
 * @typedef {import("./deshacer.js").Deshacer} Deshacer
 * @typedef {import("./foco.js").Foco} Foco
 * @typedef {import("./rail.js").Rail} Rail
 * @typedef {import("../despacho/despacho.js").Despacho} Despacho
 */

export class Teclas {
  /**
   * @param {object} partes
   * @param {Pick<Despacho, "confirmar">} partes.despacho
   * @param {Pick<Deshacer, "ultimo">} partes.deshacer
   * @param {Pick<Clientes, "otro">} partes.clientes
   * @param {Pick<Rail, "buscar">} partes.rail
   * @param {Pick<Foco, "escribiendo">} partes.foco
   */
  constructor({ despacho, deshacer, clientes, rail, foco }) {
    this.despacho = despacho;
    this.deshacer = deshacer;
    this.clientes = clientes;
    this.rail = rail;
    this.foco = foco;
  }

  /** @param {KeyboardEvent} evento */
  alTeclear(evento) {
    const { key, ctrlKey, metaKey, altKey, target } = evento;
    if (document.querySelector("dialog[open]")) return;
    const conCtrl = (ctrlKey || metaKey) && !altKey;
    /** @type {Record<string, (() => unknown) | false | undefined>} */
    let acciones = {};
    if (conCtrl)
      acciones = {
        Enter: () => this.despacho.confirmar(),
        z: puedeDeshacer(target) && this.deshacer.ultimo(),
      };
    else if (altKey)
      acciones = {
        ArrowDown: () => this.clientes.otro(1),
        ArrowUp: () => this.clientes.otro(-1),
      };
    else if (!this.foco.escribiendo(target))
      acciones = { "/": () => this.rail.buscar(), "?": abrirAyuda };
    const accion = acciones[key];
    if (!accion) return;
    evento.preventDefault();
    accion();
  }
}

/**
 * A field half written keeps the browser's own undo.
 * @param {EventTarget | null} campo
 */
function puedeDeshacer(campo) {
  const escribible = campo instanceof HTMLInputElement || campo instanceof HTMLTextAreaElement;
  return !escribible || estaEntero(campo);
}
