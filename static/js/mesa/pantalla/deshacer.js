// What was taken away, and how to have it back: a click, or Ctrl+Z, the last one first.

import { avisar } from "../../pagina/avisos.js";

/**
 * @typedef {import("./foco.js").Foco} Foco
 * @typedef {import("./intento.js").Intento} Intento
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {{cliente: string | null, deshacer: () => Promise<void>}} Deshacible
 */

export class Deshacer {
  /**
   * @param {object} partes
   * @param {Pick<Pantalla, "seguir">} partes.pantalla
   * @param {Pick<Intento, "hacer">} partes.intento
   * @param {Pick<Foco, "enfocar" | "mirar">} partes.foco
   */
  constructor({ pantalla, intento, foco }) {
    this.intento = intento;
    this.foco = foco;
    /** @type {Deshacible[]} */
    this.deshacibles = [];
    pantalla.seguir((estado) => this.olvidar(estado));
  }

  /**
   * Say what was taken away; what was taken out of an order (`cliente`) goes with it.
   * @param {string} texto
   * @param {() => unknown} tarea brings it back
   * @param {string | null} [cliente]
   */
  ofrecer(texto, tarea, cliente = null) {
    const deshacer = async () => {
      if (!this.deshacibles.some((otro) => otro.deshacer === deshacer)) return;
      cerrar();
      const sigue = this.foco.mirar();
      // At once: the next Ctrl+Z is for the one before.
      const este = { cliente, deshacer };
      this.deshacibles = this.deshacibles.filter((otro) => otro.deshacer !== deshacer);
      if (!(await this.intento.hacer(tarea))) this.deshacibles = [...this.deshacibles, este];
      if (sigue()) this.foco.enfocar("entrada_articulo");
    };
    this.deshacibles = [...this.deshacibles, { cliente, deshacer }];
    const cerrar = avisar(texto, { nivel: "info", accion: "Deshacer", alAccionar: deshacer });
  }

  /** How to undo the last one; undefined when there is none. */
  ultimo() {
    return this.deshacibles.at(-1)?.deshacer;
  }

  /** @param {Pick<EstadoDeMesa, "orders">} estado what is still open */
  olvidar({ orders }) {
    this.deshacibles = this.deshacibles.filter(
      ({ cliente }) => cliente === null || orders[cliente],
    );
  }
}
