// What an order pays: the engine over the list in force for the client's canal; what that list
// lacks, from Precios as it is. In the Worker over the whole catalogue; in the page over the
// articles of the open orders, so that an edit is priced at once.

import { MICROS, Reglamento, aMicros, armarCarrito, precioDe } from "./motor.js";

// An edit does not wait longer for a Worker that is busy with a new catalogue.
const ESPERA = 200;
// Prices remembered of one list; then it starts again.
const RECUERDOS = 20_000;
const SIN_REGLAS = { decimales: 0, reglas: [] };

/** A canal's prices. `fichas.get(id)`: a ficha, null without price, undefined when not known. */
class Tarifa {
  constructor(lista, fichas) {
    this.reglamento = new Reglamento(lista ?? SIN_REGLAS);
    this.fichas = fichas;
    this.casos = new Map();
    this.planes = new Map();
  }

  /** The price of each article of an order; null when one of them is not known yet. */
  cotizar(lineas) {
    if (lineas.some(([articulo]) => this.fichas.get(articulo) === undefined)) return null;
    const carrito = this.carrito(lineas);
    const conPrecio = [...carrito.unidades.keys()].filter((articulo) => this.fichas.get(articulo));
    return new Map(conPrecio.map((articulo) => [articulo, this.precio(articulo, carrito)]));
  }

  carrito(lineas) {
    return armarCarrito(this.fichas, lineas);
  }

  /** An article's price in a cart; of Precios, whatever the cart. */
  precio(articulo, carrito) {
    const ficha = this.fichas.get(articulo);
    if (!ficha.suelta) return this.recordado(ficha, carrito);
    const { base } = ficha;
    return { articulo, base, final: base, aplicadas: [], autorizado: false, ajustado: false };
  }

  // Carts that reach the same steps of an article's rules have the same price: it is asked once.
  recordado(ficha, carrito) {
    const caso = `${ficha.articulo}:${this.pasos(ficha, carrito)}`;
    if (!this.casos.has(caso)) {
      if (this.casos.size >= RECUERDOS) this.casos.clear();
      this.casos.set(caso, precioDe(this.reglamento, ficha, carrito));
    }
    return this.casos.get(caso);
  }

  pasos(ficha, { unidades, monto }) {
    if (!this.planes.has(ficha.articulo))
      this.planes.set(ficha.articulo, planear(this.reglamento.candidatas(ficha)));
    const { cantidades, montos, combos } = this.planes.get(ficha.articulo);
    const completos = combos.map((combo) =>
      Number(combo.every((m) => m === ficha.articulo || unidades.has(m))),
    );
    const alcanzadas = hasta(cantidades, unidades.get(ficha.articulo) * MICROS);
    return `${alcanzadas}:${hasta(montos, monto)}:${completos.join("")}`;
  }
}

// What an article's rules look at: quantities, amounts and combinations, each once and in order.
function planear(reglas) {
  const combos = reglas.filter(({ combo }) => combo).map(({ combo }) => combo);
  const umbrales = (siMonto) =>
    reglas
      .filter(({ combo, porMonto }) => !combo && porMonto === siMonto)
      .map(({ umbral }) => umbral);
  const ordenados = (siMonto) =>
    [...new Set(umbrales(siMonto))].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return { cantidades: ordenados(false), montos: ordenados(true), combos };
}

// How many of these thresholds a measure reaches.
function hasta(umbrales, medido) {
  let [desde, fin] = [0, umbrales.length];
  while (desde < fin) {
    const medio = (desde + fin) >> 1;
    if (umbrales[medio] <= medido) desde = medio + 1;
    else fin = medio;
  }
  return desde;
}

