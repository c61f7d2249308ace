// What the desk's templates name, and what its component lists: the same, and each of a part that is there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { HECHOS, mesa, vistaInicial } from "../../mesa/mesa.js";
import { abrirMesa } from "../escritorio.js";
import { $, abrirPagina } from "../documento.js";

const PLANTILLAS = new URL("../../../../templates/pedidos/mesa/", import.meta.url);
// Of the fields, those that only the sentences look at.
const SIN_NOMBRAR = new Set(["enLinea", "enviando"]);

/** The names at the beginning of each path in the templates' Alpine attributes. */
function nombrados() {
  const archivos = readdirSync(PLANTILLAS).filter((nombre) => nombre.endsWith(".html"));
  const texto = archivos.map((nombre) => readFileSync(new URL(nombre, PLANTILLAS), "utf8")).join();
  const atributos = [...texto.matchAll(/\s(?:x-[a-z]+|[:@][a-z][a-z.-]*)="([^"]*)"/g)];
  const nombres = atributos.flatMap(([, expresion]) => {
    const sinTextos = expresion.replace(/\{%.*?%\}/g, "").replace(/'[^']*'/g, "");
    return [...sinTextos.matchAll(/(?<![\w.$])[a-zA-Z_]\w*/g)].map(([nombre]) => nombre);
  });
  return new Set(nombres);
}

test("every name of the templates is listed, and nothing is listed that none of them names", () => {
  const ajenos = new Set(["in", "null", "true", "false", "mesa"]);
  const deFila = new Set(["cliente", "fila", "linea", "falta", "cambio"]);
  const nombres = [...nombrados()].filter((nombre) => !ajenos.has(nombre) && !deFila.has(nombre));
  const listados = [
    ...Object.keys(HECHOS),
    ...Object.keys(vistaInicial()).filter((nombre) => !SIN_NOMBRAR.has(nombre)),
    ...["parametros", "abrirAyuda", "cerrarDialogo"],
  ];
  assert.deepEqual(nombres.sort(), listados.sort());
});

test("each deed is its part's, with what it was called with", async () => {
  const { mesa: componente } = await abrirMesa();
  const partes = componente.partes();
  for (const [nombre, [parte, miembro]] of Object.entries(HECHOS)) {
    assert.equal(typeof partes[parte][miembro], "function", nombre);
    partes[parte][miembro] = (...datos) => [parte, miembro, ...datos];
    assert.deepEqual(componente[nombre](1, 2), [parte, miembro, 1, 2]);
  }
});

test("of a desk that could not open the templates read what there is, and nothing is done", () => {
  abrirPagina('<script id="parametros" type="application/json">{}</script>');
  const componente = mesa();
  assert.ok($("parametros"));
  for (const nombre of Object.keys(HECHOS)) assert.equal(componente[nombre](), undefined, nombre);
  assert.deepEqual([componente.clientes, componente.pedido, componente.enLinea], [[], null, true]);
});
