// A session that ends while somebody works on a page, and signing out of one.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { comprimir } from "../../comun/almacen.js";
import { iniciarSalida } from "../../pagina/salir.js";
import { iniciarSesion, pedirEntrar } from "../../pagina/sesion.js";
import { Cajas, Fabrica } from "../dobles.js";
import { $, abrirPagina, asentar, suceder } from "../documento.js";

const NO_SE_GUARDO =
  "La sesión terminó y esto no se guardó. Lo escrito sigue acá: entrar en otra pestaña y repetirlo.";
const SIGUE = "La sesión terminó. Lo escrito sigue acá: entrar en otra pestaña y seguir.";
const CUERPO = `
  <div id="avisos"></div>
  <form id="busca" method="get"><input id="q" value=""></form>
  <form id="guarda" method="post">
    <input type="hidden" id="token" name="csrfmiddlewaretoken" value="viejo">
    <fieldset><input id="motivo" value=""><select id="cual"><option selected>a</option><option>b</option></select></fieldset>
    <output id="suma">3</output><button id="enviar">Guardar</button>
  </form>
  <details id="menu" open><form id="salir" method="post" action="/salir/" data-salir><button>Salir</button></form></details>
  <dialog id="salida"><p data-salida-texto></p></dialog>`;

const textos = () =>
  [...document.querySelectorAll(".aviso-texto")].map(({ textContent }) => textContent);

let abiertas;
beforeEach(() => {
  const ventana = abrirPagina(CUERPO);
  document.body.dataset.csrf = "__Host-csrf";
  document.body.dataset.usuario = "3";
  abiertas = [];
  ventana.open = (...partes) => abiertas.push(partes);
});

const galletas = (texto) =>
  Object.defineProperty(document, "cookie", { value: texto, configurable: true });

const terminar = (verb, status = 401, entrar = "/entrar/?next=/lotes/") =>
  suceder($("q"), "htmx:beforeOnLoad", {
    xhr: { status, getResponseHeader: () => entrar },
    requestConfig: { verb },
  });

// --- The session's end -------------------------------------------------------------------------------

test("a question of a page with nothing written goes to sign in", () => {
  iniciarSesion();
  assert.equal(terminar("get").defaultPrevented, false);
  assert.deepEqual(textos(), []);
});

test("with something written the page stays, and says where to sign in", () => {
  iniciarSesion();
  $("motivo").value = "el camión no salió";
  assert.equal(terminar("get").defaultPrevented, true);
  assert.deepEqual(textos(), [SIGUE]);
  document.querySelector(".aviso .btn").click();
  assert.deepEqual(abiertas, [["/entrar/?next=/lotes/", "_blank", "noopener"]]);
});

test("a list where another option was chosen counts as written; what a search says does not", () => {
  iniciarSesion();
  $("q").value = "yerba";
  assert.equal(terminar("get").defaultPrevented, false);
  $("cual").selectedIndex = 1;
  assert.equal(terminar("get").defaultPrevented, true);
});

test("a list without a mark begins with its first option; of several, none is marked", () => {
  iniciarSesion();
  $("guarda").insertAdjacentHTML(
    "beforeend",
    `<select id="sin_elegida"><option>a</option><option>b</option></select>
     <select id="varias" multiple><option>a</option></select>`,
  );
  assert.equal(terminar("get").defaultPrevented, false);
  $("sin_elegida").selectedIndex = 1;
  assert.equal(terminar("get").defaultPrevented, true);
  $("sin_elegida").selectedIndex = 0;
  assert.equal(terminar("get").defaultPrevented, false);
  $("varias").options[0].selected = true;
  assert.equal(terminar("get").defaultPrevented, true);
});

test("what was asked to be kept was not: that is said, once at a time", () => {
  iniciarSesion();
  terminar("post");
  terminar("post");
  assert.deepEqual(textos(), [NO_SE_GUARDO]);
  pedirEntrar("/entrar/");
  assert.deepEqual(textos(), [SIGUE]);
});

test("an answer that does not say where to sign in leads to this page", () => {
  iniciarSesion();
  terminar("post", 401, null);
  document.querySelector(".aviso .btn").click();
  assert.deepEqual(abiertas, [["https://mesa.example/", "_blank", "noopener"]]);
});

test("other refusals are no end of a session", () => {
  iniciarSesion();
  $("motivo").value = "x";
  for (const estado of [200, 403, 404, 429, 500, 0])
    assert.equal(terminar("post", estado).defaultPrevented, false, String(estado));
  assert.deepEqual(textos(), []);
});

test("a page that attends to it by itself is not told again", () => {
  iniciarSesion();
  document.addEventListener("sesion:terminada", (evento) => evento.preventDefault());
  assert.equal(terminar("post").defaultPrevented, true);
  assert.deepEqual(textos(), []);
});

test("somebody who attended to the answer first has the word", () => {
  iniciarSesion();
  $("q").addEventListener("htmx:beforeOnLoad", (evento) => evento.preventDefault());
  $("motivo").value = "x";
  terminar("get");
  assert.deepEqual(textos(), []);
});

// --- The token -----------------------------------------------------------------------------------------

test("a form and a request carry the token of the moment they are sent", () => {
  iniciarSesion();
  galletas("otra=1; __Host-csrf=nuevo%3D");
  $("guarda").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.equal($("token").value, "nuevo=");
  const headers = { "X-CSRFToken": "viejo" };
  suceder(document.body, "htmx:configRequest", { headers });
  assert.deepEqual(headers, { "X-CSRFToken": "nuevo=" });
});

