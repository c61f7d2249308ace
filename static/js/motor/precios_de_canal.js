// What an order pays: the engine over the list in force for the client's canal; what that list
// lacks, from Precios as it is. In the Worker over the whole catalogue; in the page over the
// articles of the open orders, so that an edit is priced at once.

import { MICROS, Reglamento, aMicros, armarCarrito, precioDe } from "./motor.js";

// An edit does not wait longer for a Worker that is busy with a new catalogue.
const ESPERA = 200;
// Prices remembered of one list; then it starts again.
const RECUERDOS = 20_000;
const SIN_REGLAS = { decimales: 0, reglas: [] };

/** A canal's prices. `renglones.get(id)`: a renglon, null without price, undefined when not known. */
export class PreciosDeCanal {
  /**
   * @param {ListaDeReglas | null} lista
   * @param {Renglones} renglones
   */
  constructor(lista, renglones) {
    this.reglamento = new Reglamento(lista ?? SIN_REGLAS);
    this.renglones = renglones;
    /** @type {Map<string, PrecioDeMotor>} */
    this.casos = new Map();
    /** @type {Map<number, ReturnType<typeof planear>>} */
    this.planes = new Map();
  }

  /**
   * The price of each article of an order; null when one of them is not known yet.
   * @param {readonly Par[]} lineas
   * @returns {Map<number, PrecioDeMotor> | null}
   */
  cotizar(lineas) {
    if (lineas.some(([articulo]) => this.renglones.get(articulo) === undefined)) return null;
    const carrito = this.carrito(lineas);
    /** @type {Map<number, PrecioDeMotor>} */
    const precios = new Map();
    for (const articulo of carrito.unidades.keys()) {
      const renglon = this.renglones.get(articulo);
      if (renglon) precios.set(articulo, this.precioDe(renglon, carrito));
    }
    return precios;
  }

  /** @param {readonly Par[]} lineas */
  carrito(lineas) {
    return armarCarrito(this.renglones, lineas);
  }

  /**
   * An article's price in a cart; of Precios, whatever the cart.
   * @param {Renglon} renglon
   * @param {CarritoDeMotor} carrito
   * @returns {PrecioDeMotor}
   */
  precioDe(renglon, carrito) {
    if (!renglon.suelta) return this.recordado(renglon, carrito);
    const { articulo, base } = renglon;
    return { articulo, base, final: base, aplicadas: [], ajustado: false, provisional: false };
  }

  /**
   * Carts that reach the same steps of an article's rules have the same price: it is asked once.
   * @param {Renglon} renglon
   * @param {CarritoDeMotor} carrito
   */
  recordado(renglon, carrito) {
    const caso = `${renglon.articulo}:${this.pasos(renglon, carrito)}`;
    const conocido = this.casos.get(caso);
    if (conocido) return conocido;
    if (this.casos.size >= RECUERDOS) this.casos.clear();
    const precio = precioDe(this.reglamento, renglon, carrito);
    this.casos.set(caso, precio);
    return precio;
  }

  /**
   * @param {Renglon} renglon
   * @param {CarritoDeMotor} carrito
   */
  pasos(renglon, { unidades, monto }) {
    const plan = this.planes.get(renglon.articulo) ?? planear(this.reglamento.candidatas(renglon));
    this.planes.set(renglon.articulo, plan);
    const { cantidades, montos, combos } = plan;
    const completos = combos.map((combo) =>
      Number(combo.every((m) => m === renglon.articulo || unidades.has(m))),
    );
    const alcanzadas = hasta(cantidades, (unidades.get(renglon.articulo) ?? 0n) * MICROS);
    return `${alcanzadas}:${hasta(montos, monto)}:${completos.join("")}`;
  }
}

/**
 * What an article's rules look at: quantities, amounts and combinations, each once and in order.
 * @param {readonly Regla[]} reglas
 */
function planear(reglas) {
  const combos = reglas.map(({ combo }) => combo).filter((combo) => combo !== null);
  /** @param {boolean} siMonto */
  const umbrales = (siMonto) =>
    reglas
      .filter(({ combo, porMonto }) => !combo && porMonto === siMonto)
      .map(({ umbral }) => umbral);
  /** @param {boolean} siMonto */
  const ordenados = (siMonto) =>
    [...new Set(umbrales(siMonto))].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return { cantidades: ordenados(false), montos: ordenados(true), combos };
}

/**
 * How many of these thresholds a measure reaches.
 * @param {readonly Micros[]} umbrales
 * @param {Micros} medido
 */
function hasta(umbrales, medido) {
  let [desde, fin] = [0, umbrales.length];
  while (desde < fin) {
    const medio = (desde + fin) >> 1;
    if (umbrales[medio] <= medido) desde = medio + 1;
    else fin = medio;
  }
  return desde;
}

/**
 * The first quantity that makes an article cheaper than one alone, or null, as sales/precios/sistema.py has
 * it; of provisional prices nothing is promised.
 * @param {PreciosDeCanal} delCanal
 * @param {number} articulo
 * @returns {{cantidad: number, final: Micros} | null}
 */
export function masBaratoDesde(delCanal, articulo) {
  const renglon = delCanal.renglones.get(articulo);
  if (!renglon || renglon.suelta || renglon.sinPiso) return null;
  /** @param {number} cantidad */
  const solo = (cantidad) =>
    delCanal.precioDe(renglon, delCanal.carrito([[articulo, cantidad]])).final;
  const porCantidad = delCanal.reglamento
    .candidatas(renglon)
    .filter(({ combo, porMonto }) => !combo && !porMonto);
  const escalones = porCantidad.map(({ umbral }) => Number((umbral + MICROS - 1n) / MICROS));
  const uno = solo(1);
  for (const cantidad of [...new Set(escalones)].filter((n) => n > 1).sort((a, b) => a - b)) {
    const final = solo(cantidad);
    // What rules bring down to nothing is not sold.
    if (final > 0n && final < uno) return { cantidad, final };
  }
  return null;
}

