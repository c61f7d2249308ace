// Countdowns to 24 hours, by the server's clock whatever this computer's says.

const SEGUNDO = 1_000;
const MINUTO = 60 * SEGUNDO;
const HORA = 60 * MINUTO;

/** How long is left, in words, and how pressing it is; pure. */
export function cuentaAtras(milisegundos) {
  if (milisegundos <= 0) return { texto: "vencida", urgencia: "vencida" };
  const horas = Math.floor(milisegundos / HORA);
  const minutos = Math.floor((milisegundos % HORA) / MINUTO);
  const segundos = Math.floor((milisegundos % MINUTO) / SEGUNDO);
  const dos = (n) => String(n).padStart(2, "0");
  const texto = horas ? `${horas} h ${dos(minutos)} min` : `${minutos} min ${dos(segundos)} s`;
  return { texto, urgencia: horas >= 6 ? "holgada" : horas >= 1 ? "cerca" : "ya" };
}

/** Keep every countdown of the board right, once a second; `marcar` does it at once. */
export function iniciarReloj(raiz) {
  let desfase = 0;
  let medido = "";
  const marcar = () => {
    const { ahora } = raiz().dataset;
    // The board says what time it was when it was drawn.
    if (ahora !== medido) {
      medido = ahora;
      desfase = Date.parse(ahora) - Date.now();
    }
    for (const cuenta of raiz().querySelectorAll("[data-vence]")) pintar(cuenta, Date.now() + desfase);
  };
  setInterval(() => {
    if (!document.hidden) marcar();
  }, SEGUNDO);
  return { marcar };
}

function pintar(cuenta, ahora) {
  const { texto, urgencia } = cuentaAtras(Date.parse(cuenta.dataset.vence) - ahora);
  const hora = cuenta.querySelector("time");
  if (hora.textContent !== texto) hora.textContent = texto;
  if (cuenta.dataset.urgencia !== urgencia) cuenta.dataset.urgencia = urgencia;
}
