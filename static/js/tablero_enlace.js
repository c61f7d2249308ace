// The link with the server: a stream while it can be had, polls when not, and the truth about it.

export const SONDEO = 5_000;
// The browser reopens a dropped stream by itself; one that never opens is given up after this.
const ESPERA_DE_APERTURA = 8_000;
const REINTENTO = 30_000;

const ESTADOS = {
  conectando: { texto: () => "Conectando", punto: "punto-neutro" },
  vivo: { texto: () => "En vivo", punto: "punto-exito" },
  reconectando: { texto: () => "Reconectando", punto: "punto-aviso" },
  sondeo: { texto: () => "Sondeo cada 5 segundos", punto: "punto-curso" },
  sin_conexion: { texto: (desde) => `Sin conexión desde las ${desde}`, punto: "punto-peligro" },
};

/** What the banner says of a state; pure. */
export function frase(estado, desde) {
  const { texto, punto } = ESTADOS[estado];
  return { estado, texto: texto(desde), punto };
}

/** The hour as people say it: 09:05; pure. */
export function hora(fecha) {
  return [fecha.getHours(), fecha.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
}

export class Enlace {
  constructor({ url, credencial, refrescar, alCambiar, Fuente = globalThis.EventSource, reloj = globalThis }) {
    Object.assign(this, { url, credencial, refrescar, alCambiar, Fuente, reloj });
    this.fuente = null;
    this.ultimoBien = new Date();
    this.turno = Promise.resolve();
    this.pendiente = false;
    this.estado = "";
  }

  /** Listen; the page's own ticket and version say from where. */
  abrir() {
    this.cerrar();
    this.anotar("conectando");
    if (!this.Fuente) return this.sondear();
    const fuente = new this.Fuente(this.url(this.credencial()));
    this.fuente = fuente;
    this.apertura = this.reloj.setTimeout(() => this.rendirse(), ESPERA_DE_APERTURA);
    fuente.onopen = () => this.alAbrir();
    fuente.addEventListener("tablero", () => this.pedir());
    fuente.onerror = () => this.alFallar(fuente);
    return undefined;
  }

  alAbrir() {
    this.reloj.clearTimeout(this.apertura);
    this.reloj.clearTimeout(this.sondeo);
    this.bien("vivo");
    // What changed between drawing the page and now comes as an event of its own.
  }

  // A drop is mended by the browser; an answer that is no stream (401) is not.
  alFallar(fuente) {
    if (fuente.readyState === this.Fuente.CLOSED) this.rendirse();
    else {
      this.anotar("reconectando");
      this.reloj.clearTimeout(this.apertura);
      this.apertura = this.reloj.setTimeout(() => this.rendirse(), ESPERA_DE_APERTURA);
    }
  }

  /** Polls bring the cards and a fresh ticket; with it the stream is tried again. */
  async rendirse() {
    this.cerrar();
    if (await this.pedir({ entera: true })) this.reapertura = this.reloj.setTimeout(() => this.abrir(), this.fallos ? REINTENTO : 0);
    this.fallos = true;
    this.sondear();
  }

  reintentar() {
    this.fallos = false;
    return this.rendirse();
  }

  sondear() {
    this.reloj.clearTimeout(this.sondeo);
    this.sondeo = this.reloj.setTimeout(async () => {
      if (this.estado === "vivo") return;
      const hay = await this.pedir({ entera: this.estado === "sin_conexion" });
      if (hay && this.volvio) this.abrir();
      this.sondear();
    }, SONDEO);
  }

  /** Bring the board up to date; one request at a time, and one more if news came meanwhile. */
  pedir(opciones = {}) {
    if (this.pendiente) return this.turno;
    this.pendiente = true;
    this.turno = this.turno.then(async () => {
      this.pendiente = false;
      const hay = await this.refrescar(opciones).catch(() => false);
      this.volvio = hay && this.estado === "sin_conexion";
      if (!hay) this.anotar("sin_conexion");
      else if (!this.fuente) this.bien("sondeo");
      else if (this.estado === "vivo") this.ultimoBien = new Date();
      return hay;
    });
    return this.turno;
  }

  bien(estado) {
    this.ultimoBien = new Date();
    if (estado === "vivo") this.fallos = false;
    this.anotar(estado);
  }

  anotar(estado) {
    this.estado = estado;
    this.alCambiar(frase(estado, hora(this.ultimoBien)));
  }

  cerrar() {
    this.fuente?.close();
    this.fuente = null;
    this.reloj.clearTimeout(this.apertura);
    this.reloj.clearTimeout(this.reapertura);
  }
}
