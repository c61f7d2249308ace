// IVA contained in a line's total (prices include it): the same formula as sales/precios/iva.py. Pure.

/** @type {readonly CampoIva[]} */
export const CAMPOS = ["gravada_10", "iva_10", "gravada_5", "iva_5", "exenta"];

/**
 * Split a line's total (BigInt, minor units) by its rate: 10, 5 or 0 (exempt).
 * @param {Minimos} total
 * @param {number} tasa
 * @returns {Desglose}
 */
export function desglosar(total, tasa) {
  const partes = { gravada_10: 0n, iva_10: 0n, gravada_5: 0n, iva_5: 0n, exenta: 0n };
  if (tasa === 10) {
    partes.iva_10 = (2n * total + 11n) / 22n;
    partes.gravada_10 = total - partes.iva_10;
  } else if (tasa === 5) {
    partes.iva_5 = (2n * total + 21n) / 42n;
    partes.gravada_5 = total - partes.iva_5;
  } else if (tasa === 0) {
    partes.exenta = total;
  } else {
    throw new RangeError(`unknown IVA rate: ${tasa}`);
  }
  return partes;
}

/**
 * Sum splits field by field; `total` is what the client pays.
 * @param {Iterable<Desglose>} desgloses
 * @returns {Totales}
 */
export function sumar(desgloses) {
  const suma = { gravada_10: 0n, iva_10: 0n, gravada_5: 0n, iva_5: 0n, exenta: 0n, total: 0n };
  for (const desglose of desgloses) {
    for (const campo of CAMPOS) {
      suma[campo] += desglose[campo];
      suma.total += desglose[campo];
    }
  }
  return suma;
}
