// Sharing an order from its page: its PDF where the browser shares files, its text by the clipboard.

import { alrededor, porId, todos } from "../comun/dom.js";
import { avisar } from "../pagina/avisos.js";

const TIPO = "application/pdf";

/** The page is drawn anew by its fragments: what a button fetched stays until then.
 * @type {WeakMap<HTMLElement, File>} */
const traidos = new WeakMap();

export function iniciarCompartir() {
  ofrecer();
  document.addEventListener("htmx:afterSettle", ofrecer);
  document.addEventListener("click", (evento) => {
    const boton = alrededor(evento, "[data-compartir]");
    if (boton instanceof HTMLButtonElement) void compartir(boton);
    const copia = alrededor(evento, "[data-copiar]");
    if (copia instanceof HTMLButtonElement) void copiar(copia);
  });
}

/** Show the button of a browser that can share a PDF; without it WhatsApp's link remains. */
function ofrecer() {
  const puede = comparteArchivos();
  for (const boton of todos(document, "[data-compartir]", HTMLButtonElement)) {
    boton.hidden = !puede;
  }
}

function comparteArchivos() {
  const muestra = new File([], "pedido.pdf", { type: TIPO });
  return navigator.canShare?.({ files: [muestra] }) ?? false;
}

/**
 * Some browsers forget the click while the file comes; the next click finds it here.
 * @param {HTMLButtonElement} boton
 */
async function compartir(boton) {
  if (boton.ariaBusy === "true") return;
  boton.ariaBusy = "true";
  try {
    const archivo = traidos.get(boton) ?? (await traer(boton));
    traidos.set(boton, archivo);
    await navigator.share({ files: [archivo], title: boton.dataset.titulo });
  } catch (error) {
    decir(error);
  } finally {
    boton.ariaBusy = "false";
  }
}

/** @param {HTMLButtonElement} boton */
async function traer(boton) {
  const { archivo = "", nombre = "" } = boton.dataset;
  const respuesta = await fetch(archivo, { credentials: "same-origin", redirect: "error" });
  if (!respuesta.ok || respuesta.headers.get("Content-Type") !== TIPO) {
    throw new TypeError(String(respuesta.status));
  }
  return new File([await respuesta.blob()], nombre, { type: TIPO });
}

/** @param {unknown} error */
function decir(error) {
  const nombre = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (nombre === "AbortError") return;
  if (nombre === "NotAllowedError") avisar("El archivo está listo: tocar Compartir otra vez.");
  else avisar("No se pudo compartir el archivo. Reintentar.", { nivel: "aviso" });
}

/**
 * Where the clipboard is closed (a page without https) the text is shown, chosen. A button that
 * names a field (`data-campo`) copies what it shows.
 * @param {HTMLButtonElement} boton
 */
async function copiar(boton) {
  const { texto, campo: nombre } = boton.dataset;
  const campo = nombre
    ? porId(nombre, HTMLInputElement)
    : porId("texto_del_pedido", HTMLTextAreaElement);
  const copiado = await navigator.clipboard?.writeText(texto ?? campo.value).then(
    () => true,
    () => false,
  );
  if (copiado) {
    avisar("Texto copiado.", { nivel: "exito" });
    return;
  }
  campo.value = texto ?? campo.value;
  campo.hidden = false;
  campo.focus();
  campo.select();
  avisar("El texto está elegido: copiarlo con Ctrl+C.");
}

iniciarCompartir();
