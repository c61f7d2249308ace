// The desk put together: each part with those it calls, from the ones that call nobody up.

import { montar } from "./servicios.js";
import { CatalogoDeMesa } from "./despacho/catalogo.js";
import { Corte } from "./despacho/corte.js";
import { Despacho } from "./despacho/despacho.js";
import { EnLinea } from "./despacho/en_linea.js";
import { LotesDeHoy } from "./despacho/lotes_de_hoy.js";
import { Noticias } from "./despacho/noticias.js";
import { Recibos } from "./despacho/recibos.js";
import { Regreso } from "./despacho/regreso.js";
import { RelojDeMesa } from "./despacho/reloj.js";
import { SesionDeMesa } from "./despacho/sesion.js";
import { Traslado } from "./despacho/traslado.js";
import { Campos } from "./pantalla/campos.js";
import { Clientes } from "./pantalla/clientes.js";
import { Custodia } from "./pantalla/custodia.js";
import { Deshacer } from "./pantalla/deshacer.js";
import { Foco } from "./pantalla/foco.js";
import { Intento } from "./pantalla/intento.js";
import { Letreros } from "./pantalla/letreros.js";
import { Pantalla } from "./pantalla/pantalla.js";
import { Rail } from "./pantalla/rail.js";
import { Rafaga } from "./pantalla/rafaga.js";
import { Teclas } from "./pantalla/teclas.js";
import { Titularidad } from "./pantalla/titularidad.js";
import { Vecinas } from "./pantalla/vecinas.js";
import { Alta } from "./pedido/alta.js";
import { Arreglo } from "./pedido/arreglo.js";
import { BuscadorDeClientes } from "./pedido/buscador_de_clientes.js";
import { Edicion } from "./pedido/edicion.js";
import { Entrada } from "./pedido/entrada.js";
import { Lector } from "./pedido/lector.js";
import { Lineas } from "./pedido/lineas.js";
import { Nota } from "./pedido/nota.js";
import { Pickers } from "./pedido/pickers.js";
import { PreciosNuevos } from "./pedido/precios_nuevos.js";
import { Rebajas } from "./pedido/rebajas.js";
import { TeclasDeLinea } from "./pedido/teclas_de_linea.js";
import { UltimoPedido } from "./pedido/ultimo.js";

const CATALOGO_CADA = 5 * 60_000;

/**
 * @typedef {ReturnType<typeof armar>} Partes
 * @typedef {ReturnType<typeof armarSuelo>} Suelo
 * @typedef {ReturnType<typeof armarPedido>} DePedido
 */

/**
 * The desk's parts. `vista` is what the template reads: each part writes its own fields of it.
 * @param {Parametros} parametros
 * @param {VistaDeMesa} vista
 * @param {(tarea: () => void) => unknown} dibujado does it once the page is drawn
 */
export function armar(parametros, vista, dibujado) {
  // What a service tells comes later than this: by then all the parts are there.
  const servicios = montar(parametros, {
    alCambiarCatalogo: (estado) => partes.catalogoDeMesa.alCambiar(estado),
    alCambiarConexion: (hay) => partes.corte.alCambiar(hay),
    alConocerPrecios: () => partes.preciosNuevos.alConocer(),
    alCambiarTitular: (titular) => partes.titularidad.alCambiar(titular),
    avisar: (evento, datos) => partes.noticias.alAvisar(evento, datos),
  });
  const { decimales, moneda, urls } = parametros;
  const suelo = armarSuelo({ ...servicios, parametros, vista, foco: new Foco({ dibujado }) });
  const dePedido = armarPedido({ ...servicios, ...suelo, parametros, vista, decimales, moneda });
  const deClientes = armarClientes({ ...servicios, ...suelo, ...dePedido });
  const deDespacho = armarDespacho({
    ...servicios,
    ...suelo,
    ...dePedido,
    ...deClientes,
    parametros,
    vista,
    urls,
  });
  const pantalla = {
    letreros: new Letreros({ ...suelo, decimales }),
    rafaga: new Rafaga({ ...suelo, ...dePedido }),
    teclas: new Teclas({ ...suelo, ...deClientes, ...deDespacho }),
    vecinas: new Vecinas({ ...servicios, ...suelo, ...dePedido, ...deDespacho }),
  };
  const partes = { servicios, ...suelo, ...dePedido, ...deClientes, ...deDespacho, ...pantalla };
  return partes;
}

/**
 * What all the others stand on: the screen, the focus, and doing something to the notebook.
 * @param {ServiciosDeMesa & {parametros: Parametros, vista: VistaDeMesa, foco: Foco}} dado
 */
