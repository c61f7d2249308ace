// The turns between tabs: numbers in order, a copy that is waited for, and a browser that has none.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { Envio } from "../../envio/envio.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { pendientes } from "../../cuaderno/lotes.js";
import { Orden, SinOrden } from "../../pestanas/orden.js";
import { abrir, agregar, lineasDe } from "../../cuaderno/pedidos.js";
import { OtraPestana } from "../../pestanas/titular.js";
import {
  AMBITO,
  Fabrica,
  Locks,
  Servidor,
  Storage,
  StorageDeProceso,
  Turnos,
  nuevoId,
  ordenDe,
} from "../dobles.js";

const LINEA = { articulo: 7, tasa: 10, cantidad: 1, precio: 12500n };

// Each tab of one browser: its own process, with its own copy of the storage.
function pestanas(cuantas, { conTurnos = true } = {}) {
  const [locks, turnos] = [new Locks(), new Turnos()];
  return StorageDeProceso.navegador(cuantas).map((storage) => {
    const orden = conTurnos ? ordenDe(turnos, storage) : null;
    const almacen = new Almacen({ storage, ambito: AMBITO, locks, orden });
    return {
      storage,
      almacen,
      libreta: new Libreta(almacen, { decimales: 0, hoy: () => "2026-11-27", nuevoId }),
    };
  });
}

async function editarATurnos(tabs, veces) {
  await tabs[0].libreta.abrir("12", { nombre: "Don Beto" });
  for (const { storage } of tabs) await storage.ceder();
  const editar = async ({ libreta }, desde) => {
    for (let i = 0; i < veces; i++) {
      await libreta.editar("12", (orders) =>
        agregar(orders, "12", { ...LINEA, articulo: desde + i }, 0),
      );
    }
  };
  await Promise.all(tabs.map((tab, i) => editar(tab, 1 + i * veces)));
}

test("two tabs × 300 edits of one order: none is lost, in either tab", async () => {
  const tabs = pestanas(2);
  await editarATurnos(tabs, 300);
  for (const { storage, almacen } of tabs) {
    await storage.ceder();
    const articulos = lineasDe(almacen.leer("orders")[12]).map(({ articulo_id }) => articulo_id);
    assert.deepEqual(
      articulos.sort((a, b) => a - b),
      Array.from({ length: 600 }, (_, i) => i + 1),
    );
  }
});

test("the double of the processes loses edits under a lock alone, as browsers do", async () => {
  const tabs = pestanas(2, { conTurnos: false });
  await editarATurnos(tabs, 30);
  assert.notEqual(lineasDe(tabs[0].almacen.leer("orders")[12]).length, 60);
});

test("three tabs send in the same instant: one lote", async () => {
  for (let vez = 0; vez < 50; vez++) {
    const tabs = pestanas(3);
    await tabs[0].libreta.abrir("12", { nombre: "Don Beto" });
    await tabs[0].libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0));
    const fichas = await Promise.all(
      tabs.map(({ almacen }) => {
        const envio = new Envio({
          almacen,
          red: null,
          urls: {},
          usuario: 3,
          avisar: () => {},
          nuevoId,
        });
        envio.seguir = () => {};
        return envio.enviar("v1");
      }),
    );
    assert.equal(fichas.filter(Boolean).length, 1);
    for (const { storage, almacen } of tabs) {
      await storage.ceder();
      assert.equal(pendientes(almacen).length, 1);
    }
  }
});

test("a tab that dies in its turn holds the others up, not for ever", async () => {
  const [una, otra] = pestanas(2);
  await una.libreta.abrir("12", { nombre: "Don Beto" });
  let morir;
  const muerta = una.almacen.exclusiva("mesa", () => {
    una.almacen.guardar("orders", abrir(una.almacen.leer("orders", {}), "13", nuevoId()));
    una.storage.morir();
    return new Promise((seguir) => (morir = seguir));
  });
  await new Promise((seguir) => setTimeout(seguir, 20));
  morir(); // the browser frees its lock; its turn was never noted anywhere else
  await muerta;
  await otra.libreta.abrir("14", { nombre: "Ña Carmen" });
  // What it wrote before it died counts.
  assert.deepEqual(Object.keys(otra.almacen.leer("orders")), ["12", "13", "14"]);
});

test("IndexedDB gives each turn once, in order, and forgets a person's", async () => {
  const orden = new Orden({ fabrica: new Fabrica() });
  for (const turno of [1, 2, 3]) assert.equal(await orden.siguiente("cp:1:2:3:turno"), turno);
  assert.equal(await orden.siguiente("cp:1:2:4:turno"), 1);
  await orden.olvidar((clave) => clave.startsWith("cp:1:2:3:"));
  assert.equal(await orden.siguiente("cp:1:2:3:turno"), 1);
  assert.equal(await orden.siguiente("cp:1:2:4:turno"), 2);
});

