// The engine over any rulebook, list and cart: never under its floor, never below nothing, the same
// price however it is asked for.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { faltantes } from "../../motor/faltantes.js";
import { preciosDe } from "../catalogos.js";
import {
  MICROS,
  Reglamento,
  aMicros,
  aMinimos,
  armarCarrito,
  cotizar,
  cumple,
  juzgar,
  precioDe,
} from "../../motor/motor.js";
import { PreciosDeLaPagina, masBaratoDesde } from "../../motor/precios_de_canal.js";

const ARTICULOS = [1, 2, 3, 4];
const articulo = fc.constantFrom(...ARTICULOS);
const quizas = (arbitrary) => fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, arbitrary);
const PLANO = { noNullPrototype: true };

const regla = fc.record(
  {
    porcentaje: fc.boolean(),
    valor: fc.oneof(
      fc.integer({ min: -2_000, max: 12_000 }),
      fc.integer({ min: 0, max: 900 }).map((n) => n * 1_000_000),
    ),
    por_monto: fc.boolean(),
    umbral: fc.oneof(
      fc.integer({ min: 0, max: 30 }).map((n) => n * 1_000_000),
      fc.integer({ min: 0, max: 60_000 }).map((n) => n * 1_000_000),
    ),
    articulo: quizas(articulo),
    grupo: quizas(fc.constantFrom(7, 8)),
    linea: quizas(fc.constantFrom(5, 6)),
    combo: quizas(fc.uniqueArray(articulo, { maxLength: 3 })),
    bajo_costo: fc.boolean(),
  },
  PLANO,
);
const reglas = fc.array(regla, { maxLength: 8 }).map((todas) =>
  todas.map((una, i) => ({
    ...una,
    id: i + 1,
    nombre: `R${i + 1}`,
    valor: String(una.valor),
    umbral: String(una.umbral),
  })),
);
const pares = fc.array(fc.tuple(articulo, fc.integer({ min: 1, max: 40 })), { maxLength: 5 });
const decimales = fc.constantFrom(0, 2);

const gart = fc
  .record({
    reglas,
    decimales,
    precios: fc.tuple(...ARTICULOS.map(() => quizas(fc.integer({ min: 1, max: 30_000 })))),
    pisos: fc.tuple(...ARTICULOS.map(() => quizas(fc.integer({ min: 1, max: 30_000 })))),
    sinPiso: quizas(articulo),
    clases: fc.tuple(
      ...ARTICULOS.map(() =>
        fc.record(
          { grupo: quizas(fc.constantFrom(7, 8)), linea: quizas(fc.constantFrom(5, 6)) },
          PLANO,
        ),
      ),
    ),
    fuera: fc.uniqueArray(articulo, { maxLength: 1 }),
    conLista: fc.boolean(),
  })
  .map((datos) => {
    const porArticulo = (valores) =>
      Object.fromEntries(
        ARTICULOS.map((a, i) => [a, valores[i]]).filter(([, valor]) => valor !== null),
      );
    const lista = {
      version: "v",
      decimales: datos.decimales,
      reglas: datos.reglas,
      pisos: {
        ...porArticulo(datos.pisos),
        ...(datos.sinPiso === null ? {} : { [datos.sinPiso]: null }),
      },
    };
    return {
      articulos: porArticulo(datos.clases),
      precios: { 1: porArticulo(datos.precios) },
      reglas: datos.conLista
        ? { canales: { 1: { lista: 3, fuera: datos.fuera } }, listas: { 3: lista } }
        : {},
    };
  });

test("micros are the number, and whole minor units go and come back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), decimales, (menor, d) => {
      const micros = menor * (MICROS / 10n ** BigInt(d));
      assert.equal(aMinimos(micros, d), menor);
      const cifras = String(micros).padStart(7, "0");
      assert.equal(aMicros(`${cifras.slice(0, -6)}.${cifras.slice(-6)}`), micros);
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (valor) => {
      let texto;
      try {
        texto = String(valor);
      } catch {
        return; // what cannot be written is no catalogue's
      }
      const micros = aMicros(texto);
      assert.equal(micros !== null, /^\d+(\.\d{1,6})?$/.test(texto));
    }),
  );
});

