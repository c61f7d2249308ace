// The pickers: a list that comes when it comes, and keys that do not wait for it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import fc from "fast-check";

import { Combobox } from "../../comun/combobox.js";
import { $, abrirPagina, asentar, escribir, suceder, teclear } from "../documento.js";

const FRUTAS = ["anana", "banana", "manzana"];

/** What a server's answer does to the page: the root is another element, for this text. */
function traer(q, filas = FRUTAS) {
  const opciones = filas.map(
    (nombre, i) =>
      `<li role="option" id="op-${i}" data-id="${i}" data-nombre="${nombre}"><b>x</b></li>`,
  );
  $("lista").outerHTML =
    `<div id="lista" data-q="${q}" hidden><ul role="listbox">${opciones.join("")}</ul></div>`;
}

function montar(mas = {}) {
  abrirPagina(`
    <div id="marco"><input id="entrada"><div id="lista" hidden></div></div>
    <input id="otro">`);
  const todo = { elegidos: [], buscados: [] };
  todo.combo = new Combobox({
    entrada: $("entrada"),
    raiz: "lista",
    buscar: async (q) => {
      todo.buscados.push(q);
      traer(q);
    },
    elegir: ({ nombre }) => todo.elegidos.push(nombre),
    ...mas,
  });
  $("entrada").focus();
  return todo;
}

/** The server answers what is written. */
function responder(q, filas) {
  traer(q, filas);
  suceder($("entrada"), "htmx:afterRequest", { successful: true });
}

const marcada = () => document.querySelector('[aria-selected="true"]')?.dataset.nombre ?? "";

let todo;
beforeEach(() => (todo = montar()));

test("a list opens when it answers what is written, its first option marked", () => {
  escribir($("entrada"), "an");
  responder("an");
  assert.equal($("lista").hidden, false);
  assert.equal($("entrada").getAttribute("aria-expanded"), "true");
  assert.equal($("entrada").getAttribute("aria-activedescendant"), "op-0");
  assert.equal(marcada(), "anana");
});

test("a list that answers what was written before stays closed", () => {
  escribir($("entrada"), "ban");
  responder("an");
  assert.equal($("lista").hidden, true);
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

test("an answer to another text closes the list that was open", () => {
  escribir($("entrada"), "an");
  responder("an");
  responder("ban");
  assert.equal($("lista").hidden, true);
  teclear($("entrada"), "Enter");
  assert.deepEqual(todo.elegidos, []);
  assert.equal($("entrada").hasAttribute("aria-activedescendant"), false);
});

test("a failed request opens nothing", () => {
  escribir($("entrada"), "an");
  traer("an");
  suceder($("entrada"), "htmx:afterRequest", { successful: false });
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
  document.querySelector("#op-2 b").dispatchEvent(pulsado);
  assert.equal(pulsado.defaultPrevented, true);
  document.querySelector("#op-2 b").click();
  assert.deepEqual(todo.elegidos, ["manzana"]);
  $("lista").click();
  $("marco").click();
  assert.deepEqual(todo.elegidos, ["manzana"]);
});

test("offline, on time-outs and refusals the list is made here", async () => {
  for (const nombre of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    escribir($("entrada"), nombre.slice(5, 8));
    const evento = suceder($("entrada"), nombre, { xhr: { status: 429 } });
    assert.equal(evento.defaultPrevented, true);
    await asentar();
    assert.equal($("lista").hidden, false, nombre);
  }
  assert.deepEqual(todo.buscados, ["sen", "tim", "res"]);
  escribir($("entrada"), "");
  suceder($("entrada"), "htmx:sendError");
  await asentar();
  assert.equal(todo.buscados.length, 3);
});

test("an Enter that waits is served by the list made here", async () => {
  escribir($("entrada"), "man");
  teclear($("entrada"), "Enter");
  suceder($("entrada"), "htmx:sendError");
  await asentar();
  assert.deepEqual(todo.elegidos, ["anana"]);
});

test("a quick way serves the text before any list; one that finds nothing leaves it waiting", async () => {
  const rapidos = [];
  todo = montar({ rapido: async (q) => rapidos.push(q) && q === "1043" });
  escribir($("entrada"), "1043");
  teclear($("entrada"), "Enter");
  await asentar();
  responder("1043");
  assert.deepEqual([rapidos, todo.elegidos], [["1043"], []]);
  escribir($("entrada"), "yer");
  teclear($("entrada"), "Enter");
  await asentar();
  responder("yer");
  assert.deepEqual([rapidos, todo.elegidos], [["1043", "yer"], ["anana"]]);
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

test("any keys in any order: an option is chosen only of a list that answers what is written", async () => {
  const gesto = fc.oneof(
    fc.constantFrom("ArrowDown", "ArrowUp", "Enter", "Escape").map((tecla) => ({ tecla })),
    fc.constantFrom("an", "ban", "", " an ").map((texto) => ({ texto })),
    fc
      .record({ q: fc.constantFrom("an", "ban", ""), cuantas: fc.integer({ min: 0, max: 3 }) })
      .map((llega) => ({ llega })),
    fc.constant({ foco: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(gesto, { maxLength: 25 }), async (gestos) => {
      const hechos = montar({
        elegir: () => assert.equal($("lista").dataset.q, $("entrada").value.trim()),
      });
      for (const { tecla, texto, llega, foco } of gestos) {
        if (tecla) teclear($("entrada"), tecla);
        if (texto !== undefined) escribir($("entrada"), texto);
        if (llega) responder(llega.q, FRUTAS.slice(0, llega.cuantas));
        if (foco) (document.activeElement === $("entrada") ? $("otro") : $("entrada")).focus();
        await Promise.resolve();
        const marcadas = document.querySelectorAll('[aria-selected="true"]').length;
        const abierta = $("entrada").getAttribute("aria-expanded") === "true";
        assert.equal($("lista").hidden, !hechos.combo.abierto);
        if (abierta) assert.equal(marcadas, 1);
      }
    }),
    { numRuns: 60 },
  );
});
