// Moments as people here read them, by the company's clock (`husos`) wherever the browser stands; without
// it, by this computer's. Pure.

import { minutosAlEste } from "./reloj.js";

const HORA = { hour: "2-digit", minute: "2-digit", hour12: false };
const DIA = { day: "2-digit", month: "2-digit" };

/**
 * "14:05".
 * @param {Date} momento
 * @param {readonly Huso[]} [husos]
 */
export function hora(momento, husos = []) {
  return escribir(momento, HORA, husos);
}

/**
 * "07/03/2026".
 * @param {Date} momento
 * @param {readonly Huso[]} [husos]
 */
export function dia(momento, husos = []) {
  return escribir(momento, { ...DIA, year: "numeric" }, husos);
}

/**
 * "7/3, 14:05".
 * @param {string} iso
 * @param {readonly Huso[]} [husos]
 */
export function fecha(iso, husos = []) {
  return escribir(new Date(iso), { ...DIA, ...HORA }, husos);
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
 * @param {Date} momento
 * @param {object} forma
 * @param {readonly Huso[]} husos
 */
function escribir(momento, forma, husos) {
  const local = momento.getTime() + minutosAlEste(momento.getTime(), husos) * 60_000;
  return new Intl.DateTimeFormat("es-PY", { ...forma, timeZone: "UTC" }).format(local);
}
