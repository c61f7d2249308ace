// Whatever is kept, the desk opens: as many orders on the screen as are stored, and nothing throws.
// Whatever is done, no order typed is lost, doubled or altered.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Almacen, comprimir, contarSinEnviar } from "../../comun/almacen.js";
import { componer, importar } from "../../cuaderno/archivo.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { bloqueados, pendientes, preparar, repartir } from "../../cuaderno/lotes.js";
import {
  agregar,
  cambiarCantidad,
  idDe,
  lineasDe,
  observar,
  quitar,
  reparar,
  seMuestra,
} from "../../cuaderno/pedidos.js";
import { huellaPedido } from "../../cuaderno/recibo.js";
import { vistaClientes, vistaPedido, vistaResumen } from "../../mesa/vista.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const PARAMETROS = { decimales: 0, moneda: "PYG" };
// How much is generated, as a share of the whole run: CUADERNO=0.1 for a quick look, 5 for a night.
const MEDIDA = Number(process.env.CUADERNO ?? 1);
const veces = (numero) => ({ numRuns: Math.ceil(numero * MEDIDA) });

const cualquiera = fc.jsonValue({ maxDepth: 3 });
const entero = fc.oneof(
  fc.integer({ min: -2, max: 1_000_002 }),
  fc.constantFrom(0, 1, 1e6, 1e21, 0.5),
);
const monto = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 14n }).map(String),
  fc.constantFrom(
    "1200000",
    "9999999999",
    "10000000000",
    "12.5",
    "-1",
    "",
    "1e9",
    "NaN",
    null,
    12500,
    {},
  ),
);
const linea = fc.record(
  {
    articulo_id: fc.oneof(entero, fc.constantFrom("7", null)),
    cantidad: fc.oneof(entero, fc.constantFrom("3", null)),
    precio_unitario: monto,
    gravada_10: monto,
    iva_10: monto,
    gravada_5: monto,
    iva_5: monto,
    exenta: monto,
  },
  { requiredKeys: ["articulo_id"] },
);
const lineas = fc.array(
  fc.oneof({ weight: 4, arbitrary: linea }, { weight: 1, arbitrary: cualquiera }),
  { maxLength: 4 },
);
const pedido = fc.oneof(
  { weight: 4, arbitrary: lineas },
  {
    weight: 4,
    arbitrary: fc.record(
      { id: fc.oneof(fc.uuid(), cualquiera), observacion: cualquiera, detalles: lineas },
      { requiredKeys: ["detalles"] },
    ),
  },
  { weight: 1, arbitrary: cualquiera },
);
const cliente = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map(String),
  fc.constantFrom("constructor", "toString", "", "ñ"),
);
const cuaderno = fc.record({
  orders: fc.oneof(
    { weight: 9, arbitrary: fc.dictionary(cliente, pedido, { maxKeys: 5 }) },
    { weight: 1, arbitrary: cualquiera },
  ),
  fichas: fc.oneof(
    cualquiera,
    fc.record({
      clientes: fc.dictionary(cliente, cualquiera),
      articulos: cualquiera,
      precios: cualquiera,
    }),
  ),
  rechazos: fc.oneof(
    cualquiera,
    fc.dictionary(
      cliente,
      fc.record({ codigo: cualquiera, motivo: cualquiera, articulo: cualquiera }),
    ),
  ),
  guardados: fc.oneof(
    cualquiera,
    fc.record({ fecha: fc.constant("hoy"), filas: fc.array(cualquiera) }),
  ),
  lote: fc.oneof(
    cualquiera,
    fc.record({
      lote: fc.uuid(),
      huellas: fc.oneof(cualquiera, fc.dictionary(cliente, fc.string())),
      creado_en: entero,
    }),
  ),
});

function mesaCon({ orders, fichas, rechazos, guardados, lote }) {
  const storage = new Storage();
  const almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks() });
  for (const [nombre, valor] of Object.entries({
    orders,
    fichas,
    rechazos,
    guardados,
    "lote:x": lote,
  })) {
    storage.setItem(almacen.clave(nombre), comprimir(valor));
  }
  return {
    storage,
    almacen,
    libreta: new Libreta(almacen, { ...PARAMETROS, hoy: () => "hoy", nuevoId }),
  };
}

function pantalla(libreta) {
  const estado = libreta.leer();
  const filas = vistaClientes(estado, 0);
  const abiertos = filas.map(({ id }) => vistaPedido(estado, id, 0));
  return { filas, abiertos, resumen: vistaResumen(estado, libreta.guardados(), PARAMETROS) };
}

const esMapa = (valor) => typeof valor === "object" && valor !== null && !Array.isArray(valor);

