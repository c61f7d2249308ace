// Sending and what comes of it on the screen: receipts, refusals, sessions, the line and the clock.

import assert from "node:assert/strict";
import { test } from "node:test";

import { SinRed } from "../../comun/red.js";
import { frase } from "../../comun/frases.js";
import {
  abrirCliente,
  abrirMesa,
  agregar,
  cerrarMesa,
  dichos,
  hasta,
  nuevoSitio,
  lineasALaVista,
} from "../escritorio.js";
import { $, asentar } from "../documento.js";

async function conPedido(mas) {
  const todo = await abrirMesa(mas);
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  return todo;
}

/** Press Enviar, agree, and let the lote end. */
async function enviar({ mesa }) {
  mesa.confirmarEnvio();
  await mesa.enviarTodo();
  await hasta(() => !mesa.partes().servicios.envio.andando);
  await asentar();
}

// --- Sending ---------------------------------------------------------------------------------------------

test("an order is sent once, kept as saved, and its receipt said", async () => {
  const todo = await conPedido();
  await enviar(todo);
  const { mesa, sitio } = todo;
  await hasta(() => dichos().length === 1);
  assert.deepEqual(dichos(), ["Enviados 1 = guardados 1."]);
  assert.deepEqual(
    [mesa.pedido, mesa.guardados.length, sitio.servidor.guardados.length],
    [null, 1, 1],
  );
  assert.equal(mesa.textoGuardados(), "1 pedido · Gs. 37.500");
  assert.deepEqual(
    [mesa.guardados[0].numero, mesa.guardados[0].id, mesa.montoGuardado(mesa.guardados[0])],
    [1001, 1001, "37.500"],
  );
  assert.equal(sitio.servidor.recibidos.length, 1);
});

test("the dialog says how many; with nothing to send it does not open; twice it is one", async () => {
  const vacia = await abrirMesa();
  vacia.mesa.confirmarEnvio();
  assert.equal($("dialogo_envio").open, false);
  const { mesa } = await conPedido();
  assert.equal(mesa.textoEnviar(), "Enviar 1 pedido");
  mesa.confirmarEnvio();
  mesa.confirmarEnvio();
  assert.equal($("dialogo_envio").open, true);
});

test("a summary that is not there yet sends nothing", async () => {
  const { mesa } = await conPedido();
  mesa.resumen = null;
  mesa.confirmarEnvio();
  assert.equal($("dialogo_envio").open, false);
  assert.deepEqual(
    [mesa.textoEnviar(), mesa.textoGuardados(), mesa.chipTexto()],
    ["Nada para enviar", "", "En línea"],
  );
});

test("two sends in the same instant are one lote", async () => {
  const todo = await conPedido();
  todo.mesa.confirmarEnvio();
  await Promise.all([todo.mesa.enviarTodo(), todo.mesa.enviarTodo()]);
  await hasta(() => !todo.mesa.partes().servicios.envio.andando);
  assert.deepEqual(
    [todo.sitio.servidor.recibidos.length, todo.sitio.servidor.guardados.length],
    [1, 1],
  );
});

test("a refused order says why on the screen of whoever looked at it; a saved one with notices too", async () => {
  const decidido = (id) =>
    id === "12"
      ? {
          resultado: "RECHAZADO",
          codigo: "sin_precio",
          motivo: "Cliente 12, línea 1, precio_unitario: no tiene precio.",
          linea: 1,
          campo: "precio_unitario",
        }
      : { resultado: "GUARDADO", avisos: [{ codigo: "x" }] };
  const todo = await abrirMesa({ sitio: nuevoSitio({ decidido }) });
  await abrirCliente(todo, "Ña Cármen");
  await agregar(todo, "sal", 1);
  await abrirCliente(todo, "Don Beto");
  await agregar(todo, "yer", 3);
  await enviar(todo);
  await hasta(() => dichos().length === 1);
  assert.deepEqual(dichos(), [
    "Enviados 2 = guardados 1 + devueltos 1. Cada pedido devuelto dice su motivo: corregir y reenviar. 1 pedido con avisos: ver el lote.",
  ]);
  assert.equal(todo.mesa.activo, "12");
  assert.match(todo.mesa.pedido.rechazo, /^Línea 1, Yerba, precio: no tiene precio\./);
  assert.deepEqual(
    todo.mesa.pedido.lineas.map(({ mal }) => mal),
    [true],
  );
});

