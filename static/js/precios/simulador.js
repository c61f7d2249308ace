// The price simulator: its form is the question, the server draws the answer. The cart lives in
// the form's hidden field, so that no answer on its way can undo what was typed since.

import { avisar } from "../pagina/avisos.js";
import { completar, fijar, leerCarrito, quitar, sumar, vecino } from "./carrito.js";
import { leerCantidad } from "../lectura/cifras.js";
import { alrededor, hallar, porId, todos, uno } from "../comun/dom.js";
import { Entrada } from "./simulador_entrada.js";
import { frase } from "../comun/frases.js";
import { fraseDeCifra } from "../lectura/frases_de_cifra.js";

const ESPERA = 300;
/** @param {string} id */
const nodo = (id) => porId(`simulador_${id}`, HTMLElement);
/** @param {string} id of a field that the page always has */
const valor = (id) => porId(`simulador_${id}`, HTMLInputElement);
/** @param {string} id an article's */
const cantidadDe = (id) => hallar(document, `[id="simulador_cantidad-${id}"]`, HTMLInputElement);
const formulario = nodo("contexto");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let reloj;

function preguntar() {
  clearTimeout(reloj);
  window.htmx.trigger(formulario, "recalcular");
}

/**
 * @param {string} texto
 * @param {string} ver
 */
function carrito(texto, ver) {
  valor("lineas").value = texto;
  valor("ver").value = ver;
  preguntar();
}

const entrada = new Entrada({
  alAgregar(id, cantidad) {
    const texto = sumar(valor("lineas").value, id, cantidad);
    const lleva = leerCarrito(texto).find(([otro]) => otro === id)?.[1] ?? "";
    // The row, if it is there already, keeps its field: the server does not write in it.
    const campo = cantidadDe(id);
    if (campo) campo.value = lleva;
    carrito(texto, id);
    return lleva;
  },
  alBajar: () => enfocarLinea(0),
});

// --- the cart's lines ----------------------------------------------------------------------------

const campos = () => todos(nodo("carrito"), "[data-cantidad]", HTMLInputElement);
/** @param {HTMLInputElement} campo */
const articuloDe = (campo) => campo.dataset.cantidad ?? "";

/** @param {number} lugar */
function enfocarLinea(lugar) {
  const campo = campos()[lugar];
  (campo ?? entrada.campo).focus();
  campo?.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLInputElement} campo */
function alCambiarCantidad(campo) {
  clearTimeout(reloj);
  const { vale } = leerCantidad(campo.value);
  if (!marcar(campo) || vale === null) return;
  valor("lineas").value = fijar(valor("lineas").value, articuloDe(campo), vale);
  valor("ver").value = articuloDe(campo);
  reloj = setTimeout(preguntar, ESPERA);
}

/**
 * Whether it is a quantity; if not, it says so beside it.
 * @param {HTMLInputElement} campo
 */
function marcar(campo) {
  const leida = leerCantidad(campo.value);
  const vale = leida.vale !== null;
  const motivo = nodo(`error-${articuloDe(campo)}`);
  campo.setAttribute("aria-invalid", String(!vale));
  campo.closest("tr")?.classList.toggle("linea-mal", !vale);
  motivo.textContent = leida.vale === null ? fraseDeCifra(campo.value, leida, 0, "cantidad") : "";
  return vale;
}

/** @param {string} id */
function quitarLinea(id) {
  const antes = valor("lineas").value;
  const otra = vecino(antes, id);
  const viendo = valor("ver").value;
  (cantidadDe(otra) ?? entrada.campo).focus();
  carrito(quitar(antes, id), viendo === id ? otra : viendo);
}

/**
 * @param {KeyboardEvent} evento
 * @param {HTMLInputElement} campo
 */
function alTeclearLinea(evento, campo) {
  const { key, ctrlKey, metaKey, altKey, isComposing } = evento;
  if (ctrlKey || metaKey || altKey || isComposing) return;
  const lugar = campos().indexOf(campo);
  const elegidas = (campo.selectionEnd ?? 0) - (campo.selectionStart ?? 0);
  const quitarEsta = () => quitarLinea(articuloDe(campo));
  /** @type {Record<string, (() => void) | null>} */
  const acciones = {
    Enter: () => enfocarLinea(-1),
    Escape: () => enfocarLinea(-1),
    ArrowDown: () => enfocarLinea(Math.min(lugar + 1, campos().length - 1)),
    ArrowUp: () => enfocarLinea(lugar - 1),
    "-": quitarEsta,
    Delete: elegidas === campo.value.length ? quitarEsta : null,
  };
  const accion = acciones[key];
  if (!accion) return;
  evento.preventDefault();
  accion();
}

