// Unsent orders out of a browser and into another as a file: the way out when nothing else works.

import { lineasDe } from "./pedidos.js";
import { pendientes } from "./lotes.js";
import { sha256 } from "./huella.js";

const FORMATO = "carga-pedidos/1";

/** The file's text: orders, names and a hash that tells a cut file from a whole one. */
export function componer(almacen, { empresa, sucursal, usuario }) {
  const orders = almacen.leer("orders", {});
  const fichas = almacen.leer("fichas", { clientes: {}, articulos: {}, precios: {} });
  // What is under way goes along as it is: whoever resends the same lote cannot duplicate it.
  const lotes = pendientes(almacen).map((ficha) => ({ ficha, carga: almacen.texto(`carga:${ficha.lote}`) }));
  const contenido = { formato: FORMATO, empresa, sucursal, usuario, orders, fichas, lotes };
  return JSON.stringify({ ...contenido, huella: sha256(JSON.stringify(contenido)) }, null, 1);
}

/** Download it. */
export function exportar(almacen, parametros) {
  const blob = new Blob([componer(almacen, parametros)], { type: "application/json" });
  const enlace = document.createElement("a");
  enlace.href = URL.createObjectURL(blob);
  enlace.download = `pedidos-sin-enviar-${new Date().toISOString().slice(0, 16).replace(":", "")}.json`;
  enlace.click();
  setTimeout(() => URL.revokeObjectURL(enlace.href), 10_000);
}

/** Bring in the orders of a file; clients that are open here stay as they are. */
export function importar(almacen, parametros, texto) {
  const contenido = leerArchivo(texto);
  if (!contenido) return Promise.resolve({ codigo: "archivo" });
  const mismo = ["empresa", "sucursal", "usuario"].every((k) => contenido[k] === parametros[k]);
  if (!mismo) return Promise.resolve({ codigo: "archivo_ajeno" });
  return almacen.exclusiva("mesa", () => mezclar(almacen, contenido));
}

function mezclar(almacen, contenido) {
  const orders = almacen.leer("orders", {});
  const fichas = almacen.leer("fichas", { clientes: {}, articulos: {}, precios: {} });
  const traidos = Object.entries(contenido.orders).filter(
    ([cliente, valor]) => lineasDe(valor).length > 0 && lineasDe(orders[cliente]).length === 0,
  );
  const total = Object.values(contenido.orders).filter((valor) => lineasDe(valor).length > 0).length;
  almacen.guardar("fichas", {
    clientes: { ...contenido.fichas.clientes, ...fichas.clientes },
    articulos: { ...contenido.fichas.articulos, ...fichas.articulos },
    precios: { ...contenido.fichas.precios, ...fichas.precios },
  });
  almacen.guardar("orders", { ...orders, ...Object.fromEntries(traidos) });
  for (const { ficha, carga } of contenido.lotes) {
    if (carga !== null) almacen.guardarTexto(`carga:${ficha.lote}`, carga);
    almacen.guardar(`lote:${ficha.lote}`, ficha);
  }
  return { codigo: "", traidos: traidos.length, quedan: total - traidos.length };
}

function leerArchivo(texto) {
  try {
    const { huella, ...contenido } = JSON.parse(texto);
    const entero = huella === sha256(JSON.stringify(contenido)) && contenido.formato === FORMATO;
    return entero ? contenido : null;
  } catch {
    return null;
  }
}