test("a copy is waited for until it has the turn, or its time is up", async () => {
  let [visto, reloj] = [3, 0];
  const orden = new Orden({ fabrica: null, ahora: () => reloj, ceder: async () => (visto += 1) });
  await orden.alcanzar(5, () => visto);
  assert.equal(visto, 5);
  await orden.alcanzar(5, () => visto);
  assert.equal(visto, 5);
  const sordo = new Orden({ fabrica: null, ahora: () => reloj, ceder: async () => (reloj += 500) });
  await sordo.alcanzar(9, () => 5);
  assert.equal(reloj, 2000);
});

test("a database refused, broken or lost is no order, and opens again later", async () => {
  const fabrica = new Fabrica();
  const orden = new Orden({ fabrica });
  fabrica.falla = new Error("denied");
  await assert.rejects(orden.siguiente("k"), SinOrden);
  fabrica.falla = null;
  assert.equal(await orden.siguiente("k"), 1);
  fabrica.bases.at(-1).onversionchange();
  assert.equal(await orden.siguiente("k"), 2);
  assert.equal(fabrica.bases.length, 2);
});

test("where the order fails, one tab alone writes from then on", async () => {
  const orden = { siguiente: async () => Promise.reject(new SinOrden()), alcanzar: async () => {} };
  const titular = { deja: true, exigido: 0 };
  titular.exigir = async () => {
    titular.exigido += 1;
    if (!titular.deja) throw new OtraPestana();
  };
  const almacen = new Almacen({
    storage: new Storage(),
    ambito: AMBITO,
    locks: new Locks(),
    orden,
    titular: () => titular,
  });
  assert.equal(almacen.titular, null);
  assert.equal(await almacen.exclusiva("mesa", () => 5), 5);
  titular.deja = false;
  await assert.rejects(
    almacen.exclusiva("mesa", () => 6),
    OtraPestana,
  );
  await assert.rejects(
    almacen.exclusiva("envio", () => 7),
    OtraPestana,
  );
  assert.equal(titular.exigido, 3);
});

test("without locks the rule of one tab holds from the start", async () => {
  const titular = { exigir: async () => Promise.reject(new OtraPestana()) };
  const almacen = new Almacen({
    storage: new Storage(),
    ambito: AMBITO,
    orden: {},
    titular: () => titular,
  });
  await assert.rejects(
    almacen.exclusiva("mesa", () => 1),
    OtraPestana,
  );
});

test("the turn seen is kept as wide as any other, and a full storage does not stop a turn", async () => {
  const storage = new Storage();
  const almacen = new Almacen({
    storage,
    ambito: AMBITO,
    locks: new Locks(),
    orden: ordenDe(new Turnos(), storage),
  });
  storage.ceder = async () => {};
  await almacen.exclusiva("mesa", () => {});
  assert.equal(storage.getItem("cp:1:2:3:turno"), "000000000001");
  storage.cupo = almacen.ocupado();
  await almacen.exclusiva("mesa", () => {});
  assert.equal(storage.getItem("cp:1:2:3:turno"), "000000000002");
  storage.removeItem("cp:1:2:3:turno");
  storage.cupo = 0;
  assert.equal(await almacen.exclusiva("mesa", () => 9), 9);
});

test("a section that fails gives its turn back", async () => {
  const [una, otra] = pestanas(2);
  await assert.rejects(
    una.almacen.exclusiva("mesa", () => Promise.reject(new Error("falla"))),
    /falla/,
  );
  assert.equal(una.almacen.turnoVisto(), 1);
  await otra.almacen.exclusiva("mesa", () => {});
  assert.equal(otra.almacen.turnoVisto(), 2);
});

test("an unanswered lote that another tab finished does not come back", async () => {
  const [una, otra] = pestanas(2);
  const servidor = new Servidor();
  await una.libreta.abrir("12", { nombre: "Don Beto" });
  await una.libreta.editar("12", (orders) => agregar(orders, "12", LINEA, 0));
  const envio = (almacen) => {
    const nuevo = new Envio({
      almacen,
      red: servidor,
      urls: {},
      usuario: 3,
      avisar: () => {},
      nuevoId,
    });
    nuevo.seguir = () => {};
    return nuevo;
  };
  const ficha = await envio(una.almacen).enviar("v1");
  await otra.storage.ceder();
  await una.almacen.exclusiva("mesa", () => una.almacen.quitar(`lote:${ficha.lote}`));
  // The other tab's copy still has it.
  assert.equal(pendientes(otra.almacen).length, 1);
  assert.equal(await envio(otra.almacen).anotar({ ...ficha, aceptado: true }), false);
  assert.equal(pendientes(otra.almacen).length, 0);
});

test("left to itself, a tab waits for the others' news by a message to itself", async () => {
  const orden = new Orden({ fabrica: new Fabrica() });
  let visto = 0;
  setImmediate(() => (visto = 3));
  await orden.alcanzar(3, () => visto);
  assert.equal(visto, 3);
  await orden.alcanzar(0, () => 0);
});
