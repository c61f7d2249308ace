// Doing something to the notebook: done, or said why not; shown either way.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CuotaLlena } from "../../../comun/almacen.js";
import { frase } from "../../../comun/frases.js";
import { Intento } from "../../../mesa/pantalla/intento.js";
import { PedidoInvalido } from "../../../cuaderno/pedidos.js";
import { OtraPestana } from "../../../pestanas/titular.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia } from "../espia.js";

let hechos;
let intento;

beforeEach(() => {
  abrirPagina('<div id="avisos"></div>');
  hechos = [];
  intento = new Intento({
    pantalla: espia(hechos, "pantalla"),
    custodia: espia(hechos, "custodia"),
    titularidad: espia(hechos, "titularidad"),
  });
});

const fallar = (error) => () => {
  throw error;
};

test("what can be done is done, then shown", async () => {
  assert.equal(await intento.hacer(async () => hechos.push(["hecho"])), true);
  assert.deepEqual(hechos, [["hecho"], ["pantalla.refrescar"]]);
});

test("each reason why not goes where it is said", async () => {
  assert.equal(await intento.hacer(fallar(new PedidoInvalido("bloqueado"))), false);
  assert.deepEqual(dichos(), [frase("bloqueado")]);
  assert.equal(await intento.hacer(fallar(new CuotaLlena("orders"))), false);
  assert.equal(await intento.hacer(fallar(new OtraPestana())), false);
  assert.deepEqual(hechos, [
    ["pantalla.refrescar"],
    ["custodia.decir", "cuota"],
    ["pantalla.refrescar"],
    ["titularidad.alCambiar", false],
    ["pantalla.refrescar"],
  ]);
});

test("a fault of ours is thrown on, and the screen is brought to what is kept", async () => {
  await assert.rejects(intento.hacer(fallar(new RangeError("ours"))), RangeError);
  assert.deepEqual(hechos, [["pantalla.refrescar"]]);
});
