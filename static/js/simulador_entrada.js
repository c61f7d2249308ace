// The simulator's entry row: code, name, brand or barcode → Enter → how many → Enter → back.

import { Combobox } from "./combobox.js";
import { esDeBarras, partir } from "./codigos.js";
import { leerCantidad } from "./dinero.js";
import { frase } from "./textos.js";

const nodo = (id) => document.getElementById(`simulador_${id}`);

export class Entrada {
  /** `alAgregar(datos, cantidad)` gives back how many there are now; `alBajar()`: to the lines. */
  constructor({ alAgregar, alBajar }) {
    this.alAgregar = alAgregar;
    this.alBajar = alBajar;
    this.elegido = null;
    this.campo = nodo("articulo");
    this.cantidad = nodo("cantidad");
    this.combo = new Combobox({
      entrada: this.campo,
      raiz: "simulador_articulos",
      buscar: async () => {},
      elegir: (datos) => this.elegir(datos),
      pregunta: (q) => partir(q).texto,
    });
    this.escucharCampo();
    this.escucharCantidad();
    nodo("todos").addEventListener("change", () => {
      this.campo.focus();
      window.htmx.trigger(this.campo, "buscar");
    });
  }

  escucharCampo() {
    this.campo.addEventListener("input", () => {
      this.elegido = null;
      this.decir("");
    });
    this.campo.addEventListener("htmx:configRequest", ({ detail }) => {
      detail.parameters.set("q", partir(this.combo.consulta).texto);
    });
    this.campo.addEventListener("htmx:beforeRequest", (evento) => {
      if (this.combo.consulta === "") evento.preventDefault();
    });
    // A refusal comes as a list that says why.
    this.campo.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
      if (xhr.status === 422) this.combo.alLlegar();
    });
    this.campo.addEventListener("keydown", (evento) => {
      if (evento.key !== "ArrowDown" || this.campo.value !== "") return;
      evento.preventDefault();
      this.alBajar();
    });
  }

  escucharCantidad() {
    this.cantidad.addEventListener("focus", () => this.cantidad.select());
    this.cantidad.addEventListener("keydown", (evento) => {
      const accion = { Enter: () => this.agregarElegido(), Escape: () => this.volver() }[
        evento.key
      ];
      if (!accion) return;
      evento.preventDefault();
      accion();
    });
    document.querySelector("[data-agregar]").addEventListener("click", () => this.agregarElegido());
  }

  elegir(datos) {
    const { cantidad, texto } = partir(this.combo.consulta);
    if (cantidad !== null || (esDeBarras(texto) && datos.barras === texto)) {
      this.agregar(datos, cantidad ?? 1);
      return;
    }
    this.elegido = datos;
    this.campo.value = datos.descripcion;
    this.decir(datos.descripcion);
    this.cantidad.focus();
    this.cantidad.select();
  }

  agregarElegido() {
    const cantidad = leerCantidad(this.cantidad.value);
    if (this.elegido === null) {
      this.decir("Elegir primero un artículo.");
      this.campo.focus();
    } else if (cantidad === null) {
      this.decir(frase("cantidad"));
      this.cantidad.select();
    } else {
      this.agregar(this.elegido, cantidad);
    }
  }

  agregar(datos, cantidad) {
    const lleva = this.alAgregar(datos, cantidad);
    this.volver();
    this.decir(`Agregado: ${datos.descripcion}, lleva ${lleva}`);
  }

  volver() {
    this.elegido = null;
    this.combo.limpiar();
    this.cantidad.value = "1";
    this.decir("");
    this.campo.focus();
  }

  // For whoever does not look, or listens to the page.
  decir(texto) {
    nodo("elegido").textContent = texto;
  }
}
