// What is kept of a section, so that it need not be made again.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { LECTURA_DE_ARTICULOS } from "../../catalogo/indice.js";
import { Preparadas } from "../../catalogo/preparadas.js";
import { Tabla } from "../../catalogo/tabla.js";
import { comprimir } from "../../comun/almacen.js";
import { Fabrica } from "../dobles.js";

const CODIGO = "/static/js/catalogo/trabajador.0123456789ab.js";
const articulo = (descripcion) => ({ codigo: 1, sku: "S", prod_marca: "", descripcion });
const guardable = (descripcion) =>
  Tabla.de({ 7: articulo(descripcion) }, LECTURA_DE_ARTICULOS).guardable();

afterEach(() => {
  globalThis.indexedDB = undefined;
});

test("a section is kept for the same text and the same code alone", async () => {
  const fabrica = new Fabrica();
  const preparadas = new Preparadas({ fabrica, codigo: CODIGO });
  const yerba = guardable("Yerba");
  assert.equal(await preparadas.leer("articulos", "uno"), null);
  await preparadas.guardar("articulos", "uno", yerba);
  assert.deepEqual(await preparadas.leer("articulos", "uno"), yerba);
  for (const otro of ["unp", "vno", "onu", "uno ", ""])
    assert.equal(await preparadas.leer("articulos", otro), null, otro);
  assert.equal(await preparadas.leer("clientes", "uno"), null);
  const otra = new Preparadas({ fabrica, codigo: CODIGO.replace("ab", "ac") });
  assert.equal(await otra.leer("articulos", "uno"), null);
  await otra.guardar("articulos", "dos", guardable("Sal"));
  assert.equal(await preparadas.leer("articulos", "uno"), null);
});

test("where the code's name says no version, or nothing can be kept, nothing is", async () => {
  const fabrica = new Fabrica();
  const rota = Object.assign(new Fabrica(), { falla: new Error("refused") });
  for (const partes of [
    { fabrica, codigo: "/static/js/catalogo/trabajador.js" },
    { fabrica },
    { codigo: CODIGO },
    { fabrica: rota, codigo: CODIGO },
  ]) {
    const preparadas = new Preparadas(partes);
    await preparadas.guardar("articulos", "uno", guardable("Yerba"));
    assert.equal(await preparadas.leer("articulos", "uno"), null);
  }
  assert.equal(fabrica.datos.size, 0);
});

let veces = 0;

/** A Worker just begun, as the page talks to it. */
async function trabajador(fabrica) {
  globalThis.indexedDB = fabrica;
  const puerto = { location: { pathname: CODIGO } };
  globalThis.self = puerto;
  veces += 1;
  await import(`../../catalogo/trabajador.js?preparadas${veces}`);
  return async (tarea, datos) => {
    const contestadas = [];
    puerto.postMessage = (mensaje) => contestadas.push(mensaje);
    await puerto.onmessage({ data: { n: 1, tarea, datos } });
    return contestadas[0].valor;
  };
}

const texto = (descripcion) => comprimir({ articulos: { 7: articulo(descripcion) } });
const cargar = (descripcion) => ["cargar", { seccion: "articulos", texto: texto(descripcion) }];
const nombres = async (pedir) =>
  (await pedir("articulos", { q: "", limite: 9 })).filas.map(({ descripcion }) => descripcion);
/** Until what was written to the base is there. */
const escribir = async () => {
  for (let i = 0; i < 9; i++) await new Promise((seguir) => setImmediate(seguir));
};

test("a Worker keeps what it made once it rests, and the next one makes it no more", async (t) => {
  const fabrica = new Fabrica();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pedir = await trabajador(fabrica);
  assert.equal(await pedir(...cargar("Yerba")), true);
  t.mock.timers.tick(50);
  await escribir();
  assert.equal(fabrica.datos.size, 0);
  t.mock.timers.tick(2_000);
  await escribir();
  assert.deepEqual([...fabrica.datos.keys()], ["articulos"]);

  const [guardado] = fabrica.datos.values();
  guardado.guardada.filas = JSON.stringify(articulo("kept"));
  guardado.guardada.comienzos = [0, guardado.guardada.filas.length];
  const otro = await trabajador(fabrica);
  assert.equal(await otro(...cargar("Yerba")), true);
  assert.deepEqual(await nombres(otro), ["kept"]);
  assert.equal((await otro("exacto", { clave: "1" })).descripcion, "kept");
  // Another text is made from what it says, and kept instead.
  assert.equal(await otro(...cargar("Sal")), true);
  assert.deepEqual(await nombres(otro), ["Sal"]);
  t.mock.timers.tick(50);
  t.mock.timers.tick(2_000);
  await escribir();
  const [{ guardada }] = fabrica.datos.values();
  assert.deepEqual(guardada, guardable("Sal"));
});

test("of two loads of a section the last one counts, whichever comes first", async () => {
  const fabrica = new Fabrica();
  const pedir = await trabajador(fabrica);
  const preparadas = new Preparadas({ fabrica, codigo: CODIGO });
  await preparadas.guardar("articulos", texto("Yerba"), guardable("Yerba"));
  const almacen = fabrica.almacen.bind(fabrica);
  const lento = {};
  fabrica.almacen = () => {
    fabrica.almacen = almacen;
    return { get: () => Object.assign(lento, { result: [...fabrica.datos.values()][0] }) };
  };
  const primera = pedir(...cargar("Yerba"));
  const segunda = pedir(...cargar("Sal"));
  assert.equal(await segunda, true);
  lento.onsuccess();
  assert.equal(await primera, true);
  assert.deepEqual(await nombres(pedir), ["Sal"]);
});

test("a damaged section is damaged, kept or not", async () => {
  const pedir = await trabajador(new Fabrica());
  assert.equal(await pedir("cargar", { seccion: "articulos", texto: "x" }), false);
  assert.equal(await pedir("cargar", { seccion: "precios", texto: "x" }), false);
});
