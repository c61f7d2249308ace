// One line of an order: made from an article, a quantity and a price, judged when it comes from
// elsewhere, its tax split as the server splits it. Pure.

import { aMenor, cabeElPrecio, cabeElTotal, cabeLaCantidad, plano } from "../comun/dinero.js";
import { CAMPOS, desglosar } from "../motor/iva.js";

/** @type {Record<Tasa, readonly CampoIva[]>} */
const CAMPOS_DE = { 10: ["gravada_10", "iva_10"], 5: ["gravada_5", "iva_5"], 0: ["exenta"] };

/** An edit that cannot be; `codigo` is a key of textos.js. */
export class PedidoInvalido extends Error {
  /** @param {string} codigo */
  constructor(codigo) {
    super(codigo);
    this.codigo = codigo;
  }
}

/**
 * @param {unknown} linea
 * @param {number} decimales
 * @returns {linea is Linea}
 */
export function esLinea(linea, decimales) {
  if (!esPosible(linea, decimales)) return false;
  const partes = CAMPOS.filter(
    (campo) => campo in linea || CAMPOS_DE[tasaDe(linea)].includes(campo),
  );
  return partes.every((campo) => aMenor(linea[campo], decimales) !== null);
}

/**
 * Whether a line's article, quantity, price and total are possible, whatever it says of its tax.
 * @param {unknown} linea
 * @param {number} decimales
 * @returns {linea is Linea}
 */
export function esPosible(linea, decimales) {
  if (typeof linea !== "object" || linea === null) return false;
  const { articulo_id, cantidad, precio_unitario } = /** @type {Partial<Linea>} */ (linea);
  if (!Number.isSafeInteger(articulo_id) || Number(articulo_id) < 1 || !cabeLaCantidad(cantidad))
    return false;
  const precio = aMenor(precio_unitario, decimales);
  return (
    precio !== null && cabeElPrecio(precio, decimales) && cabeElTotal(BigInt(cantidad) * precio)
  );
}

/**
 * A line's stored split back in minor units.
 * @param {Linea} linea
 * @param {number} decimales
 */
export function desgloseDe(linea, decimales) {
  const partes = { gravada_10: 0n, iva_10: 0n, gravada_5: 0n, iva_5: 0n, exenta: 0n };
  for (const campo of CAMPOS) partes[campo] = monto(linea[campo] ?? "0", decimales);
  return partes;
}

/**
 * An amount of an order that can be shown.
 * @param {string} texto
 * @param {number} decimales
 * @returns {Minimos}
 */
export function monto(texto, decimales) {
  const menor = aMenor(texto, decimales);
  if (menor === null) throw new PedidoInvalido("ilegible");
  return menor;
}

/**
 * A line with another quantity or price, its tax split again at its own rate.
 * @param {Linea} linea
 * @param {{cantidad?: number, precio?: Minimos}} cambio
 * @param {number} decimales
 */
export function rehecha(linea, cambio, decimales) {
  const { cantidad = linea.cantidad, precio = monto(linea.precio_unitario, decimales) } = cambio;
  return crearLinea(linea.articulo_id, cantidad, precio, tasaDe(linea), decimales);
}

/**
 * The rate a line was split by: only its own two fields, or the exempt one, are there.
 * @param {Linea} linea
 * @returns {Tasa}
 */
export function tasaDe(linea) {
  if ("gravada_10" in linea) return 10;
  return "gravada_5" in linea ? 5 : 0;
}

/**
 * @param {number} articulo
 * @param {number} cantidad
 * @param {Minimos} precio
 * @param {Tasa} tasa
 * @param {number} decimales
 * @returns {Linea}
 */
export function crearLinea(articulo, cantidad, precio, tasa, decimales) {
  if (!cabeLaCantidad(cantidad)) throw new PedidoInvalido("cantidad");
  if (!cabeElPrecio(precio, decimales)) throw new PedidoInvalido("precio_maximo");
  const total = BigInt(cantidad) * precio;
  if (!cabeElTotal(total)) throw new PedidoInvalido("total");
  const partes = desglosar(total, tasa);
  /** @type {Linea} */
  const linea = { articulo_id: articulo, cantidad, precio_unitario: plano(precio, decimales) };
  for (const campo of CAMPOS_DE[tasa]) linea[campo] = plano(partes[campo], decimales);
  return linea;
}
