// Changing the order on the screen, and no other one of its client.

import { observar } from "../../cuaderno/pedidos.js";

/**
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Edicion {
  /**
   * @param {object} partes
   * @param {Pick<Libreta, "editar">} partes.libreta
   * @param {Pick<Pantalla, "enPantalla">} partes.pantalla
   * @param {Pick<Intento, "hacer">} partes.intento
   */
  constructor({ libreta, pantalla, intento }) {
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.intento = intento;
  }

  /**
   * Whether it could be done, to the order on the screen or to the one that is named.
   * @param {(orders: Orders, cliente: string) => Orders} cambio
   * @param {readonly ArticuloNuevo[]} [nuevas] what is known of the articles it adds
   * @param {Pantalla["enPantalla"]} [cual]
   */
  cambiar(cambio, nuevas = [], { cliente, id } = this.pantalla.enPantalla) {
    return this.intento.hacer(() =>
      this.libreta.editar(cliente, (orders) => cambio(orders, cliente), nuevas, id),
    );
  }

  /** @param {Campo | HTMLTextAreaElement} campo the remark's */
  observar(campo) {
    // Now: by its turn the field may show another order's.
    const observacion = campo.value.trim();
    return this.cambiar((orders, cliente) => observar(orders, cliente, observacion));
  }
}
