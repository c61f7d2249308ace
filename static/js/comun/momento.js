// Moments as people here read them, by the company's clock (`husos`) wherever the browser stands;
// without it, by this computer's. By hand: what a browser has to load to do it for es-PY is tens of
// milliseconds of an opening desk, and calls midnight 24:00. Pure.

import { minutosAlEste } from "./reloj.js";

/** @param {number} numero */
const dos = (numero) => String(numero).padStart(2, "0");

/**
 * "14:05".
 * @param {Date} momento
 * @param {readonly Huso[]} [husos]
 */
export function hora(momento, husos = []) {
  const alli = correr(momento, husos);
  return `${dos(alli.getUTCHours())}:${dos(alli.getUTCMinutes())}`;
}

/**
 * "07/03/2026".
 * @param {Date} momento
 * @param {readonly Huso[]} [husos]
 */
export function dia(momento, husos = []) {
  const alli = correr(momento, husos);
  return `${dos(alli.getUTCDate())}/${dos(alli.getUTCMonth() + 1)}/${alli.getUTCFullYear()}`;
}

/**
 * "7/3, 14:05".
 * @param {string} iso
 * @param {readonly Huso[]} [husos]
 */
export function fecha(iso, husos = []) {
  const momento = new Date(iso);
  const alli = correr(momento, husos);
  return `${alli.getUTCDate()}/${alli.getUTCMonth() + 1}, ${hora(momento, husos)}`;
}

/**
 * The clock of a moment written with its distance from UTC, as the server draws them.
 * @param {string} iso "2026-03-07T14:05:00-03:00"
 * @returns {readonly Huso[]}
 */
export function husosDe(iso) {
  const [, signo, horas, minutos] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [];
  if (!signo) return [];
  return [[-Infinity, (Number(horas) * 60 + Number(minutos)) * (signo === "-" ? -1 : 1)]];
}

/**
 * What UTC says when the clock there says this.
 * @param {Date} momento
 * @param {readonly Huso[]} husos
 */
function correr(momento, husos) {
  return new Date(momento.getTime() + minutosAlEste(momento.getTime(), husos) * 60_000);
}
