// A clock that is wrong is said with what it says.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { dia, fecha, hora } from "../../../comun/momento.js";
import { frase } from "../../../comun/frases.js";
import { RelojDeMesa } from "../../../mesa/despacho/reloj.js";

const MOMENTO = new Date(2026, 2, 7, 4, 5);

test("wrong, it is said with its hour and day; right, nothing is", () => {
  mock.timers.enable({ apis: ["Date"], now: MOMENTO });
  try {
    let mal = true;
    const vista = { relojMal: "" };
    const reloj = new RelojDeMesa({ vista, reloj: { equivocado: () => mal } });
    reloj.mirar();
    assert.equal(vista.relojMal, `${frase("reloj")} (04:05 del 07/03/2026).`);
    mal = false;
    reloj.mirar();
    assert.equal(vista.relojMal, "");
  } finally {
    mock.timers.reset();
  }
});

test("moments as people here read them", () => {
  assert.deepEqual([hora(MOMENTO), dia(MOMENTO)], ["04:05", "07/03/2026"]);
  assert.match(fecha(MOMENTO.toISOString()), /^7\/3, 04:05$/);
});