test("somebody in the middle of another order is not taken away from it", async () => {
  const decidido = { resultado: "RECHAZADO", codigo: "sin_precio", motivo: "x" };
  const todo = await conPedido({ sitio: nuevoSitio({ decidido }) });
  const { mesa } = todo;
  mesa.confirmarEnvio();
  await mesa.enviarTodo();
  await abrirCliente(todo, "Ña Cármen");
  await hasta(() => dichos().length === 1);
  await asentar();
  assert.equal(mesa.activo, "13");
});

test("the same order with other content: it is linked, and may go as a new one", async () => {
  const decidido = {
    resultado: "RECHAZADO",
    codigo: "pedido_reutilizado",
    motivo: "",
    pedido_numero: 1043,
  };
  const todo = await conPedido({ sitio: nuevoSitio({ decidido }) });
  await enviar(todo);
  await hasta(() => todo.mesa.pedido?.rechazo);
  const antes = todo.mesa.partes().servicios.libreta.leer().orders[12].id;
  assert.deepEqual(
    [todo.mesa.pedido.reutilizado, todo.mesa.urlDelGuardado()],
    [true, "/pedido/1043/"],
  );
  await todo.mesa.enviarComoNuevo();
  const despues = todo.mesa.partes().servicios.libreta.leer().orders[12].id;
  assert.notEqual(antes, despues);
  assert.ok(
    dichos().includes(
      "Es un pedido nuevo: el guardado queda como está. Enviarlo cuando esté listo.",
    ),
  );
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500"]);
});

test("an order that is on its way cannot be edited, and says so", async () => {
  const todo = await conPedido();
  todo.sitio.servidor.fallar = [{ si: "POST", estado: 503 }];
  todo.mesa.confirmarEnvio();
  await todo.mesa.enviarTodo();
  await agregar(todo, "sal", 1);
  assert.ok(
    dichos().includes("Este pedido se está enviando: se puede editar cuando llegue la respuesta."),
  );
  assert.deepEqual(
    [lineasALaVista(todo), todo.mesa.chipTexto(), todo.mesa.chipPunto()],
    [["3 Yerba 12.500"], "Enviando 1 pedido", "punto-curso"],
  );
  todo.mesa.reintentar();
  await hasta(() => todo.sitio.servidor.guardados.length === 1);
});

// --- Refusals of the whole -----------------------------------------------------------------------------------

test("each refusal of the whole is said in its own words, and the order is still here", async () => {
  const casos = [
    [{ estado: 403, cuerpo: { detail: "" } }, "problema", /^Sin permiso para enviar pedidos/],
    [{ estado: 413 }, "problema", /^El envío es demasiado grande/],
    [
      { estado: 400, cuerpo: { detail: "Mal formado." } },
      "problema",
      /^Respuesta inesperada del servidor\. .* Mal formado\.$/,
    ],
    [{ estado: 429, esperar: 60 }, "problema", /^Demasiados envíos seguidos/],
    [{ estado: 500 }, "problema", /^El servidor no pudo responder/],
    [{ estado: 401 }, "sesion", /^La sesión terminó/],
    [{ error: new TypeError("Failed to fetch") }, "problema", /^Sin conexión con el servidor/],
  ];
  for (const [falla, donde, dicho] of casos) {
    const todo = await conPedido();
    todo.sitio.servidor.fallar = [{ si: "POST", ...falla }];
    todo.mesa.confirmarEnvio();
    await todo.mesa.enviarTodo();
    await hasta(() => todo.mesa[donde] !== "");
    assert.match(todo.mesa[donde], dicho, JSON.stringify(falla));
    assert.deepEqual(lineasALaVista(todo), ["3 Yerba 12.500"]);
    assert.equal(todo.sitio.servidor.guardados.length, 0);
  }
});

test("what was waited for goes when the server is back, and the page stops saying so", async () => {
  const todo = await conPedido();
  todo.sitio.servidor.fallar = [{ si: "POST", estado: 503 }];
  todo.mesa.confirmarEnvio();
  await todo.mesa.enviarTodo();
  await hasta(() => todo.mesa.partes().noticias.esperando);
  todo.mesa.reintentar();
  await hasta(() => dichos().length === 1);
  assert.deepEqual(
    [todo.mesa.problema, todo.mesa.partes().noticias.esperando, dichos()],
    ["", false, ["Enviados 1 = guardados 1."]],
  );
});

