// The cart as pure functions over the orders object, in the shape that travels:
// orders = {cliente_id: {id, observacion?, detalles: [{articulo_id, cantidad, precio_unitario, …}]}}.
// `id` is the order's own for ever: born when it is opened, unique wherever it goes. The bare list
// of lines is read as well.

import { huellaPedido } from "./recibo.js";
import { sumar } from "../motor/iva.js";
import { LIMITES } from "../comun/limites.js";
import {
  PedidoInvalido,
  crearLinea,
  desgloseDe,
  esLinea,
  esPosible,
  rehecha,
  tasaDe,
} from "./linea.js";

export { PedidoInvalido, desgloseDe, tasaDe };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** @type {WeakMap<readonly Linea[], Totales>} */
const sumas = new WeakMap();
/** @type {WeakMap<object, boolean>} */
const juicios = new WeakMap();

/** @type {readonly Linea[]} */
const NINGUNA = Object.freeze([]);

/**
 * The lines of a client's value, whichever of the two shapes it has; of any other, none. They are
 * lines for sure only if the order can be shown.
 * @param {unknown} valor
 * @returns {readonly Linea[]}
 */
export function lineasDe(valor) {
  const lineas = Array.isArray(valor) ? valor : comoObjeto(valor).detalles;
  return Array.isArray(lineas) ? lineas : NINGUNA;
}

/** @param {Pedido | undefined} valor */
export function observacionDe(valor) {
  return comoObjeto(valor).observacion ?? "";
}

/**
 * The order's own id, or null where it was given none.
 * @param {unknown} valor
 * @returns {string | null}
 */
export function idDe(valor) {
  const { id } = comoObjeto(valor);
  return esId(id) ? id : null;
}

/**
 * A value in the form that has fields: what it says of itself is still to be looked at.
 * @param {unknown} valor
 * @returns {Partial<PedidoConId>}
 */
function comoObjeto(valor) {
  return typeof valor === "object" && valor !== null && !Array.isArray(valor) ? valor : {};
}

/**
 * @param {unknown} valor
 * @returns {valor is readonly Linea[]}
 */
function esLista(valor) {
  return Array.isArray(valor);
}

/**
 * Whether a text is an order's id: a UUID as crypto.randomUUID writes it.
 * @param {unknown} texto
 * @returns {texto is string}
 */
export function esId(texto) {
  return typeof texto === "string" && UUID.test(texto);
}

/**
 * Whether a client's open order is the one with this id (null: an older notebook's, without);
 * of no given id, whether there is one.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {string | null} [id]
 */
export function esEse(orders, cliente, id) {
  return Object.hasOwn(orders, cliente) && (id === undefined || idDe(orders[cliente]) === id);
}

/**
 * Open a client: an order is born, with its id. One already open stays as it is.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {string} id
 * @returns {Orders}
 */
export function abrir(orders, cliente, id) {
  return Object.hasOwn(orders, cliente) ? orders : { ...orders, [cliente]: { id, detalles: [] } };
}

/**
 * A client's order under another id: for the server it is another order.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {string} id
 * @returns {Orders}
 */
export function comoNuevo(orders, cliente, id) {
  if (!Object.hasOwn(orders, cliente)) return orders;
  const { observacion } = comoObjeto(orders[cliente]);
  return {
    ...orders,
    [cliente]: vestido({ id, observacion, detalles: lineasDe(orders[cliente]) }),
  };
}

/**
 * Give an id to those of these clients that have none (an older notebook's, a foreign file's).
 * @param {Orders} orders
 * @param {readonly string[]} clientes
 * @param {() => string} nuevoId
 */
export function identificar(orders, clientes, nuevoId) {
  const sin = clientes.filter(
    (cliente) => Object.hasOwn(orders, cliente) && idDe(orders[cliente]) === null,
  );
  return sin.reduce((todos, cliente) => comoNuevo(todos, cliente, nuevoId()), orders);
}

/**
 * Without a field for what is not there.
 * @param {{id: string, observacion?: string, detalles: readonly Linea[]}} partes
 * @returns {PedidoConId}
 */
function vestido({ id, observacion, detalles }) {
  return { id, ...(observacion ? { observacion } : {}), detalles };
}

/**
 * Whether an order can be drawn, summed, priced and sent: every line is one that this desk could
 * have made. Values are never changed in place: the same one is judged once.
 * @param {unknown} valor
 * @param {number} decimales
 * @returns {valor is Pedido}
 */
