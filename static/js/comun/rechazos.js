// What a refusal means and what follows it: the one table for whoever asks the server. Pure.

import { frase } from "./frases.js";

/**
 * @typedef {object} Negativa
 * @property {string} codigo of its sentence (frases.js)
 * @property {"entrar" | "esperar" | "devolver"} sigue signing in; the same again later; or nothing,
 *   because what was asked is decided
 * @property {boolean} [basta] its sentence says all: the server's own words add nothing
 */

/** @type {Negativa} */
const OTRA = { codigo: "inesperado", sigue: "devolver" };
/** @type {Negativa} */
const SERVIDOR = { codigo: "servidor", sigue: "esperar" };
/** @type {ReadonlyMap<number, Negativa>} */
const NEGATIVAS = new Map([
  [401, { codigo: "sesion", sigue: "entrar", basta: true }],
  [403, { codigo: "sin_permiso", sigue: "devolver" }],
  [408, SERVIDOR],
  [413, { codigo: "tamano", sigue: "devolver" }],
  [429, { codigo: "espera", sigue: "esperar", basta: true }],
]);
// The session is another's, or nobody's: whoever sits there has to sign in.
const DE_SESION = new Set(["sesion", "otra_persona"]);
// Of these orders the server has other content: the taker decides whether it gets another order.
const DE_OTRO_CONTENIDO = new Set(["pedido_reutilizado", "recibo_distinto"]);

/**
 * What an answer's status refuses; of one that refuses nothing we know of, something unexpected.
 * @param {number} estado
 */
export function negativaDe(estado) {
  return NEGATIVAS.get(estado) ?? (estado >= 500 ? SERVIDOR : OTRA);
}

/**
 * Whether the session that asked has ended.
 * @param {number} estado
 */
export function pideEntrar(estado) {
  return negativaDe(estado).sigue === "entrar";
}

/** @param {string} codigo of why something waits */
export function esDeSesion(codigo) {
  return DE_SESION.has(codigo);
}

/** @param {string | undefined} codigo of an order's rejection */
export function esDeOtroContenido(codigo) {
  return DE_OTRO_CONTENIDO.has(codigo ?? "");
}

/**
 * What a page says of a refused request: the server's own words, or ours; null when it says it
 * itself, or signing in does.
 * @param {number} estado
 * @param {string | null} cabeceraAviso
 * @param {string} cuerpo
 */
export function fraseDeError(estado, cabeceraAviso, cuerpo) {
  if (cabeceraAviso) return null; // it comes as its own toast
  try {
    const { detail } = JSON.parse(cuerpo);
    if (typeof detail === "string") return detail;
  } catch {
    // not JSON: a page or a fragment
  }
  return pideEntrar(estado) ? null : frase("fallo");
}