test("a lote that was on its way goes on after a reload, and is stored once", async () => {
  const antes = await conPedido();
  antes.sitio.servidor.fallar = [{ si: "POST", despues: true, error: new TypeError("cut") }];
  antes.mesa.confirmarEnvio();
  await antes.mesa.enviarTodo();
  await hasta(() => antes.mesa.partes().noticias.esperando);
  antes.mesa.partes().servicios.envio.dormir = () => new Promise(() => {});
  const todo = await abrirMesa({ sitio: cerrarMesa(antes) });
  await hasta(() => todo.mesa.guardados.length === 1);
  assert.deepEqual([todo.sitio.servidor.guardados.length, todo.mesa.pedido], [1, null]);
});

// --- The session ---------------------------------------------------------------------------------------------

test("a session that ended elsewhere is said here, and the page is not left", async () => {
  const { mesa } = await conPedido();
  const evento = new Event("sesion:terminada", { cancelable: true });
  document.dispatchEvent(evento);
  assert.deepEqual(
    [evento.defaultPrevented, mesa.chipTexto(), mesa.chipCorto(), mesa.chipPunto()],
    [true, "Sesión terminada", "Sesión terminada", "punto-aviso"],
  );
});

test("back on the page: still out, somebody else, or oneself again", async () => {
  const todo = await conPedido();
  const { mesa, sitio } = todo;
  mesa.partes().sesion.pedirEntrar();
  sitio.servidor.fallar = [{ si: "GET /sesion", estado: 401 }];
  await mesa.partes().sesion.comprobar();
  assert.match(mesa.sesion, /^La sesión terminó/);
  sitio.servidor.usuario = 9;
  await mesa.partes().sesion.comprobar();
  assert.match(mesa.sesion, /^Entró otra persona/);
  sitio.servidor.usuario = 3;
  document.dispatchEvent(new Event("visibilitychange"));
  await hasta(() => mesa.sesion === "");
});

test("asking whether one is back, without a line, leaves it as it was and says that", async () => {
  const todo = await conPedido();
  todo.mesa.partes().sesion.pedirEntrar();
  todo.sitio.sinLinea = true;
  await todo.mesa.partes().sesion.comprobar();
  assert.match(todo.mesa.sesion, /^La sesión terminó/);
  assert.equal(todo.mesa.enLinea, false);
  todo.mesa.partes().servicios.conexion.bien();
  todo.mesa.partes().servicios.red.pedir = async () => {
    throw new RangeError("ours");
  };
  await assert.rejects(todo.mesa.partes().sesion.comprobar(), RangeError);
});

test("an answer of any other kind about the session changes nothing", async () => {
  const todo = await conPedido();
  todo.mesa.partes().sesion.pedirEntrar();
  todo.sitio.servidor.fallar = [{ si: "GET /sesion", estado: 503 }];
  await todo.mesa.partes().sesion.comprobar();
  assert.match(todo.mesa.sesion, /^La sesión terminó/);
});

test("another person's orders are not sent with this session", async () => {
  const todo = await conPedido();
  todo.sitio.servidor.usuario = 9;
  todo.mesa.confirmarEnvio();
  await todo.mesa.enviarTodo();
  await hasta(() => todo.mesa.sesion !== "");
  assert.match(todo.mesa.sesion, /^Entró otra persona/);
  assert.deepEqual([todo.sitio.servidor.recibidos, lineasALaVista(todo)], [[], ["3 Yerba 12.500"]]);
});

// --- The line and the catalogue --------------------------------------------------------------------------------

test("the chip says how many orders are only here, and the catalogue is fetched when the line is back", async () => {
  const todo = await conPedido();
  const { mesa, sitio } = todo;
  sitio.sinLinea = true;
  await mesa.partes().catalogoDeMesa.traer();
  assert.deepEqual(
    [mesa.enLinea, mesa.chipTexto(), mesa.chipCorto(), mesa.chipPunto()],
    [false, "Sin conexión – 1 pedido en este equipo", "Sin conexión", "punto-aviso"],
  );
  sitio.sinLinea = false;
  const antes = sitio.pedidas.length;
  mesa.partes().servicios.conexion.bien();
  await asentar();
  assert.ok(sitio.pedidas.slice(antes).includes("GET /catalogo"));
  assert.deepEqual(
    [mesa.chipTexto(), mesa.chipCorto(), mesa.chipPunto()],
    ["En línea", "En línea", "punto-exito"],
  );
});