/** The Worker's: a canal of the catalogue, its renglones made as they are asked for. */
export class PreciosDelCatalogo extends PreciosDeCanal {
  /**
   * @param {Pick<Gart, "precios" | "reglas">} gart
   * @param {number | string} canal
   * @param {(id: number) => ArticuloDeCatalogo | undefined} articuloDe
   */
  constructor({ precios, reglas }, canal, articuloDe) {
    const { lista: id = "", fuera = [] } = reglas.canales?.[canal] ?? {};
    const lista = reglas.listas?.[id] ?? null;
    /** @type {Map<number, Renglon | null>} */
    const hechas = new Map();
    super(lista, {
      get: (articulo) => {
        const hecha = hechas.get(articulo);
        if (hecha !== undefined) return hecha;
        const nueva = this.crear(articulo);
        hechas.set(articulo, nueva);
        return nueva;
      },
    });
    this.lista = lista;
    this.articuloDe = articuloDe;
    this.precios = precios[canal] ?? {};
    this.fuera = new Set(fuera);
  }

  /**
   * @param {number} articulo
   * @returns {Renglon | null}
   */
  crear(articulo) {
    const base = aMicros(this.precios[articulo] ?? "");
    if (base === null) return null;
    const { grupo = null, linea = null } =
      /** @type {Partial<ArticuloDeCatalogo>} */ (this.articuloDe(articulo)) ?? {};
    const suelta = this.lista === null || this.fuera.has(articulo);
    const dicho = this.lista?.pisos?.[articulo];
    const piso = aMicros(dicho ?? "");
    const propia = suelta ? this.entera(base) : base;
    return { articulo, base: propia, piso, sinPiso: dicho === null, grupo, linea, suelta };
  }

  /**
   * A price of Precios counts in an order as it is sold: in whole units of the currency.
   * @param {Micros} base
   */
  entera(base) {
    const { unidad } = this.reglamento;
    return this.lista === null ? base : ((2n * base + unidad) / (2n * unidad)) * unidad;
  }
}

/** The page's: what it knows of each canal, asked of the Worker article by article. */
export class PreciosDeLaPagina {
  /**
   * @param {object} partes
   * @param {{estado: {listo: boolean}, preciosDeCanal: (canal: string, articulos: number[],
   *   conLista: boolean) => Promise<RespuestaDePrecios>}} partes.catalogo
   * @param {() => unknown} [partes.alLlegar] an answer that an edit did not wait for is here
   */
  constructor({ catalogo, alLlegar = () => {} }) {
    this.catalogo = catalogo;
    this.alLlegar = alLlegar;
    /** @type {Map<string, {delCanal: PreciosDeCanal, renglones: Map<number, Renglon | null>}>} */
    this.canales = new Map();
  }

  /** A new catalogue: nothing known of the old one counts. */
  olvidar() {
    this.canales = new Map();
  }

  /**
   * The prices of an order's [article, quantity] lines; null while they cannot be told.
   * @param {string | undefined} canal
   * @param {readonly Par[]} lineas
   */
  async cotizar(canal, lineas) {
    await this.conocer(
      canal,
      lineas.map(([articulo]) => articulo),
    );
    return this.mirar(canal, lineas);
  }

  /**
   * The prices of an order's lines by what is known already; null while they cannot be told.
   * @param {string | undefined} canal
   * @param {readonly Par[]} lineas
   */
  mirar(canal, lineas) {
    return this.canales.get(canal ?? "")?.delCanal.cotizar(lineas) ?? null;
  }

  /**
   * Ask for what is not known of these articles, and wait a little for it.
   * @param {string | undefined} canal
   * @param {number[]} articulos
   */
  async conocer(canal, articulos) {
    const renglones = this.canales.get(canal ?? "")?.renglones;
    const faltan = renglones ? articulos.filter((articulo) => !renglones.has(articulo)) : articulos;
    if (!canal || faltan.length === 0 || !this.catalogo.estado.listo) return;
    let tarde = false;
    const llegada = this.traer(canal, faltan).then(() => tarde && this.alLlegar());
    await Promise.race([llegada, plazo(ESPERA)]);
    tarde = true;
  }

  /**
   * @param {string} canal
   * @param {number[]} articulos
   */
  async traer(canal, articulos) {
    const { canales } = this;
    const respuesta = await this.catalogo
      .preciosDeCanal(canal, articulos, !canales.has(canal))
      .catch(() => null);
    if (respuesta === null) return;
    const conocido = canales.get(canal) ?? nuevoCanal(respuesta.lista);
    canales.set(canal, conocido);
    for (const [articulo, renglon] of respuesta.renglones)
      conocido.renglones.set(articulo, renglon);
  }
}

/** @param {ListaDeReglas | null} lista */
function nuevoCanal(lista) {
  /** @type {Map<number, Renglon | null>} */
  const renglones = new Map();
  return { delCanal: new PreciosDeCanal(lista, renglones), renglones };
}

/** @param {number} milisegundos */
function plazo(milisegundos) {
  return new Promise((seguir) => setTimeout(seguir, milisegundos));
}
