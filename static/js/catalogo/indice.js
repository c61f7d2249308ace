// The catalogue's search: exact codes, then what begins with the first word, then words by their
// start; only when there is none of these, what contains it; when nothing does, the nearest words.
// The same rules as core/datos/buscador.py and what uses it. Pure; runs in the Worker and in tests.

import { clave, normalizar, normalizarTodos, sinCeros } from "../lectura/normal.js";
import { COMPARABLE, comparador, raiz } from "../lectura/parecido.js";

const BARRAS = /^([0-9]{8}|[0-9]{12,14})$/;
const CONSULTA_MAXIMA = 120;
const PARECIDAS = 8;
const DE_UN_NUMERO = /^[0-9]+([.\- ][0-9]+)*$/;
const CIFRAS = [..."0123456789"];
// A key's place and column are one number.
const COLUMNAS = 4;

/**
 * @template {object} Fila
 * @typedef {object} Lecturas
 * @property {(fila: Fila) => string} texto what is searched
 * @property {(fila: Fila) => (string | number | null | undefined)[]} claves its exact codes, at most
 *   four; of two rows with one, that which has it further to the left is first
 * @property {(claves: string[]) => string[]} comparables the codes as they are compared
 * @property {(texto: string) => string[]} formas a text as the codes that it may be
 * @property {(texto: string) => string[]} [textos] what is searched of it, one after the other
 * @property {RegExp} [sola] texts whose exact row is the whole answer
 */

/** @template {object} Fila */
export class Indice {
  /**
   * @param {Record<string, Fila>} filas by id
   * @param {Lecturas<Fila>} lecturas
   */
  constructor(filas, lecturas) {
    this.filas = filas;
    this.lecturas = lecturas;
    this.ids = Object.keys(filas);
    const { texto } = lecturas;
    this.textos = normalizarTodos(this.ids.map((id) => texto(filas[id]))).map((t) => ` ${t}`);
    this.todos = this.textos.map((_, lugar) => lugar);
    /** What was looked for last, and the rows that have all of it. */
    this.ultima = { partes: /** @type {string[]} */ ([]), lugares: this.todos };
    /** @type {Map<string, number | number[]> | null} */
    this.codigos = null;
    /** @type {Map<string, string> | null} */
    this.vocabulario = null;
  }

  /** What the first questions would wait for. */
  preparar() {
    return [this.exactos, this.palabras];
  }

  /** Where each exact code is: place × COLUMNAS + column, or several. Made when first asked for. */
  get exactos() {
    if (this.codigos) return this.codigos;
    /** @type {Map<string, number | number[]>} */
    const codigos = new Map();
    const lugares = /** @type {number[]} */ ([]);
    const claves = /** @type {string[]} */ ([]);
    this.ids.forEach((id, lugar) => {
      this.lecturas.claves(this.filas[id]).forEach((valor, columna) => {
        if (valor === null || valor === undefined || valor === "") return;
        lugares.push(lugar * COLUMNAS + columna);
        claves.push(String(valor));
      });
    });
    this.lecturas.comparables(claves).forEach((una, i) => {
      const otros = codigos.get(una);
      codigos.set(una, otros === undefined ? lugares[i] : [otros, lugares[i]].flat());
    });
    this.codigos = codigos;
    return codigos;
  }

  /** The words that may be miswritten, with the root of each. Made when first asked for. */
  get palabras() {
    if (this.vocabulario) return this.vocabulario;
    const palabras = new Set(this.textos.join("").split(" "));
    this.vocabulario = new Map();
    for (const palabra of palabras)
      if (COMPARABLE.test(palabra)) this.vocabulario.set(palabra, raiz(palabra));
    return this.vocabulario;
  }

  /**
   * Whether a row is shown before another: by its text, then as the catalogue has them.
   * @param {number} uno
   * @param {number} otro
   */
  antes(uno, otro) {
    const [a, b] = [this.textos[uno], this.textos[otro]];
    return a < b || (a === b && uno < otro);
  }

  /** @param {number} lugar */
  fila(lugar) {
    const id = this.ids[lugar];
    return { id, ...this.filas[id] };
  }

  /**
   * The row that has exactly this code, or null.
   * @param {unknown} codigo
   */
  exacto(codigo) {
    const [lugar] = this.conClave(limpiar(String(codigo)));
    return lugar === undefined ? null : this.fila(lugar);
  }

