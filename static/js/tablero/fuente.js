// One stream for all the tabs of one person: a browser opens six connections to a host, and a tab
// of the board would keep one of them for itself. The tab that has the lock listens; the others
// hear of it by a BroadcastChannel, and the next of them takes over when it closes or dies.

/** Between two signs of life of whoever listens. */
export const PULSO = 10_000;
/** After so long without one, whoever followed looks for itself. */
export const SILENCIO = 25_000;

/** @typedef {{que: "viva" | "tablero" | "caida" | "hay", de: string}} Noticia */

/**
 * The part of EventSource that the board uses. Where there are no Web Locks every tab has its own
 * stream, and gives it up while nobody sees it.
 */
export class FuenteCompartida {
  /**
   * @param {string} url
   * @param {object} partes
   * @param {string} partes.clave whose boards: what is heard is for that person's tabs alone
   * @param {string} partes.id this tab's own
   * @param {Pick<LockManager, "request"> | null} partes.locks
   * @param {(nombre: string) => BroadcastChannel} [partes.abrirCanal]
   * @param {new (url: string) => EventSource} [partes.Fuente]
   * @param {Pick<Document, "hidden" | "addEventListener" | "removeEventListener">} [partes.documento]
   * @param {Pick<typeof globalThis, "setTimeout" | "clearTimeout" | "setInterval" | "clearInterval">} [partes.reloj]
   */
  constructor(
    url,
    {
      clave,
      id,
      locks,
      abrirCanal = (n) => new BroadcastChannel(n),
      Fuente = EventSource,
      documento = document,
      reloj = globalThis,
    },
  ) {
    this.url = url;
    this.id = id;
    this.Fuente = Fuente;
    this.documento = documento;
    this.reloj = reloj;
    /** @type {() => void} */
    this.onopen = () => {};
    /** @type {() => void} */
    this.onerror = () => {};
    /** @type {(() => void)[]} */
    this.oyentes = [];
    this.cerrada = false;
    /** @type {EventSource | null} */
    this.propia = null;
    this.abierta = false;
    this.lider = "";
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.latido = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.vigia = undefined;
    /** @type {(() => void) | undefined} gives the lock back */
    this.soltar = undefined;
    /** @type {AbortController | undefined} */
    this.espera = undefined;
    /** @type {BroadcastChannel | undefined} */
    this.canal = undefined;
    /** @type {(() => void) | undefined} */
    this.alVer = undefined;
    if (locks) this.compartir(locks, `cp:tablero:${clave}`, abrirCanal);
    else this.aSolas();
  }

  /**
   * @param {"tablero"} _tipo
   * @param {() => void} oyente
   */
  addEventListener(_tipo, oyente) {
    this.oyentes.push(oyente);
  }

  close() {
    if (this.cerrada) return;
    this.cerrada = true;
    if (this.propia) this.decir("caida");
    this.propia?.close();
    this.propia = null;
    this.soltar?.();
    this.espera?.abort();
    this.reloj.clearInterval(this.latido);
    this.reloj.clearTimeout(this.vigia);
    this.canal?.close();
    if (this.alVer) this.documento.removeEventListener("visibilitychange", this.alVer);
  }

  // --- Shared --------------------------------------------------------------------------------
  /**
   * @param {Pick<LockManager, "request">} locks
   * @param {string} nombre
   * @param {(nombre: string) => BroadcastChannel} abrirCanal
   */
  compartir(locks, nombre, abrirCanal) {
    this.canal = abrirCanal(nombre);
    this.canal.onmessage = ({ data }) => this.oir(data);
    this.espera = new AbortController();
    const turno = () => this.escuchar();
    locks.request(nombre, { signal: this.espera.signal }, turno).catch(soloAbandono);
    this.decir("hay");
  }

  // The lock is this tab's until it closes the stream, or dies.
  escuchar() {
    if (this.cerrada) return undefined;
    this.reloj.clearTimeout(this.vigia);
    this.abrir();
    this.latido = this.reloj.setInterval(() => this.decirSiVive(), PULSO);
    return new Promise((soltar) => (this.soltar = () => soltar(undefined)));
  }

  abrir() {
    const fuente = new this.Fuente(this.url);
    this.propia = fuente;
    fuente.onopen = () => {
      this.abierta = true;
      this.decir("viva");
      this.onopen();
    };
    fuente.onerror = () => {
      this.abierta = false;
      this.onerror();
    };
    fuente.addEventListener("tablero", () => {
      this.decir("tablero");
      this.avisar();
    });
  }

  /** @param {Noticia} noticia */
  oir({ que, de }) {
    if (this.cerrada) return;
    if (que === "hay") return this.decirSiVive();
    if (this.propia) return;
    if (que === "caida") return de === this.lider ? this.onerror() : undefined;
    this.vigilar();
    this.seguir(de);
    if (que === "tablero") this.avisar();
  }

  // Another one listens now: between the two there may have been news.
  /** @param {string} de */
  seguir(de) {
    if (this.lider === de) return;
    const habia = this.lider !== "";
    this.lider = de;
    this.onopen();
    if (habia) this.avisar();
  }

  vigilar() {
    this.reloj.clearTimeout(this.vigia);
    this.vigia = this.reloj.setTimeout(() => this.onerror(), SILENCIO);
  }

  decirSiVive() {
    if (this.propia && this.abierta) this.decir("viva");
  }

  /** @param {Noticia["que"]} que */
  decir(que) {
    this.canal?.postMessage({ que, de: this.id });
  }

  avisar() {
    for (const oyente of this.oyentes) oyente();
  }

  // --- Without locks -------------------------------------------------------------------------
  aSolas() {
    this.alVer = () => {
      if (this.documento.hidden) {
        this.propia?.close();
        this.propia = null;
      } else if (!this.propia) this.abrir();
    };
    this.documento.addEventListener("visibilitychange", this.alVer);
    if (!this.documento.hidden) this.abrir();
  }
}

/** @param {unknown} error */
function soloAbandono(error) {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
