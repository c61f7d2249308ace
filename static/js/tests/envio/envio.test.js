// The promise: whatever the server or the network does, no order is lost and none is sent twice.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inflar } from "../../comun/almacen.js";
import { bloqueados, pendientes } from "../../cuaderno/lotes.js";
import { agregar, lineasDe } from "../../cuaderno/pedidos.js";
import { SinRed } from "../../comun/red.js";
import {
  LINEA,
  cerrados,
  conHuella,
  orders,
  pestana,
  servidorBueno,
  terminar,
} from "./envio_pestana.js";

test("send, receipt, and the cart is empty", async () => {
  const servidor = servidorBueno();
  const { almacen, envio, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders("12", "13"));
  await envio.enviar("v1");
  await terminar(envio);
  const [{ pedidos, ...sobre }] = servidor.recibidos;
  assert.deepEqual(sobre, {
    lote: "lote-1",
    codificacion: "utf16",
    version_datos: "v1",
    sucursal: 2,
  });
  assert.deepEqual(inflar(pedidos), cerrados("12", "13"));
  assert.deepEqual(almacen.leer("orders"), {});
  assert.deepEqual(almacen.nombres().sort(), ["orders", "rechazos"]);
  const recibo = sucesos.find(([evento]) => evento === "recibo")[1];
  assert.deepEqual(
    recibo.guardados.map(({ cliente, numero }) => [cliente, numero]),
    [
      ["12", 1001],
      ["13", 1002],
    ],
  );
});

test("lote and payload are in storage before the first byte leaves", async () => {
  const servidor = servidorBueno();
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  let antes;
  const enviar = servidor.enviar.bind(servidor);
  servidor.enviar = (url, cuerpo) => {
    antes = [
      almacen.texto("carga:lote-1") === cuerpo.pedidos,
      [...bloqueados(pendientes(almacen)).keys()],
    ];
    return enviar(url, cuerpo);
  };
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(antes, [true, ["12"]]);
});

test("the rejected come back with their reason, the saved do not", async () => {
  const servidor = servidorBueno({
    decidido: (cliente, valor) =>
      cliente === "13"
        ? {
            resultado: "RECHAZADO",
            codigo: "sin_precio",
            motivo: "Sin precio.",
            linea: 1,
            campo: "articulo_id",
            huella: "?",
          }
        : conHuella({ resultado: "GUARDADO" })(cliente, valor),
  });
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12", "13", "14"));
  almacen.guardar("rechazos", { 12: { motivo: "viejo" }, 99: { motivo: "otro" } });
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), orders("13"));
  assert.deepEqual(almacen.leer("rechazos"), {
    13: {
      codigo: "sin_precio",
      motivo: "Sin precio.",
      articulo: 7,
      campo: "articulo_id",
      lote: "lote-1",
    },
    99: { motivo: "otro" },
  });
  assert.deepEqual(pendientes(almacen), []);
});

test("GUARDADO with another receipt clears nothing", async () => {
  const servidor = servidorBueno({ decidido: () => ({ resultado: "GUARDADO", huella: "otra" }) });
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), orders("12"));
  assert.deepEqual(almacen.leer("rechazos")[12], {
    codigo: "recibo_distinto",
    numero: 1001,
    lote: "lote-1",
  });
});

test("a lote that failed whole gives everything back with its reason", async () => {
  const servidor = servidorBueno();
  servidor.guardar = ({ lote }) =>
    servidor.lotes.set(lote, {
      lote,
      estado: "FALLIDO",
      codigo: "codec",
      pedidos: [],
      siguiente: null,
    });
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), orders("12"));
  assert.equal(almacen.leer("rechazos")[12].codigo, "codec");
});

test("no answer, cut answers and 5xx: the same lote again, saved once", async () => {
  const servidor = servidorBueno();
  servidor.fallar = [
    { si: "GET /sesion", error: new SinRed("refused") },
    { si: "POST", error: new SinRed("refused") },
    { si: "POST", error: new SinRed("cut"), despues: true },
    { si: "POST", estado: 503, esperar: 1 },
    { si: "GET /lotes", estado: 500 },
    { si: "GET /lotes", error: new SinRed("timeout") },
  ];
  const { almacen, envio, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), {});
  assert.equal(servidor.guardados.length, 1);
  assert.equal(new Set(servidor.recibidos.map((cuerpo) => JSON.stringify(cuerpo))).size, 1);
  const esperas = sucesos.filter(([evento]) => evento === "espera").map(([, { codigo }]) => codigo);
  assert.deepEqual(esperas, ["sin_red", "sin_red", "sin_red", "servidor", "servidor", "sin_red"]);
});

