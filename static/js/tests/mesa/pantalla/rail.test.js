// The list of clients on a phone: shown with its search, hidden when an order is looked at.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Rail } from "../../../mesa/pantalla/rail.js";
import { espia } from "../espia.js";

test("shown it has the focus in its search, and hidden it takes nobody's", () => {
  const hechos = [];
  const vista = { railAbierto: false };
  const rail = new Rail({ vista, foco: espia(hechos, "foco") });
  rail.alternar();
  assert.deepEqual([vista.railAbierto, hechos], [true, [["foco.enfocar", "entrada_cliente"]]]);
  rail.alternar();
  assert.deepEqual([vista.railAbierto, hechos.length], [false, 1]);
});

test("looking for a client shows it, shown or not", () => {
  const hechos = [];
  const vista = { railAbierto: true };
  const rail = new Rail({ vista, foco: espia(hechos, "foco") });
  rail.buscar();
  assert.deepEqual([vista.railAbierto, hechos.length], [true, 1]);
  rail.cerrar();
  assert.equal(vista.railAbierto, false);
});
