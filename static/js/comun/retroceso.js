// Waiting longer each time: the one way in which whoever tries again by itself does so. Pure.

export class Retroceso {
  /**
   * @param {object} forma
   * @param {number} forma.primero milliseconds to wait the first time
   * @param {number} forma.maximo
   * @param {number} [forma.factor] from each wait to the next
   * @param {() => number} [forma.azar] spreads those that failed together: a factor around 1
   */
  constructor({ primero, maximo, factor = 2, azar = () => 1 }) {
    this.primero = primero;
    this.maximo = maximo;
    this.factor = factor;
    this.azar = azar;
    /** How many waits there were since it last went well. */
    this.veces = 0;
  }

  /** One more: how long it waits. */
  siguiente() {
    const plazo = Math.min(this.primero * this.factor ** this.veces, this.maximo);
    this.veces += 1;
    return plazo * this.azar();
  }

  /** It went well: the next one is the first again. */
  reiniciar() {
    this.veces = 0;
  }
}
