// The live board: news by the stream, cards by the one partial, nothing typed is ever lost.

import { Enlace } from "./tablero_enlace.js";
import { iniciarReloj } from "./tablero_reloj.js";
import { iniciarTeclas } from "./tablero_teclas.js";
import { Tarjetas } from "./tablero_tarjetas.js";
import { iniciarTimbre } from "./tablero_timbre.js";

const tablero = () => document.getElementById("tablero");
const timbre = iniciarTimbre(document.querySelector("[data-sonido]"), document);
const reloj = iniciarReloj(tablero);
const tarjetas = new Tarjetas({
  raiz: tablero,
  url: () => `/no-completados/tarjetas/${location.search}`,
  alCambiar({ llegaron }) {
    window.htmx.process(tablero());
    reloj.marcar();
    timbre.sonar(llegaron, Number(tablero().dataset.total));
  },
});
const enlace = new Enlace({
  url: ({ boleto, version }) => `/no-completados/eventos/?boleto=${boleto}&v=${version}`,
  credencial: () => tablero().dataset,
  refrescar: (opciones) => tarjetas.refrescar(opciones),
  alCambiar: mostrarEnlace,
});

document.body.addEventListener("tablero:refrescar", () => enlace.pedir());
document.querySelector("[data-filtros]").addEventListener("change", ({ currentTarget }) => {
  const elegidos = [...new FormData(currentTarget)].filter(([, valor]) => valor !== "");
  const consulta = new URLSearchParams(elegidos).toString();
  history.replaceState(null, "", consulta ? `?${consulta}` : location.pathname);
  enlace.pedir();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) enlace.pedir();
});
addEventListener("online", () => enlace.reintentar());
iniciarTeclas(tablero, tarjetas);
timbre.contar(Number(tablero().dataset.total));
reloj.marcar();
enlace.abrir();

function mostrarEnlace({ texto, punto }) {
  const franja = document.querySelector("[data-enlace]");
  franja.querySelector(".punto").className = `punto ${punto}`;
  const frase = franja.querySelector("[data-enlace-texto]");
  if (frase.textContent !== texto) frase.textContent = texto;
}
