// The list of open clients, which a phone shows and hides.

/** @typedef {import("./foco.js").Foco} Foco */

export class Rail {
  /**
   * @param {object} partes
   * @param {VistaDeRail} partes.vista
   * @param {Pick<Foco, "enfocar">} partes.foco
   */
  constructor({ vista, foco }) {
    this.vista = vista;
    this.foco = foco;
  }

  /** Show it or hide it. */
  alternar() {
    if (this.vista.railAbierto) this.cerrar();
    else this.buscar();
  }

  /** Look for a client. */
  buscar() {
    this.vista.railAbierto = true;
    this.foco.enfocar("entrada_cliente");
  }

  /** Hide it: the order is what one looks at. */
  cerrar() {
    this.vista.railAbierto = false;
  }
}
