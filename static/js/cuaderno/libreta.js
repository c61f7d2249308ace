// The desk's notebook: what is open, locked, rejected and saved today, always as storage has it.
// Every change reads, changes and writes alone, so that two tabs never lose each other's work.

import { leerOrders } from "../comun/almacen.js";
import { VACIAS, conArticulo, enUso, sonFichas, sonGuardados, sonRechazos } from "./fichas.js";
import {
  PedidoInvalido,
  abrir,
  cambiarPrecio,
  cerrar,
  comoNuevo,
  enPares,
  esEse,
  lineasDe,
  reparar,
  seMuestra,
  totales,
} from "./pedidos.js";
import { acordar, darPorVisto, repreciar } from "./reprecio.js";
import { bloqueados, pendientes } from "./lotes.js";
import { plano } from "../comun/dinero.js";

/**
 * @typedef {import("../comun/almacen.js").Almacen} Almacen
 * @typedef {(orders: Orders) => Orders} Cambio
 * @typedef {(fichas: Fichas, antes: Orders) => Fichas} CambioDeFichas
 */

/** @type {{fecha: string, filas: FilaGuardada[]}} */
const SIN_GUARDADOS = { fecha: "", filas: [] };

/**
 * The open orders, and the names of what they hold.
 * @param {Almacen} almacen
 * @returns {Cuaderno}
 */
export function leerPedidos(almacen) {
  return {
    orders: leerOrders(almacen),
    fichas: almacen.leer("fichas", VACIAS, sonFichas),
  };
}

export class Libreta {
  /**
   * @param {Almacen} almacen
   * @param {object} opciones
   * @param {number} opciones.decimales
   * @param {() => string} opciones.hoy
   * @param {() => string} opciones.nuevoId
   * @param {import("../motor/precios_de_canal.js").PreciosDeLaPagina | null} [opciones.preciosDeHoy] prices what is edited
   * @param {() => string} [opciones.version] of the catalogue it does so with
   */
  constructor(almacen, { decimales, hoy, nuevoId, preciosDeHoy = null, version = () => "" }) {
    this.almacen = almacen;
    this.decimales = decimales;
    this.hoy = hoy;
    this.nuevoId = nuevoId;
    this.preciosDeHoy = preciosDeHoy;
    this.version = version;
  }

  /** @returns {EstadoDeMesa} */
  leer() {
    return {
      ...leerPedidos(this.almacen),
      rechazos: this.rechazos(),
      bloqueados: bloqueados(pendientes(this.almacen)),
    };
  }

  rechazos() {
    return this.almacen.leer("rechazos", /** @type {Record<string, Rechazo>} */ ({}), sonRechazos);
  }

  /** What was saved today, newest last. */
  guardados() {
    const hojas = this.almacen.leer("guardados", SIN_GUARDADOS, sonGuardados);
    return hojas.fecha === this.hoy() ? hojas.filas : [];
  }

  /**
   * Open a client, keeping what the picker said of it.
   * @param {string} cliente
   * @param {DatosCliente} ficha
   */
  abrir(cliente, ficha) {
    const id = this.nuevoId();
    return this.cambiar(
      null,
      (orders) => abrir(orders, cliente, id),
      (fichas) => {
        const abierto_en = fichas.clientes[cliente]?.abierto_en ?? Date.now();
        return { ...fichas, clientes: { ...fichas.clientes, [cliente]: { ...ficha, abierto_en } } };
      },
    );
  }

  /**
   * Change a client's order; `nuevas`: what is known of the articles it adds; `id`: the order's on
   * the screen, or whichever is open.
   * @param {string} cliente
   * @param {Cambio} cambio
   * @param {readonly ArticuloNuevo[]} [nuevas]
   * @param {string | null} [id]
   */
  editar(cliente, cambio, nuevas = [], id = undefined) {
    /** @type {CambioDeFichas} */
    const conNuevas = (fichas, orders) => {
      const estan = new Set(lineasDe(orders[cliente]).map(({ articulo_id }) => articulo_id));
      return nuevas.reduce((todas, ficha) => conArticulo(todas, cliente, ficha, estan), fichas);
    };
    return this.cambiar(cliente, this.siEsEse(cliente, id, cambio), conNuevas);
  }

  /**
   * What was typed for one order is never put in another: it may have been sent or discarded in
   * another tab meanwhile, and the client's next one opened. One that cannot be shown is mended or
   * discarded, not edited blindly.
   * @param {string} cliente
   * @param {string | null | undefined} id
   * @param {Cambio} cambio
   * @returns {Cambio}
   */
  siEsEse(cliente, id, cambio) {
    return (orders) => {
      if (!esEse(orders, cliente, id)) throw new PedidoInvalido("ya_no_esta");
      if (!this.seMuestra(orders[cliente])) throw new PedidoInvalido("ilegible");
      return cambio(orders);
    };
  }

