// Doing something to the notebook: it is done and shown, or said in words why it cannot be.

import { CuotaLlena } from "../../comun/almacen.js";
import { avisar } from "../../pagina/avisos.js";
import { PedidoInvalido } from "../../cuaderno/pedidos.js";
import { frase } from "../../comun/frases.js";
import { OtraPestana } from "../../pestanas/titular.js";

/**
 * @typedef {import("./custodia.js").Custodia} Custodia
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {import("./titularidad.js").Titularidad} Titularidad
 */

export class Intento {
  /**
   * @param {object} partes
   * @param {Pick<Pantalla, "refrescar">} partes.pantalla
   * @param {Pick<Custodia, "decir">} partes.custodia
   * @param {Pick<Titularidad, "alCambiar">} partes.titularidad
   */
  constructor({ pantalla, custodia, titularidad }) {
    this.pantalla = pantalla;
    this.custodia = custodia;
    this.titularidad = titularidad;
  }

  /**
   * Whether it could be done; a fault of ours is thrown on. The screen is brought to what is kept.
   * @param {() => unknown} tarea
   */
  async hacer(tarea) {
    try {
      await tarea();
      return true;
    } catch (error) {
      if (error instanceof PedidoInvalido) this.rechazar(error.codigo);
      else if (error instanceof CuotaLlena) this.custodia.decir("cuota");
      else if (error instanceof OtraPestana) this.titularidad.alCambiar(false);
      else throw error;
      return false;
    } finally {
      this.pantalla.refrescar();
    }
  }

  /**
   * Say why something cannot be.
   * @param {string} codigo of a sentence
   */
  rechazar(codigo) {
    this.decir(frase(codigo));
  }

  /** @param {string} motivo a sentence */
  decir(motivo) {
    avisar(motivo, { nivel: "aviso" });
  }
}
