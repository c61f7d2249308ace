// Whether what is kept is safe: said once, and nothing said is written over by what is older.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { Custodia } from "../../../mesa/pantalla/custodia.js";
import { abrirPagina } from "../../documento.js";

let vista;
let almacen;
let mirar;
let custodia;

beforeEach(() => {
  abrirPagina("");
  vista = { guardado: "", permanencia: "" };
  almacen = { danados: [] };
  const pantalla = { seguir: (oyente) => (mirar = oyente) };
  custodia = new Custodia({ vista, almacen, pantalla });
});

test("what could not be read is said at the next look, unless something else is", () => {
  mirar();
  assert.equal(vista.guardado, "");
  almacen.danados.push("orders");
  mirar();
  assert.equal(vista.guardado, frase("danado"));
  custodia.decir("cuota");
  mirar();
  assert.equal(vista.guardado, frase("cuota"));
});

test("the browser is asked once, and its answer is said when it has one", async () => {
  const respuestas = [true, new Error("no")];
  let pedidas = 0;
  const gestor = {
    async persisted() {
      pedidas += 1;
      const respuesta = respuestas.shift();
      if (respuesta instanceof Error) throw respuesta;
      return respuesta;
    },
    persist: async () => false,
  };
  Object.defineProperty(navigator, "storage", { value: gestor, configurable: true });
  await Promise.all([custodia.proteger(), custodia.proteger()]);
  assert.deepEqual([pedidas, vista.permanencia], [1, frase("conserva")]);
  custodia.protegido = false;
  await custodia.proteger();
  assert.deepEqual([pedidas, vista.permanencia], [2, frase("conserva")]);
});
