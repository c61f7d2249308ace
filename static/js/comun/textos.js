// Sentences that say how many, how much or which: made from what the desk knows. Pure; those that
// say always the same are in frases.js.

import { dicho, frase } from "./frases.js";
import { aMenor, contar, formatear } from "./dinero.js";

const CAMBIOS_DICHOS = 3;

/** @type {Record<string, string>} */
const CAMPOS = {
  articulo_id: "artículo",
  cantidad: "cantidad",
  cliente_id: "cliente",
  doc_fecha: "fecha",
  observacion: "observación",
  precio_unitario: "precio",
};

/**
 * A field of the orders object as people call it.
 * @param {string | null | undefined} campo
 */
export function nombreDeCampo(campo) {
  return dicho(CAMPOS, campo) ?? campo ?? "";
}

/**
 * What mending an order cost.
 * @param {string} nombre
 * @param {number} fuera lines left out
 */
export function textoDeReparado(nombre, fuera) {
  return fuera
    ? `Pedido de ${nombre} reparado: ${plural(fuera, "línea quedó", "líneas quedaron")} fuera.`
    : `Pedido de ${nombre} reparado, con todas sus líneas.`;
}

/**
 * "Enviados 3 = guardados 2 + devueltos 1. …"
 * @param {Pick<Recibo, "guardados" | "rechazos">} recibo
 */
export function textoDeRecibo({ guardados, rechazos }) {
  const bien = guardados.length;
  const mal = Object.keys(rechazos).length;
  const avisados = guardados.filter(({ avisos }) => avisos.length > 0).length;
  const partes = [`Enviados ${bien + mal} = guardados ${bien}${mal ? ` + devueltos ${mal}` : ""}.`];
  if (mal) partes.push(frase("devueltos"));
  if (avisados) partes.push(`${pedidos(avisados)} con avisos: ver el lote.`);
  return partes.join(" ");
}

/**
 * "Sin conexión – 2 pedidos en este equipo, 1 espera para salir".
 * @param {number} aca orders with lines
 * @param {number} esperan of them, how many are on their way
 */
export function textoSinLinea(aca, esperan) {
  const salen = esperan ? `, ${plural(esperan, "espera", "esperan")} para salir` : "";
  return `${frase("chip_sin_linea")} – ${pedidos(aca)} en este equipo${salen}`;
}

/** @param {number} cuantos orders that changed between being agreed to and going */
export function textoDeNoAcordados(cuantos) {
  const que = plural(cuantos, "pedido cambió", "pedidos cambiaron");
  return `${que} después de confirmar, y ${cuantos === 1 ? "quedó" : "quedaron"} sin enviar.`;
}

/**
 * @param {string} q what an Enter looked for, and did not find
 * @param {readonly string[]} teclas that came after it
 */
export function textoDeAdelantadas(q, teclas) {
  /** @type {string[]} */
  const queda = [];
  for (const tecla of teclas) {
    if (tecla === "Backspace") queda.pop();
    else queda.push(tecla === "Enter" ? " " : tecla);
  }
  return frase("adelantado", { q, escrito: queda.join("").trim() });
}

/** @param {string} descripcion of an article */
export function textoDeQuitada(descripcion) {
  return `${descripcion}: línea quitada.`;
}

/** @param {string} nombre of a client */
export function textoDeDescartado(nombre) {
  return `Pedido de ${nombre} descartado.`;
}

/** @param {number} fuera how many articles of a repeated order stayed out */
export function textoSinPrecioHoy(fuera) {
  return `Del último pedido, sin precio hoy: ${articulos(fuera)}.`;
}

/**
 * "Importados: 3 pedidos. …"
 * @param {number} traidos
 * @param {number} quedan orders of clients that had one open
 */
export function textoDeImportados(traidos, quedan) {
  const resto = quedan ? ` ${pedidos(quedan)} ya estaban abiertos y quedaron como estaban.` : "";
  return `Importados: ${pedidos(traidos)}.${resto}`;
}

/**
 * "1 pedido", "12 pedidos".
 * @param {number | bigint} numero
 * @param {string} uno
 * @param {string} varios
 */
export function plural(numero, uno, varios) {
  return `${contar(numero)} ${Number(numero) === 1 ? uno : varios}`;
}

/** @param {number} numero */
export function pedidos(numero) {
  return plural(numero, "pedido", "pedidos");
}

/** @param {number} numero */
export function articulos(numero) {
  return plural(numero, "artículo", "artículos");
}

/**
 * "Catálogo nuevo: cambiaron 3 precios. Yerba 12.500 → 11.900; y 2 más."
 * @param {readonly CambioDePrecio[]} cambios
 * @param {Pick<Fichas, "articulos">} fichas
 * @param {number} decimales
 */
export function textoDeCambios(cambios, fichas, decimales) {
  const dichos = cambios.slice(0, CAMBIOS_DICHOS).map((c) => textoDeCambio(c, fichas, decimales));
  const resto = cambios.length - dichos.length;
  if (resto) dichos.push(`y ${contar(resto)} más`);
  const cuantos =
    cambios.length === 1 ? "cambió 1 precio" : `cambiaron ${contar(cambios.length)} precios`;
  return `Catálogo nuevo: ${cuantos}. ${dichos.join("; ")}.`;
}

/**
 * "Yerba 12.500 → 11.900".
 * @param {CambioDePrecio} cambio
 * @param {Pick<Fichas, "articulos">} fichas
 * @param {number} decimales
 */
export function textoDeCambio({ articulo, antes, ahora }, fichas, decimales) {
  const nombre = fichas.articulos[articulo]?.descripcion ?? `Artículo ${articulo}`;
  const [viejo, nuevo] = [antes, ahora].map((precio) => precioDicho(precio, decimales));
  return `${nombre} ${viejo} → ${nuevo}`;
}

/**
 * A price as people read it; one that is none, as it is written.
 * @param {string} precio
 * @param {number} decimales
 */
export function precioDicho(precio, decimales) {
  const menor = aMenor(precio, decimales);
  return menor === null ? String(precio) : formatear(menor, decimales);
}

/**
 * "Teclado", "Teclado y Mouse", "Teclado, Mouse y 2 más".
 * @param {readonly string[]} nombres
 * @param {number} [maximo]
 */
export function enumerar(nombres, maximo = 2) {
  if (nombres.length <= 1) return nombres.join("");
  const dichos = nombres.slice(0, maximo);
  const resto = nombres.length - dichos.length;
  if (resto) return `${dichos.join(", ")} y ${contar(resto)} más`;
  return `${dichos.slice(0, -1).join(", ")} y ${dichos.at(-1)}`;
}
