// What is kept of a section, so that it need not be made again.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { LECTURA_DE_ARTICULOS } from "../../catalogo/indice.js";
import { Legajo, enLegajo } from "../../catalogo/legajo.js";
import { Preparadas } from "../../catalogo/preparadas.js";
import { Tabla } from "../../catalogo/tabla.js";
import { comprimir } from "../../comun/almacen.js";
import { Cajas } from "../dobles.js";

const CODIGO = "/static/js/catalogo/trabajador.0123456789ab.js";
const articulo = (descripcion) => ({ codigo: 1, sku: "S", prod_marca: "", descripcion });
const guardable = (descripcion) =>
  Tabla.de({ 7: articulo(descripcion) }, LECTURA_DE_ARTICULOS).guardable();
const nombreDe = (legajo) => Tabla.guardada(legajo).fila(0).descripcion;

afterEach(() => {
  globalThis.caches = undefined;
});

test("what is put together comes apart, and only what is asked for", () => {
  const partes = {
    texto: 'ñandú 🧉\n"',
    nada: "",
    numeros: Uint32Array.of(1, 2 ** 32 - 1),
    b: "b",
  };
  const legajo = new Legajo(enLegajo(partes).buffer);
  assert.deepEqual(legajo.nombres, Object.keys(partes));
  for (const nombre of ["texto", "nada", "b"])
    assert.equal(legajo.texto(nombre), partes[nombre], nombre);
  assert.deepEqual(legajo.numeros("numeros"), partes.numeros);
  assert.deepEqual(legajo.bytes("b"), Uint8Array.of(98));
  assert.throws(() => new Legajo(new TextEncoder().encode("another thing").buffer));
});

test("a section is kept for the same text and the same code alone", async () => {
  const cajas = new Cajas();
  const preparadas = new Preparadas({ cajas, codigo: CODIGO });
  assert.equal(await preparadas.leer("articulos", "uno", nombreDe), null);
  await preparadas.guardar("articulos", "uno", guardable("Yerba"));
  assert.equal(await preparadas.leer("articulos", "uno", nombreDe), "Yerba");
  for (const otro of ["unp", "vno", "onu", "uno ", ""])
    assert.equal(await preparadas.leer("articulos", otro, nombreDe), null, otro);
  assert.equal(await preparadas.leer("clientes", "uno", nombreDe), null);
  const otra = new Preparadas({ cajas, codigo: CODIGO.replace("ab", "ac") });
  assert.equal(await otra.leer("articulos", "uno", nombreDe), null);
  await otra.guardar("articulos", "dos", guardable("Sal"));
  assert.equal(await preparadas.leer("articulos", "uno", nombreDe), null);
});

test("where the code's name says no version, or nothing can be kept, nothing is", async () => {
  const cajas = new Cajas();
  const rotas = Object.assign(new Cajas(), { falla: new Error("refused") });
  for (const partes of [
    { cajas, codigo: "/static/js/catalogo/trabajador.js" },
    { cajas },
    { codigo: CODIGO },
    { cajas: rotas, codigo: CODIGO },
  ]) {
    const preparadas = new Preparadas(partes);
    await preparadas.guardar("articulos", "uno", guardable("Yerba"));
    assert.equal(await preparadas.leer("articulos", "uno", nombreDe), null);
  }
  assert.equal(cajas.respuestas.size, 0);
});

test("what would be two texts when it is read is not kept", () => {
  const tabla = Tabla.de(
    { 7: { ...articulo("Yerba"), sku: "a" } },
    {
      ...LECTURA_DE_ARTICULOS,
      comparables: (claves) => claves.map((clave) => `${clave}\n`),
    },
  );
  assert.equal(tabla.guardable(), null);
});

let veces = 0;

