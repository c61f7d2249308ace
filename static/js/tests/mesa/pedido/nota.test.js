// The word beside the entry row.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Nota } from "../../../mesa/pedido/nota.js";

let nota;
let pantalla;
let vista;

beforeEach(() => {
  vista = { elegidoTexto: "" };
  pantalla = {
    enPantalla: { cliente: "12", id: "u" },
    esta: ({ cliente, id }) =>
      cliente === pantalla.enPantalla.cliente && id === pantalla.enPantalla.id,
    seguir: (oyente) => (pantalla.refrescar = oyente),
  };
  nota = new Nota({ vista, pantalla });
});

test("what is said is there, until something else is, or nothing", () => {
  nota.decir("Ya tiene 3: se suma");
  pantalla.refrescar();
  assert.equal(vista.elegidoTexto, "Ya tiene 3: se suma");
  nota.decir("");
  assert.equal(vista.elegidoTexto, "");
});

test("it is said of the order on the screen: with another one it goes", () => {
  for (const otro of [
    { cliente: "13", id: "v" },
    { cliente: "13", id: "w" },
    { cliente: "", id: null },
  ]) {
    nota.decir("Agregado: Yerba, lleva 3");
    pantalla.enPantalla = otro;
    pantalla.refrescar();
    assert.equal(vista.elegidoTexto, "");
  }
});
