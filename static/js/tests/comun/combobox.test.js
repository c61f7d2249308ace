// The pickers: a list that comes when it comes, and keys that do not wait for it.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import fc from "fast-check";

import { Combobox } from "../../comun/combobox.js";
import {
  $,
  abrirPagina,
  asentar,
  escribir,
  pedirConHtmx,
  suceder,
  teclear,
  traerConHtmx,
} from "../documento.js";

const FRUTAS = ["anana", "banana", "manzana"];

const fila = (nombre) =>
  `<li role="option" id="op-${nombre}" data-nombre="${nombre}"><b>${nombre}</b></li>`;
const lista = (q, filas) =>
  `<div id="lista" data-q="${q}" hidden><ul role="listbox">${filas.map(fila).join("")}</ul></div>`;

/** What a list made here does to the page: its root stays. */
function poner(q, filas = FRUTAS) {
  $("lista").dataset.q = q;
  $("lista").innerHTML = `<ul role="listbox">${filas.map(fila).join("")}</ul>`;
}

function montar(mas = {}) {
  abrirPagina(`
    <div id="marco"><input id="entrada">${lista("", [])}</div>
    <input id="otro">`);
  const todo = { elegidos: [], buscados: [] };
  todo.combo = new Combobox({
    entrada: $("entrada"),
    raiz: "lista",
    buscar: async (q) => {
      todo.buscados.push(q);
      return null;
    },
    elegir: ({ nombre }) => todo.elegidos.push(nombre),
    ...mas,
  });
  $("entrada").focus();
  return todo;
}

/** One with a catalogue of its own. */
const montarConCatalogo = (mas) => montar({ buscar: async (q) => () => poner(q), ...mas });

/** htmx asks the server what is written; null if somebody prevents it. */
const pedir = () => pedirConHtmx($("entrada"));

/** What htmx does with an answer; gives back whether the list was replaced. */
function llegar(xhr, q, filas = FRUTAS, { shouldSwap = true, html = lista(q, filas) } = {}) {
  return traerConHtmx($("entrada"), xhr, $("lista"), html, shouldSwap);
}

/** The server answers what is written. */
const responder = (q, filas) => llegar(pedir(), q, filas);

const marcada = () => document.querySelector('[aria-selected="true"]')?.dataset.nombre ?? "";
const nombres = () => [...document.querySelectorAll("[role=option]")].map((o) => o.dataset.nombre);

let todo;
beforeEach(() => (todo = montar()));

test("a list opens when it answers what is written, its first option marked", () => {
  escribir($("entrada"), "an");
  responder("an");
  assert.equal($("lista").hidden, false);
  assert.equal($("entrada").getAttribute("aria-expanded"), "true");
  assert.equal($("entrada").getAttribute("aria-activedescendant"), "op-anana");
  assert.equal(marcada(), "anana");
});

test("an answer to what was written before is not shown", async () => {
  escribir($("entrada"), "an");
  const antes = pedir();
  escribir($("entrada"), "ban");
  assert.equal(llegar(antes, "an"), false);
  await asentar();
  assert.deepEqual([$("lista").hidden, nombres()], [true, []]);
  assert.equal($("entrada").getAttribute("aria-expanded"), "false");
});

test("a list that arrives when the focus is elsewhere stays closed", () => {
  escribir($("entrada"), "an");
  $("otro").focus();
  responder("an");
  assert.equal($("lista").hidden, true);
  $("entrada").focus();
  assert.equal($("lista").hidden, false);
});

test("what is only near is not taken by an Enter, however quick: the arrows choose it first", async () => {
  todo = montarConCatalogo({
    buscar: async (q) => () => {
      poner(q);
      $("lista").toggleAttribute("data-cercanas", q === "anama");
    },
  });
  escribir($("entrada"), "anama");
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual([$("lista").hidden, marcada(), todo.elegidos], [false, "", []]);
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual([$("lista").hidden, marcada(), todo.elegidos], [false, "", []]);
  teclear($("entrada"), "ArrowUp");
  assert.equal(marcada(), "manzana");
  teclear($("entrada"), "ArrowDown");
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["anana"]);
  escribir($("entrada"), "an");
  await asentar();
  assert.equal(marcada(), "anana");
});

