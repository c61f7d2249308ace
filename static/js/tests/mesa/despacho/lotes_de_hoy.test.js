// Today's lotes in the margin: each once, the newest on top, eight of them.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { LotesDeHoy } from "../../../mesa/despacho/lotes_de_hoy.js";
import { $, abrirPagina } from "../../documento.js";

const NADIE = "00000000-0000-0000-0000-000000000000";
const URLS = { lote_pagina: `/lote/${NADIE}/`, lote_estado: `/lote/${NADIE}/estado/` };

let ventana;
let lotes;

beforeEach(() => {
  ventana = abrirPagina('<ul id="lotes_de_hoy"></ul><p id="sin_lotes">Todavía ninguno.</p>');
  lotes = new LotesDeHoy({ urls: URLS, parametros: { husos: [[0, -720]] } });
});

test("its page, and a badge that is asked for until it comes and rests with the page", () => {
  lotes.mostrar("l1");
  const [lugar] = $("lotes_de_hoy").children;
  assert.equal(lugar.querySelector("a").getAttribute("href"), "/lote/l1/");
  const { dataset } = lugar.querySelector("[data-lote]");
  assert.deepEqual([dataset.lote, dataset.sondeo], ["l1", ""]);
  assert.equal(lugar.querySelector("[hx-get]").getAttribute("hx-get"), "/lote/l1/estado/");
  assert.deepEqual([ventana.htmx.hechos.length, $("sin_lotes").hidden], [1, true]);
});

test("its hour is the company's", () => {
  mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 2, 7, 14, 5) });
  try {
    lotes.mostrar("l1");
    assert.equal($("lotes_de_hoy").querySelector("a").textContent, "02:05");
  } finally {
    mock.timers.reset();
  }
});

test("the same one again is that one; of more than eight the oldest goes", () => {
  for (let i = 1; i <= 10; i += 1) lotes.mostrar(`l${i}`);
  lotes.mostrar("l10");
  const vistos = [...document.querySelectorAll("[data-lote]")].map(({ dataset }) => dataset.lote);
  assert.deepEqual(vistos, ["l10", "l9", "l8", "l7", "l6", "l5", "l4", "l3"]);
});
