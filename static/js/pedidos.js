// The cart as pure functions over the orders object, in the shape that travels:
// orders = {cliente_id: {id, observacion?, detalles: [{articulo_id, cantidad, precio_unitario, …}]}}.
// `id` is the order's own for ever: born when it is opened, unique wherever it goes. The bare list
// of lines is read as well.

import { aMenor, cabeElPrecio, cabeElTotal, cabeLaCantidad, plano } from "./dinero.js";
import { huellaPedido } from "./huella.js";
import { CAMPOS, desglosar, sumar } from "./iva.js";
import { LIMITES } from "./limites.js";

/**
 * @typedef {{articulo_id: number, cantidad: number, precio_unitario: string, gravada_10?: string,
 *   iva_10?: string, gravada_5?: string, iva_5?: string, exenta?: string}} Linea
 * @typedef {Linea[] | {id?: string, observacion?: string, detalles: Linea[]}} Pedido
 * @typedef {Record<string, Pedido>} Orders
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const sumas = new WeakMap();
const juicios = new WeakMap();

/** An edit that cannot be; `codigo` is a key of textos.js. */
export class PedidoInvalido extends Error {
  /** @param {string} codigo */
  constructor(codigo) {
    super(codigo);
    this.codigo = codigo;
  }
}

const NINGUNA = Object.freeze([]);

/** The lines of a client's value, whichever of the two shapes it has; of any other, none. */
export function lineasDe(valor) {
  const lineas = Array.isArray(valor) ? valor : valor?.detalles;
  return Array.isArray(lineas) ? lineas : NINGUNA;
}

export function observacionDe(valor) {
  return valor && !Array.isArray(valor) ? (valor.observacion ?? "") : "";
}

/** The order's own id, or null where it was given none. */
export function idDe(valor) {
  return valor && !Array.isArray(valor) && esId(valor.id) ? valor.id : null;
}

/** Whether a text is an order's id: a UUID as crypto.randomUUID writes it. */
export function esId(texto) {
  return typeof texto === "string" && UUID.test(texto);
}

/**
 * Whether a client's open order is the one with this id (null: an older notebook's, without);
 * of no given id, whether there is one.
 */
export function esEse(orders, cliente, id) {
  return Object.hasOwn(orders, cliente) && (id === undefined || idDe(orders[cliente]) === id);
}

/** Open a client: an order is born, with its id. One already open stays as it is. */
export function abrir(orders, cliente, id) {
  return Object.hasOwn(orders, cliente) ? orders : { ...orders, [cliente]: { id, detalles: [] } };
}

/** The same order under another id: for the server it is another one. */
export function comoNuevo(orders, cliente, id) {
  if (!Object.hasOwn(orders, cliente)) return orders;
  const { observacion } = orders[cliente];
  return {
    ...orders,
    [cliente]: vestido({ id, observacion, detalles: lineasDe(orders[cliente]) }),
  };
}

/** Give an id to those of these clients that have none (an older notebook's, a foreign file's). */
export function identificar(orders, clientes, nuevoId) {
  const sin = clientes.filter(
    (cliente) => Object.hasOwn(orders, cliente) && idDe(orders[cliente]) === null,
  );
  return sin.reduce((todos, cliente) => comoNuevo(todos, cliente, nuevoId()), orders);
}

// Without a field for what is not there.
function vestido({ id, observacion, detalles }) {
  return { id, ...(observacion ? { observacion } : {}), detalles };
}

/**
 * Whether an order can be drawn, summed, priced and sent: every line is one that this desk could
 * have made. Values are never changed in place: the same one is judged once.
 */
export function seMuestra(valor, decimales) {
  if (typeof valor !== "object" || valor === null) return false;
  if (!juicios.has(valor)) juicios.set(valor, juzgar(valor, decimales));
  return juicios.get(valor);
}

function juzgar(valor, decimales) {
  const lineas = Array.isArray(valor) ? valor : valor.detalles;
  if (!Array.isArray(lineas) || lineas.length > LIMITES.lineas_por_pedido) return false;
  if (!Array.isArray(valor) && typeof (valor.observacion ?? "") !== "string") return false;
  const articulos = new Set(lineas.map((linea) => linea?.articulo_id));
  return articulos.size === lineas.length && lineas.every((linea) => esLinea(linea, decimales));
}

