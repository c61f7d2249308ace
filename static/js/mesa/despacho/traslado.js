// The way out and in of unsent orders as a file: when nothing else works.

import { exportar, importar } from "../../cuaderno/archivo.js";
import { avisar } from "../../pagina/avisos.js";
import { porId } from "../../comun/dom.js";
import { textoDeImportados } from "../../comun/textos.js";

/**
 * @typedef {import("./regreso.js").Regreso} Regreso
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../pedido/precios_nuevos.js").PreciosNuevos} PreciosNuevos
 */

const ARCHIVO = "archivo_pedidos";

export class Traslado {
  /**
   * @param {object} partes
   * @param {ServiciosDeMesa["almacen"]} partes.almacen
   * @param {Pick<Pantalla, "mostrarUltimo">} partes.pantalla
   * @param {Pick<Intento, "hacer" | "rechazar">} partes.intento
   * @param {Pick<PreciosNuevos, "ponerAlDia">} partes.preciosNuevos
   * @param {Pick<Regreso, "alVolver">} partes.regreso
   * @param {Parametros} partes.parametros
   */
  constructor({ almacen, pantalla, intento, preciosNuevos, regreso, parametros }) {
    this.almacen = almacen;
    this.pantalla = pantalla;
    this.intento = intento;
    this.preciosNuevos = preciosNuevos;
    this.regreso = regreso;
    this.parametros = parametros;
    const campo = porId(ARCHIVO, HTMLInputElement);
    campo.addEventListener("change", () => this.importar(campo));
  }

  exportar() {
    exportar(this.almacen, this.parametros);
  }

  elegirArchivo() {
    porId(ARCHIVO, HTMLInputElement).click();
  }

  /** @param {Campo} campo whose file comes in */
  async importar(campo) {
    const archivo = campo.files?.[0];
    if (!archivo) return;
    const texto = await archivo.text();
    campo.value = "";
    let traidos = 0;
    await this.intento.hacer(async () => {
      const hecho = await importar(this.almacen, this.parametros, texto);
      if (hecho.codigo) return this.intento.rechazar(hecho.codigo);
      traidos = hecho.traidos ?? 0;
      avisar(textoDeImportados(traidos, hecho.quedan ?? 0), { nivel: "exito" });
      return this.regreso.alVolver();
    });
    if (!traidos) return;
    this.pantalla.mostrarUltimo();
    await this.preciosNuevos.ponerAlDia();
  }
}
