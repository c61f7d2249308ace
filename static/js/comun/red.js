// HTTP of the desk: JSON in and out, this session's CSRF token read at the moment of sending.

import { LIMITES } from "./limites.js";

// In milliseconds; and the slowest line that counts as one, in characters for each. The server waits
// for a body at least as long (core/entrada/cuerpo.py).
const ESPERA = LIMITES.espera_segundos * 1_000;
const LINEA_LENTA = LIMITES.linea_octetos_por_segundo / 1_000;

/** No answer at all: refused, cut, timed out. */
export class SinRed extends Error {}

export class Red {
  /**
   * @param {object} partes
   * @param {string} partes.cookieCsrf the cookie's name
   * @param {(url: string, opciones: RequestInit) => Promise<Response>} [partes.buscar]
   * @param {() => string} [partes.galletas]
   * @param {(fecha: string | null) => void} [partes.alFechar] hears each answer's Date header
   * @param {() => void} [partes.sinLinea] hears of a fragment that nobody answered: who asks for one
   *   goes on without it, and tells nobody
   */
  constructor({
    cookieCsrf,
    buscar = (...args) => fetch(...args),
    galletas = () => document.cookie,
    alFechar = () => {},
    sinLinea = () => {},
  }) {
    this.cookieCsrf = cookieCsrf;
    this.alFechar = alFechar;
    this.sinLinea = sinLinea;
    this.buscar = buscar;
    this.galletas = galletas;
  }

  /** @param {string} url */
  pedir(url) {
    return this.llamar(url, { headers: { Accept: "application/json" } });
  }

  /**
   * POST; a big body gets the time that a bad line needs for it.
   * @param {string} url
   * @param {unknown} cuerpo
   */
  enviar(url, cuerpo) {
    const texto = JSON.stringify(cuerpo);
    const opciones = {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": this.csrf(),
      },
      body: texto,
    };
    return this.llamar(url, opciones, ESPERA + Math.ceil(texto.length / LINEA_LENTA));
  }

  /**
   * A fragment, parsed; null when the answer is another thing, or there is none.
   * @param {string} url
   */
  async fragmento(url) {
    const llamada = this.llamar(url, { headers: { "HX-Request": "true" } });
    const respuesta = await llamada.catch((error) => this.callar(error));
    return respuesta?.estado === 200
      ? new DOMParser().parseFromString(respuesta.texto, "text/html")
      : null;
  }

  /**
   * @param {unknown} error
   * @returns {null}
   */
  callar(error) {
    if (!(error instanceof SinRed)) throw error;
    this.sinLinea();
    return null;
  }

  /**
   * @param {string} url
   * @param {RequestInit} opciones
   * @param {number} [espera] milliseconds
   * @returns {Promise<Respuesta>}
   */
  async llamar(url, opciones, espera = ESPERA) {
    let respuesta;
    let texto;
    try {
      const signal = AbortSignal.timeout(espera);
      /** @type {RequestInit} */
      const base = { credentials: "same-origin", redirect: "manual", cache: "no-store", signal };
      respuesta = await this.buscar(url, { ...base, ...opciones });
      texto = await respuesta.text();
    } catch (error) {
      throw new SinRed(error instanceof Error ? error.name : String(error), { cause: error });
    }
    this.alFechar(respuesta.headers.get("Date"));
    // A redirect of an API is the login page: the session is over.
    const estado = respuesta.type === "opaqueredirect" ? 401 : respuesta.status;
    const esperar = Number(respuesta.headers.get("Retry-After")) || 0;
    return { estado, cuerpo: interpretar(texto), esperar, texto };
  }

  // Signing in changes the token: a page that stayed open must not send its old one.
  csrf() {
    return galleta(this.galletas(), this.cookieCsrf);
  }
}

/**
 * The value of a cookie, "" when there is none; pure.
 * @param {string} galletas
 * @param {string} nombre
 */
export function galleta(galletas, nombre) {
  const par = galletas.split("; ").find((una) => una.startsWith(`${nombre}=`));
  return par ? decodeURIComponent(par.slice(nombre.length + 1)) : "";
}

/**
 * @param {string} texto
 * @returns {Record<string, unknown>} of anything but an object, an empty one
 */
function interpretar(texto) {
  try {
    /** @type {unknown} */
    const valor = JSON.parse(texto);
    return typeof valor === "object" && valor !== null ? { ...valor } : {};
  } catch {
    return {};
  }
}
