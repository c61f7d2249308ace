// The browser's Worker answering line by line: first a catalogue, then questions; ids out.

import { createInterface } from "node:readline";
import { comprimir } from "../../../static/js/comun/almacen.js";

const llegadas = [];
globalThis.self = { postMessage: (mensaje) => llegadas.push(mensaje) };
await import("../../../static/js/catalogo/trabajador.js");

async function pedir(tarea, datos) {
  await globalThis.self.onmessage({ data: { n: 1, tarea, datos } });
  const { valor, error } = llegadas.pop();
  if (error) throw new Error(error);
  return valor;
}

let abierto = false;
for await (const linea of createInterface({ input: process.stdin })) {
  const dicho = JSON.parse(linea);
  if (!abierto) {
    for (const [seccion, contenido] of Object.entries(dicho))
      await pedir("cargar", { seccion, texto: comprimir({ [seccion]: contenido }) });
    abierto = true;
    continue;
  }
  const { q, canal } = dicho;
  const { filas, mas, cercanas } = canal
    ? await pedir("articulos", { q, canal, lineas: [], limite: 20 })
    : await pedir("clientes", { q, limite: 20 });
  console.log(JSON.stringify({ ids: filas.map(({ id }) => Number(id)), mas, cercanas }));
}
