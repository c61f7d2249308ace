// The desk's Alpine component: the fields that its templates read, each written by one part, and the
// deeds and sentences that they name, each with the part that answers for it. Nothing is done here.

import { porId } from "../comun/dom.js";
import { abrir, armar } from "./armado.js";
import { abrirAyuda, cerrarDialogo } from "./pantalla/dialogos.js";

/**
 * @typedef {import("./armado.js").Partes} Partes
 * @typedef {{[Nombre in keyof Partes]: readonly [Nombre, keyof Partes[Nombre]]}[keyof Partes]} Miembro
 */

/** @type {Readonly<Record<string, Miembro>>} */
export const HECHOS = {
  // Going from client to client
  alternarRail: ["rail", "alternar"],
  buscarCliente: ["rail", "buscar"],
  mostrarCliente: ["clientes", "mostrar"],
  otroPedido: ["clientes", "otroPedido"],
  // The entry row
  soltarElegido: ["entrada", "soltar"],
  agregarConBoton: ["entrada", "agregarElegido"],
  alTeclearCantidad: ["entrada", "alTeclearCantidad"],
  bajarALineas: ["teclasDeLinea", "bajar"],
  repetirUltimo: ["ultimo", "repetir"],
  // The order on the screen
  lineasVisibles: ["lineas", "visibles"],
  enCampo: ["campos", "mostrar"],
  alTeclearLinea: ["teclasDeLinea", "alTeclear"],
  editarCantidad: ["lineas", "editarCantidad"],
  editarPrecio: ["lineas", "editarPrecio"],
  quitarLinea: ["lineas", "quitar"],
  observarPedido: ["edicion", "observar"],
  descartarPedido: ["arreglo", "descartar"],
  repararPedido: ["arreglo", "reparar"],
  exportarPedido: ["arreglo", "exportar"],
  enviarComoNuevo: ["arreglo", "enviarComoNuevo"],
  urlDelGuardado: ["arreglo", "urlDelGuardado"],
  // Prices that move, and discounts within reach
  irAFaltante: ["rebajas", "irA"],
  hayCambios: ["preciosNuevos", "hay"],
  cambiosVisibles: ["preciosNuevos", "visibles"],
  entendido: ["preciosNuevos", "entendido"],
  // Sending, and files
  confirmarEnvio: ["despacho", "confirmar"],
  enviarTodo: ["despacho", "enviarTodo"],
  reintentar: ["despacho", "reintentar"],
  exportarPedidos: ["traslado", "exportar"],
  elegirArchivo: ["traslado", "elegirArchivo"],
  usarEstaPestana: ["titularidad", "tomar"],
  // What is said
  textoEnviar: ["letreros", "enviar"],
  textoGuardados: ["letreros", "guardados"],
  montoGuardado: ["letreros", "montoGuardado"],
  notaGuardado: ["letreros", "notaGuardado"],
  chipTexto: ["letreros", "chip"],
  chipCorto: ["letreros", "chipCorto"],
  chipPunto: ["letreros", "chipPunto"],
};

/**
 * What is on the screen before anything is known; Alpine makes it reactive.
 * @returns {VistaDeMesa}
 */
export function vistaInicial() {
  return {
    clientes: [],
    activo: "",
    pedido: null,
    resumen: null,
    guardados: [],
    enviando: 0,
    railAbierto: false,
    guardado: "",
    permanencia: "",
    otraPestana: "",
    elegidoTexto: "",
    faltantes: [],
    enLinea: true,
    sesion: "",
    problema: "",
    catalogoTexto: "",
    catalogoAviso: "",
    catalogoEdad: "",
    relojMal: "",
  };
}

export function mesa() {
  /** @type {Parametros} */
  const parametros = JSON.parse(porId("parametros", HTMLElement).textContent ?? "");
  /** @type {Partes} outside of Alpine's reactivity: parts with their own state */
  let partes;

  return {
    ...vistaInicial(),
    ...delegados(() => partes),
    parametros,
    abrirAyuda,
    cerrarDialogo,

    /** @this {VistaDeMesa & {$nextTick: (tarea: () => void) => void}} */
    init() {
      partes = armar(parametros, this, (tarea) => this.$nextTick(tarea));
      abrir(partes);
    },

    /** For whoever looks in from outside: tests, the browser's console. */
    partes: () => partes,
  };
}

/**
 * Each of HECHOS as a function that asks its part; of a desk that could not open there is nothing to
 * say (rescate.js).
 * @param {() => Partes | undefined} partes
 */
function delegados(partes) {
  const hechos = Object.entries(HECHOS).map(([nombre, [parte, miembro]]) => {
    /** @param {unknown[]} datos */
    const hecho = (...datos) => {
      const suya = /** @type {Record<string, Function> | undefined} */ (partes()?.[parte]);
      return suya?.[miembro](...datos);
    };
    return [nombre, hecho];
  });
  return Object.fromEntries(hechos);
}
