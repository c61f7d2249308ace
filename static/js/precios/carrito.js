// The simulator's cart as its URL writes it: "4x3,5x1", articles and units. Pure.

/** @typedef {[articulo: string, cantidad: string]} Par */

const CANTIDAD_MAXIMA = 1_000_000;

/**
 * The text as pairs; what is not a line is left out, the server says it.
 * @param {string} texto
 * @returns {Par[]}
 */
export function leerCarrito(texto) {
  return texto
    .split(",")
    .map((parte) => /^(\d+)x(.*)$/.exec(parte))
    .flatMap((hallado) => (hallado ? [[hallado[1], hallado[2]]] : []));
}

/**
 * Pairs as the text that `leerCarrito` reads.
 * @param {Par[]} pares
 */
export function escribirCarrito(pares) {
  return pares.map(([articulo, cantidad]) => `${articulo}x${cantidad}`).join(",");
}

/**
 * More units of an article, there already or not.
 * @param {string} texto
 * @param {string} articulo
 * @param {number} cantidad
 */
export function sumar(texto, articulo, cantidad) {
  const ya = Number(leerCarrito(texto).find(([id]) => id === articulo)?.[1] ?? 0);
  const juntas = Number.isInteger(ya) ? ya + cantidad : cantidad;
  return fijar(texto, articulo, Math.min(juntas, CANTIDAD_MAXIMA));
}

/**
 * That many units of an article.
 * @param {string} texto
 * @param {string} articulo
 * @param {number} cantidad
 */
export function fijar(texto, articulo, cantidad) {
  const pares = leerCarrito(texto);
  const linea = pares.find(([id]) => id === articulo);
  if (linea) linea[1] = String(cantidad);
  else pares.push([articulo, String(cantidad)]);
  return escribirCarrito(pares);
}

/**
 * The cart with at least these units of each: what was put in it since they were told stays.
 * @param {string} texto
 * @param {Par[]} pares
 */
export function completar(texto, pares) {
  return pares.reduce((hecho, [articulo, cantidad]) => {
    const ya = Number(leerCarrito(hecho).find(([id]) => id === articulo)?.[1] ?? 0);
    return ya >= Number(cantidad) ? hecho : fijar(hecho, articulo, Number(cantidad));
  }, texto);
}

/**
 * The cart without an article.
 * @param {string} texto
 * @param {string} articulo
 */
export function quitar(texto, articulo) {
  return escribirCarrito(leerCarrito(texto).filter(([id]) => id !== articulo));
}

/**
 * The line after an article, or the one before it: who has the focus when it goes.
 * @param {string} texto
 * @param {string} articulo
 */
export function vecino(texto, articulo) {
  const ids = leerCarrito(texto).map(([id]) => id);
  const lugar = ids.indexOf(articulo);
  return ids[lugar + 1] ?? ids[lugar - 1] ?? "";
}