  /**
   * The places of the rows whose code a text is: by column, then by text.
   * @param {string} texto
   */
  conClave(texto) {
    const halladas = this.lecturas.formas(texto).flatMap((forma) => this.exactos.get(forma) ?? []);
    halladas.sort((a, b) => {
      const columnas = (a % COLUMNAS) - (b % COLUMNAS);
      return columnas || (this.antes((a / COLUMNAS) | 0, (b / COLUMNAS) | 0) ? -1 : 1);
    });
    return [...new Set(halladas.map((cual) => Math.trunc(cual / COLUMNAS)))];
  }

  /**
   * Up to `limite` rows, whether there are more, and whether they are only near.
   * @param {string} consulta
   * @param {number} [limite]
   * @param {(id: string) => boolean} [primero] the rows that go before what is found the same way
   * @returns {{filas: (Fila & {id: string})[], mas: boolean, cercanas: boolean}}
   */
  buscar(consulta, limite = 20, primero = () => true) {
    const texto = limpiar(consulta);
    const exactas = this.conClave(texto);
    const { sola, textos = solo } = this.lecturas;
    if (exactas.length > 0 && sola?.test(texto)) return this.hallado(exactas, limite);
    const lecturas = textos(texto);
    for (const lectura of lecturas) {
      const lugares = this.conTexto(partir(lectura), exactas, limite, primero);
      if (lugares.length > 0 || lectura === "") return this.hallado(lugares, limite);
    }
    const cercanas = this.cercanas(partir(lecturas[lecturas.length - 1]), limite, primero);
    return { ...this.hallado(cercanas, limite), cercanas: true };
  }

  /**
   * @param {number[]} lugares
   * @param {number} limite
   */
  hallado(lugares, limite) {
    const filas = lugares.slice(0, limite).map((lugar) => this.fila(lugar));
    return { filas, mas: lugares.length > limite, cercanas: false };
  }

  /**
   * The exact rows and those that have every word; if there is none, those that contain it.
   * @param {string[]} partes
   * @param {number[]} exactas
   * @param {number} limite
   * @param {(id: string) => boolean} primero
   */
  conTexto(partes, exactas, limite, primero) {
    this.reducir(partes);
    const enteras = partes.map((parte) => ` ${parte}`);
    const [inicio = ""] = enteras;
    /** @param {number} lugar */
    const orden = (lugar) =>
      Number(!this.textos[lugar].startsWith(inicio)) + 2 * Number(!primero(this.ids[lugar]));
    const lugares = this.sumar(exactas, enteras, limite, orden);
    if (lugares.length > 0) return lugares;
    return this.sumar([], partes, limite, (lugar) => Number(!primero(this.ids[lugar])));
  }

  /**
   * Whatever is found is among the rows that have every part somewhere; one letter more, and it is
   * among those of before. A single letter leaves out too few to be worth a look.
   * @param {string[]} partes
   */
  reducir(partes) {
    const { ultima, todos, textos } = this;
    const sigue = ultima.partes.every((parte) => partes.some((otra) => otra.includes(parte)));
    let lugares = sigue ? ultima.lugares : todos;
    const buscadas = partes.filter(({ length }) => length > 1);
    for (const parte of buscadas)
      lugares = lugares.filter((lugar) => textos[lugar].includes(parte));
    this.ultima = { partes: buscadas, lugares };
  }

  /**
   * Those, and after them the first rows that have every part: one more in all than fit.
   * @param {number[]} lugares
   * @param {string[]} partes
   * @param {number} limite
   * @param {(lugar: number) => number} orden of two rows, the one with less is first
   */
  sumar(lugares, partes, limite, orden) {
    const faltan = limite + 1 - lugares.length;
    if (faltan <= 0) return lugares;
    const ya = new Set(lugares);
    /** @type {{lugar: number, puesto: number}[]} */
    const mejores = [];
    for (const lugar of this.ultima.lugares) {
      const ultimo = mejores.length === faltan ? mejores[faltan - 1] : null;
      // Most rows are later than all that fit: that is quicker to see than what they say.
      if (ultimo?.puesto === 0 && !this.antes(lugar, ultimo.lugar)) continue;
      const dicho = this.textos[lugar];
      if (!partes.every((parte) => dicho.includes(parte)) || ya.has(lugar)) continue;
      this.intercalar(mejores, { lugar, puesto: orden(lugar) }, faltan);
    }
    return [...lugares, ...mejores.map(({ lugar }) => lugar)];
  }

