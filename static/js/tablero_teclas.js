// Keys and buttons of the board: arrows move along the cards, letters press a card's buttons.

const CONFIRMAR = 5_000;
const SEGUNDA = 1_200;

/** What a key asks for: a step, "salir", "responder", "enviar", a button's letter, or ""; pure. */
export function intencion({ key, ctrlKey, metaKey, altKey }, { escribe, enTarjeta, trasG }) {
  if (key === "Enter" && (ctrlKey || metaKey) && !altKey) return enTarjeta ? "enviar" : "";
  if (ctrlKey || metaKey || altKey) return "";
  if (key === "Escape") return enTarjeta ? "salir" : "";
  if (escribe) return "";
  if (key === "ArrowRight") return 1;
  if (key === "ArrowLeft") return -1;
  if (!enTarjeta || trasG || !/^[a-z]$/.test(key)) return "";
  return key === "r" ? "responder" : key;
}

export function iniciarTeclas(tarjetas, alDescartar) {
  let trasG = false;
  document.addEventListener("keydown", (evento) => {
    const { target, defaultPrevented } = evento;
    if (defaultPrevented || document.querySelector("dialog[open]")) return;
    const tarjeta = target.closest("[data-tarjeta]");
    const lugar = {
      escribe: target.matches("input, textarea, select"),
      enTarjeta: tarjeta !== null,
      trasG,
    };
    if (hacer(intencion(evento, lugar), tarjeta, tarjetas)) evento.preventDefault();
    trasG = evento.key === "g" && !lugar.escribe;
    if (trasG) setTimeout(() => (trasG = false), SEGUNDA);
  });
  document.addEventListener("click", (evento) => alPulsar(evento, tarjetas, alDescartar), true);
}

function hacer(que, tarjeta, tarjetas) {
  if (que === "") return false;
  if (typeof que === "number") return mover(tarjetas.todas(), tarjeta, que);
  if (que === "salir") return tarjeta.focus() ?? true;
  const formulario = tarjeta.querySelector("form[data-encuesta]");
  if (que === "enviar") return formulario?.requestSubmit() ?? true;
  if (que === "responder") {
    formulario?.closest("details")?.setAttribute("open", "");
    formulario?.querySelector("input, textarea")?.focus();
    return true;
  }
  const boton = tarjeta.querySelector(`[data-tecla="${que}"]`);
  boton?.click();
  return Boolean(boton);
}

function mover(todas, desde, paso) {
  const lugar = desde ? todas.indexOf(desde) + paso : 0;
  const destino = todas[Math.max(0, Math.min(lugar, todas.length - 1))];
  destino?.focus();
  destino?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(destino);
}

function alPulsar(evento, tarjetas, alDescartar) {
  const flecha = evento.target.closest("[data-mover]");
  if (flecha) pasar(Number(flecha.dataset.mover));
  const descarte = evento.target.closest("[data-descartar]");
  if (descarte) {
    tarjetas.quitar(descarte.closest("[data-tarjeta]"));
    alDescartar();
  }
  const boton = evento.target.closest("[data-confirmar]");
  if (boton && !("listo" in boton.dataset)) {
    // The first press asks, the second one does: neither is undone from here.
    evento.preventDefault();
    evento.stopImmediatePropagation();
    boton.dataset.listo = "";
    setTimeout(() => delete boton.dataset.listo, CONFIRMAR);
  }
}

// A screenful of cards.
function pasar(paso) {
  const marco = document.getElementById("carrusel");
  marco.scrollBy({ left: paso * marco.clientWidth * 0.9 });
}