export function seMuestra(valor, decimales) {
  if (typeof valor !== "object" || valor === null) return false;
  const juicio = juicios.get(valor) ?? juzgar(valor, decimales);
  juicios.set(valor, juicio);
  return juicio;
}

/**
 * @param {object} valor
 * @param {number} decimales
 */
function juzgar(valor, decimales) {
  const { detalles, observacion } = comoObjeto(valor);
  const lineas = Array.isArray(valor) ? valor : detalles;
  if (!Array.isArray(lineas) || lineas.length > LIMITES.lineas_por_pedido) return false;
  const sinTexto = observacion === undefined || observacion === null;
  if (!sinTexto && typeof observacion !== "string") return false;
  const articulos = new Set(lineas.map((linea) => linea?.articulo_id));
  return articulos.size === lineas.length && lineas.every((linea) => esLinea(linea, decimales));
}

/**
 * An order that cannot be shown, as one that can: the possible lines, their tax computed again.
 * `fuera` says how many lines were left out.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {{id: string, decimales: number}} opciones
 */
export function reparar(orders, cliente, { id, decimales }) {
  const valor = orders[cliente];
  const lineas = lineasDe(valor);
  /** @type {Map<number, Linea>} */
  const buenas = new Map();
  for (const linea of lineas.slice(0, LIMITES.lineas_por_pedido)) {
    if (!esPosible(linea, decimales) || buenas.has(linea.articulo_id)) continue;
    buenas.set(linea.articulo_id, rehecha(linea, {}, decimales));
  }
  const dicho = comoObjeto(valor).observacion;
  const observacion = typeof dicho === "string" ? limpiar(dicho) : "";
  const nuevo = vestido({ id: idDe(valor) ?? id, observacion, detalles: [...buenas.values()] });
  return { orders: { ...orders, [cliente]: nuevo }, fuera: lineas.length - buenas.size };
}

/**
 * Forget a client's order.
 * @param {Orders} orders
 * @param {string} cliente
 * @returns {Orders}
 */
export function cerrar(orders, cliente) {
  const { [cliente]: _fuera, ...resto } = orders;
  return resto;
}

/**
 * Add an article; the same article again adds to its quantity and keeps its price.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {LineaNueva} linea
 * @param {number} decimales
 * @returns {Orders}
 */
export function agregar(orders, cliente, { articulo, tasa, cantidad, precio }, decimales) {
  const lineas = lineasDe(orders[cliente]);
  const ya = lineas.find((linea) => linea.articulo_id === articulo);
  if (ya) return cambiarCantidad(orders, cliente, articulo, ya.cantidad + cantidad, decimales);
  if (lineas.length >= LIMITES.lineas_por_pedido) throw new PedidoInvalido("demasiadas_lineas");
  const nueva = crearLinea(articulo, cantidad, precio, tasa, decimales);
  return conLineas(orders, cliente, [...lineas, nueva]);
}

/**
 * @param {Orders} orders
 * @param {string} cliente
 * @param {number} articulo
 * @param {number} cantidad
 * @param {number} decimales
 */
export function cambiarCantidad(orders, cliente, articulo, cantidad, decimales) {
  return editar(orders, cliente, articulo, decimales, { cantidad });
}

/**
 * @param {Orders} orders
 * @param {string} cliente
 * @param {number} articulo
 * @param {Minimos} precio
 * @param {number} decimales
 */
export function cambiarPrecio(orders, cliente, articulo, precio, decimales) {
  return editar(orders, cliente, articulo, decimales, { precio });
}

/**
 * These articles at these prices (Map article → minor units).
 * @param {Orders} orders
 * @param {string} cliente
 * @param {ReadonlyMap<number, Minimos>} precios
 * @param {number} decimales
 */
export function conPrecios(orders, cliente, precios, decimales) {
  const lineas = lineasDe(orders[cliente]).map((linea) => {
    const precio = precios.get(linea.articulo_id);
    return precio === undefined ? linea : rehecha(linea, { precio }, decimales);
  });
  return conLineas(orders, cliente, lineas);
}

/**
 * An order as the engine looks at it: [article, quantity] pairs.
 * @param {Pedido | undefined} valor
 * @returns {Par[]}
 */
export function enPares(valor) {
  return lineasDe(valor).map(({ articulo_id, cantidad }) => [articulo_id, cantidad]);
}

