// Receipts over any cart, any lote and any verdicts: an order leaves the cart only when the server
// has that very order, and whatever was in the lote is told, as saved or with a reason.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Almacen } from "../../comun/almacen.js";
import { huellaPedido } from "../../cuaderno/recibo.js";
import {
  bloqueados,
  enviados,
  pendientes,
  preparar,
  repartir,
  soltar,
} from "../../cuaderno/lotes.js";
import { idDe, lineasDe } from "../../cuaderno/pedidos.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const IDS = [1, 2, 3].map((n) => `7b0c5d3e-0000-4000-8000-00000000000${n}`);
const GENERAL = { codigo: "sin_resultado", motivo: "" };

// As JSON makes them.
const PLANO = { noNullPrototype: true };

const linea = fc
  .record({ a: fc.integer({ min: 1, max: 3 }), n: fc.integer({ min: 1, max: 3 }) })
  .map(({ a, n }) => ({
    articulo_id: a,
    cantidad: n,
    precio_unitario: "1000",
    exenta: String(n * 1000),
  }));
const detalles = fc.uniqueArray(linea, { selector: (l) => l.articulo_id, maxLength: 3 });
const pedido = fc.oneof(
  detalles,
  fc.record({ id: fc.constantFrom(...IDS), detalles }, PLANO),
  fc.record({ id: fc.constantFrom(...IDS), observacion: fc.string(), detalles }, PLANO),
);
const cliente = fc.constantFrom("1", "2", "3", "4");
const orders = fc.dictionary(cliente, pedido, { maxKeys: 4, ...PLANO });
const decidido = fc.record(
  {
    cliente_id: fc.oneof(cliente, cliente.map(Number)),
    resultado: fc.constantFrom("GUARDADO", "REPETIDO", "RECHAZADO", "", "OTRO"),
    // true: the receipt of what travelled.
    huella: fc.oneof(fc.constant(true), fc.string()),
    pedido_numero: fc.nat(),
    codigo: fc.constantFrom("precio", "pedido_reutilizado", "pedido_no_unico"),
    motivo: fc.string(),
    linea: fc.oneof(fc.constant(null), fc.integer({ min: -1, max: 4 })),
    campo: fc.string(),
  },
  { requiredKeys: ["cliente_id", "resultado", "codigo"] },
);

// What travelled (`antes`), what the cart has by now (`ahora`), and what the server says.
const caso = fc.record({ antes: orders, ahora: orders, decididos: fc.array(decidido) });

function lote({ antes, decididos }) {
  const conLineas = Object.keys(antes).filter((c) => lineasDe(antes[c]).length > 0);
  const huellas = Object.fromEntries(
    conLineas.map((c) => [c, huellaPedido(c, lineasDe(antes[c]))]),
  );
  const ids = Object.fromEntries(conLineas.map((c) => [c, idDe(antes[c])]));
  const dichos = decididos.map((v) =>
    v.huella === true ? { ...v, huella: huellas[v.cliente_id] } : v,
  );
  return { ficha: { lote: "l1", huellas, ids }, dichos };
}

test("an order leaves only when the server has it, with the receipt of what is here", () => {
  fc.assert(
    fc.property(caso, (datos) => {
      const { ficha, dichos } = lote(datos);
      const copia = structuredClone(datos.ahora);
      const recibo = repartir(datos.ahora, ficha, dichos, GENERAL, datos.antes);
      assert.deepEqual(datos.ahora, copia, "changed in place");
      for (const c of Object.keys(datos.ahora)) {
        if (c in recibo.orders) {
          assert.equal(recibo.orders[c], datos.ahora[c]);
          continue;
        }
        // The last verdict of a client is the one that counts.
        const suyo = dichos.filter((v) => String(v.cliente_id) === c).at(-1);
        assert.ok(["GUARDADO", "REPETIDO"].includes(suyo.resultado));
        assert.equal(suyo.huella, huellaPedido(c, lineasDe(datos.ahora[c])));
        if (ficha.ids[c] !== null) assert.equal(idDe(datos.ahora[c]), ficha.ids[c]);
      }
      for (const c of Object.keys(recibo.orders)) assert.ok(c in datos.ahora);
    }),
    { numRuns: 2_000 },
  );
});

