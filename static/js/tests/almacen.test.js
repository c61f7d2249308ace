import assert from "node:assert/strict";
import { test } from "node:test";

import LZString from "../../vendor/lz-string.js";
import { Almacen, CuotaLlena, contarSinEnviar, olvidar } from "../almacen.js";
import { AMBITO, Locks, Storage } from "./dobles.js";

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
