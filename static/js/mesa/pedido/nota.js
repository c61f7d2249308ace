// The word beside the entry row, for whoever scans without looking, or listens to the page.

export class Nota {
  /** @param {{vista: VistaDeNota}} partes */
  constructor({ vista }) {
    this.vista = vista;
  }

  /** @param {string} texto */
  decir(texto) {
    this.vista.elegidoTexto = texto;
  }
}
