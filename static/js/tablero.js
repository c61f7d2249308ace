// The live board: news by the stream, cards by the one partial, nothing typed is ever lost.

import { nuevoId } from "./identificador.js";
import { pedirEntrar } from "./sesion.js";
import { Enlace } from "./tablero_enlace.js";
import { FuenteCompartida } from "./tablero_fuente.js";
import { iniciarReloj } from "./tablero_reloj.js";
import { Tarjetas } from "./tablero_tarjetas.js";
import { iniciarTeclas } from "./tablero_teclas.js";
import { iniciarTimbre } from "./tablero_timbre.js";

const tablero = () => document.getElementById("tablero");
const timbre = iniciarTimbre(document.querySelector("[data-sonido]"), document);
const reloj = iniciarReloj(tablero);
const salidas = document.querySelector("[data-salidas]");
const tarjetas = new Tarjetas({
  raiz: tablero,
  url: () => `/no-completados/tarjetas/${location.search}`,
  alCambiar,
});
const compartida = {
  clave: document.body.dataset.usuario,
  id: nuevoId(),
  locks: navigator.locks ?? null,
};
const enlace = new Enlace({
  url: () => {
    const { boleto, version } = tablero().dataset;
    return `/no-completados/eventos/?boleto=${encodeURIComponent(boleto)}&v=${version}`;
  },
  traer: () => tarjetas.traer(),
  decir,
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
document.querySelector("[data-filtros]").addEventListener("change", ({ currentTarget }) => {
  const elegidos = [...new FormData(currentTarget)].filter(([, valor]) => valor !== "");
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

function alCambiar({ llegaron }) {
  window.htmx.process(tablero());
  reloj.marcar();
  verFlechas();
  timbre.sonar(llegaron, Number(tablero().dataset.total));
  if (salidas.open) window.htmx.trigger(salidas.querySelector("summary"), "tablero:cambio");
}

// Arrows for cards that are out of sight.
function verFlechas() {
  const { scrollWidth, clientWidth } = document.getElementById("carrusel");
  for (const flecha of tablero().querySelectorAll("[data-mover]"))
    flecha.hidden = scrollWidth <= clientWidth;
}

function decir({ estado, texto, punto }) {
  if (texto === dicho) return;
  dicho = texto;
  const franja = document.querySelector("[data-enlace]");
  franja.dataset.enlace = estado;
  franja.querySelector(".punto").className = `punto ${punto}`;
  franja.querySelector("[data-enlace-texto]").textContent = texto;
  if (estado === "sin_sesion") alTerminarSesion();
}

// The page itself knows where to sign in and come back to.
function alTerminarSesion() {
  if (tarjetas.hayEscrito()) pedirEntrar(location.href);
  else location.reload();
}
