// Today's prices over an open order. A line keeps the price that somebody agreed by hand; every
// other one follows the engine, so that only what was agreed has to be remembered:
// fichas.precios[cliente][articulo] = {precio, version, acordado, antes?}, the system's price that
// the agreement was made against, and what a line cost before a new catalogue. Pure.

import { formatear, plano } from "../comun/dinero.js";
import { aMinimos } from "../motor/motor.js";
import { conPrecios, lineasDe } from "./pedidos.js";

/** @typedef {{lista: Minimos, nota: string} | null} Rebaja */

/** @type {WeakMap<PrecioDeMotor, {rebaja: Rebaja}>} */
const textos = new WeakMap();

/**
 * Whether somebody set this line's price. An older notebook says it by the difference alone.
 * @param {FichaPrecio | undefined} ficha
 * @param {Pick<Linea, "precio_unitario">} linea
 */
export function esAcordado(ficha, linea) {
  return acordadoDe(ficha, linea) ?? false;
}

/**
 * Whether a line's price was agreed, or null when its note is lost: then nobody knows.
 * @param {FichaPrecio | undefined} ficha
 * @param {Pick<Linea, "precio_unitario">} linea
 */
function acordadoDe(ficha, linea) {
  if (typeof ficha?.acordado === "boolean") return ficha.acordado;
  return typeof ficha?.precio === "string" ? ficha.precio !== linea.precio_unitario : null;
}

/**
 * What the system asks for a line: what it costs, unless that was agreed.
 * @param {FichaPrecio | undefined} ficha
 * @param {Pick<Linea, "precio_unitario">} linea
 */
export function precioDelSistema(ficha, linea) {
  const sistema = esAcordado(ficha, linea) ? ficha?.precio : null;
  return typeof sistema === "string" ? sistema : linea.precio_unitario;
}

/**
 * A price by hand; the system's own, by hand, is an agreement no longer.
 * @param {Fichas} fichas
 * @param {Orders} orders
 * @param {string} cliente
 * @param {number} articulo
 * @param {string} precio
 * @returns {Fichas}
 */
export function acordar(fichas, orders, cliente, articulo, precio) {
  const linea = lineasDe(orders[cliente]).find(({ articulo_id }) => articulo_id === articulo);
  if (!linea) return fichas;
  const { version = "", ...previa } = fichas.precios[cliente]?.[articulo] ?? {};
  const sistema = precioDelSistema(fichas.precios[cliente]?.[articulo], linea);
  const suyas = {
    ...fichas.precios[cliente],
    [articulo]: { ...previa, precio: sistema, version, acordado: precio !== sistema },
  };
  return { ...fichas, precios: { ...fichas.precios, [cliente]: suyas } };
}

/**
 * An order at these prices (Map article → price of the engine). With `anunciar`, what a line cost
 * before stays noted until it has been seen.
 * @param {Cuaderno} cuaderno
 * @param {string} cliente
 * @param {Precios} precios
 * @param {{decimales: number, version: string, anunciar?: boolean}} opciones
 * @returns {Cuaderno & {cambios: CambioDePrecio[]}}
 */
export function repreciar(
  { orders, fichas },
  cliente,
  precios,
  { decimales, version, anunciar = false },
) {
  const suyas = { ...fichas.precios[cliente] };
  /** @type {Map<number, Minimos>} */
  const nuevos = new Map();
  /** @type {CambioDePrecio[]} */
  const cambios = [];
  let otras = false;
  for (const linea of lineasDe(orders[cliente])) {
    const articulo = linea.articulo_id;
    const cotizado = precios.get(articulo);
    if (!cotizado) continue;
    const menor = aMinimos(cotizado.final, decimales);
    const precio = plano(menor, decimales);
    const previa = suyas[articulo];
    const dicho = acordadoDe(previa, linea);
    // Nobody knows: what costs what the system asks follows it, what does not may be an agreement.
    const acordado = dicho ?? precio !== linea.precio_unitario;
    if (!acordado && precio !== linea.precio_unitario) {
      nuevos.set(articulo, menor);
      cambios.push({ articulo, antes: linea.precio_unitario, ahora: precio });
    }
    const ficha = acordado
      ? acuerdo(previa, precio, version)
      : dicho === null
        ? { precio, version, acordado: false }
        : seguida(previa, linea, precio, { version, anunciar });
    otras ||= ficha !== previa;
    suyas[articulo] = ficha;
  }
  return {
    orders: nuevos.size ? conPrecios(orders, cliente, nuevos, decimales) : orders,
    fichas: otras ? { ...fichas, precios: { ...fichas.precios, [cliente]: suyas } } : fichas,
    cambios,
  };
}

