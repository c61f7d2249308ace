// What this person's other tabs did to what is kept.

import { avisar } from "../../pagina/avisos.js";
import { frase } from "../../comun/frases.js";

/**
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {import("../despacho/catalogo.js").CatalogoDeMesa} CatalogoDeMesa
 * @typedef {import("../despacho/regreso.js").Regreso} Regreso
 * @typedef {import("../pedido/entrada.js").Entrada} Entrada
 */

export class Vecinas {
  /**
   * @param {object} partes
   * @param {Pick<ServiciosDeMesa["almacen"], "clave" | "prefijo">} partes.almacen
   * @param {Pick<Pantalla, "pedido" | "refrescar">} partes.pantalla
   * @param {Pick<CatalogoDeMesa, "traer">} partes.catalogoDeMesa
   * @param {Pick<Regreso, "alVolver">} partes.regreso
   * @param {Pick<Entrada, "vaciar">} partes.entrada
   */
  constructor({ almacen, pantalla, catalogoDeMesa, regreso, entrada }) {
    this.almacen = almacen;
    this.pantalla = pantalla;
    this.catalogoDeMesa = catalogoDeMesa;
    this.regreso = regreso;
    this.entrada = entrada;
  }

  /** @param {string | null} clave what was written; null: all was cleared */
  alCambiar(clave) {
    const { almacen } = this;
    if (clave !== null && !clave.startsWith(almacen.prefijo)) return;
    if (clave === almacen.clave("turno")) return;
    // The other tab has a newer catalogue: two that price differently would undo each other.
    if (clave === almacen.clave("cat")) this.catalogoDeMesa.traer();
    if (clave?.startsWith(almacen.clave("cat"))) return;
    this.refrescar();
    // Whoever started that lote may be closed before its answer.
    if (clave?.startsWith(almacen.clave("lote:"))) this.regreso.alVolver();
  }

  refrescar() {
    const antes = this.pantalla.pedido;
    this.pantalla.refrescar();
    if (!antes || this.pantalla.pedido) return;
    this.entrada.vaciar();
    // One on its way was expected to go: its receipt says the rest.
    if (!antes.bloqueado) avisar(`${antes.nombre}: ${frase("se_fue")}`, { nivel: "aviso" });
  }
}
