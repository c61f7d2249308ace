// Lotes that have not been answered for good: written here before the first POST, forgotten
// only when every one of their orders has its verdict. While here, their orders are locked.

import { CuotaLlena, comprimir } from "./almacen.js";
import { cerrar, lineasDe, paraEnviar } from "./pedidos.js";
import { huellaPedido } from "./huella.js";

const CODIFICACION = "utf16";
const FINALES = new Set(["COMPLETO", "PARCIAL", "FALLIDO"]);

/** An address of the page's parameters, for this lote. */
export function paraLote(url, lote) {
  return url.replace("00000000-0000-0000-0000-000000000000", lote);
}

/** Whether a lote in this state has all its verdicts. */
export function esFinal(estado) {
  return FINALES.has(estado);
}

/** The lotes under way, oldest first. */
export function pendientes(almacen) {
  return almacen
    .nombres("lote:")
    .map((nombre) => almacen.leer(nombre))
    .filter(Boolean)
    .sort((a, b) => a.creado_en - b.creado_en);
}

/** Which clients' orders are locked, and by which lote. */
export function bloqueados(lotes) {
  return new Map(lotes.flatMap((lote) => Object.keys(lote.huellas).map((c) => [c, lote.lote])));
}

/**
 * Write a new lote with every unlocked order that has lines: first what will travel, then the
 * record that makes it count. Call it alone (Almacen.exclusiva). Null when there is nothing.
 */
export function preparar(almacen, { lote, version, ahora }) {
  const orders = almacen.leer("orders", {});
  const ocupados = bloqueados(pendientes(almacen));
  const libres = Object.keys(orders).filter((cliente) => !ocupados.has(cliente));
  const { pedidos, huellas } = paraEnviar(orders, libres);
  if (Object.keys(pedidos).length === 0) return null;
  almacen.guardarTexto(`carga:${lote}`, comprimir(pedidos));
  const ficha = { lote, huellas, version, creado_en: ahora, aceptado: false };
  try {
    almacen.guardar(`lote:${lote}`, ficha);
  } catch (error) {
    almacen.quitar(`carga:${lote}`);
    throw error;
  }
  return ficha;
}

/** The body of a lote's POST, the same every time: what getItem gives is what travels. */
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
 * Note how far a lote is (`intentado`, `aceptado`); false when there is no room. Sending does not
 * stop for that: it is what makes room, and the same lote again does no harm.
 */
export function anotar(almacen, ficha) {
  try {
    almacen.guardar(`lote:${ficha.lote}`, ficha);
    return true;
  } catch (error) {
    if (!(error instanceof CuotaLlena)) throw error;
    return false;
  }
}

/** Unlock a lote's orders as they are. */
export function soltar(almacen, ficha) {
  almacen.quitar(`lote:${ficha.lote}`);
  almacen.quitar(`carga:${ficha.lote}`);
}

/**
 * What a finished lote's verdicts make of the cart. An order leaves only on its own GUARDADO with
 * the receipt of what is still here; the others stay, each with its reason.
 */
export function repartir(orders, ficha, veredictos, motivoGeneral) {
  const porCliente = new Map(veredictos.map((v) => [String(v.cliente_id), v]));
  const salida = { orders, guardados: [], rechazos: {} };
  for (const [cliente, huella] of Object.entries(ficha.huellas)) {
    const veredicto = porCliente.get(cliente);
    if (veredicto?.resultado === "GUARDADO" && veredicto.huella === huella) {
      archivar(salida, cliente, huella, veredicto);
    } else {
      const lineas = lineasDe(orders[cliente]);
      salida.rechazos[cliente] = { ...motivo(veredicto, motivoGeneral, lineas), lote: ficha.lote };
    }
  }
  return salida;
}

function archivar(salida, cliente, huella, veredicto) {
  const lineas = lineasDe(salida.orders[cliente]);
  salida.guardados.push({ cliente, numero: veredicto.pedido_numero, avisos: veredicto.avisos ?? [], lineas });
  if (huellaPedido(cliente, lineas) === huella) salida.orders = cerrar(salida.orders, cliente);
}

function motivo(veredicto, general, lineas) {
  if (!veredicto) return general;
  if (veredicto.resultado === "GUARDADO") {
    return { codigo: "recibo_distinto", numero: veredicto.pedido_numero };
  }
  const { codigo, motivo: texto, linea = null, campo = "" } = veredicto;
  // Lines move when one is taken out: its article says which one it was.
  const articulo = lineas[linea - 1]?.articulo_id ?? null;
  return { codigo, motivo: texto, articulo, campo };
}
