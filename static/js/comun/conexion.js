// The sync chip's truth: requests that fail or succeed, not what the network card believes.

const SONDEO_PRIMERO = 2_000;
const SONDEO_MAXIMO = 30_000;

export class Conexion {
  /**
   * @param {object} partes
   * @param {() => Promise<unknown>} partes.probar resolves when the server answers
   * @param {(enLinea: boolean) => void} partes.alCambiar on every change
   */
  constructor({ probar, alCambiar }) {
    this.probar = probar;
    this.alCambiar = alCambiar;
    this.enLinea = true;
    this.plazo = SONDEO_PRIMERO;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.reloj = undefined;
  }

  /** A request was answered. */
  bien() {
    clearTimeout(this.reloj);
    this.plazo = SONDEO_PRIMERO;
    this.cambiar(true);
  }

  /** A request got no answer: from now on the server is probed, ever more slowly. */
  mal() {
    this.cambiar(false);
    clearTimeout(this.reloj);
    this.reloj = setTimeout(() => this.sondear(), this.plazo);
    this.plazo = Math.min(this.plazo * 2, SONDEO_MAXIMO);
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
