// What the desk's labels say: the buttons, the sync chip, what was saved today.

import { contar, formatear } from "../../dinero.js";
import { pedidos, plural } from "../../textos.js";

/**
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea
 * @typedef {import("../despacho/sesion.js").SesionDeMesa} SesionDeMesa
 */

export class Letreros {
  /**
   * @param {object} partes
   * @param {Pick<Pantalla, "resumen" | "enviando">} partes.pantalla
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   * @param {Pick<SesionDeMesa, "terminada">} partes.sesion
   * @param {number} partes.decimales
   */
  constructor({ pantalla, enLinea, sesion, decimales }) {
    this.pantalla = pantalla;
    this.enLinea = enLinea;
    this.sesion = sesion;
    this.decimales = decimales;
  }

  enviar() {
    const { resumen } = this.pantalla;
    return resumen?.porEnviar ? `Enviar ${pedidos(resumen.porEnviar)}` : "Nada para enviar";
  }

  guardados() {
    const { resumen } = this.pantalla;
    return resumen ? `${pedidos(resumen.guardados)} · ${resumen.totalGuardado}` : "";
  }

  /** @param {FilaGuardada} guardado */
  montoGuardado({ total }) {
    return formatear(BigInt(total), this.decimales);
  }

  /** @param {FilaGuardada} guardado */
  notaGuardado({ numero }) {
    return `N.º ${contar(numero)} · guardado`;
  }

  chip() {
    const { enviando, resumen } = this.pantalla;
    if (this.sesion.terminada) return "Sesión terminada";
    if (!this.enLinea.hay)
      return `Sin conexión – ${pedidos(resumen?.pedidos ?? 0)} en este equipo${this.queEspera()}`;
    return enviando ? `Enviando ${pedidos(enviando)}` : "En línea";
  }

  queEspera() {
    const { enviando } = this.pantalla;
    return enviando ? `, ${plural(enviando, "espera", "esperan")} para salir` : "";
  }

  chipCorto() {
    if (this.sesion.terminada) return "Sesión terminada";
    if (!this.enLinea.hay) return "Sin conexión";
    return this.pantalla.enviando ? "Enviando" : "En línea";
  }

  chipPunto() {
    if (this.sesion.terminada || !this.enLinea.hay) return "punto-aviso";
    return this.pantalla.enviando ? "punto-curso" : "punto-exito";
  }
}