function esLinea(linea, decimales) {
  const precio = precioDe(linea, decimales);
  if (precio === null || !cabeElTotal(BigInt(linea.cantidad) * precio)) return false;
  const partes = CAMPOS.filter(
    (campo) => campo in linea || CAMPOS_DE[tasaDe(linea)].includes(campo),
  );
  return partes.every((campo) => aMenor(linea[campo], decimales) !== null);
}

// A line's price in minor units if its article, quantity and price are possible; or null.
function precioDe(linea, decimales) {
  if (typeof linea !== "object" || linea === null) return null;
  if (
    !Number.isSafeInteger(linea.articulo_id) ||
    linea.articulo_id < 1 ||
    !cabeLaCantidad(linea.cantidad)
  )
    return null;
  const precio = aMenor(linea.precio_unitario, decimales);
  return precio !== null && cabeElPrecio(precio, decimales) ? precio : null;
}

/**
 * An order that cannot be shown, as one that can: the possible lines, their tax computed again.
 * `fuera` says how many lines were left out.
 */
export function reparar(orders, cliente, { id, decimales }) {
  const valor = orders[cliente];
  const lineas = lineasDe(valor);
  const buenas = new Map();
  for (const linea of lineas.slice(0, LIMITES.lineas_por_pedido)) {
    const precio = precioDe(linea, decimales);
    if (
      precio === null ||
      !cabeElTotal(BigInt(linea.cantidad) * precio) ||
      buenas.has(linea.articulo_id)
    )
      continue;
    buenas.set(
      linea.articulo_id,
      crearLinea(linea.articulo_id, linea.cantidad, precio, tasaDe(linea), decimales),
    );
  }
  const observacion = typeof valor?.observacion === "string" ? limpiar(valor.observacion) : "";
  const nuevo = vestido({ id: idDe(valor) ?? id, observacion, detalles: [...buenas.values()] });
  return { orders: { ...orders, [cliente]: nuevo }, fuera: lineas.length - buenas.size };
}

/** Forget a client's order. */
export function cerrar(orders, cliente) {
  const { [cliente]: _fuera, ...resto } = orders;
  return resto;
}

/** Add an article; the same article again adds to its quantity and keeps its price. */
export function agregar(orders, cliente, { articulo, tasa, cantidad, precio }, decimales) {
  const lineas = lineasDe(orders[cliente]);
  const ya = lineas.find((linea) => linea.articulo_id === articulo);
  if (ya) return cambiarCantidad(orders, cliente, articulo, ya.cantidad + cantidad, decimales);
  if (lineas.length >= LIMITES.lineas_por_pedido) throw new PedidoInvalido("demasiadas_lineas");
  const nueva = crearLinea(articulo, cantidad, precio, tasa, decimales);
  return conLineas(orders, cliente, [...lineas, nueva]);
}

export function cambiarCantidad(orders, cliente, articulo, cantidad, decimales) {
  if (!cabeLaCantidad(cantidad)) throw new PedidoInvalido("cantidad");
  return editar(orders, cliente, articulo, decimales, (linea) => ({ ...linea, cantidad }));
}

/** `precio` in minor units (BigInt). */
export function cambiarPrecio(orders, cliente, articulo, precio, decimales) {
  const precio_unitario = plano(precio, decimales);
  return editar(orders, cliente, articulo, decimales, (linea) => ({ ...linea, precio_unitario }));
}

/** These articles at these prices (Map article → minor units). */
export function conPrecios(orders, cliente, precios, decimales) {
  const lineas = lineasDe(orders[cliente]).map((linea) =>
    precios.has(linea.articulo_id)
      ? crearLinea(
          linea.articulo_id,
          linea.cantidad,
          precios.get(linea.articulo_id),
          tasaDe(linea),
          decimales,
        )
      : linea,
  );
  return conLineas(orders, cliente, lineas);
}

/** An order as the engine looks at it: [article, quantity] pairs. */
export function enPares(valor) {
  return lineasDe(valor).map(({ articulo_id, cantidad }) => [articulo_id, cantidad]);
}

