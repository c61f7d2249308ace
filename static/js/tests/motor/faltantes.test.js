// What is missing for the next discount, and from how many on an article is cheaper: the same
// vectors that the server's tests read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { faltantes } from "../../motor/faltantes.js";
import { MICROS, aMicros } from "../../motor/motor.js";
import { PreciosDeCanal, masBaratoDesde } from "../../motor/precios_de_canal.js";

function vectores(nombre) {
  return JSON.parse(readFileSync(new URL(`../vectores/${nombre}.json`, import.meta.url), "utf8"));
}

const { regla, renglon, casos } = vectores("faltantes");
const desde = vectores("desde");

function delCanalDe({ reglas, renglones, decimales = 0 }) {
  const lista = { decimales, reglas: reglas.map((una) => ({ ...regla, ...una })) };
  const porId = renglones.map(({ base, costo = renglon.costo, ...resto }) => [
    resto.articulo,
    { ...renglon, ...resto, base: aMicros(base), piso: aMicros(costo) || null, sinPiso: false },
  ]);
  return new PreciosDeCanal(lista, new Map(porId));
}

function enVector({ tipo, regla: suya, articulo, faltan, costo, antes, despues }) {
  const cuanto = tipo === "cantidad" ? faltan * MICROS : faltan;
  return { tipo, regla: suya.id, articulo, faltan: cuanto, costo, antes, despues };
}

function esperado({ faltan, costo, antes, despues, ...resto }) {
  return {
    ...resto,
    faltan: Array.isArray(faltan) ? faltan : aMicros(faltan),
    costo: aMicros(costo),
    antes: aMicros(antes),
    despues: aMicros(despues),
  };
}

for (const { que, lineas, fijos = [], maximo, faltantes: dichas, ...datos } of casos)
  test(`as on the server: ${que}`, () => {
    const halladas = faltantes(delCanalDe(datos), lineas, new Set(fijos), maximo);
    assert.deepEqual(halladas.map(enVector), dichas.map(esperado));
  });

for (const { que, reglas, costo = "0", desde: dicho } of desde.casos)
  test(`cheaper from so many on, as on the server: ${que}`, () => {
    const delCanal = delCanalDe({ reglas, renglones: [{ ...desde.renglon, costo }] });
    const esperado = dicho && { cantidad: dicho.cantidad, final: aMicros(dicho.final) };
    assert.deepEqual(masBaratoDesde(delCanal, desde.renglon.articulo), esperado);
  });

test("a price that the browser may not promise leaves its rule to another article", () => {
  const reglas = [{ id: 1, grupo: 5, umbral: "10000000" }];
  const renglones = [
    { articulo: 7, base: "1000", grupo: 5 },
    { articulo: 8, base: "3000", grupo: 5 },
  ];
  const delCanal = delCanalDe({ reglas, renglones });
  const lineas = [
    [7, 9],
    [8, 9],
  ];
  const hallado = () => faltantes(delCanal, lineas).map(({ articulo }) => articulo);
  assert.deepEqual(hallado(), [7]);
  delCanal.renglones.get(7).sinPiso = true;
  assert.deepEqual(hallado(), [8]);
  delCanal.renglones.get(8).suelta = true;
  assert.deepEqual(hallado(), []);
});
