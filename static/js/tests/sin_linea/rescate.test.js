// What is kept, shown without order entry: from the storage alone, however damaged it is.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import fc from "fast-check";

import { comprimir } from "../../comun/almacen.js";
import { crudo, listar } from "../../sin_linea/rescate.js";
import { Storage } from "../dobles.js";
import { $, abrirPagina, asentar, cargar } from "../documento.js";

const inflar = (texto) => {
  try {
    return JSON.parse(texto);
  } catch {
    return null;
  }
};

function guardado(valores) {
  const storage = new Storage();
  for (const [clave, valor] of Object.entries(valores))
    storage.setItem(clave, typeof valor === "string" ? valor : JSON.stringify(valor));
  return storage;
}

test("each order with its client's name and its lines, in either shape", () => {
  const storage = guardado({
    "cp:1:2:3:orders": { 12: { id: "x", detalles: [{}, {}] }, 13: [{}], 14: [] },
    "cp:1:2:3:fichas": { clientes: { 12: { nombre: "Don Beto" }, 13: {} } },
  });
  assert.deepEqual(listar(storage, "3", inflar), [
    { cliente: "12", nombre: "Don Beto", lineas: 2 },
    { cliente: "13", nombre: "Cliente 13", lineas: 1 },
    { cliente: "14", nombre: "Cliente 14", lineas: 0 },
  ]);
});

test("another person's, and what is no order, stays out", () => {
  const storage = guardado({
    "cp:1:2:9:orders": { 12: [] },
    "cp:1:2:3:fichas": {},
    tema: "oscuro",
    "cp:prueba": "",
  });
  assert.deepEqual(listar(storage, "3", inflar), []);
});

test("of every branch the same person worked for", () => {
  const storage = guardado({ "cp:1:2:3:orders": { 12: [] }, "cp:1:5:3:orders": { 12: [{}] } });
  assert.deepEqual(
    listar(storage, "3", inflar).map(({ lineas }) => lineas),
    [0, 1],
  );
});

test("what cannot be read is said by its name, and the others are listed", () => {
  const storage = guardado({
    "cp:1:2:3:orders": "damaged",
    "cp:1:5:3:orders": { 7: { detalles: "x" }, 8: null, 9: 5 },
    "cp:1:5:3:fichas": "damaged",
  });
  assert.deepEqual(listar(storage, "3", inflar), [
    { cliente: "", nombre: "cp:1:2:3:orders", lineas: null },
    { cliente: "7", nombre: "Cliente 7", lineas: null },
    { cliente: "8", nombre: "Cliente 8", lineas: null },
    { cliente: "9", nombre: "Cliente 9", lineas: null },
  ]);
});

test("names of any other kind are read as far as they go", () => {
  for (const clientes of [null, 5, "x", [], { 12: null }, { 12: 5 }, { 12: { nombre: null } }]) {
    const storage = guardado({ "cp:1:2:3:orders": { 12: [] }, "cp:1:2:3:fichas": { clientes } });
    assert.deepEqual(listar(storage, "3", inflar), [
      { cliente: "12", nombre: "Cliente 12", lineas: 0 },
    ]);
  }
});

test("whatever is stored, nothing throws, and it can be taken away as it is", () => {
  const clave = fc.oneof(
    fc.constantFrom("cp:1:2:3:orders", "cp:1:2:3:fichas", "cp:1:2:3:lote:x", "cp:1:2:3:cat:a"),
    fc.string(),
  );
  const valor = fc.oneof(fc.json(), fc.string());
  fc.assert(
    fc.property(fc.dictionary(clave, valor), (valores) => {
      const storage = guardado({ ...valores });
      assert.ok(Array.isArray(listar(storage, "3", inflar)));
      const { formato, claves } = JSON.parse(crudo(storage, "3"));
      assert.equal(formato, "carga-pedidos/crudo");
      for (const nombre of Object.keys(claves)) assert.equal(claves[nombre], valores[nombre]);
      assert.equal(Object.hasOwn(claves, "cp:1:2:3:cat:a"), false);
    }),
  );
});

// --- The page ----------------------------------------------------------------------------------------------

let fallas;
const alFallar = (error) => fallas.push(error);
beforeEach(() => {
  fallas = [];
  process.on("unhandledRejection", alFallar);
  mock.timers.enable({ apis: ["setTimeout"] });
  abrirPagina(`
    <script id="parametros" type="application/json">{"empresa":1,"sucursal":2,"usuario":3}</script>
    <div class="mesa">mesa</div>
    <section id="rescate" hidden><p data-rescate-causa></p><p data-rescate-nada></p>
      <ul data-rescate-pedidos></ul><button id="abrir" data-rescate-abrir></button>
      <button id="exportar" data-rescate-exportar></button></section>`);
  document.body.dataset.usuario = "3";
});
afterEach(() => {
  mock.timers.reset();
  process.off("unhandledRejection", alFallar);
  assert.deepEqual(fallas, []);
});

