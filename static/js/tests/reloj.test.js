// Which moment an order is dated with: this computer's, unless its clock is plainly wrong.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Reloj, isoLocal } from "../reloj.js";

const AHORA = Date.parse("2026-11-27T12:00:00Z");
const MINUTO = 60_000;
const DIA = 24 * 60 * MINUTO;
const cabecera = (momento) => new Date(momento).toUTCString();

test("a clock that agrees with the server's dates its own orders", () => {
  const reloj = new Reloj(() => AHORA);
  assert.equal(reloj.momento(), AHORA);
  for (const desvio of [0, 10 * MINUTO, -10 * MINUTO]) {
    reloj.anotar(cabecera(AHORA + desvio));
    assert.deepEqual([reloj.equivocado(), reloj.momento()], [false, AHORA]);
  }
});

test("one that does not is put right by the last answer, also while there is no line", () => {
  let local = AHORA + 3 * DIA;
  const reloj = new Reloj(() => local);
  reloj.anotar(cabecera(AHORA));
  assert.deepEqual([reloj.equivocado(), reloj.momento()], [true, AHORA]);
  local += 5 * MINUTO;
  assert.equal(reloj.momento(), AHORA + 5 * MINUTO);
  reloj.anotar(cabecera(local - 10 * MINUTO - 1000));
  assert.equal(reloj.equivocado(), true);
  for (const nada of [null, "", "nonsense"]) {
    reloj.anotar(nada);
    assert.equal(reloj.desvio, -(10 * MINUTO + 1000));
  }
});

test("without any answer the catalogue says whether a clock can be believed", () => {
  const casos = [
    [0, AHORA],
    [-DIA, AHORA],
    [-DIA - 1, null],
    [400 * DIA, AHORA],
    [400 * DIA + 1, null],
  ];
  for (const [edad, momento] of casos) {
    const reloj = new Reloj(() => AHORA);
    reloj.anotarCatalogo(new Date(AHORA - edad).toISOString());
    assert.equal(reloj.momento(), momento);
  }
  const sinCatalogo = new Reloj(() => AHORA);
  sinCatalogo.anotarCatalogo(null);
  assert.equal(sinCatalogo.momento(), AHORA);
});

test("a moment is written with this computer's calendar and offset", () => {
  const zona = process.env.TZ;
  const casos = [
    ["America/Asuncion", "2026-11-27T09:00:00-03:00"],
    ["UTC", "2026-11-27T12:00:00+00:00"],
    ["Asia/Kolkata", "2026-11-27T17:30:00+05:30"],
    ["America/St_Johns", "2026-11-27T08:30:00-03:30"],
  ];
  for (const [nombre, texto] of casos) {
    process.env.TZ = nombre;
    assert.equal(isoLocal(AHORA), texto);
    assert.equal(Date.parse(isoLocal(AHORA)), AHORA);
  }
  if (zona === undefined) delete process.env.TZ;
  else process.env.TZ = zona;
});
