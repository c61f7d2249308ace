// Countdowns to 24 hours, by the server's clock whatever this computer's says.

const SEGUNDO = 1_000;
const MINUTO = 60 * SEGUNDO;
const HORA = 60 * MINUTO;
const CERCA = 6;

const dos = (n) => String(n).padStart(2, "0");

/** A length of time as people say it: 1 h 05 min, 7 min; pure. */
export function duracion(milisegundos) {
  const horas = Math.floor(milisegundos / HORA);
  const minutos = Math.floor((milisegundos % HORA) / MINUTO);
  return horas ? `${horas} h ${dos(minutos)} min` : `${minutos} min`;
}

/** How long is left, in words, and how pressing it is; pure. */
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

/** Keep every time of the board right, once a second; `marcar` does it at once. */
export function iniciarReloj(raiz) {
  let desfase = 0;
  let medido = "";
  const marcar = () => {
    const { ahora: dicho } = raiz().dataset;
    // The board says what time it was when it was drawn.
    if (dicho !== medido) desfase = Date.parse(dicho) - Date.now();
    medido = dicho;
    const ahora = Date.now() + desfase;
    for (const hora of raiz().querySelectorAll("[data-vence]"))
      pintar(hora, cuentaAtras(Date.parse(hora.dateTime) - ahora));
    for (const hora of raiz().querySelectorAll("[data-desde]")) {
      pintar(hora, { texto: `hace ${duracion(Math.max(0, ahora - Date.parse(hora.dateTime)))}` });
    }
  };
  setInterval(() => {
    if (!document.hidden) marcar();
  }, SEGUNDO);
  return { marcar };
}

function pintar(hora, { texto, urgencia = "" }) {
  if (hora.textContent !== texto) hora.textContent = texto;
  if (urgencia && hora.dataset.urgencia !== urgencia) hora.dataset.urgencia = urgencia;
}
