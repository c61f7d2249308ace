// The entry row: code, name or barcode, Enter, quantity, Enter; scanners, slow lines, foreign keys.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";

import {
  abrirCliente,
  abrirMesa,
  agregar,
  dichos,
  elegir,
  hasta,
  nuevoSitio,
  lineasALaVista,
} from "../escritorio.js";
import { $, asentar, escribir, suceder, teclear } from "../documento.js";

async function conCliente(mas) {
  const todo = await abrirMesa(mas);
  await abrirCliente(todo, "Don Beto");
  return todo;
}

const activo = () => document.activeElement.id;

test("without a client an article is not taken, and it says why", async () => {
  const todo = await abrirMesa();
  await elegir("entrada_articulo", "yer");
  await hasta(() => dichos().length === 1);
  assert.deepEqual(
    [dichos(), todo.mesa.partes().entrada.elegido],
    [["Elegir primero un cliente."], null],
  );
});

test("an article, Enter, its quantity, Enter: back to the entry row, and said aloud", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  assert.equal($("entrada_articulo").value, "Yerba");
  $("entrada_cantidad").value = "3";
  const evento = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
  await todo.mesa.alTeclearCantidad(evento);
  assert.equal(evento.defaultPrevented, true);
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500"]);
  assert.deepEqual(
    [activo(), $("entrada_articulo").value, $("entrada_cantidad").value, todo.mesa.elegidoTexto],
    ["entrada_articulo", "", "1", "Agregado: Yerba, lleva 3"],
  );
});

test("the same article again says what there is, and adds up", async () => {
  const todo = await conCliente();
  await agregar(todo, "yer", 3);
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  assert.equal(todo.mesa.elegidoTexto, "Ya tiene 3: se suma");
  $("entrada_cantidad").value = "4";
  await todo.mesa.agregarConBoton();
  assert.deepEqual(lineasALaVista(todo), ["7 Yerba 12.500"]);
});

test("Enter twice in the quantity adds once", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  const enter = () => todo.mesa.alTeclearCantidad(new KeyboardEvent("keydown", { key: "Enter" }));
  await Promise.all([enter(), enter(), enter()]);
  assert.deepEqual(lineasALaVista(todo), ["1 Yerba 12.500"]);
});

test("Ctrl+Enter in the quantity is the desk's: it asks to send, and adds nothing", async () => {
  const todo = await conCliente();
  await agregar(todo, "sal", 1);
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  $("entrada_cantidad").addEventListener("keydown", (evento) =>
    todo.mesa.alTeclearCantidad(evento),
  );
  const evento = teclear($("entrada_cantidad"), "Enter", { ctrlKey: true });
  await asentar();
  assert.deepEqual([evento.defaultPrevented, $("dialogo_envio").open], [true, true]);
  assert.deepEqual(lineasALaVista(todo), ["1 Sal 3.000"]);
});

test("the page gives the quantity's keys to the component, which tells one Enter from another", () => {
  const ruta = new URL("../../../../templates/pedidos/mesa/_captura.html", import.meta.url);
  const plantilla = readFileSync(ruta, "utf8");
  const campo = /<input id="entrada_cantidad"[^>]*>/.exec(plantilla)[0];
  assert.match(campo, /@keydown="alTeclearCantidad\(\$event\)"/);
  assert.doesNotMatch(plantilla, /@keydown\.enter/);
});

test("keys with Cmd or Alt, of a composition, or of no meaning, are let be", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  const compone = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
  Object.defineProperty(compone, "isComposing", { value: true });
  const otras = [
    { key: "Enter", metaKey: true },
    { key: "Enter", altKey: true },
    { key: "5" },
    { key: "Process", code: "Enter" },
  ].map((que) => new KeyboardEvent("keydown", { cancelable: true, ...que }));
  for (const evento of [compone, ...otras]) {
    todo.mesa.alTeclearCantidad(evento);
    assert.equal(evento.defaultPrevented, false);
  }
  assert.deepEqual(lineasALaVista(todo), []);
});

test("Escape in the quantity gives the article up", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  todo.mesa.alTeclearCantidad(new KeyboardEvent("keydown", { key: "Escape" }));
  assert.deepEqual(
    [activo(), todo.mesa.partes().entrada.elegido, $("entrada_articulo").value],
    ["entrada_articulo", null, ""],
  );
});

test("without an article the quantity's Enter goes to the entry row", async () => {
  const todo = await conCliente();
  $("entrada_cantidad").focus();
  await todo.mesa.agregarConBoton();
  assert.equal(activo(), "entrada_articulo");
});

