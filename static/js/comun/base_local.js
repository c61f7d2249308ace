// One store of IndexedDB, or the news that there is none: missing, refused, blocked or mute.

// A database that never answers (blocked, broken profile) is none.
const ESPERA = 3_000;

/** IndexedDB is missing, refused or does not answer. */
export class SinBase extends Error {}

export class BaseLocal {
  /** @param {{fabrica: IDBFactory, nombre: string, almacen: string}} partes */
  constructor({ fabrica, nombre, almacen }) {
    this.fabrica = fabrica;
    this.nombre = nombre;
    this.almacen = almacen;
    /** @type {Promise<IDBDatabase> | null} */
    this.base = null;
  }

  /**
   * What `tarea` gives, once all that it wrote is kept; raises SinBase.
   * @template T
   * @param {IDBTransactionMode} modo
   * @param {(almacen: IDBObjectStore) => Promise<T>} tarea
   * @returns {Promise<T>}
   */
  async transaccion(modo, tarea) {
    try {
      this.base ??= this.abrir();
      const base = await this.base;
      const transaccion = base.transaction(this.almacen, modo);
      const hecha = new Promise((bien, mal) => {
        transaccion.oncomplete = () => bien(undefined);
        transaccion.onabort = () => mal(transaccion.error);
      });
      const [valor] = await conLimite(
        Promise.all([tarea(transaccion.objectStore(this.almacen)), hecha]),
      );
      return valor;
    } catch (error) {
      this.base = null;
      throw new SinBase("no IndexedDB", { cause: error });
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  async abrir() {
    const pedido = this.fabrica.open(this.nombre, 1);
    pedido.onupgradeneeded = () => pedido.result.createObjectStore(this.almacen);
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
export function respuesta(pedido) {
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
    reloj = setTimeout(() => mal(new Error("IndexedDB does not answer")), ESPERA);
  });
  return Promise.race([promesa, /** @type {Promise<never>} */ (limite)]).finally(() =>
    clearTimeout(reloj),
  );
}
