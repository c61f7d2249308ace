// Catalogues of a few rows, as the Worker has them.

import {
  LECTURA_DE_ARTICULOS,
  LECTURA_DE_CLIENTES,
  Indice,
  indiceDeArticulos,
  indiceDeClientes,
} from "../catalogo/indice.js";
import { Legajo, enLegajo } from "../catalogo/legajo.js";
import { Tabla } from "../catalogo/tabla.js";
import { PreciosDelCatalogo } from "../motor/precios_de_canal.js";

export const articulosDe = (filas) => indiceDeArticulos(Tabla.de(filas, LECTURA_DE_ARTICULOS));
export const clientesDe = (filas) => indiceDeClientes(Tabla.de(filas, LECTURA_DE_CLIENTES));
export const preciosDe = (gart, canal) =>
  new PreciosDelCatalogo(gart, canal, (id) => gart.articulos[id]);

/** An index of rows as they came, and the same of what is kept of them. */
export function indicesDe(filas, campos) {
  const tabla = Tabla.de(filas, campos);
  const guardada = new Legajo(enLegajo(tabla.guardable()).buffer);
  return [tabla, Tabla.guardada(guardada)].map((una) => new Indice(una, campos));
}
