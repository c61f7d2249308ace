// Codes: what a scanner or a hand types before Enter, served without waiting for any list.

import { avisar } from "../../pagina/avisos.js";
import { soloSinTrabajador } from "../../catalogo/catalogo.js";
import { clave } from "../../lectura/normal.js";
import { todos } from "../../comun/dom.js";
import { esDeBarras, partir } from "../../lectura/codigos.js";
import { articuloDe, opcionDeArticulo } from "../opciones.js";
import { frase } from "../../comun/frases.js";
import { sonar } from "../../pagina/sonido.js";

/**
 * @typedef {import("./alta.js").Alta} Alta
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/en_linea.js").EnLinea} EnLinea
 * @typedef {Pantalla["enPantalla"] & {canal: string | undefined}} Para the order that was on the
 *   screen when it was read: its article is for no other
 * @typedef {ReturnType<typeof partir> & {para: Para | null}} Lectura
 */

export class Lector {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["catalogo"], "exacto" | "servible">} partes.catalogo
   * @param {Pick<ServiciosDeMesa["red"], "fragmento">} partes.red
   * @param {Pick<Pantalla, "abriendo" | "enPantalla" | "pares" | "pedido">} partes.pantalla
   * @param {Pick<Alta, "agregar">} partes.alta
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   * @param {Pick<Parametros, "decimales" | "sucursal"> & {urls: Pick<Direcciones, "articulos">}} partes.parametros
   */
  constructor({ catalogo, red, pantalla, alta, enLinea, parametros }) {
    this.catalogo = catalogo;
    this.red = red;
    this.pantalla = pantalla;
    this.alta = alta;
    this.enLinea = enLinea;
    this.parametros = parametros;
    /** @type {Promise<unknown>} */
    this.lecturas = Promise.resolve();
    /** How many codes are still looked for. */
    this.pendientes = 0;
  }

  /**
   * The order that what is read now is for: the one that is opening, if one is; null when that one
   * never came to the screen.
   * @returns {Para | Promise<Para | null>}
   */
  destino() {
    const { abriendo } = this.pantalla;
    if (!abriendo) return this.para;
    return abriendo.listo.then(() => (this.para.cliente === abriendo.cliente ? this.para : null));
  }

  /** @returns {Para} */
  get para() {
    const { enPantalla, pedido } = this.pantalla;
    return { ...enPantalla, canal: pedido?.canal };
  }

  /**
   * The article of a code typed by hand: known here, it need not wait for the list.
   * @param {string} q
   */
  async leer(q) {
    const fila = await this.enCatalogo(partir(q).texto, this.para);
    return fila && opcionDeArticulo(fila, this.parametros.decimales);
  }

  /**
   * What a scanner types is taken at its Enter: the next code may follow in milliseconds.
   * @param {string} q
   * @param {Para | Promise<Para | null>} [destino]
   */
  encolar(q, destino = this.destino()) {
    const { cantidad, texto } = partir(q);
    if (!esDeBarras(texto)) return false;
    this.pendientes += 1;
    this.lecturas = this.lecturas
      .then(async () => this.agregar({ cantidad, texto, para: await destino }))
      .catch((error) => this.alFallar(texto, error))
      .finally(() => (this.pendientes -= 1));
    return true;
  }

  /**
   * A fault of ours costs its own code, said, and none of those that were scanned after it.
   * @param {string} texto
   * @param {unknown} error
   */
  alFallar(texto, error) {
    this.rehusar(texto, "no_agregado");
    reportError(error);
  }

  /** @param {Lectura} leido */
  async agregar({ cantidad, texto, para }) {
    if (para === null) return this.rehusar(texto, "sin_destino");
    const datos = await this.buscar(texto, para);
    if (typeof datos === "string") return this.rehusar(texto, datos);
    const hecho = await this.alta.agregar(datos, cantidad ?? 1, para);
    return hecho ? undefined : this.rehusar(texto, "fuera");
  }

  /**
   * @param {string} texto the code
   * @param {string} motivo the code of a sentence
   */
  rehusar(texto, motivo) {
    avisar(`${texto}: ${frase(motivo)}`, { nivel: "peligro" });
    void sonar();
  }

  /**
   * @param {string} texto
   * @param {Para} para
   */
  async enCatalogo(texto, { cliente, canal }) {
    // Half a catalogue has articles without their prices.
    if (!(await this.catalogo.servible())) return null;
    return this.catalogo
      .exacto(texto, canal, this.pantalla.pares(cliente))
      .catch(soloSinTrabajador);
  }

  /**
   * The article, or the code of the sentence that says why there is none.
   * @param {string} texto
   * @param {Para} para
   */
  async buscar(texto, para) {
    const fila = await this.enCatalogo(texto, para);
    const { decimales, sucursal, urls } = this.parametros;
    if (fila) return opcionDeArticulo(fila, decimales);
    if (!this.enLinea.hay)
      return (await this.catalogo.servible()) ? "no_encontrado" : "sin_catalogo";
    const url = `${urls.articulos}?q=${texto}&cliente=${para.cliente}&sucursal=${sucursal}`;
    const pagina = await this.red.fragmento(url);
    if (!pagina) return "no_agregado";
    const opciones = todos(pagina, "[role=option]", HTMLElement);
    const opcion = opciones.find(({ dataset }) => clave(dataset.barras) === clave(texto));
    return opcion ? articuloDe(opcion.dataset) : "no_encontrado";
  }
}
