// Keys and buttons of the board: arrows move along the cards, letters press a card's buttons.

const CONFIRMAR = 5_000;

export function iniciarTeclas(raiz, tarjetas) {
  document.addEventListener("keydown", (evento) => alTeclear(evento, raiz()));
  document.addEventListener("click", (evento) => alPulsar(evento, raiz(), tarjetas), true);
}

function alTeclear(evento, tablero) {
  const { key, target, ctrlKey, metaKey, altKey } = evento;
  const tarjeta = target.closest?.("[data-tarjeta]");
  if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]")) return;
  if (key === "Escape" && tarjeta) return tarjeta.focus();
  if (target.matches("input:not([type=radio]), textarea, select")) return undefined;
  const paso = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (paso && !target.matches("input")) return hecho(evento, mover(tablero, tarjeta, paso));
  if (!tarjeta || target.matches("input")) return undefined;
  if (key === "r") return hecho(evento, responder(tarjeta));
  const boton = tarjeta.querySelector(`[data-tecla="${CSS.escape(key)}"]`);
  return hecho(evento, boton ? (boton.click(), true) : false);
}

function hecho(evento, si) {
  if (si) evento.preventDefault();
}

function mover(tablero, desde, paso) {
  const todas = [...tablero.querySelectorAll("[data-tarjeta]")];
  const lugar = desde ? todas.indexOf(desde) + paso : 0;
  const destino = todas[Math.max(0, Math.min(lugar, todas.length - 1))];
  destino?.focus();
  destino?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return Boolean(destino);
}

function responder(tarjeta) {
  const formulario = tarjeta.querySelector("form[data-encuesta]");
  formulario?.closest("details")?.setAttribute("open", "");
  const campo = formulario?.querySelector("input, textarea");
  campo?.focus();
  return Boolean(campo);
}

function alPulsar(evento, tablero, tarjetas) {
  const flecha = evento.target.closest("[data-mover]");
  if (flecha) return mover(tablero, masVisible(tablero), Number(flecha.dataset.mover));
  if (evento.target.closest("[data-descartar]")) return descartar(evento.target, tarjetas);
  const boton = evento.target.closest("[data-confirmar]");
  if (boton && boton.dataset.listo === undefined) {
    // The first press asks, the second one does: neither is undone from here.
    evento.preventDefault();
    evento.stopImmediatePropagation();
    preguntar(boton);
  }
  return undefined;
}

function preguntar(boton) {
  const palabras = boton.innerHTML;
  boton.dataset.listo = "";
  boton.textContent = boton.dataset.confirmar;
  setTimeout(() => {
    delete boton.dataset.listo;
    boton.innerHTML = palabras;
  }, CONFIRMAR);
}

function descartar(boton, tarjetas) {
  boton.closest("[data-tarjeta]").closest("li")?.remove();
  tarjetas.etag = "";
  document.body.dispatchEvent(new Event("tablero:refrescar"));
}

function masVisible(tablero) {
  const marco = tablero.querySelector(".carrusel").getBoundingClientRect();
  const todas = [...tablero.querySelectorAll("[data-tarjeta]")];
  return todas.find((tarjeta) => tarjeta.getBoundingClientRect().left >= marco.left - 1) ?? todas[0];
}
