// The simulator's page: the cart in the form's hidden field, and the keys that fill it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import {
  $,
  abrirPagina,
  asentar,
  cargar,
  escribir,
  pedirConHtmx,
  suceder,
  teclear,
  traerConHtmx,
} from "../documento.js";

const fila = (id, cantidad) => `
  <tr><td><button data-ver="${id}">n</button><span class="campo-error" id="simulador_error-${id}"></span></td>
    <td><input class="celda" id="simulador_cantidad-${id}" value="${cantidad}" data-cantidad="${id}"></td>
    <td><button data-quitar="${id}"><svg><path id="x-${id}"></path></svg></button></td></tr>`;
const carrito = (lineas) => `
  <section id="simulador_carrito" data-anuncio="Total: Gs. 1.000">
    <table><tbody>${lineas.map(([id, n]) => fila(id, n)).join("")}</tbody></table>
    <a id="falta" href="?lineas=4x10" data-lineas="4x10,9x2">Agregar lo que falta</a></section>`;
const PAGINA = `
  <div id="avisos"></div><button data-copiar>Copiar</button>
  <form id="simulador_contexto">
    <select id="simulador_empresa"><option value="1">a</option></select>
    <p class="campo-error" data-campo="simulador_canal"></p><select id="simulador_canal"></select>
    <p><select id="simulador_sucursal" name="sucursal"><option value="">-</option><option value="2" selected>b</option></select></p>
    <select id="simulador_otra_sucursal"><option value="">-</option><option value="3" selected>c</option></select>
    <input type="hidden" id="simulador_lineas" value="4x3,5x1"><input type="hidden" id="simulador_ver" value="4">
  </form>
  <p id="simulador_anuncio"></p>
  <div>
    <div id="marco"><input id="simulador_articulo"><div id="simulador_articulos" hidden></div></div>
    <input id="simulador_cantidad" value="1"><button data-agregar>+</button>
    <p id="simulador_elegido"></p><input type="checkbox" id="simulador_todos">
  </div>
  <div>${carrito([
    [4, 3],
    [5, 1],
  ])}</div>
  <section id="simulador_historia"></section>`;

let ventana;

beforeEach(async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  ventana = abrirPagina(PAGINA);
  await cargar("js/precios/simulador.js");
});
afterEach(() => mock.timers.reset());

const valor = (id) => $(`simulador_${id}`).value;
const estado = () => [valor("lineas"), valor("ver")];
const activo = () => document.activeElement.id.replace("simulador_", "");
const preguntas = () => ventana.htmx.hechos.filter(([que]) => que === "recalcular").length;

/** The list for what is written, as the server's fragment has it. */
function traer(q, filas) {
  const opciones = filas.map(
    ([id, descripcion, barras = ""]) =>
      `<li role="option" id="o-${id}" data-id="${id}" data-descripcion="${descripcion}" data-barras="${barras}"></li>`,
  );
  const html = `<div id="simulador_articulos" data-q="${q}" hidden><ul role="listbox">${opciones.join("")}</ul></div>`;
  traerConHtmx(
    $("simulador_articulo"),
    pedirConHtmx($("simulador_articulo")),
    $("simulador_articulos"),
    html,
  );
}

function elegir(texto, filas, q = texto) {
  $("simulador_articulo").focus();
  escribir($("simulador_articulo"), texto);
  traer(q, filas);
  teclear($("simulador_articulo"), "Enter");
}

const cambiar = (id, texto) => escribir($(`simulador_cantidad-${id}`), texto);

// --- The entry row -------------------------------------------------------------------------------------

test("an article, how many, Enter: it is in the cart, and the row is ready for the next", () => {
  elegir("yer", [[9, "Yerba"]]);
  assert.deepEqual([activo(), $("simulador_elegido").textContent], ["cantidad", "Yerba"]);
  escribir($("simulador_cantidad"), "12");
  assert.equal(teclear($("simulador_cantidad"), "Enter").defaultPrevented, true);
  assert.deepEqual(estado(), ["4x3,5x1,9x12", "9"]);
  assert.deepEqual(
    [activo(), valor("articulo"), valor("cantidad"), $("simulador_elegido").textContent],
    ["articulo", "", "1", "Agregado: Yerba, lleva 12"],
  );
  assert.equal(preguntas(), 1);
});

