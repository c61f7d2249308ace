// A client's lines: edited in place, taken out, put back.

import { aMenor, leer, leerCantidad } from "../../comun/dinero.js";
import { cambiarCantidad, quitar, reponer } from "../../cuaderno/pedidos.js";
import { textoDeQuitada } from "../../comun/textos.js";

/**
 * @typedef {import("./edicion.js").Edicion} Edicion
 * @typedef {import("../pantalla/campos.js").Campos} Campos
 * @typedef {import("../pantalla/deshacer.js").Deshacer} Deshacer
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Lineas {
  /**
   * @param {object} partes
   * @param {Pick<Libreta, "acordar" | "deshacer" | "leer">} partes.libreta
   * @param {Pick<Pantalla, "enPantalla" | "pedido">} partes.pantalla
   * @param {Pick<Edicion, "cambiar">} partes.edicion
   * @param {Pick<Intento, "hacer">} partes.intento
   * @param {Pick<Campos, "devolver" | "rehusar">} partes.campos
   * @param {Pick<Deshacer, "ofrecer">} partes.deshacer
   * @param {Pick<Foco, "enfocarLinea" | "mirar">} partes.foco
   * @param {number} partes.decimales
   */
  constructor({ libreta, pantalla, edicion, intento, campos, deshacer, foco, decimales }) {
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.edicion = edicion;
    this.intento = intento;
    this.campos = campos;
    this.deshacer = deshacer;
    this.foco = foco;
    this.decimales = decimales;
  }

  visibles() {
    return this.pantalla.pedido?.lineas ?? [];
  }

  /**
   * @param {LineaALaVista} linea
   * @param {Campo} campo
   */
  async editarCantidad(linea, campo) {
    const escrito = campo.value;
    const cantidad = leerCantidad(escrito);
    if (cantidad === null) return this.campos.rehusar(campo, linea.cantidad, "cantidad");
    const { decimales } = this;
    const hecho = await this.edicion.cambiar((orders, cliente) =>
      cambiarCantidad(orders, cliente, linea.id, cantidad, decimales),
    );
    this.campos.devolver(campo, escrito, linea.cantidad);
    return hecho;
  }

  /**
   * A price by hand is agreed; emptied, the line follows the system's again.
   * @param {LineaALaVista} linea
   * @param {Campo} campo
   */
  async editarPrecio(linea, campo) {
    const { decimales } = this;
    const escrito = campo.value;
    const vacio = escrito.trim() === "" && linea.precioSistema !== null;
    const precio = vacio ? aMenor(linea.precioSistema, decimales) : leer(escrito, decimales);
    if (precio === null) {
      const codigo = decimales ? "precio_decimal" : "precio";
      return this.campos.rehusar(campo, linea.precio, codigo);
    }
    const { cliente, id } = this.pantalla.enPantalla;
    const hecho = await this.intento.hacer(() =>
      this.libreta.acordar(cliente, linea.id, precio, id),
    );
    this.campos.devolver(campo, escrito, linea.precio);
    return hecho;
  }

  /**
   * @param {LineaALaVista} linea
   * @param {{enfocar?: boolean}} [opciones]
   */
  async quitar(linea, { enfocar = true } = {}) {
    const { libreta } = this;
    const { cliente, id } = this.pantalla.enPantalla;
    const { fichas } = libreta.leer();
    const sigue = this.foco.mirar();
    /** @type {{linea: Linea | null, lugar: number}} */
    let fuera = { linea: null, lugar: -1 };
    const hecho = await this.edicion.cambiar((orders) => {
      const sacada = quitar(orders, cliente, linea.id);
      fuera = sacada;
      return sacada.orders;
    });
    if (!hecho) return;
    const { linea: quitada, lugar } = fuera;
    if (!quitada) return; // somebody was quicker
    if (enfocar && sigue()) this.foco.enfocarLinea(lugar, "cantidad");
    /** @param {Orders} orders */
    const volver = (orders) => reponer(orders, cliente, quitada, lugar, id);
    const deshacer = () => libreta.deshacer(cliente, volver, fichas);
    this.deshacer.ofrecer(textoDeQuitada(linea.descripcion), deshacer, cliente);
  }
}
