// Which tab writes: said where it is not this one, and what waits goes on where it is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { Titularidad } from "../../../mesa/pantalla/titularidad.js";
import { espia } from "../espia.js";

test("a tab that looks on says so; the one that writes goes on with what waits", () => {
  const hechos = [];
  const vista = { otraPestana: "" };
  const titularidad = new Titularidad({
    vista,
    almacen: { titular: null },
    pantalla: espia(hechos, "pantalla"),
    regreso: espia(hechos, "regreso"),
  });
  titularidad.alCambiar(false);
  assert.equal(vista.otraPestana, frase("otra_pestana"));
  assert.deepEqual(hechos, [["pantalla.refrescar"]]);
  titularidad.alCambiar(true);
  assert.equal(vista.otraPestana, "");
  assert.deepEqual(hechos.slice(1), [["pantalla.refrescar"], ["regreso.alVolver"]]);
});

test("it is taken over where there is something to take", () => {
  const hechos = [];
  const almacen = { titular: null };
  const titularidad = new Titularidad({ vista: {}, almacen });
  titularidad.tomar();
  almacen.titular = espia(hechos, "titular");
  titularidad.tomar();
  assert.deepEqual(hechos, [["titular.tomar"]]);
});
