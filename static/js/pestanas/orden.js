// Whose turn it is among the tabs of one browser. localStorage is no common memory: each renderer
// process keeps a copy of it and hears of the others' writes when its event loop is free, lock or
// no lock. IndexedDB's transactions are ordered between processes: the number it gives out says
// how many turns a tab's copy must have seen before it may change anything.

const BASE = "carga-pedidos";
const ALMACEN = "turnos";
// A database that never answers (blocked, broken profile) is none.
const ESPERA_DE_LA_BASE = 3_000;
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
    this.fabrica = fabrica;
    this.ceder = ceder;
    this.ahora = ahora;
    /** @type {Promise<IDBDatabase> | null} */
    this.base = null;
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
      this.base ??= this.abrir();
      const base = await this.base;
      const transaccion = base.transaction(ALMACEN, "readwrite");
      const hecha = new Promise((bien, mal) => {
        transaccion.oncomplete = () => bien(undefined);
        transaccion.onabort = () => mal(transaccion.error);
      });
      const [valor] = await conLimite(
        Promise.all([tarea(transaccion.objectStore(ALMACEN)), hecha]),
      );
      return valor;
    } catch (error) {
      this.base = null;
      throw new SinOrden("no ordered store", { cause: error });
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  async abrir() {
    const pedido = this.fabrica.open(BASE, 1);
    pedido.onupgradeneeded = () => pedido.result.createObjectStore(ALMACEN);
    const base = await conLimite(respuesta(pedido));
    // Signing out, or another version, must not wait for this page.
    base.onversionchange = () => this.soltar(base);
    base.onclose = () => this.soltar(base);
    return base;
  }

  /** @param {IDBDatabase} base */
  soltar(base) {
    base.close();
    this.base = null;
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} pedido
 * @returns {Promise<T>}
 */
function respuesta(pedido) {
  return new Promise((bien, mal) => {
    pedido.onsuccess = () => bien(pedido.result);
    pedido.onerror = () => mal(pedido.error);
  });
}

/**
 * @template T
 * @param {Promise<T>} promesa
 * @returns {Promise<T>}
 */
function conLimite(promesa) {
  /** @type {ReturnType<typeof setTimeout>} */
  let reloj;
  const limite = new Promise((_, mal) => {
    reloj = setTimeout(() => mal(new Error("IndexedDB does not answer")), ESPERA_DE_LA_BASE);
  });
  return Promise.race([promesa, /** @type {Promise<never>} */ (limite)]).finally(() =>
    clearTimeout(reloj),
  );
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