test("each order of a lote is told once: saved, or why not, or it is not here any more", () => {
  fc.assert(
    fc.property(caso, (datos) => {
      const { ficha, dichos } = lote(datos);
      const recibo = repartir(datos.ahora, ficha, dichos, GENERAL, datos.antes);
      const guardados = recibo.guardados.map(({ cliente: c }) => c);
      const rechazados = Object.keys(recibo.rechazos);
      assert.equal(
        new Set([...guardados, ...rechazados]).size,
        guardados.length + rechazados.length,
      );
      for (const c of Object.keys(ficha.huellas)) {
        const aqui = c in datos.ahora;
        const esOtro = ficha.ids[c] !== null && idDe(datos.ahora[c]) !== ficha.ids[c];
        if (!guardados.includes(c) && !rechazados.includes(c)) assert.ok(!aqui || esOtro);
      }
      for (const c of [...guardados, ...rechazados]) assert.ok(c in ficha.huellas);
      for (const { cliente: c, lineas } of recibo.guardados)
        assert.equal(lineas, lineasDe(datos.antes[c]));
      for (const rechazo of Object.values(recibo.rechazos)) {
        assert.equal(rechazo.lote, "l1");
        assert.equal(typeof rechazo.codigo, "string");
      }
    }),
    { numRuns: 2_000 },
  );
});

test("the same receipt again changes nothing more", () => {
  fc.assert(
    fc.property(caso, (datos) => {
      const { ficha, dichos } = lote(datos);
      const una = repartir(datos.ahora, ficha, dichos, GENERAL, datos.antes);
      const otra = repartir(una.orders, ficha, dichos, GENERAL, datos.antes);
      assert.deepEqual(otra.orders, una.orders);
      assert.deepEqual(otra.guardados, una.guardados);
    }),
  );
});

test("everything saved as it is here empties the cart of what was sent", () => {
  fc.assert(
    fc.property(orders, fc.constantFrom("GUARDADO", "REPETIDO"), (todos, resultado) => {
      const decididos = Object.keys(todos).map((c, i) => ({
        cliente_id: c,
        resultado,
        huella: true,
        pedido_numero: i + 1,
      }));
      const { ficha, dichos } = lote({ antes: todos, decididos });
      const recibo = repartir(todos, ficha, dichos, GENERAL, todos);
      assert.deepEqual(recibo.rechazos, {});
      assert.deepEqual(
        Object.keys(recibo.orders),
        Object.keys(todos).filter((c) => lineasDe(todos[c]).length === 0),
      );
    }),
  );
});

test("whatever is prepared is locked, kept as it travels, and free again when it is let go", () => {
  fc.assert(
    fc.property(orders, (todos) => {
      const almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
      almacen.guardar("orders", todos);
      const ficha = preparar(almacen, { lote: "l1", version: "", ahora: 1, nuevoId });
      const llevados = Object.keys(todos).filter((c) => lineasDe(todos[c]).length > 0);
      assert.deepEqual(Object.keys(ficha?.huellas ?? {}), llevados);
      if (ficha === null) return;
      assert.deepEqual([...bloqueados(pendientes(almacen)).keys()], llevados);
      const carga = enviados(almacen, ficha);
      for (const c of llevados) {
        assert.deepEqual(lineasDe(carga[c]), lineasDe(todos[c]));
        assert.equal(ficha.huellas[c], huellaPedido(c, lineasDe(carga[c])));
        assert.equal(idDe(carga[c]), ficha.ids[c]);
        assert.deepEqual(carga[c], almacen.leer("orders")[c]);
      }
      assert.equal(preparar(almacen, { lote: "l2", version: "", ahora: 2, nuevoId }), null);
      soltar(almacen, ficha);
      assert.deepEqual(pendientes(almacen), []);
      const otra = preparar(almacen, { lote: "l2", version: "", ahora: 2, nuevoId });
      assert.deepEqual(otra.huellas, ficha.huellas);
      assert.deepEqual(otra.ids, ficha.ids);
    }),
  );
});
