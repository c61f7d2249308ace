import assert from "node:assert/strict";
import { test } from "node:test";

import LZString from "../../../vendor/lz-string.js";
import {
  Almacen,
  CuotaLlena,
  comprimir,
  contarSinEnviar,
  esObjeto,
  inflar,
  leerOrders,
  olvidar,
} from "../../comun/almacen.js";
import { SinOrden } from "../../pestanas/orden.js";
import { AMBITO, Locks, Storage } from "../dobles.js";

const ORDERS = { 12: [{ articulo_id: 7, cantidad: 3, precio_unitario: "12500" }], 13: [] };

function nuevo(cupo, locks = null) {
  const storage = new Storage(cupo);
  return { storage, almacen: new Almacen({ storage, ambito: AMBITO, locks }) };
}

test("a value is kept as compressToUTF16 of its JSON, under company, branch and user", () => {
  const { storage, almacen } = nuevo();
  almacen.guardar("orders", ORDERS);
  const texto = storage.getItem("cp:1:2:3:orders");
  assert.equal(LZString.decompressFromUTF16(texto), JSON.stringify(ORDERS));
  assert.deepEqual(almacen.leer("orders"), ORDERS);
  assert.equal(almacen.leer("nada", "defecto"), "defecto");
});

test("two people, or two branches, never see each other's", () => {
  const { storage, almacen } = nuevo();
  almacen.guardar("orders", ORDERS);
  for (const otro of [{ usuario: 33 }, { sucursal: 22 }, { empresa: 11 }]) {
    const ajeno = new Almacen({ storage, ambito: { ...AMBITO, ...otro } });
    assert.equal(ajeno.leer("orders"), null);
    assert.deepEqual(ajeno.nombres(), []);
  }
});

test("a damaged value is set aside, not lost", () => {
  const { storage, almacen } = nuevo();
  for (const texto of ["garbage", "", LZString.compressToUTF16("{not json")]) {
    storage.setItem("cp:1:2:3:orders", texto);
    assert.deepEqual(almacen.leer("orders", {}), {});
    assert.ok(Object.values(almacen.apartados()).includes(texto));
    assert.equal(storage.getItem("cp:1:2:3:orders"), null);
  }
  assert.deepEqual(almacen.danados, ["orders"]);
  assert.deepEqual(Object.keys(almacen.apartados()).sort(), [
    "orders:2:danado",
    "orders:3:danado",
    "orders:danado",
  ]);
});

test("when the space is full the catalogue gives way to orders", () => {
  const { storage, almacen } = nuevo(1000);
  almacen.guardarTexto("cat:articulos", "x".repeat(800));
  almacen.guardarTexto("carga:1", "y".repeat(700));
  assert.equal(storage.getItem("cp:1:2:3:cat:articulos"), null);
  assert.equal(almacen.texto("carga:1").length, 700);
  assert.throws(() => almacen.guardarTexto("carga:2", "z".repeat(700)), CuotaLlena);
  assert.throws(() => almacen.guardarTexto("cat:precios", "z".repeat(700)), CuotaLlena);
  assert.equal(almacen.texto("carga:1").length, 700);
  assert.equal(almacen.ocupado(), 700 + "cp:1:2:3:carga:1".length);
});

test("another failure of storage is not taken for a full one", () => {
  const { storage, almacen } = nuevo();
  storage.setItem = () => {
    throw new TypeError("broken");
  };
  assert.throws(() => almacen.guardar("orders", ORDERS), TypeError);
});

test("without Web Locks turns are kept within the tab, failures included", async () => {
  const { almacen } = nuevo();
  const pasos = [];
  const lenta = almacen.exclusiva("mesa", async () => {
    await new Promise((seguir) => setImmediate(seguir));
    pasos.push("lenta");
    throw new Error("falla");
  });
  const rapida = almacen.exclusiva("mesa", () => pasos.push("rapida"));
  await assert.rejects(lenta, /falla/);
  await rapida;
  assert.deepEqual(pasos, ["lenta", "rapida"]);
});

