// The entry row: code, name or barcode → Enter → quantity → Enter → back.

import { esDeBarras, partir } from "../../lectura/codigos.js";
import { Combobox } from "../../comun/combobox.js";
import { clave } from "../../lectura/normal.js";
import { leerCantidad } from "../../lectura/cifras.js";
import { hallar, porId } from "../../comun/dom.js";
import { fraseDeCifra } from "../../lectura/frases_de_cifra.js";
import { textoDeAdelantadas } from "../../comun/textos.js";
import { articuloDe } from "../opciones.js";

/**
 * @typedef {import("./alta.js").Alta} Alta
 * @typedef {import("./lector.js").Lector} Lector
 * @typedef {import("./nota.js").Nota} Nota
 * @typedef {import("./pickers.js").Pickers} Pickers
 * @typedef {import("../pantalla/campos.js").Campos} Campos
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/intento.js").Intento} Intento
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Entrada {
  /**
   * @param {object} partes
   * @param {Pick<Pantalla, "activo" | "enPantalla" | "pedido" | "seguir">} partes.pantalla
   * @param {Pick<Alta, "agregar" | "sinPrecio">} partes.alta
   * @param {Pick<Lector, "encolar" | "leer">} partes.lector
   * @param {Pick<Pickers, "articulos" | "escuchar">} partes.pickers
   * @param {Pick<Nota, "decir">} partes.nota
   * @param {Pick<Campos, "rehusar">} partes.campos
   * @param {Pick<Intento, "decir" | "rechazar">} partes.intento
   * @param {Pick<Foco, "enfocar">} partes.foco
   */
  constructor({ pantalla, alta, lector, pickers, nota, campos, intento, foco }) {
    this.pantalla = pantalla;
    this.alta = alta;
    this.lector = lector;
    this.pickers = pickers;
    this.nota = nota;
    this.campos = campos;
    this.intento = intento;
    this.foco = foco;
    /** @type {OpcionDeArticulo | null} the article whose quantity is being written */
    this.elegido = null;
    /** The order that it was chosen for. */
    this.para = pantalla.enPantalla;
    this.combo = new Combobox({
      entrada: porId("entrada_articulo", HTMLInputElement),
      raiz: "articulos_picker",
      buscar: (q) => this.pickers.articulos(q),
      elegir: (datos) => this.elegir(articuloDe(datos)),
      rapido: (q) => this.lector.leer(q),
      tomarTexto: (q) => this.lector.encolar(q),
      pregunta: (q) => partir(q).texto,
      para: () => this.paraQuien(),
      alPerder: (q, teclas) => this.intento.decir(textoDeAdelantadas(q, teclas)),
      porTabulador: (q) => esDeBarras(partir(q).texto),
    });
    this.pickers.escuchar(this.combo, (preguntado) => (preguntado.cliente = this.pantalla.activo));
    this.pantalla.seguir(() => this.combo.revisar());
  }

  /** What a list's prices depend on: the client, the order and its lines. */
  paraQuien() {
    const { activo, pedido } = this.pantalla;
    const lineas = pedido?.lineas.map(({ id, cantidad }) => `${id}x${cantidad}`);
    return [activo, pedido?.uuid, pedido?.canal, lineas].join();
  }

  /**
   * As if typed here.
   * @param {string} texto
   * @param {{enter?: boolean}} [opciones]
   */
  escribir(texto, opciones) {
    this.combo.escribir(texto, opciones);
  }

  /** @param {OpcionDeArticulo} datos */
  elegir(datos) {
    const { cantidad, texto } = partir(this.combo.consulta);
    if (!this.pantalla.pedido) return this.intento.rechazar("sin_cliente");
    if (datos.precio === "") return this.alta.sinPrecio(datos);
    if (cantidad !== null || (esDeBarras(texto) && clave(datos.barras) === clave(texto))) {
      this.vaciar();
      return this.alta.agregar(datos, cantidad ?? 1);
    }
    this.elegido = datos;
    this.para = this.pantalla.enPantalla;
    this.combo.entrada.value = datos.descripcion;
    this.nota.decir(this.yaPedido(datos.id));
    return this.foco.enfocar("entrada_cantidad");
  }

  /** @param {string} id */
  yaPedido(id) {
    const linea = this.pantalla.pedido?.lineas.find((otra) => String(otra.id) === id);
    return linea ? `Ya tiene ${linea.cantidad}: se suma` : "";
  }

  /** The chosen article with the quantity written. */
  async agregarElegido() {
    const campo = porId("entrada_cantidad", HTMLInputElement);
    const leida = leerCantidad(campo.value);
    if (this.elegido === null) return this.foco.enfocar("entrada_articulo");
    if (leida.vale === null)
      return this.campos.rehusar(campo, "1", fraseDeCifra(campo.value, leida, 0, "cantidad"));
    const { elegido, para } = this;
    this.volver(); // the next code may be typed while this one is being added
    return this.alta.agregar(elegido, leida.vale, para);
  }

  /**
   * Keys of the quantity: Ctrl+Enter is the desk's, as everywhere.
   * @param {KeyboardEvent} evento
   */
  alTeclearCantidad(evento) {
    const { key, ctrlKey, metaKey, altKey, isComposing } = evento;
    if (ctrlKey || metaKey || altKey || isComposing) return undefined;
    if (key !== "Enter" && key !== "Escape") return undefined;
    evento.preventDefault();
    return key === "Enter" ? this.agregarElegido() : this.volver();
  }

  vaciar() {
    this.soltar();
    this.combo.limpiar();
    const cantidad = hallar(document, "#entrada_cantidad", HTMLInputElement);
    if (cantidad) cantidad.value = "1";
  }

  /** Writing again over a chosen article gives it up. */
  soltar() {
    this.elegido = null;
    this.nota.decir("");
  }

  volver() {
    this.vaciar();
    this.foco.enfocar("entrada_articulo");
  }
}
