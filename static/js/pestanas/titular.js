// Which tab may write where the browser orders none (no Web Locks: plain HTTP on a LAN; no
// IndexedDB): one alone. The others look on and say so, until it closes or somebody takes over.

const CANAL = "cp:titular:";
// Whoever holds the desk answers at once; a tab that is gone, or asleep, does not.
const ESPERA = 400;

/** Another tab holds the desk. */
export class OtraPestana extends Error {}

/** @typedef {{tipo: "quien" | "yo" | "tomo" | "dejo", de: string}} Mensaje */

export class Titular {
  /**
   * @param {object} partes
   * @param {string} partes.clave the person's prefix
   * @param {string} partes.id this tab's own
   * @param {(titular: boolean) => void} [partes.alCambiar]
   * @param {(nombre: string) => BroadcastChannel} [partes.abrir]
   * @param {number} [partes.espera] milliseconds to wait for an answer
   */
  constructor({
    clave,
    id,
    alCambiar = () => {},
    abrir = (nombre) => new BroadcastChannel(nombre),
    espera = ESPERA,
  }) {
    this.id = id;
    this.alCambiar = alCambiar;
    this.espera = espera;
    /** @type {"nada" | "pregunta" | "titular" | "mira"} */
    this.estado = "nada";
    /** @type {Promise<boolean> | null} */
    this.pregunta = null;
    this.canal = abrir(CANAL + clave);
    this.canal.onmessage = ({ data }) => this.oir(data);
  }

  /** Be the one who writes, or raise OtraPestana. */
  async exigir() {
    if (this.estado !== "titular" && !(await this.preguntar())) throw new OtraPestana();
  }

  /** Ask who holds the desk; whether it is this tab now. @returns {Promise<boolean>} */
  preguntar() {
    this.pregunta ??= this.esperarRespuesta().finally(() => (this.pregunta = null));
    return this.pregunta;
  }

  async esperarRespuesta() {
    if (this.estado !== "mira") this.estado = "pregunta";
    this.alguien = false;
    this.decir("quien");
    await new Promise((seguir) => setTimeout(seguir, this.espera));
    if (this.alguien) return this.pasarA("mira");
    this.decir("yo");
    return this.pasarA("titular");
  }

  /** Take the desk over: this tab writes from now on, the others look on. */
  tomar() {
    this.decir("tomo");
    this.pasarA("titular");
  }

  /** The page goes. */
  dejar() {
    if (this.estado === "titular") this.decir("dejo");
    this.estado = "nada";
  }

  /** @param {Mensaje} mensaje */
  oir({ tipo, de }) {
    if (tipo === "quien" && this.estado === "titular") this.decir("yo");
    // Two that ask in the same instant: the lower name goes first.
    if (tipo === "quien" && this.estado === "pregunta" && de < this.id) this.alguien = true;
    if (tipo === "yo") this.oirTitular(de);
    if (tipo === "tomo") this.pasarA("mira");
    if (tipo === "dejo" && this.estado === "mira") void this.preguntar();
  }

  /** @param {string} de */
  oirTitular(de) {
    this.alguien = true;
    if (this.estado === "titular" && de < this.id) this.pasarA("mira");
    else if (this.estado === "titular") this.decir("yo");
  }

  /** @param {"titular" | "mira"} estado */
  pasarA(estado) {
    const otro = estado !== this.estado;
    this.estado = estado;
    if (otro) this.alCambiar(estado === "titular");
    return estado === "titular";
  }

  /** @param {Mensaje["tipo"]} tipo */
  decir(tipo) {
    this.canal.postMessage({ tipo, de: this.id });
  }
}
