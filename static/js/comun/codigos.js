// Codes as hands and scanners write them. Pure.

import { leerCantidad } from "./dinero.js";

const BARRAS = /^(\d{8}|\d{12,14})$/;
// "12*7840001…": that many of what is scanned next.
const CON_CANTIDAD = /^(\d{1,7})\s*[*x]\s*(\S.*)$/i;

/**
 * "12*yerba" → {cantidad: 12, texto: "yerba"}; without a quantity, null.
 * @param {string} q
 */
export function partir(q) {
  const partes = CON_CANTIDAD.exec(q.trim());
  const cantidad = partes ? leerCantidad(partes[1]) : null;
  return partes && cantidad !== null
    ? { cantidad, texto: partes[2] }
    : { cantidad: null, texto: q.trim() };
}

/**
 * Whether this is a barcode, what scanners type.
 * @param {string} texto
 */
export function esDeBarras(texto) {
  return BARRAS.test(texto);
}
