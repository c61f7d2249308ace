// The desk's parts among themselves: each says whom it calls, nobody calls back up, one place makes them.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const MESA = new URL("../../mesa/", import.meta.url);
const CARPETAS = ["pantalla", "pedido", "despacho"];
const DOCUMENTO = readFileSync(new URL("../../../../docs/interfaz.md", import.meta.url), "utf8");
const PARTES = CARPETAS.flatMap((carpeta) =>
  readdirSync(new URL(`${carpeta}/`, MESA)).map((archivo) => `${carpeta}/${archivo}`),
);
const fuente = (ruta) => readFileSync(new URL(ruta, MESA), "utf8");
const suyos = (ruta, patron) =>
  [...fuente(ruta).matchAll(patron)]
    .map(([, destino]) => posix.normalize(posix.join(posix.dirname(ruta), destino)))
    .filter((destino) => PARTES.includes(destino));
/** The parts it is given, by their declared types. */
const llama = (ruta) => suyos(ruta, /import\("(\.[^"]+)"\)/g);
/** Those it imports to run. */
const importa = (ruta) => suyos(ruta, /^import .* from "(\.[^"]+)";$/gm);
/** A class: the rest are functions with nothing of their own. */
const esClase = (ruta) => /^export class/m.test(fuente(ruta));

test("no part calls back to one that it is called by, however far", () => {
  const visitar = (ruta, camino) => {
    assert.ok(!camino.includes(ruta), [...camino, ruta].join(" → "));
    for (const otra of llama(ruta)) visitar(otra, [...camino, ruta]);
  };
  for (const ruta of PARTES) visitar(ruta, []);
});

test("a part is given the others: it makes none, and takes from their modules functions alone", () => {
  for (const ruta of PARTES)
    for (const otra of importa(ruta))
      assert.match(fuente(otra), /^export function/m, `${ruta} imports ${otra}`);
  for (const ruta of PARTES) assert.doesNotMatch(fuente(ruta), /from "\.\.\/armado\.js"/);
});

test("every part is made in one place, and told of in docs/interfaz.md with whom it calls", () => {
  const armado = fuente("armado.js");
  const filas = new Map(
    [...DOCUMENTO.matchAll(/^\| `(\w+\/\w+)` \|[^|]*\|([^|]*)\|$/gm)].map(([, parte, a]) => [
      `${parte}.js`,
      [...a.matchAll(/`(\w+)`/g)].map(([, nombre]) => nombre).sort(),
    ]),
  );
  assert.deepEqual([...filas.keys()].sort(), PARTES.filter(esClase).sort());
  for (const [ruta, dichas] of filas) {
    assert.ok(armado.includes(`"./${ruta}"`), ruta);
    const deTipo = [...new Set(llama(ruta))].map((otra) => posix.basename(otra, ".js"));
    assert.deepEqual(dichas, deTipo.sort(), ruta);
  }
});

test("no folder of parts is too full to be looked through", () => {
  for (const carpeta of CARPETAS)
    assert.ok(PARTES.filter((ruta) => ruta.startsWith(carpeta)).length <= 15, carpeta);
});