test("a quantity that is none is refused with its reason, and the article stays chosen", async () => {
  const todo = await conCliente();
  const deRango = "La cantidad va de 1 a 1.000.000, sin decimales.";
  const malos = {
    0: deRango,
    1000001: deRango,
    "-3": deRango,
    "1,5": "«1,5» lleva decimales: escribir un número entero.",
    "12,000": "«12,000» puede ser 12000 o 12: escribir el número sin separar los miles.",
    "": "Escribir un número.",
    abc: "«abc» no es un número: escribir solo cifras, como 12.500.",
  };
  for (const [malo, motivo] of Object.entries(malos)) {
    $("avisos").replaceChildren();
    await elegir("entrada_articulo", "yer");
    await hasta(() => activo() === "entrada_cantidad");
    $("entrada_cantidad").value = malo;
    await todo.mesa.agregarConBoton();
    assert.deepEqual(
      [dichos(), $("entrada_cantidad").value, todo.mesa.partes().entrada.elegido.id],
      [[motivo], "1", "7"],
      malo,
    );
  }
  assert.deepEqual(lineasALaVista(todo), []);
});

test("an article without a price for this client is not sold", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "fid");
  await hasta(() => dichos().length === 1);
  assert.deepEqual(dichos(), ["Fideo. Sin precio para este cliente: no se puede vender."]);
  await todo.mesa
    .partes()
    .alta.agregar({ id: "10", descripcion: "Fideo", precio: "", tasa: "10" }, 1);
  assert.equal(dichos().length, 2);
  assert.deepEqual(lineasALaVista(todo), []);
});

test("how many before the text, and the quantity is not asked for", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "12*yer");
  await hasta(() => lineasALaVista(todo).length === 1);
  assert.deepEqual([lineasALaVista(todo), activo()], [["12 Yerba 12.500"], "entrada_articulo"]);
});

test("writing over a chosen article gives it up", async () => {
  const todo = await conCliente();
  await elegir("entrada_articulo", "yer");
  await hasta(() => activo() === "entrada_cantidad");
  todo.mesa.soltarElegido();
  assert.deepEqual([todo.mesa.partes().entrada.elegido, todo.mesa.elegidoTexto], [null, ""]);
});

test("a code typed by hand, with its Enter, needs no list", async () => {
  const todo = await conCliente();
  escribir($("entrada_articulo"), "1044");
  teclear($("entrada_articulo"), "Enter");
  await hasta(() => activo() === "entrada_cantidad");
  assert.equal(todo.mesa.partes().entrada.elegido.descripcion, "Azúcar");
});

test("a scanner's burst: every code once, in its order, without waiting", async () => {
  const todo = await conCliente();
  const codigos = ["7840001000018", "7840001000025", "7840001000018", "3*7840001000025"];
  for (const codigo of codigos) {
    escribir($("entrada_articulo"), codigo);
    teclear($("entrada_articulo"), "Enter");
    assert.equal($("entrada_articulo").value, "");
  }
  await hasta(() => lineasALaVista(todo)?.[1] === "4 Azúcar 6.200");
  assert.deepEqual(lineasALaVista(todo), ["2 Yerba 12.500", "4 Azúcar 6.200"]);
});

