// Amounts of a currency, as people write them. Pure.

import { MONEDAS } from "../comun/dinero.js";
import { leerCifra } from "./cifras.js";

/**
 * What a person wrote of an amount ("12.500", "Gs. 900", "1.234,50"), in minor units.
 * @param {string} texto
 * @param {CodigoMoneda} moneda
 */
export function leerImporte(texto, moneda) {
  const { decimales, escritos: simbolos } = MONEDAS[moneda];
  const ajenos = Object.values(MONEDAS)
    .flatMap(({ escritos }) => escritos)
    .filter((simbolo) => !simbolos.includes(simbolo));
  return leerCifra(texto, { decimales, simbolos, ajenos });
}
