// Codes: what a scanner or a hand types before Enter, served without waiting for any list.

import { avisar } from "../../pagina/avisos.js";
import { SinTrabajador } from "../../catalogo/catalogo.js";
import { hallar } from "../../comun/dom.js";
import { esDeBarras, partir } from "../../comun/codigos.js";
import { articuloDe, opcionDeArticulo } from "../opciones.js";
import { frase } from "../../comun/textos.js";

/** @returns {ParteLector & ThisType<Mesa>} */
export function lector() {
  /** @type {Promise<unknown>} */
  let lecturas = Promise.resolve();

  return {
    // A code typed by hand: known here, it need not wait for the list.
    async leerCodigo(q) {
      const { texto } = partir(q);
      const fila = await this.enCatalogo(texto);
      if (!fila || this.escrito() !== q) return false;
      this.elegirArticulo(opcionDeArticulo(fila, this.parametros.decimales));
      return true;
    },

    // What a scanner types is taken at its Enter: the next code may follow in milliseconds.
    encolarLectura(q) {
      if (!esDeBarras(partir(q).texto)) return false;
      lecturas = lecturas.then(() => this.agregarLectura(partir(q)));
      return true;
    },

    async agregarLectura({ cantidad, texto }) {
      const datos = await this.buscarCodigo(texto);
      if (datos) await this.agregarArticulo(datos, cantidad ?? 1);
      else avisar(`${texto}: ${frase("no_encontrado")}`, { nivel: "aviso" });
    },

    enCatalogo(texto) {
      return this.partes()
        .catalogo.exacto(texto, this.pedido?.canal, this.pares())
        .catch(soloSinTrabajador);
    },

    async buscarCodigo(texto) {
      const { red } = this.partes();
      const fila = await this.enCatalogo(texto);
      if (fila) return opcionDeArticulo(fila, this.parametros.decimales);
      if (!this.enLinea) return null;
      const { urls, sucursal } = this.parametros;
      const url = `${urls.articulos}?q=${texto}&cliente=${this.activo}&sucursal=${sucursal}`;
      const pagina = await red.fragmento(url);
      const selector = `[role=option][data-barras="${texto}"]`;
      const opcion = pagina && hallar(pagina, selector, HTMLElement);
      return opcion && articuloDe(opcion.dataset);
    },
  };
}

/**
 * @param {unknown} error
 * @returns {null}
 */
function soloSinTrabajador(error) {
  if (!(error instanceof SinTrabajador)) throw error;
  return null;
}
