// The catalogue's search: exact codes, then what begins with the first word, then words by their
// start; only when there is none of these, what contains it; when nothing does, the nearest words.
// The same rules as core/datos/buscador.py and what uses it. Pure; runs in the Worker and in tests.

import { clave, normalizar, normalizarTodos, sinCeros } from "../lectura/normal.js";
import { comparador, raiz } from "../lectura/parecido.js";
import { COLUMNAS } from "./tabla.js";

const BARRAS = /^([0-9]{8}|[0-9]{12,14})$/;
const CONSULTA_MAXIMA = 120;
const PARECIDAS = 8;
const DE_UN_NUMERO = /^[0-9]+([.\- ][0-9]+)*$/;
const CIFRAS = [..."0123456789"];

/**
 * How a text is taken for what the rows are searched by.
 * @typedef {object} Preguntada
 * @property {(texto: string) => string[]} formas a text as the codes that it may be
 * @property {(texto: string) => string[]} [textos] what is searched of it, one after the other
 * @property {RegExp} [sola] texts whose exact row is the whole answer: without one, what has them is
 *   only near
 */

/** @template {object} Fila */
export class Indice {
  /**
   * @param {import("./tabla.js").Tabla<Fila>} tabla
   * @param {Preguntada} preguntada
   */
  constructor(tabla, preguntada) {
    this.tabla = tabla;
    this.preguntada = preguntada;
    this.ids = tabla.ids;
    this.textos = tabla.textos;
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

  /** Where each exact code is: row × COLUMNAS + column, or several. Made when first asked for. */
  get exactos() {
    if (this.codigos) return this.codigos;
    /** @type {Map<string, number | number[]>} */
    const codigos = new Map();
    const { lugares, textos } = this.tabla.claves();
    textos.forEach((una, i) => {
      const otros = codigos.get(una);
      codigos.set(una, otros === undefined ? lugares[i] : [otros, lugares[i]].flat());
    });
    this.codigos = codigos;
    return codigos;
  }

  /** The words that may be miswritten, with the root of each. Made when first asked for. */
  get palabras() {
    if (this.vocabulario) return this.vocabulario;
    this.vocabulario = new Map(this.tabla.palabras().map((palabra) => [palabra, raiz(palabra)]));
    return this.vocabulario;
  }

  /**
   * The row that has exactly this code, or null.
   * @param {unknown} codigo
   */
  exacto(codigo) {
    const [lugar] = this.conClave(limpiar(String(codigo)));
    return lugar === undefined ? null : this.tabla.fila(lugar);
  }

  /**
   * The places of the rows whose code a text is: by column, then by text.
   * @param {string} texto
   */
  conClave(texto) {
    const halladas = this.preguntada
      .formas(texto)
      .flatMap((forma) => this.exactos.get(forma) ?? []);
    halladas.sort((a, b) => (a % COLUMNAS) - (b % COLUMNAS) || a - b);
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
    const { sola, textos = solo } = this.preguntada;
    const esSola = sola?.test(texto) ?? false;
    if (exactas.length > 0 && esSola) return this.hallado(exactas, limite);
    const lecturas = textos(texto);
    for (const lectura of lecturas) {
      const lugares = this.conTexto(partir(lectura), exactas, limite, primero);
      if (lugares.length === 0 && lectura !== "") continue;
      return esSola ? this.halladoCerca(lugares, limite) : this.hallado(lugares, limite);
    }
    const cercanas = this.cercanas(partir(lecturas[lecturas.length - 1]), limite, primero);
    return this.halladoCerca(cercanas, limite);
  }

  /**
   * @param {number[]} lugares
   * @param {number} limite
   */
  hallado(lugares, limite) {
    const filas = lugares.slice(0, limite).map((lugar) => this.tabla.fila(lugar));
    return { filas, mas: lugares.length > limite, cercanas: false };
  }

  /**
   * @param {number[]} lugares
   * @param {number} limite
   */
  halladoCerca(lugares, limite) {
    return { ...this.hallado(lugares, limite), mas: false, cercanas: true };
  }

  /**
   * The exact rows and those that have every word; if there is none, those that contain it. One
   * more than fit, if there are.
   * @param {string[]} partes
   * @param {number[]} exactas
   * @param {number} limite
   * @param {(id: string) => boolean} primero
   */
  conTexto(partes, exactas, limite, primero) {
    const caben = limite + 1 - exactas.length;
    const ya = new Set(exactas);
    /** @param {number} lugar */
    const va = (lugar) => primero(this.ids[lugar]);
    const [empiezan, tienen, contienen] = [0, 1, 2].map(() => new Cola(caben, va));
    const enteras = partes.map((parte) => ` ${parte}`);
    const [desde, hasta] = this.queEmpiezan(enteras[0] ?? "");
    for (let lugar = desde; lugar < hasta && !empiezan.llena; lugar++)
      if (!ya.has(lugar) && tiene(this.textos[lugar], enteras)) empiezan.poner(lugar);
    if (!empiezan.llena)
      this.recorrer(partes, (lugar, dicho) => {
        const enteros = tiene(dicho, enteras);
        if (ya.has(lugar) || (enteros && lugar >= desde && lugar < hasta)) return true;
        (enteros ? tienen : contienen).poner(lugar);
        return !tienen.llena;
      });
    const lugares = [
      ...[...exactas, ...empiezan.antes, ...tienen.antes],
      ...[...empiezan.despues, ...tienen.despues],
    ];
    const hallados = lugares.length > 0 ? lugares : [...contienen.antes, ...contienen.despues];
    return hallados.slice(0, limite + 1);
  }

  /**
   * The places from the first text that begins so to the one after the last.
   * @param {string} inicio
   */
  queEmpiezan(inicio) {
    return [inicio, `${inicio}\uffff`].map((texto) => {
      let [desde, hasta] = [0, this.textos.length];
      while (desde < hasta) {
        const medio = (desde + hasta) >> 1;
        if (this.textos[medio] < texto) desde = medio + 1;
        else hasta = medio;
      }
      return desde;
    });
  }

  /**
   * Each row that has every part somewhere, in order, while it is told to go on. One letter more,
   * and they are among those of before.
   * @param {string[]} partes
   * @param {(lugar: number, dicho: string) => boolean} seguir
   */
  recorrer(partes, seguir) {
    const { ultima, todos, textos } = this;
    const sigue = ultima.partes.every((parte) => partes.some((otra) => otra.includes(parte)));
    const vistos = /** @type {number[]} */ ([]);
    for (const lugar of sigue ? ultima.lugares : todos) {
      const dicho = textos[lugar];
      if (!tiene(dicho, partes)) continue;
      vistos.push(lugar);
      if (!seguir(lugar, dicho)) return;
    }
    this.ultima = { partes, lugares: vistos };
  }

  /**
   * The rows that have a word near each of these, the nearest first.
   * @param {string[]} partes
   * @param {number} limite
   * @param {(id: string) => boolean} primero
   */
  cercanas(partes, limite, primero) {
    const parecidas = partes.map((parte) => this.parecidas(parte));
    if (parecidas.every(({ length }) => length <= 1)) return [];
    /** @type {Cola[]} */
    const colas = [];
    /** @param {number} lugar */
    const va = (lugar) => primero(this.ids[lugar]);
    const alguna = parecidas.map(conAlguna);
    this.textos.forEach((dicho, lugar) => {
      if (!alguna.every((patron) => patron.test(dicho))) return;
      const distancia = distanciaDe(parecidas, dicho);
      colas[distancia] ??= new Cola(limite, va);
      colas[distancia].poner(lugar);
    });
    const hay = colas.filter(Boolean);
    const lugares = [...hay.map(({ antes }) => antes), ...hay.map(({ despues }) => despues)].flat();
    return lugares.slice(0, limite);
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

/** The first places of some rows: those that go before, and the others. */
class Cola {
  /**
   * @param {number} caben of each
   * @param {(lugar: number) => boolean} va whether a row goes before
   */
  constructor(caben, va) {
    this.caben = caben;
    this.va = va;
    this.antes = /** @type {number[]} */ ([]);
    this.despues = /** @type {number[]} */ ([]);
  }

  get llena() {
    return this.antes.length >= this.caben;
  }

  /** @param {number} lugar */
  poner(lugar) {
    const suya = this.va(lugar) ? this.antes : this.despues;
    if (suya.length < this.caben) suya.push(lugar);
  }
}

/**
 * @param {string} dicho
 * @param {string[]} partes
 */
function tiene(dicho, partes) {
  for (const parte of partes) if (!dicho.includes(parte)) return false;
  return true;
}

/**
 * What a text matches that has one of these beginnings: quicker than one after the other.
 * @param {[string, number][]} parecidas
 */
function conAlguna(parecidas) {
  const comienzos = parecidas.map(([inicio]) => inicio.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(comienzos.join("|"));
}

/**
 * How far a row is from all the words, of each of which it has one.
 * @param {[string, number][][]} parecidas of each word, the nearest first
 * @param {string} dicho
 */
function distanciaDe(parecidas, dicho) {
  const lejos = parecidas.map((cuales) => cuales.find(([inicio]) => dicho.includes(inicio))?.[1]);
  return lejos.reduce((/** @type {number} */ suma, uno) => suma + (uno ?? 0), 0);
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

/** @type {import("./tabla.js").Lectura<ClienteDeCatalogo>} */
export const LECTURA_DE_CLIENTES = {
  texto: (c) => `${c.nombrefantasia} ${c.nombrefactura} ${c.ruc}`,
  claves: (c) => [c.ruc],
  comparables: (rucs) => rucs,
};

/** @type {import("./tabla.js").Lectura<ArticuloDeCatalogo>} */
export const LECTURA_DE_ARTICULOS = {
  texto: (a) => `${a.descripcion} ${a.prod_marca} ${a.codigo} ${a.sku} ${a.codigo_barras ?? ""}`,
  claves: (a) => [a.codigo, a.sku, a.codigo_barras],
  comparables: (claves) => normalizarTodos(claves).map(sinCeros),
};

/** @param {import("./tabla.js").Tabla<ClienteDeCatalogo>} tabla */
export function indiceDeClientes(tabla) {
  return new Indice(tabla, {
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

/** @param {import("./tabla.js").Tabla<ArticuloDeCatalogo>} tabla */
export function indiceDeArticulos(tabla) {
  return new Indice(tabla, { formas: (texto) => [clave(texto)], sola: BARRAS });
}
