// lz-string itself, one JSON request per line, one JSON answer per line.
//   {"op": "comprimir" | "descomprimir", "codificacion", "textos": []} -> {"textos": [...]}
//   {"op": "medir", "codificacion", "texto", "vueltas"} -> {"comprimir": s, "descomprimir": s}
// What JavaScript throws becomes null, like what it calls corrupt.
import { createInterface } from "node:readline";
import LZString from "lz-string";

const FUNCIONES = {
  base64: ["compressToBase64", "decompressFromBase64"],
  utf16: ["compressToUTF16", "decompressFromUTF16"],
  uri: ["compressToEncodedURIComponent", "decompressFromEncodedURIComponent"],
};

function intentar(funcion, texto) {
  try {
    return LZString[funcion](texto);
  } catch {
    return null;
  }
}

function mejor(vueltas, tarea) {
  let minimo = Infinity;
  let resultado;
  for (let i = 0; i < vueltas; i += 1) {
    const inicio = performance.now();
    resultado = tarea();
    minimo = Math.min(minimo, performance.now() - inicio);
  }
  return [minimo / 1000, resultado];
}

function responder({ op, codificacion, textos, texto, vueltas }) {
  const [comprimir, descomprimir] = FUNCIONES[codificacion];
  if (op === "medir") {
    const [ida, comprimido] = mejor(vueltas, () => LZString[comprimir](texto));
    const [vuelta] = mejor(vueltas, () => LZString[descomprimir](comprimido));
    return { comprimir: ida, descomprimir: vuelta };
  }
  const funcion = op === "comprimir" ? comprimir : descomprimir;
  return { textos: textos.map((uno) => intentar(funcion, uno)) };
}

for await (const linea of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(responder(JSON.parse(linea)))}\n`);
}
