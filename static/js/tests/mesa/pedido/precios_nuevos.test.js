// Prices that move under an open order: priced once a catalogue, and said only when it is news.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PreciosNuevos } from "../../../mesa/pedido/precios_nuevos.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia, foco, intento, nombres } from "../espia.js";

const CAMBIO = { cliente: "12", articulo: 7, antes: "10000", ahora: "9500" };

function armar({ bien = true } = {}) {
  abrirPagina('<div id="avisos"></div>');
  const hechos = [];
  const precios = new PreciosNuevos({
    libreta: espia(hechos, "libreta", {
      leer: () => ({ fichas: { articulos: {} } }),
      repreciarTodo: async () => [CAMBIO],
    }),
    preciosDeHoy: espia(hechos, "preciosDeHoy"),
    pantalla: { activo: "12", pedido: { cambios: [] } },
    intento: intento(hechos, { bien }),
    foco: foco(hechos),
    decimales: 0,
  });
  return { precios, hechos };
}

test("what prices were known by is forgotten before the new ones are put", async () => {
  const { precios, hechos } = armar();
  await precios.alCatalogoNuevo("v1");
  await precios.alCatalogoNuevo("v1");
  assert.deepEqual(nombres(hechos).slice(0, 3), [
    "preciosDeHoy.olvidar",
    "intento.hacer",
    "libreta.repreciarTodo",
  ]);
  assert.deepEqual(dichos(), ["Catálogo nuevo: cambió 1 precio. Artículo 7 10.000 → 9.500."]);
  assert.equal(precios.version, "v1");
});

test("prices that an edit did not wait for are put without a word", async () => {
  const { precios, hechos } = armar();
  await precios.alConocer();
  assert.deepEqual(hechos[1], ["libreta.repreciarTodo", { anunciar: false }]);
  assert.deepEqual(dichos(), []);
});

test("a notebook that could not be written changed nothing", async () => {
  const { precios } = armar({ bien: false });
  await precios.ponerAlDia();
  assert.deepEqual(dichos(), []);
});