test("the arrows choose: neither the Enter of before nor what it waits for changes that", async () => {
  let saber;
  todo = montarConCatalogo({
    buscar: async (q) => () => {
      poner(q);
      $("lista").toggleAttribute("data-cercanas", true);
    },
    rapido: () => new Promise((seguir) => (saber = seguir)),
  });
  escribir($("entrada"), "anama");
  await asentar();
  teclear($("entrada"), "Enter");
  teclear($("entrada"), "ArrowDown");
  saber(null);
  await asentar();
  assert.equal(marcada(), "anana");
  // The server's answer is not what that Enter takes either.
  llegar(pedir(), "anama", ["anana", "mandarina"]);
  assert.deepEqual([marcada(), todo.elegidos], ["anana", []]);
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("of what the server finds near nothing is chosen either", () => {
  escribir($("entrada"), "anama");
  const cerca = lista("anama", FRUTAS).replace("data-q", "data-cercanas data-q");
  llegar(pedir(), "anama", FRUTAS, { html: cerca });
  assert.deepEqual([$("lista").hidden, marcada()], [false, ""]);
  teclear($("entrada"), "ArrowDown");
  assert.equal(marcada(), "anana");
});

test("a failed request opens nothing", () => {
  escribir($("entrada"), "an");
  assert.equal(llegar(pedir(), "an", FRUTAS, { shouldSwap: false }), false);
  assert.equal($("lista").hidden, true);
});

test("arrows go round the options, and are the field's own while it is closed", () => {
  escribir($("entrada"), "an");
  assert.equal(teclear($("entrada"), "ArrowDown").defaultPrevented, false);
  responder("an");
  const pasos = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"].map((key) => {
    assert.equal(teclear($("entrada"), key).defaultPrevented, true);
    return marcada();
  });
  assert.deepEqual(pasos, ["banana", "manzana", "anana", "manzana"]);
});

test("Enter takes the marked option, once", () => {
  escribir($("entrada"), "an");
  responder("an");
  teclear($("entrada"), "ArrowDown");
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["banana"]);
  assert.equal($("lista").hidden, true);
  assert.equal($("entrada").hasAttribute("aria-activedescendant"), false);
});

test("Enter before the list is there waits for it, and two Enters choose once", async () => {
  escribir($("entrada"), "an");
  teclear($("entrada"), "Enter");
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual(todo.elegidos, []);
  responder("an");
  assert.deepEqual(todo.elegidos, ["anana"]);
});

/** A field that what is taken sends the focus to, and what its Enters found in it. */
function montarConCantidad(mas = {}) {
  const perdidas = [];
  const cantidades = [];
  todo = montar({
    elegir: ({ nombre }) => {
      todo.elegidos.push(nombre);
      $("entrada").value = "";
      $("otro").value = "1";
      $("otro").select();
      $("otro").focus();
    },
    alPerder: (q, teclas) => perdidas.push([q, teclas.join("")]),
    ...mas,
  });
  $("otro").addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    cantidades.push($("otro").value);
    $("entrada").focus();
  });
  return { perdidas, cantidades };
}

