// What the desk's labels say: the buttons, the sync chip, what was saved today.

import { frase } from "../../comun/frases.js";
import { contar, formatear } from "../../comun/dinero.js";
import { pedidos, textoSinLinea } from "../../comun/textos.js";

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
    return resumen?.porEnviar ? `Enviar ${pedidos(resumen.porEnviar)}` : frase("nada_para_enviar");
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
    if (this.sesion.terminada) return frase("chip_sesion");
    if (!this.enLinea.hay) return textoSinLinea(resumen?.pedidos ?? 0, enviando);
    return enviando ? `${frase("chip_enviando")} ${pedidos(enviando)}` : frase("chip_en_linea");
  }

  chipCorto() {
    if (this.sesion.terminada) return frase("chip_sesion");
    if (!this.enLinea.hay) return frase("chip_sin_linea");
    return frase(this.pantalla.enviando ? "chip_enviando" : "chip_en_linea");
  }

  chipPunto() {
    if (this.sesion.terminada || !this.enLinea.hay) return "punto-aviso";
    return this.pantalla.enviando ? "punto-curso" : "punto-exito";
  }
}
