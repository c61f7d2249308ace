// The catalogue's Worker: downloads sections, inflates what the page read with getItem, searches.

import LZString from "../vendor/lz-string.js";
import { Indice, indiceDeArticulos, indiceDeClientes } from "./indice.js";

const gart = { clientes: {}, articulos: {}, precios: {}, canales: {} };
const indices = { clientes: new Indice({}, {}), articulos: new Indice({}, {}) };

const TAREAS = {
  /** A section as compressToUTF16 text (UTF-16LE on the wire), and the hash of what came. */
  async descargar({ url }) {
    const respuesta = await fetch(url, { credentials: "same-origin", redirect: "error" });
    if (!respuesta.ok) throw new Error(`HTTP ${respuesta.status}`);
    const bytes = await respuesta.arrayBuffer();
    const sha256 = /"([0-9a-f]+)-utf16"/.exec(respuesta.headers.get("ETag"))?.[1];
    return { texto: new TextDecoder("utf-16le", { ignoreBOM: true }).decode(bytes), sha256 };
  },

  /** Inflate a section of gart; false when it is damaged. */
  cargar({ seccion, texto }) {
    try {
      gart[seccion] = JSON.parse(LZString.decompressFromUTF16(texto) || "damaged")[seccion];
    } catch {
      return false;
    }
    if (seccion === "clientes") indices.clientes = indiceDeClientes(gart.clientes);
    if (seccion === "articulos") indices.articulos = indiceDeArticulos(gart.articulos);
    return true;
  },

  clientes({ q, limite }) {
    const { filas, mas } = indices.clientes.buscar(q, limite);
    return { filas: filas.map((c) => ({ ...c, canal_nombre: gart.canales[c.canal]?.nombre ?? "" })), mas };
  },

  articulos({ q, canal, limite }) {
    const { filas, mas } = indices.articulos.buscar(q, limite);
    return { filas: filas.map((a) => conPrecio(a, canal)), mas };
  },

  exacto({ clave, canal }) {
    const fila = indices.articulos.exacto(clave);
    return fila && conPrecio(fila, canal);
  },
};

function conPrecio(articulo, canal) {
  return { ...articulo, precio: gart.precios[canal]?.[articulo.id] ?? null };
}

self.onmessage = async ({ data: { n, tarea, datos } }) => {
  try {
    self.postMessage({ n, valor: await TAREAS[tarea](datos) });
  } catch (error) {
    self.postMessage({ n, error: String(error.message) });
  }
};
