// The pages' entry modules: all their parts are started, by one import and no more.

import assert from "node:assert/strict";
import { test } from "node:test";

import { $, abrirPagina, asentar, cargar, contestar, suceder, teclear } from "../documento.js";

const PAGINA = `
  <nav class="navegacion"><a aria-current="page" href="#">x</a></nav>
  <p data-franja hidden></p><div id="avisos" data-cerrar="Cerrar"></div>
  <details id="menu" data-menu open><summary>m</summary><button id="oscuro" data-tema="oscuro">o</button>
    <form id="salir" data-salir></form></details>
  <main><input id="buscador" type="search"><form id="f" method="post">
    <input name="csrfmiddlewaretoken" id="token" value="viejo"></form>
    <p data-sondeo><b id="sondea"></b></p></main>
  <dialog id="salida"><p data-salida-texto></p></dialog><dialog id="atajos"></dialog>`;

test("every page: keys, menu, theme, session, polls, the line and toasts", async () => {
  const ventana = abrirPagina(PAGINA);
  Object.assign(document.body.dataset, { usuario: "3", csrf: "csrf" });
  Object.defineProperty(document, "cookie", { value: "csrf=nuevo", configurable: true });
  contestar(new Response("ok"));
  await cargar("js/pagina/base.js");

  assert.equal(ventana.vistos.length, 1);
  $("oscuro").click();
  assert.equal(localStorage.getItem("tema"), "oscuro");
  $("buscador").click();
  assert.equal($("menu").open, false);
  teclear(document.body, "/");
  assert.equal(document.activeElement.id, "buscador");
  $("buscador").blur();
  teclear(document.body, "?");
  assert.equal($("atajos").open, true);
  $("f").dispatchEvent(new Event("submit", { bubbles: true }));
  assert.equal($("token").value, "nuevo");
  suceder(document.body, "aviso", { texto: "Hola.", nivel: "info" });
  assert.equal(document.querySelector(".aviso-texto").textContent, "Hola.");
  document.querySelector(".btn-close").click();
  assert.equal(document.querySelector(".aviso"), null);
  suceder(document.body, "htmx:afterRequest", { xhr: { status: 0 } });
  assert.equal(document.querySelector("[data-franja]").hidden, true);
  Object.defineProperty(document, "hidden", { value: true });
  assert.equal(
    suceder($("sondea"), "htmx:beforeRequest", { elt: $("sondea") }).defaultPrevented,
    true,
  );
  const salida = new Event("submit", { bubbles: true, cancelable: true });
  $("salir").dispatchEvent(salida);
  assert.equal(salida.defaultPrevented, false);
});

test("a page for nobody in particular, without navigation or account, starts as well", async () => {
  abrirPagina('<p data-franja></p><div id="avisos"></div><main></main>');
  await cargar("js/pagina/base.js");
  teclear(document.body, "/");
  suceder(document.body, "htmx:afterSwap");
  await asentar();
  assert.equal(document.activeElement, document.body);
});

test("a page that lost its banner says which element that was", async () => {
  abrirPagina('<div id="avisos"></div>');
  await assert.rejects(cargar("js/pagina/base.js"), { message: "[data-franja] is not there" });
});

test("order entry is the component that its page names, started once", async () => {
  const parametros = { empresa: 1, sucursal: 2, usuario: 3 };
  abrirPagina(
    `<div class="mesa"></div>
    <script id="parametros" type="application/json">${JSON.stringify(parametros)}</script>`,
  );
  const { default: Alpine } = await import("../../../vendor/alpine-csp.js");
  const hechos = [];
  Alpine.data = (nombre, componente) => hechos.push([nombre, typeof componente]);
  Alpine.start = () => hechos.push(["start"]);
  await cargar("js/mesa/arranque.js");
  assert.deepEqual(hechos, [["mesa", "function"], ["start"]]);
  // What it will need to open without a server.
  const guardados = JSON.parse(localStorage.getItem("cp:1:2:3:parametros") ?? "{}");
  assert.deepEqual(guardados.parametros, parametros);
});
