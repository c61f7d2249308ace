// The desk's parts, put together from what the page says of this session.

import { tomarAdelanto } from "../catalogo/adelanto.js";
import { Almacen } from "../comun/almacen.js";
import { Catalogo } from "../catalogo/catalogo.js";
import { Conexion } from "../comun/conexion.js";
import { Envio } from "../envio/envio.js";
import { nuevoId } from "../comun/identificador.js";
import { Libreta } from "../cuaderno/libreta.js";
import { Orden } from "../pestanas/orden.js";
import { Red } from "../comun/red.js";
import { Reloj, isoLocal, momentoDeCierre } from "../comun/reloj.js";
import { PreciosDeLaPagina } from "../motor/precios_de_canal.js";
import { Titular } from "../pestanas/titular.js";

/**
 * @typedef {object} Oidos
 * @property {(estado: EstadoDeCatalogo) => void} alCambiarCatalogo
 * @property {(enLinea: boolean) => void} alCambiarConexion
 * @property {() => unknown} alConocerPrecios
 * @property {(titular: boolean) => void} alCambiarTitular
 * @property {AvisoDeEnvio} avisar
 */

/**
 * The parts, and what the page has to say of this browser (`aviso`, a code of textos.js or "").
 * @param {Parametros} parametros
 * @param {Oidos} oidos
 */
export function montar(parametros, oidos) {
  const { storage, aviso } = abrirStorage();
  const { empresa, sucursal, usuario, urls, decimales, husos } = parametros;
  // The company's day, wherever this computer is.
  const hoy = () => isoLocal(Date.now(), husos).slice(0, 10);
  const ambito = { empresa, sucursal, usuario };
  const almacen = new Almacen({
    storage,
    ambito,
    locks: navigator.locks ?? null,
    orden: globalThis.indexedDB ? new Orden({ fabrica: indexedDB }) : null,
    // Memory is each tab's own: nobody to share it with.
    titular: storage instanceof Memoria ? null : () => nuevoTitular(ambito, oidos.alCambiarTitular),
  });
  const reloj = new Reloj();
  const conexion = new Conexion({
    probar: () => red.pedir(urls.sesion),
    alCambiar: oidos.alCambiarConexion,
  });
  const red = new Red({
    cookieCsrf: document.body.dataset.csrf ?? "",
    alFechar: (fecha) => reloj.anotar(fecha),
    sinLinea: () => conexion.mal(),
  });
  const adelanto = tomarAdelanto();
  const trabajador = adelanto?.trabajador ?? new Worker(parametros.trabajador, { type: "module" });
  const catalogo = new Catalogo({
    almacen,
    trabajador,
    adelanto,
    red,
    url: urls.catalogo,
    alCambiar: oidos.alCambiarCatalogo,
  });
  const preciosDeHoy = new PreciosDeLaPagina({ catalogo, alLlegar: oidos.alConocerPrecios });
  const version = () => catalogo.estado.version;
  return {
    almacen,
    conexion,
    red,
    aviso,
    catalogo,
    reloj,
    preciosDeHoy,
    libreta: new Libreta(almacen, { decimales, hoy, nuevoId, preciosDeHoy, version }),
    envio: new Envio({
      almacen,
      red,
      urls,
      sucursal,
      usuario,
      avisar: oidos.avisar,
      nuevoId,
      decimales,
      husos,
      momento: () => momentoDeCierre(reloj, () => red.pedir(urls.sesion)),
    }),
  };
}

/**
 * @param {Ambito} ambito
 * @param {(titular: boolean) => void} alCambiar
 */
function nuevoTitular({ empresa, sucursal, usuario }, alCambiar) {
  const titular = new Titular({
    clave: `${empresa}:${sucursal}:${usuario}`,
    id: nuevoId(),
    alCambiar,
  });
  addEventListener("pagehide", () => titular.dejar());
  void titular.preguntar();
  return titular;
}

// Cookies blocked, or a private window without storage: work goes on, and the page says so.
/** @returns {{storage: Cajon, aviso: string}} */
function abrirStorage() {
  try {
    const prueba = "cp:prueba";
    localStorage.setItem(prueba, "");
    localStorage.removeItem(prueba);
    return { storage: localStorage, aviso: navigator.locks ? "" : "una_pestana" };
  } catch (error) {
    if (error instanceof Error && error.name === "QuotaExceededError")
      return { storage: localStorage, aviso: "cuota" };
    return { storage: new Memoria(), aviso: "sin_storage" };
  }
}

/** @implements {Cajon} */
class Memoria {
  /** @type {Map<string, string>} */
  valores = new Map();

  get length() {
    return this.valores.size;
  }

  /** @param {number} lugar */
  key(lugar) {
    return [...this.valores.keys()][lugar] ?? null;
  }

  /** @param {string} clave */
  getItem(clave) {
    return this.valores.get(clave) ?? null;
  }

  /**
   * @param {string} clave
   * @param {string} valor
   */
  setItem(clave, valor) {
    this.valores.set(clave, valor);
  }

  /** @param {string} clave */
  removeItem(clave) {
    this.valores.delete(clave);
  }
}