  /**
   * A change for the order of this id alone, or for whichever is there when none is named: of what
   * may also be done to an order that cannot be shown, or that is not there.
   * @param {string} cliente
   * @param {string | null | undefined} id
   * @param {Cambio} cambio
   * @returns {Cambio}
   */
  siNoEsOtro(cliente, id, cambio) {
    return (orders) => {
      if (id !== undefined && !esEse(orders, cliente, id)) throw new PedidoInvalido("ya_no_esta");
      return cambio(orders);
    };
  }

  /**
   * Undo: `cambio`, with the names that were known before (`fichas`) and may be forgotten by now.
   * @param {string} cliente
   * @param {Cambio} cambio
   * @param {Fichas} fichas
   */
  deshacer(cliente, cambio, fichas) {
    return this.cambiar(cliente, cambio, (ahora) => ({
      clientes: {
        ...ahora.clientes,
        [cliente]: ahora.clientes[cliente] ?? fichas.clientes[cliente],
      },
      articulos: { ...fichas.articulos, ...ahora.articulos },
      precios: {
        ...ahora.precios,
        [cliente]: { ...fichas.precios[cliente], ...ahora.precios[cliente] },
      },
    }));
  }

  /**
   * Set a line's price by hand (minor units); the system's own makes it follow the system.
   * @param {string} cliente
   * @param {number} articulo
   * @param {Minimos} precio
   * @param {string | null} [id]
   */
  acordar(cliente, articulo, precio, id) {
    const { decimales } = this;
    return this.cambiar(
      cliente,
      this.siEsEse(cliente, id, (orders) =>
        cambiarPrecio(orders, cliente, articulo, precio, decimales),
      ),
      (fichas, antes) => acordar(fichas, antes, cliente, articulo, plano(precio, decimales)),
    );
  }

  /**
   * What the new catalogue changed in this order has been read.
   * @param {string} cliente
   */
  darPorVisto(cliente) {
    return this.cambiar(
      null,
      (orders) => orders,
      (fichas) => darPorVisto(fichas, cliente),
    );
  }

  /**
   * Price every order that can be edited; what changed.
   * @param {{anunciar: boolean}} opciones
   * @returns {Promise<(CambioDePrecio & {cliente: string})[]>}
   */
  repreciarTodo({ anunciar }) {
    return this.almacen.exclusiva("mesa", async () => {
      const antes = leerPedidos(this.almacen);
      const ocupados = bloqueados(pendientes(this.almacen));
      await this.conocerTodo(antes);
      let ahora = antes;
      /** @type {(CambioDePrecio & {cliente: string})[]} */
      const cambios = [];
      const libres = Object.keys(antes.orders).filter(
        (id) => !ocupados.has(id) && this.seMuestra(antes.orders[id]),
      );
      for (const cliente of libres) {
        const hecho = await this.aPrecioDeHoy(ahora, cliente, { anunciar }).catch(soloInvalido);
        if (!hecho) continue;
        ahora = hecho;
        cambios.push(...hecho.cambios.map((cambio) => ({ cliente, ...cambio })));
      }
      this.guardar(antes, ahora);
      return cambios;
    });
  }

  /**
   * Close a client; its order, to be able to bring it back.
   * @param {string} cliente
   * @param {string | null} [id]
   * @returns {Promise<Pedido | null>}
   */
  async descartar(cliente, id) {
    /** @type {Pedido | null} */
    let valor = null;
    /** @type {Cambio} */
    const sacar = (orders) => {
      valor = orders[cliente] ?? null;
      return cerrar(orders, cliente);
    };
    await this.cambiar(cliente, this.siNoEsOtro(cliente, id, sacar));
    await this.almacen.exclusiva("mesa", () => this.olvidarRechazo(cliente));
    return valor;
  }

  /**
   * The order goes to the server as another one: what is stored under its id stays as it is.
   * @param {string} cliente
   * @param {string | null} [id]
   */
  async enviarComoNuevo(cliente, id) {
    const nuevo = this.nuevoId();
    /** @type {Cambio} */
    const renombrar = (orders) => comoNuevo(orders, cliente, nuevo);
    await this.cambiar(cliente, this.siNoEsOtro(cliente, id, renombrar));
    await this.almacen.exclusiva("mesa", () => this.olvidarRechazo(cliente));
  }

  /**
   * Make an order that cannot be shown one that can; how many lines that cost.
   * @param {string} cliente
   * @param {string | null} [id]
   */
  async reparar(cliente, id) {
    let fuera = 0;
    const opciones = { id: this.nuevoId(), decimales: this.decimales };
    /** @type {Cambio} */
    const mejorar = (orders) => {
      if (!Object.hasOwn(orders, cliente) || this.seMuestra(orders[cliente])) return orders;
      const hecho = reparar(orders, cliente, opciones);
      fuera = hecho.fuera;
      return hecho.orders;
    };
    await this.cambiar(cliente, this.siNoEsOtro(cliente, id, mejorar));
    return fuera;
  }

