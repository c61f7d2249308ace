// The pickers of the pages of prices: an article for a rule, a price or a combination. HTMX brings
// the forms in and out, so each is prepared when it arrives.

import { Combobox } from "./combobox.js";
import { cuidarCeldas } from "./precios_celdas.js";

const CAMPO = "[data-buscador] [role=combobox]";

function preparar(raiz) {
  const entrada = raiz.matches?.(CAMPO) ? raiz : raiz.querySelector?.(CAMPO);
  if (!entrada || entrada.dataset.listo) return;
  entrada.dataset.listo = "si";
  const marco = entrada.closest("[data-buscador]");
  const lista = marco.closest("form").querySelector("[data-elegidos]");
  const elegir = lista
    ? (datos) => sumar(lista, entrada, datos)
    : (datos) => fijar(marco, entrada, datos);
  new Combobox({ entrada, raiz: "articulos_de_lista", buscar: async () => {}, elegir });
  // The text left without choosing is no article.
  entrada.addEventListener("input", () => olvidar(marco));
  entrada.addEventListener("keydown", (evento) => {
    if (evento.key === "Enter" && entrada.value.trim() !== "") evento.preventDefault();
  });
  marco.querySelector("[data-vaciar]").addEventListener("click", () => {
    entrada.value = "";
    olvidar(marco);
    entrada.focus();
  });
}

/** One article: its id goes in the hidden field, its name stays to be read. */
function fijar(marco, entrada, datos) {
  oculto(marco).value = datos.id;
  entrada.value = datos.descripcion;
  marco.querySelector("[data-vaciar]").hidden = false;
  const siguiente = marco.closest("[data-alta]")?.querySelector("[inputmode=decimal]");
  siguiente?.focus();
  siguiente?.select();
}

function olvidar(marco) {
  const campo = oculto(marco);
  if (!campo) return;
  campo.value = "";
  marco.querySelector("[data-vaciar]").hidden = true;
}

function oculto(marco) {
  return marco.querySelector("input[type=hidden]");
}

/** Several: each is a row with its own hidden field. */
function sumar(lista, entrada, datos) {
  entrada.value = "";
  const repetido = [...lista.querySelectorAll("input")].some((campo) => campo.value === datos.id);
  if (repetido) return;
  const fila = document
    .getElementById("plantilla_elegido")
    .content.firstElementChild.cloneNode(true);
  fila.querySelector("input").value = datos.id;
  fila.querySelector("[data-nombre]").textContent = datos.descripcion;
  lista.append(fila);
}

document.addEventListener("click", ({ target }) => {
  const boton = target.closest("[data-sacar]");
  if (!boton) return;
  const entrada = boton.closest("form").querySelector(CAMPO);
  boton.closest("li").remove();
  entrada.focus();
});
cuidarCeldas(document.body);
document.body.addEventListener("htmx:load", ({ detail }) => preparar(detail.elt));
preparar(document.body);