test("an article that is there adds up, in its field too", () => {
  elegir("azu", [[4, "Azúcar"]]);
  escribir($("simulador_cantidad"), "7");
  document.querySelector("[data-agregar]").click();
  assert.deepEqual([estado(), valor("cantidad-4")], [["4x10,5x1", "4"], "10"]);
});

test("a quantity before the text, or a code that was scanned, goes straight in", () => {
  elegir("12*yer", [[9, "Yerba"]], "yer");
  assert.equal(valor("lineas"), "4x3,5x1,9x12");
  elegir("7840001000018", [[6, "Sal", "7840001000018"]]);
  assert.equal(valor("lineas"), "4x3,5x1,9x12,6x1");
});

test("without an article, or without a quantity that is one, nothing is added and it says why", () => {
  teclear($("simulador_cantidad"), "Enter");
  assert.deepEqual(
    [$("simulador_elegido").textContent, activo()],
    ["Elegir primero un artículo.", "articulo"],
  );
  elegir("yer", [[9, "Yerba"]]);
  const malos = {
    0: "La cantidad va de 1 a 1.000.000, sin decimales.",
    1000001: "La cantidad va de 1 a 1.000.000, sin decimales.",
    "1,5": "«1,5» lleva decimales: escribir un número entero.",
    "": "Escribir un número.",
    abc: "«abc» no es un número: escribir solo cifras, como 12.500.",
  };
  for (const [malo, motivo] of Object.entries(malos)) {
    escribir($("simulador_cantidad"), malo);
    teclear($("simulador_cantidad"), "Enter");
    assert.equal($("simulador_elegido").textContent, motivo);
  }
  assert.deepEqual(estado(), ["4x3,5x1", "4"]);
});

test("Enter twice adds once", () => {
  elegir("yer", [[9, "Yerba"]]);
  teclear($("simulador_cantidad"), "Enter");
  teclear($("simulador_cantidad"), "Enter");
  assert.equal(valor("lineas"), "4x3,5x1,9x1");
});

test("Escape gives the article up, and so does writing again", () => {
  elegir("yer", [[9, "Yerba"]]);
  assert.equal(teclear($("simulador_cantidad"), "Escape").defaultPrevented, true);
  assert.deepEqual([activo(), valor("articulo")], ["articulo", ""]);
  elegir("yer", [[9, "Yerba"]]);
  escribir($("simulador_articulo"), "sal");
  teclear($("simulador_cantidad"), "Enter");
  assert.equal(valor("lineas"), "4x3,5x1");
});

