// Both pickers' questions: to the server with what it has to know, or answered here.

import { partir } from "../../lectura/codigos.js";
import { pideEntrar } from "../../comun/rechazos.js";
import { porId } from "../../comun/dom.js";
import { opcionDeArticulo, opcionDeCliente, pieDe, pintar } from "../opciones.js";

/**
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea
 * @typedef {import("../despacho/sesion.js").SesionDeMesa} SesionDeMesa
 */

export class Pickers {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["catalogo"], "articulos" | "clientes">} partes.catalogo
   * @param {Pick<ServiciosDeMesa["conexion"], "mal">} partes.conexion
   * @param {Pick<Pantalla, "pares" | "pedido">} partes.pantalla
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   * @param {Pick<SesionDeMesa, "pedirEntrar">} partes.sesion
   * @param {Pick<Parametros, "decimales" | "sucursal">} partes.parametros
   */
  constructor({ catalogo, conexion, pantalla, enLinea, sesion, parametros }) {
    this.catalogo = catalogo;
    this.conexion = conexion;
    this.pantalla = pantalla;
    this.enLinea = enLinea;
    this.sesion = sesion;
    this.parametros = parametros;
  }

  /**
   * @param {import("../../comun/combobox.js").Combobox} combo
   * @param {object} opciones
   * @param {(preguntado: ParametrosHtmx) => void} [opciones.preguntar] adds to what is asked
   * @param {() => boolean} [opciones.ajeno] whether what is written is for another field
   */
  escuchar(combo, { preguntar = () => {}, ajeno = () => false } = {}) {
    const { entrada } = combo;
    entrada.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
      parameters.q = partir(String(parameters.q ?? "")).texto;
      parameters.sucursal = this.parametros.sucursal;
      preguntar(parameters);
    });
    entrada.addEventListener("htmx:beforeRequest", (evento) => {
      const deOtro = ajeno();
      if (this.enLinea.hay && combo.consulta !== "" && !deOtro) return;
      evento.preventDefault();
      // Known to be offline: do not make anybody wait for a request that will fail.
      if (!this.enLinea.hay && !deOtro) combo.localmente();
    });
    entrada.addEventListener("htmx:beforeOnLoad", (evento) => {
      if (!pideEntrar(evento.detail.xhr.status)) return;
      evento.preventDefault();
      this.sesion.pedirEntrar();
      combo.localmente();
    });
    entrada.addEventListener("htmx:sendError", () => this.conexion.mal());
    entrada.addEventListener("htmx:timeout", () => this.conexion.mal());
  }

  /**
   * The list of clients, made here.
   * @param {string} q
   */
  async clientes(q) {
    const { filas, mas } = await this.catalogo.clientes(q);
    pintar(
      porId("clientes_picker", HTMLElement),
      porId("plantilla_clientes", HTMLTemplateElement),
      {
        q,
        filas: filas.map(opcionDeCliente),
        mas,
        pie: pieDe("cliente"),
      },
    );
  }

  /**
   * The list of articles, at the prices of the order on the screen.
   * @param {string} q
   */
  async articulos(q) {
    const { texto } = partir(q);
    const { pantalla, parametros } = this;
    const { filas, mas } = await this.catalogo.articulos(
      texto,
      pantalla.pedido?.canal,
      pantalla.pares(),
    );
    pintar(
      porId("articulos_picker", HTMLElement),
      porId("plantilla_articulos", HTMLTemplateElement),
      {
        q: texto,
        filas: filas.map((fila) => opcionDeArticulo(fila, parametros.decimales)),
        mas,
        pie: pieDe("artículo"),
      },
    );
  }
}
