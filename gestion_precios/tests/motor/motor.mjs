// The desk's engine answering line by line: a case of JSON in, its prices out.

import { createInterface } from "node:readline";
import { Reglamento, aMicros, armarCarrito, juzgar, precioDe } from "../../../static/js/motor/motor.js";

const texto = (clave, valor) => (typeof valor === "bigint" ? String(valor) : valor);

function responder({ lista, fichas, lineas, aparte }) {
  const reglamento = new Reglamento(lista);
  const porId = new Map(
    fichas.map(({ base, piso, ...ficha }) => [
      ficha.articulo,
      { ...ficha, base: aMicros(base), piso: piso ? aMicros(piso) : null, sinPiso: piso === null },
    ]),
  );
  const carrito = armarCarrito(porId, lineas, BigInt(aparte));
  const suyas = [...carrito.unidades.keys()].filter((articulo) => porId.has(articulo));
  return suyas.map((articulo) => {
    const ficha = porId.get(articulo);
    const { aplicadas, ...precio } = precioDe(reglamento, ficha, carrito);
    return {
      ...precio,
      aplicadas: aplicadas.map(({ regla, antes, despues }) => [regla.id, antes, despues]),
      juicios: reglamento.candidatas(ficha).map((regla) => {
        const { codigo, medido, faltan } = juzgar(regla, ficha, carrito);
        return [regla.id, codigo, medido, regla.umbral, faltan];
      }),
    };
  });
}

for await (const linea of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(responder(JSON.parse(linea)), texto)}\n`);
}
