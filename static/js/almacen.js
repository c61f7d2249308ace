// localStorage, lz-compressed: JSON → compressToUTF16 → setItem, and getItem → inflate → JSON.
// Keys carry company, branch and user: `cp:<empresa>:<sucursal>:<usuario>:<name>`.

import LZString from "../vendor/lz-string.js";

const CATALOGO = "cat";
// What must survive until the server has it; the rest can be had again.
const SIN_ENVIAR = /^(orders|fichas|rechazos|lote:.+|carga:.+|.+:danado)$/;

/** The browser's space is used up, even after giving away the catalogue's. */
export class CuotaLlena extends Error {}

export class Almacen {
  /** `ambito` = {empresa, sucursal, usuario}; `locks` is navigator.locks, absent without HTTPS. */
  constructor({ storage, ambito, locks = null }) {
    this.storage = storage;
    this.locks = locks;
    this.prefijo = `cp:${ambito.empresa}:${ambito.sucursal}:${ambito.usuario}:`;
    this.danados = [];
    // What each text inflates to: a text that is still the same is not inflated again.
    this.leidos = new Map();
    this.turnos = new Map();
  }

  clave(nombre) {
    return this.prefijo + nombre;
  }

  /** The names kept here that start with `inicio`. */
  nombres(inicio = "") {
    return claves(this.storage)
      .filter((clave) => clave.startsWith(this.prefijo + inicio))
      .map((clave) => clave.slice(this.prefijo.length));
  }

  /** The compressed text as kept, or null. */
  texto(nombre) {
    return this.storage.getItem(this.clave(nombre));
  }

  /** Keep an already compressed text; raises CuotaLlena. */
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

  /** The value kept under a name; `defecto` when there is none. A damaged one is set aside. */
  leer(nombre, defecto = null) {
    const texto = this.texto(nombre);
    if (texto === null) return defecto;
    const leido = this.leidos.get(nombre);
    const valor = leido?.texto === texto ? leido.valor : inflar(texto);
    if (valor !== undefined) {
      this.leidos.set(nombre, { texto, valor });
      return valor;
    }
    this.danados.push(nombre);
    this.quitar(nombre);
    this.guardarTexto(`${nombre}:danado`, texto);
    return defecto;
  }

  /** Keep a value as compressed JSON. Values are never changed in place. */
  guardar(nombre, valor) {
    const texto = comprimir(valor);
    this.guardarTexto(nombre, texto);
    this.leidos.set(nombre, { texto, valor });
  }

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

  /** Run alone among this person's tabs; without Web Locks, alone in this one. */
  exclusiva(nombre, tarea) {
    if (this.locks) return this.locks.request(this.clave(nombre), tarea);
    const turno = (this.turnos.get(nombre) ?? Promise.resolve()).then(tarea);
    this.turnos.set(nombre, turno.catch(() => undefined));
    return turno;
  }

  /** Characters this site uses: localStorage holds 5,242,879 of them in all. */
  ocupado() {
    return claves(this.storage).reduce(
      (suma, clave) => suma + clave.length + this.storage.getItem(clave).length,
      0,
    );
  }
}

/** A value as compressToUTF16 of its JSON. */
export function comprimir(valor) {
  return LZString.compressToUTF16(JSON.stringify(valor));
}

/** The value of a compressed text; undefined when it is damaged. */
export function inflar(texto) {
  try {
    return JSON.parse(LZString.decompressFromUTF16(texto) || "damaged");
  } catch {
    return undefined;
  }
}

/** How many orders with lines this user has in this browser, whatever the branch. */
export function contarSinEnviar(storage, usuario) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:orders$`);
  return claves(storage)
    .filter((clave) => suya.test(clave))
    .flatMap((clave) => Object.values(inflar(storage.getItem(clave)) ?? {}))
    .filter((valor) => (Array.isArray(valor) ? valor : valor.detalles).length > 0).length;
}

/** Forget what a user left here; with `conservar`, all but the unsent orders. */
export function olvidar(storage, usuario, { conservar }) {
  const suya = new RegExp(`^cp:[^:]+:[^:]+:${usuario}:(.+)$`);
  for (const clave of claves(storage)) {
    const nombre = suya.exec(clave)?.[1];
    if (nombre && !(conservar && SIN_ENVIAR.test(nombre))) storage.removeItem(clave);
  }
}

function claves(storage) {
  return Array.from({ length: storage.length }, (_, i) => storage.key(i));
}

function esCuota(error) {
  return error?.name === "QuotaExceededError" || error?.name === "NS_ERROR_DOM_QUOTA_REACHED";
}
