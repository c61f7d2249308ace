// localStorage, lz-compressed: JSON → compressToUTF16 → setItem, and getItem → inflate → JSON.
// Keys carry company, branch and user: `cp:<empresa>:<sucursal>:<usuario>:<name>`.

import LZString from "../../vendor/lz-string.js";
import { SinOrden } from "../pestanas/orden.js";

const CATALOGO = "cat";
// The turn this copy of the storage has seen; see orden.js.
const TURNO = "turno";
// As wide as any turn: a full storage still takes the next one.
const ANCHO_DEL_TURNO = 12;
// What must survive until the server has it; the rest can be had again.
const SIN_ENVIAR = /^(orders|fichas|rechazos|turno|lote:.+|carga:.+|.+:danado)$/;

/** The browser's space is used up, even after giving away the catalogue's. */
export class CuotaLlena extends Error {}

export class Almacen {
  /**
   * @param {object} partes
   * @param {Cajon} partes.storage
   * @param {Ambito} partes.ambito
   * @param {Pick<LockManager, "request"> | null} [partes.locks] navigator.locks, absent without HTTPS
   * @param {Pick<import("../pestanas/orden.js").Orden, "siguiente" | "alcanzar"> | null} [partes.orden] turns between tabs
   * @param {(() => import("../pestanas/titular.js").Titular) | null} [partes.titular] makes the rule of one
   *   writing tab, for where there are no locks or no turns
   */
  constructor({ storage, ambito, locks = null, orden = null, titular = null }) {
    this.storage = storage;
    this.locks = locks;
    this.orden = orden;
    this.nuevoTitular = titular;
    /** @type {import("../pestanas/titular.js").Titular | null} */
    this.titular = null;
    this.prefijo = `cp:${ambito.empresa}:${ambito.sucursal}:${ambito.usuario}:`;
    /** @type {string[]} */
    this.danados = [];
    // What each text inflates to: a text that is still the same is not inflated again.
    /** @type {Map<string, {texto: string, valor: unknown, vale?: (valor: unknown) => boolean}>} */
    this.leidos = new Map();
    /** @type {Map<string, Promise<unknown>>} */
    this.turnos = new Map();
    if (!locks || !orden) this.sinOrden();
  }

  /** @param {string} nombre */
  clave(nombre) {
    return this.prefijo + nombre;
  }

  /** The names kept here that start with `inicio`. */
  nombres(inicio = "") {
    return claves(this.storage)
      .filter((clave) => clave.startsWith(this.prefijo + inicio))
      .map((clave) => clave.slice(this.prefijo.length));
  }

  /**
   * The compressed text as kept, or null.
   * @param {string} nombre
   */
  texto(nombre) {
    return this.storage.getItem(this.clave(nombre));
  }

  /**
   * Keep an already compressed text; raises CuotaLlena.
   * @param {string} nombre
   * @param {string} texto
   */
  guardarTexto(nombre, texto) {
    const clave = this.clave(nombre);
    try {
      this.storage.setItem(clave, texto);
    } catch (error) {
      if (!esCuota(error)) throw error;
      if (nombre.startsWith(CATALOGO) || !this.soltarCatalogo()) throw new CuotaLlena(nombre);
      this.guardarTexto(nombre, texto);
    }
  }

  /**
   * The value kept under a name; `defecto` when there is none. One that is damaged, or is not what
   * `vale` asks for, is set aside.
   * @template T
   * @param {string} nombre
   * @param {T} [defecto] null
   * @param {(valor: unknown) => boolean} [vale]
   * @returns {T}
   */
  leer(nombre, defecto = /** @type {T} */ (/** @type {unknown} */ (null)), vale = () => true) {
    const texto = this.texto(nombre);
    if (texto === null) return defecto;
    const leido = this.leidos.get(nombre);
    const conocido = leido?.texto === texto;
    if (conocido && leido.vale === vale) return /** @type {T} */ (leido.valor);
    const valor = conocido ? leido.valor : inflar(texto);
    if (valor !== undefined && vale(valor)) {
      this.leidos.set(nombre, { texto, valor, vale });
      return /** @type {T} */ (valor);
    }
    this.apartar(nombre, texto);
    return defecto;
  }

