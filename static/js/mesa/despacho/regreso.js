// Somebody is back: at the page, at the line, at the right to write. What waits goes on.

import { pendientes } from "../../cuaderno/lotes.js";

/** @typedef {import("./sesion.js").SesionDeMesa} SesionDeMesa */

export class Regreso {
  /**
   * @param {object} partes
   * @param {ServiciosDeMesa["almacen"]} partes.almacen
   * @param {Pick<ServiciosDeMesa["envio"], "seguir">} partes.envio
   * @param {Pick<SesionDeMesa, "comprobar" | "terminada">} partes.sesion
   */
  constructor({ almacen, envio, sesion }) {
    this.almacen = almacen;
    this.envio = envio;
    this.sesion = sesion;
  }

  /** A hidden page waits. */
  alVolver() {
    if (document.hidden) return;
    this.seguir();
    if (this.sesion.terminada) this.sesion.comprobar();
  }

  /** Go on with the lotes that have no receipt. */
  seguir() {
    if (pendientes(this.almacen).length) this.envio.seguir();
  }
}
