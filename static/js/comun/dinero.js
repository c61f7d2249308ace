// Money as whole minor units in BigInt: no float ever takes part in a sum. Pure.

import { LIMITES } from "./limites.js";

/** `escritos`: how people write its symbol. @type {Record<CodigoMoneda, Moneda>} */
export const MONEDAS = {
  PYG: { decimales: 0, simbolo: "Gs.", escritos: ["Gs", "G", "₲", "PYG"] },
  PEN: { decimales: 2, simbolo: "S/", escritos: ["S/", "PEN"] },
  USD: { decimales: 2, simbolo: "US$", escritos: ["US$", "U$S", "$", "USD"] },
};
// No amount of a line has more digits: sums are not read, they are made.
const CIFRAS_MAXIMO = LIMITES.total_linea_cifras;
const PLANO = /^(\d+)(?:\.(\d+))?$/;

/**
 * Minor units of a plain decimal ("1234.5", a catalogue's JSON number); null if it has no place.
 * @param {unknown} valor
 * @param {number} decimales
 * @returns {Minimos | null}
 */
export function aMenor(valor, decimales) {
  const partes = PLANO.exec(String(valor));
  if (!partes) return null;
  const enteros = partes[1].replace(/^0+(?=\d)/, "");
  const fraccion = (partes[2] ?? "").replace(/0+$/, "");
  if (enteros.length > CIFRAS_MAXIMO || fraccion.length > decimales) return null;
  return BigInt(enteros + fraccion.padEnd(decimales, "0"));
}

/**
 * Whether a unit price (minor units) is one that the server stores.
 * @param {bigint} menor
 * @param {number} decimales
 */
export function cabeElPrecio(menor, decimales) {
  return menor >= 0n && menor < 10n ** BigInt(LIMITES.precio_enteros + decimales);
}

/**
 * @param {unknown} cantidad
 * @returns {cantidad is number}
 */
export function cabeLaCantidad(cantidad) {
  return (
    Number.isInteger(cantidad) &&
    Number(cantidad) >= LIMITES.cantidad_minima &&
    Number(cantidad) <= LIMITES.cantidad_maxima
  );
}

/** Whether a line's total (minor units) is one that the server's columns hold. @param {bigint} menor */
export function cabeElTotal(menor) {
  return menor >= 0n && menor < 10n ** BigInt(CIFRAS_MAXIMO);
}

/**
 * The shortest plain decimal: no exponent, no trailing zeros ("12500", "10.5").
 * @param {Minimos} menor
 * @param {number} decimales
 */
export function plano(menor, decimales) {
  const { entero, fraccion } = partir(menor, decimales);
  const util = fraccion.replace(/0+$/, "");
  return util ? `${entero}.${util}` : entero;
}

/**
 * As people read it, es-PY: "1.234.567", "1.234,50".
 * @param {bigint} menor
 * @param {number} decimales
 */
export function formatear(menor, decimales) {
  const signo = menor < 0n ? "-" : "";
  const { entero, fraccion } = partir(menor < 0n ? -menor : menor, decimales);
  const agrupado = entero.replace(/\B(?=(\d{3})+$)/g, ".");
  return signo + (fraccion ? `${agrupado},${fraccion}` : agrupado);
}

/**
 * With its currency: "Gs. 1.234.567".
 * @param {Minimos} menor
 * @param {CodigoMoneda} moneda
 */
export function conMoneda(menor, moneda) {
  const { decimales, simbolo } = MONEDAS[moneda];
  return `${simbolo} ${formatear(menor, decimales)}`;
}

/**
 * A count as people read it: "1.200".
 * @param {number | bigint} numero
 */
export function contar(numero) {
  return formatear(BigInt(numero), 0);
}

/**
 * @param {bigint} menor
 * @param {number} decimales
 */
function partir(menor, decimales) {
  const cifras = String(menor).padStart(decimales + 1, "0");
  const corte = cifras.length - decimales;
  return { entero: cifras.slice(0, corte), fraccion: cifras.slice(corte) };
}
