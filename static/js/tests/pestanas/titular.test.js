// One tab writes where the browser orders none: who, what the others hear, and who comes next.

import assert from "node:assert/strict";
import { test } from "node:test";

import { OtraPestana, Titular } from "../../pestanas/titular.js";

// The BroadcastChannels of one browser.
class Canales {
  abiertos = new Map();

  abrir = (nombre) => {
    const canales = this.abiertos.get(nombre) ?? this.abiertos.set(nombre, new Set()).get(nombre);
    const canal = {
      onmessage: null,
      postMessage: (data) => {
        for (const otro of canales)
          if (otro !== canal) queueMicrotask(() => canales.has(otro) && otro.onmessage?.({ data }));
      },
      cerrar: () => canales.delete(canal),
    };
    canales.add(canal);
    return canal;
  };
}

function pestana(canales, id, clave = "1:2:3") {
  const noticias = [];
  const titular = new Titular({
    clave,
    id,
    abrir: canales.abrir,
    espera: 5,
    alCambiar: (es) => noticias.push(es),
  });
  return { titular, noticias };
}

test("the first one writes, the second one looks on", async () => {
  const canales = new Canales();
  const una = pestana(canales, "b");
  await una.titular.exigir();
  const otra = pestana(canales, "a");
  await assert.rejects(otra.titular.exigir(), OtraPestana);
  await una.titular.exigir();
  assert.deepEqual([una.noticias, otra.noticias], [[true], [false]]);
});

test("two that ask in the same instant: one of them", async () => {
  const canales = new Canales();
  const [una, otra] = [pestana(canales, "a"), pestana(canales, "b")];
  const salidas = await Promise.allSettled([una.titular.exigir(), otra.titular.exigir()]);
  assert.deepEqual(
    salidas.map(({ status }) => status),
    ["fulfilled", "rejected"],
  );
});

test("when it closes, whoever looked on comes next by itself", async () => {
  const canales = new Canales();
  const [una, otra] = [pestana(canales, "a"), pestana(canales, "b")];
  await una.titular.exigir();
  await assert.rejects(otra.titular.exigir(), OtraPestana);
  una.titular.dejar();
  await new Promise((seguir) => setTimeout(seguir, 30));
  assert.deepEqual(otra.noticias, [false, true]);
  await otra.titular.exigir();
});

test("one that died without a word is not waited for", async () => {
  const canales = new Canales();
  const [una, otra] = [pestana(canales, "a"), pestana(canales, "b")];
  await una.titular.exigir();
  await assert.rejects(otra.titular.exigir(), OtraPestana);
  una.titular.canal.cerrar();
  await otra.titular.exigir();
  assert.deepEqual(otra.noticias, [false, true]);
});

test("somebody takes the desk over, and it is theirs alone", async () => {
  const canales = new Canales();
  const [una, otra] = [pestana(canales, "a"), pestana(canales, "b")];
  await una.titular.exigir();
  await assert.rejects(otra.titular.exigir(), OtraPestana);
  otra.titular.tomar();
  await otra.titular.exigir();
  await assert.rejects(una.titular.exigir(), OtraPestana);
  assert.deepEqual(
    [una.noticias, otra.noticias],
    [
      [true, false],
      [false, true],
    ],
  );
});

test("two that both believe it is theirs settle it", async () => {
  const canales = new Canales();
  const [una, otra] = [pestana(canales, "a"), pestana(canales, "b")];
  for (const { titular } of [una, otra]) titular.pasarA("titular");
  otra.titular.decir("yo");
  await new Promise((seguir) => setTimeout(seguir, 5));
  assert.deepEqual([una.titular.estado, otra.titular.estado], ["titular", "mira"]);
});

test("another person's desk is another desk", async () => {
  const canales = new Canales();
  await pestana(canales, "a").titular.exigir();
  await pestana(canales, "b", "1:2:4").titular.exigir();
});
