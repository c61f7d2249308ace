// Sending: asked, agreed, tried again.

import { abrirEnvio, cerrarEnvio } from "../pantalla/dialogos.js";

/**
 * @typedef {import("./noticias.js").Noticias} Noticias
 * @typedef {import("./reloj.js").RelojDeMesa} RelojDeMesa
 * @typedef {import("../pedido/lector.js").Lector} Lector
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Despacho {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["envio"], "enviar" | "seguir">} partes.envio
   * @param {Pick<ServiciosDeMesa["catalogo"], "estado">} partes.catalogo
   * @param {Pick<ServiciosDeMesa["conexion"], "sondear">} partes.conexion
   * @param {Pick<Pantalla, "pedido" | "resumen">} partes.pantalla
   * @param {Pick<Lector, "pendientes">} partes.lector
   * @param {Pick<Noticias, "olvidar">} partes.noticias
   * @param {Pick<RelojDeMesa, "mirar">} partes.relojDeMesa
   * @param {Pick<Intento, "hacer" | "rechazar">} partes.intento
   * @param {Pick<Foco, "enfocar" | "mirar">} partes.foco
   */
  constructor({
    envio,
    catalogo,
    conexion,
    pantalla,
    lector,
    noticias,
    relojDeMesa,
    intento,
    foco,
  }) {
    this.envio = envio;
    this.catalogo = catalogo;
    this.conexion = conexion;
    this.pantalla = pantalla;
    this.lector = lector;
    this.noticias = noticias;
    this.relojDeMesa = relojDeMesa;
    this.intento = intento;
    this.foco = foco;
  }

  /** Ask whether to send what there is. */
  confirmar() {
    this.relojDeMesa.mirar();
    // What was scanned would come too late.
    if (this.lector.pendientes > 0) this.intento.rechazar("se_busca");
    else if (this.pantalla.resumen?.porEnviar) abrirEnvio();
  }

  async enviarTodo() {
    cerrarEnvio();
    const sigue = this.foco.mirar();
    this.noticias.olvidar();
    await this.intento.hacer(() => this.envio.enviar(this.catalogo.estado.version));
    if (sigue()) this.foco.enfocar(this.pantalla.pedido ? "entrada_articulo" : "entrada_cliente");
  }

  /** Now, instead of when it would be its time. */
  reintentar() {
    this.envio.seguir();
    this.conexion.sondear();
  }
}
