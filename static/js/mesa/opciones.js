// The pickers' lists made in the page, with the server's own row markup from <template>: what answers
// at once. Only textContent: names are never markup.

import { frase } from "../comun/frases.js";
import { contar, formatear, plano } from "../comun/dinero.js";
import { todos, uno } from "../comun/dom.js";
import { aMinimos } from "../motor/motor.js";

const TASAS = ["10", "5", "0"];

/**
 * @typedef {(OpcionDeArticulo | OpcionDeCliente) & {precio?: string}} Fila
 * @typedef {object} Contenido
 * @property {string} q the text that the rows answer
 * @property {Fila[]} filas
 * @property {boolean} mas there are more
 * @property {boolean} cercanas nothing has the text: these are the nearest
 * @property {Pie} pie what the list's foot says
 * @typedef {(contenido: Pick<Contenido, "filas" | "mas" | "cercanas">) => string} Pie
 */

/**
 * These rows in the picker. Its root stays: an answer of the server on its way will replace it.
 * @param {HTMLElement} raiz
 * @param {HTMLTemplateElement} plantilla
 * @param {Contenido} contenido
 */
export function pintar(raiz, plantilla, contenido) {
  const { q, filas, cercanas, pie } = contenido;
  const modelo = uno(plantilla.content, "[role=option]", HTMLElement);
  const lista = uno(raiz, "[role=listbox]", HTMLElement);
  const nueva = /** @type {HTMLElement} */ (lista.cloneNode(false));
  nueva.append(...filas.map((fila) => opcion(modelo, fila)));
  nueva.hidden = filas.length === 0;
  raiz.dataset.q = q;
  raiz.toggleAttribute("data-cercanas", cercanas && filas.length > 0);
  uno(raiz, "[data-pie]", HTMLElement).textContent = pie(contenido);
  // Another list, and not other rows in it: it begins at its top, and nothing has to be measured.
  lista.replaceWith(nueva);
}

/**
 * @param {HTMLElement} modelo
 * @param {Fila} fila
 */
function opcion(modelo, fila) {
  const nodo = document.importNode(modelo, true);
  const textos = new Map(Object.entries(fila));
  nodo.id = `${nodo.dataset.tipo}-${fila.id}`;
  for (const [dato, texto] of textos) nodo.setAttribute(`data-${dato}`, texto);
  for (const hueco of todos(nodo, "[data-campo]", HTMLElement))
    hueco.textContent = textos.get(hueco.dataset.campo ?? "") ?? "";
  if (fila.precio === "") nodo.setAttribute("aria-disabled", "true");
  else nodo.removeAttribute("aria-disabled");
  return nodo;
}

/**
 * What an option says of its article. What a fragment leaves out is empty; without a rate of tax
 * that is one, it cannot be sold, as without a price.
 * @param {DOMStringMap} datos
 * @returns {OpcionDeArticulo}
 */
export function articuloDe({
  id = "",
  codigo = "",
  descripcion = "",
  marca = "",
  barras = "",
  tasa = "",
  precio = "",
}) {
  const vendible = TASAS.includes(tasa) && /^[1-9]\d*$/.test(id);
  return { id, codigo, descripcion, marca, barras, tasa, precio: vendible ? precio : "" };
}

/**
 * What an option says of its client.
 * @param {DOMStringMap} datos
 * @returns {OpcionDeCliente}
 */
export function clienteDe({
  id = "",
  nombre = "",
  razon = "",
  ruc = "",
  canal = "",
  canal_nombre = "",
}) {
  return { id, nombre, razon, ruc, canal, canal_nombre };
}

/**
 * A catalogue's client as the server's option has it.
 * @param {ClienteHallado} fila
 * @returns {OpcionDeCliente}
 */
export function opcionDeCliente(fila) {
  const { id, ruc, nombrefactura: razon, canal, canal_nombre } = fila;
  return {
    id,
    nombre: fila.nombrefantasia || razon,
    razon,
    ruc,
    canal: String(canal),
    canal_nombre,
  };
}

/**
 * An article of the catalogue as a row of the picker, its price in micros; without one it cannot be
 * chosen.
 * @param {ArticuloHallado} fila
 * @param {number} decimales
 * @returns {OpcionDeArticulo}
 */
export function opcionDeArticulo(fila, decimales) {
  const menor = fila.precio === null ? null : aMinimos(fila.precio, decimales);
  /** @param {Micros} micros */
  const texto = (micros) => formatear(aMinimos(micros, decimales), decimales);
  return {
    id: fila.id,
    codigo: String(fila.codigo),
    descripcion: fila.descripcion,
    marca: fila.prod_marca,
    barras: fila.codigo_barras ?? "",
    tasa: String(fila.tasa_iva),
    precio: menor === null ? "" : plano(menor, decimales),
    precio_texto: menor === null ? frase("sin_precio_corto") : formatear(menor, decimales),
    desde: fila.desde ? `desde ${contar(fila.desde.cantidad)}: ${texto(fila.desde.final)}` : "",
  };
}

/**
 * What the list's foot says.
 * @param {string} nombre of one of its rows
 * @returns {Pie}
 */
export function pieDe(nombre) {
  return ({ filas, mas, cercanas }) => {
    if (filas.length === 0) return `Ningún ${nombre} coincide: probar con menos letras.`;
    if (cercanas) return frase("cercanas");
    return mas ? frase("hay_mas") : "";
  };
}