  /**
   * Put a row among the best, in its place, if it is one of them.
   * @param {{lugar: number, puesto: number}[]} mejores
   * @param {{lugar: number, puesto: number}} nueva
   * @param {number} caben
   */
  intercalar(mejores, nueva, caben) {
    /** @param {{lugar: number, puesto: number}} otra */
    const va = ({ lugar, puesto }) =>
      nueva.puesto < puesto || (nueva.puesto === puesto && this.antes(nueva.lugar, lugar));
    let i = mejores.length;
    while (i > 0 && va(mejores[i - 1])) i -= 1;
    mejores.splice(i, 0, nueva);
    if (mejores.length > caben) mejores.pop();
  }

  /**
   * The rows that have a word near each of these, the nearest first.
   * @param {string[]} partes
   * @param {number} limite
   * @param {(id: string) => boolean} primero
   */
  cercanas(partes, limite, primero) {
    const parecidas = partes.map((parte) => this.parecidas(parte));
    /** @type {{lugar: number, puesto: number}[]} */
    const mejores = [];
    if (parecidas.every(({ length }) => length <= 1)) return [];
    // The distances of many words are less than this.
    const lejos = 1_000;
    this.textos.forEach((dicho, lugar) => {
      const distancia = distanciaDe(parecidas, dicho);
      if (distancia === null) return;
      const puesto = distancia + (primero(this.ids[lugar]) ? 0 : lejos);
      this.intercalar(mejores, { lugar, puesto }, limite);
    });
    return mejores.map(({ lugar }) => lugar);
  }

  /**
   * The word itself and the nearest to it, each as its beginning is found, with how far it is.
   * @param {string} parte
   * @returns {[string, number][]}
   */
  parecidas(parte) {
    const grado = comparador(parte);
    /** @type {[string, number][]} */
    const cerca = [];
    for (const [palabra, base] of this.palabras) {
      const lejos = grado(palabra, base);
      if (lejos) cerca.push([palabra, lejos]);
    }
    cerca.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
    return [[parte, 0], ...cerca.slice(0, PARECIDAS)].map(([palabra, lejos]) => [
      ` ${palabra}`,
      Number(lejos),
    ]);
  }
}

/**
 * How far a row is from all the words; null when it has none near one of them.
 * @param {[string, number][][]} parecidas of each word, the nearest first
 * @param {string} dicho
 */
function distanciaDe(parecidas, dicho) {
  let total = 0;
  for (const cuales of parecidas) {
    const hallada = cuales.find(([inicio]) => dicho.includes(inicio));
    if (!hallada) return null;
    total += hallada[1];
  }
  return total;
}

/** @param {string} consulta */
function limpiar(consulta) {
  return normalizar([...consulta].slice(0, CONSULTA_MAXIMA).join(""));
}

/** @param {string} texto */
function partir(texto) {
  return texto.split(" ").filter(Boolean);
}

/**
 * @template T
 * @param {T} texto
 * @returns {[T]}
 */
function solo(texto) {
  return [texto];
}

/** @param {Record<string, ClienteDeCatalogo>} clientes */
export function indiceDeClientes(clientes) {
  return new Indice(clientes, {
    texto: (c) => `${c.nombrefantasia} ${c.nombrefactura} ${c.ruc}`,
    claves: (c) => [c.ruc],
    comparables: (rucs) => rucs,
    formas: formasDeRuc,
    textos: (texto) => (DE_UN_NUMERO.test(texto) ? [texto, texto.replaceAll(".", "")] : [texto]),
  });
}

/**
 * How a tax number typed so may be stored: points, hyphen and check digit may be missing.
 * @param {string} texto
 */
function formasDeRuc(texto) {
  const junto = texto.replace(/[^0-9a-z]/g, "").toUpperCase();
  if (!/[0-9]/.test(junto)) return [];
  const conGuion = `${junto.slice(0, -1)}-${junto.slice(-1)}`;
  return [junto, conGuion, ...CIFRAS.map((digito) => `${junto}-${digito}`)];
}

/** @param {Record<string, ArticuloDeCatalogo>} articulos */
export function indiceDeArticulos(articulos) {
  return new Indice(articulos, {
    texto: (a) => `${a.descripcion} ${a.prod_marca} ${a.codigo} ${a.sku} ${a.codigo_barras ?? ""}`,
    claves: (a) => [a.codigo, a.sku, a.codigo_barras],
    comparables: (claves) => normalizarTodos(claves).map(sinCeros),
    formas: (texto) => [clave(texto)],
    sola: BARRAS,
  });
}
