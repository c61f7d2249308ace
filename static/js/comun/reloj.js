// This computer's clock, held against the server's: orders are dated where they are taken, and
// clocks are wrong, and changed under an open page. Pure but for the two clocks it is given.

// More than a slow line and a drifting clock explain.
const TOLERANCIA = 10 * 60_000;
const DIA = 24 * 60 * 60_000;
// A catalogue is older than now, and not by years.
const CATALOGO_VIEJO = 400 * DIA;

export class Reloj {
  /**
   * @param {() => number} [ahora] milliseconds, this computer's
   * @param {() => number} [parejo] milliseconds of a clock that nobody can set; it may stand still
   *   while the computer sleeps
   */
  constructor(ahora = Date.now, parejo = () => performance.now()) {
    this.ahora = ahora;
    this.parejo = parejo;
    /** @type {number | null} the server's clock minus this one's, at the last answer */
    this.desvio = null;
    /** What both clocks said then. */
    this.ancla = { ahora: ahora(), parejo: parejo() };
    this.generado = NaN;
  }

  /**
   * What an answer's Date header says.
   * @param {string | null} cabecera
   */
  anotar(cabecera) {
    const servidor = Date.parse(cabecera ?? "");
    if (Number.isNaN(servidor)) return;
    this.ancla = { ahora: this.ahora(), parejo: this.parejo() };
    this.desvio = servidor - this.ancla.ahora;
  }

  /**
   * When the catalogue kept here was made, by the server's clock.
   * @param {string | null} iso
   */
  anotarCatalogo(iso) {
    this.generado = Date.parse(iso ?? "");
  }

  // How far this clock went since the last answer beyond the time that passed.
  salto() {
    const { ahora, parejo } = this.ancla;
    return this.ahora() - ahora - (this.parejo() - parejo);
  }

  /** Whether the clock was set, or the computer slept, since the last answer: only another one tells. */
  enDuda() {
    return Math.abs(this.salto()) > TOLERANCIA;
  }

  // No sleep takes a clock back.
  atrasado() {
    return this.salto() < -TOLERANCIA;
  }

  /** Whether this clock is wrong by more than lines and drift explain. */
  equivocado() {
    if (this.atrasado()) return true;
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
    if (this.desvio === null) return null;
    // Set back, it went on from somewhere else: the time that passed did not.
    return this.ahora() + this.desvio - (this.atrasado() ? Math.round(this.salto()) : 0);
  }
}

/**
 * The moment at which somebody closed their orders: now, though in doubt an answer of the server is
 * waited for first (`preguntar`; without a line the doubt is the clock's benefit).
 * @param {Reloj} reloj
 * @param {() => Promise<unknown>} preguntar
 * @returns {Promise<number | null>} milliseconds, as `momento`
 */
export async function momentoDeCierre(reloj, preguntar) {
  const antes = reloj.parejo();
  if (reloj.enDuda()) await preguntar().catch(() => undefined);
  const momento = reloj.momento();
  return momento === null ? null : momento - Math.round(reloj.parejo() - antes);
}

/**
 * A moment as the company's calendar writes it: "2026-11-27T09:05:00-03:00".
 * @param {number} momento milliseconds
 * @param {readonly Huso[]} [husos] the company's clock; without it, this computer's
 * @returns {string}
 */
export function isoLocal(momento, husos = []) {
  const minutos = minutosAlEste(momento, husos);
  const local = new Date(momento + minutos * 60_000).toISOString().slice(0, 19);
  const [horas, resto] = [Math.floor(Math.abs(minutos) / 60), Math.abs(minutos) % 60];
  return `${local}${minutos < 0 ? "-" : "+"}${dos(horas)}:${dos(resto)}`;
}

/**
 * How many minutes east of UTC a clock is then.
 * @param {number} momento milliseconds
 * @param {readonly Huso[]} husos none: this computer's clock
 */
export function minutosAlEste(momento, husos) {
  const huso = husos.filter(([desde]) => desde <= momento).at(-1);
  return huso ? huso[1] : -new Date(momento).getTimezoneOffset();
}

/** @param {number} numero */
function dos(numero) {
  return String(numero).padStart(2, "0");
}
