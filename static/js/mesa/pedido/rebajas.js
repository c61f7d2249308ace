// The discounts within reach of the order on the screen.

import { hallar, porId } from "../../comun/dom.js";
import { enPares, lineasDe } from "../../cuaderno/pedidos.js";
import { esAcordado } from "../../cuaderno/reprecio.js";
import { conservar, vistaFaltante } from "../vista.js";

/**
 * @typedef {import("./precios_nuevos.js").PreciosNuevos} PreciosNuevos
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

// Long enough not to ask at every key, short enough to be there when one looks.
const REPOSO = 60;

/**
 * @typedef {object} Pregunta what was missing when, so that it is asked once
 * @property {string} activo
 * @property {readonly Linea[]} lineas
 * @property {Record<string, FichaPrecio> | undefined} suyas
 * @property {string} version
 */

export class Rebajas {
  /**
   * @param {object} partes
   * @param {VistaDeRebajas} partes.vista
   * @param {Pick<ServiciosDeMesa["catalogo"], "faltantes">} partes.catalogo
   * @param {Pick<Pantalla, "activo" | "pedido" | "seguir">} partes.pantalla
   * @param {Pick<PreciosNuevos, "version">} partes.preciosNuevos
   * @param {Pick<Parametros, "decimales" | "moneda">} partes.parametros
   */
  constructor({ vista, catalogo, pantalla, preciosNuevos, parametros }) {
    this.vista = vista;
    this.catalogo = catalogo;
    this.pantalla = pantalla;
    this.preciosNuevos = preciosNuevos;
    this.parametros = parametros;
    /** @type {Pregunta | null} */
    this.preguntado = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.reloj = undefined;
    pantalla.seguir((estado) => this.mirar(estado));
  }

  /**
   * Ask again what is missing if the order, or what prices it, is not the same.
   * @param {Cuaderno} estado
   */
  mirar({ orders, fichas }) {
    const { activo, pedido } = this.pantalla;
    const lineas = pedido && !pedido.ilegible ? lineasDe(orders[activo]) : [];
    const { version } = this.preciosNuevos;
    const pregunta = { activo, lineas, suyas: fichas.precios[activo], version };
    if (this.preguntado && mismaPregunta(this.preguntado, pregunta)) return;
    const deOtro = this.preguntado?.activo !== activo;
    this.preguntado = pregunta;
    clearTimeout(this.reloj);
    if (deOtro || lineas.length === 0) this.vista.faltantes = [];
    if (lineas.length > 0) this.reloj = setTimeout(() => this.pedir(pregunta), REPOSO);
  }

  /** @param {Pregunta} pregunta */
  async pedir(pregunta) {
    const { lineas, suyas } = pregunta;
    const acordados = lineas.filter((linea) => esAcordado(suyas?.[linea.articulo_id], linea));
    const ids = acordados.map(({ articulo_id }) => articulo_id);
    const halladas = await this.catalogo
      .faltantes(this.pantalla.pedido?.canal, enPares(lineas), ids)
      .catch(() => []);
    if (pregunta !== this.preguntado) return;
    const filas = halladas.map((falta) => vistaFaltante(falta, this.parametros));
    this.vista.faltantes = conservar(this.vista.faltantes, filas);
  }

  /**
   * To the line, or with the missing article to the entry row.
   * @param {{articulo: number | null, codigo?: string}} faltante
   */
  irA({ articulo, codigo }) {
    const campo =
      articulo === null
        ? null
        : hallar(document, `#linea-${articulo} [data-columna="cantidad"]`, HTMLElement);
    const entrada = porId("entrada_articulo", HTMLInputElement);
    (campo || entrada).focus();
    campo?.scrollIntoView({ block: "nearest" });
    if (campo || !codigo) return;
    entrada.value = codigo;
    entrada.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * @param {Pregunta} una
 * @param {Pregunta} otra
 */
function mismaPregunta(una, otra) {
  return (
    una.activo === otra.activo &&
    una.lineas === otra.lineas &&
    una.suyas === otra.suyas &&
    una.version === otra.version
  );
}
