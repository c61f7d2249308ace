// The catalogue's search: exact codes, then what begins with the first word, then words by their
// start; only when there is none of these, what contains it.
// The same rules as gestion_precios/busqueda.py. Pure; runs in the Worker and in tests.

const BARRAS = /^(\d{8}|\d{12,14})$/;

/**
 * Without accents or case, one space between words.
 * @param {unknown} texto
 */
export function normalizar(texto) {
  return String(texto)
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** @template {object} Fila */
export class Indice {
  /**
   * @param {Record<string, Fila>} filas by id
   * @param {object} lecturas
   * @param {(fila: Fila) => (string | number | null | undefined)[]} lecturas.claves its exact codes
   * @param {(fila: Fila) => string} lecturas.texto what is searched
   */
  constructor(filas, { claves, texto }) {
    const filasDeTexto = Object.entries(filas).map(
      ([id, fila]) => /** @type {const} */ ([` ${normalizar(texto(fila))}`, id]),
    );
    filasDeTexto.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    this.textos = filasDeTexto.map(([dicho]) => dicho);
    this.ids = filasDeTexto.map(([, id]) => id);
    this.filas = filas;
    /** @type {Map<string, string>} */
    this.exactos = new Map();
    for (const id of this.ids) {
      for (const clave of claves(filas[id])) if (clave) this.exactos.set(normalizar(clave), id);
    }
  }

  /**
   * The row whose code, SKU or barcode is exactly this, or null.
   * @param {string} clave
   */
  exacto(clave) {
    const id = this.exactos.get(normalizar(clave));
    return id === undefined ? null : { id, ...this.filas[id] };
  }

  /**
   * Up to `limite` rows, and whether there are more.
   * @param {string} consulta
   * @param {number} [limite]
   */
  buscar(consulta, limite = 20) {
    const texto = normalizar(consulta);
    const partes = texto.split(" ").filter(Boolean);
    const primero = this.exactos.get(texto);
    let ids = primero === undefined ? [] : [primero];
    if (primero === undefined || !BARRAS.test(texto)) {
      const enteras = partes.map((parte) => ` ${parte}`);
      if (partes.length)
        ids = this.sumar(ids, enteras, limite, (dicho) => dicho.startsWith(enteras[0]));
      ids = this.sumar(ids, enteras, limite);
      if (ids.length === 0) ids = this.sumar(ids, partes, limite);
    }
    const filas = ids.slice(0, limite).map((id) => ({ id, ...this.filas[id] }));
    return { filas, mas: ids.length > limite };
  }

  /**
   * Those and the rows that have every part, one more than fit.
   * @param {string[]} ids
   * @param {string[]} partes
   * @param {number} limite
   * @param {(dicho: string) => boolean} [sirve]
   */
  sumar(ids, partes, limite, sirve = () => true) {
    const halladas = new Set(ids);
    for (let i = 0; i < this.ids.length && halladas.size <= limite; i++) {
      const dicho = this.textos[i];
      if (sirve(dicho) && partes.every((parte) => dicho.includes(parte))) halladas.add(this.ids[i]);
    }
    return [...halladas];
  }
}

/** @param {Record<string, ClienteDeCatalogo>} clientes */
export function indiceDeClientes(clientes) {
  return new Indice(clientes, {
    claves: (c) => [c.ruc],
    texto: (c) => `${c.nombrefantasia} ${c.nombrefactura} ${c.ruc}`,
  });
}

/** @param {Record<string, ArticuloDeCatalogo>} articulos */
export function indiceDeArticulos(articulos) {
  return new Indice(articulos, {
    claves: (a) => [a.codigo, a.sku, a.codigo_barras],
    texto: (a) => `${a.descripcion} ${a.prod_marca} ${a.codigo} ${a.sku} ${a.codigo_barras ?? ""}`,
  });
}
