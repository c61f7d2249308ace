// Whether there is a line, as it was last told.

import assert from "node:assert/strict";
import { test } from "node:test";

import { EnLinea } from "../../../mesa/despacho/en_linea.js";

test("what was told is so, and on the page", () => {
  const vista = { enLinea: true };
  const enLinea = new EnLinea({ vista });
  assert.equal(enLinea.hay, true);
  enLinea.poner(false);
  assert.deepEqual([enLinea.hay, vista.enLinea], [false, false]);
});
