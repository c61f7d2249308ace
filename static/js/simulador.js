// The price simulator: its form is the question, the server draws the answer. The cart lives in
// the form's hidden field, so that no answer on its way can undo what was typed since.

import { avisar } from "./avisos.js";
import { fijar, leerCarrito, quitar, sumar, vecino } from "./carrito.js";
import { leerCantidad } from "./dinero.js";
import { Entrada } from "./simulador_entrada.js";
import { frase } from "./textos.js";

const ESPERA = 300;
const nodo = (id) => document.getElementById(`simulador_${id}`);
const formulario = nodo("contexto");
let reloj = 0;

function preguntar() {
  clearTimeout(reloj);
  window.htmx.trigger(formulario, "recalcular");
}

function carrito(texto, ver) {
  nodo("lineas").value = texto;
  nodo("ver").value = ver;
  preguntar();
}

const entrada = new Entrada({
  alAgregar({ id }, cantidad) {
    const texto = sumar(nodo("lineas").value, id, cantidad);
    const lleva = leerCarrito(texto).find(([otro]) => otro === id)[1];
    // The row, if it is there already, keeps its field: the server does not write in it.
    const campo = nodo(`cantidad-${id}`);
    if (campo) campo.value = lleva;
    carrito(texto, id);
    return lleva;
  },
  alBajar: () => enfocarLinea(0),
});

// --- the cart's lines ----------------------------------------------------------------------------

const campos = () => [...document.querySelectorAll("#simulador_carrito [data-cantidad]")];

function enfocarLinea(lugar) {
  const campo = campos()[lugar];
  (campo ?? entrada.campo).focus();
  campo?.scrollIntoView({ block: "nearest" });
}

function alCambiarCantidad(campo) {
  clearTimeout(reloj);
  if (!marcar(campo)) return;
  nodo("lineas").value = fijar(
    nodo("lineas").value,
    campo.dataset.cantidad,
    leerCantidad(campo.value),
  );
  nodo("ver").value = campo.dataset.cantidad;
  reloj = setTimeout(preguntar, ESPERA);
}

/** Whether it is a quantity; if not, it says so beside it. */
function marcar(campo) {
  const vale = leerCantidad(campo.value) !== null;
  const motivo = nodo(`error-${campo.dataset.cantidad}`);
  campo.setAttribute("aria-invalid", String(!vale));
  campo.closest("tr").classList.toggle("linea-mal", !vale);
  motivo.textContent = vale ? "" : frase("cantidad");
  return vale;
}

function quitarLinea(id) {
  const antes = nodo("lineas").value;
  const otra = vecino(antes, id);
  const viendo = nodo("ver").value;
  (nodo(`cantidad-${otra}`) ?? entrada.campo).focus();
  carrito(quitar(antes, id), viendo === id ? otra : viendo);
}

function alTeclearLinea(evento) {
  const campo = evento.target;
  const lugar = campos().indexOf(campo);
  const entero = campo.selectionEnd - campo.selectionStart === campo.value.length;
  const accion = {
    Enter: () => enfocarLinea(-1),
    Escape: () => enfocarLinea(-1),
    ArrowDown: () => enfocarLinea(Math.min(lugar + 1, campos().length - 1)),
    ArrowUp: () => enfocarLinea(lugar - 1),
    "-": () => quitarLinea(campo.dataset.cantidad),
    Delete: entero ? () => quitarLinea(campo.dataset.cantidad) : null,
  }[evento.key];
  if (!accion || evento.ctrlKey || evento.altKey) return;
  evento.preventDefault();
  accion();
}

const zona = nodo("carrito").parentElement;
zona.addEventListener("input", ({ target }) => {
  if (target.matches("[data-cantidad]")) alCambiarCantidad(target);
});
zona.addEventListener("keydown", (evento) => {
  if (evento.target.matches("[data-cantidad]")) alTeclearLinea(evento);
});
zona.addEventListener("focusin", ({ target }) => {
  if (!target.matches("[data-cantidad]")) return;
  target.select();
  mirar(target.dataset.cantidad);
});
zona.addEventListener("click", (evento) => {
  const enlace = evento.target.closest("[data-ver], [data-quitar], [data-lineas]");
  if (!enlace || evento.ctrlKey || evento.metaKey || evento.shiftKey) return;
  evento.preventDefault();
  const { ver, quitar: fuera, lineas } = enlace.dataset;
  if (fuera) quitarLinea(fuera);
  else if (lineas) completar(lineas);
  else leer(ver);
});

/** On a phone the story is under the cart: who asks for it is taken there. */
function leer(id) {
  if (nodo("ver").value !== id) {
    formulario.addEventListener("htmx:afterSettle", mostrarHistoria, { once: true });
    mirar(id);
  } else mostrarHistoria();
}

function mostrarHistoria() {
  const { top } = nodo("historia").getBoundingClientRect();
  if (top < 0 || top > window.innerHeight - 120)
    nodo("historia").scrollIntoView({ block: "start" });
}

function mirar(id) {
  if (nodo("ver").value === id) return;
  nodo("ver").value = id;
  preguntar();
}

/** What a discount lacked, put in the cart. */
function completar(texto) {
  for (const [id, cantidad] of leerCarrito(texto)) {
    const campo = nodo(`cantidad-${id}`);
    if (campo) campo.value = cantidad;
  }
  carrito(texto, nodo("ver").value);
}

// --- the answer ----------------------------------------------------------------------------------

nodo("empresa").addEventListener("change", () => {
  nodo("sucursal").value = "";
  nodo("otra_sucursal").value = "";
});

// What is not compared stays out of the address.
formulario.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
  for (const campo of ["otra_sucursal", "otro_canal", "otra_fecha"]) {
    if (!parameters.get(campo)) parameters.delete(campo);
  }
});

formulario.addEventListener("htmx:afterSwap", () => {
  const nuevo = nodo("carrito");
  nodo("anuncio").textContent = nuevo.dataset.anuncio;
  for (const error of document.querySelectorAll(".campo-error[data-campo]")) {
    document
      .getElementById(error.dataset.campo)
      .setAttribute("aria-invalid", String(error.textContent !== ""));
  }
  // What is being typed stays, and so does what is wrong with it.
  campos()
    .filter(({ value }) => leerCantidad(value) === null)
    .forEach(marcar);
  if (document.activeElement === document.body) enfocarLinea(-1);
});

document.querySelector("[data-copiar]").addEventListener("click", async () => {
  const copiado = await navigator.clipboard?.writeText(location.href).then(
    () => true,
    () => false,
  );
  if (copiado) avisar("Enlace copiado: quien lo abra ve esta misma pregunta.", { nivel: "exito" });
  else avisar("El navegador no dejó copiar: copiar la dirección de arriba.", { nivel: "aviso" });
});
