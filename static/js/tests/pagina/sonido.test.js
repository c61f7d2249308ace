// The sound of a code that nobody knows: one tone where a browser lets it, and nothing breaks elsewhere.

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

let tonos = [];
let abiertos = 0;

class Contexto {
  constructor() {
    abiertos += 1;
    this.state = Contexto.estado;
    this.currentTime = 5;
    this.destination = "speakers";
  }

  async resume() {
    Contexto.reanudado?.();
    if (Contexto.rehusa) throw new Error("not allowed");
    this.state = "running";
  }

  createGain() {
    const pasos = [];
    return {
      pasos,
      gain: {
        setValueAtTime: (...paso) => pasos.push(paso),
        linearRampToValueAtTime: (...paso) => pasos.push(paso),
      },
      connect: (destino) => assert.equal(destino, "speakers"),
    };
  }

  createOscillator() {
    const tono = { frequency: { value: 0 } };
    tono.connect = (volumen) => Object.assign(volumen, tonos.push({ tono, volumen }));
    tono.start = (desde) => Object.assign(tono, { desde });
    tono.stop = (hasta) => Object.assign(tono, { hasta });
    return tono;
  }
}

// Each time a module of its own, as each page has one.
async function abrir(contexto, { estado = "running", rehusa = false, reanudado } = {}) {
  [tonos, abiertos] = [[], 0];
  Object.assign(Contexto, { estado, rehusa, reanudado });
  if (contexto) globalThis.AudioContext = contexto;
  else delete globalThis.AudioContext;
  return (await import(`../../pagina/sonido.js?${Math.random()}`)).sonar;
}

afterEach(() => {
  delete globalThis.AudioContext;
  mock.restoreAll();
});

test("a short low tone, that fades, from one context for all", async () => {
  const sonar = await abrir(Contexto);
  assert.deepEqual([await sonar(), await sonar()], [true, true]);
  assert.deepEqual([tonos.length, abiertos], [2, 1]);
  const [{ tono, volumen }] = tonos;
  assert.deepEqual([tono.type, tono.frequency.value], ["square", 220]);
  assert.deepEqual([tono.desde, tono.hasta], [5, 5.35]);
  assert.deepEqual(volumen.pasos, [
    [0.2, 5],
    [0, 5.35],
  ]);
});

test("a browser that waits for somebody's hand is asked to go on", async () => {
  const sonar = await abrir(Contexto, { estado: "suspended" });
  assert.equal(await sonar(), true);
  assert.equal(tonos.length, 1);
});

test("one that does not let it sound is silent", async () => {
  const sonar = await abrir(Contexto, { estado: "suspended", rehusa: true });
  assert.equal(await sonar(), false);
  assert.equal(tonos.length, 0);
});

test("a sound that comes too late is not made", async () => {
  let reloj = 0;
  mock.method(performance, "now", () => reloj);
  const reanudado = () => (reloj = 1_001);
  const sonar = await abrir(Contexto, { estado: "suspended", reanudado });
  assert.equal(await sonar(), false);
  assert.equal(tonos.length, 0);
});

test("without sound in the browser, or in the computer, nothing breaks", async () => {
  assert.equal(await (await abrir(null))(), false);
  const sinPlaca = class {
    constructor() {
      throw new Error("no device");
    }
  };
  assert.equal(await (await abrir(sinPlaca))(), false);
});
