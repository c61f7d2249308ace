// Begins what takes longest when the desk opens, inflating the catalogue that this browser has, before
// the rest of the desk has been read. The page's first module: imports nothing.

const PREVIAS = ["canales", "clientes", "articulos", "precios", "reglas"];

/**
 * @typedef {{texto: string, valor: Promise<boolean>}} Pedido
 * @typedef {{n: number, valor?: boolean, error?: string}} Respuesta
 */

export class Adelanto {
  /**
   * @param {object} partes
   * @param {Worker} partes.trabajador the catalogue's
   * @param {Pick<Storage, "getItem">} partes.storage
   * @param {string} partes.prefijo of this person's keys
   */
  constructor({ trabajador, storage, prefijo }) {
    this.trabajador = trabajador;
    /** @type {Map<string, Pedido>} */
    this.pedidos = new Map();
    /** @type {Map<number, (respuesta: Respuesta) => void>} */
    this.esperas = new Map();
    this.roto = false;
    trabajador.addEventListener("message", ({ data }) => this.esperas.get(data.n)?.(data));
    trabajador.addEventListener("error", () => this.romper());
    PREVIAS.forEach((seccion, lugar) => {
      const texto = storage.getItem(`${prefijo}cat:${seccion}`);
      if (texto !== null)
        this.pedidos.set(seccion, { texto, valor: this.pedir(lugar, seccion, texto) });
    });
  }

  // Below zero: the catalogue counts its own from one.
  /**
   * @param {number} lugar
   * @param {string} seccion
   * @param {string} texto
   * @returns {Promise<boolean>}
   */
  pedir(lugar, seccion, texto) {
    const n = -1 - lugar;
    this.trabajador.postMessage({ n, tarea: "cargar", datos: { seccion, texto } });
    return new Promise((resolver) => {
      this.esperas.set(n, ({ valor = false }) => resolver(valor));
    });
  }

  romper() {
    this.roto = true;
    this.esperas.forEach((responder) => responder({ n: 0 }));
  }

  /**
   * Whether a section was good, if it was begun with this text; null if not. Only once: later ones are
   * another load.
   * @param {string} seccion
   * @param {string} texto
   * @returns {Promise<boolean> | null}
   */
  tomar(seccion, texto) {
    const pedido = this.pedidos.get(seccion);
    this.pedidos.delete(seccion);
    return pedido?.texto === texto ? pedido.valor : null;
  }
}

/** @type {Adelanto | null} */
let adelanto = null;

/** What was begun, for the catalogue; null where nothing could be. */
export function tomarAdelanto() {
  return adelanto;
}

/** @param {string} texto the page's parameters */
function empezar(texto) {
  const { empresa, sucursal, usuario, trabajador } = JSON.parse(texto);
  if (usuario === undefined) return null;
  return new Adelanto({
    trabajador: new Worker(trabajador, { type: "module" }),
    storage: localStorage,
    prefijo: `cp:${empresa}:${sucursal}:${usuario}:`,
  });
}

if (globalThis.document) {
  try {
    adelanto = empezar(document.getElementById("parametros")?.textContent ?? "");
  } catch {
    // No storage, or no Workers: the desk itself finds out, and says so.
  }
}
