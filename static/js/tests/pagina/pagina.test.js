// What every page does by itself: menus, the first field, polls that rest, theme and density.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { iniciarApariencia } from "../../pagina/apariencia.js";
import { cuidarFormularios } from "../../pagina/formularios.js";
import { enfocarPrimerCampo } from "../../pagina/primer_campo.js";
import { iniciarMenu } from "../../pagina/menu.js";
import { iniciarSondeo } from "../../pagina/sondeo.js";
import { iniciarTeclado } from "../../pagina/teclado.js";
import { $, abrirPagina, cargar, suceder, teclear } from "../documento.js";

const CUERPO = `
  <nav class="navegacion">
    <a id="enlace-p" data-tecla="p" href="#p">Pedidos</a>
    <a id="aca" aria-current="page" href="#l">Lotes</a>
  </nav>
  <details id="menu" data-menu open><summary id="resumen">Cuenta</summary>
    <button id="auto" data-tema="auto">a</button>
    <button id="claro" data-tema="claro">c</button>
    <button id="oscuro" data-tema="oscuro">o</button>
    <button id="comoda" data-densidad-opcion="comoda">k</button>
    <button id="compacta" data-densidad-opcion="compacta">m</button>
    <button id="ayuda" data-abrir-atajos>?</button>
  </details>
  <main><input id="buscador" type="search" value="yerba"><input id="otro" autofocus>
    <div id="editable" contenteditable="true"></div></main>
  <dialog id="atajos"></dialog>`;
const CABEZA = '<meta name="theme-color" content="" data-claro="#fff" data-oscuro="#171e26">';

let ventana;
beforeEach(() => (ventana = abrirPagina(CUERPO, { cabeza: CABEZA })));

// --- The menu --------------------------------------------------------------------------------------

test("where we are is brought in sight; a page without navigation has nothing to bring", () => {
  iniciarMenu();
  assert.deepEqual(
    ventana.vistos.map(({ id }) => id),
    ["aca"],
  );
  document.querySelector("nav").remove();
  iniciarMenu();
  assert.equal(ventana.vistos.length, 1);
});

test("a click elsewhere closes the menu, one in it does not", () => {
  iniciarMenu();
  $("claro").click();
  assert.equal($("menu").open, true);
  $("otro").click();
  assert.equal($("menu").open, false);
  $("menu").open = true;
  document.dispatchEvent(new Event("click"));
  assert.equal($("menu").open, false);
});

test("Escape in the menu closes it and leaves the focus on it; other keys and places do not", () => {
  iniciarMenu();
  teclear($("claro"), "a");
  teclear($("otro"), "Escape");
  teclear(document, "Escape");
  assert.equal($("menu").open, true);
  teclear($("claro"), "Escape");
  assert.deepEqual([$("menu").open, document.activeElement.id], [false, "resumen"]);
});

test("a menu without a summary closes as well", () => {
  iniciarMenu();
  $("resumen").remove();
  teclear($("claro"), "Escape");
  assert.equal($("menu").open, false);
});

// --- The first field ---------------------------------------------------------------------------------

test("the page's own first field is not focused again by what arrives", () => {
  enfocarPrimerCampo();
  assert.equal($("otro").hasAttribute("autofocus"), false);
  suceder(document.body, "htmx:afterSwap");
  assert.equal(document.activeElement, document.body);
});

test("a fragment's field is focused when it arrives, once", () => {
  enfocarPrimerCampo();
  document.querySelector("main").insertAdjacentHTML("beforeend", '<input id="nuevo" autofocus>');
  suceder(document.body, "htmx:afterSwap");
  assert.equal(document.activeElement.id, "nuevo");
  $("otro").focus();
  suceder(document.body, "htmx:afterSwap");
  assert.equal(document.activeElement.id, "otro");
});

test("whoever types elsewhere by now goes on there", () => {
  enfocarPrimerCampo();
  const main = document.querySelector("main");
  /** Ask from a field, go to another, and have the answer there. */
  const traer = (desde, luego) => {
    const xhr = {};
    $(desde).focus();
    suceder($(desde), "htmx:beforeSend", { xhr });
    luego();
    main.insertAdjacentHTML("beforeend", '<input class="nuevo" autofocus>');
    suceder(document.body, "htmx:afterSwap", { xhr });
    const enfocado = document.activeElement.className === "nuevo";
    document.querySelector(".nuevo").remove();
    return enfocado;
  };
  assert.equal(
    traer("otro", () => {}),
    true,
  );
  assert.equal(
    traer("otro", () => $("buscador").focus()),
    false,
  );
  assert.equal(
    traer("otro", () => $("otro").blur()),
    true,
  );
  // The answer drew the field again, and htmx its focus.
  const redibujar = () => {
    $("otro").outerHTML = '<input id="otro">';
    $("otro").focus();
  };
  assert.equal(traer("otro", redibujar), true);
});

