// The catalogue's search: exact codes, then what begins with the first word, then words by their
// start; only when there is none of these, what contains it.
// The same rules as gestion_precios/articulos/busqueda.py. Pure; runs in the Worker and in tests.

const BARRAS = /^(\d{8}|\d{12,14})$/;
// Stands between texts that are normalized together; in nobody's name.
const ENTRE = "\u0001";

/**
 * Without accents or case, one space between words.
 * @param {unknown} texto
 */
export function normalizar(texto) {
  return plano(String(texto)).trim();
}

/** @param {string} texto */
function plano(texto) {
  return texto
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/\s{2,}|[^\S ]/g, " ");
}

/**
 * Each text as `normalizar` has it. All at once: one by one is most of a cold start.
 * @param {string[]} textos
 * @returns {string[]}
 */
export function normalizarTodos(textos) {
  const partes = plano(textos.join(ENTRE)).split(ENTRE);
  if (partes.length !== textos.length) return textos.map(normalizar);
  return partes.map((parte) => parte.trim());
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
    this.filas = filas;
    this.ids = Object.keys(filas);
    this.textos = normalizarTodos(this.ids.map((id) => texto(filas[id]))).map((t) => ` ${t}`);
    this.claves = claves;
    /** @type {Map<string, number> | null} */
    this.codigos = null;
    this.todos = this.textos.map((_, lugar) => lugar);
    /** What was looked for last, and the rows that have all of it. */
    this.ultima = { partes: /** @type {string[]} */ ([]), lugares: this.todos };
  }

  /** Where each exact code's row is; of two with one code, the later by name. Made when first asked for. */
  get exactos() {
    if (this.codigos) return this.codigos;
    this.codigos = new Map();
    const lugares = /** @type {number[]} */ ([]);
    const claves = /** @type {string[]} */ ([]);
    this.ids.forEach((id, lugar) => {
      for (const clave of this.claves(this.filas[id])) {
        if (!clave) continue;
        lugares.push(lugar);
        claves.push(String(clave));
      }
    });
    normalizarTodos(claves).forEach((clave, i) => {
      const otro = this.codigos?.get(clave);
      if (otro === undefined || this.antes(otro, lugares[i])) this.codigos?.set(clave, lugares[i]);
    });
    return this.codigos;
  }

  /**
   * Whether a row is shown before another: by its text, then as the catalogue has them.
   * @param {number} uno
   * @param {number} otro
   */
  antes(uno, otro) {
    const [a, b] = [this.textos[uno], this.textos[otro]];
    return a < b || (a === b && uno < otro);
  }

  /** @param {number} lugar */
  fila(lugar) {
    const id = this.ids[lugar];
    return { id, ...this.filas[id] };
  }

  /**
   * The row whose code, SKU or barcode is exactly this, or null.
   * @param {unknown} clave
   */
  exacto(clave) {
    const lugar = this.exactos.get(normalizar(clave));
    return lugar === undefined ? null : this.fila(lugar);
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
    let lugares = primero === undefined ? [] : [primero];
    if (primero === undefined || !BARRAS.test(texto)) {
      this.reducir(partes);
      const enteras = partes.map((parte) => ` ${parte}`);
      if (partes.length)
        lugares = this.sumar(lugares, enteras, limite, (dicho) => dicho.startsWith(enteras[0]));
      lugares = this.sumar(lugares, enteras, limite);
      if (lugares.length === 0) lugares = this.sumar(lugares, partes, limite);
    }
    const filas = lugares.slice(0, limite).map((lugar) => this.fila(lugar));
    return { filas, mas: lugares.length > limite };
  }

  /**
   * Whatever is found is among the rows that have every part somewhere; one letter more, and it is
   * among those of before. A single letter leaves out too few to be worth a look.
   * @param {string[]} partes
   */
  reducir(partes) {
    const { ultima, todos, textos } = this;
    const sigue = ultima.partes.every((parte) => partes.some((otra) => otra.includes(parte)));
    let lugares = sigue ? ultima.lugares : todos;
    const buscadas = partes.filter(({ length }) => length > 1);
    for (const parte of buscadas)
      lugares = lugares.filter((lugar) => textos[lugar].includes(parte));
    this.ultima = { partes: buscadas, lugares };
  }

  /**
   * Those, and after them the first rows that have every part: one more in all than fit.
   * @param {number[]} lugares
   * @param {string[]} partes
   * @param {number} limite
   * @param {(dicho: string) => boolean} [sirve]
   */
  sumar(lugares, partes, limite, sirve = () => true) {
    const faltan = limite + 1 - lugares.length;
    if (faltan <= 0) return lugares;
    const ya = new Set(lugares);
    /** @type {number[]} */
    const mejores = [];
    for (const lugar of this.ultima.lugares) {
      // Most rows are later than all that fit: that is quicker to see than what they say.
      const lleno = mejores.length === faltan;
      if (lleno && !this.antes(lugar, mejores[faltan - 1])) continue;
      const dicho = this.textos[lugar];
      if (!sirve(dicho) || !partes.every((parte) => dicho.includes(parte)) || ya.has(lugar))
        continue;
      if (lleno) mejores.pop();
      let i = mejores.length;
      while (i > 0 && this.antes(lugar, mejores[i - 1])) i -= 1;
      mejores.splice(i, 0, lugar);
    }
    return [...lugares, ...mejores];
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