test("with Web Locks the lock carries the person's own key", async () => {
  const pedidos = [];
  const locks = new Locks();
  const request = locks.request.bind(locks);
  locks.request = (nombre, tarea) => pedidos.push(nombre) && request(nombre, tarea);
  const { almacen } = nuevo(Infinity, locks);
  assert.equal(await almacen.exclusiva("envio", () => 5), 5);
  assert.deepEqual(pedidos, ["cp:1:2:3:envio"]);
});

test("unsent orders are counted over branches; signing out forgets the rest", () => {
  const { storage, almacen } = nuevo();
  almacen.guardar("orders", ORDERS);
  almacen.guardarTexto("cat:articulos", "x");
  almacen.guardar("guardados", {});
  const otra = new Almacen({ storage, ambito: { ...AMBITO, sucursal: 9 } });
  otra.guardar("orders", { 5: { observacion: "x", detalles: ORDERS[12] } });
  const ajeno = new Almacen({ storage, ambito: { ...AMBITO, usuario: 4 } });
  ajeno.guardar("orders", ORDERS);
  assert.equal(contarSinEnviar(storage, 3), 2);
  almacen.guardarTexto("turno", "000000000007");
  assert.equal(olvidar(storage, 3, { conservar: true }), false);
  assert.deepEqual(almacen.nombres(), ["orders", "turno"]);
  assert.equal(contarSinEnviar(storage, 3), 2);
  assert.equal(olvidar(storage, 3, { conservar: false }), true);
  almacen.guardarTexto("turno", "000000000008");
  assert.equal(olvidar(storage, 3, { conservar: true }), true);
  assert.deepEqual(almacen.nombres(), []);
  assert.equal(contarSinEnviar(storage, 3), 0);
  assert.equal(contarSinEnviar(storage, 4), 1);
});

// --- Names, texts and what was read already -----------------------------------------------------------
test("names are this person's, by how they begin", () => {
  const { storage, almacen } = nuevo();
  for (const nombre of ["orders", "lote:1", "lote:2", "lotes"]) almacen.guardarTexto(nombre, "x");
  storage.setItem("other", "y");
  storage.setItem("cp:1:2:33:lote:9", "y");
  assert.equal(almacen.prefijo, "cp:1:2:3:");
  assert.equal(almacen.clave("orders"), "cp:1:2:3:orders");
  assert.deepEqual(almacen.nombres(), ["orders", "lote:1", "lote:2", "lotes"]);
  assert.deepEqual(almacen.nombres("lote:"), ["lote:1", "lote:2"]);
  assert.deepEqual(almacen.nombres("x"), []);
  assert.equal(almacen.texto("lote:1"), "x");
  assert.equal(almacen.texto("lote:3"), null);
  almacen.quitar("lote:1");
  assert.equal(almacen.texto("lote:1"), null);
});

test("a text that is the same is not inflated again; another one is", () => {
  const { storage, almacen } = nuevo();
  almacen.guardar("orders", ORDERS);
  assert.equal(almacen.leer("orders"), ORDERS);
  const otra = new Almacen({ storage, ambito: AMBITO });
  const leido = otra.leer("orders");
  assert.notEqual(leido, ORDERS);
  assert.equal(otra.leer("orders"), leido);
  // Another tab writes.
  almacen.guardar("orders", { 14: [] });
  assert.deepEqual(otra.leer("orders"), { 14: [] });
  almacen.quitar("orders");
  assert.equal(otra.leer("orders", "nada"), "nada");
  assert.equal(almacen.leer("orders", "nada"), "nada");
});