/**
 * Take a line out; gives back where it was, so that it can be put back.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {number} articulo
 * @returns {{orders: Orders, linea: Linea | null, lugar: number}}
 */
export function quitar(orders, cliente, articulo) {
  const lineas = lineasDe(orders[cliente]);
  const lugar = lineas.findIndex((linea) => linea.articulo_id === articulo);
  if (lugar < 0) return { orders, linea: null, lugar };
  const resto = lineas.filter((_, i) => i !== lugar);
  return { orders: conLineas(orders, cliente, resto), linea: lineas[lugar], lugar };
}

/**
 * Put a removed line back in its place, unless its article has come back since, or the order it was
 * of (`id`) went.
 * @param {Orders} orders
 * @param {string} cliente
 * @param {Linea} linea
 * @param {number} lugar
 * @param {string | null} [id]
 */
export function reponer(orders, cliente, linea, lugar, id) {
  if (!esEse(orders, cliente, id)) return orders;
  const lineas = lineasDe(orders[cliente]);
  if (lineas.some((otra) => otra.articulo_id === linea.articulo_id)) return orders;
  const nuevas = [...lineas.slice(0, lugar), linea, ...lineas.slice(lugar)];
  return conLineas(orders, cliente, nuevas);
}

/**
 * @param {Orders} orders
 * @param {string} cliente
 * @param {string} observacion
 * @returns {Orders}
 */
export function observar(orders, cliente, observacion) {
  const valor = orders[cliente];
  const detalles = lineasDe(valor);
  const texto = limpiar(observacion);
  const id = idDe(valor);
  if (id !== null) return { ...orders, [cliente]: vestido({ id, observacion: texto, detalles }) };
  return { ...orders, [cliente]: texto ? { observacion: texto, detalles } : detalles };
}

/**
 * What the server stores of a remark: so many characters, none of them cut in two.
 * @param {string} observacion
 */
function limpiar(observacion) {
  const corta = observacion.replaceAll("\u0000", "").slice(0, LIMITES.observacion_caracteres);
  return corta.toWellFormed?.() ?? corta;
}

/**
 * The day's sum, or a client's: field by field and `total`, in minor units.
 * @param {readonly Linea[]} lineas
 * @param {number} decimales
 */
export function totales(lineas, decimales) {
  // Lists of lines are never changed in place: the same list has the same sum.
  const suma = sumas.get(lineas) ?? sumar(lineas.map((linea) => desgloseDe(linea, decimales)));
  sumas.set(lineas, suma);
  return suma;
}

/**
 * What can be sent of the chosen clients (those with lines), each one's receipt and id. `captura`
 * ({doc_fecha, capturado_en}, or nothing) says when they were closed for sending.
 * @param {Orders} orders
 * @param {readonly string[]} clientes
 * @param {Captura} [captura]
 */
export function paraEnviar(orders, clientes, captura = {}) {
  /** @type {Orders} */
  const pedidos = {};
  /** @type {Record<string, string>} */
  const huellas = {};
  /** @type {Record<string, string | null>} */
  const ids = {};
  for (const cliente of clientes) {
    const valor = orders[cliente];
    const lineas = lineasDe(valor);
    if (lineas.length === 0) continue;
    pedidos[cliente] = esLista(valor) ? valor : { ...valor, ...captura };
    huellas[cliente] = huellaPedido(cliente, lineas);
    ids[cliente] = idDe(valor);
  }
  return { pedidos, huellas, ids };
}

/**
 * @param {Orders} orders
 * @param {string} cliente
 * @param {readonly Linea[]} lineas
 * @returns {Orders}
 */
function conLineas(orders, cliente, lineas) {
  const valor = orders[cliente];
  const nuevo = valor && !esLista(valor) ? { ...valor, detalles: lineas } : lineas;
  return { ...orders, [cliente]: nuevo };
}

/**
 * @param {Orders} orders
 * @param {string} cliente
 * @param {number} articulo
 * @param {number} decimales
 * @param {{cantidad?: number, precio?: Minimos}} cambio
 */
function editar(orders, cliente, articulo, decimales, cambio) {
  const lineas = lineasDe(orders[cliente]).map((linea) =>
    linea.articulo_id === articulo ? rehecha(linea, cambio, decimales) : linea,
  );
  return conLineas(orders, cliente, lineas);
}