/** The first quantity that makes an article cheaper than one alone: {cantidad, final}, or null. */
export function masBaratoDesde(tarifa, articulo) {
  const ficha = tarifa.fichas.get(articulo);
  if (ficha.suelta) return null;
  const solo = (cantidad) => tarifa.precio(articulo, tarifa.carrito([[articulo, cantidad]])).final;
  const porCantidad = tarifa.reglamento
    .candidatas(ficha)
    .filter(({ combo, porMonto }) => !combo && !porMonto);
  const escalones = porCantidad.map(({ umbral }) => Number((umbral + MICROS - 1n) / MICROS));
  const uno = solo(1);
  for (const cantidad of [...new Set(escalones)].filter((n) => n > 1).sort((a, b) => a - b)) {
    const final = solo(cantidad);
    if (final < uno) return { cantidad, final };
  }
  return null;
}

/** The Worker's: a canal of the catalogue, its fichas made as they are asked for. */
export class Mercado extends Tarifa {
  constructor({ articulos, precios, reglas }, canal) {
    const { lista: id = null, fuera = [] } = reglas.canales?.[canal] ?? {};
    const lista = reglas.listas?.[id] ?? null;
    const hechas = new Map();
    super(lista, {
      get: (articulo) => {
        if (!hechas.has(articulo)) hechas.set(articulo, this.crear(articulo));
        return hechas.get(articulo);
      },
    });
    Object.assign(this, { lista, articulos, precios: precios[canal] ?? {}, fuera: new Set(fuera) });
  }

  crear(articulo) {
    const base = aMicros(this.precios[articulo] ?? "");
    if (base === null) return null;
    const { grupo = null, linea = null } = this.articulos[articulo] ?? {};
    const suelta = this.lista === null || this.fuera.has(articulo);
    const piso = aMicros(this.lista?.pisos?.[articulo] ?? "");
    return { articulo, base: suelta ? this.entera(base) : base, piso, grupo, linea, suelta };
  }

  // A price of Precios counts in an order as it is sold: in whole units of the currency.
  entera(base) {
    const { unidad } = this.reglamento;
    return this.lista === null ? base : ((2n * base + unidad) / (2n * unidad)) * unidad;
  }
}

/** The page's: what it knows of each canal, asked of the Worker article by article. */
export class Tarifas {
  /** `alLlegar`: an answer that an edit did not wait for is here. */
  constructor({ catalogo, alLlegar = () => {} }) {
    Object.assign(this, { catalogo, alLlegar, canales: new Map() });
  }

  /** A new catalogue: nothing known of the old one counts. */
  olvidar() {
    this.canales = new Map();
  }

  /** The prices of an order's [article, quantity] lines; null while they cannot be told. */
  async cotizar(canal, lineas) {
    await this.conocer(
      canal,
      lineas.map(([articulo]) => articulo),
    );
    return this.mirar(canal, lineas);
  }

  /** The same, of what is known already. */
  mirar(canal, lineas) {
    return this.canales.get(canal)?.cotizar(lineas) ?? null;
  }

  /** Ask for what is not known of these articles, and wait a little for it. */
  async conocer(canal, articulos) {
    const fichas = this.canales.get(canal)?.fichas;
    const faltan = fichas ? articulos.filter((articulo) => !fichas.has(articulo)) : articulos;
    if (!canal || faltan.length === 0 || !this.catalogo.estado.listo) return;
    let tarde = false;
    const llegada = this.traer(canal, faltan).then(() => tarde && this.alLlegar());
    await Promise.race([llegada, plazo(ESPERA)]);
    tarde = true;
  }

  async traer(canal, articulos) {
    const { canales } = this;
    const respuesta = await this.catalogo
      .tarifa(canal, articulos, !canales.has(canal))
      .catch(() => null);
    if (respuesta === null) return;
    if (!canales.has(canal)) canales.set(canal, new Tarifa(respuesta.lista, new Map()));
    for (const [articulo, ficha] of respuesta.fichas)
      canales.get(canal).fichas.set(articulo, ficha);
  }
}

function plazo(milisegundos) {
  return new Promise((seguir) => setTimeout(seguir, milisegundos));
}
