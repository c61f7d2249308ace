// Sending: asked when there is something, agreed once, tried again now.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Despacho } from "../../../mesa/despacho/despacho.js";
import { $, abrirPagina } from "../../documento.js";
import { espia, foco, intento, nombres } from "../espia.js";

let hechos;
let pantalla;
let lector;

function armar({ sigue = true } = {}) {
  hechos = [];
  pantalla = { pedido: null, resumen: null };
  lector = { pendientes: 0 };
  return new Despacho({
    envio: espia(hechos, "envio"),
    catalogo: { estado: { version: "v1" } },
    conexion: espia(hechos, "conexion"),
    pantalla,
    lector,
    noticias: espia(hechos, "noticias"),
    relojDeMesa: espia(hechos, "reloj"),
    intento: intento(hechos),
    foco: foco(hechos, { sigue }),
  });
}

beforeEach(() => abrirPagina('<dialog id="dialogo_envio"></dialog>'));

test("it is asked when there is something to send; the clock is looked at either way", () => {
  const despacho = armar();
  for (const [resumen, abierto] of [
    [null, false],
    [{ porEnviar: 0 }, false],
    [{ porEnviar: 1 }, true],
  ]) {
    pantalla.resumen = resumen;
    despacho.confirmar();
    assert.equal($("dialogo_envio").open, abierto);
  }
  despacho.confirmar();
  assert.equal(nombres(hechos).length, 4);
});

test("while a scanned code is looked for nothing is asked: it would come too late", () => {
  const despacho = armar();
  pantalla.resumen = { porEnviar: 1 };
  lector.pendientes = 1;
  despacho.confirmar();
  assert.deepEqual(hechos.at(-1), ["intento.rechazar", "se_busca"]);
  assert.equal($("dialogo_envio").open, false);
});

test("agreed: what was said is past, and it goes with the catalogue that priced it", async () => {
  const despacho = armar();
  $("dialogo_envio").showModal();
  await despacho.enviarTodo();
  assert.equal($("dialogo_envio").open, false);
  assert.deepEqual(nombres(hechos), [
    "foco.mirar",
    "noticias.olvidar",
    "intento.hacer",
    "envio.enviar",
    "foco.enfocar",
  ]);
  assert.deepEqual(hechos[3], ["envio.enviar", "v1"]);
  assert.deepEqual(hechos[4], ["foco.enfocar", "entrada_cliente"]);
  pantalla.pedido = {};
  await despacho.enviarTodo();
  assert.deepEqual(hechos.at(-1), ["foco.enfocar", "entrada_articulo"]);
  await armar({ sigue: false }).enviarTodo();
  assert.ok(!nombres(hechos).includes("foco.enfocar"));
});

test("tried again now: what waits, and whether there is a line", () => {
  armar().reintentar();
  assert.deepEqual(hechos, [["envio.seguir"], ["conexion.sondear"]]);
});
