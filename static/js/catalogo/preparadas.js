// Sections as they are searched, kept next to the compressed text that they were made from: to
// inflate, sort and index it again is most of what the desk takes to open. That text counts: what
// is kept of another, or by another version of this code, is not there.

import { CAJA } from "./caja.js";
import { Legajo, enLegajo } from "./legajo.js";

/** @typedef {import("./legajo.js").Parte} Parte */

const SELLO = "X-Sello";
// Of a file whose name changes with what it, and what it imports, says.
const CON_HUELLA = /\.[0-9a-f]{12}\.js$/;

export class Preparadas {
  /**
   * @param {object} [partes]
   * @param {CacheStorage} [partes.cajas]
   * @param {string} [partes.codigo] where the code that makes them is; without a version in its name
   *   nothing is kept
   */
  constructor({ cajas = globalThis.caches, codigo = "" } = {}) {
    this.cajas = CON_HUELLA.test(codigo) ? cajas : undefined;
    this.codigo = codigo;
  }

  /**
   * What `tomar` makes of what is kept of this text, or null; also when that is damaged.
   * @template T
   * @param {Seccion} seccion
   * @param {string} texto
   * @param {(legajo: Legajo) => T} tomar
   */
  async leer(seccion, texto, tomar) {
    return this.intentar(async (caja) => {
      const guardada = await caja.match(lugarDe(seccion));
      if (guardada?.headers.get(SELLO) !== this.sello(texto)) return null;
      return tomar(new Legajo(await guardada.arrayBuffer()));
    });
  }

  /**
   * Keep it, instead of what there was of the section.
   * @param {Seccion} seccion
   * @param {string} texto
   * @param {Record<string, Parte>} partes
   */
  async guardar(seccion, texto, partes) {
    const headers = { [SELLO]: this.sello(texto) };
    const respuesta = new Response(enLegajo(partes), { headers });
    await this.intentar((caja) => caja.put(lugarDe(seccion), respuesta));
  }

  /**
   * Where nothing can be kept (refused, full, damaged) there is only less haste.
   * @template T
   * @param {(caja: Cache) => Promise<T>} tarea
   */
  async intentar(tarea) {
    try {
      const caja = await this.cajas?.open(CAJA);
      return caja ? await tarea(caja) : null;
    } catch {
      return null;
    }
  }

  /** @param {string} texto */
  sello(texto) {
    return `${this.codigo}:${texto.length}:${huellaDe(texto)}`;
  }
}

/** @param {Seccion} seccion */
function lugarDe(seccion) {
  return `/${CAJA}/${seccion}`;
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