// --- Forms on their way ----------------------------------------------------------------------------------

test("a form on its way is not written in, and is again once it was answered", () => {
  cuidarFormularios();
  document.querySelector("main").insertAdjacentHTML(
    "beforeend",
    `<form id="f"><textarea id="texto"></textarea><input id="fijo" readonly><input id="si" type="radio" name="r">
      <select id="lista"><option>a</option><option>b</option></select><button id="ir">Ir</button></form>
     <form id="celda" class="precio-celda"><input id="precio"></form>`,
  );
  const escribe = (id) => !$(id).readOnly;
  const elige = () => ($("si").click(), $("si").checked);
  const libre = () => {
    $("si").checked = false;
    return [escribe("texto"), elige(), !teclear($("lista"), "ArrowDown").defaultPrevented];
  };
  const mandar = (id, verb) =>
    suceder($(id), "htmx:beforeSend", { elt: $(id), requestConfig: { verb } });
  mandar("f", "get");
  assert.deepEqual(libre(), [true, true, true]);
  mandar("f", "post");
  assert.deepEqual(libre(), [false, false, false]);
  assert.deepEqual([$("f").getAttribute("aria-busy"), escribe("buscador")], ["true", true]);
  for (const [tecla, mas] of [["Tab"], ["F5"], ["r", { ctrlKey: true }]])
    assert.equal(teclear($("lista"), tecla, mas).defaultPrevented, false);
  suceder($("f"), "htmx:afterRequest", { elt: $("f") });
  assert.deepEqual([libre(), escribe("fijo")], [[true, true, true], false]);
  mandar("celda", "post");
  assert.equal(escribe("precio"), true);
});

// --- Polls ---------------------------------------------------------------------------------------------

test("a poll of a hidden page is not sent; another request is, and every one of a page in sight", () => {
  iniciarSondeo();
  document.body.insertAdjacentHTML("beforeend", '<p data-sondeo><b id="sondea"></b></p>');
  let oculta = true;
  Object.defineProperty(document, "hidden", { get: () => oculta, configurable: true });
  const pedir = (id) => suceder($(id), "htmx:beforeRequest", { elt: $(id) }).defaultPrevented;
  assert.deepEqual([pedir("sondea"), pedir("otro")], [true, false]);
  oculta = false;
  assert.equal(pedir("sondea"), false);
});

// --- Theme and density -----------------------------------------------------------------------------------

const apretados = () =>
  [...document.querySelectorAll('[aria-pressed="true"]')].map(({ id }) => id).join(" ");

test("the switches show what was chosen before, or what a page has without choosing", () => {
  iniciarApariencia();
  assert.equal(apretados(), "auto comoda");
  localStorage.setItem("tema", "oscuro");
  localStorage.setItem("densidad", "compacta");
  iniciarApariencia();
  assert.equal(apretados(), "oscuro compacta");
});

test("a choice is kept and told; the usual one is kept by keeping none", () => {
  iniciarApariencia();
  let dichos = 0;
  document.addEventListener("apariencia", () => (dichos += 1));
  $("claro").click();
  $("compacta").click();
  assert.deepEqual(
    [localStorage.getItem("tema"), localStorage.getItem("densidad"), apretados(), dichos],
    ["claro", "compacta", "claro compacta", 2],
  );
  $("auto").click();
  assert.deepEqual([localStorage.getItem("tema"), apretados()], [null, "auto compacta"]);
});

test("without storage, or without room in it, the switches do not throw", () => {
  const negar = () => {
    throw new DOMException("denied", "SecurityError");
  };
  globalThis.localStorage = { getItem: negar, setItem: negar, removeItem: negar };
  iniciarApariencia();
  $("claro").click();
  $("auto").click();
  assert.equal(apretados(), "auto comoda");
});

async function pintarTema({ sistemaOscuro = false } = {}) {
  const oyentes = [];
  globalThis.matchMedia = (consulta) => {
    assert.equal(consulta, "(prefers-color-scheme: dark)");
    return { matches: sistemaOscuro, addEventListener: (_tipo, oyente) => oyentes.push(oyente) };
  };
  globalThis.window.matchMedia = globalThis.matchMedia;
  await cargar("js/pagina/tema.js");
  return oyentes;
}

const aspecto = () => {
  const { bsTheme, densidad } = document.documentElement.dataset;
  return [bsTheme, densidad, document.querySelector("meta").content];
};

test("before the first paint: the system's theme, or the one that was chosen", async () => {
  await pintarTema();
  assert.deepEqual(aspecto(), ["light", "comoda", "#fff"]);
  await pintarTema({ sistemaOscuro: true });
  assert.deepEqual(aspecto(), ["dark", "comoda", "#171e26"]);
  localStorage.setItem("tema", "claro");
  localStorage.setItem("densidad", "compacta");
  await pintarTema({ sistemaOscuro: true });
  assert.deepEqual(aspecto(), ["light", "compacta", "#fff"]);
  localStorage.setItem("tema", "oscuro");
  await pintarTema();
  assert.deepEqual(aspecto(), ["dark", "compacta", "#171e26"]);
});

