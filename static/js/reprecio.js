// Today's prices over an open order. A line keeps the price that somebody agreed by hand; every
// other one follows the engine. What was agreed is written with the price the system had:
// fichas.precios[cliente][articulo] = {precio, version, acordado, lista?, nota?, antes?}. Pure.

import { aMenor, formatear, plano } from "./dinero.js";
import { aMinimos } from "./motor.js";
import { conPrecios, lineasDe } from "./pedidos.js";

/** Whether somebody set this line's price. An older notebook says it by the difference alone. */
export function esAcordado(ficha, linea) {
  if (!ficha) return true;
  return ficha.acordado ?? (ficha.precio !== undefined && ficha.precio !== linea.precio_unitario);
}

/** A price by hand; the system's own, by hand, is an agreement no longer. */
export function acordar(fichas, cliente, articulo, precio) {
  const previa = fichas.precios[cliente]?.[articulo];
  const { antes: _visto, ...resto } = previa ?? {};
  return conFicha(fichas, cliente, articulo, { ...resto, acordado: previa?.precio !== precio });
}

/**
 * An order at these prices (Map article → price of the engine). With `anunciar`, what a line cost
 * before stays noted until it has been seen. {orders, fichas, cambios: [{articulo, antes, ahora}]}.
 */
export function repreciar({ orders, fichas }, cliente, precios, { decimales, version, anunciar = false }) {
  const suyas = { ...fichas.precios[cliente] };
  const nuevos = new Map();
  const cambios = [];
  let otras = false;
  for (const linea of lineasDe(orders[cliente])) {
    const articulo = linea.articulo_id;
    const precio = precios.get(articulo);
    if (!precio) continue;
    const ficha = fichaNueva(suyas[articulo], linea, precio, { decimales, version, anunciar });
    if (!ficha.acordado && ficha.precio !== linea.precio_unitario) {
      nuevos.set(articulo, aMenor(ficha.precio, decimales));
      cambios.push({ articulo, antes: linea.precio_unitario, ahora: ficha.precio });
    }
    otras ||= !iguales(ficha, suyas[articulo]);
    suyas[articulo] = ficha;
  }
  return {
    orders: nuevos.size ? conPrecios(orders, cliente, nuevos, decimales) : orders,
    fichas: otras ? { ...fichas, precios: { ...fichas.precios, [cliente]: suyas } } : fichas,
    cambios,
  };
}

/** The changes of prices have been seen: forget what lines cost before. */
export function darPorVisto(fichas, cliente) {
  const suyas = Object.entries(fichas.precios[cliente] ?? {}).map(([articulo, { antes: _visto, ...ficha }]) => [articulo, ficha]);
  return { ...fichas, precios: { ...fichas.precios, [cliente]: Object.fromEntries(suyas) } };
}

/** A rule's discount as people say it: "−5 %", "−1.000"; a surcharge, "+5 %". */
export function textoDeValor({ porcentaje, valor }) {
  const signo = valor < 0n ? "+" : "−";
  const magnitud = valor < 0n ? -valor : valor;
  return signo + (porcentaje ? `${corto(magnitud, 2)} %` : corto(magnitud, 6));
}

function fichaNueva(previa, linea, precio, { decimales, version, anunciar }) {
  const sistema = plano(aMinimos(precio.final, decimales), decimales);
  const acordado = previa ? esAcordado(previa, linea) : sistema !== linea.precio_unitario;
  const antes = anunciar && !acordado ? (previa?.antes ?? linea.precio_unitario) : previa?.antes;
  return {
    precio: sistema,
    version,
    acordado,
    ...rebaja(precio, decimales),
    ...(antes !== undefined && antes !== sistema ? { antes } : {}),
  };
}

// The list's price and why it is another; nothing when no rule fired.
function rebaja({ base, aplicadas, ajustado }, decimales) {
  if (aplicadas.length === 0 && !ajustado) return {};
  const reglas = aplicadas.map(({ regla }) => `${textoDeValor(regla)} ${regla.nombre}`);
  if (ajustado) reglas.push("precio mínimo");
  return { lista: plano(aMinimos(base, decimales), decimales), nota: reglas.join(", ") };
}

function conFicha(fichas, cliente, articulo, ficha) {
  const suyas = { ...fichas.precios[cliente], [articulo]: ficha };
  return { ...fichas, precios: { ...fichas.precios, [cliente]: suyas } };
}

function iguales(una, otra = {}) {
  const claves = ["precio", "version", "acordado", "lista", "nota", "antes"];
  return claves.every((clave) => una[clave] === otra[clave]);
}

// Up to `decimales`, without the zeros nobody says: "7,5", "1.000", "0,25".
function corto(magnitud, decimales) {
  const texto = formatear(magnitud, decimales);
  return texto.replace(/,?0+$/, "") || "0";
}
