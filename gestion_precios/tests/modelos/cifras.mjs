// The browser's readers answering line by line: [reader, text, currency] of JSON in, what it read out.

import { createInterface } from "node:readline";
import { leerCantidad } from "../../../static/js/lectura/cifras.js";
import { MONEDAS, plano } from "../../../static/js/comun/dinero.js";
import { leerImporte } from "../../../static/js/lectura/importes.js";
import { fraseDeCifra } from "../../../static/js/lectura/frases_de_cifra.js";
import { limpiar } from "../../../static/js/lectura/limpieza.js";

function responder([texto, moneda]) {
  const decimales = moneda ? MONEDAS[moneda].decimales : 0;
  const leida = moneda ? leerImporte(texto, moneda) : leerCantidad(texto);
  const limpio = limpiar(texto);
  if (leida.vale === null) {
    const { motivo, lecturas } = leida;
    const frase = motivo === "rango" ? "" : fraseDeCifra(texto, leida, decimales, "");
    return { limpio, motivo, lecturas, frase };
  }
  const menor = BigInt(leida.vale);
  const signo = menor < 0n ? "-" : "";
  return { limpio, vale: signo + plano(menor < 0n ? -menor : menor, decimales) };
}

for await (const linea of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(responder(JSON.parse(linea))));
