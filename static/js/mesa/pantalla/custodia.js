// Whether what is kept here is safe: room, damage, and what the browser may throw away.

import { pedirPermanencia } from "../../sin_linea/permanencia.js";
import { frase } from "../../comun/frases.js";

/** @typedef {import("./pantalla.js").Pantalla} Pantalla */

export class Custodia {
  /**
   * @param {object} partes
   * @param {VistaDeCustodia} partes.vista
   * @param {Pick<ServiciosDeMesa["almacen"], "danados">} partes.almacen
   * @param {Pick<Pantalla, "seguir">} partes.pantalla
   */
  constructor({ vista, almacen, pantalla }) {
    this.vista = vista;
    this.almacen = almacen;
    this.protegido = false;
    pantalla.seguir(() => this.mirar());
  }

  /** What could not be read is said, unless something else is. */
  mirar() {
    if (!this.vista.guardado && this.almacen.danados.length) this.decir("danado");
  }

  /** @param {string} codigo of a sentence */
  decir(codigo) {
    this.vista.guardado = frase(codigo);
  }

  /** Ask the browser, once there is something to lose, not to throw it away; say what it said. */
  async proteger() {
    if (this.protegido) return;
    this.protegido = true;
    const respuesta = await pedirPermanencia(navigator.storage);
    if (respuesta) this.vista.permanencia = frase(respuesta);
  }
}
