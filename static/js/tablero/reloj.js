// Countdowns to 24 hours, by the server's clock whatever this computer's says.

import { todos } from "../comun/dom.js";

const SEGUNDO = 1_000;
const MINUTO = 60 * SEGUNDO;
const HORA = 60 * MINUTO;
const CERCA = 6;

/** @param {number} n */
const dos = (n) => String(n).padStart(2, "0");

/**
 * A length of time as people say it: 1 h 05 min, 7 min; pure.
 * @param {number} milisegundos
 */
export function duracion(milisegundos) {
  const horas = Math.floor(milisegundos / HORA);
  const minutos = Math.floor((milisegundos % HORA) / MINUTO);
  return horas ? `${horas} h ${dos(minutos)} min` : `${minutos} min`;
}

/**
 * How long is left, in words, and how pressing it is; pure.
 * @param {number} milisegundos
 * @returns {{texto: string, urgencia: "ya" | "cerca" | "holgada"}}
 */
export function cuentaAtras(milisegundos) {
  if (milisegundos <= 0) return { texto: "Vencida", urgencia: "ya" };
  if (milisegundos >= HORA) {
    const urgencia = milisegundos < CERCA * HORA ? "cerca" : "holgada";
    return { texto: duracion(milisegundos), urgencia };
  }
  const minutos = Math.floor(milisegundos / MINUTO);
  const segundos = Math.floor((milisegundos % MINUTO) / SEGUNDO);
  return { texto: `${minutos} min ${dos(segundos)} s`, urgencia: "ya" };
}

/**
 * Keep every time of the board right, once a second; `marcar` does it at once.
 * @param {() => HTMLElement} raiz
 */
export function iniciarReloj(raiz) {
  let desfase = 0;
  let medido = "";
  const marcar = () => {
    const { ahora: dicho = "" } = raiz().dataset;
    // The board says what time it was when it was drawn.
    if (dicho !== medido) desfase = Date.parse(dicho) - Date.now();
    medido = dicho;
    const ahora = Date.now() + desfase;
    for (const hora of todos(raiz(), "[data-vence]", HTMLTimeElement))
      pintar(hora, cuentaAtras(Date.parse(hora.dateTime) - ahora));
    for (const hora of todos(raiz(), "[data-desde]", HTMLTimeElement)) {
      pintar(hora, { texto: `hace ${duracion(Math.max(0, ahora - Date.parse(hora.dateTime)))}` });
    }
  };
  setInterval(() => {
    if (!document.hidden) marcar();
  }, SEGUNDO);
  return { marcar };
}

/**
 * @param {HTMLTimeElement} hora
 * @param {{texto: string, urgencia?: string}} que
 */
function pintar(hora, { texto, urgencia = "" }) {
  if (hora.textContent !== texto) hora.textContent = texto;
  if (urgencia && hora.dataset.urgencia !== urgencia) hora.dataset.urgencia = urgencia;
}
