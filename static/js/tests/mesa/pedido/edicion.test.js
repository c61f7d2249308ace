// Changing the order on the screen: that one, whatever comes on the screen meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Edicion } from "../../../mesa/pedido/edicion.js";
import { observacionDe } from "../../../cuaderno/pedidos.js";
import { espia, intento } from "../espia.js";

function armar({ bien = true } = {}) {
  const hechos = [];
  const pantalla = { enPantalla: { cliente: "12", id: "x" } };
  const edicion = new Edicion({
    libreta: espia(hechos, "libreta"),
    pantalla,
    intento: intento(hechos, { bien }),
  });
  return { edicion, hechos, pantalla };
}

test("the change is told its client, and the notebook the order's own id", async () => {
  const { edicion, hechos } = armar();
  const fichas = [{ articulo: 7 }];
  assert.equal(await edicion.cambiar((orders, cliente) => ({ ...orders, cliente }), fichas), true);
  const [nombre, cliente, cambio, nuevas, id] = hechos[1];
  assert.deepEqual([nombre, cliente, nuevas, id], ["libreta.editar", "12", fichas, "x"]);
  assert.deepEqual(cambio({ a: 1 }), { a: 1, cliente: "12" });
});

test("what could not be done is told", async () => {
  const { edicion, hechos } = armar({ bien: false });
  assert.equal(await edicion.cambiar((orders) => orders), false);
  assert.equal(hechos.length, 1);
});

test("a remark is what the field said, of the order that it was written in", async () => {
  const { edicion, hechos, pantalla } = armar();
  const campo = { value: "  urgente " };
  const hecho = edicion.observar(campo);
  campo.value = "otra";
  pantalla.enPantalla = { cliente: "13", id: "y" };
  await hecho;
  const [, cliente, cambio] = hechos[1];
  assert.equal(cliente, "12");
  assert.equal(observacionDe(cambio({ 12: { id: "x", detalles: [] } })[12]), "urgente");
});
