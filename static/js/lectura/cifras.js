// The one reader of amounts and quantities that people write. Pure.
// The same rules as core/texto/cifras.py, bound by tests/vectores/cifras.json; docs/lectura.md has
// them in words.

import { LIMITES } from "../comun/limites.js";
import { limpiar } from "./limpieza.js";

/**
 * @typedef {"vacio" | "numero" | "ambiguo" | "decimales" | "moneda" | "rango"} MotivoDeCifra
 * @typedef {{vale: Minimos, motivo?: undefined}} CifraLeida in minor units
 * @typedef {{vale: null, motivo: MotivoDeCifra, lecturas: string[]}} CifraIlegible
 *   `lecturas`: the numbers that it may be, when it is ambiguous
 * @typedef {{decimales: number, simbolos?: readonly string[], ajenos?: readonly string[]}} Escritura
 */

// More digits than any amount has: what is longer is not converted at all.
const CIFRAS = 13;
const LARGO = 60;
const SIGNO = /^[-\u2212] ?/;
// "12.500.-": the dash that stands for no cents.
const SIN_CENTAVOS = /[.,] ?[-\u2013\u2014]$/;
const EMPIEZA_NUMERO = /^[-\u2212]?[0-9]/;
const TERMINA_NUMERO = /[0-9]$/;
// Digits, or groups of three after points or after spaces; then what a comma leaves behind it.
const ESPANOL = /^(\d+|[1-9]\d{0,2}(?:(?:\.\d{3})+|(?: \d{3})+))(?:,(\d+))?$/;
// The other way round.
const INGLES = /^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;
const CON_PUNTO = /^(\d+)\.(\d+)$/;

/**
 * The number in a text such as "1.234,50", "12500" or, with `simbolos`, "Gs. 12.500.-".
 *
 * Points group thousands and a comma is decimal; where there are decimals a point may be decimal
 * too. `ajenos`: symbols of other currencies. Nothing is guessed.
 * @param {string} texto
 * @param {Escritura} escritura
 * @returns {CifraLeida | CifraIlegible}
 */
export function leerCifra(texto, { decimales, simbolos = [], ajenos = [] }) {
  const limpio = limpiar(texto);
  if (!limpio) return ilegible("vacio");
  if (limpio.length > LARGO) return ilegible("numero");
  const suelto = sinSimbolo(limpio, simbolos, ajenos);
  if (suelto === null) return ilegible("moneda");
  const numero = suelto.replace(SIN_CENTAVOS, "");
  const leida = leerNumero(numero.replace(SIGNO, ""), decimales);
  return leida.vale !== null && SIGNO.test(numero) ? { vale: -leida.vale } : leida;
}

/**
 * A whole number of units within its limits: "12", "1.200".
 * @param {string} texto
 * @returns {{vale: number, motivo?: undefined} | CifraIlegible}
 */
export function leerCantidad(texto) {
  const leida = leerCifra(texto, { decimales: 0 });
  if (leida.vale === null) return leida;
  const cantidad = Number(leida.vale);
  const cabe = cantidad >= LIMITES.cantidad_minima && cantidad <= LIMITES.cantidad_maxima;
  return cabe ? { vale: cantidad } : ilegible("rango");
}

/**
 * The text without a symbol of its currency; null where it has another's.
 * @param {string} texto
 * @param {readonly string[]} propios
 * @param {readonly string[]} ajenos
 */
function sinSimbolo(texto, propios, ajenos) {
  // "US$" before "$".
  const todos = [...propios, ...ajenos].sort((a, b) => b.length - a.length);
  for (const simbolo of todos) {
    const resto = quitar(texto, simbolo);
    if (resto !== null) return propios.includes(simbolo) ? resto : null;
  }
  return texto;
}

/**
 * The number before or after the symbol; null when it is not there, or is part of a word.
 * @param {string} texto
 * @param {string} simbolo
 */
function quitar(texto, simbolo) {
  const [escrito, buscado] = [texto.toUpperCase(), simbolo.toUpperCase()];
  if (escrito.startsWith(buscado)) {
    const resto = texto.slice(simbolo.length).replace(/^\./, "").trim();
    return EMPIEZA_NUMERO.test(resto) ? resto : null;
  }
  for (const final of [buscado, `${buscado}.`]) {
    if (!escrito.endsWith(final)) continue;
    const resto = texto.slice(0, -final.length).trim();
    return TERMINA_NUMERO.test(resto) ? resto : null;
  }
  return null;
}

/**
 * @param {string} numero
 * @param {number} decimales
 * @returns {CifraLeida | CifraIlegible}
 */
function leerNumero(numero, decimales) {
  let partes = ESPANOL.exec(numero);
  // One sign and three digits after it: thousands or decimals, as one was taught to write.
  if (partes?.[2]?.length === 3)
    return ambiguo([partes[1] + partes[2], ""], [partes[1], partes[2]]);
  const ingles = INGLES.exec(numero);
  if (ingles) {
    const [entero, ...grupos] = ingles[1].split(",");
    const soloUno = /** @type {[string, string][]} */ (
      grupos.length === 1 ? [[entero, grupos[0]]] : []
    );
    return ambiguo([ingles[1], ingles[2] ?? ""], ...soloUno);
  }
  const punto = decimales > 0 ? CON_PUNTO.exec(numero) : null;
  if (punto?.[2].length === 3) return ambiguo([punto[1] + punto[2], ""], [punto[1], punto[2]]);
  partes = punto ?? partes;
  if (!partes) return ilegible("numero");
  const entero = cifras(partes[1]);
  const escrita = partes[2] ?? "";
  const fraccion = escrita.replace(/0+$/, "");
  // Cents that are none may be written: "15,00".
  if (escrita.length > 2 || fraccion.length > decimales) return ilegible("decimales");
  if (entero.length > CIFRAS) return ilegible("rango");
  return { vale: BigInt(entero + fraccion.padEnd(decimales, "0")) };
}

/**
 * @param {MotivoDeCifra} motivo
 * @param {string[]} [lecturas]
 * @returns {CifraIlegible}
 */
function ilegible(motivo, lecturas = []) {
  return { vale: null, motivo, lecturas };
}

/** @param {[entero: string, decimal: string][]} lecturas */
function ambiguo(...lecturas) {
  const escritas = lecturas.map(([entero, decimal]) => {
    const fraccion = decimal.replace(/0+$/, "");
    return fraccion ? `${cifras(entero)},${fraccion}` : cifras(entero);
  });
  return ilegible("ambiguo", [...new Set(escritas)]);
}

/**
 * The digits alone, without zeros before them.
 * @param {string} grupos
 */
function cifras(grupos) {
  return grupos.replace(/[., ]/g, "").replace(/^0+(?=\d)/, "");
}