test("a catalogue that could not be had whole is said, and its end of session too", async () => {
  const todo = await abrirMesa();
  const { mesa } = todo;
  mesa.partes().servicios.catalogo.actualizar = async () => {
    throw new Error("damaged section: precios");
  };
  await mesa.partes().catalogoDeMesa.traer();
  assert.equal(mesa.catalogoAviso, "No se pudo bajar el catálogo completo; se reintenta solo.");
  mesa.partes().servicios.catalogo.actualizar = async () => 401;
  await mesa.partes().catalogoDeMesa.traer();
  assert.match(mesa.sesion, /^La sesión terminó/);
  mesa.partes().servicios.catalogo.actualizar = async () => {
    throw new SinRed("x");
  };
  await mesa.partes().catalogoDeMesa.traer();
  assert.equal(mesa.enLinea, false);
  mesa.partes().servicios.conexion.bien();
});

test("a desk without a line and without a catalogue opens, and says what it lacks", async () => {
  const { mesa } = await abrirMesa({ sitio: nuevoSitio({ sinLinea: true }), esperar: false });
  await hasta(() => !mesa.enLinea);
  assert.equal(mesa.catalogoTexto, "Sin catálogo en este equipo");
  mesa.partes().catalogoDeMesa.alCambiar({
    listo: false,
    version: "",
    generado: null,
    enMemoria: false,
    cargando: true,
  });
  assert.equal(mesa.catalogoTexto, "Bajando el catálogo…");
  mesa.partes().catalogoDeMesa.alCambiar({
    listo: false,
    version: "",
    generado: null,
    enMemoria: true,
    cargando: false,
  });
  assert.match(mesa.catalogoAviso, /no entra en este navegador/);
});

test("a new catalogue's prices are put on the open orders and said", async () => {
  const todo = await conPedido();
  const { gart } = todo.sitio;
  todo.sitio.gart = { ...gart, precios: { 1: { ...gart.precios[1], 7: 11900 } } };
  todo.sitio.version = "v2";
  await todo.mesa.partes().catalogoDeMesa.traer();
  await hasta(() => dichos().length === 1);
  assert.deepEqual(dichos(), ["Catálogo nuevo: cambió 1 precio. Yerba 12.500 → 11.900."]);
  assert.deepEqual(lineasALaVista(todo), ["3 Yerba 11.900"]);
  assert.deepEqual(
    todo.mesa.cambiosVisibles().map(({ texto }) => texto),
    ["Yerba 12.500 → 11.900"],
  );
  await todo.mesa.entendido();
  assert.equal(todo.mesa.hayCambios(), false);
});

test("a clock that is wrong is said, and a right one is not", async () => {
  const { mesa } = await abrirMesa();
  const { reloj } = mesa.partes().servicios;
  mesa.partes().relojDeMesa.mirar();
  assert.equal(mesa.relojMal, "");
  reloj.anotar(new Date(Date.now() + 3_600_000).toUTCString());
  mesa.partes().relojDeMesa.mirar();
  assert.match(
    mesa.relojMal,
    /^El reloj de este equipo está mal: .* \(\d\d:\d\d del \d\d\/\d\d\/\d{4}\)\.$/,
  );
});

// --- Lotes in sight --------------------------------------------------------------------------------------------

