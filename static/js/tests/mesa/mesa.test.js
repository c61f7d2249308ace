// The desk as a whole: what its component shows of what it keeps, whatever happens in between.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comprimir } from "../../comun/almacen.js";
import { Storage } from "../dobles.js";
import {
  PARAMETROS,
  abrirCliente,
  abrirMesa,
  agregar,
  cerrarMesa,
  dichos,
  hasta,
  nuevoSitio,
  lineasALaVista,
} from "../escritorio.js";
import { $, asentar, escribir, teclear } from "../documento.js";

test("an empty desk asks for a client, and says that it opened", async () => {
  const { mesa } = await abrirMesa();
  assert.deepEqual(
    [mesa.pedido, mesa.clientes, mesa.guardado, mesa.textoEnviar()],
    [null, [], "", "Nada para enviar"],
  );
  assert.equal(document.documentElement.dataset.mesa, "lista");
});

test("a client, two articles: the order, its total and the day's sum", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  await agregar(todo, "azu", 2);
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500", "2 Azúcar 6.200"]);
  const { pedido, resumen } = todo.mesa;
  assert.deepEqual(
    [pedido.total, pedido.canal_nombre, pedido.razon],
    ["49.900", "Despensas", "Don Beto S.A."],
  );
  assert.deepEqual(
    [resumen.total, resumen.porEnviar, resumen.lineas, resumen.conMoneda],
    ["49.900", 1, 2, "Gs. 49.900"],
  );
});

test("a reload brings the same order on the screen, of several", async () => {
  const antes = await abrirMesa();
  await abrirCliente(antes, "Don Beto");
  await agregar(antes, "yer", 3);
  await abrirCliente(antes, "Ña Cármen");
  await agregar(antes, "sal", 1);
  antes.mesa.partes().clientes.otro(1);
  const despues = await abrirMesa({
    sitio: cerrarMesa(antes),
    preparar: () => sessionStorage.setItem("cp:1:2:3:activo", "12"),
  });
  assert.deepEqual(lineasALaVista(despues), ["3 Yerba 12.500"]);
  assert.deepEqual(
    despues.mesa.clientes.map(({ nombre }) => nombre),
    ["Don Beto", "Ña Cármen"],
  );
});

test("going round the clients shows each, and with one stays there", async () => {
  const todo = await abrirMesa();
  todo.mesa.partes().clientes.otro(1);
  assert.equal(todo.mesa.activo, "");
  await abrirCliente(todo, "Don Beto");
  todo.mesa.partes().clientes.otro(1);
  assert.equal(todo.mesa.activo, "12");
  await abrirCliente(todo, "Ña Cármen");
  const vistos = [1, 1, -1, -1].map((paso) => {
    todo.mesa.partes().clientes.otro(paso);
    return todo.mesa.activo;
  });
  assert.deepEqual(vistos, ["12", "13", "12", "13"]);
});

test("an order discarded comes back whole, and the next one is on the screen meanwhile", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  await todo.mesa.descartarPedido({ detail: 1 });
  assert.deepEqual([todo.mesa.activo, dichos()], ["12", ["Pedido de Ña Cármen descartado."]]);
  document.querySelector(".aviso .btn").click();
  await hasta(() => todo.mesa.clientes.length === 2);
  todo.mesa.mostrarCliente("13");
  assert.deepEqual(lineasALaVista(todo), ["1 Sal 3.000"]);
});

test("a double click discards one; an order without lines goes without a word", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await abrirCliente(todo, "Ña Cármen");
  await todo.mesa.descartarPedido({ detail: 1 });
  await todo.mesa.descartarPedido({ detail: 2 });
  assert.deepEqual([todo.mesa.activo, dichos()], ["12", []]);
  await todo.mesa.descartarPedido({ detail: 1 });
  assert.deepEqual([todo.mesa.pedido, document.activeElement.id], [null, "entrada_cliente"]);
  await todo.mesa.descartarPedido({ detail: 1 });
  assert.equal(todo.mesa.pedido, null);
});

