// Whose session it is: said where it is not this person's, and forgotten when it is again.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { SesionDeMesa } from "../../../mesa/despacho/sesion.js";
import { SinRed } from "../../../comun/red.js";
import { espia } from "../espia.js";

let hechos;
let vista;
let respuesta;
let sesion;

beforeEach(() => {
  hechos = [];
  vista = { sesion: "" };
  sesion = new SesionDeMesa({
    vista,
    red: { pedir: async (url) => (hechos.push([url]), respuesta()) },
    conexion: espia(hechos, "conexion"),
    parametros: { usuario: 3, urls: { sesion: "/sesion" } },
  });
});

test("one that ended, another's, and one's own again", async () => {
  const casos = [
    [{ estado: 401, cuerpo: {} }, frase("sesion")],
    [{ estado: 200, cuerpo: { usuario: 9 } }, frase("otra_persona")],
    [{ estado: 503, cuerpo: {} }, frase("otra_persona")],
    [{ estado: 200, cuerpo: { usuario: 3 } }, ""],
  ];
  for (const [dada, dicho] of casos) {
    respuesta = () => dada;
    await sesion.comprobar();
    assert.deepEqual([vista.sesion, sesion.terminada], [dicho, dicho !== ""]);
  }
  assert.deepEqual(hechos.slice(0, 2), [["/sesion"], ["conexion.bien"]]);
});

test("no answer says nothing of the session, and is no line; a fault of ours is thrown on", async () => {
  sesion.pedirEntrar();
  respuesta = () => Promise.reject(new SinRed("x"));
  await sesion.comprobar();
  assert.deepEqual([vista.sesion, hechos.at(-1)], [frase("sesion"), ["conexion.mal"]]);
  respuesta = () => Promise.reject(new RangeError("ours"));
  await assert.rejects(sesion.comprobar(), RangeError);
});
