// Where the browser orders nothing between tabs, one alone writes: whether it is this one.

import { frase } from "../../comun/frases.js";

/**
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/regreso.js").Regreso} Regreso
 */

export class Titularidad {
  /**
   * @param {object} partes
   * @param {VistaDeTitularidad} partes.vista
   * @param {Pick<ServiciosDeMesa["almacen"], "titular">} partes.almacen
   * @param {Pick<Pantalla, "refrescar">} partes.pantalla
   * @param {Pick<Regreso, "alVolver">} partes.regreso
   */
  constructor({ vista, almacen, pantalla, regreso }) {
    this.vista = vista;
    this.almacen = almacen;
    this.pantalla = pantalla;
    this.regreso = regreso;
  }

  /** @param {boolean} titular whether this tab writes */
  alCambiar(titular) {
    this.vista.otraPestana = titular ? "" : frase("otra_pestana");
    this.pantalla.refrescar();
    if (titular) this.regreso.alVolver();
  }

  /** Write from here on. */
  tomar() {
    this.almacen.titular?.tomar();
  }
}