test("what is read as something is looked at each time it is asked for as something else", () => {
  const { almacen } = nuevo();
  const esLista = (valor) => Array.isArray(valor);
  almacen.guardar("orders", "x");
  assert.equal(almacen.leer("orders"), "x");
  assert.deepEqual(almacen.leer("orders", [], esLista), []);
  assert.deepEqual(almacen.danados, ["orders"]);
  assert.deepEqual(almacen.nombres(), ["orders:danado"]);
  almacen.guardar("orders", ["y"]);
  let miradas = 0;
  const contada = (valor) => esLista(valor) && (miradas += 1) > 0;
  for (let i = 0; i < 3; i++) assert.deepEqual(almacen.leer("orders", [], contada), ["y"]);
  assert.equal(miradas, 1);
});

test("what was set aside once is not set aside twice", () => {
  const { storage, almacen } = nuevo();
  for (let i = 0; i < 2; i++) {
    storage.setItem("cp:1:2:3:orders", "garbage");
    assert.equal(almacen.leer("orders"), null);
  }
  assert.deepEqual(almacen.apartados(), { "orders:danado": "garbage" });
  assert.deepEqual(almacen.danados, ["orders"]);
  almacen.guardarTexto("fichas", "rubbish");
  almacen.leer("fichas");
  assert.deepEqual(almacen.danados, ["orders", "fichas"]);
});

test("without room for a copy a damaged value stays where it is", () => {
  const { storage, almacen } = nuevo();
  storage.setItem("cp:1:2:3:orders", "garbage");
  storage.cupo = almacen.ocupado();
  assert.equal(almacen.leer("orders", "nada"), "nada");
  assert.equal(storage.getItem("cp:1:2:3:orders"), "garbage");
  assert.deepEqual(almacen.apartados(), {});
  assert.deepEqual(almacen.danados, ["orders"]);
});

test("a storage that fails otherwise fails aloud, also while setting aside", () => {
  const { storage, almacen } = nuevo();
  storage.setItem("cp:1:2:3:orders", "garbage");
  storage.setItem = () => {
    throw new TypeError("broken");
  };
  assert.throws(() => almacen.leer("orders"), TypeError);
});

test("Firefox's full storage is a full one too", () => {
  const { storage, almacen } = nuevo();
  for (const [name, esperado] of [
    ["QuotaExceededError", CuotaLlena],
    ["NS_ERROR_DOM_QUOTA_REACHED", CuotaLlena],
  ]) {
    storage.setItem = () => {
      throw Object.assign(new Error("full"), { name });
    };
    assert.throws(() => almacen.guardar("orders", ORDERS), esperado);
  }
  for (const nada of [null, undefined, "full"]) {
    storage.setItem = () => {
      throw nada;
    };
    assert.throws(
      () => almacen.guardar("orders", ORDERS),
      (error) => error === nada,
    );
  }
});

test("what could not be written is not remembered as written", () => {
  const { storage, almacen } = nuevo();
  almacen.guardar("orders", ORDERS);
  storage.cupo = almacen.ocupado();
  assert.throws(
    () => almacen.guardar("orders", { 99: Array.from({ length: 200 }, (_, i) => i ** 3) }),
    (error) => error instanceof CuotaLlena && error.message === "orders",
  );
  assert.deepEqual(almacen.leer("orders"), ORDERS);
});

test("the catalogue is let go of whole, and once", () => {
  const { almacen } = nuevo();
  for (const nombre of ["cat", "cat:articulos", "orders"]) almacen.guardarTexto(nombre, "x");
  assert.equal(almacen.soltarCatalogo(), true);
  assert.deepEqual(almacen.nombres(), ["orders"]);
  assert.equal(almacen.soltarCatalogo(), false);
});

test("the room used is every key and every value of the site", () => {
  const { storage, almacen } = nuevo();
  assert.equal(almacen.ocupado(), 0);
  storage.setItem("other", "12345");
  almacen.guardarTexto("a", "xy");
  assert.equal(almacen.ocupado(), 10 + "cp:1:2:3:a".length + 2);
});