  /**
   * Set a value that cannot be used aside: nothing kept is thrown away, and it can be exported.
   * @param {string} nombre
   * @param {string} texto
   */
  apartar(nombre, texto) {
    if (!this.danados.includes(nombre)) this.danados.push(nombre);
    try {
      this.guardarTexto(this.nombreAparte(nombre, texto), texto);
      this.quitar(nombre);
    } catch (error) {
      // No room for a copy: it stays where it is, unread.
      if (!(error instanceof CuotaLlena)) throw error;
    }
  }

  /**
   * Another damage of the same value must not take the place of the first one.
   * @param {string} nombre
   * @param {string} texto
   */
  nombreAparte(nombre, texto) {
    for (let n = 1; ; n++) {
      const aparte = n === 1 ? `${nombre}:danado` : `${nombre}:${n}:danado`;
      const ya = this.texto(aparte);
      if (ya === null || ya === texto) return aparte;
    }
  }

  /**
   * What was set aside, as it was kept: {name: text}.
   * @returns {Record<string, string | null>}
   */
  apartados() {
    const nombres = this.nombres().filter((nombre) => nombre.endsWith(":danado"));
    return Object.fromEntries(nombres.map((nombre) => [nombre, this.texto(nombre)]));
  }

  /**
   * Keep a value as compressed JSON. Values are never changed in place.
   * @param {string} nombre
   * @param {unknown} valor
   */
  guardar(nombre, valor) {
    const texto = comprimir(valor);
    this.guardarTexto(nombre, texto);
    this.leidos.set(nombre, { texto, valor });
  }

  /** @param {string} nombre */
  quitar(nombre) {
    this.leidos.delete(nombre);
    this.storage.removeItem(this.clave(nombre));
  }

  /** Free the catalogue's space: it can be downloaded again. False when there was none. */
  soltarCatalogo() {
    const suyos = this.nombres(CATALOGO);
    suyos.forEach((nombre) => this.quitar(nombre));
    return suyos.length > 0;
  }

  /**
   * Run alone among this person's tabs. "mesa" also sees all that was written in its turns before;
   * where the browser orders nothing, only the tab that holds the desk may (raises OtraPestana).
   * @template T
   * @param {string} nombre
   * @param {() => T | Promise<T>} tarea
   * @returns {Promise<T>}
   */
  async exclusiva(nombre, tarea) {
    const alDia = nombre === "mesa" ? () => this.enOrden(tarea) : tarea;
    const sola = async () => {
      await this.titular?.exigir();
      return alDia();
    };
    if (this.locks) return /** @type {Promise<T>} */ (this.locks.request(this.clave(nombre), sola));
    const turno = (this.turnos.get(nombre) ?? Promise.resolve()).then(sola);
    this.turnos.set(
      nombre,
      turno.catch(() => undefined),
    );
    return turno;
  }

  /**
   * A lock orders the sections, not the copies of the storage: first see what the last turn wrote.
   * @template T
   * @param {() => T | Promise<T>} tarea
   */
  async enOrden(tarea) {
    const turno = await this.pedirTurno();
    if (turno === null) return tarea();
    await this.orden?.alcanzar(turno - 1, () => this.turnoVisto());
    try {
      return await tarea();
    } finally {
      this.anotarTurno(turno);
    }
  }

  async pedirTurno() {
    try {
      return (await this.orden?.siguiente(this.clave(TURNO))) ?? null;
    } catch (error) {
      if (!(error instanceof SinOrden)) throw error;
      this.sinOrden();
      await this.titular?.exigir();
      return null;
    }
  }