test("10,000 notebooks: nothing throws, and as many orders on the screen as are stored", () => {
  fc.assert(
    fc.property(cuaderno, (datos) => {
      const { almacen, libreta, storage } = mesaCon(datos);
      const { filas, abiertos, resumen } = pantalla(libreta);
      const guardados = esMapa(datos.orders)
        ? Object.keys(JSON.parse(JSON.stringify(datos.orders)))
        : [];
      assert.deepEqual(filas.map(({ id }) => id).sort(), guardados.sort());
      assert.equal(filas.filter(({ estado }) => estado === "ilegible").length, resumen.ilegibles);
      assert.deepEqual(
        abiertos.map(({ ilegible }) => ilegible),
        filas.map(({ estado }) => estado === "ilegible"),
      );
      for (const fila of filas)
        for (const texto of [fila.nombre, fila.detalle, fila.total])
          assert.equal(typeof texto, "string");
      // What could not be used is kept aside, as it was.
      if (!esMapa(datos.orders))
        assert.equal(almacen.apartados()["orders:danado"], comprimir(datos.orders));
      contarSinEnviar(storage, AMBITO.usuario);
      JSON.parse(componer(almacen, AMBITO));
    }),
    veces(10_000),
  );
});

test("mended, an order can be shown, and none of its possible lines is lost", () => {
  fc.assert(
    fc.property(pedido, (valor) => {
      const { orders, fuera } = reparar({ 12: valor }, "12", { id: nuevoId(), decimales: 0 });
      assert.ok(seMuestra(orders[12], 0));
      assert.equal(lineasDe(orders[12]).length + fuera, lineasDe(valor).length);
      if (seMuestra(valor, 0)) assert.equal(fuera, 0);
      if (idDe(valor)) assert.equal(idDe(orders[12]), idDe(valor));
    }),
    veces(3_000),
  );
});

test("what is sent of a notebook is what can be shown, and the rest stays where it is", () => {
  fc.assert(
    fc.property(cuaderno, (datos) => {
      const { almacen, libreta } = mesaCon({ ...datos, lote: null });
      const antes = libreta.leer().orders;
      const ficha = preparar(almacen, {
        lote: nuevoId(),
        version: "",
        ahora: 1,
        momento: null,
        decimales: 0,
        nuevoId,
      });
      const despues = libreta.leer().orders;
      assert.deepEqual(Object.keys(despues), Object.keys(antes));
      const enviables = Object.keys(antes).filter(
        (c) => seMuestra(antes[c], 0) && lineasDe(antes[c]).length > 0,
      );
      assert.deepEqual(Object.keys(ficha?.huellas ?? {}), enviables);
      for (const c of Object.keys(antes)) {
        assert.deepEqual(lineasDe(despues[c]), lineasDe(antes[c]));
        if (idDe(antes[c])) assert.equal(idDe(despues[c]), idDe(antes[c]));
      }
      assert.equal(new Set(enviables.map((c) => idDe(despues[c]))).size <= enviables.length, true);
      for (const c of enviables) assert.notEqual(idDe(despues[c]), null);
    }),
    veces(2_000),
  );
});

// --- What a taker does, in any order, while the server answers anything --------------------------
const tecla = fc.oneof(
  fc.record({ que: fc.constant("abrir"), c: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    que: fc.constant("agregar"),
    c: fc.integer({ min: 1, max: 4 }),
    a: fc.integer({ min: 1, max: 5 }),
    n: fc.integer({ min: 0, max: 1_000_001 }),
    p: fc.bigInt({ min: 0n, max: 10n ** 11n }),
  }),
  fc.record({
    que: fc.constant("cantidad"),
    c: fc.integer({ min: 1, max: 4 }),
    a: fc.integer({ min: 1, max: 5 }),
    n: fc.integer({ min: 0, max: 1_000_001 }),
  }),
  fc.record({
    que: fc.constant("quitar"),
    c: fc.integer({ min: 1, max: 4 }),
    a: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    que: fc.constant("observar"),
    c: fc.integer({ min: 1, max: 4 }),
    t: fc.string({ unit: "binary", maxLength: 600 }),
  }),
  fc.record({
    que: fc.constant("descartar"),
    c: fc.integer({ min: 1, max: 4 }),
    deshacer: fc.boolean(),
  }),
  fc.record({ que: fc.constant("nuevo"), c: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ que: fc.constant("enviar") }),
  fc.record({
    que: fc.constant("responder"),
    v: fc.constantFrom("GUARDADO", "REPETIDO", "RECHAZADO", "otro recibo", "nada"),
  }),
  fc.record({ que: fc.constant("mudar") }),
);

class Modelo {
  constructor() {
    this.estrenar(new Storage());
    this.servidor = new Map();
    this.descartados = new Set();
    this.nacidos = new Set();
  }

  estrenar(storage) {
    this.almacen = new Almacen({ storage, ambito: AMBITO, locks: new Locks() });
    this.libreta = new Libreta(this.almacen, { decimales: 0, hoy: () => "hoy", nuevoId });
  }

