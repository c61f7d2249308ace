// The line goes, and comes back: what the desk does then.

/**
 * @typedef {import("./catalogo.js").CatalogoDeMesa} CatalogoDeMesa
 * @typedef {import("./en_linea.js").EnLinea} EnLinea
 * @typedef {import("./regreso.js").Regreso} Regreso
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Corte {
  /**
   * @param {object} partes
   * @param {Pick<EnLinea, "poner">} partes.enLinea
   * @param {Pick<CatalogoDeMesa, "mirarEdad" | "traer">} partes.catalogoDeMesa
   * @param {Pick<Pantalla, "refrescar">} partes.pantalla
   * @param {Pick<Regreso, "alVolver">} partes.regreso
   */
  constructor({ enLinea, catalogoDeMesa, pantalla, regreso }) {
    this.enLinea = enLinea;
    this.catalogoDeMesa = catalogoDeMesa;
    this.pantalla = pantalla;
    this.regreso = regreso;
  }

  /** @param {boolean} hay a line */
  alCambiar(hay) {
    this.enLinea.poner(hay);
    this.catalogoDeMesa.mirarEdad();
    this.pantalla.refrescar();
    if (!hay) return;
    this.regreso.alVolver();
    this.catalogoDeMesa.traer();
  }
}
