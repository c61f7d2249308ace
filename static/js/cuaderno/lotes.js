// Lotes that have not been answered for good: written here before the first POST, forgotten
// only when every one of their orders has its verdict. While here, their orders are locked.

import { CuotaLlena, comprimir, esObjeto, inflar, leerOrders } from "../comun/almacen.js";
import { losQueCaben } from "./cupo.js";
import { cerrar, idDe, identificar, lineasDe, paraEnviar, seMuestra } from "./pedidos.js";
import { huellaPedido } from "./recibo.js";
import { isoLocal } from "../comun/reloj.js";

/** @typedef {import("../comun/almacen.js").Almacen} Almacen */

const CODIFICACION = "utf16";
const FINALES = new Set(["COMPLETO", "PARCIAL", "FALLIDO"]);
// Stored, now or by an earlier send of the same order.
const GUARDADO = new Set(["GUARDADO", "REPETIDO"]);

/**
 * An address of the page's parameters, for this lote.
 * @param {string} url
 * @param {string} lote
 */
export function paraLote(url, lote) {
  return url.replace("00000000-0000-0000-0000-000000000000", lote);
}

/**
 * Whether a lote in this state has all its verdicts.
 * @param {string} estado
 */
export function esFinal(estado) {
  return FINALES.has(estado);
}

/**
 * The lotes under way, oldest first.
 * @param {Almacen} almacen
 * @returns {FichaLote[]}
 */
export function pendientes(almacen) {
  return almacen
    .nombres("lote:")
    .filter((nombre) => !nombre.endsWith(":danado"))
    .map((nombre) => almacen.leer(nombre, /** @type {FichaLote | null} */ (null), esFicha))
    .filter((ficha) => ficha !== null)
    .sort((a, b) => a.creado_en - b.creado_en);
}

/**
 * Which clients' orders are locked, and by which lote.
 * @param {readonly Pick<FichaLote, "lote" | "huellas">[]} lotes
 * @returns {Map<string, string>}
 */
export function bloqueados(lotes) {
  const bloqueos = lotes.flatMap(({ lote, huellas }) =>
    Object.keys(huellas).map((cliente) => /** @type {const} */ ([cliente, lote])),
  );
  return new Map(bloqueos);
}

/**
 * @param {unknown} valor
 * @returns {valor is FichaLote}
 */
function esFicha(valor) {
  const { lote, huellas } = /** @type {Partial<FichaLote>} */ (valor ?? {});
  return typeof lote === "string" && typeof huellas === "object" && huellas !== null;
}

/**
 * Write a new lote with every unlocked order that has lines and can be shown: first what will
 * travel, then the record that makes it count. `momento` (milliseconds, or null when this computer's
 * clock says nothing) dates them. Call it alone (Almacen.exclusiva). Null when there is nothing.
 * @param {Almacen} almacen
 * @param {object} datos
 * @param {string} datos.lote
 * @param {string} datos.version the catalogue's
 * @param {number} datos.ahora
 * @param {number | null} [datos.momento]
 * @param {readonly Huso[]} [datos.husos] the company's clock
 * @param {number} [datos.decimales]
 * @param {() => string} datos.nuevoId
 * @param {Orders} [datos.acordado] what was agreed to: nothing else goes
 * @returns {FichaLote | null}
 */
export function preparar(
  almacen,
  { lote, version, ahora, momento = null, husos = [], decimales = 0, nuevoId, acordado },
) {
  const antes = leerOrders(almacen);
  const pueden = Object.keys(libres(almacen)).filter(
    (cliente) =>
      seMuestra(antes[cliente], decimales) &&
      lineasDe(antes[cliente]).length > 0 &&
      (acordado === undefined || esIgual(antes[cliente], acordado[cliente])),
  );
  const caben = losQueCaben(antes, pueden);
  if (caben.length === 0) return null;
  const orders = identificar(antes, caben, nuevoId);
  const { pedidos, huellas, ids } = paraEnviar(orders, caben, captura(momento, husos));
  if (orders !== antes) almacen.guardar("orders", orders);
  almacen.guardarTexto(`carga:${lote}`, comprimir(pedidos));
  const ficha = { lote, huellas, ids, version, creado_en: ahora, aceptado: false };
  try {
    almacen.guardar(`lote:${lote}`, ficha);
  } catch (error) {
    almacen.quitar(`carga:${lote}`);
    throw error;
  }
  return ficha;
}

/**
 * The orders that are not on their way.
 * @param {Almacen} almacen
 * @returns {Orders}
 */
export function libres(almacen) {
  const ocupados = bloqueados(pendientes(almacen));
  const todos = Object.entries(leerOrders(almacen));
  return Object.fromEntries(todos.filter(([cliente]) => !ocupados.has(cliente)));
}

/**
 * The clients whose order is here, with lines, and is not as it was agreed to.
 * @param {Almacen} almacen
 * @param {Orders} acordado
 */
export function cambiados(almacen, acordado) {
  const ahora = leerOrders(almacen);
  return Object.keys(acordado).filter(
    (cliente) =>
      lineasDe(acordado[cliente]).length > 0 &&
      lineasDe(ahora[cliente]).length > 0 &&
      !esIgual(ahora[cliente], acordado[cliente]),
  );
}

/**
 * @param {unknown} uno
 * @param {unknown} otro
 */
function esIgual(uno, otro) {
  return uno === otro || JSON.stringify(uno) === JSON.stringify(otro);
}

