// An order that needs somebody: mended, taken away, exported, or sent as another one.

import { exportar } from "../../cuaderno/archivo.js";
import { avisar } from "../../pagina/avisos.js";
import { esEse, lineasDe, seMuestra } from "../../cuaderno/pedidos.js";
import { frase } from "../../comun/frases.js";
import { textoDeDescartado, textoDeReparado } from "../../comun/textos.js";

/**
 * @typedef {import("../pantalla/deshacer.js").Deshacer} Deshacer
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Arreglo {
  /**
   * @param {object} partes
   * @param {ServiciosDeMesa["almacen"]} partes.almacen
   * @param {Pick<Libreta, "descartar" | "deshacer" | "enviarComoNuevo" | "leer" | "reparar">} partes.libreta
   * @param {Pick<Pantalla, "activo" | "enPantalla" | "mostrarUltimo" | "ocupar" | "pedido">} partes.pantalla
   * @param {Pick<Intento, "hacer">} partes.intento
   * @param {Pick<Deshacer, "ofrecer">} partes.deshacer
   * @param {Pick<Foco, "enfocar" | "mirar">} partes.foco
   * @param {Parametros} partes.parametros
   */
  constructor({ almacen, libreta, pantalla, intento, deshacer, foco, parametros }) {
    this.almacen = almacen;
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.intento = intento;
    this.deshacer = deshacer;
    this.foco = foco;
    this.parametros = parametros;
  }

  /** @param {UIEvent} evento */
  async descartar({ detail }) {
    // A double click is one: the next order takes this one's place under it.
    if (detail > 1) return;
    const { libreta, pantalla } = this;
    if (!pantalla.pedido) return;
    const { id, uuid, nombre } = pantalla.pedido;
    const { fichas } = libreta.leer();
    const sigue = this.foco.mirar();
    /** @type {Pedido | null} */
    let sacado = null;
    const sacar = async () => (sacado = await libreta.descartar(id, uuid));
    if (!(await this.intento.hacer(sacar))) return;
    pantalla.mostrarUltimo();
    const anterior = /** @type {Pedido | null} */ (sacado);
    if (sigue()) this.foco.enfocar(pantalla.pedido ? "entrada_articulo" : "entrada_cliente");
    if (anterior === null) return; // nothing that could be brought back
    if (seMuestra(anterior, this.parametros.decimales) && lineasDe(anterior).length === 0) return;
    /** @param {Orders} orders */
    const volver = (orders) =>
      lineasDe(orders[id]).length ? orders : { ...orders, [id]: anterior };
    this.deshacer.ofrecer(textoDeDescartado(nombre), async () => {
      await libreta.deshacer(id, volver, fichas);
      pantalla.ocupar(id);
    });
  }

  /** Leave out of an order what cannot be shown; undone, it is as it was. */
  async reparar() {
    const { libreta, pantalla } = this;
    if (!pantalla.pedido) return;
    const { id, uuid, nombre } = pantalla.pedido;
    const { orders: antes, fichas } = libreta.leer();
    const anterior = antes[id];
    let fuera = 0;
    const reparar = async () => (fuera = await libreta.reparar(id, uuid));
    if (!(await this.intento.hacer(reparar))) return;
    const reparado = pantalla.enPantalla.id;
    /** @param {Orders} orders */
    const volver = (orders) =>
      esEse(orders, id, reparado) ? { ...orders, [id]: anterior } : orders;
    this.deshacer.ofrecer(
      textoDeReparado(nombre, fuera),
      () => libreta.deshacer(id, volver, fichas),
      id,
    );
    this.foco.enfocar("entrada_articulo");
  }

  exportar() {
    exportar(this.almacen, this.parametros, this.pantalla.activo);
  }

  /** What the server has under this order's id is another content: both are wanted. */
  async enviarComoNuevo() {
    const sigue = this.foco.mirar();
    const { cliente, id } = this.pantalla.enPantalla;
    if (!(await this.intento.hacer(() => this.libreta.enviarComoNuevo(cliente, id)))) return;
    avisar(frase("como_nuevo"), { nivel: "info" });
    if (sigue()) this.foco.enfocar("entrada_articulo");
  }

  /** Where the stored one is read; "" when none is known. */
  urlDelGuardado() {
    const numero = this.pantalla.pedido?.numeroGuardado;
    return numero ? this.parametros.urls.pedido.replace("/0/", `/${numero}/`) : "";
  }
}
