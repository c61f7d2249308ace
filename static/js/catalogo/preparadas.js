// Sections as they are searched, kept next to the compressed text that they were made from: to
// inflate, sort and index it again is most of what the desk takes to open. That text counts: what
// is kept of another, or by another version of this code, is not there.

import { BaseLocal, SinBase, respuesta } from "../comun/base_local.js";

const NOMBRE = "carga-pedidos-catalogo";
const ALMACEN = "secciones";
// Of a file whose name changes with what it, and what it imports, says.
const CON_HUELLA = /\.[0-9a-f]{12}\.js$/;

export class Preparadas {
  /**
   * @param {object} [partes]
   * @param {IDBFactory} [partes.fabrica]
   * @param {string} [partes.codigo] where the code that makes them is; without a version in its name
   *   nothing is kept
   */
  constructor({ fabrica = globalThis.indexedDB, codigo = "" } = {}) {
    this.codigo = codigo;
    this.base =
      fabrica && CON_HUELLA.test(codigo)
        ? new BaseLocal({ fabrica, nombre: NOMBRE, almacen: ALMACEN })
        : null;
  }

  /**
   * What was made of this text, or null.
   * @template {object} Guardada
   * @param {Seccion} seccion
   * @param {string} texto
   * @returns {Promise<Guardada | null>}
   */
  async leer(seccion, texto) {
    /** @type {(almacen: IDBObjectStore) => Promise<{sello: string, guardada: Guardada} | undefined>} */
    const tomar = (almacen) => respuesta(almacen.get(seccion));
    const guardado = await this.intentar("readonly", tomar);
    return guardado?.sello === this.sello(texto) ? guardado.guardada : null;
  }

  /**
   * Keep it, instead of what there was of the section.
   * @param {Seccion} seccion
   * @param {string} texto
   * @param {object} guardada
   */
  async guardar(seccion, texto, guardada) {
    const guardado = { sello: this.sello(texto), guardada };
    await this.intentar("readwrite", (almacen) => respuesta(almacen.put(guardado, seccion)));
  }

  /**
   * Without a base there is only less haste.
   * @template T
   * @param {IDBTransactionMode} modo
   * @param {(almacen: IDBObjectStore) => Promise<T>} tarea
   */
  async intentar(modo, tarea) {
    try {
      return await this.base?.transaccion(modo, tarea);
    } catch (error) {
      if (!(error instanceof SinBase)) throw error;
      return undefined;
    }
  }

  /** @param {string} texto */
  sello(texto) {
    return `${this.codigo}:${texto.length}:${huellaDe(texto)}`;
  }
}

/** Nothing stays of anybody's catalogue. */
export function olvidarPreparadas(fabrica = globalThis.indexedDB) {
  fabrica?.deleteDatabase(NOMBRE);
}

/**
 * 64 bits of all the characters (FNV-1a, twice): told apart are two catalogues, not two enemies.
 * @param {string} texto
 */
function huellaDe(texto) {
  let [una, otra] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < texto.length; i++) {
    const codigo = texto.charCodeAt(i);
    una = Math.imul(una ^ codigo, 0x01000193);
    otra = Math.imul(otra ^ codigo, 0x85ebca6b);
  }
  return `${(una >>> 0).toString(16)}${(otra >>> 0).toString(16)}`;
}
