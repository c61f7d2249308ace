// Whether the desk has a line, as the watcher of the connection last said.

export class EnLinea {
  /** @param {{vista: VistaDeLinea}} partes */
  constructor({ vista }) {
    this.vista = vista;
  }

  get hay() {
    return this.vista.enLinea;
  }

  /** @param {boolean} hay */
  poner(hay) {
    this.vista.enLinea = hay;
  }
}