test("keys of the browser's, or of a composition, are not the quantity's", () => {
  elegir("yer", [[9, "Yerba"]]);
  for (const mas of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
    assert.equal(teclear($("simulador_cantidad"), "Enter", mas).defaultPrevented, false);
  assert.equal(teclear($("simulador_cantidad"), "x").defaultPrevented, false);
  const compone = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
  Object.defineProperty(compone, "isComposing", { value: true });
  $("simulador_cantidad").dispatchEvent(compone);
  assert.equal(valor("lineas"), "4x3,5x1");
});

test("an arrow down in the empty entry row goes to the lines", () => {
  teclear($("simulador_articulo"), "ArrowDown");
  assert.equal(activo(), "cantidad-4");
  escribir($("simulador_articulo"), "yer");
  $("simulador_articulo").focus();
  teclear($("simulador_articulo"), "ArrowDown");
  assert.equal(activo(), "articulo");
});

test("what is asked for is the text without its quantity; with nothing written, nothing is", () => {
  escribir($("simulador_articulo"), "12*yerba");
  const parameters = new Map();
  suceder($("simulador_articulo"), "htmx:configRequest", { parameters });
  assert.equal(parameters.get("q"), "yerba");
  assert.notEqual(pedirConHtmx($("simulador_articulo")), null);
  escribir($("simulador_articulo"), "  ");
  assert.equal(pedirConHtmx($("simulador_articulo")), null);
});

test("a refusal comes as a list that says why, and is shown", () => {
  $("simulador_articulo").focus();
  escribir($("simulador_articulo"), "yer");
  traer("yer", []);
  assert.equal($("simulador_articulos").hidden, false);
});

test("searching outside of the list asks again what is written", () => {
  $("simulador_articulo").focus();
  escribir($("simulador_articulo"), "yer");
  $("simulador_todos").focus();
  $("simulador_todos").checked = true;
  $("simulador_todos").dispatchEvent(new Event("change"));
  assert.deepEqual(ventana.htmx.hechos.at(-1), ["buscar", "simulador_articulo"]);
  assert.equal(activo(), "articulo");
});

// --- The lines -----------------------------------------------------------------------------------------

test("a quantity is asked about when one stops typing, the last one", () => {
  cambiar(5, "7");
  cambiar(5, "70");
  assert.deepEqual([estado(), preguntas()], [["4x3,5x70", "5"], 0]);
  mock.timers.tick(300);
  assert.equal(preguntas(), 1);
});

test("one that is none is said beside it and asked about by nobody", () => {
  cambiar(5, "7");
  cambiar(5, "7,5");
  mock.timers.tick(1_000);
  assert.deepEqual([estado(), preguntas()], [["4x3,5x7", "5"], 0]);
  assert.equal(
    $("simulador_error-5").textContent,
    "«7,5» lleva decimales: escribir un número entero.",
  );
  assert.equal($("simulador_cantidad-5").getAttribute("aria-invalid"), "true");
  assert.ok($("simulador_cantidad-5").closest("tr").classList.contains("linea-mal"));
  cambiar(5, "8");
  assert.deepEqual([$("simulador_error-5").textContent, valor("lineas")], ["", "4x3,5x8"]);
});

test("arrows go from line to line; Enter and Escape back to the entry row", () => {
  $("simulador_cantidad-4").focus();
  const pasos = ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"].map((key) => {
    teclear(document.activeElement, key);
    return activo();
  });
  assert.deepEqual(pasos, ["cantidad-5", "cantidad-5", "cantidad-4", "articulo"]);
  for (const key of ["Enter", "Escape"]) {
    $("simulador_cantidad-5").focus();
    teclear($("simulador_cantidad-5"), key);
    assert.equal(activo(), "articulo");
  }
});

test("a line goes by its button, by minus, or by Delete when all of it is selected", () => {
  $("x-4").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  assert.deepEqual([estado(), activo()], [["5x1", "5"], "cantidad-5"]);
  const campo = $("simulador_cantidad-5");
  campo.setSelectionRange(0, 0);
  assert.equal(teclear(campo, "Delete").defaultPrevented, false);
  campo.select();
  assert.equal(teclear(campo, "Delete").defaultPrevented, true);
  assert.deepEqual([estado(), activo()], [["", ""], "articulo"]);
  assert.equal(preguntas() >= 2, true);
});

test("minus on a line that is not looked at leaves the story where it is", () => {
  teclear($("simulador_cantidad-5"), "-");
  assert.deepEqual([estado(), activo()], [["4x3", "4"], "cantidad-4"]);
});

test("minus with Ctrl is the browser's zoom", () => {
  assert.equal(teclear($("simulador_cantidad-5"), "-", { ctrlKey: true }).defaultPrevented, false);
  assert.equal(teclear($("simulador_cantidad-5"), "-", { metaKey: true }).defaultPrevented, false);
  assert.equal(valor("lineas"), "4x3,5x1");
});

test("what a discount lacks goes in the cart and in the fields there are", () => {
  $("falta").click();
  // What was put in since it was told stays.
  assert.deepEqual([estado(), valor("cantidad-4")], [["4x10,5x1,9x2", "4"], "10"]);
  const nueva = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
  $("falta").dispatchEvent(nueva);
  assert.equal(nueva.defaultPrevented, false);
});

test("a story is asked for once, and brought in sight when it is under the cart", () => {
  ventana.innerHeight = 600;
  $("simulador_historia").getBoundingClientRect = () => ({ top: 900 });
  document.querySelector('[data-ver="5"]').click();
  assert.deepEqual([valor("ver"), preguntas(), ventana.vistos.length], ["5", 1, 0]);
  suceder($("simulador_contexto"), "htmx:afterSettle");
  assert.deepEqual(
    ventana.vistos.map(({ id }) => id),
    ["simulador_historia"],
  );
  document.querySelector('[data-ver="5"]').click();
  assert.deepEqual([preguntas(), ventana.vistos.length], [1, 2]);
  $("simulador_historia").getBoundingClientRect = () => ({ top: 10 });
  document.querySelector('[data-ver="5"]').click();
  assert.equal(ventana.vistos.length, 2);
});