test("half a unit goes up", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (micros) => {
      const menor = aMinimos(micros, 0);
      assert.ok(2n * (menor * MICROS - micros) <= MICROS);
      assert.ok(2n * (micros - menor * MICROS) < MICROS);
    }),
  );
});

test("a price is whole, never below nothing, nor below its floor without leave", () => {
  fc.assert(
    fc.property(gart, pares, (datos, lineas) => {
      const delCanal = preciosDe(datos, 1);
      for (const [a, precio] of delCanal.cotizar(lineas) ?? []) {
        const renglon = delCanal.renglones.get(a);
        assert.equal(precio.base, renglon.base);
        assert.ok(precio.final >= 0n);
        if (renglon.suelta) {
          assert.deepEqual([precio.final, precio.aplicadas], [renglon.base, []]);
          continue;
        }
        const conPermiso = precio.aplicadas.some(({ regla: r }) => r.bajoCosto);
        if (renglon.piso !== null && !conPermiso) assert.ok(precio.final >= renglon.piso);
        if (precio.ajustado) assert.equal(precio.final, renglon.piso);
        assert.equal(precio.provisional, renglon.sinPiso && !conPermiso);
        if (!precio.ajustado) assert.equal(precio.final % delCanal.reglamento.unidad, 0n);
        // Each discount begins where the one before it ended.
        let corriente = precio.base;
        for (const { antes, despues } of precio.aplicadas) {
          assert.equal(antes, corriente);
          corriente = despues;
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("a remembered price is the price worked out anew, whatever was asked before", () => {
  fc.assert(
    fc.property(gart, fc.array(pares, { maxLength: 6 }), (datos, carritos) => {
      const delCanal = preciosDe(datos, 1);
      for (const lineas of carritos) {
        const nuevo = preciosDe(datos, 1);
        assert.deepEqual(delCanal.cotizar(lineas), nuevo.cotizar(lineas));
        for (const [a, precio] of nuevo.cotizar(lineas)) {
          const renglon = nuevo.renglones.get(a);
          if (!renglon.suelta)
            assert.deepEqual(precioDe(nuevo.reglamento, renglon, nuevo.carrito(lineas)), precio);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("an order is the same in any order, and with its lines split", () => {
  fc.assert(
    fc.property(gart, pares, (datos, lineas) => {
      const finales = (unas) =>
        [...preciosDe(datos, 1).cotizar(unas)].map(([a, { final }]) => [a, final]).sort();
      assert.deepEqual(finales([...lineas].reverse()), finales(lineas));
      const partidas = lineas.flatMap(([a, n]) =>
        n > 1
          ? [
              [a, n - 1],
              [a, 1],
            ]
          : [[a, n]],
      );
      assert.deepEqual(finales(partidas), finales(lineas));
    }),
  );
});

test("rules fire by their place, each at most once, and only those that are met", () => {
  fc.assert(
    fc.property(gart, pares, (datos, lineas) => {
      const delCanal = preciosDe(datos, 1);
      const carrito = delCanal.carrito(lineas);
      for (const [a, precio] of delCanal.cotizar(lineas)) {
        const renglon = delCanal.renglones.get(a);
        if (renglon.suelta) continue;
        const suyas = delCanal.reglamento.candidatas(renglon);
        assert.deepEqual(
          suyas.map(({ lugar }) => lugar),
          suyas.map(({ lugar }) => lugar).sort((x, y) => x - y),
        );
        assert.deepEqual(
          precio.aplicadas.map(({ regla: r }) => r),
          suyas.filter((r) => cumple(r, renglon, carrito)),
        );
        for (const r of suyas) {
          const { aplicada, codigo, faltan } = juzgar(r, renglon, carrito);
          assert.equal(aplicada, cumple(r, renglon, carrito));
          assert.equal(codigo === "APLICADA", aplicada);
          if (aplicada) assert.deepEqual(faltan, []);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("the amount of a cart is its units at list prices, what is aside included", () => {
  const renglon = (a) => ({
    articulo: a,
    base: BigInt(a) * MICROS,
    piso: null,
    sinPiso: false,
    grupo: null,
    linea: null,
  });
  const renglones = new Map(ARTICULOS.slice(0, 3).map((a) => [a, renglon(a)]));
  fc.assert(
    fc.property(pares, fc.bigInt({ min: 0n, max: 10n ** 9n }), (lineas, aparte) => {
      const { unidades, monto } = armarCarrito(renglones, lineas, aparte);
      const esperado = lineas
        .filter(([a]) => renglones.has(a))
        .reduce((suma, [a, n]) => suma + BigInt(a * n) * MICROS, aparte);
      assert.equal(monto, esperado);
      assert.equal(
        [...unidades.values()].reduce((x, y) => x + y, 0n),
        lineas.reduce((suma, [, n]) => suma + BigInt(n), 0n),
      );
      const sinReglas = new Reglamento({ decimales: 0, reglas: [] });
      assert.deepEqual(
        [...cotizar(sinReglas, renglones, lineas, aparte).keys()],
        [...new Set(lineas.map(([a]) => a))].filter((a) => renglones.has(a)),
      );
    }),
  );
});

test("cheaper from so many on: that many are cheaper, and one fewer of a step is not", () => {
  fc.assert(
    fc.property(gart, articulo, (datos, a) => {
      const delCanal = preciosDe(datos, 1);
      const desde = masBaratoDesde(delCanal, a);
      const de = (n) => delCanal.cotizar([[a, n]])?.get(a)?.final;
      if (desde === null) return;
      assert.ok(desde.cantidad > 1);
      assert.equal(de(desde.cantidad), desde.final);
      assert.ok(desde.final < de(1));
    }),
    { numRuns: 500 },
  );
});

test("what is said to be missing brings the price down once it is there", () => {
  fc.assert(
    fc.property(
      gart,
      pares,
      fc.uniqueArray(articulo, { maxLength: 2 }),
      (datos, lineas, sacados) => {
        const delCanal = preciosDe(datos, 1);
        const acordados = new Set(sacados);
        const halladas = faltantes(delCanal, lineas, acordados);
        assert.ok(halladas.length <= 3);
        for (const { tipo, regla: r, articulo: a, faltan, antes, despues } of halladas) {
          assert.ok(despues < antes);
          assert.ok(r.valor > 0n);
          if (a !== null && tipo === "cantidad") {
            assert.equal(acordados.has(a), false);
            const mas = [...lineas, [a, Number(faltan)]];
            assert.equal(delCanal.cotizar(mas).get(a).final, despues);
            assert.equal(delCanal.cotizar(lineas).get(a).final, antes);
          }
          if (tipo === "combo") {
            const unidades = new Set(lineas.map(([x]) => x));
            for (const miembro of faltan) assert.equal(unidades.has(miembro), false);
            assert.ok(faltan.length > 0);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("the page prices as its Worker does, from what the Worker told it", async () => {
  await fc.assert(
    fc.asyncProperty(gart, fc.array(pares, { maxLength: 4 }), async (datos, carritos) => {
      const delCanal = preciosDe(datos, 1);
      const catalogo = {
        estado: { listo: true },
        preciosDeCanal: async (_canal, articulos, conLista) => ({
          lista: conLista ? delCanal.lista : null,
          renglones: articulos.map((a) => [a, delCanal.renglones.get(a)]),
        }),
      };
      const preciosDeHoy = new PreciosDeLaPagina({ catalogo });
      for (const lineas of carritos) {
        const suyos = await preciosDeHoy.cotizar("1", lineas);
        // Of nothing asked, nothing is known: an order without lines has no prices to tell.
        if (lineas.length > 0) assert.deepEqual(suyos, delCanal.cotizar(lineas));
      }
    }),
  );
});