function armarSuelo(dado) {
  const enLinea = new EnLinea(dado);
  const sesion = new SesionDeMesa(dado);
  const regreso = new Regreso({ ...dado, sesion });
  const pantalla = new Pantalla({ ...dado, enLinea });
  const custodia = new Custodia({ ...dado, pantalla });
  const titularidad = new Titularidad({ ...dado, pantalla, regreso });
  const intento = new Intento({ pantalla, custodia, titularidad });
  const { foco } = dado;
  return {
    enLinea,
    sesion,
    regreso,
    pantalla,
    custodia,
    titularidad,
    intento,
    foco,
    campos: new Campos({ intento }),
    deshacer: new Deshacer({ pantalla, intento, foco }),
    rail: new Rail({ ...dado, foco }),
  };
}

/**
 * The order on the screen: its entry row, its lines, its prices.
 * @param {ServiciosDeMesa & Suelo & {parametros: Parametros, vista: VistaDeMesa, decimales: number, moneda: CodigoMoneda}} dado
 */
function armarPedido(dado) {
  const nota = new Nota(dado);
  const edicion = new Edicion(dado);
  const alta = new Alta({ ...dado, edicion, nota });
  const lector = new Lector({ ...dado, alta });
  const pickers = new Pickers(dado);
  const lineas = new Lineas({ ...dado, edicion });
  const preciosNuevos = new PreciosNuevos(dado);
  return {
    edicion,
    alta,
    lector,
    pickers,
    lineas,
    preciosNuevos,
    entrada: new Entrada({ ...dado, alta, lector, pickers, nota }),
    ultimo: new UltimoPedido({ ...dado, edicion, alta }),
    teclasDeLinea: new TeclasDeLinea({ ...dado, lineas }),
    rebajas: new Rebajas({ ...dado, preciosNuevos }),
    arreglo: new Arreglo(dado),
  };
}

/**
 * Going from one client's order to another's.
 * @param {ServiciosDeMesa & Suelo & DePedido} dado
 */
function armarClientes(dado) {
  const clientes = new Clientes(dado);
  return { clientes, buscador: new BuscadorDeClientes({ ...dado, clientes }) };
}

/**
 * Sending, and what the desk knows of the server.
 * @param {ServiciosDeMesa & Suelo & DePedido & {clientes: Clientes, parametros: Parametros,
 *   vista: VistaDeMesa, urls: Direcciones}} dado
 */
function armarDespacho(dado) {
  const relojDeMesa = new RelojDeMesa(dado);
  const catalogoDeMesa = new CatalogoDeMesa({ ...dado, relojDeMesa });
  const recibos = new Recibos(dado);
  const lotesDeHoy = new LotesDeHoy(dado);
  const noticias = new Noticias({ ...dado, lotesDeHoy, recibos });
  return {
    relojDeMesa,
    catalogoDeMesa,
    recibos,
    lotesDeHoy,
    noticias,
    corte: new Corte({ ...dado, catalogoDeMesa }),
    despacho: new Despacho({ ...dado, noticias, relojDeMesa }),
    traslado: new Traslado(dado),
  };
}

/**
 * Open it: what is kept is shown, what waits goes on, what happens is listened to.
 * @param {Partes} partes
 */
export function abrir(partes) {
  const { servicios, pantalla, custodia, regreso, catalogoDeMesa, foco } = partes;
  pantalla.abrir();
  if (servicios.aviso) custodia.decir(servicios.aviso);
  regreso.seguir();
  catalogoDeMesa.traer();
  setInterval(() => catalogoDeMesa.traer(), CATALOGO_CADA);
  escuchar(partes);
  // On a phone the first focus would bring up the keyboard over everything.
  const libre = document.activeElement === document.body && matchMedia("(pointer: fine)").matches;
  if (libre) foco.enfocar(pantalla.pedido ? "entrada_articulo" : "entrada_cliente");
  // Without this word the page shows what is kept by itself (rescate.js).
  document.documentElement.dataset.mesa = "lista";
}

/** @param {Partes} partes */
function escuchar({ regreso, sesion, vecinas, teclas, rafaga }) {
  document.addEventListener("visibilitychange", () => regreso.alVolver());
  addEventListener("online", () => regreso.alVolver());
  // Nobody is thrown out of the desk: it goes on with what it has.
  document.addEventListener("sesion:terminada", (evento) => {
    evento.preventDefault();
    sesion.pedirEntrar();
  });
  addEventListener("storage", ({ key }) => vecinas.alCambiar(key));
  document.addEventListener("keydown", (evento) => rafaga.alTeclear(evento), { capture: true });
  document.addEventListener("keydown", (evento) => teclas.alTeclear(evento));
}
