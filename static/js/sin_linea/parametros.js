// What the desk has to know of its person (company, branch, currency, addresses), kept under their
// keys so that it opens without a server. Signing out takes it away with the rest (almacen.olvidar).

const NOMBRE = "parametros";
const CLAVE = /^cp:[^:]+:[^:]+:[^:]+:parametros$/;

/**
 * What the server says of a person in a branch; the urls and files are this version's.
 * @typedef {{[nombre: string]: unknown, urls: {[nombre: string]: string}}} Comunes
 * @typedef {Comunes & {empresa: number, sucursal: number, usuario: number}} Parametros
 * @typedef {Pick<Storage, "length" | "key" | "getItem">} Lectura
 */

/**
 * Keep them, with the moment, and nobody else's: whoever opens the desk is the one that it is of, and
 * when they sign out it is nobody's. A storage that is full or forbidden keeps none.
 * @param {() => Cajon} storage
 * @param {Parametros} parametros
 * @param {number} ahora milliseconds
 */
export function guardar(storage, parametros, ahora) {
  const { empresa, sucursal, usuario } = parametros;
  try {
    const cajon = storage();
    for (const clave of clavesDe(cajon))
      if (!clave.endsWith(`:${usuario}:${NOMBRE}`)) cajon.removeItem(clave);
    const texto = JSON.stringify({ ahora, parametros });
    cajon.setItem(`cp:${empresa}:${sucursal}:${usuario}:${NOMBRE}`, texto);
  } catch {
    // The desk works on; it will not open without a line.
  }
}

/**
 * Those of whoever opened the desk last on this computer, in their last branch or in the one that is
 * asked for. Null when nobody did, they signed out, or never opened that branch: another one would
 * take its orders.
 * @param {() => Lectura} storage
 * @param {string | null} [sucursal]
 * @returns {Parametros | null}
 */
export function buscar(storage, sucursal = null) {
  const todos = leerTodos(storage).sort((a, b) => b.ahora - a.ahora);
  const usuario = todos[0]?.parametros.usuario;
  const suyos = todos.map(({ parametros }) => parametros).filter((p) => p.usuario === usuario);
  return suyos.find((p) => sucursal === null || String(p.sucursal) === sucursal) ?? null;
}

/**
 * A person's parameters in a page that has nobody's: where things are is what this page says.
 * @param {Comunes} pagina
 * @param {Parametros} parametros
 * @returns {Parametros}
 */
export function combinar(pagina, parametros) {
  return { ...parametros, ...pagina, urls: { ...parametros.urls, ...pagina.urls } };
}

/**
 * @param {() => Lectura} storage
 * @returns {{ahora: number, parametros: Parametros}[]}
 */
function leerTodos(storage) {
  try {
    const lectura = storage();
    return clavesDe(lectura).flatMap((clave) => leer(lectura, clave));
  } catch {
    return []; // storage switched off
  }
}

/** @param {Lectura} lectura */
function clavesDe(lectura) {
  const claves = Array.from({ length: lectura.length }, (_, i) => lectura.key(i) ?? "");
  return claves.filter((clave) => CLAVE.test(clave));
}

/**
 * One, or none when it is damaged or another's.
 * @param {Lectura} lectura
 * @param {string} clave
 * @returns {{ahora: number, parametros: Parametros}[]}
 */
function leer(lectura, clave) {
  try {
    const { ahora, parametros } = JSON.parse(lectura.getItem(clave) ?? "");
    const { empresa, sucursal, usuario, urls, decimales } = parametros;
    const vale =
      clave === `cp:${empresa}:${sucursal}:${usuario}:${NOMBRE}` &&
      [ahora, decimales].every(Number.isFinite) &&
      typeof urls === "object" &&
      urls !== null;
    return vale ? [{ ahora, parametros }] : [];
  } catch {
    return [];
  }
}