test("without a cookie what there was stays; a form without the field, or none at all, is let be", () => {
  iniciarSesion();
  galletas("");
  const headers = { "X-CSRFToken": "viejo" };
  suceder(document.body, "htmx:configRequest", { headers });
  $("guarda").dispatchEvent(new Event("submit", { bubbles: true }));
  assert.deepEqual([headers["X-CSRFToken"], $("token").value], ["viejo", "viejo"]);
  galletas("__Host-csrf=nuevo");
  for (const lugar of [$("busca"), document.body])
    lugar.dispatchEvent(new Event("submit", { bubbles: true }));
  assert.equal($("token").value, "viejo");
});

// --- Signing out ---------------------------------------------------------------------------------------

const CLAVE = "cp:1:2:3:orders";
const LINEA = {
  articulo_id: 7,
  cantidad: 3,
  precio_unitario: "12500",
  gravada_10: "34091",
  iva_10: "3409",
};

function guardarPedidos(orders) {
  localStorage.setItem(CLAVE, comprimir(orders));
  localStorage.setItem("cp:1:2:3:cat:listas", "x");
  localStorage.setItem("cp:1:2:9:orders", "ajeno");
  localStorage.setItem("tema", "oscuro");
}

function pedirSalir() {
  iniciarSalida();
  const enviados = [];
  $("salir").submit = () => enviados.push("salir");
  const evento = new Event("submit", { bubbles: true, cancelable: true });
  $("salir").dispatchEvent(evento);
  return { evento, enviados };
}

test("with nothing unsent one signs out at once, and what was this person's goes", async () => {
  guardarPedidos({});
  const { evento } = pedirSalir();
  assert.equal(evento.defaultPrevented, false);
  await asentar();
  assert.equal(localStorage.getItem("cp:1:2:3:cat:listas"), null);
  assert.equal(localStorage.getItem("cp:1:2:9:orders"), "ajeno");
  assert.equal(localStorage.getItem("tema"), "oscuro");
});

test("with orders unsent the dialog says how many, and staying keeps everything", async () => {
  guardarPedidos({ 12: [LINEA], 13: [LINEA], 14: [] });
  const { evento, enviados } = pedirSalir();
  assert.equal(evento.defaultPrevented, true);
  assert.equal($("menu").open, false);
  assert.equal($("salida").open, true);
  assert.equal(
    document.querySelector("[data-salida-texto]").textContent,
    "2 pedidos con líneas están solo en este equipo: todavía no llegaron al servidor.",
  );
  $("salida").close("quedarse");
  await asentar();
  assert.deepEqual([enviados, localStorage.getItem(CLAVE) !== null], [[], true]);
});

test("Escape in the dialog is staying", () => {
  guardarPedidos({ 12: [LINEA] });
  const { enviados } = pedirSalir();
  $("salida").close();
  assert.deepEqual(enviados, []);
});

test("leaving they are kept, or erased, as was chosen; the form is sent once", async () => {
  for (const [eleccion, quedan] of [
    ["guardar", true],
    ["borrar", false],
  ]) {
    abrirPagina(CUERPO);
    document.body.dataset.usuario = "3";
    guardarPedidos({ 12: [LINEA] });
    const { enviados } = pedirSalir();
    $("salida").close(eleccion);
    await asentar();
    assert.deepEqual([enviados, localStorage.getItem(CLAVE) !== null], [["salir"], quedan]);
  }
});

test("what is written while the page goes is forgotten too", async () => {
  guardarPedidos({});
  pedirSalir();
  localStorage.setItem("cp:1:2:3:activo", "12");
  globalThis.caches = new Cajas();
  caches.respuestas.set("/catalogo-preparado/clientes", new Response());
  dispatchEvent(new Event("pagehide"));
  assert.equal(localStorage.getItem("cp:1:2:3:activo"), null);
  assert.equal(caches.respuestas.size, 0);
  globalThis.caches = undefined;
});

test("with nothing of theirs left their turns go too; a browser that refuses that still signs out", async () => {
  for (const falla of [null, new Error("refused")]) {
    abrirPagina(CUERPO);
    document.body.dataset.usuario = "3";
    const fabrica = new Fabrica();
    for (const clave of ["cp:1:2:3:", "cp:1:2:9:"]) fabrica.datos.set(clave, 7);
    fabrica.falla = falla;
    globalThis.indexedDB = fabrica;
    const cajas = Object.assign(new Cajas(), { falla });
    cajas.respuestas.set("/catalogo-preparado/clientes", new Response());
    globalThis.caches = cajas;
    const { evento } = pedirSalir();
    await asentar();
    assert.equal(evento.defaultPrevented, false);
    assert.equal(cajas.respuestas.size, falla ? 1 : 0);
    assert.deepEqual([...fabrica.datos.keys()], falla ? ["cp:1:2:3:", "cp:1:2:9:"] : ["cp:1:2:9:"]);
  }
  globalThis.indexedDB = undefined;
  globalThis.caches = undefined;
});

test("a page without the form, or without somebody who signed in, has nothing to prepare", () => {
  delete document.body.dataset.usuario;
  const { evento } = pedirSalir();
  assert.equal(evento.defaultPrevented, false);
  $("salir").remove();
  iniciarSalida();
  mock.reset();
});
