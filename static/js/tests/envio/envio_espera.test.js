// How sending waits: after failures, between questions, and for whoever may write.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { Envio } from "../../envio/envio.js";
import { SinRed } from "../../comun/red.js";
import { OtraPestana } from "../../pestanas/titular.js";
import { AMBITO, Locks, Storage } from "../dobles.js";
import { URLS, orders, pestana, servidorBueno, terminar } from "./envio_pestana.js";

test("each failure waits longer, up to half a minute and a little, or as long as it is told", async () => {
  const { envio, sucesos } = pestana({ servidor: servidorBueno() });
  const esperas = Array.from({ length: 9 }, () => envio.tropezar(new SinRed("x")));
  for (const [i, espera] of esperas.entries()) {
    const base = Math.min(500 * 2 ** (i + 1), 30_000);
    assert.ok(espera >= base * 0.75 && espera <= base * 1.25, `${i}: ${espera}`);
  }
  assert.ok(sucesos.every(([evento, { codigo }]) => evento === "espera" && codigo === "sin_red"));
  assert.throws(() => envio.tropezar(new TypeError("a fault of ours")), TypeError);
});

test("a server that says when is waited for that long", async () => {
  const servidor = servidorBueno();
  const { envio, almacen, sucesos } = pestana({ servidor });
  const plazos = [];
  envio.dormir = async (plazo) => void plazos.push(plazo);
  almacen.guardar("orders", orders(12));
  servidor.fallar.push({ si: "GET /sesion", estado: 429, esperar: 90 });
  servidor.fallar.push({
    si: "GET /sesion",
    estado: 503,
    esperar: 60,
    cuerpo: { detail: "Vuelvo." },
  });
  await envio.enviar("v1");
  await terminar(envio);
  assert.deepEqual(plazos.slice(0, 2), [90_000, 60_000]);
  assert.deepEqual(
    sucesos
      .filter(([evento]) => evento === "espera")
      .map(([, { codigo, detalle }]) => [codigo, detalle]),
    [
      ["espera", ""],
      ["servidor", "Vuelvo."],
    ],
  );
  assert.equal(servidor.guardados.length, 1);
});

test("questions about a lote come less and less often, up to every three seconds", async () => {
  const { envio } = pestana({ servidor: servidorBueno() });
  const esperas = [];
  for (let i = 0; i < 10; i++) esperas.push(Math.round(await envio.vuelta()));
  assert.deepEqual(esperas, [560, 784, 1098, 1537, 2151, 3000, 3000, 3000, 3000, 3000]);
  assert.equal(envio.fallas.veces, 0);
});

test("whoever waits can be woken up", async () => {
  const storage = new Storage();
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks() });
  const envio = new Envio({ almacen, red: {}, urls: URLS, avisar: () => {}, nuevoId: () => "x" });
  const dormido = envio.dormir(60_000);
  envio.despertador();
  await dormido;
  assert.equal(envio.despertador, null);
  await envio.dormir(0);
  assert.equal(envio.despertador, null);
});

test("a 200 that is no lote (somebody else's page) decides nothing: it is asked again", async () => {
  for (const cuerpo of [
    {},
    { estado: 5 },
    { estado: "COMPLETO" },
    { estado: "PARCIAL", pedidos: "x" },
  ]) {
    const servidor = servidorBueno();
    const { envio, almacen, sucesos } = pestana({ servidor });
    almacen.guardar("orders", orders(12));
    servidor.fallar.push({ si: "GET /lotes", estado: 200, cuerpo });
    await envio.enviar("v1");
    await terminar(envio);
    assert.deepEqual(
      sucesos
        .map(([evento]) => evento)
        .filter((evento) => evento === "espera" || evento === "recibo"),
      ["espera", "recibo"],
      JSON.stringify(cuerpo),
    );
    assert.deepEqual(almacen.leer("orders"), {});
    assert.equal(servidor.guardados.length, 1);
  }
});

test("what the server says that is no text is not said again", async () => {
  const servidor = servidorBueno();
  const { envio, almacen, sucesos } = pestana({ servidor });
  almacen.guardar("orders", orders(12));
  servidor.fallar.push({ si: "POST", estado: 400, cuerpo: { detail: { a: 1 } } });
  await envio.enviar("v1");
  await terminar(envio);
  assert.deepEqual(sucesos.at(-1), ["libre", {}]);
  assert.deepEqual(
    sucesos.find(([evento]) => evento === "devuelto"),
    ["devuelto", { codigo: "inesperado", detalle: "" }],
  );
});

test("a tab that only looks on sends nothing, and does not ask again", async () => {
  const { envio, almacen } = pestana({ servidor: servidorBueno() });
  almacen.guardar("orders", orders(12));
  await envio.enviar("v1");
  await terminar(envio);
  almacen.guardar("orders", orders(13));
  almacen.titular = { exigir: async () => Promise.reject(new OtraPestana()) };
  await assert.rejects(envio.enviar("v1"), OtraPestana);
  almacen.guardar("lote:l9", { lote: "l9", huellas: { 13: "x" }, creado_en: 1 });
  envio.seguir();
  await terminar(envio);
  assert.equal(almacen.nombres("lote:").length, 1);
});
