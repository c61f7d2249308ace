// A page to test its modules in: happy-dom's document, put where a module looks for the browser's.
// Modules that begin when they are imported are imported after it, with `cargar`.

import { Window } from "happy-dom";

// What Node has of its own and works as the browser's: responses, signals, timers.
const NOMBRES = [
  "CSS",
  "CustomEvent",
  "DOMParser",
  "Document",
  "DocumentFragment",
  "Element",
  "Event",
  "FocusEvent",
  "FormData",
  "HTMLButtonElement",
  "HTMLDetailsElement",
  "HTMLDialogElement",
  "HTMLElement",
  "HTMLFormElement",
  "HTMLInputElement",
  "HTMLMetaElement",
  "HTMLOptionElement",
  "HTMLSelectElement",
  "HTMLTemplateElement",
  "HTMLTextAreaElement",
  "HTMLTimeElement",
  "InputEvent",
  "KeyboardEvent",
  "MouseEvent",
  "MutationObserver",
  "Node",
  "PointerEvent",
  "document",
  "history",
  "localStorage",
  "location",
  "navigator",
  "sessionStorage",
];
const FUNCIONES = ["addEventListener", "dispatchEvent", "matchMedia", "removeEventListener"];

/**
 * Open a page with this body; whatever was open before is gone. Gives back its window, with an htmx
 * that keeps in `htmx.hechos` what it was asked for.
 */
export function abrirPagina(cuerpo, { url = "https://mesa.example/", cabeza = "" } = {}) {
  const ventana = new Window({ url, settings: { disableCSSFileLoading: true } });
  ventana.document.head.innerHTML = cabeza;
  ventana.document.body.innerHTML = cuerpo;
  ventana.Element.prototype.scrollIntoView = function () {
    ventana.vistos.push(this);
  };
  ventana.vistos = [];
  Object.defineProperty(ventana.HTMLOptionElement.prototype, "defaultSelected", {
    configurable: true,
    get() {
      return this.hasAttribute("selected");
    },
  });
  ventana.htmx = htmxFalso();
  for (const nombre of NOMBRES) definir(nombre, ventana[nombre]);
  for (const nombre of FUNCIONES) definir(nombre, ventana[nombre].bind(ventana));
  definir("window", ventana);
  return ventana;
}

function definir(nombre, value) {
  Object.defineProperty(globalThis, nombre, { value, configurable: true, writable: true });
}

function htmxFalso() {
  const hechos = [];
  return {
    hechos,
    process: (elemento) => hechos.push(["process", elemento.id]),
    trigger: (elemento, suceso) => hechos.push([suceso, elemento.id]),
  };
}

let cargas = 0;

/** Import a module that begins by itself, as if for the first time; `ruta` as a template names it. */
export function cargar(ruta) {
  cargas += 1;
  return import(new URL(`../../${ruta}?carga=${cargas}`, import.meta.url).href);
}

/** Press a key in an element; gives back the event, which says whether somebody took it. */
export function teclear(elemento, key, mas = {}) {
  const evento = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...mas });
  elemento.dispatchEvent(evento);
  return evento;
}

/** Write in a field as a keyboard does. */
export function escribir(campo, texto) {
  campo.value = texto;
  campo.dispatchEvent(new Event("input", { bubbles: true }));
}

/** One of htmx's events, with this detail. */
export function suceder(elemento, nombre, detail = {}) {
  const evento = new CustomEvent(nombre, { bubbles: true, cancelable: true, detail });
  elemento.dispatchEvent(evento);
  return evento;
}

/** htmx is about to ask the server for a field; null if somebody prevents it. */
export function pedirConHtmx(entrada) {
  const xhr = { status: 200 };
  return suceder(entrada, "htmx:beforeRequest", { xhr }).defaultPrevented ? null : xhr;
}

/** What htmx does with the answer: gives back whether `destino` was replaced by it. */
export function traerConHtmx(entrada, xhr, destino, html, shouldSwap = true) {
  const detail = { xhr, target: destino, shouldSwap, serverResponse: html };
  suceder(destino, "htmx:beforeSwap", detail);
  if (detail.shouldSwap) destino.outerHTML = html;
  suceder(entrada, "htmx:afterRequest", { xhr, successful: shouldSwap });
  return detail.shouldSwap;
}

/** What a `fetch` does in a test: one answer after the other, an Error for none; keeps the calls. */
export function contestar(...respuestas) {
  const llamadas = [];
  definir("fetch", async (url, opciones = {}) => {
    llamadas.push({ url: String(url), ...opciones });
    const respuesta = respuestas.length > 1 ? respuestas.shift() : respuestas[0];
    if (respuesta instanceof Error) throw respuesta;
    return respuesta.clone();
  });
  return llamadas;
}

/** Let everything that is ready happen. */
export async function asentar() {
  for (let i = 0; i < 5; i += 1) await new Promise((seguir) => setImmediate(seguir));
}

/** The page's element with this id. */
export function $(id) {
  return document.getElementById(id);
}
