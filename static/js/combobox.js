// An ARIA combobox over a list that arrives when it arrives: the server's fragment, or ours.
// Enter before the list is there waits for it: a scanner types faster than any network.

export class Combobox {
  /**
   * `buscar(q)` fills the list here and now; `elegir(datos)`; `rapido(q)`: true when it served;
   * `tomarTexto(q)`: true when it took the text, at once, to serve it on its own; `pregunta(q)`:
   * what of the text written is searched.
   */
  constructor({ entrada, raiz, buscar, elegir, ...opcionales }) {
    const {
      rapido = async () => false,
      tomarTexto = () => false,
      pregunta = (q) => q,
    } = opcionales;
    Object.assign(this, { entrada, raizId: raiz, buscar, elegir, rapido, tomarTexto, pregunta });
    this.activo = -1;
    this.espera = false;
    entrada.addEventListener("input", () => this.alEscribir());
    entrada.addEventListener("keydown", (evento) => this.alTeclear(evento));
    entrada.addEventListener("blur", () => this.cerrar());
    entrada.addEventListener("focus", () => this.alLlegar());
    this.escucharHtmx();
    const contenedor = this.raiz.parentElement;
    // Keep the focus in the field, or the list closes before the click arrives.
    contenedor.addEventListener("mousedown", (evento) => {
      if (this.raiz.contains(evento.target)) evento.preventDefault();
    });
    contenedor.addEventListener("click", (evento) => this.alPinchar(evento));
  }

  get raiz() {
    return document.getElementById(this.raizId);
  }

  get opciones() {
    return [...this.raiz.querySelectorAll("[role=option]")];
  }

  get consulta() {
    return this.entrada.value.trim();
  }

  /** Whether the list shown answers what is written. */
  get alDia() {
    return this.consulta !== "" && this.raiz.dataset.q?.trim() === this.pregunta(this.consulta);
  }

  escucharHtmx() {
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
    if (!this.alDia || document.activeElement !== this.entrada) return;
    this.abrir();
    if (this.espera) this.alEnter();
  }

  alTeclear(evento) {
    const accion = {
      ArrowDown: () => this.mover(1),
      ArrowUp: () => this.mover(-1),
      Enter: () => this.alEnter(),
      Escape: () => this.alEscape(evento),
    }[evento.key];
    if (!accion || evento.ctrlKey || evento.altKey || evento.isComposing) return;
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

  alEscape(evento) {
    if (this.abierto) evento.stopPropagation();
    if (!this.abierto) this.limpiar();
    this.cerrar();
  }

  alPinchar(evento) {
    const opcion = evento.target.closest("[role=option]");
    if (opcion) this.tomar(opcion);
  }

  tomar(opcion) {
    this.espera = false;
    const datos = { ...opcion.dataset };
    this.cerrar();
    this.elegir(datos);
  }

  /** As if typed here. */
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

  mover(paso) {
    const total = this.opciones.length;
    if (total > 0) this.marcar((this.activo + paso + total) % total);
  }

  marcar(lugar) {
    this.activo = lugar;
    this.opciones.forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === lugar)));
    const elegida = this.opciones[lugar];
    if (!elegida) return;
    this.entrada.setAttribute("aria-activedescendant", elegida.id);
    elegida.scrollIntoView({ block: "nearest" });
  }
}
