// This computer's clock, held against the server's: orders are dated where they are taken, and
// clocks are wrong. Pure but for Date.

// More than a slow line and a drifting clock explain.
const TOLERANCIA = 10 * 60_000;
const DIA = 24 * 60 * 60_000;
// A catalogue is older than now, and not by years.
const CATALOGO_VIEJO = 400 * DIA;

export class Reloj {
  /** @param {() => number} [ahora] milliseconds, this computer's */
  constructor(ahora = Date.now) {
    this.ahora = ahora;
    /** @type {number | null} the server's clock minus this one's, at the last answer */
    this.desvio = null;
    this.generado = NaN;
  }

  /**
   * What an answer's Date header says.
   * @param {string | null} cabecera
   */
  anotar(cabecera) {
    const servidor = Date.parse(cabecera ?? "");
    if (!Number.isNaN(servidor)) this.desvio = servidor - this.ahora();
  }

  /**
   * When the catalogue kept here was made, by the server's clock.
   * @param {string | null} iso
   */
  anotarCatalogo(iso) {
    this.generado = Date.parse(iso ?? "");
  }

  /** Whether this clock is wrong by more than lines and drift explain. */
  equivocado() {
    if (this.desvio !== null) return Math.abs(this.desvio) > TOLERANCIA;
    const edad = this.ahora() - this.generado;
    return edad < -DIA || edad > CATALOGO_VIEJO;
  }

  /**
   * The moment to date an order with, in milliseconds; null when nothing here can be trusted: the
   * server dates it by its arrival.
   * @returns {number | null}
   */
  momento() {
    if (!this.equivocado()) return this.ahora();
    return this.desvio === null ? null : this.ahora() + this.desvio;
  }
}

/**
 * A moment as this computer's calendar writes it: "2026-11-27T09:05:00-03:00".
 * @param {number} momento milliseconds
 * @returns {string}
 */
export function isoLocal(momento) {
  const fecha = new Date(momento);
  const minutos = -fecha.getTimezoneOffset();
  const local = new Date(momento + minutos * 60_000).toISOString().slice(0, 19);
  const [horas, resto] = [Math.floor(Math.abs(minutos) / 60), Math.abs(minutos) % 60];
  return `${local}${minutos < 0 ? "-" : "+"}${dos(horas)}:${dos(resto)}`;
}

/** @param {number} numero */
function dos(numero) {
  return String(numero).padStart(2, "0");
}
