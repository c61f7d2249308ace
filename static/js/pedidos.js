// The cart as pure functions over the orders object, in the shape that travels:
// orders = {cliente_id: [{articulo_id, cantidad, precio_unitario, gravada_10, iva_10, …}]}
// or, with a remark, {cliente_id: {observacion, detalles: […]}}.

import { aMenor, plano } from "./dinero.js";
import { huellaPedido } from "./huella.js";
import { CAMPOS, desglosar, sumar } from "./iva.js";

const LINEAS_MAXIMO = 1000;
const OBSERVACION_MAXIMO = 500;
const sumas = new WeakMap();
// What the server's tax columns hold: 13 whole digits.
const TOTAL_ENTEROS = 13;

/** An edit that cannot be; `codigo` is a key of textos.js. */
export class PedidoInvalido extends Error {
  constructor(codigo) {
    super(codigo);
    this.codigo = codigo;
  }
}

/** The lines of a client's value, whichever of the two shapes it has. */
export function lineasDe(valor) {
  if (!valor) return [];
  return Array.isArray(valor) ? valor : valor.detalles;
}

export function observacionDe(valor) {
  return valor && !Array.isArray(valor) ? (valor.observacion ?? "") : "";
}

/** Open a client; one already open stays as it is. */
export function abrir(orders, cliente) {
  return orders[cliente] ? orders : { ...orders, [cliente]: [] };
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
  if (lineas.length >= LINEAS_MAXIMO) throw new PedidoInvalido("demasiadas_lineas");
  const nueva = crearLinea(articulo, cantidad, precio, tasa, decimales);
  return conLineas(orders, cliente, [...lineas, nueva]);
}

export function cambiarCantidad(orders, cliente, articulo, cantidad, decimales) {
  if (!Number.isInteger(cantidad) || cantidad < 1 || cantidad > 1_000_000) {
    throw new PedidoInvalido("cantidad");
  }
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
      ? crearLinea(linea.articulo_id, linea.cantidad, precios.get(linea.articulo_id), tasaDe(linea), decimales)
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

/** Put a removed line back in its place, unless its article has come back since, or the order went. */
export function reponer(orders, cliente, linea, lugar) {
  if (!orders[cliente]) return orders;
  const lineas = lineasDe(orders[cliente]);
  if (lineas.some((otra) => otra.articulo_id === linea.articulo_id)) return orders;
  const nuevas = [...lineas.slice(0, lugar), linea, ...lineas.slice(lugar)];
  return conLineas(orders, cliente, nuevas);
}

export function observar(orders, cliente, observacion) {
  const detalles = lineasDe(orders[cliente]);
  const corta = observacion.replaceAll("\u0000", "").slice(0, OBSERVACION_MAXIMO);
  const texto = corta.toWellFormed?.() ?? corta;
  return { ...orders, [cliente]: texto ? { observacion: texto, detalles } : detalles };
}

/** The day's sum, or a client's: field by field and `total`, in minor units. */
export function totales(lineas, decimales) {
  // Lists of lines are never changed in place: the same list has the same sum.
  if (!sumas.has(lineas)) sumas.set(lineas, sumar(lineas.map((linea) => desgloseDe(linea, decimales))));
  return sumas.get(lineas);
}

/** A line's stored split back in minor units. */
export function desgloseDe(linea, decimales) {
  return Object.fromEntries(CAMPOS.map((campo) => [campo, aMenor(linea[campo] ?? 0, decimales)]));
}

/** What can be sent of the chosen clients (those with lines), and each one's receipt. */
export function paraEnviar(orders, clientes) {
  const pedidos = {};
  const huellas = {};
  for (const cliente of clientes) {
    const lineas = lineasDe(orders[cliente]);
    if (lineas.length === 0) continue;
    pedidos[cliente] = orders[cliente];
    huellas[cliente] = huellaPedido(cliente, lineas);
  }
  return { pedidos, huellas };
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
    return crearLinea(articulo, cantidad, aMenor(precio_unitario, decimales), tasaDe(linea), decimales);
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
  const total = BigInt(cantidad) * precio;
  if (total >= 10n ** BigInt(TOTAL_ENTEROS + decimales)) throw new PedidoInvalido("total");
  const partes = desglosar(total, tasa);
  const linea = { articulo_id: articulo, cantidad, precio_unitario: plano(precio, decimales) };
  for (const campo of CAMPOS_DE[tasa]) linea[campo] = plano(partes[campo], decimales);
  return linea;
}
