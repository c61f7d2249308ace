// A client's lines: edited in place, taken out, put back.

import { leerCantidad } from "../../lectura/cifras.js";
import { MONEDAS, aMenor } from "../../comun/dinero.js";
import { leerImporte } from "../../lectura/importes.js";
import { fraseDeCifra } from "../../lectura/frases_de_cifra.js";
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
   * @param {CodigoMoneda} partes.moneda
   */
  constructor({ libreta, pantalla, edicion, intento, campos, deshacer, foco, moneda }) {
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.edicion = edicion;
    this.intento = intento;
    this.campos = campos;
    this.deshacer = deshacer;
    this.foco = foco;
    this.moneda = moneda;
    this.decimales = MONEDAS[moneda].decimales;
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
    const leida = leerCantidad(escrito);
    if (leida.vale === null) {
      const motivo = fraseDeCifra(escrito, leida, 0, "cantidad");
      return this.campos.rehusar(campo, linea.cantidad, motivo);
    }
    const { decimales } = this;
    const cantidad = leida.vale;
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
    const escrito = campo.value;
    const leido = this.leerPrecio(linea, escrito);
    if (leido.vale === null) {
      const motivo = fraseDeCifra(escrito, leido, this.decimales, "precio_maximo");
      return this.campos.rehusar(campo, linea.precio, motivo);
    }
    const precio = leido.vale;
    const { cliente, id } = this.pantalla.enPantalla;
    const hecho = await this.intento.hacer(() =>
      this.libreta.acordar(cliente, linea.id, precio, id),
    );
    this.campos.devolver(campo, escrito, linea.precio);
    return hecho;
  }

  /**
   * What the price's field says; emptied, the system's.
   * @param {LineaALaVista} linea
   * @param {string} escrito
   */
  leerPrecio(linea, escrito) {
    const leido = leerImporte(escrito, this.moneda);
    const sistema = leido.motivo === "vacio" ? aMenor(linea.precioSistema, this.decimales) : null;
    return sistema === null ? leido : { vale: sistema };
  }

  /**
   * @param {LineaALaVista} linea
   * @param {{enfocar?: boolean, detail?: number}} [opciones] `detail` of the click: a double one is
   *   one, and falls on the line that has come up
   */
  async quitar(linea, { enfocar = true, detail = 0 } = {}) {
    if (detail > 1) return;
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
