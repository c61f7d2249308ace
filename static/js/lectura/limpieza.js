// What is taken away from a text before it is read as a number or a code, or looked for. Pure.
// The same rule as core/texto/limpieza.py; docs/lectura.md has it in words.

// Full-width forms: the keyboard of East Asia writes them, and they are the sign itself.
const ANCHOS = /[\uff01-\uff5e]/g;
const ENTRE_ANCHO_Y_ANGOSTO = 0xfee0;
const ESPACIOS = /[\t\n\v\f\r\x85\p{Z}]+/gu;
// Control, zero-width and direction characters.
const INVISIBLES = /[\p{Cc}\p{Cf}]+/gu;

/**
 * The text without what is not seen, full-width signs as they are usually, single spaces.
 * @param {string} texto
 */
export function limpiar(texto) {
  return texto
    .replace(ANCHOS, (c) => String.fromCharCode(c.charCodeAt(0) - ENTRE_ANCHO_Y_ANGOSTO))
    .replace(ESPACIOS, " ")
    .replace(INVISIBLES, "")
    .replace(/ +/g, " ")
    .replace(/^ | $/g, "");
}
