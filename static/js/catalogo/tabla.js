// A section's rows in the order of the texts that they are searched by: made from what came, or
// from what was kept of them. Pure; runs in the Worker and in tests.

import { normalizarTodos } from "../lectura/normal.js";
import { COMPARABLE } from "../lectura/parecido.js";
import { leido } from "./legajo.js";

// A code's row and column are one number.
export const COLUMNAS = 4;
const FIN = "\n";

/**
 * @template {object} Fila
 * @typedef {object} Lectura
 * @property {(fila: Fila) => string} texto what is searched
 * @property {(fila: Fila) => (string | number | null | undefined)[]} claves its exact codes, at most
 *   four; of two rows with one, that which has it further to the left is first
 * @property {(claves: string[]) => string[]} comparables the codes as they are compared
 */

/**
 * @typedef {object} Claves every exact code, as it is compared
 * @property {Uint32Array} lugares where each is: row × COLUMNAS + column
 * @property {string[]} textos
 */

/** @template {object} Fila */
export class Tabla {
  /**
   * @param {object} partes
   * @param {string[]} partes.ids
   * @param {string[]} partes.textos normalized, each after a space
   * @param {(lugar: number) => Fila} partes.leer
   * @param {() => Claves} partes.claves
   * @param {() => string[]} partes.palabras
   */
  constructor({ ids, textos, leer, claves, palabras }) {
    this.ids = ids;
    this.textos = textos;
    this.leer = leer;
    this.claves = claves;
    this.palabras = palabras;
    /** @type {Map<string, number> | null} */
    this.lugares = null;
  }

  /**
   * @template {object} Fila
   * @param {Record<string, Fila>} filas by id
   * @param {Lectura<Fila>} lectura
   */
  static de(filas, lectura) {
    const suyos = Object.keys(filas);
    const dichos = normalizarTodos(suyos.map((id) => lectura.texto(filas[id]))).map((t) => ` ${t}`);
    const orden = enOrden(dichos);
    // By their text, then as the catalogue has them: a row's place says which it comes before.
    const ids = orden.map((lugar) => suyos[lugar]);
    const textos = orden.map((lugar) => dichos[lugar]);
    return new Tabla({
      ids,
      textos,
      leer: (lugar) => filas[ids[lugar]],
      claves: () => clavesDe(ids, filas, lectura),
      palabras: () => palabrasDe(textos),
    });
  }

  /**
   * @template {object} Fila
   * @param {import("./legajo.js").Legajo} legajo of what was `guardable`
   * @returns {Tabla<Fila>}
   */
  static guardada(legajo) {
    const [filas, comienzos] = [legajo.bytes("filas"), legajo.numeros("comienzos")];
    /** @param {string} nombre */
    const lineas = (nombre) => {
      const juntas = legajo.texto(nombre);
      return juntas === "" ? [] : juntas.split(FIN);
    };
    return new Tabla({
      ids: lineas("ids"),
      textos: lineas("textos"),
      leer: (lugar) => JSON.parse(leido(filas.subarray(comienzos[lugar], comienzos[lugar + 1]))),
      claves: () => ({ lugares: legajo.numeros("lugares"), textos: lineas("claves") }),
      palabras: () => lineas("palabras"),
    });
  }

  /**
   * What it can be made from again; null when one of its texts would be two.
   * @returns {Record<string, import("./legajo.js").Parte> | null}
   */
  guardable() {
    const { lugares, textos: claves } = this.claves();
    const listas = { ids: this.ids, textos: this.textos, claves, palabras: this.palabras() };
    if (Object.values(listas).some((lista) => lista.some((texto) => texto.includes(FIN))))
      return null;
    const juntas = Object.entries(listas).map(([nombre, lista]) => [nombre, lista.join(FIN)]);
    const codificador = new TextEncoder();
    const filas = this.ids.map((_, lugar) => JSON.stringify(this.leer(lugar)));
    const comienzos = new Uint32Array(filas.length + 1);
    filas.forEach((fila, lugar) => {
      comienzos[lugar + 1] = comienzos[lugar] + codificador.encode(fila).length;
    });
    return { ...Object.fromEntries(juntas), filas: filas.join(""), comienzos, lugares };
  }

  /**
   * @param {number} lugar
   * @returns {Fila & {id: string}}
   */
  fila(lugar) {
    return { ...this.leer(lugar), id: this.ids[lugar] };
  }

  /**
   * @param {string | number} id
   * @returns {Fila | undefined}
   */
  conId(id) {
    this.lugares ??= new Map(this.ids.map((uno, lugar) => [uno, lugar]));
    const lugar = this.lugares.get(String(id));
    return lugar === undefined ? undefined : this.leer(lugar);
  }
}

/**
 * @template {object} Fila
 * @param {string[]} ids
 * @param {Record<string, Fila>} filas
 * @param {Lectura<Fila>} lectura
 * @returns {Claves}
 */
function clavesDe(ids, filas, lectura) {
  const lugares = /** @type {number[]} */ ([]);
  const escritas = /** @type {string[]} */ ([]);
  ids.forEach((id, lugar) => {
    lectura.claves(filas[id]).forEach((valor, columna) => {
      if (valor === null || valor === undefined || valor === "") return;
      lugares.push(lugar * COLUMNAS + columna);
      escritas.push(String(valor));
    });
  });
  return { lugares: Uint32Array.from(lugares), textos: lectura.comparables(escritas) };
}

/** @param {string[]} textos */
function palabrasDe(textos) {
  return [...new Set(textos.join("").split(" "))].filter((palabra) => COMPARABLE.test(palabra));
}

/**
 * The places of texts in the order of the texts; of equal ones, the first first.
 * @param {string[]} textos
 */
function enOrden(textos) {
  const lugares = textos.map((_, lugar) => lugar);
  return lugares.sort((a, b) => (textos[a] < textos[b] ? -1 : Number(textos[a] > textos[b])));
}