  turnoVisto() {
    return Number(this.texto(TURNO) ?? 0);
  }

  /** @param {number} turno */
  anotarTurno(turno) {
    try {
      this.guardarTexto(TURNO, String(turno).padStart(ANCHO_DEL_TURNO, "0"));
    } catch (error) {
      // Without room the others wait for it a moment, and go on.
      if (!(error instanceof CuotaLlena)) throw error;
    }
  }

  // From here on one tab alone may write.
  sinOrden() {
    this.orden = null;
    this.titular ??= this.nuevoTitular?.() ?? null;
  }

  /** Characters this site uses: localStorage holds 5,242,879 of them in all. */
  ocupado() {
    return claves(this.storage).reduce(
      (suma, clave) => suma + clave.length + (this.storage.getItem(clave)?.length ?? 0),
      0,
    );
  }
}

/**
 * The orders kept, by client; what is kept under their name and is no such thing is set aside.
 * @param {Almacen} almacen
 * @returns {Orders}
 */
export function leerOrders(almacen) {
  return almacen.leer("orders", /** @type {Orders} */ ({}), esObjeto);
}

/**
 * Whether a value is a plain object, as names and clients are kept by.
 * @param {unknown} valor
 * @returns {valor is Record<string, unknown>}
 */
export function esObjeto(valor) {
  return typeof valor === "object" && valor !== null && !Array.isArray(valor);
}

/**
 * A value as compressToUTF16 of its JSON.
 * @param {unknown} valor
 */
export function comprimir(valor) {
  return LZString.compressToUTF16(JSON.stringify(valor));
}

/**
 * The value of a compressed text; undefined when it is damaged, or there is none.
 * @param {string | null} texto
 * @returns {unknown}
 */
export function inflar(texto) {
  try {
    return JSON.parse(LZString.decompressFromUTF16(texto) || "damaged");
  } catch {
    return undefined;
  }
}

/**
 * How many orders with lines this user has in this browser, whatever the branch.
 * @param {Cajon} storage
 * @param {number | string} usuario
 */
export function contarSinEnviar(storage, usuario) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:orders$`);
  return claves(storage)
    .filter((clave) => suya.test(clave))
    .flatMap((clave) => Object.values(inflar(storage.getItem(clave)) ?? {}))
    .filter(conAlgo).length;
}

/**
 * Forget what a user left here; with `conservar`, all but the unsent orders. True when nothing of
 * theirs is left: their turns can be forgotten too, then and only then.
 * @param {Cajon} storage
 * @param {number | string} usuario
 * @param {{conservar: boolean}} opciones
 */
export function olvidar(storage, usuario, { conservar }) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:(.+)$`);
  for (const clave of claves(storage)) {
    const nombre = suya.exec(clave)?.[1];
    if (nombre && !(conservar && SIN_ENVIAR.test(nombre))) storage.removeItem(clave);
  }
  const quedan = claves(storage).filter((clave) => suya.test(clave));
  if (quedan.some((clave) => !clave.endsWith(`:${TURNO}`))) return false;
  for (const clave of quedan) storage.removeItem(clave);
  return true;
}

/**
 * A value of another shape may be somebody's order too.
 * @param {unknown} valor
 */
function conAlgo(valor) {
  const lineas = Array.isArray(valor)
    ? valor
    : /** @type {{detalles?: unknown} | null} */ (valor)?.detalles;
  return !Array.isArray(lineas) || lineas.length > 0;
}

/** @param {Cajon} storage */
function claves(storage) {
  const todas = Array.from({ length: storage.length }, (_, i) => storage.key(i));
  return todas.filter((clave) => clave !== null);
}

/** @param {unknown} error */
function esCuota(error) {
  const nombre = /** @type {{name?: unknown} | null} */ (error)?.name;
  return nombre === "QuotaExceededError" || nombre === "NS_ERROR_DOM_QUOTA_REACHED";
}
