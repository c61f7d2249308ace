// The sentences' one home: each code that a module names is there, and whatever comes is said in words.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { dicho, frase } from "../../comun/frases.js";
import { contar } from "../../comun/dinero.js";
import { LIMITES } from "../../comun/limites.js";

const RAIZ = fileURLToPath(new URL("../..", import.meta.url));

/** Every code that the code says literally, where a sentence is asked for. */
function nombrados() {
  const archivos = readdirSync(RAIZ, { recursive: true, encoding: "utf8" });
  const modulos = archivos.filter(
    (ruta) => ruta.endsWith(".js") && !ruta.includes("tests") && !ruta.endsWith("frases.js"),
  );
  return modulos.flatMap((ruta) => {
    const texto = readFileSync(join(RAIZ, ruta), "utf8");
    const pedidos = texto.matchAll(
      /\b(?:frase|fraseDe|fraseDeCifra|rechazar|rehusar|decir|PedidoInvalido|Espera)\(([^()]*)\)/g,
    );
    return [...pedidos].flatMap(([, dentro]) =>
      [...dentro.matchAll(/"([a-z]+(?:_[a-z]+)*)"/g)].map(([, codigo]) => [ruta, codigo]),
    );
  });
}

test("each code that a module names has a sentence of its own", () => {
  const todos = nombrados();
  assert.ok(todos.length > 40, String(todos.length));
  // What tabs say to each other is for no person.
  const ajenos = todos.filter(([ruta]) => /(fuente|titular)\.js$/.test(ruta));
  for (const [ruta, codigo] of todos.filter((uno) => !ajenos.includes(uno)))
    if (codigo !== "inesperado")
      assert.notEqual(frase(codigo), frase("inesperado"), `${ruta} ${codigo}`);
});

test("what nobody knows is said as unexpected, whatever objects have of that name", () => {
  for (const codigo of [undefined, "", "nada", "constructor", "__proto__", "toString"])
    assert.equal(frase(codigo), frase("inesperado"), String(codigo));
});

test("a table answers with its own entries alone", () => {
  const tabla = { a: "x" };
  assert.deepEqual(
    [dicho(tabla, "a"), dicho(tabla, "b"), dicho(tabla, null)],
    ["x", undefined, undefined],
  );
  assert.equal(dicho(tabla, "hasOwnProperty"), undefined);
});

test("a sentence that names a limit names the one that there is", () => {
  const casos = [
    ["cantidad", LIMITES.cantidad_minima],
    ["cantidad", LIMITES.cantidad_maxima],
    ["precio_maximo", 10n ** BigInt(LIMITES.precio_enteros) - 1n],
    ["demasiadas_lineas", LIMITES.lineas_por_pedido],
  ];
  for (const [codigo, limite] of casos)
    assert.match(frase(codigo), new RegExp(`\\b${contar(limite)}\\b`), codigo);
});