/**
 * The changes of prices have been seen: forget what lines cost before.
 * @param {Fichas} fichas
 * @param {string} cliente
 * @returns {Fichas}
 */
export function darPorVisto(fichas, cliente) {
  const suyas = Object.entries(fichas.precios[cliente] ?? {}).map(
    ([articulo, { antes: _visto, ...ficha }]) => [articulo, ficha],
  );
  return { ...fichas, precios: { ...fichas.precios, [cliente]: Object.fromEntries(suyas) } };
}

/**
 * The list's price (minor units) and the rules that made it another; null when none did.
 * @param {PrecioDeMotor} precio
 * @param {number} decimales
 * @returns {Rebaja}
 */
export function rebajaDe(precio, decimales) {
  const dicho = textos.get(precio) ?? { rebaja: describir(precio, decimales) };
  textos.set(precio, dicho);
  return dicho.rebaja;
}

/**
 * @param {PrecioDeMotor} precio
 * @param {number} decimales
 * @returns {Rebaja}
 */
function describir({ base, aplicadas, ajustado }, decimales) {
  const reglas = aplicadas.map(({ regla }) => textoDeRegla(regla));
  if (ajustado) reglas.push("precio mínimo");
  return reglas.length ? { lista: aMinimos(base, decimales), nota: reglas.join(", ") } : null;
}

/**
 * "−5 % Docena"; a name that says its discount says enough.
 * @param {Pick<Regla, "nombre" | "porcentaje" | "valor">} regla
 */
export function textoDeRegla(regla) {
  const valor = textoDeValor(regla);
  /** @param {string} texto */
  const junto = (texto) => texto.replace(/\s/g, "");
  return junto(regla.nombre).includes(junto(valor.slice(1)))
    ? regla.nombre
    : `${valor} ${regla.nombre}`;
}

/**
 * A rule's discount as people say it: "−5 %", "−1.000"; a surcharge, "+5 %".
 * @param {Pick<Regla, "porcentaje" | "valor">} regla
 */
export function textoDeValor({ porcentaje, valor }) {
  const signo = valor < 0n ? "+" : "−";
  const magnitud = valor < 0n ? -valor : valor;
  return signo + (porcentaje ? `${corto(magnitud, 2)} %` : corto(magnitud, 6));
}

/**
 * The agreement stays; what the system asks now is noted beside it.
 * @param {FichaPrecio | undefined} previa
 * @param {string} precio
 * @param {string} version
 * @returns {FichaPrecio}
 */
function acuerdo(previa, precio, version) {
  const igual = previa?.acordado === true && previa.precio === precio && previa.antes === undefined;
  return igual ? previa : { precio, version, acordado: true };
}

/**
 * @param {FichaPrecio} previa
 * @param {Linea} linea
 * @param {string} precio
 * @param {{version: string, anunciar: boolean}} opciones
 * @returns {FichaPrecio}
 */
function seguida(previa, linea, precio, { version, anunciar }) {
  const antes =
    anunciar && precio !== linea.precio_unitario
      ? (previa.antes ?? linea.precio_unitario)
      : previa.antes;
  const vuelve = antes === undefined || antes === precio;
  if (previa.acordado === false && (vuelve ? undefined : antes) === previa.antes) return previa;
  return { precio, version, acordado: false, ...(vuelve ? {} : { antes }) };
}

/**
 * Up to `decimales`, without the zeros nobody says: "7,5", "1.000", "0,25".
 * @param {bigint} magnitud
 * @param {number} decimales
 */
function corto(magnitud, decimales) {
  return formatear(magnitud, decimales).replace(/,?0+$/, "") || "0";
}
