// An ARIA combobox over a list that arrives when it arrives: made here, or the server's fragment.
// Enter before the list is there waits for it: a scanner types faster than any answer. What it takes
// is always of the list that answers what is written, for whoever it is written for. The keys that
// come after it wait too, and fall where they would have fallen had the answer been there.

import { alrededor, porId, pulsar, todos, uno } from "./dom.js";
import { Preguntas } from "./preguntas.js";

/** @typedef {import("./preguntas.js").Marcada} Marcada */

// A key that may wait: it writes, rubs out or ends.
const SE_ADELANTA = /^(.|Enter|Backspace)$/u;
// Milliseconds that keys wait for an answer: longer than htmx waits for the server.
const PACIENCIA = 5_000;

export class Combobox {
  /**
   * @param {object} partes
   * @param {HTMLInputElement} partes.entrada
   * @param {string} partes.raiz the id of what holds the list, which answers replace
   * @param {(datos: DOMStringMap) => unknown} partes.elegir
   * @param {(q: string) => Promise<(() => void) | null>} [partes.buscar] looks for it here, and gives
   *   back what puts it in the list; null when only the server can answer
   * @param {(q: string) => Promise<object | null>} [partes.rapido] what the text means by itself, as an
   *   option says it
   * @param {(q: string) => boolean} [partes.tomarTexto] whether it took the text, at once, to serve
   *   it on its own
   * @param {(q: string) => string} [partes.pregunta] what of the text written is searched
   * @param {() => string} [partes.para] whom for: for another, the same text is another question
   * @param {(q: string) => boolean} [partes.porTabulador] whether a Tab after it is its Enter, as
   *   many scanners end what they read
   * @param {(q: string, teclas: readonly string[]) => void} [partes.alPerder] the Enter took nothing:
   *   the keys after it are nobody's. Without it none are kept: writing on gives the Enter up
   */
  constructor({
    entrada,
    raiz,
    elegir,
    buscar = async () => null,
    rapido = async () => null,
    tomarTexto = () => false,
    pregunta = (q) => q,
    para = () => "",
    porTabulador = () => false,
    alPerder,
  }) {
    this.entrada = entrada;
    this.raizId = raiz;
    this.elegir = elegir;
    this.rapido = rapido;
    this.tomarTexto = tomarTexto;
    this.porTabulador = porTabulador;
    this.alPerder = alPerder;
    this.abierto = false;
    this.activo = -1;
    /** Whether an Enter waits for the list. */
    this.espera = false;
    this.esperaDesde = 0;
    /** What it looks for. */
    this.esperada = "";
    /** Whether the server has failed since: nobody is asked any more. */
    this.callado = false;
    /** @type {string[]} the keys that came after it */
    this.adelantadas = [];
    /** @type {string | null} the question whose list somebody closed */
    this.dejada = null;
    this.preguntas = new Preguntas({
      entrada,
      raiz: () => this.raiz,
      texto: () => this.consulta && pregunta(this.consulta),
      para,
      buscar,
      marcada: () => this.marcada(),
      alLlegar: (llegada) => this.alLlegar(llegada),
      alFaltar: () => this.cerrar(),
    });
    entrada.addEventListener("input", () => this.alEscribir());
    entrada.addEventListener("keydown", (evento) => this.alTeclear(evento));
    entrada.addEventListener("blur", () => this.alIrse());
    entrada.addEventListener("focus", () => this.alVolver());
    this.escucharFallas();
    this.escucharRaton();
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

  get enfocada() {
    return document.activeElement === this.entrada;
  }

  /** A server that does not answer is nothing to wait for, and nothing to tell. */
  escucharFallas() {
    /** @param {Event} evento */
    const local = (evento) => {
      evento.preventDefault();
      this.localmente();
    };
    this.entrada.addEventListener("htmx:sendError", local);
    this.entrada.addEventListener("htmx:timeout", local);
    this.entrada.addEventListener("htmx:responseError", local);
  }

  escucharRaton() {
    const contenedor = this.raiz.parentElement ?? document.body;
    // Keep the focus in the field, or the list closes before the click arrives.
    contenedor.addEventListener("mousedown", (evento) => {
      const { target } = evento;
      if (target instanceof Node && this.raiz.contains(target)) evento.preventDefault();
    });
    contenedor.addEventListener("click", (evento) => {
      const opcion = alrededor(evento, "[role=option]");
      if (opcion && this.preguntas.alDia) this.tomar(opcion);
    });
  }

  /** What is written answered here, unless it is answered. */
  async localmente() {
    if (this.preguntas.viva && !this.preguntas.alDia) await this.preguntas.preguntar();
    if (this.preguntas.alDia) return;
    this.callado = true;
    this.perder();
  }

  /** Whether an Enter waits for an answer that may still come. */
  get falta() {
    const pronto = performance.now() - this.esperaDesde < PACIENCIA;
    const puede = this.alPerder !== undefined && !this.callado && pronto;
    return this.espera && puede && !this.preguntas.alDia;
  }

  alEscribir() {
    this.dejarDeEsperar();
    this.dejada = null;
    if (this.preguntas.actual === "") return this.olvidar();
    if (!this.preguntas.alDia) return void this.preguntas.preguntar();
    return this.abierto || !this.enfocada || this.abrir();
  }

  /** Whoever goes elsewhere waits for nothing here; the window may go, and come back. */
  alIrse() {
    if (!this.enfocada) this.dejarDeEsperar();
    this.dejada = null;
    this.cerrar();
  }

  alVolver() {
    if (this.preguntas.alDia) this.abrir();
    else this.preguntas.revisar();
  }

  /** What it was asked for may be for another by now, at other prices. */
  revisar() {
    if (this.enfocada) this.preguntas.revisar();
  }

  /** @param {{marcada: Marcada | null, servidor: boolean}} llegada */
  alLlegar({ marcada, servidor }) {
    if (!this.enfocada || this.dejada === this.preguntas.actual) {
      this.cerrar();
      return;
    }
    if (marcada) this.reponer(marcada);
    else this.abrir();
    if (this.espera && this.activo >= 0) this.tomar(this.opciones[this.activo]);
    else if (servidor) this.dejarDeEsperar();
    // The server may know better, and hardly ever does: whoever typed on has to know now.
    else this.perder();
  }

  /** The Enter gave up. */
  dejarDeEsperar() {
    this.espera = false;
    this.perder();
  }

  /** The keys that came after the Enter fall nowhere, and are told of. */
  perder(teclas = this.adelantadas) {
    this.adelantadas = [];
    if (teclas.some((tecla) => tecla !== "Enter")) this.alPerder?.(this.esperada, teclas);
  }

  /** @param {KeyboardEvent} evento */
  alTeclear(evento) {
    if (evento.ctrlKey || evento.metaKey || evento.altKey || evento.isComposing) return;
    if (this.seAdelanta(evento.key)) {
      evento.preventDefault();
      this.adelantadas.push(evento.key);
      return;
    }
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

  /**
   * Whether a key waits for what the Enter before it takes. Rubbing out corrects what is seen.
   * @param {string} key
   */
  seAdelanta(key) {
    const corrige = key === "Backspace" && this.adelantadas.length === 0;
    return this.falta && !corrige && SE_ADELANTA.test(key);
  }

  async alEnter() {
    const { consulta, preguntas } = this;
    if (consulta === "") return;
    if (this.abierto && preguntas.alDia && this.activo >= 0) {
      this.tomar(this.opciones[this.activo]);
      return;
    }
    if (this.tomarTexto(consulta)) {
      this.limpiar();
      return;
    }
    const esta = preguntas.actual;
    const nadie = preguntas.hecha !== esta || this.callado;
    Object.assign(this, { espera: true, esperada: consulta, callado: false, dejada: null });
    this.esperaDesde = performance.now();
    if (esta !== "" && nadie) void preguntas.insistir();
    const datos = await this.rapido(consulta);
    if (!this.espera || preguntas.actual !== esta) return;
    if (datos) this.tomarDatos({ ...datos });
    else if (preguntas.alDia && this.opciones.length > 0) this.mostrar();
  }

  /** The list that somebody had closed: he has to see what he takes. */
  mostrar() {
    this.dejarDeEsperar();
    this.abrir();
  }

  /** @param {Event} evento */
  alEscape(evento) {
    if (this.abierto) evento.stopPropagation();
    else this.limpiar();
    this.dejarDeEsperar();
    this.dejada = this.preguntas.actual;
    this.cerrar();
  }

  /** @param {HTMLElement} opcion */
  tomar(opcion) {
    this.tomarDatos({ ...opcion.dataset });
  }

  /** @param {DOMStringMap} datos */
  tomarDatos(datos) {
    const teclas = this.adelantadas;
    this.adelantadas = [];
    this.olvidar();
    this.elegir(datos);
    if (teclas.length === 0) return;
    // It was not taken: what is written is there still, and what came after it has nowhere to go.
    if (this.enfocada && this.consulta !== "") this.perder(teclas);
    else teclas.forEach(pulsar);
  }

  /**
   * As if typed here.
   * @param {string} texto
   */
  escribir(texto, { enter = false } = {}) {
    if (this.falta) {
      this.adelantadas.push(...texto, ...(enter ? ["Enter"] : []));
      return;
    }
    this.entrada.value = texto;
    this.entrada.dispatchEvent(new Event("input", { bubbles: true }));
    if (enter) this.alEnter();
  }

  limpiar() {
    this.dejarDeEsperar();
    this.entrada.value = "";
    this.olvidar();
  }

  /** What the list says is for nobody any more. */
  olvidar() {
    this.espera = false;
    this.dejada = null;
    this.preguntas.olvidar();
    this.cerrar();
  }

  /** What is only near is chosen by hand: no Enter takes it before. */
  get primera() {
    return this.raiz.dataset.cercanas === undefined ? 0 : -1;
  }

  abrir(lugar = this.primera) {
    this.abierto = true;
    this.raiz.hidden = false;
    const hay = this.opciones.length > 0;
    this.entrada.setAttribute("aria-expanded", String(hay));
    this.marcar(hay ? lugar : -1);
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
    if (total === 0) return;
    // Whoever chooses from the answer with the arrows waits for no other.
    if (this.preguntas.alDia) this.dejarDeEsperar();
    const desde = this.activo < 0 && paso < 0 ? 0 : this.activo;
    this.marcar((desde + paso + total) % total);
    this.opciones[this.activo].scrollIntoView({ block: "nearest" });
  }

  /** @param {number} lugar */
  marcar(lugar) {
    this.activo = lugar;
    this.opciones.forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === lugar)));
    const elegida = this.opciones[lugar];
    if (elegida) this.entrada.setAttribute("aria-activedescendant", elegida.id);
    else this.entrada.removeAttribute("aria-activedescendant");
  }

  /**
   * The row that is marked, if the list is open.
   * @returns {Marcada | null}
   */
  marcada() {
    const opcion = this.abierto ? this.opciones[this.activo] : undefined;
    if (!opcion) return null;
    const { scrollTop: alto } = uno(this.raiz, "[role=listbox]", HTMLElement);
    return { opcion, lugar: this.activo, alto };
  }

  /**
   * After the server's list came: the row that was marked still is, and keeps its place in the list,
   * whatever came around it. One that the server does not have stays too: whoever is pressing Enter
   * takes what he saw.
   * @param {Marcada} marcada
   */
  reponer({ opcion, lugar, alto }) {
    // The server said the same: nothing was touched.
    if (this.raiz.contains(opcion)) return;
    const lista = uno(this.raiz, "[role=listbox]", HTMLElement);
    const suya = this.opciones.find(({ id }) => id === opcion.id) ?? opcion;
    suya.remove();
    lista.insertBefore(suya, this.opciones[lugar] ?? null);
    this.abrir(this.opciones.indexOf(suya));
    lista.scrollTop = alto;
  }
}
