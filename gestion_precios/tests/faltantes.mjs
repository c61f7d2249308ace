// What the desk says is missing for the next discount, line by line: a case of JSON in, its answer out.

import { createInterface } from "node:readline";
import { faltantes } from "../../static/js/motor/faltantes.js";
import { Tarifa } from "../../static/js/motor/tarifas.js";

const texto = (clave, valor) => (typeof valor === "bigint" ? String(valor) : valor);

function responder({ lista, fichas, lineas, fijos, maximo }) {
  const porId = fichas.map(({ base, piso, ...ficha }) => [
    ficha.articulo,
    { ...ficha, base: BigInt(base), piso: BigInt(piso) || null, sinPiso: false },
  ]);
  const tarifa = new Tarifa(lista, new Map(porId));
  const halladas = faltantes(tarifa, lineas, new Set(fijos), maximo);
  return halladas.map(({ tipo, regla, articulo, faltan, costo, antes, despues }) => [
    tipo,
    regla.id,
    articulo,
    tipo === "combo" ? faltan : String(faltan),
    costo,
    antes,
    despues,
  ]);
}

for await (const linea of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(responder(JSON.parse(linea)), texto)}\n`);
}
