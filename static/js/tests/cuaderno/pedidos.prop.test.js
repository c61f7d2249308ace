// The cart against a plain model of it: whatever is done, in any order, what is there is what a list
// of lines by hand would have, and nothing that was there is changed in place.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { desglosar } from "../../motor/iva.js";
import {
  PedidoInvalido,
  abrir,
  agregar,
  cambiarCantidad,
  cambiarPrecio,
  cerrar,
  conPrecios,
  enPares,
  idDe,
  lineasDe,
  observacionDe,
  observar,
  paraEnviar,
  quitar,
  reparar,
  reponer,
  seMuestra,
  totales,
} from "../../cuaderno/pedidos.js";
import { plano } from "../../comun/dinero.js";
import { huellaPedido } from "../../cuaderno/recibo.js";
import { nuevoId } from "../dobles.js";

const CLIENTES = ["1", "2", "3"];
const MAXIMO = 10n ** 13n;

const cliente = fc.constantFrom(...CLIENTES);
const articulo = fc.integer({ min: 1, max: 6 });
const cantidad = fc.oneof(
  fc.integer({ min: 1, max: 50 }),
  fc.constantFrom(0, -1, 1.5, 999_999, 1_000_000, 1_000_001),
);
const precio = fc.oneof(
  fc.bigInt({ min: 0n, max: 100_000n }),
  fc.constantFrom(9_999_999n, 9_999_999_999n, 10_000_000_000n),
);
const tasa = fc.constantFrom(10, 5, 0);

// What a list of lines by hand would do; `null`: refused.
const posible = (n, p) =>
  Number.isInteger(n) && n >= 1 && n <= 1_000_000 && p < 10n ** 10n && BigInt(n) * p < MAXIMO;

class Agregar {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, a, n, p, t }) {
    return agregar(orders, c, { articulo: a, tasa: t, cantidad: n, precio: p }, 0);
  }

  modelo(pedidos, { c, a, n, p, t }) {
    const lineas = pedidos[c]?.lineas ?? [];
    const ya = lineas.find((linea) => linea.a === a);
    const juntas = (ya?.n ?? 0) + n;
    // An impossible quantity is refused when it is added to a line; a new one is made as asked.
    if (!posible(juntas, ya?.p ?? p)) return null;
    const nuevas = ya
      ? lineas.map((linea) => (linea.a === a ? { ...linea, n: juntas } : linea))
      : [...lineas, { a, n, p, t }];
    return { ...pedidos, [c]: { texto: "", ...pedidos[c], lineas: nuevas } };
  }
}

class Cantidad {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, a, n }) {
    return cambiarCantidad(orders, c, a, n, 0);
  }

  modelo(pedidos, { c, a, n }) {
    return cambiada(pedidos, c, a, { n });
  }
}

class Precio {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, a, p }) {
    return cambiarPrecio(orders, c, a, p, 0);
  }

  modelo(pedidos, { c, a, p }) {
    return cambiada(pedidos, c, a, { p });
  }
}

class Quitar {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, a }) {
    return quitar(orders, c, a).orders;
  }

  modelo(pedidos, { c, a }) {
    const lineas = pedidos[c]?.lineas ?? [];
    if (!lineas.some((linea) => linea.a === a)) return pedidos;
    return { ...pedidos, [c]: { ...pedidos[c], lineas: lineas.filter((linea) => linea.a !== a) } };
  }
}

class QuitarYReponer {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, a }) {
    const { orders: sin, linea, lugar } = quitar(orders, c, a);
    return linea ? reponer(sin, c, linea, lugar) : sin;
  }

  modelo(pedidos) {
    return pedidos;
  }
}

class Observar {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c, texto }) {
    return observar(orders, c, texto);
  }

  modelo(pedidos, { c, texto }) {
    return { ...pedidos, [c]: { lineas: [], ...pedidos[c], texto } };
  }
}

class Cerrar {
  constructor(datos) {
    this.datos = datos;
  }

  real(orders, { c }) {
    return abrir(cerrar(orders, c), c, nuevoId());
  }

  modelo(pedidos, { c }) {
    return { ...pedidos, [c]: { lineas: [], texto: "" } };
  }
}

function cambiada(pedidos, c, a, cambio) {
  const lineas = pedidos[c]?.lineas ?? [];
  const linea = lineas.find((otra) => otra.a === a);
  if (!linea) return pedidos;
  const nueva = { ...linea, ...cambio };
  if (!posible(nueva.n, nueva.p)) return null;
  return {
    ...pedidos,
    [c]: { ...pedidos[c], lineas: lineas.map((otra) => (otra === linea ? nueva : otra)) },
  };
}

const paso = (Clase, datos) => fc.record(datos).map((valores) => new Clase(valores));
const pasos = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: paso(Agregar, { c: cliente, a: articulo, n: cantidad, p: precio, t: tasa }),
    },
    { weight: 2, arbitrary: paso(Cantidad, { c: cliente, a: articulo, n: cantidad }) },
    { weight: 2, arbitrary: paso(Precio, { c: cliente, a: articulo, p: precio }) },
    { weight: 1, arbitrary: paso(Quitar, { c: cliente, a: articulo }) },
    { weight: 1, arbitrary: paso(QuitarYReponer, { c: cliente, a: articulo }) },
    {
      weight: 1,
      arbitrary: paso(Observar, { c: cliente, texto: fc.string({ unit: "grapheme-ascii" }) }),
    },
    { weight: 1, arbitrary: paso(Cerrar, { c: cliente }) },
  ),
  { maxLength: 30 },
);

