// The pickers of the pages of prices: an article for a rule, a price or a combination. HTMX brings
// the forms in and out, so each is prepared when it arrives.

import { Combobox } from "../comun/combobox.js";
import { alrededor, hallar, porId, todos, uno } from "../comun/dom.js";
import { cuidarCeldas } from "./celdas.js";

const CAMPO = "[data-buscador] [role=combobox]";

/** @param {Element} raiz */
function preparar(raiz) {
  const propia = raiz instanceof HTMLInputElement && raiz.matches(CAMPO);
  const entrada = propia ? raiz : hallar(raiz, CAMPO, HTMLInputElement);
  const marco = entrada?.closest("[data-buscador]");
  if (!entrada || !marco || entrada.dataset.listo) return;
  entrada.dataset.listo = "si";
  const lista = entrada.form?.querySelector("[data-elegidos]");
  /** @type {(datos: DOMStringMap) => void} */
  const elegir = lista
    ? (datos) => sumar(lista, entrada, datos)
    : (datos) => fijar(marco, entrada, datos);
  new Combobox({ entrada, raiz: "articulos_de_lista", elegir });
  // The text left without choosing is no article.
  entrada.addEventListener("input", () => olvidar(marco));
  entrada.addEventListener("keydown", (evento) => {
    if (evento.key === "Enter" && entrada.value.trim() !== "") evento.preventDefault();
  });
  uno(marco, "[data-vaciar]", HTMLElement).addEventListener("click", () => {
    entrada.value = "";
    olvidar(marco);
    entrada.focus();
  });
}

/**
 * One article: its id goes in the hidden field, its name stays to be read.
 * @param {Element} marco
 * @param {HTMLInputElement} entrada
 * @param {DOMStringMap} datos
 */
function fijar(marco, entrada, { id = "", descripcion = "" }) {
  uno(marco, "input[type=hidden]", HTMLInputElement).value = id;
  entrada.value = descripcion;
  uno(marco, "[data-vaciar]", HTMLElement).hidden = false;
  const alta = marco.closest("[data-alta]");
  const siguiente = alta && hallar(alta, "[inputmode=decimal]", HTMLInputElement);
  siguiente?.focus();
  siguiente?.select();
}

/** @param {Element} marco */
function olvidar(marco) {
  const campo = hallar(marco, "input[type=hidden]", HTMLInputElement);
  if (!campo) return;
  campo.value = "";
  uno(marco, "[data-vaciar]", HTMLElement).hidden = true;
}

/**
 * Several: each is a row with its own hidden field.
 * @param {Element} lista
 * @param {HTMLInputElement} entrada
 * @param {DOMStringMap} datos
 */
function sumar(lista, entrada, { id = "", descripcion = "" }) {
  entrada.value = "";
  if (todos(lista, "input", HTMLInputElement).some((campo) => campo.value === id)) return;
  const { content } = porId("plantilla_elegido", HTMLTemplateElement);
  const nuevo = document.importNode(content, true);
  uno(nuevo, "input", HTMLInputElement).value = id;
  uno(nuevo, "[data-nombre]", HTMLElement).textContent = descripcion;
  lista.append(nuevo);
}

document.addEventListener("click", (evento) => {
  const boton = alrededor(evento, "[data-sacar]");
  const entrada = boton?.closest("form")?.querySelector(CAMPO);
  boton?.closest("li")?.remove();
  if (entrada instanceof HTMLElement) entrada.focus();
});
cuidarCeldas(document.body);
document.body.addEventListener("htmx:load", ({ detail }) => preparar(detail.elt));
preparar(document.body);