test("undoing after the client was opened again leaves the new order alone", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  await todo.mesa.descartarPedido({ detail: 1 });
  const [{ deshacer }] = todo.mesa.partes().deshacer.deshacibles;
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "sal", 5);
  await deshacer();
  assert.deepEqual(lineasALaVista(todo), ["5 Sal 3.000"]);
});

test("an order that cannot be shown does not hide the others; mended, it says what it cost", async () => {
  const linea = (articulo_id, cantidad) => ({
    articulo_id,
    cantidad,
    precio_unitario: "12500",
    gravada_10: "34091",
    iva_10: "3409",
  });
  const orders = {
    12: {
      id: "7b0c5d3e-0000-4000-8000-000000000012",
      detalles: [linea(7, 3), linea(8, -1), linea(9, "x")],
    },
    13: [linea(7, 3)],
  };
  const todo = await abrirMesa({
    preparar: (storage) => storage.setItem("cp:1:2:3:orders", comprimir(orders)),
  });
  const { mesa } = todo;
  assert.deepEqual(
    mesa.clientes.map(({ id, estado }) => [id, estado]),
    [
      ["12", "ilegible"],
      ["13", "sin_enviar"],
    ],
  );
  mesa.mostrarCliente("12");
  assert.deepEqual(
    [mesa.pedido.ilegible, mesa.partes().pantalla.pares(), mesa.resumen.ilegibles],
    [true, [], 1],
  );
  await mesa.repararPedido();
  assert.deepEqual([mesa.pedido.ilegible, lineasALaVista(todo)], [false, ["3 Artículo 7 12.500"]]);
  assert.deepEqual(dichos(), ["Pedido de Cliente 12 reparado: 2 líneas quedaron fuera."]);
  document.querySelector(".aviso .btn").click();
  await hasta(() => mesa.pedido.ilegible);
  assert.deepEqual(mesa.clientes.length, 2);
});

test("a damaged notebook is set aside and said, and the desk works", async () => {
  const todo = await abrirMesa({
    preparar: (storage) => storage.setItem("cp:1:2:3:orders", "\u0001damaged"),
  });
  assert.equal(
    todo.mesa.guardado,
    "Una parte de lo guardado en este navegador no se pudo leer; quedó una copia aparte.",
  );
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 1);
  assert.deepEqual(lineasALaVista(todo), ["1 Yerba 12.500"]);
});

test("without room the page says that the last was not kept, and shows what is kept", async () => {
  const storage = new Storage();
  const todo = await abrirMesa({ preparar: () => (globalThis.localStorage = storage) });
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 1);
  storage.cupo = 0;
  await agregar(todo, "sal", 1);
  assert.equal(
    todo.mesa.guardado,
    "El navegador no tiene más espacio: lo último no quedó guardado. Enviar o exportar los pedidos.",
  );
  assert.deepEqual(lineasALaVista(todo), ["1 Yerba 12.500"]);
});

test("a fault of ours is not swallowed, and the screen is brought to what is kept", async () => {
  const todo = await abrirMesa();
  let vistas = 0;
  todo.mesa.partes().pantalla.refrescar = () => (vistas += 1);
  await assert.rejects(
    todo.mesa.partes().intento.hacer(() => {
      throw new RangeError("ours");
    }),
    RangeError,
  );
  assert.equal(vistas, 1);
});

test("an edit that cannot be is said in words", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 1_000_000);
  await agregar(todo, "yer", 1);
  assert.deepEqual(dichos(), ["La cantidad va de 1 a 1.000.000, sin decimales."]);
  assert.deepEqual(lineasALaVista(todo), ["1.000.000 Yerba 12.500"]);
});

