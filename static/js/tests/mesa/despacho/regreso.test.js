// Somebody is back: what waits goes on, and an ended session is asked about.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Almacen } from "../../../comun/almacen.js";
import { Regreso } from "../../../mesa/despacho/regreso.js";
import { AMBITO, Locks, Storage } from "../../dobles.js";
import { abrirPagina } from "../../documento.js";
import { espia } from "../espia.js";

let hechos;
let almacen;
let sesion;
let regreso;

beforeEach(() => {
  abrirPagina("");
  hechos = [];
  almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  sesion = espia(hechos, "sesion", { terminada: false });
  regreso = new Regreso({ almacen, envio: espia(hechos, "envio"), sesion });
});

test("with nothing that waits and a session, nothing is to be done", () => {
  regreso.alVolver();
  assert.deepEqual(hechos, []);
});

test("a lote without its receipt goes on; a session that ended is asked about", () => {
  almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  sesion = Object.assign(sesion, { terminada: true });
  regreso.alVolver();
  assert.deepEqual(hechos, [["envio.seguir"], ["sesion.comprobar"]]);
});

test("a hidden page waits", () => {
  almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  Object.defineProperty(document, "hidden", { value: true, configurable: true });
  regreso.alVolver();
  assert.deepEqual(hechos, []);
  regreso.seguir();
  assert.deepEqual(hechos, [["envio.seguir"]]);
});