test("a lote's badge is put on top, asked for until it comes, and eight stay", async () => {
  const todo = await abrirMesa();
  const { mesa, ventana } = todo;
  for (let i = 1; i <= 9; i += 1)
    mesa.partes().lotesDeHoy.mostrar(`00000000-0000-4000-8000-00000000000${i}`);
  mesa.partes().lotesDeHoy.mostrar("00000000-0000-4000-8000-000000000009");
  const lista = $("lotes_de_hoy");
  assert.deepEqual([lista.children.length, $("sin_lotes").hidden], [8, true]);
  const [primero] = lista.children;
  assert.equal(
    primero.querySelector("a").getAttribute("href"),
    "/lote/00000000-0000-4000-8000-000000000009/",
  );
  const hueco = primero.querySelector("[data-lote]");
  assert.deepEqual(
    ["hx-get", "hx-trigger", "hx-target", "hx-swap", "data-sondeo"].map((n) =>
      hueco.getAttribute(n),
    ),
    [
      "/lote/00000000-0000-4000-8000-000000000009/estado/",
      "load, every 3s",
      "this",
      "outerHTML",
      "",
    ],
  );
  assert.equal(ventana.htmx.hechos.length, 9);
});

test("a lote that the list already has is left as it is, also when its place is empty", async () => {
  const { mesa } = await abrirMesa();
  mesa.partes().lotesDeHoy.mostrar("l1");
  const antes = $("lotes_de_hoy").innerHTML;
  mesa.partes().lotesDeHoy.mostrar("l1");
  assert.equal($("lotes_de_hoy").innerHTML, antes);
});

test("a receipt without room for it is shown all the same", async () => {
  const todo = await conPedido();
  const { CuotaLlena } = await import("../../comun/almacen.js");
  todo.mesa.partes().servicios.libreta.anotarGuardados = async () => {
    throw new CuotaLlena("guardados");
  };
  await todo.mesa.partes().recibos.alRecibir({
    guardados: [{ cliente: "12", numero: 1, avisos: [], lineas: [] }],
    rechazos: {},
    lote: { lote: "l" },
    orders: {},
  });
  assert.deepEqual(dichos(), ["Enviados 1 = guardados 1."]);
  todo.mesa.partes().servicios.libreta.anotarGuardados = async () => {
    throw new RangeError("ours");
  };
  await assert.rejects(
    todo.mesa
      .partes()
      .recibos.alRecibir({ guardados: [], rechazos: {}, lote: { lote: "l" }, orders: {} }),
    RangeError,
  );
});

test("the browser is asked once not to throw the orders away, and its answer is told", async () => {
  const { mesa, ventana } = await abrirMesa();
  let pedidas = 0;
  const ponerGestor = (value) =>
    Object.defineProperty(ventana.navigator, "storage", { value, configurable: true });
  const gestor = (concedido) => ({
    persisted: async () => false,
    persist: async () => ((pedidas += 1), concedido),
  });
  ponerGestor(gestor(false));
  await Promise.all([mesa.partes().custodia.proteger(), mesa.partes().custodia.proteger()]);
  assert.equal(pedidas, 1);
  assert.equal(mesa.permanencia, frase("puede_borrar"));
  ponerGestor(gestor(true));
  mesa.partes().custodia.protegido = false;
  await mesa.partes().custodia.proteger();
  assert.equal(mesa.permanencia, frase("conserva"));
  ponerGestor(undefined);
  mesa.partes().custodia.protegido = false;
  await mesa.partes().custodia.proteger();
  assert.equal(mesa.permanencia, frase("conserva"));
});

test("without a line the page says how old its catalogue is and what waits", async () => {
  const { mesa } = await abrirMesa();
  mesa.partes().servicios.catalogo.estado.listo = true;
  mesa.partes().servicios.catalogo.estado.generado = new Date(
    Date.now() - 73 * 3_600_000,
  ).toISOString();
  mesa.partes().catalogoDeMesa.mirarEdad();
  assert.equal(mesa.catalogoEdad, "");
  mesa.partes().corte.alCambiar(false);
  assert.equal(mesa.catalogoEdad, "Sin línea, con un catálogo de hace 3 días.");
  mesa.enviando = 2;
  assert.match(mesa.chipTexto(), /^Sin conexión – .* en este equipo, 2 esperan para salir$/);
  mesa.enviando = 1;
  assert.match(mesa.chipTexto(), /, 1 espera para salir$/);
  mesa.enviando = 0;
  assert.match(mesa.chipTexto(), /en este equipo$/);
});

test("a hidden page waits: it asks for nothing", async () => {
  const todo = await conPedido();
  todo.mesa.partes().sesion.pedirEntrar();
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  const antes = todo.sitio.pedidas.length;
  todo.mesa.partes().regreso.alVolver();
  await asentar();
  assert.equal(todo.sitio.pedidas.length, antes);
});
