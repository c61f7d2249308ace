// Whether the server answers, told by the page's own requests, and what a refused one says.

import { avisar } from "./avisos.js";
import { uno } from "../comun/dom.js";

const VIDA = "/healthz";
const ENTRE_PRUEBAS = 5_000;

const SIN_CONEXION =
  "Sin conexión con el servidor: se reintenta solo. Lo que se ve puede estar desactualizado.";
const SIN_RESPUESTA =
  "No llegó respuesta: puede que no se haya guardado. Repetirlo cuando vuelva la conexión.";
const FALLO = "Algo falló en el servidor. Reintentar; si sigue, avisar a soporte.";

/** Two states and the news of each change; pure. */
export class Pulso {
  /** @param {(enLinea: boolean) => void} alCambiar */
  constructor(alCambiar) {
    this.enLinea = true;
    this.alCambiar = alCambiar;
  }

  /** @param {boolean} responde */
  anotar(responde) {
    if (responde === this.enLinea) return;
    this.enLinea = responde;
    this.alCambiar(responde);
  }
}

/**
 * The sentence of a refused request: the server's own, or one for its status; pure.
 * @param {number} estado
 * @param {string | null} cabeceraAviso
 * @param {string} cuerpo
 */
export function fraseDeError(estado, cabeceraAviso, cuerpo) {
  if (cabeceraAviso) return null; // it comes as its own toast
  try {
    const { detail } = JSON.parse(cuerpo);
    if (typeof detail === "string") return detail;
  } catch {
    // not JSON: a page or a fragment
  }
  return estado === 401 ? null : FALLO;
}

export function iniciarPulso() {
  const franja = uno(document, "[data-franja]", HTMLElement);
  const pulso = new Pulso((enLinea) => {
    franja.textContent = enLinea ? "" : SIN_CONEXION;
    franja.hidden = enLinea;
    document.dispatchEvent(new Event(enLinea ? "conexion:recuperada" : "conexion:perdida"));
    if (!enLinea) probar(pulso);
  });
  const body = document.body;
  for (const nombre of /** @type {const} */ (["htmx:sendError", "htmx:timeout"])) {
    body.addEventListener(nombre, ({ detail }) => {
      pulso.anotar(false);
      // Nobody repeats a deed by itself, and its answer may be all that was lost.
      if (detail.requestConfig.verb !== "get") avisar(SIN_RESPUESTA, { nivel: "peligro" });
    });
  }
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr?.status) pulso.anotar(true);
  });
  body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    const frase = fraseDeError(xhr.status, xhr.getResponseHeader("HX-Trigger"), xhr.responseText);
    if (frase) avisar(frase, { nivel: "peligro" });
  });
  body.addEventListener("aviso", ({ detail }) => avisar(detail.texto, { nivel: detail.nivel }));
}

// A page that asks for nothing more must not say for ever that there is no connection.
/** @param {Pulso} pulso */
function probar(pulso) {
  setTimeout(async () => {
    if (pulso.enLinea) return;
    const responde = await fetch(VIDA, { cache: "no-store" }).then(
      () => true,
      () => false,
    );
    if (responde) pulso.anotar(true);
    else probar(pulso);
  }, ENTRE_PRUEBAS);
}
