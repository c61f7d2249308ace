// A receipt: noted, said, and what came back shown to whoever looked at it and does nothing else.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { CuotaLlena } from "../../../comun/almacen.js";
import { Recibos } from "../../../mesa/despacho/recibos.js";
import { OtraPestana } from "../../../pestanas/titular.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia, foco, nombres } from "../espia.js";

const guardado = (cliente, avisos = []) => ({ cliente, numero: 1, avisos, lineas: [] });
const recibo = (guardados, rechazos = {}) => ({ guardados, rechazos, orders: {}, lote: {} });

let hechos;
let anotar;
let pantalla;

function armar(deFoco = {}) {
  hechos = [];
  pantalla = espia(hechos, "pantalla", { activo: "12", abriendo: null, pedido: { id: "12" } });
  return new Recibos({
    libreta: espia(hechos, "libreta", { anotarGuardados: () => anotar() }),
    pantalla,
    preciosNuevos: espia(hechos, "precios"),
    clientes: espia(hechos, "clientes"),
    foco: foco(hechos, deFoco),
  });
}

beforeEach(() => {
  abrirPagina('<div id="avisos"></div>');
  anotar = async () => {};
});

test("all saved: noted, said, and nobody's order is put before anybody", async () => {
  await armar().alRecibir(recibo([guardado("12"), guardado("13", ["x"])]));
  assert.deepEqual(nombres(hechos), ["libreta.anotarGuardados", "pantalla.refrescar"]);
  assert.deepEqual(dichos(), ["Enviados 2 = guardados 2. 1 pedido con avisos: ver el lote."]);
});

test("what came back is priced as of today, and shown to whoever looked at an order of it", async () => {
  await armar().alRecibir(recibo([guardado("12")], { 13: {} }));
  assert.deepEqual(nombres(hechos).slice(0, 3), [
    "libreta.anotarGuardados",
    "precios.ponerAlDia",
    "pantalla.refrescar",
  ]);
  assert.deepEqual(hechos.at(-1), ["clientes.mostrar", "13", { enfocar: true }]);
  assert.match(dichos()[0], /^Enviados 2 = guardados 1 \+ devueltos 1\. Cada pedido devuelto/);
  await armar({ libre: () => false }).alRecibir(recibo([], { 13: {}, 12: {} }));
  assert.deepEqual(hechos.at(-1), ["clientes.mostrar", "12", { enfocar: false }]);
});

test("somebody at another order, or in the middle of a field, stays there", async () => {
  const mostrado = () => nombres(hechos).includes("clientes.mostrar");
  await armar().alRecibir(recibo([], { 13: {} }));
  assert.equal(mostrado(), false);
  await armar({ escribiendo: () => true }).alRecibir(recibo([], { 12: {} }));
  assert.equal(mostrado(), false);
  // He went to another one while it was noted.
  const lentos = armar();
  anotar = async () => {
    pantalla.activo = "14";
  };
  await lentos.alRecibir(recibo([], { 12: {} }));
  assert.equal(mostrado(), false);
  anotar = async () => {};
  // Another client's order is opening.
  const antes = armar();
  Object.assign(pantalla, { abriendo: {} });
  await antes.alRecibir(recibo([], { 12: {} }));
  assert.equal(mostrado(), false);
  const recibos = armar();
  Object.assign(pantalla, { activo: "", pedido: null });
  await recibos.alRecibir(recibo([], { 13: {} }));
  assert.equal(mostrado(), true);
});

test("without room for it, or where another tab writes, it is said all the same", async () => {
  for (const error of [new CuotaLlena("guardados"), new OtraPestana()]) {
    anotar = async () => Promise.reject(error);
    await armar().alRecibir(recibo([guardado("12")]));
  }
  assert.equal(dichos().length, 2);
  anotar = async () => Promise.reject(new RangeError("ours"));
  await assert.rejects(armar().alRecibir(recibo([])), RangeError);
});