test("what another tab did is shown; what is no business of this desk is not", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  let vistas = 0;
  const { pantalla } = todo.mesa.partes();
  const refrescar = pantalla.refrescar.bind(pantalla);
  pantalla.refrescar = () => {
    vistas += 1;
    refrescar();
  };
  for (const clave of ["tema", "cp:1:2:9:orders", "cp:1:2:3:turno", "cp:1:2:3:cat:clientes"])
    todo.mesa.partes().vecinas.alCambiar(clave);
  assert.equal(vistas, 0);
  for (const clave of ["cp:1:2:3:orders", "cp:1:2:3:lote:x", null])
    todo.mesa.partes().vecinas.alCambiar(clave);
  assert.equal(vistas, 3);
});

test("another tab's newer catalogue is fetched here too", async () => {
  const todo = await abrirMesa();
  const antes = todo.sitio.pedidas.length;
  todo.mesa.partes().vecinas.alCambiar("cp:1:2:3:cat");
  await asentar();
  assert.ok(todo.sitio.pedidas.slice(antes).includes("GET /catalogo"));
});

test("the list of clients opens on a phone and the focus goes to its search", async () => {
  const { mesa } = await abrirMesa();
  mesa.alternarRail();
  assert.deepEqual([mesa.railAbierto, document.activeElement.id], [true, "entrada_cliente"]);
  mesa.alternarRail();
  assert.equal(mesa.railAbierto, false);
});

test("another tab takes the order on the screen away: nothing falls on another client's", async () => {
  const todo = await abrirMesa();
  const { mesa } = todo;
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  const { almacen, libreta } = mesa.partes().servicios;
  const beto = mesa.activo;
  const carmen = mesa.clientes.find(({ id }) => id !== beto).id;
  const deCarmen = libreta.leer().orders[carmen];
  await libreta.descartar(beto);
  mesa.partes().vecinas.alCambiar(almacen.clave("orders"));
  assert.deepEqual([mesa.activo, mesa.pedido], ["", null]);
  assert.match(dichos().at(-1), /^Don Beto: el pedido se envió o se descartó en otra pestaña/);
  escribir($("entrada_articulo"), "7840001000018");
  teclear($("entrada_articulo"), "Enter");
  await asentar();
  mesa.partes().pantalla.refrescar();
  assert.deepEqual([mesa.activo, mesa.pedido], ["", null]);
  assert.deepEqual(libreta.leer().orders, { [carmen]: deCarmen });
  // One that was on its way has its receipt.
  await abrirCliente(todo, "Don Beto");
  const antes = dichos().length;
  mesa.pedido.bloqueado = true;
  await libreta.descartar(beto);
  mesa.partes().vecinas.alCambiar(almacen.clave("orders"));
  assert.deepEqual([mesa.activo, dichos().length], ["", antes]);
  // Nor when the news comes with the refusal of what was typed.
  await abrirCliente(todo, "Don Beto");
  await libreta.descartar(beto);
  assert.equal(await mesa.partes().edicion.cambiar((orders) => orders), false);
  assert.equal(mesa.activo, "");
  await abrirCliente(todo, "Don Beto");
  assert.equal(mesa.activo, beto);
});

test("a discarded order that comes back to an empty screen is shown there", async () => {
  const todo = await abrirMesa();
  const { mesa } = todo;
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  await mesa.descartarPedido({ detail: 1 });
  assert.deepEqual([mesa.activo, mesa.pedido], ["", null]);
  await abrirCliente(todo, "Don Beto");
  await mesa.descartarPedido({ detail: 1 });
  await mesa.partes().deshacer.deshacibles.at(-1)?.deshacer();
  assert.equal(mesa.pedido?.nombre, "Ña Cármen");
});

test("an order that was saved leaves nobody's on the screen, and the rest as they are", async () => {
  const todo = await abrirMesa();
  const { mesa } = todo;
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  mesa.confirmarEnvio();
  await mesa.enviarTodo();
  await abrirCliente(todo, "Don Beto");
  mesa.mostrarCliente(mesa.clientes.find(({ nombre }) => nombre === "Ña Cármen")?.id ?? "");
  await hasta(() => mesa.clientes.length === 1);
  assert.deepEqual([mesa.activo, mesa.pedido, mesa.clientes[0].nombre], ["", null, "Don Beto"]);
});

