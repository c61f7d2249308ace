// What the desk remembers of names and prices, and of what came back or was saved: the shapes that
// the notebook keeps under each name, and how they change. Pure.

import { esObjeto } from "../comun/almacen.js";
import { lineasDe } from "./pedidos.js";

/** @type {Fichas} */
export const VACIAS = { clientes: {}, articulos: {}, precios: {} };
// What each name must hold to be used; anything else is set aside, and said.
/** @param {unknown} valor */
const sonObjetos = (valor) => esObjeto(valor) && Object.values(valor).every(esObjeto);
/** @param {unknown} valor */
export const sonFichas = (valor) =>
  esObjeto(valor) &&
  Object.keys(VACIAS).every((parte) => sonObjetos(valor[parte])) &&
  Object.values(Object(valor.precios)).every(sonObjetos);
/** @param {unknown} valor */
export const sonRechazos = (valor) => esObjeto(valor) && Object.values(valor).every(esRechazo);
/** @param {unknown} rechazo */
const esRechazo = (rechazo) =>
  esObjeto(rechazo) && ["codigo", "motivo", "campo"].every((campo) => esTexto(rechazo[campo]));
/** @param {unknown} valor */
const esTexto = (valor) => valor === undefined || valor === null || typeof valor === "string";
/** @param {unknown} valor */
export const sonGuardados = (valor) =>
  esObjeto(valor) && Array.isArray(valor.filas) && valor.filas.every(esFila);
/** @param {unknown} fila */
const esFila = (fila) => esObjeto(fila) && esObjeto(fila.ficha) && /^\d+$/.test(String(fila.total));

/**
 * A line that is there already keeps what was agreed of it.
 * @param {Fichas} fichas
 * @param {string} cliente
 * @param {ArticuloNuevo} nuevo
 * @param {ReadonlySet<number>} estan
 * @returns {Fichas}
 */
export function conArticulo(fichas, cliente, { articulo, datos, precio, version }, estan) {
  const articulos = { ...fichas.articulos, [articulo]: datos };
  if (estan.has(articulo)) return { ...fichas, articulos };
  const ficha = { precio, version, acordado: false };
  const suyos = { ...fichas.precios[cliente], [articulo]: ficha };
  return { ...fichas, articulos, precios: { ...fichas.precios, [cliente]: suyos } };
}

/**
 * @param {Fichas} fichas
 * @param {Orders} orders
 * @returns {Fichas}
 */
export function enUso(fichas, orders) {
  const clientes = new Set(Object.keys(orders));
  const articulos = new Set(
    Object.values(orders).flatMap((valor) =>
      lineasDe(valor).map((linea) => String(linea?.articulo_id)),
    ),
  );
  return {
    clientes: filtrar(fichas.clientes, clientes),
    articulos: filtrar(fichas.articulos, articulos),
    precios: filtrar(fichas.precios, clientes),
  };
}

/**
 * @template T
 * @param {Record<string, T>} fichas
 * @param {ReadonlySet<string>} claves
 */
function filtrar(fichas, claves) {
  return Object.fromEntries(Object.entries(fichas).filter(([clave]) => claves.has(clave)));
}
