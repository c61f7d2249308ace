// A clock that is wrong is said with what it says.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { dia, fecha, hora, husosDe } from "../../../comun/momento.js";
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

test("by the company's clock, wherever this computer stands", () => {
  // Until noon of that day it is three hours behind, and four from then on.
  const mediodia = Date.UTC(2026, 2, 7, 15);
  const husos = [
    [0, -180],
    [mediodia, -240],
  ];
  const antes = new Date(mediodia - 60_000);
  assert.deepEqual([hora(antes, husos), hora(new Date(mediodia), husos)], ["11:59", "11:00"]);
  const noche = new Date("2026-01-01T02:30:00Z");
  assert.deepEqual([dia(noche, husos), hora(noche, husos)], ["31/12/2025", "23:30"]);
  assert.equal(fecha(noche.toISOString(), husos), "31/12, 23:30");
});

test("a moment that the server wrote says what clock it is of", () => {
  const momento = new Date("2026-01-01T02:30:00Z");
  for (const [iso, dicha] of [
    ["2026-03-07T14:05:00-03:00", "23:30"],
    ["2026-03-07T14:05:00+05:45", "08:15"],
    ["2026-03-07T14:05:00+00:00", "02:30"],
  ])
    assert.equal(hora(momento, husosDe(iso)), dicha);
  assert.deepEqual([husosDe(""), husosDe("2026-03-07T14:05:00Z")], [[], []]);
});