  /**
   * @param {unknown} valor
   * @returns {valor is Pedido}
   */
  seMuestra(valor) {
    return seMuestra(valor, this.decimales);
  }

  /**
   * @param {string | null} cliente whose order has to be free; null: nobody's in particular
   * @param {Cambio} cambio
   * @param {CambioDeFichas | null} [cambioDeFichas]
   */
  cambiar(cliente, cambio, cambioDeFichas = null) {
    return this.almacen.exclusiva("mesa", async () => {
      if (cliente !== null && bloqueados(pendientes(this.almacen)).has(cliente)) {
        throw new PedidoInvalido("bloqueado");
      }
      const antes = leerPedidos(this.almacen);
      const orders = cambio(antes.orders);
      const fichas = cambioDeFichas ? cambioDeFichas(antes.fichas, antes.orders) : antes.fichas;
      this.guardar(antes, await this.aPrecioDeHoy({ orders, fichas }, cliente));
    });
  }

  /**
   * First the names, then the order that uses them.
   * @param {Cuaderno} antes
   * @param {Cuaderno} ahora
   */
  guardar(antes, { orders, fichas }) {
    if (fichas !== antes.fichas) this.almacen.guardar("fichas", fichas);
    if (orders !== antes.orders) this.almacen.guardar("orders", orders);
  }

  /**
   * A client's order priced as its canal's prices say now; as it is while they are not known.
   * @param {Cuaderno} cuaderno
   * @param {string | null} cliente
   * @param {{anunciar?: boolean}} [opciones]
   * @returns {Promise<Cuaderno & {cambios: CambioDePrecio[]}>}
   */
  async aPrecioDeHoy({ orders, fichas }, cliente, { anunciar = false } = {}) {
    const igual = { orders, fichas, cambios: [] };
    const valor = cliente === null ? null : orders[cliente];
    if (this.preciosDeHoy === null || cliente === null || !this.seMuestra(valor)) return igual;
    const lineas = enPares(valor);
    if (lineas.length === 0) return igual;
    const precios = await this.preciosDeHoy.cotizar(fichas.clientes[cliente]?.canal, lineas);
    if (precios === null) return igual;
    const opciones = { decimales: this.decimales, version: this.version(), anunciar };
    return repreciar({ orders, fichas }, cliente, precios, opciones);
  }

  /**
   * One question for each canal, instead of one for each order.
   * @param {Cuaderno} cuaderno
   */
  async conocerTodo({ orders, fichas }) {
    /** @type {Map<string | undefined, Set<number>>} */
    const porCanal = new Map();
    for (const cliente of Object.keys(orders).filter((id) => this.seMuestra(orders[id]))) {
      const canal = fichas.clientes[cliente]?.canal;
      const suyos = lineasDe(orders[cliente]).map(({ articulo_id }) => articulo_id);
      porCanal.set(canal, new Set([...(porCanal.get(canal) ?? []), ...suyos]));
    }
    for (const [canal, articulos] of porCanal)
      await this.preciosDeHoy?.conocer(canal, [...articulos]);
  }

  /** @param {string} cliente */
  olvidarRechazo(cliente) {
    const { [cliente]: _fuera, ...resto } = this.rechazos();
    this.almacen.guardar("rechazos", resto);
  }

  /**
   * Add a receipt's saved orders to today's, and drop the names nobody uses any more.
   * @param {{guardados: readonly PedidoGuardado[], lote: {lote: string}}} recibo
   */
  anotarGuardados(recibo) {
    return this.almacen.exclusiva("mesa", () => {
      const { orders, fichas } = leerPedidos(this.almacen);
      const previas = this.guardados();
      const filas = recibo.guardados
        .filter((g) => !previas.some(({ numero }) => numero === g.numero))
        .map((g) => this.filaGuardada(g, fichas, recibo.lote.lote));
      this.almacen.guardar("guardados", { fecha: this.hoy(), filas: [...previas, ...filas] });
      this.almacen.guardar("fichas", enUso(fichas, orders));
    });
  }

  /**
   * @param {PedidoGuardado} guardado
   * @param {Fichas} fichas
   * @param {string} lote
   * @returns {FilaGuardada}
   */
  filaGuardada({ cliente, numero, avisos, lineas }, fichas, lote) {
    const { abierto_en: _no, ...ficha } = fichas.clientes[cliente] ?? {
      nombre: `Cliente ${cliente}`,
    };
    const total = this.seMuestra(lineas) ? String(totales(lineas, this.decimales).total) : "0";
    return { cliente, ficha, numero, avisos, lote, lineas: lineas.length, total };
  }
}

/**
 * An order that the new prices would make impossible stays as it is.
 * @param {unknown} error
 * @returns {null}
 */
function soloInvalido(error) {
  if (!(error instanceof PedidoInvalido)) throw error;
  return null;
}
