// What is on the screen of what the notebook keeps: the clients, one order, the day's sum.

import { enPares, seMuestra } from "../../cuaderno/pedidos.js";
import { conservar, vistaClientes, vistaPedido, vistaResumen } from "../vista.js";

/** @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea */

export class Pantalla {
  /**
   * @param {object} partes
   * @param {VistaDePantalla} partes.vista
   * @param {Pick<Parametros, "decimales" | "moneda">} partes.parametros
   * @param {Pick<ServiciosDeMesa["almacen"], "clave">} partes.almacen
   * @param {Pick<Libreta, "leer" | "guardados">} partes.libreta
   * @param {Pick<ServiciosDeMesa["preciosDeHoy"], "mirar">} partes.preciosDeHoy
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   */
  constructor({ vista, parametros, almacen, libreta, preciosDeHoy, enLinea }) {
    this.vista = vista;
    this.parametros = parametros;
    this.almacen = almacen;
    this.libreta = libreta;
    this.preciosDeHoy = preciosDeHoy;
    this.enLinea = enLinea;
    /** @type {((estado: EstadoDeMesa) => void)[]} */
    this.oyentes = [];
    /** @type {{cliente: string, listo: Promise<unknown>} | null} while a client's order opens */
    this.abriendo = null;
  }

  /**
   * A client's order opens, and will be on the screen: what is read meanwhile is for that one.
   * @param {string} cliente
   * @param {Promise<unknown>} listo
   */
  async abrirse(cliente, listo) {
    const abriendo = { cliente, listo };
    this.abriendo = abriendo;
    await listo.finally(() => {
      if (this.abriendo === abriendo) this.abriendo = null;
    });
  }

  /** The client whose order is on the screen; "" when none is. */
  get activo() {
    return this.vista.activo;
  }

  get pedido() {
    return this.vista.pedido;
  }

  get clientes() {
    return this.vista.clientes;
  }

  get resumen() {
    return this.vista.resumen;
  }

  /** Orders on their way. */
  get enviando() {
    return this.vista.enviando;
  }

  /** The order that what is typed belongs to: its client, and its id as the screen shows it. */
  get enPantalla() {
    return { cliente: this.vista.activo, id: this.vista.pedido?.uuid ?? null };
  }

  /**
   * Whether it is this order that is on the screen.
   * @param {Pantalla["enPantalla"]} cual
   */
  esta({ cliente, id }) {
    const { enPantalla } = this;
    return cliente === enPantalla.cliente && id === enPantalla.id;
  }

  /**
   * Hear of what is kept each time it is shown.
   * @param {(estado: EstadoDeMesa) => void} oyente
   */
  seguir(oyente) {
    this.oyentes.push(oyente);
  }

  /** The first look: the order of before the reload, or the last one opened. */
  abrir() {
    this.vista.activo = sessionStorage.getItem(this.almacen.clave("activo")) ?? "";
    this.refrescar();
    this.mostrarUltimo();
  }

  /**
   * To this client's order.
   * @param {string} cliente
   */
  ir(cliente) {
    this.vista.activo = cliente;
    sessionStorage.setItem(this.almacen.clave("activo"), cliente);
    this.refrescar();
  }

  /** The last order opened, when none is on the screen. */
  mostrarUltimo() {
    if (this.vista.pedido) return;
    this.ocupar(this.vista.clientes.at(-1)?.id ?? "");
    this.refrescar();
  }

  /**
   * This client's order, from the next look on, when none is on the screen.
   * @param {string} cliente
   */
  ocupar(cliente) {
    if (!this.vista.pedido) this.vista.activo = cliente;
  }

  /** Bring the screen to what storage says; never to another client's order by itself. */
  refrescar() {
    const { vista, parametros } = this;
    const { decimales } = parametros;
    const estado = this.libreta.leer();
    const clientes = vistaClientes(estado, decimales, this.enLinea.hay);
    vista.clientes = conservar(vista.clientes, clientes);
    if (!Object.hasOwn(estado.orders, vista.activo)) vista.activo = "";
    vista.pedido = vista.activo
      ? this.mismoPedido(vistaPedido(estado, vista.activo, decimales, this.precios(estado)))
      : null;
    const guardados = this.libreta.guardados().map((g) => ({ ...g, id: g.numero }));
    vista.guardados = conservar(vista.guardados, guardados);
    vista.enviando = estado.bloqueados.size;
    vista.resumen = vistaResumen(estado, vista.guardados, parametros);
    for (const oyente of this.oyentes) oyente(estado);
  }

  /**
   * What the engine says of the order on the screen; null while it cannot.
   * @param {Cuaderno} estado
   */
  precios({ orders, fichas }) {
    const { activo } = this.vista;
    if (!seMuestra(orders[activo], this.parametros.decimales)) return null;
    return this.preciosDeHoy.mirar(fichas.clientes[activo]?.canal, enPares(orders[activo]));
  }

  /**
   * The order on the screen brought to `nuevo`, touching only what changed.
   * @param {VistaDePedido} nuevo
   */
  mismoPedido(nuevo) {
    const { pedido } = this.vista;
    if (pedido?.id !== nuevo.id) return nuevo;
    const lineas = conservar(pedido.lineas, nuevo.lineas);
    const cambios = conservar(pedido.cambios, nuevo.cambios);
    return Object.assign(pedido, nuevo, { lineas, cambios });
  }

  /**
   * The order being edited, or another client's, as the engine looks at it.
   * @param {string} [cliente]
   */
  pares(cliente = this.vista.activo) {
    const orden = this.libreta.leer().orders[cliente];
    return seMuestra(orden, this.parametros.decimales) ? enPares(orden) : [];
  }
}