test("a session that ends stops the sending and keeps the cart; signing in goes on", async () => {
  const servidor = servidorBueno();
  servidor.fallar = [
    { si: "POST", estado: 401 },
    { si: "GET /sesion", estado: 401 },
  ];
  const { almacen, envio, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  for (let vez = 0; vez < 2; vez += 1) {
    assert.equal(sucesos.at(-1)[1].codigo, "sesion");
    assert.deepEqual(almacen.leer("orders"), orders("12"));
    assert.deepEqual([...bloqueados(pendientes(almacen)).keys()], ["12"]);
    envio.seguir();
    await terminar(envio);
  }
  assert.deepEqual(almacen.leer("orders"), {});
});

test("nothing is sent with another person's session", async () => {
  const servidor = servidorBueno({ usuario: 99 });
  const { almacen, envio, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.equal(sucesos.at(-1)[1].codigo, "otra_persona");
  assert.deepEqual(servidor.recibidos, []);
  assert.deepEqual(almacen.leer("orders"), orders("12"));
});

for (const [estado, codigo] of [
  [400, "inesperado"],
  [403, "sin_permiso"],
  [413, "tamano"],
  [422, "inesperado"],
]) {
  test(`${estado}: the orders are free again and the reason is told`, async () => {
    const servidor = servidorBueno();
    servidor.fallar = [{ si: "POST", estado, cuerpo: { detail: "Porque sí." } }];
    const { almacen, envio, sucesos } = pestana({ servidor });
    almacen.guardar("orders", orders("12"));
    await envio.enviar("");
    await terminar(envio);
    const devuelto = sucesos.find(([evento]) => evento === "devuelto");
    assert.deepEqual(devuelto, ["devuelto", { codigo, detalle: "Porque sí." }]);
    assert.deepEqual(almacen.leer("orders"), orders("12"));
    assert.deepEqual(pendientes(almacen), []);
    assert.deepEqual(almacen.nombres("carga:"), []);
  });
}

test("a refusal after an unanswered try asks first whether that try was taken", async () => {
  const servidor = servidorBueno();
  servidor.fallar = [
    { si: "POST", error: new SinRed("cut"), despues: true },
    { si: "POST", estado: 403 },
  ];
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), {});
  assert.equal(servidor.guardados.length, 1);
});

test("a lote the server forgot is sent again as it was", async () => {
  const servidor = servidorBueno();
  servidor.fallar = [{ si: "GET /lotes", estado: 404 }];
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  await envio.enviar("");
  await terminar(envio);
  assert.equal(servidor.recibidos.length, 2);
  assert.deepEqual(servidor.recibidos[0], servidor.recibidos[1]);
  assert.deepEqual(almacen.leer("orders"), {});
});

test("verdicts over several pages are all read", async () => {
  const servidor = servidorBueno();
  const clientes = ["1", "2", "3", "4", "5"];
  const hoja = (pagina) => {
    const lote = servidor.lotes.get("lote-1");
    return {
      ...lote,
      pedidos: lote.pedidos.slice(2 * pagina - 2, 2 * pagina),
      siguiente: pagina < 3 ? "/x" : null,
    };
  };
  const pedir = servidor.pedir.bind(servidor);
  servidor.pedir = async (url) => {
    const respuesta = await pedir(url);
    if (!url.startsWith("/lotes/")) return respuesta;
    return { ...respuesta, cuerpo: hoja(Number(url.split("pagina=")[1] ?? 1)) };
  };
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders(...clientes));
  await envio.enviar("");
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), {});
});

test("a reload in the middle goes on from storage", async () => {
  const servidor = servidorBueno();
  const caida = pestana({ servidor });
  caida.almacen.guardar("orders", orders("12"));
  servidor.fallar = [{ si: "POST", error: new SinRed("cut"), despues: true }];
  caida.envio.tropezar = () => null;
  await caida.envio.enviar("");
  await terminar(caida.envio);
  const nueva = pestana({ servidor, storage: caida.storage, lote: "lote-2" });
  nueva.envio.seguir();
  await terminar(nueva.envio);
  assert.deepEqual(nueva.almacen.leer("orders"), {});
  assert.equal(servidor.guardados.length, 1);
});