test("a value and its text are each other's", () => {
  const valores = [null, 0, "", "ñ 🧉", [], {}, ORDERS, [1, [2, { a: "\u0000" }]], true];
  for (const valor of valores) assert.deepEqual(inflar(comprimir(valor)), valor);
  for (const texto of ["", "garbage", LZString.compressToUTF16("{")])
    assert.equal(inflar(texto), undefined);
});

test("the orders kept are a map, or they are set aside", () => {
  const { almacen } = nuevo();
  assert.deepEqual(leerOrders(almacen), {});
  almacen.guardar("orders", ORDERS);
  assert.equal(leerOrders(almacen), ORDERS);
  for (const valor of [null, [], "x", 5, true]) {
    almacen.guardarTexto("orders", comprimir(valor));
    assert.deepEqual(leerOrders(almacen), {});
    assert.equal(almacen.texto("orders"), null);
  }
  assert.equal(Object.keys(almacen.apartados()).length, 5);
  assert.deepEqual([{}, { a: 1 }].map(esObjeto), [true, true]);
  assert.deepEqual([null, [], "x", 5, undefined].map(esObjeto), Array(5).fill(false));
});

test("only orders with something in them are unsent, whatever their shape", () => {
  const { almacen, storage } = nuevo();
  const orders = { 1: [], 2: { detalles: [] }, 3: ORDERS[12], 4: { detalles: [1] } };
  almacen.guardar("orders", { ...orders, 5: "foreign", 6: null, 7: {} });
  assert.equal(contarSinEnviar(storage, 3), 5);
  assert.equal(contarSinEnviar(storage, "3"), 5);
  assert.equal(contarSinEnviar(storage, 2), 0);
  almacen.guardarTexto("orders", "garbage");
  assert.equal(contarSinEnviar(storage, 3), 0);
  storage.setItem("cp:1:2:3:orders:danado", comprimir(ORDERS));
  storage.setItem("xcp:1:2:3:orders", comprimir(ORDERS));
  storage.setItem("cp:1:2:9:3:orders", comprimir(ORDERS));
  assert.equal(contarSinEnviar(storage, 3), 0);
});

test("signing out keeps what must not be lost, and takes nobody else's", () => {
  const quedan = [
    "orders",
    "fichas",
    "rechazos",
    "turno",
    "lote:12",
    "carga:12",
    "guardados:danado",
  ];
  const seVan = ["cat", "cat:precios", "guardados", "lote:", "xorders", "orders2", ":danado"];
  const { storage, almacen } = nuevo();
  for (const nombre of [...quedan, ...seVan]) almacen.guardarTexto(nombre, "x");
  const ajenas = ["cp:1:2:4:orders", "xcp:1:2:3:cat", "cp:1:3:cat", "tema"];
  for (const clave of ajenas) storage.setItem(clave, "y");
  assert.equal(olvidar(storage, 3, { conservar: true }), false);
  assert.deepEqual(almacen.nombres().sort(), [...quedan].sort());
  for (const clave of ajenas) assert.equal(storage.getItem(clave), "y");
  assert.equal(olvidar(storage, 3, { conservar: false }), true);
  assert.deepEqual(almacen.nombres(), []);
  for (const clave of ajenas) assert.equal(storage.getItem(clave), "y");
  assert.equal(olvidar(storage, 3, { conservar: false }), true);
});

test("turns alone are nothing to keep", () => {
  const { storage, almacen } = nuevo();
  almacen.guardarTexto("turno", "000000000007");
  storage.setItem("cp:1:9:3:turno", "000000000002");
  storage.setItem("cp:1:9:3:orders:danado", "z");
  assert.equal(olvidar(storage, 3, { conservar: true }), false);
  assert.equal(almacen.texto("turno"), "000000000007");
  storage.removeItem("cp:1:9:3:orders:danado");
  assert.equal(olvidar(storage, 3, { conservar: true }), true);
  assert.equal(storage.length, 0);
});