/**
 * The quantity that an event happened in, if it did.
 * @param {Event} evento
 */
function cantidadEn({ target }) {
  return target instanceof HTMLInputElement && target.matches("[data-cantidad]") ? target : null;
}

const zona = nodo("carrito").parentElement ?? document.body;
zona.addEventListener("input", (evento) => {
  const campo = cantidadEn(evento);
  if (campo) alCambiarCantidad(campo);
});
zona.addEventListener("keydown", (evento) => {
  const campo = cantidadEn(evento);
  if (campo) alTeclearLinea(evento, campo);
});
zona.addEventListener("focusin", (evento) => {
  const campo = cantidadEn(evento);
  if (!campo) return;
  campo.select();
  mirar(articuloDe(campo));
});
zona.addEventListener("click", (evento) => {
  const enlace = alrededor(evento, "[data-ver], [data-quitar], [data-lineas]");
  if (!enlace || evento.ctrlKey || evento.metaKey || evento.shiftKey) return;
  evento.preventDefault();
  const { ver, quitar: fuera, lineas } = enlace.dataset;
  if (fuera) quitarLinea(fuera);
  else if (lineas) completarCon(lineas);
  else leer(ver ?? "");
});

/**
 * On a phone the story is under the cart: who asks for it is taken there.
 * @param {string} id
 */
function leer(id) {
  if (valor("ver").value !== id) {
    formulario.addEventListener("htmx:afterSettle", mostrarHistoria, { once: true });
    mirar(id);
  } else mostrarHistoria();
}

function mostrarHistoria() {
  const { top } = nodo("historia").getBoundingClientRect();
  if (top < 0 || top > window.innerHeight - 120)
    nodo("historia").scrollIntoView({ block: "start" });
}

/** @param {string} id */
function mirar(id) {
  if (valor("ver").value === id) return;
  valor("ver").value = id;
  preguntar();
}

/**
 * What a discount lacked, put in the cart.
 * @param {string} texto
 */
function completarCon(texto) {
  const completo = completar(valor("lineas").value, leerCarrito(texto));
  for (const [id, cantidad] of leerCarrito(completo)) {
    const campo = cantidadDe(id);
    if (campo) campo.value = cantidad;
  }
  carrito(completo, valor("ver").value);
}

// --- the answer ----------------------------------------------------------------------------------

nodo("empresa").addEventListener("change", () => {
  for (const id of ["simulador_sucursal", "simulador_otra_sucursal"])
    porId(id, HTMLSelectElement).value = "";
});

// What is not compared stays out of the address.
formulario.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
  for (const campo of ["otra_sucursal", "otro_canal", "otra_fecha"]) {
    if (!parameters.get(campo)) parameters.delete(campo);
  }
});

// A branch chosen while the answer to another was on its way stays chosen.
/** @type {ParametrosHtmx | null} */
let preguntado = null;
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  preguntado = detail.requestConfig.parameters;
});
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const lista = hallar(detail.target, "select", HTMLSelectElement);
  if (lista && lista.value !== String(preguntado?.[lista.name] ?? "")) detail.shouldSwap = false;
});

formulario.addEventListener("htmx:afterSwap", () => {
  const nuevo = nodo("carrito");
  nodo("anuncio").textContent = nuevo.dataset.anuncio ?? "";
  for (const error of todos(document, ".campo-error[data-campo]", HTMLElement)) {
    document
      .getElementById(error.dataset.campo ?? "")
      ?.setAttribute("aria-invalid", String(error.textContent !== ""));
  }
  // What is being typed stays, and so does what is wrong with it.
  campos()
    .filter(({ value }) => leerCantidad(value).vale === null)
    .forEach(marcar);
  if (document.activeElement === document.body) enfocarLinea(-1);
});

uno(document, "[data-copiar]", HTMLElement).addEventListener("click", async () => {
  const copiado = await navigator.clipboard?.writeText(location.href).then(
    () => true,
    () => false,
  );
  if (copiado) avisar(frase("enlace_copiado"), { nivel: "exito" });
  else avisar(frase("enlace_sin_copiar"), { nivel: "aviso" });
});