const abiertos = () => CLIENTES.reduce((orders, c) => abrir(orders, c, nuevoId()), {});

// What the model's line looks like in an order.
function comoLinea({ a, n, p, t }) {
  const partes = desglosar(BigInt(n) * p, t);
  const campos = { 10: ["gravada_10", "iva_10"], 5: ["gravada_5", "iva_5"], 0: ["exenta"] }[t];
  return {
    articulo_id: a,
    cantidad: n,
    precio_unitario: plano(p, 0),
    ...Object.fromEntries(campos.map((campo) => [campo, plano(partes[campo], 0)])),
  };
}

function comparar(orders, pedidos) {
  for (const c of CLIENTES) {
    const { lineas, texto } = pedidos[c];
    assert.deepEqual(lineasDe(orders[c]), lineas.map(comoLinea));
    assert.equal(observacionDe(orders[c]), texto);
    assert.ok(seMuestra(orders[c], 0));
    assert.equal(
      totales(lineasDe(orders[c]), 0).total,
      lineas.reduce((suma, { n, p }) => suma + BigInt(n) * p, 0n),
    );
  }
}

test("whatever is done to the cart, it holds what a list by hand would", () => {
  fc.assert(
    fc.property(pasos, (deeds) => {
      let orders = abiertos();
      let pedidos = Object.fromEntries(CLIENTES.map((c) => [c, { lineas: [], texto: "" }]));
      for (const deed of deeds) {
        const copia = structuredClone(orders);
        const esperado = deed.modelo(pedidos, deed.datos);
        let hecho = null;
        try {
          hecho = deed.real(orders, deed.datos);
        } catch (error) {
          assert.ok(error instanceof PedidoInvalido, String(error));
        }
        assert.deepEqual(orders, copia, "changed in place");
        assert.equal(hecho === null, esperado === null, deed.constructor.name);
        orders = hecho ?? orders;
        pedidos = esperado ?? pedidos;
        comparar(orders, pedidos);
      }
    }),
    { numRuns: 500 },
  );
});

const lineasPosibles = fc.uniqueArray(
  fc.record({
    a: articulo,
    n: fc.integer({ min: 1, max: 1000 }),
    p: fc.bigInt({ min: 0n, max: 9_999_999_999n }),
    t: tasa,
  }),
  { selector: ({ a }) => a, maxLength: 6 },
);
const pedidoDe = (lineas) => ({ 1: { id: nuevoId(), detalles: lineas.map(comoLinea) } });

test("a possible order needs no mending, and mending it changes nothing", () => {
  fc.assert(
    fc.property(lineasPosibles, (lineas) => {
      const orders = pedidoDe(lineas);
      assert.ok(seMuestra(orders[1], 0));
      assert.deepEqual(reparar(orders, "1", { id: "x", decimales: 0 }), { orders, fuera: 0 });
    }),
  );
});

test("through JSON and back an order is the same, with the same receipt", () => {
  fc.assert(
    fc.property(lineasPosibles, (lineas) => {
      const orders = pedidoDe(lineas);
      const { pedidos, huellas, ids } = paraEnviar(orders, ["1"]);
      if (lineas.length === 0)
        return assert.deepEqual({ pedidos, huellas }, { pedidos: {}, huellas: {} });
      const llegado = JSON.parse(JSON.stringify(pedidos))[1];
      assert.deepEqual(llegado, orders[1]);
      assert.equal(huellas[1], huellaPedido("1", lineasDe(llegado)));
      assert.equal(ids[1], idDe(llegado));
      return undefined;
    }),
  );
});

test("a receipt says client, articles, quantities, prices and their order, and nothing else", () => {
  fc.assert(
    fc.property(lineasPosibles, (lineas) => {
      const detalles = lineas.map(comoLinea);
      const huella = huellaPedido("1", detalles);
      assert.equal(huellaPedido(1, detalles), huella);
      assert.notEqual(huellaPedido("11", detalles), huella);
      const sinIva = detalles.map(({ articulo_id, cantidad: n, precio_unitario }) => ({
        articulo_id,
        cantidad: n,
        precio_unitario,
      }));
      assert.equal(huellaPedido("1", sinIva), huella);
      if (lineas.length === 0) return;
      assert.notEqual(huellaPedido("1", detalles.slice(1)), huella);
      const otra = [{ ...detalles[0], cantidad: detalles[0].cantidad + 1 }, ...detalles.slice(1)];
      assert.notEqual(huellaPedido("1", otra), huella);
      if (lineas.length > 1) assert.notEqual(huellaPedido("1", [...detalles].reverse()), huella);
    }),
  );
});

test("new prices change their lines' prices, and no line's article, quantity or rate", () => {
  const precios = fc.dictionary(
    fc.integer({ min: 1, max: 9 }).map(String),
    fc.bigInt({ min: 0n, max: 9_999_999n }),
  );
  fc.assert(
    fc.property(lineasPosibles, precios, (lineas, nuevos) => {
      const orders = pedidoDe(lineas);
      const mapa = new Map(Object.entries(nuevos).map(([a, p]) => [Number(a), p]));
      const despues = conPrecios(orders, "1", mapa, 0);
      assert.deepEqual(enPares(despues[1]), enPares(orders[1]));
      assert.deepEqual(
        lineasDe(despues[1]),
        lineas.map((linea) => comoLinea({ ...linea, p: mapa.get(linea.a) ?? linea.p })),
      );
    }),
  );
});