/** Type as hands do, each key where the focus is. */
function escribirTeclas(teclas) {
  for (const key of teclas) {
    const campo = document.activeElement;
    if (teclear(campo, key).defaultPrevented || key.length > 1) continue;
    campo.setRangeText(key, campo.selectionStart, campo.selectionEnd, "end");
    campo.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

test("keys after an Enter that waits fall where they would have, had the answer been there", async () => {
  const { cantidades, perdidas } = montarConCantidad();
  // A quantity, and another line of it, rubbed out in part.
  escribirTeclas(["a", "n", "Enter", "2", "9", "Backspace", "4", "Enter", "b", "a", "n"]);
  await asentar();
  assert.deepEqual([todo.elegidos, $("entrada").value], [[], "an"]);
  responder("an");
  assert.deepEqual([todo.elegidos, cantidades, $("entrada").value], [["anana"], ["24"], "ban"]);
  // The second one's Enter waits as the first did.
  escribirTeclas(["Enter", "7", "Enter"]);
  responder("ban", ["banana"]);
  await asentar();
  assert.deepEqual(
    [todo.elegidos, cantidades],
    [
      ["anana", "banana"],
      ["24", "7"],
    ],
  );
  assert.deepEqual(perdidas, []);
});

test("so does what is written for it from elsewhere, one after the other", async () => {
  const { cantidades } = montarConCantidad();
  todo.combo.escribir("an", { enter: true });
  todo.combo.escribir("3", { enter: true });
  todo.combo.escribir("ban");
  responder("an");
  assert.deepEqual([todo.elegidos, cantidades, $("entrada").value], [["anana"], ["3"], "ban"]);
});

test("when that Enter takes nothing the keys after it are told of, and fall nowhere", async () => {
  const { cantidades, perdidas } = montarConCantidad();
  const adelantar = () => escribirTeclas(["Enter", "5", "Enter"]);
  escribir($("entrada"), "zz");
  adelantar();
  responder("zz", []);
  assert.deepEqual([$("entrada").value, perdidas], ["zz", [["zz", "5Enter"]]]);
  for (const soltar of [
    () => teclear($("entrada"), "Escape"),
    () => $("otro").focus(),
    () => escribir($("entrada"), "otra cosa"),
  ]) {
    $("entrada").focus();
    escribir($("entrada"), "ana");
    adelantar();
    soltar();
  }
  assert.deepEqual(
    perdidas.map(([, teclas]) => teclas),
    Array.from({ length: 4 }, () => "5Enter"),
  );
  assert.deepEqual([todo.elegidos, cantidades], [[], []]);
});

test("rubbing out at once corrects what is seen", async () => {
  const { cantidades, perdidas } = montarConCantidad();
  escribirTeclas(["a", "n", "Enter"]);
  assert.equal(teclear($("entrada"), "Backspace").defaultPrevented, false);
  escribir($("entrada"), "a");
  escribirTeclas(["n", "a", "Enter"]);
  responder("ana");
  assert.deepEqual([todo.elegidos, cantidades, perdidas], [["anana"], [], []]);
});

test("a server that failed brings nothing: the field is written in, and an Enter asks again", async () => {
  const { perdidas } = montarConCantidad();
  escribirTeclas(["a", "n", "Enter", "5"]);
  suceder($("entrada"), "htmx:responseError", {});
  await asentar();
  assert.deepEqual(perdidas, [["an", ["5"].join("")]]);
  escribirTeclas(["a", "Enter"]);
  assert.equal($("entrada").value, "ana");
  suceder($("entrada"), "htmx:timeout", {});
  await asentar();
  const antes = window.htmx.hechos.length;
  escribirTeclas(["Enter"]);
  assert.equal(window.htmx.hechos.length, antes + 1);
  responder("ana");
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("nothing here, said at once: the Enter goes on waiting for the server alone", async () => {
  const { perdidas, cantidades } = montarConCantidad({ buscar: async (q) => () => poner(q, []) });
  escribirTeclas(["z", "z", "Enter", "1", "2", "Enter"]);
  await asentar();
  assert.deepEqual(perdidas, [["zz", "12Enter"]]);
  responder("zz", ["manzana"]);
  assert.deepEqual([todo.elegidos, cantidades], [["manzana"], []]);
});

test("an impatient second Enter is nothing to tell; where nobody is told no key is kept", async () => {
  const { perdidas } = montarConCantidad();
  escribirTeclas(["z", "z", "Enter", "Enter"]);
  responder("zz", []);
  assert.deepEqual(perdidas, []);
  montarConCantidad({ alPerder: undefined });
  escribirTeclas(["a", "n", "Enter", "a"]);
  assert.equal($("entrada").value, "ana");
});

test("a text that code wrote is asked for by its Enter, and the server with it", async () => {
  const { cantidades } = montarConCantidad();
  $("entrada").value = "an";
  window.htmx.trigger = (campo) => suceder(campo, "htmx:beforeRequest", { xhr: (pedido = {}) });
  let pedido = null;
  escribirTeclas(["Enter", "3", "Enter"]);
  llegar(pedido, "an");
  assert.deepEqual([todo.elegidos, cantidades], [["anana"], ["3"]]);
});

test("what is taken but refused leaves the keys after it nowhere to go", async () => {
  const { perdidas } = montarConCantidad({ elegir: () => {} });
  escribirTeclas(["a", "n", "Enter", "5", "Enter"]);
  responder("an");
  assert.deepEqual([$("entrada").value, perdidas], ["an", [["an", "5Enter"]]]);
});

test("nobody is waited for longer than the server may take: the field is written in again", async () => {
  montarConCantidad();
  escribirTeclas(["a", "n", "Enter"]);
  const ya = performance.now();
  const reloj = mock.method(performance, "now", () => ya + 5_001);
  escribirTeclas(["a"]);
  assert.equal($("entrada").value, "ana");
  reloj.mock.restore();
});

test("what is written after an Enter that waits gives it up", async () => {
  escribir($("entrada"), "an");
  teclear($("entrada"), "Enter");
  await asentar();
  escribir($("entrada"), "ana");
  responder("ana");
  assert.deepEqual(todo.elegidos, []);
  assert.equal($("lista").hidden, false);
});

test("Enter on a list without options, or with nothing written, does nothing", async () => {
  teclear($("entrada"), "Enter");
  escribir($("entrada"), "zz");
  responder("zz", []);
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual(todo.elegidos, []);
  assert.equal($("entrada").getAttribute("aria-expanded"), "false");
});

test("Escape closes the list, the next one empties the field", () => {
  escribir($("entrada"), "an");
  responder("an");
  let fuera = 0;
  document.body.addEventListener("keydown", () => (fuera += 1));
  teclear($("entrada"), "Escape");
  assert.deepEqual([$("lista").hidden, $("entrada").value, fuera], [true, "an", 0]);
  teclear($("entrada"), "Escape");
  assert.deepEqual([$("entrada").value, fuera], ["", 1]);
});

test("keys with Ctrl, Alt or Cmd, or of an unfinished composition, are not the picker's", () => {
  escribir($("entrada"), "an");
  responder("an");
  for (const mas of [
    { ctrlKey: true },
    { altKey: true },
    { metaKey: true },
    { isComposing: true },
  ]) {
    const evento = new KeyboardEvent("keydown", { key: "Enter", cancelable: true, ...mas });
    for (const [nombre, value] of Object.entries(mas))
      Object.defineProperty(evento, nombre, { value });
    $("entrada").dispatchEvent(evento);
    assert.equal(evento.defaultPrevented, false, JSON.stringify(mas));
  }
  assert.deepEqual(todo.elegidos, []);
});

test("the key decides, wherever a keyboard has it; a key without a name does nothing", () => {
  escribir($("entrada"), "an");
  responder("an");
  teclear($("entrada"), "ArrowDown", { code: "Numpad2" });
  assert.equal(marcada(), "banana");
  for (const key of ["Unidentified", "Dead", "Process"])
    assert.equal(teclear($("entrada"), key, { code: "Enter" }).defaultPrevented, false, key);
  // Browsers that fill a form in send keys that are none.
  $("entrada").dispatchEvent(Object.assign(new Event("keydown"), { key: undefined }));
  assert.deepEqual(todo.elegidos, []);
});

test("a click takes an option, also on what is drawn in it, and the field keeps the focus", () => {
  escribir($("entrada"), "an");
  responder("an");
  const pulsado = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  document.querySelector("#op-manzana b").dispatchEvent(pulsado);
  assert.equal(pulsado.defaultPrevented, true);
  document.querySelector("#op-manzana b").click();
  assert.deepEqual(todo.elegidos, ["manzana"]);
  $("lista").click();
  $("marco").click();
  assert.deepEqual(todo.elegidos, ["manzana"]);
});

test("on time-outs and refusals what is written is answered here, unless it is", async () => {
  for (const nombre of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    escribir($("entrada"), nombre.slice(5, 8));
    await asentar();
    todo.buscados.length = 0;
    const evento = suceder($("entrada"), nombre, { xhr: { status: 429 } });
    assert.equal(evento.defaultPrevented, true);
    assert.deepEqual(todo.buscados, [nombre.slice(5, 8)]);
  }
  responder("res");
  suceder($("entrada"), "htmx:sendError");
  escribir($("entrada"), "");
  suceder($("entrada"), "htmx:sendError");
  await asentar();
  assert.equal(todo.buscados.length, 1);
});

test("an Enter that waits is served by the list made here, long before the server's", async () => {
  todo = montarConCatalogo();
  escribir($("entrada"), "man");
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, []);
  await asentar();
  assert.deepEqual([todo.elegidos, pedir()], [["anana"], null]);
});

test("a quick way serves the text before any list; one that finds nothing leaves it waiting", async () => {
  const rapidos = [];
  todo = montar({
    rapido: async (q) => (rapidos.push(q), q === "1043" ? { nombre: "anana" } : null),
  });
  escribir($("entrada"), "1043");
  const xhr = pedir();
  teclear($("entrada"), "Enter");
  await asentar();
  assert.equal(llegar(xhr, "1043"), false);
  assert.deepEqual([rapidos, todo.elegidos], [["1043"], ["anana"]]);
  escribir($("entrada"), "yer");
  teclear($("entrada"), "Enter");
  await asentar();
  responder("yer", ["banana"]);
  assert.deepEqual(
    [rapidos, todo.elegidos],
    [
      ["1043", "yer"],
      ["anana", "banana"],
    ],
  );
});

test("a quick way that comes after the list took it takes nothing more", async () => {
  let hallar;
  todo = montar({ rapido: () => new Promise((seguir) => (hallar = seguir)) });
  escribir($("entrada"), "1043");
  teclear($("entrada"), "Enter");
  responder("1043");
  hallar({ nombre: "otra" });
  await asentar();
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("a text that is taken at its Enter leaves the field free for the next", () => {
  const tomados = [];
  todo = montar({ tomarTexto: (q) => tomados.push(q) > 0 });
  for (const codigo of ["7840001000018", "7840001000025"]) {
    escribir($("entrada"), codigo);
    teclear($("entrada"), "Enter");
    assert.equal($("entrada").value, "");
  }
  assert.deepEqual(tomados, ["7840001000018", "7840001000025"]);
});

test("a Tab ends what a scanner read, and leads on after anything else", () => {
  const tomados = [];
  todo = montar({
    tomarTexto: (q) => tomados.push(q) > 0,
    porTabulador: (q) => /^\d{13}$/.test(q),
  });
  for (const codigo of ["7840001000018", "7840001000025"]) {
    escribir($("entrada"), codigo);
    assert.equal(teclear($("entrada"), "Tab").defaultPrevented, true);
    assert.equal($("entrada").value, "");
  }
  assert.deepEqual(tomados, ["7840001000018", "7840001000025"]);
  escribir($("entrada"), "yer");
  assert.equal(teclear($("entrada"), "Tab").defaultPrevented, false);
  escribir($("entrada"), "7840001000018");
  assert.equal(teclear($("entrada"), "Tab", { shiftKey: true }).defaultPrevented, false);
  assert.equal(tomados.length, 2);
});

test("a list answers what of the text is searched", () => {
  todo = montar({ pregunta: (q) => q.replace(/^\d+\*/, "") });
  escribir($("entrada"), "12*an");
  responder("an");
  assert.equal($("lista").hidden, false);
});

test("text is written from outside as if typed here", async () => {
  todo.combo.escribir("an", { enter: true });
  responder("an");
  await asentar();
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("a page without the list says which element it misses", () => {
  $("lista").remove();
  assert.throws(() => todo.combo.cerrar(), { message: "#lista is not there" });
});

// --- Whose answer the list is -----------------------------------------------------------------------------

test("the same text again: its Enter is neither lost nor served by the list of before", async () => {
  let caja = ["anana"];
  todo = montar();
  for (const vez of [1, 2]) {
    escribir($("entrada"), "an");
    const xhr = pedir();
    teclear($("entrada"), "Enter");
    await asentar();
    assert.equal(todo.elegidos.length, vez - 1);
    llegar(xhr, "an", caja);
    todo.combo.limpiar();
    caja = ["banana"];
  }
  assert.deepEqual(todo.elegidos, ["anana", "banana"]);
});

test("of a list that was taken or emptied nothing is taken, clicked or shown again", () => {
  escribir($("entrada"), "an");
  responder("an");
  const vieja = document.querySelector("#op-manzana b");
  teclear($("entrada"), "Enter");
  vieja.click();
  $("otro").focus();
  $("entrada").focus();
  assert.deepEqual([todo.elegidos, $("lista").hidden], [["anana"], true]);
});

test("for another client what is written is asked again, and its Enter goes on waiting", async () => {
  const trajes = [];
  let cliente = "12";
  todo = montar({
    para: () => cliente,
    buscar: () => new Promise((seguir) => trajes.push(seguir)),
  });
  escribir($("entrada"), "an");
  const xhr = pedir();
  teclear($("entrada"), "Enter");
  cliente = "13";
  todo.combo.revisar();
  todo.combo.revisar();
  assert.deepEqual(window.htmx.hechos, [["buscar", "entrada"]]);
  // What was asked for the former one comes late, from here and from there.
  trajes[0](() => poner("an", ["de 12"]));
  await asentar();
  assert.equal(llegar(xhr, "an", ["de 12"]), false);
  assert.deepEqual(todo.elegidos, []);
  trajes[1](() => poner("an", ["de 13"]));
  await asentar();
  assert.deepEqual(todo.elegidos, ["de 13"]);
});

test("an open list is asked again when whom it is for changes; elsewhere, on coming back", async () => {
  let cliente = "12";
  todo = montar({ para: () => cliente, buscar: async (q) => () => poner(q, [`de ${cliente}`]) });
  escribir($("entrada"), "an");
  await asentar();
  $("otro").focus();
  cliente = "13";
  todo.combo.revisar();
  await asentar();
  assert.deepEqual([nombres(), $("lista").hidden], [["de 12"], true]);
  $("entrada").focus();
  await asentar();
  assert.deepEqual([nombres(), $("lista").hidden], [["de 13"], false]);
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["de 13"]);
  // Nobody waits for an answer any more.
  cliente = "14";
  todo.combo.revisar();
  await asentar();
  assert.deepEqual(nombres(), ["de 13"]);
});

test("a text that nobody wrote here has its Enter asked for", async () => {
  todo = montarConCatalogo();
  $("entrada").value = "Yerba mate";
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual([window.htmx.hechos, todo.elegidos], [[["buscar", "entrada"]], ["anana"]]);
});

test("after Escape an answer opens nothing; Enter brings the list back, and takes of what is seen", async () => {
  escribir($("entrada"), "an");
  responder("an");
  teclear($("entrada"), "Escape");
  assert.equal(responder("an", ["banana"]), true);
  assert.equal($("lista").hidden, true);
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual([todo.elegidos, $("lista").hidden, marcada()], [[], false, "banana"]);
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["banana"]);
});

test("whoever leaves the field waits for nothing; a window that goes and comes back is not leaving", async () => {
  escribir($("entrada"), "an");
  const xhr = pedir();
  teclear($("entrada"), "Enter");
  $("otro").focus();
  llegar(xhr, "an");
  $("entrada").focus();
  assert.deepEqual([todo.elegidos, $("lista").hidden], [[], false]);
  escribir($("entrada"), "ana");
  teclear($("entrada"), "Enter");
  $("entrada").dispatchEvent(new Event("blur"));
  responder("ana");
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("a list of before stays in sight while the next one is made, and nothing is taken of it", async () => {
  const listas = [];
  todo = montar({ buscar: () => new Promise((seguir) => listas.push(seguir)) });
  escribir($("entrada"), "an");
  listas[0](() => poner("an"));
  await asentar();
  escribir($("entrada"), "ana");
  assert.equal($("lista").hidden, false);
  document.querySelector("#op-manzana b").click();
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual(todo.elegidos, []);
  listas[1](() => poner("ana", ["otra"]));
  await asentar();
  assert.deepEqual(todo.elegidos, ["otra"]);
});

test("only the last question paints, in whatever order the answers come", async () => {
  const listas = new Map();
  todo = montar({ buscar: (q) => new Promise((seguir) => listas.set(q, seguir)) });
  for (const q of ["a", "an", "ana"]) escribir($("entrada"), q);
  for (const q of ["ana", "a", "an"]) {
    listas.get(q)(() => poner(q, [q]));
    await asentar();
  }
  assert.deepEqual([nombres(), $("lista").hidden], [["ana"], false]);
});

test("the same text written over again brings back the list that answers it", async () => {
  todo = montarConCatalogo();
  escribir($("entrada"), "an");
  await asentar();
  const una = document.querySelector("[role=option]");
  escribir($("entrada"), "an ");
  teclear($("entrada"), "Escape");
  escribir($("entrada"), "an");
  assert.deepEqual([$("lista").hidden, document.querySelector("[role=option]")], [false, una]);
});

// --- The server confirms ----------------------------------------------------------------------------------

async function conLista(filas = FRUTAS) {
  todo = montar({ buscar: async (q) => () => poner(q, filas) });
  escribir($("entrada"), "an");
  await asentar();
}

test("a server that says the same touches nothing", async () => {
  await conLista();
  teclear($("entrada"), "ArrowDown");
  const antes = $("lista").innerHTML;
  const vigia = new MutationObserver(() => {});
  vigia.observe($("marco"), { subtree: true, childList: true, attributes: true });
  assert.equal(responder("an"), false);
  assert.deepEqual([vigia.takeRecords().length, $("lista").innerHTML], [0, antes]);
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, ["banana"]);
});

test("what a row says or carries makes it another; so does what stands under the list", async () => {
  const otras = [
    lista("an", FRUTAS).replace("<b>manzana</b>", "<b>Manzana roja</b>"),
    lista("an", FRUTAS).replace('data-nombre="manzana"', 'data-nombre="manzana" data-precio="9"'),
    lista("an", FRUTAS).replace('id="op-manzana"', 'id="op-9"'),
    lista("an", FRUTAS).replace("</ul>", "</ul><p>Hay más</p>"),
  ];
  for (const html of otras) {
    await conLista();
    assert.equal(llegar(pedir(), "an", [], { html }), true, html);
    assert.equal(marcada(), "anana");
  }
});

test("with other rows the one that is marked stays so, in its place of a list that does not move", async () => {
  for (const [traidas, quedan] of [
    [
      ["nueva", "anana", "banana"],
      ["nueva", "banana", "anana"],
    ],
    [
      ["banana", "anana", "manzana"],
      ["anana", "banana", "manzana"],
    ],
    [["banana"], ["banana"]],
  ]) {
    await conLista();
    teclear($("entrada"), "ArrowDown");
    document.querySelector("[role=listbox]").scrollTop = 40;
    assert.equal(responder("an", traidas), true);
    assert.deepEqual(
      [nombres(), marcada(), $("entrada").getAttribute("aria-activedescendant"), $("lista").hidden],
      [quedan, "banana", "op-banana", false],
    );
    assert.equal(document.querySelector("[role=listbox]").scrollTop, 40);
    teclear($("entrada"), "Enter");
    assert.deepEqual(todo.elegidos, ["banana"]);
  }
});

test("a marked row that the server does not have stays where it is: Enter takes what was seen", async () => {
  for (const [pasos, traidas, quedan] of [
    [0, ["nueva", "manzana"], ["anana", "nueva", "manzana"]],
    [2, ["nueva"], ["nueva", "manzana"]],
    [1, [], FRUTAS],
  ]) {
    await conLista();
    for (let i = 0; i < pasos; i += 1) teclear($("entrada"), "ArrowDown");
    const antes = marcada();
    responder("an", traidas);
    assert.deepEqual([nombres(), marcada()], [quedan, antes]);
    teclear($("entrada"), "Enter");
    assert.deepEqual(todo.elegidos, [antes]);
  }
});

test("where nothing was found here the server's list is what shows, and serves an Enter", async () => {
  await conLista([]);
  teclear($("entrada"), "Enter");
  await asentar();
  assert.deepEqual(todo.elegidos, []);
  assert.equal(responder("an"), true);
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("a server that finds nothing either ends the waiting", async () => {
  await conLista([]);
  teclear($("entrada"), "Enter");
  await asentar();
  responder("an", []);
  assert.equal(responder("an", ["banana"]), true);
  assert.deepEqual([todo.elegidos, marcada()], [[], "banana"]);
});

test("a server that is quicker than the list made here is not painted over", async () => {
  let traer;
  todo = montar({ buscar: () => new Promise((seguir) => (traer = seguir)) });
  escribir($("entrada"), "an");
  responder("an", ["banana"]);
  traer(() => poner("an"));
  await asentar();
  assert.deepEqual(nombres(), ["banana"]);
});

test("an answer for another part of the page, or without a list, changes nothing here", async () => {
  await conLista();
  const xhr = pedir();
  const detail = { xhr, target: $("otro"), shouldSwap: true, serverResponse: "" };
  suceder($("marco"), "htmx:beforeSwap", detail);
  suceder($("entrada"), "htmx:afterRequest", { xhr, successful: true });
  assert.deepEqual([detail.shouldSwap, nombres(), marcada()], [true, FRUTAS, "anana"]);
  const vacia = { xhr, target: $("lista"), shouldSwap: true, serverResponse: "<p>?</p>" };
  suceder($("lista"), "htmx:beforeSwap", vacia);
  assert.equal(vacia.shouldSwap, false);
});

// --- Any order --------------------------------------------------------------------------------------------

const TEXTOS = ["an", "ban", "zz", "", " an "];
// What this browser's catalogue has of a text, and what the server's; null: no catalogue yet.
const AQUI = { an: ["a", "b"], ban: null, zz: [] };
const ALLA = { an: ["b", "c"], ban: ["a"], zz: ["z"] };

/** A picker whose answers come when the test says, and what has to be true of what it takes. */
class Mundo {
  constructor() {
    this.cliente = "12";
    this.locales = [];
    this.pedidos = [];
    this.espera = null;
    this.tomadas = 0;
    const { combo } = montar({
      para: () => this.cliente,
      buscar: (q) => new Promise((seguir) => this.locales.push([seguir, q, this.cliente])),
      elegir: (datos) => this.tomar(datos),
    });
    this.combo = combo;
  }

  fila = (q, cliente, nombre) =>
    `<li role="option" id="${q}-${cliente}-${nombre}" data-q="${q}" data-cliente="${cliente}"></li>`;
  filas = (q, cliente, nombres) => nombres.map((n) => this.fila(q, cliente, n)).join("");
  texto = () => $("entrada").value.trim();

  tomar({ q, cliente }) {
    this.tomadas += 1;
    this.espera = null;
    assert.deepEqual([q, cliente], [this.texto(), this.cliente]);
  }

  escribir(texto) {
    this.espera = null;
    escribir($("entrada"), texto);
  }

  async teclear(tecla) {
    const [antes, vista] = [this.tomadas, this.aLaVista()];
    teclear($("entrada"), tecla);
    if (tecla === "Escape") this.espera = null;
    if (tecla !== "Enter" || this.texto() === "") return;
    if (vista) assert.equal(this.tomadas, antes + 1, "what was seen is taken");
    await asentar();
    // Neither taken nor shown to be taken: it waits.
    if (this.tomadas === antes && !this.aLaVista()) this.espera = this.texto();
  }

  /** The marked option, if one sees it and it answers what is written for this client. */
  aLaVista() {
    const opcion = document.querySelector('[aria-selected="true"]');
    if (!opcion || $("lista").hidden) return null;
    const { q, cliente } = opcion.dataset;
    return q === this.texto() && cliente === this.cliente ? opcion : null;
  }

  local(lugar) {
    const [dado] = this.locales.splice(lugar % (this.locales.length || 1), 1);
    if (!dado) return;
    const [seguir, q, cliente] = dado;
    if (AQUI[q] === null) return void seguir(null);
    seguir(() => {
      $("lista").innerHTML = `<ul role="listbox">${this.filas(q, cliente, AQUI[q])}</ul>`;
    });
  }

  pedir() {
    const xhr = pedir();
    if (xhr) this.pedidos.push([xhr, this.texto(), this.cliente]);
  }

  servidor(lugar) {
    const [dado] = this.pedidos.splice(lugar % (this.pedidos.length || 1), 1);
    if (!dado) return;
    const [xhr, q, cliente] = dado;
    const ul = `<ul role="listbox">${this.filas(q, cliente, ALLA[q])}</ul>`;
    const antes = this.aLaVista()?.id;
    llegar(xhr, q, [], { html: `<div id="lista" hidden>${ul}</div>` });
    if (antes && !this.espera) assert.equal(this.aLaVista()?.id, antes, "the marked row moved");
  }

  falla() {
    this.pedidos.length = 0;
    suceder($("entrada"), "htmx:sendError", {});
  }

  irse() {
    this.espera = null;
    $("otro").focus();
  }

  volver = () => $("entrada").focus();

  cambiar(cliente) {
    this.cliente = cliente;
    this.combo.revisar();
  }

  /** Everybody answers: an Enter that waits is served, if anybody has anything. */
  async acabar() {
    const [antes, esperaba] = [this.tomadas, this.espera];
    for (let i = 0; i < 9; i += 1) {
      this.local(0);
      await asentar();
    }
    if (esperaba && this.tomadas === antes) this.pedir();
    while (this.pedidos.length) this.servidor(this.pedidos.length - 1);
    await asentar();
    if (esperaba) assert.ok(this.tomadas > antes, `lost: ${esperaba}`);
  }
}

test("any keys and answers in any order: what is taken was seen and is asked, no Enter is lost", async () => {
  const lugar = fc.nat({ max: 3 });
  const con = (que, valor) => valor.map((v) => [que, v]);
  const gesto = fc.oneof(
    { weight: 4, arbitrary: con("escribir", fc.constantFrom(...TEXTOS)) },
    {
      weight: 6,
      arbitrary: con(
        "teclear",
        fc.constantFrom("Enter", "Enter", "ArrowDown", "ArrowUp", "Escape"),
      ),
    },
    { weight: 4, arbitrary: con("local", lugar) },
    { weight: 3, arbitrary: con("pedir", fc.constant(0)) },
    { weight: 3, arbitrary: con("servidor", lugar) },
    con("cambiar", fc.constantFrom("12", "13")),
    con("irse", fc.constant(0)),
    { weight: 2, arbitrary: con("volver", fc.constant(0)) },
    con("falla", fc.constant(0)),
  );
  let tomadas = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(gesto, { minLength: 5, maxLength: 30 }), async (gestos) => {
      const mundo = new Mundo();
      for (const [que, valor] of gestos) {
        if (["teclear", "escribir"].includes(que) && document.activeElement !== $("entrada"))
          mundo.volver();
        await mundo[que](valor);
        await asentar();
        assert.equal($("lista").hidden, !mundo.combo.abierto);
      }
      await mundo.acabar();
      tomadas += mundo.tomadas;
    }),
    { numRuns: Number(process.env.CORRIDAS ?? 150) },
  );
  assert.ok(tomadas > 0, "no sequence took anything");
});
