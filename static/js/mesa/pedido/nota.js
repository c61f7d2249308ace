// The word beside the entry row, for whoever scans without looking, or listens to the page.

/** @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla */

export class Nota {
  /**
   * @param {object} partes
   * @param {VistaDeNota} partes.vista
   * @param {Pick<Pantalla, "enPantalla" | "esta" | "seguir">} partes.pantalla
   */
  constructor({ vista, pantalla }) {
    this.vista = vista;
    this.pantalla = pantalla;
    /** The order that it is said of. */
    this.de = pantalla.enPantalla;
    pantalla.seguir(() => this.mirar());
  }

  /** @param {string} texto */
  decir(texto) {
    this.de = this.pantalla.enPantalla;
    this.vista.elegidoTexto = texto;
  }

  /** Of another order nothing was said. */
  mirar() {
    if (!this.pantalla.esta(this.de)) this.decir("");
  }
}