// --- Turns -----------------------------------------------------------------------------------------------
test("only the desk's sections take turns, and each waits for the one before it", async () => {
  const pasos = [];
  const orden = {
    siguiente: async (clave) => pasos.push(["siguiente", clave]) && 8,
    alcanzar: async (turno, visto) => pasos.push(["alcanzar", turno, visto()]),
  };
  const { storage } = nuevo();
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks(), orden });
  assert.equal(await almacen.exclusiva("envio", () => "e"), "e");
  assert.deepEqual(pasos, []);
  assert.equal(await almacen.exclusiva("mesa", () => pasos.push(["tarea"])), 3);
  assert.deepEqual(pasos, [["siguiente", "cp:1:2:3:turno"], ["alcanzar", 7, 0], ["tarea"]]);
  assert.equal(almacen.turnoVisto(), 8);
  assert.equal(almacen.texto("turno"), "000000000008");
});

test("a fault of the order that is no lack of it is told", async () => {
  const orden = { siguiente: async () => Promise.reject(new TypeError("x")), alcanzar: () => {} };
  const { storage } = nuevo();
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks(), orden });
  await assert.rejects(
    almacen.exclusiva("mesa", () => 1),
    TypeError,
  );
  assert.equal(almacen.orden, orden);
});

test("a turn that cannot be noted for another reason is a fault", async () => {
  const { storage } = nuevo();
  const orden = { siguiente: async () => 1, alcanzar: async () => {} };
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks(), orden });
  storage.setItem = () => {
    throw new TypeError("broken");
  };
  await assert.rejects(
    almacen.exclusiva("mesa", () => 1),
    TypeError,
  );
});

test("one tab's rule is made once, and only where it is needed", async () => {
  let hechos = 0;
  const titular = () => (hechos += 1) && { exigir: async () => {} };
  const { storage } = nuevo();
  const orden = { siguiente: async () => 1, alcanzar: async () => {} };
  assert.equal(
    new Almacen({ storage, ambito: AMBITO, locks: new Locks(), orden, titular }).titular,
    null,
  );
  assert.equal(hechos, 0);
  const sin = new Almacen({ storage, ambito: AMBITO, locks: new Locks(), titular });
  assert.equal(hechos, 1);
  sin.sinOrden();
  assert.equal(hechos, 1);
  assert.equal(new Almacen({ storage, ambito: AMBITO, orden, titular }).orden, null);
  assert.equal(new Almacen({ storage, ambito: AMBITO }).titular, null);
});

test("sections of other names do not wait for each other within the tab", async () => {
  const { almacen } = nuevo();
  let seguir;
  const larga = almacen.exclusiva("envio", () => new Promise((r) => (seguir = r)));
  assert.equal(await almacen.exclusiva("catalogo", () => 1), 1);
  seguir(2);
  assert.equal(await larga, 2);
});

test("one section of the catalogue never takes another's place", () => {
  const { storage, almacen } = nuevo(60);
  almacen.guardarTexto("cat:clientes", "x".repeat(20));
  assert.throws(() => almacen.guardarTexto("cat:precios", "y".repeat(20)), CuotaLlena);
  assert.deepEqual([...storage.valores.keys()], ["cp:1:2:3:cat:clientes"]);
  almacen.guardarTexto("orders", "y".repeat(20));
  assert.deepEqual([...storage.valores.keys()], ["cp:1:2:3:orders"]);
});

test("without an order of turns none is noted, and where it fails for want of one work goes on", async () => {
  const sinNada = nuevo();
  assert.equal(await sinNada.almacen.exclusiva("mesa", () => "hecho"), "hecho");
  assert.deepEqual(sinNada.almacen.nombres(), []);
  const { storage } = nuevo();
  const orden = { siguiente: async () => Promise.reject(new SinOrden("none")) };
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks(), orden });
  assert.equal(await almacen.exclusiva("mesa", () => "hecho"), "hecho");
  assert.deepEqual([almacen.orden, almacen.titular, almacen.nombres()], [null, null, []]);
});
