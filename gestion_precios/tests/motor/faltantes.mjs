// What the desk says is missing for the next discount, line by line: a case of JSON in, its answer out.

import { createInterface } from "node:readline";
import { faltantes } from "../../../static/js/motor/faltantes.js";
import { PreciosDeCanal } from "../../../static/js/motor/precios_de_canal.js";

const texto = (clave, valor) => (typeof valor === "bigint" ? String(valor) : valor);

function responder({ lista, renglones, lineas, fijos, maximo }) {
  const porId = renglones.map(({ base, piso, ...renglon }) => [
    renglon.articulo,
    { ...renglon, base: BigInt(base), piso: BigInt(piso) || null, sinPiso: false },
  ]);
  const delCanal = new PreciosDeCanal(lista, new Map(porId));
  const halladas = faltantes(delCanal, lineas, new Set(fijos), maximo);
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