const aLaVista = () => [$("rescate").hidden, document.querySelector(".mesa").hidden];
const dice = (que) => document.querySelector(`[data-rescate-${que}]`);

async function abrirRescate() {
  await cargar("js/sin_linea/rescate.js");
}

async function esperar(milisegundos) {
  mock.timers.tick(milisegundos);
  for (let i = 0; i < 5; i += 1) await asentar();
}

test("a desk that does not open in time gives way to what is kept", async () => {
  localStorage.setItem("cp:1:2:3:orders", comprimir({ 12: [{}, {}], 13: null }));
  localStorage.setItem("cp:1:2:3:fichas", comprimir({ clientes: { 12: { nombre: "Ña Ca<b>" } } }));
  await abrirRescate();
  await esperar(11_999);
  assert.deepEqual(aLaVista(), [true, false]);
  await esperar(1);
  assert.deepEqual(aLaVista(), [false, true]);
  assert.equal(dice("causa").textContent, "sin respuesta");
  assert.equal(dice("nada").hidden, true);
  assert.deepEqual(
    [...dice("pedidos").children].map(({ textContent }) => textContent),
    ["Ña Ca<b>: 2 líneas", "Cliente 13: no se puede leer"],
  );
});

test("with nothing kept it says so", async () => {
  await abrirRescate();
  await esperar(12_000);
  assert.deepEqual([dice("nada").hidden, dice("pedidos").children.length], [false, 0]);
});

test("an error before the desk opens brings it sooner, with its words", async () => {
  await abrirRescate();
  dispatchEvent(Object.assign(new Event("error"), { message: "Cannot mix BigInt" }));
  await esperar(1_500);
  assert.equal(dice("causa").textContent, "Cannot mix BigInt");
  assert.deepEqual(aLaVista(), [false, true]);
});

test("a desk that opened is let be, whatever happens later", async () => {
  await abrirRescate();
  document.documentElement.dataset.mesa = "lista";
  dispatchEvent(Object.assign(new Event("error"), { message: "x" }));
  await esperar(20_000);
  assert.deepEqual(aLaVista(), [true, false]);
});

test("a desk that opens after all takes its place again", async () => {
  await abrirRescate();
  await esperar(12_000);
  document.documentElement.dataset.mesa = "lista";
  await esperar(0);
  assert.deepEqual(aLaVista(), [true, false]);
});

test("it opens again by loading the page", async () => {
  let recargas = 0;
  await abrirRescate();
  globalThis.window.location.reload = () => (recargas += 1);
  $("abrir").click();
  assert.equal(recargas, 1);
});

async function exportado() {
  let texto;
  const nombres = [];
  const original = URL.createObjectURL;
  URL.createObjectURL = (blob) => (texto = blob) && "blob:x";
  globalThis.window.HTMLAnchorElement.prototype.click = function () {
    nombres.push(this.download);
  };
  $("exportar").click();
  // Its modules come from the disk.
  const fin = Date.now() + 60_000;
  while (nombres.length === 0 && Date.now() < fin) await asentar();
  URL.createObjectURL = original;
  assert.deepEqual(nombres, ["pedidos-sin-enviar.json"]);
  return JSON.parse(await texto.text());
}

test("the way out is the desk's own file, which another machine takes in", async () => {
  localStorage.setItem("cp:1:2:3:orders", comprimir({ 12: [] }));
  await abrirRescate();
  const { formato } = await exportado();
  assert.notEqual(formato, "carga-pedidos/crudo");
});

test("if that cannot be made, everything as it is kept", async () => {
  localStorage.setItem("cp:1:2:3:orders", "damaged");
  $("parametros").remove();
  await abrirRescate();
  const archivo = await exportado();
  assert.deepEqual(archivo, {
    formato: "carga-pedidos/crudo",
    claves: { "cp:1:2:3:orders": "damaged" },
  });
});

test("a page that lost parts of itself still lists and exports", async () => {
  localStorage.setItem("cp:1:2:3:orders", comprimir({ 12: [{}] }));
  dice("causa").remove();
  document.querySelector(".mesa").remove();
  await abrirRescate();
  await esperar(12_000);
  assert.equal($("rescate").hidden, false);
  assert.equal(dice("pedidos").children[0].textContent, "Cliente 12: 1 líneas");
});
