// Another tab's writing: which of it is this desk's business, and what comes of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Vecinas } from "../../../mesa/pantalla/vecinas.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia, nombres } from "../espia.js";

let hechos;
let pantalla;
let vecinas;
let despues;

beforeEach(() => {
  abrirPagina('<div id="avisos"></div>');
  hechos = [];
  pantalla = {
    pedido: { nombre: "Beto", bloqueado: false },
    refrescar() {
      hechos.push(["pantalla.refrescar"]);
      this.pedido = despues;
    },
  };
  despues = pantalla.pedido;
  vecinas = new Vecinas({
    almacen: { prefijo: "cp:1:", clave: (nombre) => `cp:1:${nombre}` },
    pantalla,
    catalogoDeMesa: espia(hechos, "catalogo"),
    regreso: espia(hechos, "regreso"),
    entrada: espia(hechos, "entrada"),
  });
});

test("each name that was written, and what follows", () => {
  const casos = [
    ["tema", []],
    ["cp:2:orders", []],
    ["cp:1:turno", []],
    ["cp:1:cat", ["catalogo.traer"]],
    ["cp:1:cat:clientes", []],
    ["cp:1:orders", ["pantalla.refrescar"]],
    ["cp:1:lote:x", ["pantalla.refrescar", "regreso.alVolver"]],
    [null, ["pantalla.refrescar"]],
  ];
  for (const [clave, esperados] of casos) {
    hechos.length = 0;
    vecinas.alCambiar(clave);
    assert.deepEqual(nombres(hechos), esperados, String(clave));
  }
  assert.deepEqual(dichos(), []);
});

test("an order that goes from the screen takes along what was half entered, and is said", () => {
  despues = null;
  vecinas.alCambiar("cp:1:orders");
  assert.deepEqual(nombres(hechos), ["pantalla.refrescar", "entrada.vaciar"]);
  assert.deepEqual(dichos(), ["Beto: el pedido se envió o se descartó en otra pestaña."]);
  // No order was there: nothing went.
  vecinas.alCambiar("cp:1:orders");
  assert.deepEqual([nombres(hechos).length, dichos().length], [3, 1]);
});

test("one that was on its way was expected to go", () => {
  pantalla.pedido.bloqueado = true;
  despues = null;
  vecinas.alCambiar("cp:1:orders");
  assert.deepEqual([nombres(hechos), dichos()], [["pantalla.refrescar", "entrada.vaciar"], []]);
});
