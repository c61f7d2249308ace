// The search of clients, and what is typed in it while the one chosen opens.

import { Combobox } from "../../comun/combobox.js";
import { avisar } from "../../pagina/avisos.js";
import { frase } from "../../comun/frases.js";
import { porId } from "../../comun/dom.js";
import { textoDeAdelantadas } from "../../comun/textos.js";
import { clienteDe } from "../opciones.js";

/**
 * @typedef {import("./entrada.js").Entrada} Entrada
 * @typedef {import("./pickers.js").Pickers} Pickers
 * @typedef {import("../pantalla/clientes.js").Clientes} Clientes
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class BuscadorDeClientes {
  /**
   * @param {object} partes
   * @param {Pick<Clientes, "abrir">} partes.clientes
   * @param {Pick<Entrada, "escribir">} partes.entrada
   * @param {Pick<Pickers, "clientes" | "escuchar">} partes.pickers
   * @param {Pick<Foco, "dibujado">} partes.foco
   * @param {Pick<Pantalla, "activo">} partes.pantalla
   */
  constructor({ clientes, entrada, pickers, foco, pantalla }) {
    this.clientes = clientes;
    this.entrada = entrada;
    this.foco = foco;
    this.pantalla = pantalla;
    /** @type {OpcionDeCliente | null} the last one chosen */
    this.elegido = null;
    /** @type {string[] | null} what was entered while a client opens; null: none is opening */
    this.esperan = null;
    this.combo = new Combobox({
      entrada: porId("entrada_cliente", HTMLInputElement),
      raiz: "clientes_picker",
      buscar: (q) => pickers.clientes(q),
      elegir: (datos) => this.alElegir(clienteDe(datos)),
      alPerder: (q, teclas) => avisar(textoDeAdelantadas(q, teclas), { nivel: "aviso" }),
      tomarTexto: (q) => this.esperar(q),
      pregunta: (q) => (this.esperan === null ? q : ""),
    });
    pickers.escuchar(this.combo);
    porId("entrada_articulo", HTMLInputElement).addEventListener("focus", () => this.pasar());
  }

  /** @param {OpcionDeCliente} datos */
  async alElegir(datos) {
    this.combo.limpiar();
    this.elegido = datos;
    this.esperan = [];
    await this.clientes.abrir(datos);
    // Whoever went elsewhere meanwhile wrote nothing for the entry row.
    this.foco.dibujado(() => (this.esperan = null));
  }

  /**
   * While a client opens the keys still fall here: they are for the entry row.
   * @param {string} q
   */
  esperar(q) {
    this.esperan?.push(q);
    return this.esperan !== null;
  }

  /** The entry row has the focus: what was written for it goes there. */
  pasar() {
    if (this.esperan === null) return;
    const [enteros, resto] = [this.esperan, this.combo.entrada.value];
    this.esperan = null;
    this.combo.limpiar();
    if (this.pantalla.activo !== this.elegido?.id) return this.decirQueQuedo(enteros);
    for (const q of enteros) this.entrada.escribir(q, { enter: true });
    return resto ? this.entrada.escribir(resto) : undefined;
  }

  /**
   * Another client came to the screen first: this was not entered for that one.
   * @param {string[]} enteros
   */
  decirQueQuedo(enteros) {
    const cliente = this.elegido?.nombre ?? "";
    for (const codigo of enteros)
      avisar(frase("para_otro", { codigo, cliente }), { nivel: "aviso" });
  }
}
