// The search against a plain one: sorted rows, each looked at in turn.

import assert from "node:assert/strict";
import test from "node:test";

import fc from "fast-check";

import { Indice, normalizar, normalizarTodos } from "../../catalogo/indice.js";

const BARRAS = /^(\d{8}|\d{12,14})$/;

/** What the rules say, without any hurry. */
class Llano {
  constructor(filas, { claves, texto }) {
    this.filas = Object.keys(filas).map((id) => ({
      id,
      dicho: ` ${normalizar(texto(filas[id]))}`,
    }));
    this.filas.sort((a, b) => (a.dicho < b.dicho ? -1 : Number(a.dicho > b.dicho)));
    this.exactos = new Map();
    for (const { id } of this.filas)
      for (const clave of claves(filas[id])) if (clave) this.exactos.set(normalizar(clave), id);
  }

  buscar(consulta, limite) {
    const texto = normalizar(consulta);
    const partes = texto.split(" ").filter(Boolean);
    const primero = this.exactos.get(texto);
    const ids = primero === undefined ? [] : [primero];
    if (primero !== undefined && BARRAS.test(texto)) return this.cortar(ids, limite);
    const con = (trozos, sirve = () => true) =>
      this.filas.filter(({ dicho }) => sirve(dicho) && trozos.every((t) => dicho.includes(t)));
    const enteras = partes.map((parte) => ` ${parte}`);
    const etapas = [
      con(enteras, (dicho) => partes.length && dicho.startsWith(enteras[0])),
      con(enteras),
    ];
    for (const etapa of etapas) ids.push(...etapa.map(({ id }) => id));
    if (ids.length === 0) ids.push(...con(partes).map(({ id }) => id));
    return this.cortar([...new Set(ids)], limite);
  }

  cortar(ids, limite) {
    return { ids: ids.slice(0, limite), mas: ids.length > limite };
  }
}

const campos = { claves: (f) => [f.codigo, f.barras], texto: (f) => `${f.nombre} ${f.codigo}` };
const palabra = fc.constantFrom("Ñandú", "yerba", "YERBA", "mate", "a", "ab", "é", "12", " ", "\t");
const frase = fc.array(palabra, { maxLength: 4 }).map((palabras) => palabras.join(" "));
const codigo = fc.constantFrom("", "12", "a1", "A1", "78412345", "yerba", null);
const fila = fc.record({ nombre: frase, codigo, barras: codigo });
const catalogo = fc.dictionary(fc.nat(99).map(String), fila, { maxKeys: 40 });

test("it finds what the plain search finds, in its order", () => {
  const limite = fc.integer({ min: 1, max: 8 });
  fc.assert(
    fc.property(catalogo, fc.oneof(frase, codigo.map(String)), limite, (filas, consulta, n) => {
      const indice = new Indice(filas, campos);
      const llano = new Llano(filas, campos);
      const { filas: halladas, mas } = indice.buscar(consulta, n);
      assert.deepEqual({ ids: halladas.map(({ id }) => id), mas }, llano.buscar(consulta, n));
      assert.equal(indice.exacto(consulta)?.id, llano.exactos.get(normalizar(consulta)));
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

test("of two rows with one code, the later by name; the row comes whole", () => {
  const filas = {
    1: { nombre: "Zapallo", codigo: "7", barras: null },
    2: { nombre: "Ajo", codigo: "7", barras: "78412345" },
  };
  const indice = new Indice(filas, campos);
  assert.deepEqual(indice.exacto("7"), { id: "1", ...filas[1] });
  assert.deepEqual(indice.exacto("78412345"), { id: "2", ...filas[2] });
  assert.equal(indice.exacto("8"), null);
  assert.deepEqual(
    indice.buscar("7").filas.map(({ id }) => id),
    ["1", "2"],
  );
});
