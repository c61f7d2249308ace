// An article more: its line, what is said of it, and what is not sold.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Alta } from "../../../mesa/pedido/alta.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia, foco, nombres } from "../espia.js";

const YERBA = {
  id: "7",
  codigo: "1043",
  descripcion: "Yerba",
  marca: "M",
  tasa: "10",
  precio: "12500",
};

let hechos;
let pantalla;

function armar({ bien = true, libre = true } = {}) {
  hechos = [];
  pantalla = {
    activo: "12",
    enPantalla: { cliente: "12", id: "x" },
    pedido: { lineas: [{ id: 7, descripcion: "Yerba", cantidad: "3" }] },
    clientes: [{ id: "13", nombre: "Despensa Luz" }],
  };
  return new Alta({
    catalogo: { estado: { version: "v1" } },
    pantalla,
    edicion: espia(hechos, "edicion", { cambiar: async () => bien }),
    intento: espia(hechos, "intento"),
    custodia: espia(hechos, "custodia"),
    nota: espia(hechos, "nota"),
    foco: foco(hechos, { libre: () => libre }),
    decimales: 0,
  });
}

beforeEach(() => abrirPagina('<div id="avisos"></div><p id="linea-7"></p>'));

test("a line with its rate, and what is remembered of its article", () => {
  assert.deepEqual(armar().lineaDe(YERBA, 3, 12_500n), {
    linea: { articulo: 7, tasa: 10, cantidad: 3, precio: 12_500n },
    ficha: {
      articulo: 7,
      datos: { codigo: "1043", descripcion: "Yerba", marca: "M" },
      precio: "12500",
      version: "v1",
    },
  });
  for (const tasa of ["10", "5", "0"])
    assert.equal(armar().lineaDe({ ...YERBA, tasa }, 1, 1n).linea.tasa, Number(tasa));
});

test("added: said, kept from being thrown away, back to the entry row, and in sight", async () => {
  assert.equal(await armar().agregar(YERBA, 3), true);
  assert.deepEqual(nombres(hechos), [
    "edicion.cambiar",
    "custodia.proteger",
    "nota.decir",
    "foco.libre",
    "foco.enfocar",
  ]);
  assert.deepEqual(hechos[2], ["nota.decir", "Agregado: Yerba, lleva 3"]);
  const [, cambio, fichas] = hechos[0];
  const orders = cambio({ 12: { id: "x", detalles: [] } }, "12");
  assert.equal(orders[12].detalles[0].precio_unitario, "12500");
  assert.deepEqual(
    fichas.map(({ articulo }) => articulo),
    [7],
  );
  assert.equal(window.vistos.length, 1);
});

test("what could not be added is not said to be; whoever types elsewhere stays there", async () => {
  assert.equal(await armar({ bien: false }).agregar(YERBA, 3), false);
  assert.ok(!nombres(hechos).includes("nota.decir"));
  await armar({ libre: false }).agregar(YERBA, 3);
  assert.ok(!nombres(hechos).includes("foco.enfocar"));
});

test("without an order, or without a price, nothing is added", async () => {
  const alta = armar();
  assert.equal(await alta.agregar({ ...YERBA, precio: "" }, 1), false);
  assert.deepEqual(
    [hechos, dichos()],
    [[], ["Yerba. Sin precio para este cliente: no se puede vender."]],
  );
  pantalla.pedido = null;
  pantalla.enPantalla = { cliente: "", id: null };
  assert.equal(await alta.agregar(YERBA, 1), false);
  assert.deepEqual(hechos, [["intento.rechazar", "sin_cliente"]]);
});

test("for an order that has left the screen: added to it, said so, and nothing here moves", async () => {
  const otra = { cliente: "13", id: "y" };
  await armar().agregar(YERBA, 3, otra);
  assert.deepEqual(nombres(hechos), ["edicion.cambiar", "custodia.proteger"]);
  assert.deepEqual(hechos[0][3], otra);
  assert.deepEqual(dichos(), ["Yerba: agregado al pedido de Despensa Luz, donde se leyó."]);
  await armar({ bien: false }).agregar(YERBA, 3, otra);
  assert.equal(dichos().length, 1);
  await armar().agregar(YERBA, 3, { cliente: "14", id: "z" });
  assert.equal(dichos()[1], "Yerba: agregado al pedido de Cliente 14, donde se leyó.");
});

test("of a line that is not there nothing is said", () => {
  const alta = armar();
  alta.decir(99);
  pantalla.pedido = null;
  alta.decir(7);
  assert.deepEqual(hechos, []);
});
