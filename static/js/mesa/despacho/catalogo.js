// The catalogue as the desk tells of it: fetched, dated, aged without a line.

import { fecha } from "../../comun/momento.js";
import { pideEntrar } from "../../comun/rechazos.js";
import { edad } from "../../sin_linea/permanencia.js";
import { SinRed } from "../../comun/red.js";
import { frase } from "../../comun/frases.js";
import { OtraPestana } from "../../pestanas/titular.js";

/**
 * @typedef {import("./en_linea.js").EnLinea} EnLinea
 * @typedef {import("./reloj.js").RelojDeMesa} RelojDeMesa
 * @typedef {import("./sesion.js").SesionDeMesa} SesionDeMesa
 * @typedef {import("../pedido/precios_nuevos.js").PreciosNuevos} PreciosNuevos
 */

export class CatalogoDeMesa {
  /**
   * @param {object} partes
   * @param {VistaDeCatalogo} partes.vista
   * @param {Pick<Parametros, "husos">} partes.parametros
   * @param {Pick<ServiciosDeMesa["catalogo"], "abrir" | "actualizar" | "estado">} partes.catalogo
   * @param {Pick<ServiciosDeMesa["conexion"], "bien" | "mal">} partes.conexion
   * @param {Pick<ServiciosDeMesa["reloj"], "anotarCatalogo">} partes.reloj
   * @param {Pick<RelojDeMesa, "mirar">} partes.relojDeMesa
   * @param {Pick<SesionDeMesa, "pedirEntrar">} partes.sesion
   * @param {Pick<EnLinea, "hay">} partes.enLinea
   * @param {Pick<PreciosNuevos, "alCatalogoNuevo">} partes.preciosNuevos
   */
  constructor(partes) {
    this.vista = partes.vista;
    this.parametros = partes.parametros;
    this.catalogo = partes.catalogo;
    this.conexion = partes.conexion;
    this.reloj = partes.reloj;
    this.relojDeMesa = partes.relojDeMesa;
    this.sesion = partes.sesion;
    this.enLinea = partes.enLinea;
    this.preciosNuevos = partes.preciosNuevos;
  }

  /** Bring what changed since the last time. */
  async traer() {
    try {
      await this.catalogo.abrir();
      const estado = await this.catalogo.actualizar();
      this.conexion.bien();
      this.relojDeMesa.mirar();
      if (pideEntrar(estado)) this.sesion.pedirEntrar();
    } catch (error) {
      if (error instanceof OtraPestana) return;
      if (error instanceof SinRed) this.conexion.mal();
      else this.vista.catalogoAviso = frase("catalogo_incompleto");
    }
  }

  /** @param {EstadoDeCatalogo} estado */
  alCambiar({ listo, version, generado, enMemoria, cargando }) {
    const { vista } = this;
    vista.catalogoAviso = enMemoria ? frase("catalogo_en_memoria") : "";
    const { husos } = this.parametros;
    if (listo && generado) vista.catalogoTexto = `Catálogo del ${fecha(generado, husos)}`;
    else vista.catalogoTexto = frase(cargando ? "bajando_catalogo" : "sin_catalogo");
    this.reloj.anotarCatalogo(generado);
    this.mirarEdad();
    if (listo) this.preciosNuevos.alCatalogoNuevo(version);
  }

  /** Without a line nobody knows what has changed since. */
  mirarEdad() {
    const { listo, generado } = this.catalogo.estado;
    const vieja = this.enLinea.hay || !listo ? "" : edad(generado, Date.now());
    this.vista.catalogoEdad = vieja && `Sin línea, con un catálogo ${vieja}.`;
  }
}
