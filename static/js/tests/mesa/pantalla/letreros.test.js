// What the labels say in each state of the line, the session and what is on its way.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Letreros } from "../../../mesa/pantalla/letreros.js";

const con = ({ resumen = null, enviando = 0, hay = true, terminada = false } = {}) =>
  new Letreros({
    pantalla: { resumen, enviando },
    enLinea: { hay },
    sesion: { terminada },
    decimales: 0,
  });

test("the button says how many go", () => {
  assert.equal(con().enviar(), "Nada para enviar");
  assert.equal(con({ resumen: { porEnviar: 0 } }).enviar(), "Nada para enviar");
  assert.equal(con({ resumen: { porEnviar: 2 } }).enviar(), "Enviar 2 pedidos");
});

test("what was saved today, and each of it", () => {
  assert.equal(con().guardados(), "");
  const resumen = { guardados: 1, totalGuardado: "Gs. 5" };
  assert.equal(con({ resumen }).guardados(), "1 pedido · Gs. 5");
  assert.equal(con().montoGuardado({ total: "37500" }), "37.500");
  assert.equal(con().notaGuardado({ numero: 1043 }), "N.º 1.043 · guardado");
});

test("the chip: the session first, then the line, then what is on its way", () => {
  const resumen = { pedidos: 3 };
  const casos = [
    [{}, "En línea", "En línea", "punto-exito"],
    [{ enviando: 2 }, "Enviando 2 pedidos", "Enviando", "punto-curso"],
    [{ hay: false }, "Sin conexión – 0 pedidos en este equipo", "Sin conexión", "punto-aviso"],
    [
      { hay: false, resumen, enviando: 1 },
      "Sin conexión – 3 pedidos en este equipo, 1 espera para salir",
      "Sin conexión",
      "punto-aviso",
    ],
    [
      { terminada: true, hay: false, enviando: 1 },
      "Sesión terminada",
      "Sesión terminada",
      "punto-aviso",
    ],
  ];
  for (const [estado, largo, corto, punto] of casos) {
    const letreros = con(estado);
    assert.deepEqual(
      [letreros.chip(), letreros.chipCorto(), letreros.chipPunto()],
      [largo, corto, punto],
    );
  }
});