test("any burst of scans is what it says, added up", async () => {
  const lectura = fc.record({
    cual: fc.constantFrom(["7840001000018", "Yerba"], ["7840001000025", "Azúcar"]),
    cuantas: fc.integer({ min: 1, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(lectura, { minLength: 1, maxLength: 12 }), async (lecturas) => {
      const todo = await conCliente();
      for (const { cual, cuantas } of lecturas) {
        escribir($("entrada_articulo"), `${cuantas}*${cual[0]}`);
        teclear($("entrada_articulo"), "Enter");
      }
      const suma = {};
      for (const { cual, cuantas } of lecturas) suma[cual[1]] = (suma[cual[1]] ?? 0) + cuantas;
      const dice = () =>
        Object.fromEntries(todo.mesa.pedido.lineas.map((l) => [l.descripcion, Number(l.cantidad)]));
      const total = () => Object.values(dice()).reduce((n, m) => n + m, 0);
      await hasta(() => total() === lecturas.reduce((n, { cuantas }) => n + cuantas, 0));
      assert.deepEqual(dice(), suma);
    }),
    { numRuns: 15 },
  );
});

/** Scan a code, and wait until something came of it. */
async function leer(todo, codigo) {
  const { lector } = todo.mesa.partes();
  lector.encolar(codigo);
  await lector.lecturas;
}

test("an unknown code is said; online the server is asked first, and its option is taken", async () => {
  const sitio = nuevoSitio();
  const todo = await conCliente({ sitio });
  sitio.fragmentos["/articulos"] =
    `<ul><li role="option" data-id="20" data-codigo="9" data-tasa="10" data-precio="700"
    data-descripcion="Nuevo" data-marca="M" data-barras="7840001000032"></li></ul>`;
  await leer(todo, "7840001000032");
  assert.deepEqual(lineasALaVista(todo), ["1 Nuevo 700"]);
  await leer(todo, "2*7840001000049");
  assert.deepEqual(dichos(), [
    "7840001000049: Ningún artículo con ese código, nombre o código de barras.",
  ]);
  assert.ok(sitio.pedidas.includes("GET /articulos?q=7840001000049&cliente=12&sucursal=2"));
});

test("a damaged answer is not sold untaxed", async () => {
  const sitio = nuevoSitio();
  const todo = await conCliente({ sitio });
  sitio.fragmentos["/articulos"] =
    `<ul><li role="option" data-id="20" data-precio="700" data-descripcion="Roto"
    data-barras="7840001000032"></li></ul>`;
  await leer(todo, "7840001000032");
  assert.deepEqual(
    [lineasALaVista(todo), dichos()],
    [
      [],
      ["Roto. Sin precio para este cliente: no se puede vender.", "7840001000032: no se agregó."],
    ],
  );
});

test("without a line an unknown code asks nobody", async () => {
  const sitio = nuevoSitio();
  const todo = await conCliente({ sitio });
  sitio.sinLinea = true;
  todo.mesa.enLinea = false;
  const antes = sitio.pedidas.length;
  await leer(todo, "7840001000032");
  assert.deepEqual([sitio.pedidas.length, dichos().length], [antes, 1]);
});

test("what is typed while a client opens is for the entry row, whole codes and the rest", async () => {
  const todo = await abrirMesa();
  await elegir("entrada_cliente", "Don");
  for (const texto of ["7840001000018", "7840001000025"]) {
    escribir($("entrada_cliente"), texto);
    teclear($("entrada_cliente"), "Enter");
  }
  escribir($("entrada_cliente"), "yer");
  await hasta(() => lineasALaVista(todo)?.length === 2);
  assert.deepEqual(lineasALaVista(todo), ["1 Yerba 12.500", "1 Azúcar 6.200"]);
  assert.deepEqual([$("entrada_articulo").value, $("entrada_cliente").value], ["yer", ""]);
});

test("a client's pick is asked of the server with the branch, an article's with the client too", async () => {
  const todo = await conCliente();
  const pedir = (id, q) => {
    const parameters = { q };
    suceder($(id), "htmx:configRequest", { parameters });
    return parameters;
  };
  assert.deepEqual(pedir("entrada_articulo", "12*yer"), { q: "yer", sucursal: 2, cliente: "12" });
  assert.deepEqual(pedir("entrada_cliente", "don"), { q: "don", sucursal: 2 });
  assert.deepEqual(pedir("entrada_cliente", undefined), { q: "", sucursal: 2 });
  assert.equal(todo.mesa.parametros.sucursal, 2);
});

test("offline, or with nothing written, the server is not asked and the list is made here", async () => {
  const todo = await conCliente();
  const pedir = () => suceder($("entrada_articulo"), "htmx:beforeRequest").defaultPrevented;
  escribir($("entrada_articulo"), "yer");
  assert.equal(pedir(), false);
  todo.mesa.enLinea = false;
  assert.equal(pedir(), true);
  await hasta(() => !$("articulos_picker").hidden);
  escribir($("entrada_articulo"), "");
  todo.mesa.enLinea = true;
  assert.equal(pedir(), true);
});

test("a session that ended while searching is said, and the list is made here", async () => {
  const todo = await conCliente();
  escribir($("entrada_articulo"), "yer");
  const evento = suceder($("entrada_articulo"), "htmx:beforeOnLoad", { xhr: { status: 401 } });
  assert.equal(evento.defaultPrevented, true);
  assert.match(todo.mesa.sesion, /^La sesión terminó/);
  await hasta(() => !$("articulos_picker").hidden);
  for (const status of [200, 403, 429, 500])
    assert.equal(
      suceder($("entrada_articulo"), "htmx:beforeOnLoad", { xhr: { status } }).defaultPrevented,
      false,
    );
});

test("a search that got no answer puts the desk off line", async () => {
  for (const nombre of ["htmx:sendError", "htmx:timeout"]) {
    const todo = await conCliente();
    assert.equal(todo.mesa.enLinea, true);
    suceder($("entrada_articulo"), nombre);
    assert.equal(todo.mesa.enLinea, false);
    todo.mesa.partes().servicios.conexion.bien();
  }
});

test("the lists made here: names, prices and what there is more of", async () => {
  const todo = await conCliente();
  (await todo.mesa.partes().pickers.clientes("u"))();
  assert.deepEqual(
    [...document.querySelectorAll("#clientes_picker [role=option]")].map(
      ({ dataset }) => dataset.nombre,
    ),
    ["Súper Uno"],
  );
  (await todo.mesa.partes().pickers.articulos("zzz"))();
  assert.equal($("articulos_picker").dataset.q, "zzz");
  assert.equal(
    document.querySelector("#articulos_picker [data-pie]").textContent,
    "Ningún artículo coincide: probar con menos letras.",
  );
});

test("an article that is gone from the catalogue is still an order's line by its number", async () => {
  const todo = await conCliente();
  await agregar(todo, "yer", 1);
  assert.deepEqual(todo.mesa.partes().pantalla.pares(), [[7, 1]]);
  assert.equal(todo.mesa.partes().entrada.yaPedido("7"), "Ya tiene 1: se suma");
  assert.equal(todo.mesa.partes().entrada.yaPedido("8"), "");
  todo.mesa.partes().alta.decir(999);
  assert.equal(todo.mesa.elegidoTexto, "Agregado: Yerba, lleva 1");
});
