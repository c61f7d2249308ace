// Which moment an order is dated with: this computer's, unless its clock is plainly wrong.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Reloj, isoLocal, momentoDeCierre } from "../../comun/reloj.js";

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

// A page open for an hour after the server's last answer; then its clock is moved by `salto`.
function conSalto(salto) {
  let [local, parejo] = [AHORA, 500];
  const reloj = new Reloj(
    () => local,
    () => parejo,
  );
  reloj.anotar(cabecera(AHORA));
  local += 60 * MINUTO + salto;
  parejo += 60 * MINUTO;
  const pasar = (tiempo) => {
    local += tiempo;
    parejo += tiempo;
  };
  return { reloj, pasar, local: () => local };
}

test("a clock set back under an open page is known: no sleep does that", async () => {
  const despues = AHORA + 60 * MINUTO;
  const { reloj, pasar } = conSalto(-3 * DIA);
  assert.deepEqual([reloj.enDuda(), reloj.equivocado()], [true, true]);
  assert.equal(reloj.momento(), despues);
  pasar(MINUTO);
  const sinLinea = () => Promise.reject(new Error("no line"));
  assert.equal(await momentoDeCierre(reloj, sinLinea), despues + MINUTO);
  const justo = conSalto(-10 * MINUTO).reloj;
  assert.deepEqual([justo.enDuda(), justo.momento()], [false, despues - 10 * MINUTO]);
});

test("one that went ahead slept or was set: the server says which, the closing stays the taker's", async () => {
  const despues = AHORA + 60 * MINUTO;
  for (const [dice, esperado] of [
    [despues, despues],
    [despues + 2 * DIA, despues + 2 * DIA],
  ]) {
    const { reloj, pasar } = conSalto(2 * DIA);
    assert.deepEqual([reloj.enDuda(), reloj.equivocado()], [true, false]);
    const preguntar = async () => {
      pasar(7_000); // a slow line
      reloj.anotar(cabecera(dice + 7_000));
    };
    assert.equal(await momentoDeCierre(reloj, preguntar), esperado);
    assert.equal(reloj.enDuda(), false);
  }
});

test("without a line the clock has the benefit of the doubt, and without doubt nobody is asked", async () => {
  const { reloj, local } = conSalto(2 * DIA);
  assert.equal(await momentoDeCierre(reloj, () => Promise.reject(new Error("no line"))), local());
  const sano = conSalto(0).reloj;
  const nadie = () => assert.fail("asked");
  assert.equal(await momentoDeCierre(sano, nadie), AHORA + 60 * MINUTO);
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

test("a moment is written by the company's clock, wherever this computer is", () => {
  const zona = process.env.TZ;
  const cambio = Date.UTC(2026, 8, 6, 4);
  const husos = [
    [Date.UTC(2026, 0, 1), -240],
    [cambio, -180],
  ];
  for (const nombre of ["UTC", "Asia/Kolkata"]) {
    process.env.TZ = nombre;
    assert.equal(isoLocal(cambio - 1, husos), "2026-09-05T23:59:59-04:00");
    assert.equal(isoLocal(cambio, husos), "2026-09-06T01:00:00-03:00");
    assert.equal(isoLocal(AHORA, husos), "2026-11-27T09:00:00-03:00");
    // Before all that is known of it, this computer's.
    assert.equal(isoLocal(Date.UTC(2025, 0, 1), husos), isoLocal(Date.UTC(2025, 0, 1)));
  }
  if (zona === undefined) delete process.env.TZ;
  else process.env.TZ = zona;
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
