// The catalogue's search: exact codes first, then rows where every word starts so; only when there
// is none, those that contain it.
// The same rules as sales/busqueda.py. Pure; runs in the Worker and in tests.

const BARRAS = /^(\d{8}|\d{12,14})$/;

/** Without accents or case, one space between words. */
export function normalizar(texto) {
  return String(texto)
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

export class Indice {
  /** `filas`: {id: fields}; `claves(fila)`: its exact codes; `texto(fila)`: what is searched. */
  constructor(filas, { claves, texto }) {
    const filasDeTexto = Object.keys(filas).map((id) => [` ${normalizar(texto(filas[id]))}`, id]);
    filasDeTexto.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    this.textos = filasDeTexto.map(([dicho]) => dicho);
    this.ids = filasDeTexto.map(([, id]) => id);
    this.filas = filas;
    this.exactos = new Map();
    for (const id of this.ids) {
      for (const clave of claves(filas[id])) if (clave) this.exactos.set(normalizar(clave), id);
    }
  }

  /** The row whose code, SKU or barcode is exactly this, or null. */
  exacto(clave) {
    const id = this.exactos.get(normalizar(clave));
    return id === undefined ? null : { id, ...this.filas[id] };
  }

  /** Up to `limite` rows, and whether there are more. */
  buscar(consulta, limite = 20) {
    const texto = normalizar(consulta);
    const partes = texto.split(" ").filter(Boolean);
    const primero = this.exactos.get(texto);
    let ids = primero === undefined ? [] : [primero];
    if (primero === undefined || !BARRAS.test(texto)) {
      ids = this.sumar(ids, partes.map((parte) => ` ${parte}`), limite);
      if (ids.length === 0) ids = this.sumar(ids, partes, limite);
    }
    const filas = ids.slice(0, limite).map((id) => ({ id, ...this.filas[id] }));
    return { filas, mas: ids.length > limite };
  }

  // The rows that have every part, one more than fit.
  sumar(ids, partes, limite) {
    const halladas = [...ids];
    for (let i = 0; i < this.ids.length && halladas.length <= limite; i++) {
      if (this.ids[i] !== ids[0] && partes.every((parte) => this.textos[i].includes(parte))) {
        halladas.push(this.ids[i]);
      }
    }
    return halladas;
  }
}

export function indiceDeClientes(clientes) {
  return new Indice(clientes, {
    claves: (c) => [c.ruc],
    texto: (c) => `${c.nombrefantasia} ${c.nombrefactura} ${c.ruc}`,
  });
}

export function indiceDeArticulos(articulos) {
  return new Indice(articulos, {
    claves: (a) => [a.codigo, a.sku, a.codigo_barras],
    texto: (a) => `${a.descripcion} ${a.prod_marca} ${a.codigo} ${a.sku} ${a.codigo_barras ?? ""}`,
  });
}
