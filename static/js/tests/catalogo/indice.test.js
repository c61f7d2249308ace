// The search against a plain one: sorted rows, each looked at in turn.

import assert from "node:assert/strict";
import test from "node:test";

import fc from "fast-check";

import { indicesDe } from "../catalogos.js";
import { normalizar, normalizarTodos, sinCeros } from "../../lectura/normal.js";
import { comparador } from "../../lectura/parecido.js";

const BARRAS = /^([0-9]{8}|[0-9]{12,14})$/;

/** What the rules say, without any hurry. */
class Llano {
  constructor(filas, { claves, texto }) {
    this.filas = Object.keys(filas).map((id) => ({
      id,
      dicho: ` ${normalizar(texto(filas[id]))}`,
      claves: claves(filas[id]).map((clave) => (clave ? sinCeros(normalizar(clave)) : "")),
    }));
    this.filas.sort((a, b) => (a.dicho < b.dicho ? -1 : Number(a.dicho > b.dicho)));
    this.palabras = new Set(this.filas.flatMap(({ dicho }) => dicho.split(" ")));
  }

  exactas(texto) {
    const buscada = sinCeros(texto);
    const con = (columna) =>
      this.filas.filter(({ claves }) => buscada !== "" && claves[columna] === buscada);
    return [...new Set([...con(0), ...con(1)].map(({ id }) => id))];
  }

  buscar(consulta, limite, primero) {
    const texto = normalizar(consulta);
    const partes = texto.split(" ").filter(Boolean);
    const ids = this.exactas(texto);
    if (ids.length && BARRAS.test(texto)) return this.cortar(ids, limite);
    const con = (trozos, sirve = () => true) => {
      const todas = this.filas.filter(
        ({ dicho }) => sirve(dicho) && trozos.every((t) => dicho.includes(t)),
      );
      return todas.map(({ id }) => id);
    };
    const enteras = partes.map((parte) => ` ${parte}`);
    const etapas = [con(enteras, (dicho) => dicho.startsWith(enteras[0] ?? "")), con(enteras)];
    for (const va of [true, false])
      for (const etapa of etapas) ids.push(...etapa.filter((id) => primero(id) === va));
    const contienen = ids.length === 0 ? con(partes) : [];
    for (const va of [true, false]) ids.push(...contienen.filter((id) => primero(id) === va));
    if (ids.length === 0 && partes.length > 0) return this.cercanas(partes, limite, primero);
    const hallado = this.cortar([...new Set(ids)], limite);
    return BARRAS.test(texto) ? { ...hallado, mas: false, cercanas: true } : hallado;
  }

  cercanas(partes, limite, primero) {
    const cerca = partes.map((parte) => {
      const grado = comparador(parte);
      const todas = [...this.palabras].map((palabra) => [palabra, grado(palabra)]);
      const suyas = todas.filter(([palabra, lejos]) => lejos && !/[0-9]/.test(palabra));
      suyas.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
      return suyas.slice(0, 8);
    });
    const lejos = (dicho) =>
      partes.map((parte, i) => {
        if (dicho.includes(` ${parte}`)) return 0;
        return Math.min(...cerca[i].filter(([p]) => dicho.includes(` ${p}`)).map(([, l]) => l));
      });
    const todas = this.filas.map(({ id, dicho }) => ({
      id,
      total: lejos(dicho).reduce((a, b) => a + b, 0),
    }));
    const halladas = cerca.flat().length === 0 ? [] : todas.filter(({ total }) => total < Infinity);
    halladas.sort((a, b) => Number(primero(b.id)) - Number(primero(a.id)) || a.total - b.total);
    return { ids: halladas.slice(0, limite).map(({ id }) => id), mas: false, cercanas: true };
  }

  cortar(ids, limite) {
    return { ids: ids.slice(0, limite), mas: ids.length > limite, cercanas: false };
  }
}

const campos = {
  claves: (f) => [f.codigo, f.barras],
  texto: (f) => `${f.nombre} ${f.codigo}`,
  comparables: (claves) => normalizarTodos(claves).map(sinCeros),
  formas: (texto) => [sinCeros(texto)],
  sola: BARRAS,
};
const palabra = fc.constantFrom(
  ...["Ñandú", "yerba", "YERBA", "yerva", "yerbita", "mate", "a", "ab", "é", "12", " ", "\t"],
);
const frase = fc.array(palabra, { maxLength: 4 }).map((palabras) => palabras.join(" "));
const codigo = fc.constantFrom("", "12", "012", "a1", "A1", "78412345", "yerba", null);
const fila = fc.record({ nombre: frase, codigo, barras: codigo });
const catalogo = fc.dictionary(fc.nat(99).map(String), fila, { maxKeys: 40 });

test("it finds what the plain search finds, in its order", () => {
  const limite = fc.integer({ min: 1, max: 8 });
  fc.assert(
    fc.property(catalogo, fc.oneof(frase, codigo.map(String)), limite, (filas, consulta, n) => {
      const llano = new Llano(filas, campos);
      for (const indice of indicesDe(filas, campos)) {
        for (const primero of [() => true, (id) => Number(id) % 2 === 0]) {
          const { filas: halladas, ...resto } = indice.buscar(consulta, n, primero);
          const ids = halladas.map(({ id }) => id);
          assert.deepEqual({ ids, ...resto }, llano.buscar(consulta, n, primero));
          for (const { id, ...fila } of halladas) assert.deepEqual(fila, { ...filas[id] });
        }
        assert.equal(indice.exacto(consulta)?.id, llano.exactas(normalizar(consulta))[0]);
      }
    }),
    { numRuns: 3_000 },
  );
});

test("texts normalized together are as those normalized alone", () => {
  const texto = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), frase);
  const raros = fc.constantFrom(
    "\u0301a",
    "ΟΔΟΣ",
    "a\u0301 ",
    "\u0001",
    "İ",
    "\uFEFFx",
    "\u00a0",
    "",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(texto, raros), { maxLength: 12 }), (textos) => {
      assert.deepEqual(normalizarTodos(textos), textos.map(normalizar));
    }),
    { numRuns: 3_000 },
  );
});

test("what people type and what is written meet", () => {
  assert.equal(normalizar("  ÑANDÚ\t\tde   Açaí "), "nandu de acai");
  assert.equal(normalizar(1234), "1234");
});

test("of two rows with one code, the first by name; the row comes whole", () => {
  const filas = {
    1: { nombre: "Zapallo", codigo: "7", barras: null },
    2: { nombre: "Ajo", codigo: "7", barras: "78412345" },
  };
  const [indice] = indicesDe(filas, campos);
  assert.deepEqual(indice.exacto("7"), { id: "2", ...filas[2] });
  assert.deepEqual(indice.exacto("78412345"), { id: "2", ...filas[2] });
  assert.equal(indice.exacto("8"), null);
  assert.deepEqual(
    indice.buscar("7").filas.map(({ id }) => id),
    ["2", "1"],
  );
});
