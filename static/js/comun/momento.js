// Moments as people here read them. By hand: what a browser has to load to do it for es-PY is tens of
// milliseconds of an opening desk, and calls midnight 24:00. Pure.

/** @param {number} numero */
const dos = (numero) => String(numero).padStart(2, "0");

/**
 * "14:05".
 * @param {Date} momento
 */
export function hora(momento) {
  return `${dos(momento.getHours())}:${dos(momento.getMinutes())}`;
}

/**
 * "07/03/2026".
 * @param {Date} momento
 */
export function dia(momento) {
  return `${dos(momento.getDate())}/${dos(momento.getMonth() + 1)}/${momento.getFullYear()}`;
}

/**
 * "7/3, 14:05".
 * @param {string} iso
 */
export function fecha(iso) {
  const momento = new Date(iso);
  return `${momento.getDate()}/${momento.getMonth() + 1}, ${hora(momento)}`;
}
