// Moments as people here read them. Pure.

const HORA = { hour: "2-digit", minute: "2-digit", hour12: false };
const DIA = { day: "2-digit", month: "2-digit" };

/**
 * "14:05".
 * @param {Date} momento
 */
export function hora(momento) {
  return escribir(momento, HORA);
}

/**
 * "07/03/2026".
 * @param {Date} momento
 */
export function dia(momento) {
  return escribir(momento, { ...DIA, year: "numeric" });
}

/**
 * "7/3, 14:05".
 * @param {string} iso
 */
export function fecha(iso) {
  return escribir(new Date(iso), { ...DIA, ...HORA });
}

/**
 * @param {Date} momento
 * @param {object} forma
 */
function escribir(momento, forma) {
  return new Intl.DateTimeFormat("es-PY", forma).format(momento);
}
