// The catalogue's Worker: downloads sections, inflates what the page read with getItem, searches,
// and prices what it finds.

import { faltantes } from "./faltantes.js";
import { indiceDeArticulos, indiceDeClientes } from "./indice.js";
import { inflarUtf16 } from "./inflador.js";
import { Mercado, masBaratoDesde } from "./tarifas.js";

const gart = { clientes: {}, articulos: {}, precios: {}, canales: {}, reglas: {} };
const mercados = new Map();
const indices = { clientes: indiceDeClientes({}), articulos: indiceDeArticulos({}) };

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
      gart[seccion] = JSON.parse(inflarUtf16(texto) || "damaged")[seccion];
    } catch {
      return false;
    }
    mercados.clear();
    if (seccion === "clientes") indices.clientes = indiceDeClientes(gart.clientes);
    if (seccion === "articulos") indices.articulos = indiceDeArticulos(gart.articulos);
    return true;
  },

  clientes({ q, limite }) {
    const { filas, mas } = indices.clientes.buscar(q, limite);
    return {
      filas: filas.map((c) => ({ ...c, canal_nombre: gart.canales[c.canal]?.nombre ?? "" })),
      mas,
    };
  },

  /** With what each would cost if one more were added to `lineas`, in micros. */
  articulos({ q, canal, lineas, limite }) {
    const { filas, mas } = indices.articulos.buscar(q, limite);
    return { filas: filas.map((fila) => conPrecio(fila, canal, lineas)), mas };
  },

  exacto({ clave, canal, lineas }) {
    const fila = indices.articulos.exacto(clave);
    return fila && conPrecio(fila, canal, lineas);
  },

  /** What the page needs to price these articles itself; the list only if it asks for it. */
  tarifa({ canal, articulos, conLista }) {
    const mercado = mercadoDe(canal);
    const { lista } = mercado;
    const fichas = articulos.map((articulo) => [articulo, mercado.fichas.get(articulo)]);
    const sinPisos = lista && {
      version: lista.version,
      decimales: lista.decimales,
      reglas: lista.reglas,
    };
    return { lista: conLista ? sinPisos : null, fichas };
  },

  /** The nearest discounts that an order does not have, with the names of what they ask for. */
  faltantes({ canal, lineas, acordados }) {
    const nombrar = (id) => ({
      id,
      codigo: gart.articulos[id]?.codigo,
      nombre: gart.articulos[id]?.descripcion ?? "",
    });
    return faltantes(mercadoDe(canal), lineas, new Set(acordados)).map(
      ({ regla, articulo, ...falta }) => ({
        ...falta,
        faltan: falta.tipo === "combo" ? falta.faltan.map(nombrar) : falta.faltan,
        articulo: articulo === null ? null : nombrar(articulo),
        regla: {
          id: regla.id,
          nombre: regla.nombre,
          porcentaje: regla.porcentaje,
          valor: regla.valor,
        },
      }),
    );
  },
};

function mercadoDe(canal) {
  if (!mercados.has(canal)) mercados.set(canal, new Mercado(gart, canal));
  return mercados.get(canal);
}

function conPrecio(fila, canal, lineas = []) {
  const mercado = mercadoDe(canal);
  const articulo = Number(fila.id);
  const ficha = mercado.fichas.get(articulo);
  if (!ficha) return { ...fila, precio: null, desde: null };
  const { final: precio } = mercado.precio(articulo, mercado.carrito([...lineas, [articulo, 1]]));
  const desde = masBaratoDesde(mercado, articulo);
  // What the rules of a list bring down to nothing cannot be sold.
  const vendible = precio > 0n || ficha.suelta;
  return {
    ...fila,
    precio: vendible ? precio : null,
    desde: desde && desde.final < precio ? desde : null,
  };
}

self.onmessage = async ({ data: { n, tarea, datos } }) => {
  try {
    self.postMessage({ n, valor: await TAREAS[tarea](datos) });
  } catch (error) {
    self.postMessage({ n, error: String(error.message) });
  }
};
