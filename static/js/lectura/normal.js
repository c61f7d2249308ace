// How names and codes are compared: without marks, case or the zeros before a number. Pure.
// The same rules as core/texto/normal.py; docs/lectura.md has them in words.

// An accent that stands by itself is an apostrophe, and Unicode would take it for a space.
const ACENTO_SUELTO = /\u00b4/g;
// Letters that are no other letter with a mark, as keyboards without them write them.
/** @type {[string, string][]} */
const DE_A_UNA = [
  ["øđðħıĸłŋŧƀƚɇɨʉɏς", "oddhiklntbleiuyσ"],
  ["\u2018\u2019\u02bc\u2032\ua78c", "'''''"],
  ["\u2010\u2012\u2013\u2014\u2015\u2212", "------"],
  ["\u201c\u201d\u00d7", '""x'],
];
/** @type {Record<string, string>} */
const LETRAS = { ß: "ss", æ: "ae", œ: "oe", þ: "th" };
for (const [de, a] of DE_A_UNA) [...de].forEach((letra, i) => (LETRAS[letra] = a[i]));
const CON_OTRA = new RegExp(`[${Object.keys(LETRAS).join("")}]`, "g");
const ESPACIOS = /[\t\n\v\f\r\x85\p{Z}]/gu;
const SE_PIERDE = /(?![\t\n\v\f\r\x85])[\p{M}\p{Cc}\p{Cf}\p{Cs}]/gu;
// What is not in these signs decides nothing about them: each stretch of it is looked at alone.
const TRAMOS = /[^ -~]+/g;
// So many different stretches are remembered: names repeat theirs.
const RECUERDOS = 5_000;
/** @type {Map<string, string>} */
const recordados = new Map();
const SOLO_CIFRAS = /^[0-9]+$/;
// Stands between texts that are normalized together; in nobody's name.
const ENTRE = "\ufffe";

/**
 * A text without marks, case or what is not seen, with single spaces.
 * @param {unknown} texto
 */
export function normalizar(texto) {
  return plano(String(texto)).trim();
}

/** @param {string} texto */
function plano(texto) {
  return texto.replace(TRAMOS, recordado).toLowerCase().replace(/ {2,}/g, " ");
}

/** @param {string} tramo */
function recordado(tramo) {
  const conocido = recordados.get(tramo);
  if (conocido !== undefined) return conocido;
  if (recordados.size >= RECUERDOS) recordados.clear();
  const llano = allanar(tramo);
  recordados.set(tramo, llano);
  return llano;
}

/** @param {string} tramo */
function allanar(tramo) {
  return tramo
    .replace(ACENTO_SUELTO, "'")
    .normalize("NFKD")
    .replace(SE_PIERDE, "")
    .toLowerCase()
    .replace(CON_OTRA, (letra) => LETRAS[letra])
    .replace(ESPACIOS, " ");
}

/**
 * Each text as `normalizar` has it. All at once: one by one is most of a cold start.
 * @param {string[]} textos
 * @returns {string[]}
 */
export function normalizarTodos(textos) {
  const partes = plano(textos.join(ENTRE)).split(ENTRE);
  if (partes.length !== textos.length) return textos.map(normalizar);
  return partes.map((parte) => parte.trim());
}

/**
 * A code as it is compared: normalized, and a number without the zeros before it.
 * So are GTIN-8, 12, 13 and 14 one number (GS1: the shorter ones, filled with zeros).
 * @param {unknown} texto
 */
export function clave(texto) {
  return sinCeros(normalizar(texto));
}

/**
 * A normalized code, as it is compared.
 * @param {string} normal
 */
export function sinCeros(normal) {
  return SOLO_CIFRAS.test(normal) ? normal.replace(/^0+(?=.)/, "") : normal;
}
