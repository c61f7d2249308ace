// Sharing from an order's page: what is offered, what is fetched once, and what is said.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { $, abrirPagina, asentar, cargar, contestar, suceder } from "../documento.js";

const PAGINA = `
  <div id="avisos"></div>
  <article id="pedido_documento">
    <button id="pdf" data-compartir hidden data-archivo="/pedidos/7/documento.pdf"
      data-nombre="pedido-7.pdf" data-titulo="Pedido 7"><svg id="dibujo"></svg></button>
    <button id="copiar" data-copiar data-texto="Pedido 7
Total: Gs. 20.000">Copiar</button>
    <textarea id="texto_del_pedido" hidden></textarea>
    <button id="copiar_enlace" data-copiar data-campo="enlace">Copiar</button>
    <input id="enlace" readonly value="https://mesa.example/x/" />
  </article>`;
const PDF = { headers: { "Content-Type": "application/pdf" } };

let ventana;
let compartidos;

const dichos = () => [...$("avisos").querySelectorAll(".aviso")].map((a) => a.textContent.trim());

function poner(nombre, value) {
  Object.defineProperty(ventana.navigator, nombre, { value, configurable: true });
}

/** A browser that shares files, or refuses with each of these errors first. */
function comparte(...errores) {
  compartidos = [];
  poner("canShare", ({ files }) => files.every((f) => f.type === "application/pdf"));
  poner("share", async (datos) => {
    compartidos.push(datos);
    const error = errores.shift();
    if (error) throw error;
  });
}

async function clic(id) {
  $(id).dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await asentar();
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  ventana = abrirPagina(PAGINA);
});
afterEach(() => mock.timers.reset());

test("the button is there where files are shared, also in a page drawn anew", async () => {
  await cargar("js/documento/compartir.js");
  assert.equal($("pdf").hidden, true);
  comparte();
  suceder(document.body, "htmx:afterSettle");
  assert.equal($("pdf").hidden, false);
  poner("canShare", () => false);
  suceder(document.body, "htmx:afterSettle");
  assert.equal($("pdf").hidden, true);
});

test("the file goes out whole under its name, and is fetched once", async () => {
  comparte(new DOMException("no click any more", "NotAllowedError"));
  const llamadas = contestar(new Response("%PDF-1.4 siete", PDF));
  await cargar("js/documento/compartir.js");
  await clic("dibujo");
  assert.deepEqual(dichos(), ["El archivo está listo: tocar Compartir otra vez."]);
  await clic("pdf");
  assert.deepEqual(
    llamadas.map(({ url }) => url),
    ["/pedidos/7/documento.pdf"],
  );
  assert.equal(compartidos.length, 2);
  const [{ files, title }] = compartidos;
  assert.equal(title, "Pedido 7");
  assert.deepEqual(
    [files[0].name, files[0].type, await files[0].text()],
    ["pedido-7.pdf", "application/pdf", "%PDF-1.4 siete"],
  );
});

test("who closes the list of programs is told nothing", async () => {
  comparte(new DOMException("closed", "AbortError"));
  contestar(new Response("%PDF", PDF));
  await cargar("js/documento/compartir.js");
  await clic("pdf");
  assert.deepEqual(dichos(), []);
});

test("an answer that is no file is not shared, and the next click asks again", async () => {
  comparte();
  const html = { headers: { "Content-Type": "text/html" } };
  const llamadas = contestar(
    new Response("<html>", html),
    new Response("{}", { status: 503 }),
    new TypeError("no line"),
    new Response("%PDF", PDF),
  );
  await cargar("js/documento/compartir.js");
  for (let vez = 0; vez < 3; vez += 1) await clic("pdf");
  assert.deepEqual(dichos(), Array(3).fill("No se pudo compartir el archivo. Reintentar."));
  assert.equal(compartidos.length, 0);
  await clic("pdf");
  assert.deepEqual([compartidos.length, llamadas.length], [1, 4]);
});

test("two clicks at once share once", async () => {
  comparte();
  contestar(new Response("%PDF", PDF));
  await cargar("js/documento/compartir.js");
  $("pdf").dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await clic("pdf");
  assert.equal(compartidos.length, 1);
});

test("the text is copied; where the clipboard is closed it is shown, chosen", async () => {
  let copiado = "";
  poner("clipboard", { writeText: async (texto) => void (copiado = texto) });
  await cargar("js/documento/compartir.js");
  await clic("copiar");
  assert.equal(copiado, "Pedido 7\nTotal: Gs. 20.000");
  assert.equal($("texto_del_pedido").hidden, true);
  for (const cerrado of [undefined, { writeText: () => Promise.reject(new Error("denied")) }]) {
    $("texto_del_pedido").hidden = true;
    poner("clipboard", cerrado);
    await clic("copiar");
    assert.equal($("texto_del_pedido").hidden, false);
    assert.equal(document.activeElement.id, "texto_del_pedido");
    assert.equal($("texto_del_pedido").value, "Pedido 7\nTotal: Gs. 20.000");
  }
  assert.deepEqual(dichos(), [
    "Texto copiado.",
    ...Array(2).fill("El texto está elegido: copiarlo con Ctrl+C."),
  ]);
});

test("a button that names a field copies what it shows, or chooses it", async () => {
  let copiado = "";
  poner("clipboard", { writeText: async (texto) => void (copiado = texto) });
  await cargar("js/documento/compartir.js");
  await clic("copiar_enlace");
  assert.equal(copiado, "https://mesa.example/x/");
  poner("clipboard", undefined);
  await clic("copiar_enlace");
  assert.equal(document.activeElement.id, "enlace");
  assert.equal($("texto_del_pedido").hidden, true);
});
