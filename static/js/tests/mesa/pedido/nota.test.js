// The word beside the entry row.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Nota } from "../../../mesa/pedido/nota.js";

test("what is said is there, until something else is, or nothing", () => {
  const vista = { elegidoTexto: "" };
  const nota = new Nota({ vista });
  nota.decir("Ya tiene 3: se suma");
  assert.equal(vista.elegidoTexto, "Ya tiene 3: se suma");
  nota.decir("");
  assert.equal(vista.elegidoTexto, "");
});
