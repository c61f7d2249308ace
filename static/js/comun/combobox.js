// An ARIA combobox over a list that arrives when it arrives: the server's fragment, or ours.
// Enter before the list is there waits for it: a scanner types faster than any network.

import { alrededor, porId, todos } from "./dom.js";

export class Combobox {
  /**
   * @param {object} partes
   * @param {HTMLInputElement} partes.entrada
   * @param {string} partes.raiz the id of what holds the list, which answers replace
   * @param {(q: string) => Promise<unknown>} partes.buscar fills the list here and now
   * @param {(datos: DOMStringMap) => unknown} partes.elegir
   * @param {(q: string) => Promise<boolean>} [partes.rapido] whether it served the text
   * @param {(q: string) => boolean} [partes.tomarTexto] whether it took the text, at once, to serve
   *   it on its own
   * @param {(q: string) => string} [partes.pregunta] what of the text written is searched
   * @param {(q: string) => boolean} [partes.porTabulador] whether a Tab after it is its Enter, as
   *   many scanners end what they read
   */
  constructor({
    entrada,
    raiz,
    buscar,
    elegir,
    rapido = async () => false,
    tomarTexto = () => false,
    pregunta = (q) => q,
    porTabulador = () => false,
  }) {
    this.entrada = entrada;
    this.raizId = raiz;
    this.buscar = buscar;
    this.elegir = elegir;
    this.rapido = rapido;
    this.tomarTexto = tomarTexto;
    this.pregunta = pregunta;
    this.porTabulador = porTabulador;
    this.abierto = false;
    this.activo = -1;
    this.espera = false;
    entrada.addEventListener("input", () => this.alEscribir());
    entrada.addEventListener("keydown", (evento) => this.alTeclear(evento));
    entrada.addEventListener("blur", () => this.cerrar());
    entrada.addEventListener("focus", () => this.alLlegar());
    this.escucharHtmx();
    const contenedor = this.raiz.parentElement ?? document.body;
    // Keep the focus in the field, or the list closes before the click arrives.
    contenedor.addEventListener("mousedown", (evento) => {
      const { target } = evento;
      if (target instanceof Node && this.raiz.contains(target)) evento.preventDefault();
    });
    contenedor.addEventListener("click", (evento) => this.alPinchar(evento));
  }

  get raiz() {
    return porId(this.raizId, HTMLElement);
  }

  get opciones() {
    return todos(this.raiz, "[role=option]", HTMLElement);
  }

  get consulta() {
    return this.entrada.value.trim();
  }

  /** Whether the list shown answers what is written. */
  get alDia() {
    return this.consulta !== "" && this.raiz.dataset.q?.trim() === this.pregunta(this.consulta);
  }

  escucharHtmx() {
    /** @param {Event} evento */
    const local = (evento) => {
      evento.preventDefault();
      this.localmente();
    };
    this.entrada.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.successful) this.alLlegar();
    });
    this.entrada.addEventListener("htmx:sendError", local);
    this.entrada.addEventListener("htmx:timeout", local);
    this.entrada.addEventListener("htmx:responseError", local);
  }

  async localmente() {
    const consulta = this.consulta;
    if (consulta === "") return;
    await this.buscar(consulta);
    this.alLlegar();
  }

  alEscribir() {
    this.espera = false;
    if (!this.alDia) this.cerrar();
  }

  alLlegar() {
    // What is shown by now may answer another text.
    if (!this.alDia) this.cerrar();
    if (!this.alDia || document.activeElement !== this.entrada) return;
    this.abrir();
    if (this.espera) this.alEnter();
  }

  /** @param {KeyboardEvent} evento */
  alTeclear(evento) {
    if (evento.ctrlKey || evento.metaKey || evento.altKey || evento.isComposing) return;
    /** @type {Record<string, () => unknown>} */
    const acciones = {
      ArrowDown: () => this.mover(1),
      ArrowUp: () => this.mover(-1),
      Enter: () => this.alEnter(),
      Escape: () => this.alEscape(evento),
    };
    const esSuFin = evento.key === "Tab" && !evento.shiftKey && this.porTabulador(this.consulta);
    const accion = acciones[esSuFin ? "Enter" : evento.key];
    if (!accion) return;
    if (evento.key.startsWith("Arrow") && !this.abierto) return;
    evento.preventDefault();
    accion();
  }

  async alEnter() {
    const consulta = this.consulta;
    if (consulta === "") return;
    if (this.abierto && this.alDia && this.opciones.length > 0) {
      this.tomar(this.opciones[Math.max(this.activo, 0)]);
      return;
    }
    if (this.tomarTexto(consulta)) {
      this.limpiar();
      return;
    }
    if (this.alDia) return;
    this.espera = true;
    const servido = await this.rapido(consulta);
    if (servido) this.espera = false;
    else if (this.espera) this.alLlegar();
  }

  /** @param {Event} evento */
  alEscape(evento) {
    if (this.abierto) evento.stopPropagation();
    if (!this.abierto) this.limpiar();
    this.cerrar();
  }

  /** @param {Event} evento */
  alPinchar(evento) {
    const opcion = alrededor(evento, "[role=option]");
    if (opcion) this.tomar(opcion);
  }

  /** @param {HTMLElement} opcion */
  tomar(opcion) {
    this.espera = false;
    const datos = { ...opcion.dataset };
    this.cerrar();
    this.elegir(datos);
  }

  /**
   * As if typed here.
   * @param {string} texto
   */
  escribir(texto, { enter = false } = {}) {
    this.entrada.value = texto;
    this.entrada.dispatchEvent(new Event("input", { bubbles: true }));
    if (enter) this.alEnter();
  }

  limpiar() {
    this.entrada.value = "";
    this.espera = false;
  }

  abrir() {
    this.abierto = true;
    this.raiz.hidden = false;
    this.entrada.setAttribute("aria-expanded", String(this.opciones.length > 0));
    this.marcar(this.opciones.length > 0 ? 0 : -1);
  }

  cerrar() {
    this.abierto = false;
    this.raiz.hidden = true;
    this.entrada.setAttribute("aria-expanded", "false");
    this.entrada.removeAttribute("aria-activedescendant");
    this.activo = -1;
  }

  /** @param {1 | -1} paso */
  mover(paso) {
    const total = this.opciones.length;
    if (total > 0) this.marcar((this.activo + paso + total) % total);
  }

  /** @param {number} lugar */
  marcar(lugar) {
    this.activo = lugar;
    this.opciones.forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === lugar)));
    const elegida = this.opciones[lugar];
    if (!elegida) return;
    this.entrada.setAttribute("aria-activedescendant", elegida.id);
    elegida.scrollIntoView({ block: "nearest" });
  }
}
