// The live board: news by the stream, cards by the one partial, nothing typed is ever lost.

import { porId, todos, uno } from "../comun/dom.js";
import { nuevoId } from "../comun/identificador.js";
import { husosDe } from "../comun/momento.js";
import { pedirEntrar } from "../pagina/sesion.js";
import { Enlace } from "./enlace.js";
import { FuenteCompartida } from "./fuente.js";
import { iniciarReloj } from "./reloj.js";
import { Tarjetas } from "./tarjetas.js";
import { iniciarTeclas } from "./teclas.js";
import { iniciarTimbre } from "./timbre.js";

const tablero = () => porId("tablero", HTMLElement);
const timbre = iniciarTimbre(uno(document, "[data-sonido]", HTMLElement), document);
const reloj = iniciarReloj(tablero);
const salidas = uno(document, "[data-salidas]", HTMLDetailsElement);
const tarjetas = new Tarjetas({
  raiz: tablero,
  url: () => `/no-completados/tarjetas/${location.search}`,
  alCambiar,
});
const compartida = {
  clave: document.body.dataset.usuario ?? "",
  id: nuevoId(),
  locks: navigator.locks ?? null,
};
const enlace = new Enlace({
  url: () => {
    const { boleto = "", version = "" } = tablero().dataset;
    return `/no-completados/eventos/?boleto=${encodeURIComponent(boleto)}&v=${version}`;
  },
  traer: () => tarjetas.traer(),
  decir,
  husos: () => husosDe(tablero().dataset.ahora ?? ""),
  abrirFuente: (url) => new FuenteCompartida(url, compartida),
});
let dicho = "";

document.body.addEventListener("tablero:refrescar", () => enlace.latido());
document.body.addEventListener("tablero:hecha", ({ detail }) => {
  tarjetas.quitar(document.getElementById(`tarjeta-${detail.clave}`));
  enlace.latido();
});
document.body.addEventListener("htmx:sendError", () => enlace.latido());
document.body.addEventListener("htmx:timeout", () => enlace.latido());
const filtros = uno(document, "[data-filtros]", HTMLFormElement);
filtros.addEventListener("change", () => {
  const elegidos = [...new FormData(filtros)].flatMap(([campo, valor]) =>
    typeof valor === "string" && valor !== "" ? [[campo, valor]] : [],
  );
  const consulta = new URLSearchParams(elegidos).toString();
  history.replaceState(null, "", consulta ? `?${consulta}` : location.pathname);
  enlace.latido();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) enlace.latido();
});
addEventListener("online", () => enlace.latido());
addEventListener("offline", () => enlace.caer());
addEventListener("resize", verFlechas);
iniciarTeclas(tarjetas, () => enlace.latido());
alCambiar({ llegaron: 0 });
enlace.abrir();

/** @param {{llegaron: number}} cambio */
function alCambiar({ llegaron }) {
  window.htmx.process(tablero());
  reloj.marcar();
  verFlechas();
  timbre.sonar(llegaron, Number(tablero().dataset.total));
  if (salidas.open) window.htmx.trigger(uno(salidas, "summary", HTMLElement), "tablero:cambio");
}

// Arrows for cards that are out of sight.
function verFlechas() {
  const { scrollWidth, clientWidth } = porId("carrusel", HTMLElement);
  for (const flecha of todos(tablero(), "[data-mover]", HTMLElement))
    flecha.hidden = scrollWidth <= clientWidth;
}

/** @param {import("./enlace.js").Dicho} que */
function decir({ estado, texto, punto }) {
  if (texto === dicho) return;
  dicho = texto;
  const franja = uno(document, "[data-enlace]", HTMLElement);
  franja.dataset.enlace = estado;
  uno(franja, ".punto", HTMLElement).className = `punto ${punto}`;
  uno(franja, "[data-enlace-texto]", HTMLElement).textContent = texto;
  if (estado === "sin_sesion") alTerminarSesion();
}

// The page itself knows where to sign in and come back to.
function alTerminarSesion() {
  if (tarjetas.hayEscrito()) pedirEntrar(location.href);
  else location.reload();
}