test("what another tab chose, or the menu, is painted at once", async () => {
  const [sistema] = await pintarTema();
  localStorage.setItem("tema", "oscuro");
  window.dispatchEvent(new Event("storage"));
  assert.equal(aspecto()[0], "dark");
  localStorage.setItem("tema", "claro");
  document.dispatchEvent(new Event("apariencia"));
  assert.equal(aspecto()[0], "light");
  localStorage.removeItem("tema");
  sistema();
  assert.equal(aspecto()[0], "light");
});

test("a value of storage that is no theme is the system's; a page without the meta is painted too", async () => {
  localStorage.setItem("tema", "<b>");
  localStorage.setItem("densidad", "{}");
  document.querySelector("meta").remove();
  await pintarTema({ sistemaOscuro: true });
  const { bsTheme, densidad } = document.documentElement.dataset;
  assert.deepEqual([bsTheme, densidad], ["dark", "comoda"]);
});

test("storage switched off: the system's theme", async () => {
  globalThis.localStorage = {
    getItem() {
      throw new DOMException("denied", "SecurityError");
    },
  };
  await pintarTema();
  assert.equal(aspecto()[0], "light");
});

// --- Keys of every page ------------------------------------------------------------------------------------

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("? opens the list of keys and closes the menu; the page's own list goes first", () => {
  iniciarTeclado();
  assert.equal(teclear(document.body, "?").defaultPrevented, true);
  assert.deepEqual([$("atajos").open, $("menu").open], [true, false]);
  $("atajos").close();
  document.body.insertAdjacentHTML("beforeend", '<dialog id="dialogo_ayuda"></dialog>');
  $("ayuda").click();
  assert.deepEqual([$("dialogo_ayuda").open, $("atajos").open], [true, false]);
});

test("while a dialog is open, keys are its own", () => {
  iniciarTeclado();
  $("atajos").showModal();
  assert.equal(teclear(document.body, "/").defaultPrevented, false);
  assert.notEqual(document.activeElement.id, "buscador");
});

test("/ goes to the search with its text selected; on a page without one it is nobody's", () => {
  iniciarTeclado();
  assert.equal(teclear(document.body, "/").defaultPrevented, true);
  const { id, selectionStart, selectionEnd } = document.activeElement;
  assert.deepEqual([id, selectionStart, selectionEnd], ["buscador", 0, 5]);
  $("buscador").remove();
  assert.equal(teclear(document.body, "/").defaultPrevented, false);
});

test("in a field, or where text is edited, keys are letters", () => {
  iniciarTeclado();
  for (const id of ["otro", "editable"]) {
    assert.equal(teclear($(id), "?").defaultPrevented, false, id);
    assert.equal(teclear($(id), "/").defaultPrevented, false, id);
  }
  assert.equal($("atajos").open, false);
});

test("g and a letter go to a page; g and any other thing do not", () => {
  iniciarTeclado();
  let idas = 0;
  $("enlace-p").addEventListener("click", (evento) => {
    evento.preventDefault();
    idas += 1;
  });
  teclear(document.body, "g");
  assert.equal(teclear(document.body, "p").defaultPrevented, true);
  assert.equal(idas, 1);
  for (const segunda of ["q", "P", "Enter", "1", "п"]) {
    teclear(document.body, "g");
    assert.equal(teclear(document.body, segunda).defaultPrevented, false, segunda);
  }
  assert.equal(idas, 1);
});

test("the second key comes in time or is no second key; pressed twice it goes once", () => {
  iniciarTeclado();
  let idas = 0;
  $("enlace-p").addEventListener("click", () => (idas += 1));
  teclear(document.body, "g");
  mock.timers.tick(1_200);
  teclear(document.body, "p");
  assert.equal(idas, 0);
  teclear(document.body, "g");
  teclear(document.body, "p");
  teclear(document.body, "p");
  assert.equal(idas, 1);
});

test("the letter decides, not where the keyboard has it", () => {
  iniciarTeclado();
  assert.equal(
    teclear(document.body, "?", { code: "Minus", shiftKey: true }).defaultPrevented,
    true,
  );
  $("atajos").close();
  // The key that has the slash on a Spanish keyboard, and does not write one here.
  assert.equal(teclear(document.body, "-", { code: "Slash" }).defaultPrevented, false);
});

test("a key that somebody else took, or that happened on the document, breaks nothing", () => {
  iniciarTeclado();
  $("menu").addEventListener("keydown", (evento) => evento.preventDefault());
  teclear($("claro"), "?");
  assert.equal($("atajos").open, false);
  teclear(document, "?");
  assert.equal($("atajos").open, true);
});
