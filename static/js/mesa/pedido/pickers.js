// Both pickers' questions: answered here at once, and confirmed by the server when it answers.

import { partir } from "../../lectura/codigos.js";
import { pideEntrar } from "../../comun/rechazos.js";
import { frase } from "../../comun/frases.js";
import { porId } from "../../comun/dom.js";
import { opcionDeArticulo, opcionDeCliente, pieDe, pintar } from "../opciones.js";
import { soloSinTrabajador } from "../../catalogo/catalogo.js";

/**
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea
 * @typedef {import("../despacho/sesion.js").SesionDeMesa} SesionDeMesa
 * @typedef {"articulos" | "clientes"} Cual
 */

export class Pickers {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["catalogo"], "articulos" | "clientes" | "servible" | "templar">} partes.catalogo
   * @param {Pick<ServiciosDeMesa["conexion"], "mal">} partes.conexion
   * @param {Pick<Pantalla, "pares" | "pedido" | "seguir">} partes.pantalla
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
    /** @type {string | undefined} the canal whose prices the catalogue has ready */
    this.templado = undefined;
    pantalla.seguir(() => this.templar());
  }

  /** Whose prices the next key will ask for is known when an order is on the screen. */
  templar() {
    const canal = this.pantalla.pedido?.canal;
    if (canal === undefined || canal === this.templado) return;
    this.templado = canal;
    this.catalogo.templar(canal).catch(soloSinTrabajador);
  }

  /**
   * @param {import("../../comun/combobox.js").Combobox} combo
   * @param {(preguntado: ParametrosHtmx) => void} [preguntar] adds to what the server is asked
   */
  escuchar(combo, preguntar = () => {}) {
    const { entrada } = combo;
    entrada.addEventListener("htmx:configRequest", ({ detail: { parameters } }) => {
      parameters.q = partir(String(parameters.q ?? "")).texto;
      parameters.sucursal = this.parametros.sucursal;
      preguntar(parameters);
    });
    entrada.addEventListener("htmx:beforeRequest", (evento) => {
      // Known to be offline: it would only fail.
      if (!this.enLinea.hay) evento.preventDefault();
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
   * Clients as this browser's catalogue has them; see Combobox.
   * @param {string} q
   */
  async clientes(q) {
    const hallado = await this.enCatalogo(() => this.catalogo.clientes(q));
    if (hallado === null) return this.sinCatalogo("clientes", q);
    const filas = hallado.filas.map(opcionDeCliente);
    return () => this.pintar("clientes", { ...hallado, q, filas, pie: pieDe("cliente") });
  }

  /**
   * Articles, at the prices of the order on the screen.
   * @param {string} q
   */
  async articulos(q) {
    const { pantalla, parametros } = this;
    const hallado = await this.enCatalogo(() =>
      this.catalogo.articulos(q, pantalla.pedido?.canal, pantalla.pares()),
    );
    if (hallado === null) return this.sinCatalogo("articulos", q);
    const filas = hallado.filas.map((fila) => opcionDeArticulo(fila, parametros.decimales));
    return () => this.pintar("articulos", { ...hallado, q, filas, pie: pieDe("artículo") });
  }

  /**
   * What the catalogue answers; null while there is none to ask.
   * @template T
   * @param {() => Promise<T>} preguntar
   */
  async enCatalogo(preguntar) {
    if (!(await this.catalogo.servible())) return null;
    return preguntar().catch(soloSinTrabajador);
  }

  /**
   * Nothing here answers: the server does, or there is nobody to.
   * @param {Cual} cual
   * @param {string} q
   */
  sinCatalogo(cual, q) {
    if (this.enLinea.hay) return null;
    const pie = () => frase("sin_catalogo");
    return () => this.pintar(cual, { q, filas: [], mas: false, cercanas: false, pie });
  }

  /**
   * @param {Cual} cual
   * @param {import("../opciones.js").Contenido} contenido
   */
  pintar(cual, contenido) {
    const raiz = porId(`${cual}_picker`, HTMLElement);
    pintar(raiz, porId(`plantilla_${cual}`, HTMLTemplateElement), contenido);
  }
}
