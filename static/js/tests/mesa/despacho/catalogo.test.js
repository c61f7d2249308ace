// The catalogue as the desk tells of it: what it says in each state, and what follows a new one.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { CatalogoDeMesa } from "../../../mesa/despacho/catalogo.js";
import { SinRed } from "../../../comun/red.js";
import { OtraPestana } from "../../../pestanas/titular.js";
import { espia, nombres } from "../espia.js";

const ESTADO = { version: "", generado: null, enMemoria: false, listo: false, cargando: false };

let hechos;
let vista;
let enLinea;
let servicio;
let actualizar;
let catalogo;

beforeEach(() => {
  hechos = [];
  vista = { catalogoTexto: "", catalogoAviso: "", catalogoEdad: "" };
  enLinea = { hay: true };
  actualizar = async () => 200;
  servicio = espia(hechos, "catalogo", { estado: { ...ESTADO }, actualizar: () => actualizar() });
  catalogo = new CatalogoDeMesa({
    vista,
    parametros: { husos: [[0, 345]] },
    catalogo: servicio,
    conexion: espia(hechos, "conexion"),
    reloj: espia(hechos, "reloj"),
    relojDeMesa: espia(hechos, "relojDeMesa"),
    sesion: espia(hechos, "sesion"),
    enLinea,
    preciosNuevos: espia(hechos, "preciosNuevos"),
  });
});

test("fetched, there is a line and a date; a session that ended is said", async () => {
  await catalogo.traer();
  assert.deepEqual(nombres(hechos), [
    "catalogo.abrir",
    "catalogo.actualizar",
    "conexion.bien",
    "relojDeMesa.mirar",
  ]);
  actualizar = async () => 401;
  await catalogo.traer();
  assert.equal(nombres(hechos).at(-1), "sesion.pedirEntrar");
});

test("why it could not be: another tab's turn, no line, or half of it", async () => {
  for (const [error, hecho, aviso] of [
    [new OtraPestana(), "catalogo.actualizar", ""],
    [new SinRed("x"), "conexion.mal", ""],
    [new Error("damaged section"), "catalogo.actualizar", frase("catalogo_incompleto")],
  ]) {
    actualizar = async () => Promise.reject(error);
    await catalogo.traer();
    assert.deepEqual([nombres(hechos).at(-1), vista.catalogoAviso], [hecho, aviso]);
  }
});

test("what it says in each state", () => {
  const generado = "2026-03-06T22:20:00Z";
  const casos = [
    [{}, "Sin catálogo en este equipo", ""],
    [{ cargando: true }, "Bajando el catálogo…", ""],
    [{ listo: true, generado }, "Catálogo del 7/3, 04:05", ""],
    [{ enMemoria: true, listo: true }, "Sin catálogo en este equipo", frase("catalogo_en_memoria")],
  ];
  for (const [mas, texto, aviso] of casos) {
    catalogo.alCambiar({ ...ESTADO, ...mas });
    assert.deepEqual([vista.catalogoTexto, vista.catalogoAviso], [texto, aviso]);
  }
});

test("one that is ready prices; its date is the clock's", () => {
  catalogo.alCambiar({ ...ESTADO, listo: true, version: "v2", generado: "2026-03-07T04:05:00Z" });
  assert.deepEqual(hechos, [
    ["reloj.anotarCatalogo", "2026-03-07T04:05:00Z"],
    ["preciosNuevos.alCatalogoNuevo", "v2"],
  ]);
});

test("without a line its age is said, of one that there is", () => {
  enLinea.hay = false;
  catalogo.mirarEdad();
  assert.equal(vista.catalogoEdad, "");
  const generado = new Date(Date.now() - 73 * 3_600_000).toISOString();
  Object.assign(servicio.estado, { listo: true, generado });
  catalogo.mirarEdad();
  assert.equal(vista.catalogoEdad, "Sin línea, con un catálogo de hace 3 días.");
  enLinea.hay = true;
  catalogo.mirarEdad();
  assert.equal(vista.catalogoEdad, "");
});
