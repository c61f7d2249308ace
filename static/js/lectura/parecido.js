// How near a written word is to a known one: plurals, diminutives, a letter off. Pure.
// The same rules as core/texto/parecido.py, for normalized words; docs/lectura.md has them in words.

const LETRAS_MINIMAS = 4;
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
 * Whether a letter changed, left out, added or two swapped make it what `conocida` begins with
 * (Damerau). A short word with a letter too many is only the whole of another.
 * @param {string} palabra
 * @param {string} conocida
 */
function aUnaLetra(palabra, conocida) {
  const i = iguales(palabra, conocida);
  const resto = palabra.slice(i + 1);
  const cambiadas = `${palabra.slice(i + 1, i + 2)}${palabra[i] ?? ""}${palabra.slice(i + 2)}`;
  const sinElla = palabra.slice(0, i) + resto;
  return (
    conocida.startsWith(resto, i + 1) ||
    conocida.startsWith(palabra.slice(i), i + 1) ||
    conocida.startsWith(cambiadas, i) ||
    (sinElla.length >= LETRAS_MINIMAS && conocida.startsWith(sinElla)) ||
    conocida === sinElla
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