test("two tabs sending at once make one lote", async () => {
  const servidor = servidorBueno();
  const una = pestana({ servidor });
  const otra = pestana({ servidor, storage: una.storage, locks: una.locks, lote: "lote-2" });
  una.almacen.guardar("orders", orders("12", "13"));
  const [primera, segunda] = await Promise.all([una.envio.enviar(""), otra.envio.enviar("")]);
  assert.equal(primera.lote, "lote-1");
  assert.equal(segunda, null);
  await Promise.all([terminar(una.envio), terminar(otra.envio)]);
  assert.equal(servidor.guardados.length, 2);
  assert.equal(servidor.recibidos.length, 1);
});

test("an order opened for a client while another of theirs travels is not cleared with it", async () => {
  const servidor = servidorBueno();
  const { almacen, envio } = pestana({ servidor });
  almacen.guardar("orders", orders("12"));
  const pedir = servidor.pedir.bind(servidor);
  servidor.pedir = (url) => {
    // Another tab without Web Locks changed it under our feet.
    if (url.startsWith("/lotes/"))
      almacen.guardar("orders", agregar(orders("12"), "12", { ...LINEA, articulo: 8 }, 0));
    return pedir(url);
  };
  await envio.enviar("");
  await terminar(envio);
  assert.equal(lineasDe(almacen.leer("orders")[12]).length, 2);
});

test("what was not agreed to does not go, however long it takes to be dated", async () => {
  const servidor = servidorBueno();
  const { almacen, envio, sucesos } = pestana({ servidor });
  const antes = orders("12", "13");
  almacen.guardar("orders", antes);
  envio.momento = async () => {
    // Typed meanwhile: a line more, and another client's order.
    const otros = agregar({ ...antes, ...orders("14") }, "13", { ...LINEA, articulo: 8 }, 0);
    almacen.guardar("orders", otros);
    return envio.ahora();
  };
  await envio.enviar("v1");
  await terminar(envio);
  assert.deepEqual(Object.keys(inflar(servidor.recibidos[0].pedidos)), ["12"]);
  assert.deepEqual(
    Object.entries(almacen.leer("orders")).map(([c, orden]) => [c, lineasDe(orden).length]),
    [
      ["13", 2],
      ["14", 1],
    ],
  );
  assert.deepEqual(
    sucesos.filter(([suceso]) => suceso === "cambiados"),
    [["cambiados", { clientes: ["13"] }]],
  );
});

test("what was on its way, and comes back meanwhile, was not agreed to either", async () => {
  const servidor = servidorBueno();
  const { almacen, envio, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders("12", "13"));
  almacen.guardar("lote:viejo", { lote: "viejo", huellas: { 12: "h" }, ids: {}, version: "" });
  envio.seguir = () => undefined;
  envio.momento = async () => {
    almacen.quitar("lote:viejo");
    return envio.ahora();
  };
  const ficha = await envio.enviar("");
  assert.deepEqual(Object.keys(ficha.huellas), ["13"]);
  assert.deepEqual(sucesos, []);
});

test("an order without an id of its own goes, and nothing is told", async () => {
  const { almacen, envio, sucesos } = pestana({ servidor: servidorBueno() });
  const { detalles } = orders("12")[12];
  almacen.guardar("orders", { 12: detalles, 13: { detalles } });
  envio.seguir = () => undefined;
  const ficha = await envio.enviar("");
  assert.deepEqual([Object.keys(ficha.huellas), sucesos], [["12", "13"], []]);
});

test("nothing to send makes no lote", async () => {
  const { almacen, envio } = pestana({ servidor: servidorBueno() });
  almacen.guardar("orders", { 12: [] });
  assert.equal(await envio.enviar(""), null);
  assert.deepEqual(almacen.nombres(), ["orders"]);
});

test("without room for the lote nothing is locked and nothing half written", async () => {
  const { almacen, envio, storage } = pestana({ servidor: servidorBueno() });
  almacen.guardar("orders", orders("12"));
  storage.cupo = almacen.ocupado() + almacen.texto("orders").length + 40;
  await assert.rejects(envio.enviar(""), {
    constructor: (await import("../../comun/almacen.js")).CuotaLlena,
  });
  assert.deepEqual(almacen.nombres(), ["orders"]);
});

test("a browser without one character left still sends: it is what makes room", async () => {
  const servidor = servidorBueno();
  const { almacen, envio, storage } = pestana({ servidor });
  almacen.guardar("orders", orders("12", "13"));
  envio.seguir = () => undefined;
  await envio.enviar("");
  storage.cupo = almacen.ocupado();
  delete envio.seguir;
  envio.seguir();
  await terminar(envio);
  assert.deepEqual(almacen.leer("orders"), {});
  assert.equal(servidor.guardados.length, 2);
});
