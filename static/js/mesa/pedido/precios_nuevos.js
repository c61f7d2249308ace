// Prices that move under an open order: a new catalogue's, and those that an edit did not wait for.

import { avisar } from "../../pagina/avisos.js";
import { textoDeCambios } from "../../comun/textos.js";

/**
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class PreciosNuevos {
  /**
   * @param {object} partes
   * @param {Pick<Libreta, "darPorVisto" | "leer" | "repreciarTodo">} partes.libreta
   * @param {Pick<ServiciosDeMesa["preciosDeHoy"], "olvidar">} partes.preciosDeHoy
   * @param {Pick<Pantalla, "activo" | "pedido">} partes.pantalla
   * @param {Pick<Intento, "hacer">} partes.intento
   * @param {Pick<Foco, "enfocar" | "mirar">} partes.foco
   * @param {number} partes.decimales
   */
  constructor({ libreta, preciosDeHoy, pantalla, intento, foco, decimales }) {
    this.libreta = libreta;
    this.preciosDeHoy = preciosDeHoy;
    this.pantalla = pantalla;
    this.intento = intento;
    this.foco = foco;
    this.decimales = decimales;
    /** Of the catalogue that prices. */
    this.version = "";
  }

  /**
   * A catalogue is ready to price with: the first one, or another.
   * @param {string} nueva
   */
  async alCatalogoNuevo(nueva) {
    if (nueva === this.version) return;
    this.version = nueva;
    this.preciosDeHoy.olvidar();
    await this.ponerAlDia();
  }

  /** Price the open orders as of now, and say what changed. */
  async ponerAlDia() {
    /** @type {CambioDePrecio[]} */
    let cambios = [];
    await this.intento.hacer(async () => {
      cambios = await this.libreta.repreciarTodo({ anunciar: true });
    });
    this.decir(cambios);
  }

  /** Prices that an edit did not wait for. */
  async alConocer() {
    await this.intento.hacer(() => this.libreta.repreciarTodo({ anunciar: false }));
  }

  /** @param {CambioDePrecio[]} cambios */
  decir(cambios) {
    if (cambios.length === 0) return;
    const { fichas } = this.libreta.leer();
    avisar(textoDeCambios(cambios, fichas, this.decimales), { nivel: "aviso" });
  }

  hay() {
    return this.visibles().length > 0;
  }

  /** The changes noted on the order on the screen. */
  visibles() {
    return this.pantalla.pedido?.cambios ?? [];
  }

  /** They have been read. */
  async entendido() {
    const sigue = this.foco.mirar();
    await this.intento.hacer(() => this.libreta.darPorVisto(this.pantalla.activo));
    if (sigue()) this.foco.enfocar("entrada_articulo");
  }
}