test("without Web Locks one tab says that it writes alone, the other looks on", async () => {
  const todo = await abrirMesa({ sitio: nuevoSitio({ locks: null }) });
  assert.equal(todo.mesa.guardado, "Sin HTTPS: trabajar en una sola pestaña.");
  todo.mesa.partes().titularidad.alCambiar(false);
  assert.match(todo.mesa.otraPestana, /^La mesa está abierta en otra pestaña/);
  todo.mesa.partes().titularidad.alCambiar(true);
  assert.equal(todo.mesa.otraPestana, "");
  todo.mesa.partes().servicios.almacen.titular.dejar();
  todo.mesa.partes().servicios.almacen.titular.canal.close();
});

test("storage switched off: it works from memory, and says what that means", async () => {
  const todo = await abrirMesa({
    preparar: () => {
      globalThis.localStorage = {
        setItem() {
          throw new DOMException("denied", "SecurityError");
        },
      };
    },
  });
  assert.equal(
    todo.mesa.guardado,
    "El navegador no deja guardar: los pedidos se pierden al cerrar esta página.",
  );
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 2);
  assert.deepEqual(lineasALaVista(todo), ["2 Yerba 12.500"]);
});

test("a page without its parameters does not pretend to be a desk", async () => {
  await abrirMesa();
  const { mesa } = await import("../../mesa/mesa.js");
  $("parametros").remove();
  assert.throws(() => mesa(), { message: "#parametros is not there" });
});

test("the saved order of a refused one is linked, when it is known", async () => {
  const { mesa } = await abrirMesa();
  assert.equal(mesa.urlDelGuardado(), "");
  mesa.pedido = { numeroGuardado: 1043 };
  assert.equal(mesa.urlDelGuardado(), PARAMETROS.urls.pedido.replace("/0/", "/1043/"));
  assert.equal(mesa.montoGuardado({ total: "37500" }), "37.500");
  assert.equal(mesa.notaGuardado({ numero: 1043 }), "N.º 1.043 · guardado");
});

test("a client whose order was saved today has another one opened from the list", async () => {
  const todo = await abrirMesa();
  const ficha = { nombre: "Don Beto", razon: "Beto S.A.", ruc: "1", canal: "1", canal_nombre: "D" };
  await todo.mesa.otroPedido({ cliente: "12", ficha, numero: 1043, total: "1" });
  assert.deepEqual([todo.mesa.activo, todo.mesa.pedido.ruc, lineasALaVista(todo)], ["12", "1", []]);
});

test("one order, or all that was not sent, is taken away as a file", async () => {
  const todo = await abrirMesa();
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 2);
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  const archivos = [];
  const original = URL.createObjectURL;
  URL.createObjectURL = (blob) => archivos.push(blob) && "blob:x";
  todo.ventana.HTMLAnchorElement.prototype.click = () => {};
  todo.mesa.exportarPedido();
  todo.mesa.exportarPedidos();
  URL.createObjectURL = original;
  const textos = await Promise.all(archivos.map((blob) => blob.text()));
  assert.equal(textos.length, 2);
  const destino = await abrirMesa();
  const leer = async (texto) => {
    await destino.mesa
      .partes()
      .traslado.importar({ files: [{ text: async () => texto }], value: "x" });
    return destino.mesa.clientes.map(({ id }) => id).sort();
  };
  assert.deepEqual(await leer(textos[0]), ["13"]);
  assert.deepEqual(await leer(textos[1]), ["12", "13"]);
});

test("taking the desk over, where one tab alone may write", async () => {
  const todo = await abrirMesa();
  todo.mesa.usarEstaPestana();
  let tomada = 0;
  todo.mesa.partes().servicios.almacen.titular = { tomar: () => (tomada += 1) };
  todo.mesa.usarEstaPestana();
  assert.equal(tomada, 1);
});
