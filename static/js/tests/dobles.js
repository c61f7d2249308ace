// Test doubles of what only a browser has: storage with a quota, locks, a Worker in this thread.

import { inflar } from "../comun/almacen.js";

export class Storage {
  constructor(cupo = Infinity) {
    this.valores = new Map();
    this.cupo = cupo;
  }

  get length() {
    return this.valores.size;
  }

  key(lugar) {
    return [...this.valores.keys()][lugar] ?? null;
  }

  getItem(clave) {
    return this.valores.get(clave) ?? null;
  }

  setItem(clave, valor) {
    const otras = [...this.valores].filter(([k]) => k !== clave);
    const usado = otras.reduce((n, [k, v]) => n + k.length + v.length, 0);
    if (usado + clave.length + valor.length > this.cupo) {
      throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    }
    this.valores.set(clave, String(valor));
  }

  removeItem(clave) {
    this.valores.delete(clave);
  }
}

/**
 * localStorage as it is between processes: each tab has a copy, and hears of the others' writes only
 * when it lets the event loop run (`ceder`).
 */
export class StorageDeProceso extends Storage {
  static navegador(cuantas) {
    const procesos = Array.from({ length: cuantas }, () => new StorageDeProceso());
    for (const proceso of procesos) proceso.otros = procesos.filter((otro) => otro !== proceso);
    return procesos;
  }

  noticias = [];
  otros = [];

  setItem(clave, valor) {
    super.setItem(clave, valor);
    for (const otro of this.otros) otro.noticias.push([clave, String(valor)]);
  }

  removeItem(clave) {
    super.removeItem(clave);
    for (const otro of this.otros) otro.noticias.push([clave, null]);
  }

  async ceder() {
    await new Promise((seguir) => setImmediate(seguir));
    for (const [clave, valor] of this.noticias.splice(0)) {
      if (valor === null) super.removeItem(clave);
      else super.setItem(clave, valor);
    }
  }

  /** The process dies: what it was about to hear and to say goes with it. */
  morir() {
    for (const otro of this.otros) otro.otros = otro.otros.filter((uno) => uno !== this);
    this.otros = [];
  }
}

/** The turns of one browser: what IndexedDB orders between its processes. */
export class Turnos {
  ultimos = new Map();

  async siguiente(clave) {
    await new Promise((seguir) => setImmediate(seguir));
    const turno = (this.ultimos.get(clave) ?? 0) + 1;
    this.ultimos.set(clave, turno);
    return turno;
  }
}

/** Those turns as one tab takes them: it waits for its own copy of the storage, `paciencia` times. */
export function ordenDe(turnos, storage, paciencia = 50) {
  return {
    siguiente: (clave) => turnos.siguiente(clave),
    async alcanzar(turno, visto) {
      for (let i = 0; i < paciencia && visto() < turno; i++) await storage.ceder();
    },
  };
}

/** As much of IndexedDB as the turns need; `falla` makes it refuse. */
export class Fabrica {
  datos = new Map();
  bases = [];
  falla = null;

  open() {
    const pedido = { result: this.nuevaBase() };
    queueMicrotask(() => {
      pedido.error = this.falla;
      if (this.falla) return pedido.onerror();
      if (this.bases.length === 0) pedido.onupgradeneeded();
      this.bases.push(pedido.result);
      return pedido.onsuccess();
    });
    return pedido;
  }

  nuevaBase() {
    const base = {
      cerrada: false,
      close: () => (base.cerrada = true),
      createObjectStore: () => {},
    };
    base.transaction = () => {
      if (base.cerrada) throw new Error("closed");
      const transaccion = { objectStore: () => this.almacen() };
      // A transaction ends when nobody asks it for more.
      setImmediate(() => setImmediate(() => transaccion.oncomplete()));
      return transaccion;
    };
    return base;
  }

  almacen() {
    const con = (result) => {
      const pedido = { result };
      queueMicrotask(() => pedido.onsuccess?.());
      return pedido;
    };
    return {
      get: (clave) => con(this.datos.get(clave)),
      put: (valor, clave) => con(this.datos.set(clave, valor) && clave),
      getAllKeys: () => con([...this.datos.keys()]),
      delete: (clave) => con(this.datos.delete(clave)),
    };
  }
}

/** As much of the Cache Storage as is used of it; `falla` makes it refuse. */
export class Cajas {
  respuestas = new Map();
  falla = null;

  async open() {
    if (this.falla) throw this.falla;
    return {
      match: async (url) => this.respuestas.get(url)?.clone(),
      put: async (url, respuesta) => void this.respuestas.set(url, respuesta),
    };
  }

  async delete() {
    if (this.falla) throw this.falla;
    this.respuestas.clear();
  }
}

let contador = 0;

/** Ids that no test has to know: each is new. */
export function nuevoId() {
  contador += 1;
  return `00000000-0000-4000-8000-${String(contador).padStart(12, "0")}`;
}

/** The Web Locks of one browser, shared by its tabs. */
export class Locks {
  colas = new Map();

  request(nombre, tarea) {
    const turno = (this.colas.get(nombre) ?? Promise.resolve()).then(() => tarea());
    this.colas.set(
      nombre,
      turno.catch(() => undefined),
    );
    return turno;
  }
}

export const AMBITO = { empresa: 1, sucursal: 2, usuario: 3 };

/** A server that keeps lotes as ours does; `fallar` makes the next answers something else. */
export class Servidor {
  constructor({ usuario = 3, decidido = () => ({ resultado: "GUARDADO" }) } = {}) {
    Object.assign(this, { usuario, decidido });
    this.lotes = new Map();
    this.recibidos = [];
    this.fallar = [];
    this.guardados = [];
  }

  pedir(url) {
    return this.responder(() => {
      if (url === "/sesion") return { estado: 200, cuerpo: { usuario: this.usuario } };
      const lote = this.lotes.get(url.split("/")[2].split("?")[0]);
      return lote ? { estado: 200, cuerpo: lote } : { estado: 404, cuerpo: {} };
    }, `GET ${url}`);
  }

  enviar(url, cuerpo) {
    return this.responder(() => {
      this.recibidos.push(cuerpo);
      if (!this.lotes.has(cuerpo.lote)) this.guardar(cuerpo);
      return { estado: 202, cuerpo: { lote: cuerpo.lote, estado: "RECIBIDO" } };
    }, `POST ${url}`);
  }

  guardar(cuerpo) {
    const orders = inflar(cuerpo.pedidos);
    const pedidos = Object.entries(orders).map(([cliente_id, valor]) => {
      const decidido = this.decidido(cliente_id, valor);
      if (decidido.resultado === "GUARDADO") this.guardados.push([cliente_id, valor]);
      return { cliente_id, avisos: [], pedido_numero: 1000 + this.guardados.length, ...decidido };
    });
    this.lotes.set(cuerpo.lote, { lote: cuerpo.lote, estado: "PARCIAL", pedidos, siguiente: null });
  }

  async responder(hacer, pedido) {
    const lugar = this.fallar.findIndex(({ si }) => pedido.startsWith(si));
    const [falla] = lugar < 0 ? [] : this.fallar.splice(lugar, 1);
    if (falla?.despues) hacer();
    if (falla?.error) throw falla.error;
    if (falla) return { esperar: 0, cuerpo: {}, ...falla };
    return { esperar: 0, ...hacer() };
  }
}
