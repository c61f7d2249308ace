// A client's last order, as the server has it, and repeating it.

import { avisar } from "../../pagina/avisos.js";
import { aMenor, cabeLaCantidad } from "../../comun/dinero.js";
import { alrededor, porId, todos } from "../../comun/dom.js";
import { articuloDe } from "../opciones.js";
import { agregar } from "../../cuaderno/pedidos.js";
import { textoSinPrecioHoy } from "../../comun/textos.js";

/**
 * @typedef {import("./alta.js").Alta} Alta
 * @typedef {import("./edicion.js").Edicion} Edicion
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea
 */

/** @type {Pantalla["enPantalla"]} */
const NINGUNO = { cliente: "", id: null };

export class UltimoPedido {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["red"], "fragmento">} partes.red
   * @param {Pick<Pantalla, "enPantalla" | "esta" | "pedido" | "seguir">} partes.pantalla
   * @param {Pick<Edicion, "cambiar">} partes.edicion
   * @param {Pick<Alta, "lineaDe">} partes.alta
   * @param {Pick<Foco, "enfocar" | "mirar">} partes.foco
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   * @param {Pick<Parametros, "decimales" | "sucursal"> & {urls: Pick<Direcciones, "ultimo">}} partes.parametros
   */
  constructor({ red, pantalla, edicion, alta, foco, enLinea, parametros }) {
    this.red = red;
    this.pantalla = pantalla;
    this.edicion = edicion;
    this.alta = alta;
    this.foco = foco;
    this.enLinea = enLinea;
    this.parametros = parametros;
    /** The order that it is shown with, which it would be repeated in. */
    this.con = NINGUNO;
    pantalla.seguir(() => this.mirar());
  }

  /** The order on the screen is another, however it came there: so is its client's last one. */
  mirar() {
    if (!this.pantalla.esta(this.con)) void this.pedir();
  }

  /** Ask the server for it; without a connection there is none to show. */
  async pedir() {
    porId("ultimo_pedido", HTMLElement).replaceChildren();
    const con = this.enLinea.hay && this.pantalla.pedido ? this.pantalla.enPantalla : NINGUNO;
    this.con = con;
    if (con === NINGUNO) return;
    const { urls, sucursal } = this.parametros;
    const url = `${urls.ultimo}?cliente=${con.cliente}&sucursal=${sucursal}`;
    const pagina = await this.red.fragmento(url);
    const llegado = pagina?.getElementById("ultimo_pedido");
    if (llegado && this.pantalla.esta(con))
      porId("ultimo_pedido", HTMLElement).replaceWith(llegado);
  }

  /** @param {UIEvent} evento a click somewhere in it */
  async repetir(evento) {
    // A double click is one: each time adds to the quantities.
    if (!alrededor(evento, "[data-repetir]") || evento.detail > 1) return;
    const { decimales } = this.parametros;
    const filas = todos(document, "#ultimo_pedido [data-cantidad]", HTMLElement);
    const buenas = filas.flatMap(({ dataset }) => {
      const datos = articuloDe(dataset);
      const precio = aMenor(datos.precio, decimales);
      const cantidad = Number(dataset.cantidad);
      const vale = precio !== null && cabeLaCantidad(cantidad);
      return vale ? [this.alta.lineaDe(datos, cantidad, precio)] : [];
    });
    const sigue = this.foco.mirar();
    await this.edicion.cambiar(
      (orders, cliente) =>
        buenas.reduce((todos, { linea }) => agregar(todos, cliente, linea, decimales), orders),
      buenas.map(({ ficha }) => ficha),
      this.con,
    );
    const fuera = filas.length - buenas.length;
    if (fuera) avisar(textoSinPrecioHoy(fuera), { nivel: "aviso" });
    if (sigue()) this.foco.enfocar("entrada_articulo");
  }
}
