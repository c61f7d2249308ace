// The line goes and comes back: what is shown first, and what goes on.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Corte } from "../../../mesa/despacho/corte.js";
import { espia } from "../espia.js";

test("gone, it is shown; back, what waits goes on and the catalogue is fetched", () => {
  const hechos = [];
  const corte = new Corte({
    enLinea: espia(hechos, "enLinea"),
    catalogoDeMesa: espia(hechos, "catalogo"),
    pantalla: espia(hechos, "pantalla"),
    regreso: espia(hechos, "regreso"),
  });
  corte.alCambiar(false);
  assert.deepEqual(hechos.splice(0), [
    ["enLinea.poner", false],
    ["catalogo.mirarEdad"],
    ["pantalla.refrescar"],
  ]);
  corte.alCambiar(true);
  assert.deepEqual(hechos, [
    ["enLinea.poner", true],
    ["catalogo.mirarEdad"],
    ["pantalla.refrescar"],
    ["regreso.alVolver"],
    ["catalogo.traer"],
  ]);
});