/** A Worker just begun, as the page talks to it. */
async function trabajador(cajas) {
  globalThis.caches = cajas;
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
/** Until what was written is there. */
const escribir = async () => {
  for (let i = 0; i < 9; i++) await new Promise((seguir) => setImmediate(seguir));
};

test("a Worker keeps what it made once it rests, and the next one makes it no more", async (t) => {
  const cajas = new Cajas();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pedir = await trabajador(cajas);
  assert.equal(await pedir(...cargar("Yerba")), true);
  t.mock.timers.tick(50);
  await escribir();
  assert.equal(cajas.respuestas.size, 0);
  t.mock.timers.tick(2_000);
  await escribir();
  assert.deepEqual([...cajas.respuestas.keys()], ["/catalogo-preparado/articulos"]);

  const otras = new Preparadas({ cajas, codigo: CODIGO });
  await otras.guardar("articulos", texto("Yerba"), guardable("kept"));
  const otro = await trabajador(cajas);
  assert.equal(await otro(...cargar("Yerba")), true);
  assert.deepEqual(await nombres(otro), ["kept"]);
  assert.equal((await otro("exacto", { clave: "1" })).descripcion, "kept");
  // Another text is made from what it says, and kept instead.
  assert.equal(await otro(...cargar("Sal")), true);
  assert.deepEqual(await nombres(otro), ["Sal"]);
  t.mock.timers.tick(50);
  t.mock.timers.tick(2_000);
  await escribir();
  assert.equal(await otras.leer("articulos", texto("Sal"), nombreDe), "Sal");
});

test("of a canal that nobody asks for the prices are not read, and the others are as they came", async (t) => {
  const cajas = new Cajas();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const precios = comprimir({ precios: { 1: { 7: 10_000 }, 2: { 7: "9500.5" } } });
  const conPrecios = async (pedir) => {
    await pedir(...cargar("Yerba"));
    assert.equal(await pedir("cargar", { seccion: "precios", texto: precios }), true);
    const preguntar = (canal) => pedir("articulos", { q: "", canal, limite: 9 });
    return Promise.all(["1", "2", "3"].map(preguntar));
  };
  const deUna = async (cajas) =>
    (await conPrecios(await trabajador(cajas))).map(({ filas }) => filas[0].precio);
  const dichos = await deUna(cajas);
  assert.deepEqual(dichos, [10_000_000_000n, 9_500_500_000n, null]);
  t.mock.timers.tick(50);
  t.mock.timers.tick(2_000);
  await escribir();
  assert.equal(cajas.respuestas.size, 2);
  assert.deepEqual(await deUna(cajas), dichos);
});

test("of two loads of a section the last one counts, whichever comes first", async () => {
  const cajas = new Cajas();
  const pedir = await trabajador(cajas);
  const preparadas = new Preparadas({ cajas, codigo: CODIGO });
  await preparadas.guardar("articulos", texto("Yerba"), guardable("Yerba"));
  const abrir = cajas.open.bind(cajas);
  let seguir;
  cajas.open = async () => {
    cajas.open = abrir;
    await new Promise((hecho) => (seguir = hecho));
    return abrir();
  };
  const primera = pedir(...cargar("Yerba"));
  const segunda = pedir(...cargar("Sal"));
  assert.equal(await segunda, true);
  seguir();
  assert.equal(await primera, true);
  assert.deepEqual(await nombres(pedir), ["Sal"]);
});

test("what is kept and damaged is made again", async () => {
  const cajas = new Cajas();
  const sello = new Preparadas({ codigo: CODIGO }).sello(texto("Yerba"));
  const cortado = enLegajo(guardable("Yerba")).slice(0, -3);
  for (const cuerpo of ["garbage", "", cortado]) {
    const guardada = new Response(cuerpo, { headers: { "X-Sello": sello } });
    cajas.respuestas.set("/catalogo-preparado/articulos", guardada);
    const pedir = await trabajador(cajas);
    assert.equal(await pedir(...cargar("Yerba")), true);
    assert.deepEqual(await nombres(pedir), ["Yerba"]);
  }
});

test("a damaged section is damaged, kept or not", async () => {
  const pedir = await trabajador(new Cajas());
  assert.equal(await pedir("cargar", { seccion: "articulos", texto: "x" }), false);
  assert.equal(await pedir("cargar", { seccion: "precios", texto: "x" }), false);
});