  async hacer({ que, c, a, n, p, t, v, deshacer }) {
    const cliente = String(c);
    const editar = (cambio) => this.libreta.editar(cliente, cambio);
    const deeds = {
      abrir: () => this.libreta.abrir(cliente, { nombre: `C${c}` }),
      agregar: () =>
        editar((o) =>
          agregar(o, cliente, { articulo: a, tasa: [10, 5, 0][a % 3], cantidad: n, precio: p }, 0),
        ),
      cantidad: () => editar((o) => cambiarCantidad(o, cliente, a, n, 0)),
      quitar: () => editar((o) => quitar(o, cliente, a).orders),
      observar: () => editar((o) => observar(o, cliente, t)),
      descartar: () => this.descartar(cliente, deshacer),
      nuevo: () => this.libreta.enviarComoNuevo(cliente),
      enviar: () =>
        preparar(this.almacen, { lote: nuevoId(), version: "", ahora: 1, decimales: 0, nuevoId }),
      responder: () => this.responder(v),
      mudar: () => this.mudar(),
    };
    // Refusals are words to the taker; anything else is a fault.
    await Promise.resolve(deeds[que]()).catch((error) =>
      assert.equal(error.name + (error.codigo ? "" : "!"), "Error", String(error)),
    );
    for (const valor of Object.values(this.libreta.leer().orders)) {
      assert.notEqual(idDe(valor), null);
      this.nacidos.add(idDe(valor));
    }
  }

  async descartar(cliente, deshacer) {
    const { orders, fichas } = this.libreta.leer();
    await this.libreta.descartar(cliente);
    if (!Object.hasOwn(orders, cliente)) return;
    if (deshacer)
      await this.libreta.deshacer(cliente, (o) => ({ ...o, [cliente]: orders[cliente] }), fichas);
    else this.descartados.add(idDe(orders[cliente]));
  }

  // Another machine takes the file over; this one is thrown away.
  async mudar() {
    const texto = componer(this.almacen, AMBITO);
    const { orders } = this.libreta.leer();
    // An order without lines is not brought along.
    for (const valor of Object.values(orders))
      if (lineasDe(valor).length === 0) this.descartados.add(idDe(valor));
    this.estrenar(new Storage());
    assert.equal((await importar(this.almacen, AMBITO, texto)).codigo, "");
  }

  responder(decidido) {
    const [ficha] = pendientes(this.almacen);
    if (!ficha) return;
    const orders = this.almacen.leer("orders", {});
    const decididos = Object.keys(ficha.huellas).flatMap((cliente) =>
      this.juzgar(decidido, cliente, orders[cliente]),
    );
    const recibo = repartir(orders, ficha, decididos, { codigo: "x" });
    this.almacen.guardar("orders", recibo.orders);
    this.almacen.quitar(`lote:${ficha.lote}`);
    this.almacen.quitar(`carga:${ficha.lote}`);
  }

  // The server keeps an order once, by its id.
  juzgar(decidido, cliente, valor) {
    const huella = huellaPedido(cliente, lineasDe(valor));
    if (decidido === "nada") return [];
    if (decidido === "RECHAZADO")
      return [{ cliente_id: cliente, resultado: "RECHAZADO", codigo: "x" }];
    const ya = this.servidor.get(idDe(valor));
    if (ya !== undefined && ya !== huella)
      return [{ cliente_id: cliente, resultado: "RECHAZADO", codigo: "pedido_reutilizado" }];
    this.servidor.set(idDe(valor), huella);
    return [
      {
        cliente_id: cliente,
        resultado: decidido === "otro recibo" ? "GUARDADO" : decidido,
        huella: decidido === "otro recibo" ? "?" : huella,
      },
    ];
  }

  revisar() {
    const { orders } = this.libreta.leer();
    const { filas } = pantalla(this.libreta);
    assert.deepEqual(filas.map(({ id }) => id).sort(), Object.keys(orders).sort());
    const aqui = Object.values(orders).map(idDe);
    assert.equal(new Set(aqui).size, aqui.length);
    for (const id of this.nacidos) {
      assert.ok(
        aqui.includes(id) ||
          this.servidor.has(id) ||
          this.descartados.has(id) ||
          this.rebautizado(id),
        `order ${id} is nowhere`,
      );
    }
    for (const [c, lote] of bloqueados(pendientes(this.almacen)))
      assert.ok(this.almacen.texto(`carga:${lote}`), c);
  }

  // "Enviar como pedido nuevo" gives the order another id.
  rebautizado(id) {
    return this.cambiados?.has(id) ?? false;
  }
}

async function teclear(teclas) {
  const modelo = new Modelo();
  modelo.cambiados = new Set();
  for (const deed of teclas) {
    if (deed.que === "nuevo")
      modelo.cambiados.add(idDe(modelo.libreta.leer().orders[String(deed.c)]));
    await modelo.hacer(deed);
    modelo.revisar();
  }
}

test("10,000 sequences of keys: no order is anywhere but on the screen or at the server", async () => {
  const cortas = fc.array(tecla, { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(cortas, teclear), veces(10_000));
});

test("long sequences of keys: the same", async () => {
  const largas = fc.array(tecla, { minLength: 20, maxLength: 60, size: "max" });
  await fc.assert(fc.asyncProperty(largas, teclear), veces(400));
});
