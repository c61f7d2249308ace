// Whether the server answers, told by the page's own requests, and what a refused one says.

import { avisar } from "./avisos.js";
import { Conexion } from "../comun/conexion.js";
import { frase } from "../comun/frases.js";
import { fraseDeError } from "../comun/rechazos.js";
import { Retroceso } from "../comun/retroceso.js";
import { uno } from "../comun/dom.js";

const VIDA = "/healthz";
const ENTRE_PRUEBAS = 5_000;

export function iniciarPulso() {
  const franja = uno(document, "[data-franja]", HTMLElement);
  const conexion = new Conexion({
    probar: () => fetch(VIDA, { cache: "no-store" }),
    alCambiar: (enLinea) => {
      franja.textContent = enLinea ? "" : frase("franja_sin_conexion");
      franja.hidden = enLinea;
      document.dispatchEvent(new Event(enLinea ? "conexion:recuperada" : "conexion:perdida"));
    },
    // A page that asks for nothing more must not say for ever that there is no connection.
    retroceso: new Retroceso({ primero: ENTRE_PRUEBAS, maximo: ENTRE_PRUEBAS }),
  });
  const body = document.body;
  for (const nombre of /** @type {const} */ (["htmx:sendError", "htmx:timeout"])) {
    body.addEventListener(nombre, ({ detail }) => {
      conexion.mal();
      // Nobody repeats a deed by itself, and its answer may be all that was lost.
      if (detail.requestConfig.verb !== "get") avisar(frase("sin_respuesta"), { nivel: "peligro" });
    });
  }
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr?.status) conexion.bien();
  });
  body.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
    const dicho = fraseDeError(xhr.status, xhr.getResponseHeader("HX-Trigger"), xhr.responseText);
    if (dicho) avisar(dicho, { nivel: "peligro" });
  });
  body.addEventListener("aviso", ({ detail }) => avisar(detail.texto, { nivel: detail.nivel }));
}
