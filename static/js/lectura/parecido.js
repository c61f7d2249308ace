// How near a written word is to a known one: plurals, diminutives, a letter off. Pure.
// The same rules as core/texto/parecido.py, for normalized words; docs/lectura.md has them in words.

const RAIZ_MINIMA = 3;
// What may be miswritten: figures are another number, and what is beyond \uffff is no letter.
export const COMPARABLE = /^[^0-9\ud800-\udfff]{4,}$/;
const VOCALES = /[aeiou]+$/;
// Spanish and Portuguese. The longest first: «panecito» is no «panec».
const DIMINUTIVO = /(?:ecit|cit|it|ecill|cill|ill|zinh|inh)[ao]$/;
export const EXACTA = 0;
const DE_LA_FAMILIA = 1;
const A_UNA_LETRA = 2;
const DE_LEJOS = 3;

/**
 * What a word shares with its plural and its diminutives.
 * @param {string} palabra
 */
export function raiz(palabra) {
  const singular = recortar(palabra, palabra.replace(/s$/, ""));
  const corta = singular.replace(DIMINUTIVO, "");
  if (corta === singular || corta.length < RAIZ_MINIMA)
    return recortar(palabra, singular.replace(VOCALES, ""));
  // Only written otherwise: «juguito», «vaquita».
  if (corta.endsWith("gu")) return corta.slice(0, -1);
  if (corta.endsWith("qu")) return `${corta.slice(0, -2)}c`;
  return recortar(corta, corta.replace(VOCALES, ""));
}

/**
 * What is written, ready to be compared with many words: how far each is, 0 when it begins so, then
 * farther; null when it is another word.
 * @param {string} palabra
 * @returns {(conocida: string, suRaiz?: string) => number | null}
 */
export function comparador(palabra) {
  const base = raiz(palabra);
  const comparable = COMPARABLE.test(palabra);
  return (conocida, suRaiz = raiz(conocida)) => {
    if (conocida.startsWith(palabra)) return EXACTA;
    if (!comparable) return null;
    if (base === suRaiz) return DE_LA_FAMILIA;
    if (aUnaLetra(palabra, conocida)) return A_UNA_LETRA;
    return base.length > RAIZ_MINIMA && aUnaLetra(base, conocida) ? DE_LEJOS : null;
  };
}

/**
 * Whether one letter changed, added, left out or swapped makes the word one that `conocida` begins
 * with (Damerau).
 * @param {string} palabra
 * @param {string} conocida
 */
export function aUnaLetra(palabra, conocida) {
  const i = iguales(palabra, conocida);
  const sinEsa = palabra.slice(i + 1);
  return (
    conocida.startsWith(sinEsa, i + 1) ||
    conocida.startsWith(palabra.slice(i), i + 1) ||
    conocida.startsWith(sinEsa, i) ||
    conocida.startsWith(
      `${palabra.slice(i + 1, i + 2)}${palabra[i] ?? ""}${palabra.slice(i + 2)}`,
      i,
    )
  );
}

/**
 * @param {string} uno
 * @param {string} otro
 */
function iguales(uno, otro) {
  let i = 0;
  while (i < uno.length && uno[i] === otro[i]) i += 1;
  return i;
}

/**
 * @param {string} entera
 * @param {string} corta
 */
function recortar(entera, corta) {
  return corta.length >= RAIZ_MINIMA ? corta : entera;
}
