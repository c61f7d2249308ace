// Opening a client's order, showing it, going round.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Clientes } from "../../../mesa/pantalla/clientes.js";
import { $, abrirPagina } from "../../documento.js";
import { espia, foco, intento, nombres } from "../espia.js";

const FICHA = { nombre: "Beto", razon: "B S.A.", ruc: "1", canal: "1", canal_nombre: "D" };

let hechos;
let pantalla;

function armar({ bien = true, sigue = true } = {}) {
  hechos = [];
  pantalla = {
    activo: "12",
    clientes: ["12", "13", "14"].map((id) => ({ id })),
    abrirse: (_, listo) => listo,
  };
  return new Clientes({
    libreta: espia(hechos, "libreta"),
    pantalla: espia(hechos, "pantalla", pantalla),
    rail: espia(hechos, "rail"),
    intento: intento(hechos, { bien }),
    foco: foco(hechos, { sigue }),
    entrada: espia(hechos, "entrada"),
  });
}

beforeEach(() => {
  abrirPagina(
    '<input id="celda"><ul><li class="cliente-item" aria-current="true" id="suyo"></li></ul>',
  );
});

test("what was half entered is given up at once; what is typed while it opens is kept", async () => {
  const clientes = armar();
  await clientes.abrir({ id: "12", otra: "cosa", ...FICHA });
  assert.deepEqual(
    nombres(hechos).filter((nombre) => !nombre.startsWith("foco")),
    [
      "entrada.vaciar",
      "intento.hacer",
      "libreta.abrir",
      "pantalla.abrirse",
      "rail.cerrar",
      "pantalla.ir",
      "entrada.soltar",
    ],
  );
  assert.deepEqual(hechos.find(([nombre]) => nombre === "libreta.abrir").slice(1), ["12", FICHA]);
  assert.deepEqual(
    hechos.filter(([nombre]) => nombre === "foco.enfocar"),
    [["foco.enfocar", "entrada_articulo"]],
  );
});

test("whoever went elsewhere meanwhile keeps the focus; what could not be opened is not shown", async () => {
  await armar({ sigue: false }).abrir({ id: "12", ...FICHA });
  assert.ok(!nombres(hechos).includes("foco.enfocar"));
  await armar({ bien: false }).abrir({ id: "12", ...FICHA });
  assert.ok(!nombres(hechos).includes("pantalla.ir"));
});

test("one that opens late does not take the place of who was chosen since", async () => {
  const clientes = armar();
  const [uno, dos] = [
    clientes.abrir({ id: "12", ...FICHA }),
    clientes.abrir({ id: "13", ...FICHA }),
  ];
  await Promise.all([uno, dos]);
  const tres = clientes.abrir({ id: "14", ...FICHA });
  clientes.mostrar("12");
  await tres;
  assert.deepEqual(
    hechos.filter(([nombre]) => nombre === "pantalla.ir").map(([, id]) => id),
    ["13", "12"],
  );
});

test("another order for a saved one's client is opened with what is known of it", async () => {
  await armar().otroPedido({ cliente: "12", ficha: FICHA, numero: 1 });
  assert.deepEqual(hechos.find(([nombre]) => nombre === "libreta.abrir").slice(1), ["12", FICHA]);
});

test("to show an order, what is half edited is left first, and the client comes in sight", () => {
  const clientes = armar();
  const salidas = [];
  $("celda").focus();
  $("celda").addEventListener("blur", () => salidas.push(nombres(hechos).length));
  clientes.mostrar("13");
  assert.deepEqual(salidas, [0]);
  assert.ok(nombres(hechos).includes("entrada.vaciar"));
  assert.deepEqual(window.vistos, [$("suyo")]);
  $("celda").focus();
  clientes.mostrar("13", { enfocar: false });
  assert.equal(document.activeElement.id, "celda");
  $("suyo").remove();
  clientes.mostrar("13");
});

test("round and round; with one alone, or none, nowhere", () => {
  const clientes = armar();
  const idas = [1, -1].map((paso) => {
    hechos.length = 0;
    clientes.otro(paso);
    return hechos.find(([nombre]) => nombre === "pantalla.ir")[1];
  });
  assert.deepEqual(idas, ["13", "14"]);
  pantalla.clientes = [{ id: "12" }];
  hechos.length = 0;
  clientes.otro(1);
  assert.deepEqual(hechos, []);
});
