// This computer's clock: one that is wrong is said; it dates no order.

import { dia, hora } from "../../comun/momento.js";
import { frase } from "../../comun/frases.js";

export class RelojDeMesa {
  /**
   * @param {object} partes
   * @param {VistaDeReloj} partes.vista
   * @param {Pick<ServiciosDeMesa["reloj"], "equivocado">} partes.reloj
   */
  constructor({ vista, reloj }) {
    this.vista = vista;
    this.reloj = reloj;
  }

  mirar() {
    const ahora = new Date();
    this.vista.relojMal = this.reloj.equivocado()
      ? `${frase("reloj")} (${hora(ahora)} del ${dia(ahora)}).`
      : "";
  }
}
