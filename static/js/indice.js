// The catalogue's search: every token somewhere, exact codes first, word starts before the rest.
// The same rules as sales/busqueda.py. Pure; runs in the Worker and in tests.

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
    const partes = normalizar(consulta).split(" ").filter(Boolean);
    const primero = this.exactos.get(normalizar(consulta));
    const elegidos = [[], []];
    for (let i = 0; i < this.ids.length && elegidos[0].length <= limite; i++) {
      if (this.ids[i] === primero || !partes.every((p) => this.textos[i].includes(p))) continue;
      const fila = elegidos[partes.every((p) => this.textos[i].includes(` ${p}`)) ? 0 : 1];
      if (fila.length <= limite) fila.push(this.ids[i]);
    }
    const todos = [...(primero === undefined ? [] : [primero]), ...elegidos[0], ...elegidos[1]];
    const filas = todos.slice(0, limite).map((id) => ({ id, ...this.filas[id] }));
    return { filas, mas: todos.length > limite };
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
