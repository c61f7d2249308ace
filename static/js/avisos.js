// Toasts: short sentences that leave by themselves, unless they ask for something.

const ICONOS = {
  exito: "check-circle",
  info: "info-circle",
  aviso: "exclamation-triangle",
  peligro: "exclamation-octagon",
};
const DURACION = 6_000;
const DURACION_CON_ACCION = 10_000;
const MAXIMO = 3;

/**
 * Show a toast. `accion` is the word of its button and `alAccionar` what it does. A danger stays
 * until it is closed. Returns a function that takes the toast away.
 */
export function avisar(texto, { nivel = "info", accion = "", alAccionar = null } = {}) {
  const region = document.getElementById("avisos");
  const aviso = crear(region, texto, nivel);
  const cerrar = () => aviso.remove();
  if (accion) {
    const hacer = () => {
      cerrar();
      alAccionar();
    };
    aviso.querySelector(".btn-close").before(boton(accion, hacer));
  }
  while (region.children.length >= MAXIMO) region.firstElementChild.remove();
  region.append(aviso);
  if (nivel !== "peligro") caducar(aviso, accion ? DURACION_CON_ACCION : DURACION);
  return cerrar;
}

/** Give life to those the server drew, and close any of them by its button. */
export function iniciarAvisos() {
  const region = document.getElementById("avisos");
  region.addEventListener("click", ({ target }) => {
    if (target.closest(".btn-close")) target.closest(".aviso").remove();
  });
  for (const aviso of region.querySelectorAll("[data-aviso]")) {
    if (!aviso.classList.contains("aviso-peligro")) caducar(aviso, DURACION);
  }
}

function crear(region, texto, nivel) {
  const aviso = document.createElement("div");
  aviso.className = `aviso aviso-${nivel}`;
  const frase = document.createElement("span");
  frase.className = "aviso-texto";
  frase.textContent = texto;
  const cierre = document.createElement("button");
  cierre.type = "button";
  cierre.className = "btn-close";
  cierre.setAttribute("aria-label", region.dataset.cerrar);
  aviso.append(icono(region.dataset.iconos, ICONOS[nivel]), frase, cierre);
  return aviso;
}

function boton(palabra, alPulsar) {
  const elemento = document.createElement("button");
  elemento.type = "button";
  elemento.className = "btn btn-sm btn-outline-secondary";
  elemento.textContent = palabra;
  elemento.addEventListener("click", alPulsar);
  return elemento;
}

function icono(hoja, nombre) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icono");
  svg.setAttribute("aria-hidden", "true");
  const uso = document.createElementNS(SVG, "use");
  uso.setAttribute("href", `${hoja}#${nombre}`);
  svg.append(uso);
  return svg;
}

// Whoever is reading it, or has the keyboard on it, is not interrupted.
function caducar(aviso, milisegundos) {
  let reloj = setTimeout(() => aviso.remove(), milisegundos);
  const parar = () => clearTimeout(reloj);
  const seguir = () => {
    parar();
    reloj = setTimeout(() => aviso.remove(), milisegundos);
  };
  aviso.addEventListener("pointerenter", parar);
  aviso.addEventListener("focusin", parar);
  aviso.addEventListener("pointerleave", seguir);
  aviso.addEventListener("focusout", seguir);
}