/** Take a line out; gives back where it was, so that it can be put back. */
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
 */
export function reponer(orders, cliente, linea, lugar, id = undefined) {
  if (!esEse(orders, cliente, id)) return orders;
  const lineas = lineasDe(orders[cliente]);
  if (lineas.some((otra) => otra.articulo_id === linea.articulo_id)) return orders;
  const nuevas = [...lineas.slice(0, lugar), linea, ...lineas.slice(lugar)];
  return conLineas(orders, cliente, nuevas);
}

export function observar(orders, cliente, observacion) {
  const valor = orders[cliente];
  const detalles = lineasDe(valor);
  const texto = limpiar(observacion);
  const id = idDe(valor);
  if (id !== null) return { ...orders, [cliente]: vestido({ id, observacion: texto, detalles }) };
  return { ...orders, [cliente]: texto ? { observacion: texto, detalles } : detalles };
}

// What the server stores of a remark: so many characters, none of them cut in two.
function limpiar(observacion) {
  const corta = observacion.replaceAll("\u0000", "").slice(0, LIMITES.observacion_caracteres);
  return corta.toWellFormed?.() ?? corta;
}

/** The day's sum, or a client's: field by field and `total`, in minor units. */
export function totales(lineas, decimales) {
  // Lists of lines are never changed in place: the same list has the same sum.
  if (!sumas.has(lineas))
    sumas.set(lineas, sumar(lineas.map((linea) => desgloseDe(linea, decimales))));
  return sumas.get(lineas);
}

/** A line's stored split back in minor units. */
export function desgloseDe(linea, decimales) {
  return Object.fromEntries(CAMPOS.map((campo) => [campo, aMenor(linea[campo] ?? 0, decimales)]));
}

/**
 * What can be sent of the chosen clients (those with lines), each one's receipt and id. `captura`
 * ({doc_fecha, capturado_en}, or nothing) says when they were closed for sending.
 */
export function paraEnviar(orders, clientes, captura = {}) {
  const pedidos = {};
  const huellas = {};
  const ids = {};
  for (const cliente of clientes) {
    const valor = orders[cliente];
    const lineas = lineasDe(valor);
    if (lineas.length === 0) continue;
    pedidos[cliente] = Array.isArray(valor) ? valor : { ...valor, ...captura };
    huellas[cliente] = huellaPedido(cliente, lineas);
    ids[cliente] = idDe(valor);
  }
  return { pedidos, huellas, ids };
}

function conLineas(orders, cliente, lineas) {
  const valor = orders[cliente];
  const nuevo = valor && !Array.isArray(valor) ? { ...valor, detalles: lineas } : lineas;
  return { ...orders, [cliente]: nuevo };
}

function editar(orders, cliente, articulo, decimales, cambio) {
  const lineas = lineasDe(orders[cliente]).map((linea) => {
    if (linea.articulo_id !== articulo) return linea;
    const { cantidad, precio_unitario } = cambio(linea);
    return crearLinea(
      articulo,
      cantidad,
      aMenor(precio_unitario, decimales),
      tasaDe(linea),
      decimales,
    );
  });
  return conLineas(orders, cliente, lineas);
}

/** The rate a line was split by: only its own two fields, or the exempt one, are there. */
export function tasaDe(linea) {
  if ("gravada_10" in linea) return 10;
  return "gravada_5" in linea ? 5 : 0;
}

const CAMPOS_DE = { 10: ["gravada_10", "iva_10"], 5: ["gravada_5", "iva_5"], 0: ["exenta"] };

function crearLinea(articulo, cantidad, precio, tasa, decimales) {
  if (!cabeElPrecio(precio, decimales)) throw new PedidoInvalido("precio_maximo");
  const total = BigInt(cantidad) * precio;
  if (!cabeElTotal(total)) throw new PedidoInvalido("total");
  const partes = desglosar(total, tasa);
  const linea = { articulo_id: articulo, cantidad, precio_unitario: plano(precio, decimales) };
  for (const campo of CAMPOS_DE[tasa]) linea[campo] = plano(partes[campo], decimales);
  return linea;
}
