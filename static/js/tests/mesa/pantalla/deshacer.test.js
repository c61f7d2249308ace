// What was taken away comes back once, the last one first, and only where it still can.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Deshacer } from "../../../mesa/pantalla/deshacer.js";
import { abrirPagina } from "../../documento.js";
import { dichos, foco, nombres } from "../espia.js";

let hechos;
let bien;
let oyente;
let deshacer;

beforeEach(() => {
  abrirPagina('<div id="avisos"></div>');
  [hechos, bien] = [[], true];
  deshacer = new Deshacer({
    pantalla: { seguir: (que) => (oyente = que) },
    intento: { hacer: async (tarea) => (bien ? (await tarea(), true) : false) },
    foco: foco(hechos),
  });
});

test("the last one first, each once, and its words go with it", async () => {
  deshacer.ofrecer("uno", () => hechos.push(["uno"]));
  deshacer.ofrecer("dos", () => hechos.push(["dos"]));
  assert.deepEqual(dichos(), ["uno", "dos"]);
  const ultimo = deshacer.ultimo();
  await ultimo();
  await ultimo();
  assert.deepEqual(dichos(), ["uno"]);
  await deshacer.ultimo()();
  assert.equal(deshacer.ultimo(), undefined);
  assert.deepEqual(
    nombres(hechos).filter((nombre) => !nombre.startsWith("foco")),
    ["dos", "uno"],
  );
});

test("two quick ones undo two, however long each takes", async () => {
  for (const que of ["uno", "dos"]) deshacer.ofrecer(que, () => hechos.push([que]));
  await Promise.all([deshacer.ultimo()(), deshacer.ultimo()()]);
  assert.deepEqual(
    nombres(hechos).filter((nombre) => !nombre.startsWith("foco")),
    ["dos", "uno"],
  );
  assert.equal(deshacer.ultimo(), undefined);
});

test("what could not be brought back is still offered", async () => {
  deshacer.ofrecer("uno", () => hechos.push(["uno"]));
  bien = false;
  await deshacer.ultimo()();
  bien = true;
  await deshacer.ultimo()();
  assert.ok(nombres(hechos).includes("uno"));
});

test("what was taken out of an order goes with it", () => {
  deshacer.ofrecer("línea", () => {}, "12");
  deshacer.ofrecer("pedido", () => {});
  oyente({ orders: { 12: [] } });
  assert.equal(deshacer.deshacibles.length, 2);
  oyente({ orders: {} });
  assert.deepEqual(
    deshacer.deshacibles.map(({ cliente }) => cliente),
    [null],
  );
});
