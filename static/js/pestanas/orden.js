// Whose turn it is among the tabs of one browser. localStorage is no common memory: each renderer
// process keeps a copy of it and hears of the others' writes when its event loop is free, lock or
// no lock. IndexedDB's transactions are ordered between processes: the number it gives out says
// how many turns a tab's copy must have seen before it may change anything.

import { BaseLocal, SinBase, respuesta } from "../comun/base_local.js";

const BASE = "carga-pedidos";
const ALMACEN = "turnos";
// Whoever had the last turn may have died in it: what they wrote has come by then.
const ESPERA_DE_LA_COPIA = 2_000;

/** The browser gives no ordered store: IndexedDB is missing, refused or does not answer. */
export class SinOrden extends Error {}

export class Orden {
  /**
   * @param {{fabrica: IDBFactory, ceder?: () => Promise<unknown>, ahora?: () => number}} partes
   *   `ceder` lets the event loop hear of the other tabs; `ahora` in milliseconds.
   */
  constructor({ fabrica, ceder = cederElPaso, ahora = () => performance.now() }) {
    this.turnos = new BaseLocal({ fabrica, nombre: BASE, almacen: ALMACEN });
    this.ceder = ceder;
    this.ahora = ahora;
  }

  /**
   * The number of a new turn under this key: one more than the last, whoever had it.
   * @param {string} clave
   * @returns {Promise<number>} from 1 on; raises SinOrden
   */
  async siguiente(clave) {
    return this.transaccion(async (turnos) => {
      const ultimo = Number((await respuesta(turnos.get(clave))) ?? 0);
      turnos.put(ultimo + 1, clave);
      return ultimo + 1;
    });
  }

  /**
   * Wait until `visto()` is at least `turno`, or until nobody can be writing it any more.
   * @param {number} turno
   * @param {() => number} visto
   */
  async alcanzar(turno, visto) {
    const limite = this.ahora() + ESPERA_DE_LA_COPIA;
    while (visto() < turno && this.ahora() < limite) await this.ceder();
  }

  /**
   * Forget the turns of every key that starts so.
   * @param {(clave: string) => boolean} suya
   */
  async olvidar(suya) {
    await this.transaccion(async (turnos) => {
      const claves = await respuesta(turnos.getAllKeys());
      for (const clave of claves) if (suya(String(clave))) turnos.delete(clave);
    });
  }

  /**
   * @template T
   * @param {(turnos: IDBObjectStore) => Promise<T>} tarea
   * @returns {Promise<T>}
   */
  async transaccion(tarea) {
    try {
      return await this.turnos.transaccion("readwrite", tarea);
    } catch (error) {
      if (!(error instanceof SinBase)) throw error;
      throw new SinOrden("no ordered store", { cause: error });
    }
  }
}

// A message to oneself comes back after the other tabs' news, also in a hidden tab, where timers
// are slowed down.
function cederElPaso() {
  return new Promise((seguir) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      seguir(undefined);
    };
    port2.postMessage(null);
  });
}