/**
 * @param {number | null} momento
 * @param {readonly Huso[]} husos
 * @returns {Captura}
 */
function captura(momento, husos) {
  if (momento === null) return {};
  const capturado_en = isoLocal(momento, husos);
  return { doc_fecha: capturado_en.slice(0, 10), capturado_en };
}

/**
 * The body of a lote's POST, the same every time: what getItem gives is what travels.
 * @param {Almacen} almacen
 * @param {Pick<FichaLote, "lote" | "version">} ficha
 * @param {number} sucursal
 */
export function cuerpo(almacen, ficha, sucursal) {
  return {
    lote: ficha.lote,
    pedidos: almacen.texto(`carga:${ficha.lote}`),
    codificacion: CODIFICACION,
    version_datos: ficha.version,
    sucursal,
  };
}

/**
 * Note how far a lote is (`intentado`, `aceptado`); false when there is no room, or nothing to note
 * any more. Sending does not stop for that: it is what makes room, and the same lote again does no
 * harm. Call it alone: what another tab has finished must not come back.
 * @param {Almacen} almacen
 * @param {FichaLote} ficha
 */
export function anotar(almacen, ficha) {
  if (almacen.texto(`lote:${ficha.lote}`) === null) return false;
  try {
    almacen.guardar(`lote:${ficha.lote}`, ficha);
    return true;
  } catch (error) {
    if (!(error instanceof CuotaLlena)) throw error;
    return false;
  }
}

/**
 * Unlock a lote's orders as they are.
 * @param {Almacen} almacen
 * @param {Pick<FichaLote, "lote">} ficha
 */
export function soltar(almacen, ficha) {
  almacen.quitar(`lote:${ficha.lote}`);
  almacen.quitar(`carga:${ficha.lote}`);
}

/**
 * What travelled in a lote, by client; of one whose payload is gone or damaged, nothing.
 * @param {Almacen} almacen
 * @param {Pick<FichaLote, "lote">} ficha
 * @returns {Orders}
 */
export function enviados(almacen, ficha) {
  const carga = inflar(almacen.texto(`carga:${ficha.lote}`));
  return esObjeto(carga) ? /** @type {Orders} */ (carga) : {};
}

/**
 * What a finished lote's verdicts make of the cart. An order leaves only when the server stored it,
 * then or before, with the receipt of what is still here; the others stay, each with its reason.
 * `pedidos` is what travelled.
 * @param {Orders} orders
 * @param {Pick<FichaLote, "lote" | "huellas" | "ids">} ficha
 * @param {readonly PedidoDecidido[]} decididos
 * @param {Rechazo} motivoGeneral of an order without a verdict
 * @param {Orders} [pedidos]
 * @returns {Recibo}
 */
export function repartir(orders, ficha, decididos, motivoGeneral, pedidos = {}) {
  const porCliente = new Map(decididos.map((v) => [String(v.cliente_id), v]));
  /** @type {Recibo} */
  const salida = { orders, guardados: [], rechazos: {} };
  for (const [cliente, huella] of Object.entries(ficha.huellas)) {
    const decidido = porCliente.get(cliente);
    const id = ficha.ids?.[cliente] ?? null;
    if (decidido && GUARDADO.has(decidido.resultado) && decidido.huella === huella) {
      archivar(salida, { cliente, huella, id, decidido, enviado: pedidos[cliente] });
    } else if (esElMismo(salida.orders[cliente], id)) {
      const lineas = lineasDe(orders[cliente]);
      salida.rechazos[cliente] = { ...motivo(decidido, motivoGeneral, lineas), lote: ficha.lote };
    }
  }
  return salida;
}

/**
 * @param {Recibo} salida
 * @param {{cliente: string, huella: string, id: string | null, decidido: PedidoDecidido,
 *   enviado: Pedido | undefined}} pedido
 */
function archivar(salida, { cliente, huella, id, decidido, enviado }) {
  const actual = salida.orders[cliente];
  const lineas = lineasDe(enviado ?? actual);
  salida.guardados.push({
    cliente,
    numero: decidido.pedido_numero ?? 0,
    avisos: decidido.avisos ?? [],
    lineas,
  });
  const igual = huellaPedido(cliente, lineasDe(actual)) === huella;
  if (igual && esElMismo(actual, id)) salida.orders = cerrar(salida.orders, cliente);
}

/**
 * The client's next order may have the very same lines: it is another one all the same.
 * @param {Pedido | undefined} valor
 * @param {string | null} id
 */
function esElMismo(valor, id) {
  return valor !== undefined && (id === null || idDe(valor) === id);
}

/**
 * @param {PedidoDecidido | undefined} decidido
 * @param {Rechazo} general
 * @param {readonly Linea[]} lineas
 * @returns {Rechazo}
 */
function motivo(decidido, general, lineas) {
  if (!decidido) return general;
  if (GUARDADO.has(decidido.resultado)) {
    return { codigo: "recibo_distinto", numero: decidido.pedido_numero };
  }
  const { codigo, motivo: texto, linea = null, campo = "" } = decidido;
  // Lines move when one is taken out: its article says which one it was.
  const articulo = lineas[(linea ?? 0) - 1]?.articulo_id ?? null;
  const guardado =
    codigo === "pedido_reutilizado" ? { numero: decidido.pedido_numero ?? null } : {};
  return { codigo, motivo: texto, articulo, campo, ...guardado };
}
