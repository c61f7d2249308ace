// Unsent orders out of a browser and into another as a file: the way out when nothing else works.

import { leerPedidos } from "./libreta.js";
import { pendientes } from "./lotes.js";
import { sha256 } from "./recibo.js";

/**
 * @typedef {import("../comun/almacen.js").Almacen} Almacen
 * @typedef {object} Contenido
 * @property {number} empresa
 * @property {number} sucursal
 * @property {number} usuario
 * @property {Orders} orders
 * @property {Fichas} fichas
 * @property {{ficha: FichaLote, carga: string | null}[]} lotes
 * @property {Record<string, string>} [apartados]
 */

const FORMATO = "carga-pedidos/1";
const AMBITO = /** @type {const} */ (["empresa", "sucursal", "usuario"]);

/**
 * The file's text: orders, names, what was set aside, and a hash that tells a cut file from a whole
 * one. With `cliente`, that one's order alone.
 * @param {Almacen} almacen
 * @param {Ambito} ambito
 * @param {string | null} [cliente]
 */
export function componer(almacen, { empresa, sucursal, usuario }, cliente = null) {
  const guardado = leerPedidos(almacen);
  const orders = cliente === null ? guardado.orders : { [cliente]: guardado.orders[cliente] };
  // What is under way goes along as it is: whoever resends the same lote cannot duplicate it.
  const enCurso = cliente === null ? pendientes(almacen) : [];
  const lotes = enCurso.map((ficha) => ({ ficha, carga: almacen.texto(`carga:${ficha.lote}`) }));
  const apartados = cliente === null ? almacen.apartados() : {};
  const contenido = {
    formato: FORMATO,
    empresa,
    sucursal,
    usuario,
    orders,
    fichas: guardado.fichas,
    lotes,
    apartados,
  };
  return JSON.stringify({ ...contenido, huella: sha256(JSON.stringify(contenido)) }, null, 1);
}

/**
 * Download it.
 * @param {Almacen} almacen
 * @param {Ambito} parametros
 * @param {string | null} [cliente]
 */
export function exportar(almacen, parametros, cliente = null) {
  bajar(
    componer(almacen, parametros, cliente),
    `pedidos-sin-enviar-${new Date().toISOString().slice(0, 16).replace(":", "")}.json`,
  );
}

/**
 * Give a text to the person as a file.
 * @param {string} texto
 * @param {string} nombre
 */
export function bajar(texto, nombre) {
  const enlace = document.createElement("a");
  enlace.href = URL.createObjectURL(new Blob([texto], { type: "application/json" }));
  enlace.download = nombre;
  enlace.click();
  setTimeout(() => URL.revokeObjectURL(enlace.href), 10_000);
}

/**
 * Bring in the orders of a file; clients that are open here stay as they are.
 * @param {Almacen} almacen
 * @param {Ambito} parametros
 * @param {string} texto
 * @returns {Promise<{codigo: string, traidos?: number, quedan?: number}>}
 */
export function importar(almacen, parametros, texto) {
  const contenido = leerArchivo(texto);
  if (!contenido) return Promise.resolve({ codigo: "archivo" });
  const mismo = AMBITO.every((parte) => contenido[parte] === parametros[parte]);
  if (!mismo) return Promise.resolve({ codigo: "archivo_ajeno" });
  return almacen.exclusiva("mesa", () => mezclar(almacen, contenido));
}

/**
 * @param {Almacen} almacen
 * @param {Contenido} contenido
 */
function mezclar(almacen, contenido) {
  const { orders, fichas } = leerPedidos(almacen);
  const conAlgo = Object.entries(contenido.orders).filter(([, valor]) => !estaVacio(valor));
  const traidos = conAlgo.filter(([cliente]) => estaVacio(orders[cliente]));
  const deEsos = Object.fromEntries(
    traidos.map(([cliente]) => [cliente, contenido.fichas.precios[cliente] ?? {}]),
  );
  almacen.guardar("fichas", {
    clientes: { ...contenido.fichas.clientes, ...fichas.clientes },
    articulos: { ...contenido.fichas.articulos, ...fichas.articulos },
    // What was agreed in an order comes with it, whatever was agreed in one that is here no more.
    precios: { ...contenido.fichas.precios, ...fichas.precios, ...deEsos },
  });
  almacen.guardar("orders", { ...orders, ...Object.fromEntries(traidos) });
  for (const { ficha, carga } of contenido.lotes) {
    // Finished here, or on its way already: its record stays as it is.
    if (almacen.texto(`lote:${ficha.lote}`) !== null) continue;
    if (carga !== null) almacen.guardarTexto(`carga:${ficha.lote}`, carga);
    almacen.guardar(`lote:${ficha.lote}`, ficha);
  }
  for (const [nombre, texto] of Object.entries(contenido.apartados ?? {})) {
    if (nombre.endsWith(":danado") && almacen.texto(nombre) === null)
      almacen.guardarTexto(nombre, texto);
  }
  return { codigo: "", traidos: traidos.length, quedan: conAlgo.length - traidos.length };
}

/**
 * One of another shape is somebody's order too: it is brought, and shown as what it is.
 * @param {unknown} valor
 */
function estaVacio(valor) {
  if (valor === undefined) return true;
  const lineas = Array.isArray(valor)
    ? valor
    : /** @type {{detalles?: unknown} | null} */ (valor)?.detalles;
  return Array.isArray(lineas) && lineas.length === 0;
}

/**
 * @param {string} texto
 * @returns {Contenido | null} null when it is cut, changed or something else
 */
function leerArchivo(texto) {
  try {
    const { huella, ...contenido } = JSON.parse(texto);
    const entero = huella === sha256(JSON.stringify(contenido)) && contenido.formato === FORMATO;
    return entero ? contenido : null;
  } catch {
    return null;
  }
}
