// Codes: what a scanner or a hand types before Enter, served without waiting for any list.

import { avisar } from "./avisos.js";
import { SinTrabajador } from "./catalogo.js";
import { leerCantidad } from "./dinero.js";
import { opcionDeArticulo } from "./opciones.js";
import { SinRed } from "./red.js";
import { frase } from "./textos.js";

const BARRAS = /^(\d{8}|\d{12,14})$/;
// "12*7840001…": that many of what is scanned next.
const CON_CANTIDAD = /^(\d{1,7})\s*[*x]\s*(\S.*)$/i;

/** "12*yerba" → {cantidad: 12, texto: "yerba"}; without a quantity, null. */
export function partir(q) {
  const partes = CON_CANTIDAD.exec(q.trim());
  const cantidad = partes ? leerCantidad(partes[1]) : null;
  return cantidad === null ? { cantidad, texto: q.trim() } : { cantidad, texto: partes[2] };
}

/** Whether this is a barcode, what scanners type. */
export function esDeBarras(texto) {
  return BARRAS.test(texto);
}

export function lector() {
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
      return this.partes().catalogo.exacto(texto, this.pedido?.canal).catch(soloSinTrabajador);
    },

    async buscarCodigo(texto) {
      const { red } = this.partes();
      const fila = await this.enCatalogo(texto);
      if (fila) return opcionDeArticulo(fila, this.parametros.decimales);
      if (!this.enLinea) return null;
      const { urls, sucursal } = this.parametros;
      const url = `${urls.articulos}?q=${texto}&cliente=${this.activo}&sucursal=${sucursal}`;
      const html = await red.fragmento(url).catch(soloSinRed);
      const pagina = new DOMParser().parseFromString(html, "text/html");
      const opcion = pagina.querySelector(`[role=option][data-barras="${texto}"]`);
      return opcion && { ...opcion.dataset };
    },
  };
}

function soloSinTrabajador(error) {
  if (!(error instanceof SinTrabajador)) throw error;
  return null;
}

function soloSinRed(error) {
  if (!(error instanceof SinRed)) throw error;
  return "";
}
