// Codes as hands and scanners write them. Pure.

import { leerCantidad } from "./cifras.js";
import { limpiar } from "./limpieza.js";

const BARRAS = /^(\d{8}|\d{12,14})$/;
// What some scanners say first of the kind of barcode: "]E0".
const DE_LECTOR = /^\][A-Za-z][0-9A-Za-z](?=\d{8,14}$)/;
// And on boxes, where the code is followed by what else is known of them: "]C101", GTIN, lot, date.
const DE_CAJA = /^\](?:C1|e0|d2|Q3)01(\d{14}).*$/;
// "12*1003": that many of it.
const POR = /^([\d.]+) ?\* ?(.+)$/;
// Names say "6x500 ml": a cross multiplies only what is scanned next.
const CRUZ = /^([\d.]+) ?[x×] ?(.+)$/i;

/**
 * "12*yerba" → {cantidad: 12, texto: "yerba"}; without a quantity, null.
 * @param {string} q
 */
export function partir(q) {
  const limpio = limpiar(q);
  const cruz = CRUZ.exec(limpio);
  const partes = POR.exec(limpio) ?? (cruz && esDeBarras(sinLector(cruz[2])) ? cruz : null);
  const cantidad = partes ? leerCantidad(partes[1]).vale : null;
  const texto = partes && cantidad !== null ? partes[2] : limpio;
  return { cantidad, texto: sinLector(texto) };
}

/** @param {string} texto */
function sinLector(texto) {
  return texto.replace(DE_CAJA, "$1").replace(DE_LECTOR, "");
}

/**
 * Whether this is a barcode, what scanners type.
 * @param {string} texto
 */
export function esDeBarras(texto) {
  return BARRAS.test(texto);
}

/**
 * Whether a barcode is whole: its last figure is GS1's check digit, weights 3, 1, 3… from the right.
 * @param {string} barras
 */
export function digitoBien(barras) {
  const [ultima, ...antes] = [...barras].reverse().map(Number);
  const suma = antes.reduce((hasta, cifra, i) => hasta + cifra * (i % 2 === 0 ? 3 : 1), 0);
  return (suma + ultima) % 10 === 0;
}
