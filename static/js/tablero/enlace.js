// The link with the server: a stream while it can be had, polls while not, and the truth about it.

import { frase as fraseDe } from "../comun/frases.js";
import { hora } from "../comun/momento.js";
import { Retroceso } from "../comun/retroceso.js";

/** Between polls while there is no stream. */
export const SONDEO = 5_000;
/** After the first failure: most are short. */
const REINTENTO = 2_000;
/** Between looks while there is one: a dead stream may look alive. */
export const REPASO = 60_000;
/** What is mended sooner is not told. */
export const RESPIRO = 1_000;
/** Between two requests, however fast the news come. */
export const ENTRE = 500;

/**
 * @typedef {"conectando" | "vivo" | "reconectando" | "sondeo" | "sin_conexion" | "sin_sesion"} Estado
 * @typedef {{estado: Estado, texto: string, punto: string}} Dicho what the banner says
 * @typedef {"bien" | "mal" | "fuera"} Resultado
 */

/**
 * As much of EventSource as is listened to.
 * @typedef {object} Fuente
 * @property {((suceso: Event) => void) | null} onopen
 * @property {((suceso: Event) => void) | null} onerror
 * @property {(tipo: "tablero", oyente: () => void) => void} addEventListener
 * @property {() => void} close
 */

/** @type {Record<Estado, {texto: (desde: string) => string, punto: string}>} */
const ESTADOS = {
  conectando: { texto: () => fraseDe("enlace_conectando"), punto: "punto-neutro" },
  vivo: { texto: () => fraseDe("enlace_vivo"), punto: "punto-exito" },
  reconectando: { texto: () => fraseDe("enlace_reconectando"), punto: "punto-aviso" },
  sondeo: { texto: () => fraseDe("enlace_sondeo"), punto: "punto-curso" },
  sin_conexion: {
    texto: (desde) => `${fraseDe("enlace_sin_conexion")} ${desde}`,
    punto: "punto-peligro",
  },
  sin_sesion: { texto: () => fraseDe("enlace_sin_sesion"), punto: "punto-peligro" },
};

/**
 * What is true, from what was seen; pure.
 * @param {{fuera: boolean, fallos: number, abierta: boolean, sondeos: number, hubo: boolean}} visto
 * @returns {Estado}
 */
export function estadoDe({ fuera, fallos, abierta, sondeos, hubo }) {
  if (fuera) return "sin_sesion";
  if (fallos > 1) return "sin_conexion";
  if (fallos) return "reconectando";
  if (abierta) return "vivo";
  if (sondeos) return "sondeo";
  return hubo ? "reconectando" : "conectando";
}

/**
 * What the banner says of a state; pure.
 * @param {Estado} estado
 * @param {Date} desde
 * @param {readonly Huso[]} [husos] whose hour it is
 * @returns {Dicho}
 */
export function frase(estado, desde, husos) {
  const { texto, punto } = ESTADOS[estado];
  return { estado, texto: texto(hora(desde, husos)), punto };
}

export class Enlace {
  /**
   * @param {object} partes
   * @param {() => string} partes.url the stream's
   * @param {() => Promise<Resultado>} partes.traer brings the board; "fuera": no session
   * @param {(dicho: Dicho) => void} partes.decir
   * @param {() => readonly Huso[]} [partes.husos]
   * @param {(url: string) => Fuente} [partes.abrirFuente]
   * @param {Pick<typeof globalThis, "Date" | "setTimeout" | "clearTimeout">} [partes.reloj]
   */
  constructor({
    url,
    traer,
    decir,
    husos = () => [],
    abrirFuente = (direccion) => new EventSource(direccion),
    reloj = globalThis,
  }) {
    this.url = url;
    this.traer = traer;
    this.decir = decir;
    this.husos = husos;
    this.abrirFuente = abrirFuente;
    this.reloj = reloj;
    /** @type {Fuente | null} */
    this.fuente = null;
    this.abiertaEn = 0; // 0: not open
    this.hubo = false;
    this.fallas = new Retroceso({ primero: REINTENTO, maximo: SONDEO, factor: SONDEO / REINTENTO });
    this.plazo = SONDEO; // until the next one, after a failure
    this.sondeos = 0; // polls answered since the stream was last good
    this.fuera = false;
    this.ultimoBien = this.reloj.Date.now();
    this.ultimoPedido = 0;
    this.otra = false;
    this.pidiendo = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.proximo = undefined;
  }

  /** Polls that failed since one was answered, or the stream was. */
  get fallos() {
    return this.fallas.veces;
  }

  /** Listen from what the page shows. Whatever ends it, a poll comes before the next one. */
  abrir() {
    const fuente = this.abrirFuente(this.url());
    this.fuente = fuente;
    fuente.onopen = () => this.alAbrir();
    fuente.onerror = () => this.caer();
    fuente.addEventListener("tablero", () => this.latido());
    this.latirEn(SONDEO);
    this.reloj.setTimeout(() => this.pintar(), RESPIRO);
  }

  alAbrir() {
    this.abiertaEn = this.ultimoBien = this.reloj.Date.now();
    this.hubo = true;
    this.fallas.reiniciar();
    this.latirEn(REPASO);
    this.pintar();
  }

  /** The stream ended or never began: it is opened again with the ticket of the next poll. */
  caer() {
    // One that lasted is sought again at once; one that did not, in its time.
    if (this.abiertaEn && this.reloj.Date.now() - this.abiertaEn > SONDEO) this.sondeos = 0;
    this.fuente?.close();
    this.fuente = null;
    this.abiertaEn = 0;
    this.latirEn(this.sondeos || this.fallos ? SONDEO : 0);
    this.reloj.setTimeout(() => this.pintar(), RESPIRO);
  }

  /** Bring the board up to date now; one request at a time, and one more if news came meanwhile. */
  async latido() {
    this.otra = true;
    if (this.pidiendo) return;
    this.pidiendo = true;
    while (this.otra) {
      await this.pausa(this.ultimoPedido + ENTRE - this.reloj.Date.now());
      this.otra = false;
      this.ultimoPedido = this.reloj.Date.now();
      this.anotar(await this.traer().catch(siempreMal));
    }
    this.pidiendo = false;
    if (this.fallos) this.latirEn(this.plazo);
    else this.latirEn(this.abiertaEn ? REPASO : SONDEO);
  }

  /** @param {Resultado} resultado */
  anotar(resultado) {
    this.fuera = resultado === "fuera";
    if (resultado !== "bien") {
      this.plazo = this.fallas.siguiente();
      return this.pintar();
    }
    this.fallas.reiniciar();
    this.ultimoBien = this.reloj.Date.now();
    if (!this.abiertaEn) this.sondeos += 1;
    return this.fuente ? this.pintar() : this.abrir();
  }

  /** @param {number} milisegundos */
  latirEn(milisegundos) {
    this.reloj.clearTimeout(this.proximo);
    this.proximo = this.reloj.setTimeout(() => this.latido(), milisegundos);
  }

  /** @param {number} milisegundos */
  pausa(milisegundos) {
    return milisegundos > 0
      ? new Promise((seguir) => this.reloj.setTimeout(seguir, milisegundos))
      : null;
  }

  pintar() {
    const { fuera, fallos, sondeos, hubo } = this;
    const estado = estadoDe({ fuera, fallos, sondeos, hubo, abierta: this.abiertaEn > 0 });
    this.decir(frase(estado, new Date(this.ultimoBien), this.husos()));
  }
}

/** @returns {Resultado} of a request that failed, whatever it was */
function siempreMal() {
  return "mal";
}
