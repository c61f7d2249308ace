// An article more in an order: the one on the screen, or the one that was when it was read.

import { avisar } from "../../pagina/avisos.js";
import { aMenor } from "../../comun/dinero.js";
import { agregar } from "../../cuaderno/pedidos.js";
import { frase } from "../../comun/frases.js";

/**
 * @typedef {import("./edicion.js").Edicion} Edicion
 * @typedef {import("./nota.js").Nota} Nota
 * @typedef {import("../pantalla/custodia.js").Custodia} Custodia
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {Omit<OpcionDeArticulo, "barras" | "precio_texto" | "desde">} Articulo
 */

/** @type {Record<string, Tasa>} */
const TASAS = { 10: 10, 5: 5, 0: 0 };

export class Alta {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["catalogo"], "estado">} partes.catalogo
   * @param {Pick<Pantalla, "activo" | "clientes" | "enPantalla" | "pedido">} partes.pantalla
   * @param {Pick<Edicion, "cambiar">} partes.edicion
   * @param {Pick<Intento, "rechazar">} partes.intento
   * @param {Pick<Custodia, "proteger">} partes.custodia
   * @param {Pick<Nota, "decir">} partes.nota
   * @param {Pick<Foco, "enfocar" | "libre">} partes.foco
   * @param {number} partes.decimales
   */
  constructor({ catalogo, pantalla, edicion, intento, custodia, nota, foco, decimales }) {
    this.catalogo = catalogo;
    this.pantalla = pantalla;
    this.edicion = edicion;
    this.intento = intento;
    this.custodia = custodia;
    this.nota = nota;
    this.foco = foco;
    this.decimales = decimales;
  }

  /**
   * Whether it is in; if not, why has been said.
   * @param {Articulo} datos
   * @param {number} cantidad
   * @param {Pantalla["enPantalla"]} [cual] the order
   * @returns {Promise<boolean>}
   */
  async agregar(datos, cantidad, cual = this.pantalla.enPantalla) {
    const { decimales } = this;
    const precio = aMenor(datos.precio, decimales);
    if (cual.cliente === "") this.intento.rechazar("sin_cliente");
    else if (precio === null) this.sinPrecio(datos);
    if (cual.cliente === "" || precio === null) return false;
    const { linea, ficha } = this.lineaDe(datos, cantidad, precio);
    const hecho = await this.edicion.cambiar(
      (orders, cliente) => agregar(orders, cliente, linea, decimales),
      [ficha],
      cual,
    );
    this.custodia.proteger();
    if (cual.cliente === this.pantalla.activo) this.mostrar(linea.articulo, hecho);
    else if (hecho) this.decirDeOtro(datos, cual);
    return hecho;
  }

  /**
   * Whoever types elsewhere by now goes on there.
   * @param {number} articulo
   * @param {boolean} hecho whether it is in
   */
  mostrar(articulo, hecho) {
    if (hecho) this.decir(articulo);
    if (this.foco.libre()) this.foco.enfocar("entrada_articulo");
    document.getElementById(`linea-${articulo}`)?.scrollIntoView({ block: "nearest" });
  }

  /**
   * Added to an order that is not on the screen any more.
   * @param {{descripcion: string}} articulo
   * @param {{cliente: string}} cual
   */
  decirDeOtro({ descripcion }, { cliente }) {
    const nombre =
      this.pantalla.clientes.find(({ id }) => id === cliente)?.nombre ?? `Cliente ${cliente}`;
    avisar(frase("agregado_a_otro", { articulo: descripcion, cliente: nombre }));
  }

  /** @param {{descripcion: string}} articulo */
  sinPrecio({ descripcion }) {
    avisar(`${descripcion}. ${frase("sin_precio")}`, { nivel: "aviso" });
  }

  /** @param {number} articulo that was added */
  decir(articulo) {
    const linea = this.pantalla.pedido?.lineas.find(({ id }) => id === articulo);
    if (linea) this.nota.decir(`Agregado: ${linea.descripcion}, lleva ${linea.cantidad}`);
  }

  /**
   * A line, and what is remembered of its article.
   * @param {Articulo} datos
   * @param {number} cantidad
   * @param {Minimos} precio
   * @returns {{linea: LineaNueva, ficha: ArticuloNuevo}}
   */
  lineaDe({ id, tasa, codigo, descripcion, marca, precio: texto }, cantidad, precio) {
    const articulo = Number(id);
    const { version } = this.catalogo.estado;
    return {
      linea: { articulo, tasa: TASAS[tasa], cantidad, precio },
      ficha: { articulo, datos: { codigo, descripcion, marca }, precio: texto, version },
    };
  }
}
