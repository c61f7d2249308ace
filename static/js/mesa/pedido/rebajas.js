// Prices that move under an open order: a new catalogue's, and the discounts within reach.

import { avisar } from "../../pagina/avisos.js";
import { hallar, porId } from "../../comun/dom.js";
import { enPares, lineasDe } from "../../cuaderno/pedidos.js";
import { esAcordado } from "../../cuaderno/reprecio.js";
import { textoDeCambios } from "../../comun/textos.js";
import { reconciliar, vistaFaltante } from "../vista.js";

// Long enough not to ask at every key, short enough to be there when one looks.
const REPOSO = 60;

/**
 * @typedef {object} Pregunta what was missing when, so that it is asked once
 * @property {readonly Linea[]} lineas
 * @property {Record<string, FichaPrecio> | undefined} suyas
 * @property {string} version
 */

/** @returns {ParteRebajas & ThisType<Mesa>} */
export function rebajas() {
  let version = "";
  /** @type {Pregunta | null} */
  let preguntado = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reloj;

  return {
    faltantes: [],

    /** A catalogue is ready to price with: the first one, or another. */
    async alCatalogoNuevo(nueva) {
      if (nueva === version) return;
      version = nueva;
      this.partes().tarifas.olvidar();
      await this.ponerAlDia();
    },

    /** Price the open orders as of now, and say what changed. */
    async ponerAlDia() {
      /** @type {CambioDePrecio[]} */
      let cambios = [];
      await this.hacer(async () => {
        cambios = await this.partes().libreta.repreciarTodo({ anunciar: true });
      });
      this.decirCambios(cambios);
    },

    /** Prices that an edit did not wait for. */
    async alConocerPrecios() {
      await this.hacer(() => this.partes().libreta.repreciarTodo({ anunciar: false }));
    },

    decirCambios(cambios) {
      if (cambios.length === 0) return;
      const { fichas } = this.partes().libreta.leer();
      const { decimales } = this.parametros;
      avisar(textoDeCambios(cambios, fichas, decimales), { nivel: "aviso" });
    },

    /** The changes noted on this order have been read. */
    async entendido() {
      const sigue = this.mirarFoco();
      await this.hacer(() => this.partes().libreta.darPorVisto(this.activo));
      if (sigue()) this.enfocar("entrada_articulo");
    },

    /** Ask again what is missing if the order, or what prices it, is not the same. */
    mirarFaltantes({ orders, fichas }) {
      const lineas = this.pedido && !this.pedido.ilegible ? lineasDe(orders[this.activo]) : [];
      const suyas = fichas.precios[this.activo];
      const igual =
        preguntado?.lineas === lineas &&
        preguntado.suyas === suyas &&
        preguntado.version === version;
      if (igual) return;
      const pregunta = { lineas, suyas, version };
      preguntado = pregunta;
      clearTimeout(reloj);
      if (lineas.length === 0) this.faltantes = [];
      else reloj = setTimeout(() => this.pedirFaltantes(pregunta), REPOSO);
    },

    async pedirFaltantes(pregunta) {
      const { lineas, suyas } = pregunta;
      const acordados = lineas.filter((linea) => esAcordado(suyas?.[linea.articulo_id], linea));
      const ids = acordados.map(({ articulo_id }) => articulo_id);
      const { catalogo } = this.partes();
      const halladas = await catalogo
        .faltantes(this.pedido?.canal, enPares(lineas), ids)
        .catch(() => []);
      if (pregunta !== preguntado) return;
      const filas = halladas.map((falta) => vistaFaltante(falta, this.parametros));
      this.faltantes = reconciliar(this.faltantes, filas);
    },

    hayCambios() {
      return this.cambiosVisibles().length > 0;
    },

    cambiosVisibles() {
      return this.pedido?.cambios ?? [];
    },

    /** To the line, or with the missing article to the entry row. */
    irAFaltante({ articulo, codigo }) {
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
    },
  };
}
