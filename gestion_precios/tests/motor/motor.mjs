// The desk's engine answering line by line: a case of JSON in, its prices out.

import { createInterface } from "node:readline";
import { Reglamento, aMicros, armarCarrito, juzgar, precioDe } from "../../../static/js/motor/motor.js";

const texto = (clave, valor) => (typeof valor === "bigint" ? String(valor) : valor);

function responder({ lista, renglones, lineas, aparte }) {
  const reglamento = new Reglamento(lista);
  const porId = new Map(
    renglones.map(({ base, piso, ...renglon }) => [
      renglon.articulo,
      { ...renglon, base: aMicros(base), piso: piso ? aMicros(piso) : null, sinPiso: piso === null },
    ]),
  );
  const carrito = armarCarrito(porId, lineas, BigInt(aparte));
  const suyas = [...carrito.unidades.keys()].filter((articulo) => porId.has(articulo));
  return suyas.map((articulo) => {
    const renglon = porId.get(articulo);
    const { aplicadas, ...precio } = precioDe(reglamento, renglon, carrito);
    return {
      ...precio,
      aplicadas: aplicadas.map(({ regla, antes, despues }) => [regla.id, antes, despues]),
      juicios: reglamento.candidatas(renglon).map((regla) => {
        const { codigo, medido, faltan } = juzgar(regla, renglon, carrito);
        return [regla.id, codigo, medido, regla.umbral, faltan];
      }),
    };
  });
}

for await (const linea of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(responder(JSON.parse(linea)), texto)}\n`);
}
