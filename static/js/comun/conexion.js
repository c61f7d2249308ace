// The watcher of the connection: what requests that fail or succeed say of it, not what the network
// card believes. While there is none the server is probed, ever more slowly.

import { Retroceso } from "./retroceso.js";

const SONDEO_PRIMERO = 2_000;
const SONDEO_MAXIMO = 30_000;

export class Conexion {
  /**
   * @param {object} partes
   * @param {() => Promise<unknown>} partes.probar resolves when the server answers
   * @param {(enLinea: boolean) => void} partes.alCambiar on every change
   * @param {Retroceso} [partes.retroceso] between two probes
   */
  constructor({
    probar,
    alCambiar,
    retroceso = new Retroceso({ primero: SONDEO_PRIMERO, maximo: SONDEO_MAXIMO }),
  }) {
    this.probar = probar;
    this.alCambiar = alCambiar;
    this.retroceso = retroceso;
    this.enLinea = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.reloj = undefined;
  }

  /** A request was answered. */
  bien() {
    clearTimeout(this.reloj);
    this.retroceso.reiniciar();
    this.cambiar(true);
  }

  /** A request got no answer: from now on the server is probed. */
  mal() {
    this.cambiar(false);
    clearTimeout(this.reloj);
    this.reloj = setTimeout(() => this.sondear(), this.retroceso.siguiente());
  }

  async sondear() {
    try {
      await this.probar();
      this.bien();
    } catch {
      this.mal();
    }
  }

  /** @param {boolean} enLinea */
  cambiar(enLinea) {
    if (enLinea === this.enLinea) return;
    this.enLinea = enLinea;
    this.alCambiar(enLinea);
  }
}