test("a click on nothing, or on the page, asks nothing", () => {
  document.querySelector("table").click();
  $("simulador_carrito").parentElement.click();
  assert.equal(preguntas(), 0);
});

// --- The answer ----------------------------------------------------------------------------------------

test("another company has other branches", () => {
  $("simulador_empresa").dispatchEvent(new Event("change"));
  assert.deepEqual([valor("sucursal"), valor("otra_sucursal")], ["", ""]);
});

test("a branch chosen while another one's answer comes stays chosen", () => {
  const requestConfig = { parameters: { sucursal: "2" } };
  suceder($("simulador_contexto"), "htmx:beforeSwap", { requestConfig });
  const cambia = () => {
    const detail = { target: $("simulador_sucursal").parentElement, shouldSwap: true };
    suceder(detail.target, "htmx:oobBeforeSwap", detail);
    return detail.shouldSwap;
  };
  assert.equal(cambia(), true);
  requestConfig.parameters.sucursal = "3";
  assert.equal(cambia(), false);
  const sinLista = { target: $("simulador_historia"), shouldSwap: true };
  suceder(sinLista.target, "htmx:oobBeforeSwap", sinLista);
  assert.equal(sinLista.shouldSwap, true);
});

test("what is not compared stays out of the address", () => {
  const parameters = new Map([
    ["lineas", "4x3"],
    ["otra_sucursal", ""],
    ["otro_canal", "2"],
    ["otra_fecha", ""],
  ]);
  suceder($("simulador_contexto"), "htmx:configRequest", { parameters });
  assert.deepEqual([...parameters.keys()], ["lineas", "otro_canal"]);
});

test("an answer is announced, its errors marked, and what is being typed stays wrong if it is", () => {
  $("simulador_canal").focus();
  cambiar(5, "x");
  document.querySelector(".campo-error[data-campo]").textContent = "Elegir un canal.";
  suceder($("simulador_contexto"), "htmx:afterSwap");
  assert.equal($("simulador_anuncio").textContent, "Total: Gs. 1.000");
  assert.equal($("simulador_canal").getAttribute("aria-invalid"), "true");
  assert.notEqual($("simulador_error-5").textContent, "");
  document.querySelector(".campo-error[data-campo]").textContent = "";
  suceder($("simulador_contexto"), "htmx:afterSwap");
  assert.equal($("simulador_canal").getAttribute("aria-invalid"), "false");
});

test("an error of a field that is not on the page breaks nothing", () => {
  document.querySelector(".campo-error[data-campo]").dataset.campo = "simulador_nadie";
  suceder($("simulador_contexto"), "htmx:afterSwap");
  assert.equal($("simulador_anuncio").textContent, "Total: Gs. 1.000");
});

test("a focus that the answer took away goes to the entry row", () => {
  document.activeElement.blur?.();
  suceder($("simulador_contexto"), "htmx:afterSwap");
  assert.equal(activo(), "articulo");
});

test("the link is copied, or the page says how else", async () => {
  const dichos = () => document.querySelector(".aviso:last-child .aviso-texto").textContent;
  const con = (clipboard) =>
    Object.defineProperty(ventana.navigator, "clipboard", { value: clipboard, configurable: true });
  const copiados = [];
  con({ writeText: async (texto) => copiados.push(texto) });
  document.querySelector("[data-copiar]").click();
  await asentar();
  assert.deepEqual(copiados, ["https://mesa.example/"]);
  assert.equal(dichos(), "Enlace copiado: quien lo abra ve esta misma pregunta.");
  for (const clipboard of [undefined, { writeText: () => Promise.reject(new Error("denied")) }]) {
    con(clipboard);
    document.querySelector("[data-copiar]").click();
    await asentar();
    assert.equal(dichos(), "El navegador no dejó copiar: copiar la dirección de arriba.");
  }
});
