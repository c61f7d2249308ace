// The simulator's entry row: code, name, brand or barcode → Enter → how many → Enter → back.

import { Combobox } from "../comun/combobox.js";
import { esDeBarras, partir } from "../lectura/codigos.js";
import { clave } from "../lectura/normal.js";
import { leerCantidad } from "../lectura/cifras.js";
import { porId, uno } from "../comun/dom.js";
import { frase } from "../comun/frases.js";
import { fraseDeCifra } from "../lectura/frases_de_cifra.js";

/** @param {string} id */
const campoDe = (id) => porId(`simulador_${id}`, HTMLInputElement);

/** @typedef {{id: string, descripcion: string}} Elegido */

export class Entrada {
  /**
   * @param {object} partes
   * @param {(id: string, cantidad: number) => string} partes.alAgregar gives back how many there are now
   * @param {() => void} partes.alBajar to the lines
   */
  constructor({ alAgregar, alBajar }) {
    this.alAgregar = alAgregar;
    this.alBajar = alBajar;
    /** @type {Elegido | null} */
    this.elegido = null;
    this.campo = campoDe("articulo");
    this.cantidad = campoDe("cantidad");
    this.combo = new Combobox({
      entrada: this.campo,
      raiz: "simulador_articulos",
      elegir: (datos) => this.elegir(datos),
      pregunta: (q) => partir(q).texto,
      para: () => String(campoDe("todos").checked),
      porTabulador: (q) => esDeBarras(partir(q).texto),
    });
    this.escucharCampo();
    this.escucharCantidad();
    // Where it comes back to, the list is asked for again.
    campoDe("todos").addEventListener("change", () => this.campo.focus());
  }

  escucharCampo() {
    this.campo.addEventListener("input", () => {
      this.elegido = null;
      this.decir("");
    });
    this.campo.addEventListener("htmx:configRequest", ({ detail }) => {
      detail.parameters.set("q", partir(this.combo.consulta).texto);
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
      const { key, ctrlKey, metaKey, altKey, isComposing } = evento;
      if (ctrlKey || metaKey || altKey || isComposing) return;
      if (key !== "Enter" && key !== "Escape") return;
      evento.preventDefault();
      if (key === "Enter") this.agregarElegido();
      else this.volver();
    });
    uno(document, "[data-agregar]", HTMLElement).addEventListener("click", () =>
      this.agregarElegido(),
    );
  }

  /** @param {DOMStringMap} datos the option's */
  elegir({ id = "", descripcion = "", barras }) {
    const { cantidad, texto } = partir(this.combo.consulta);
    if (cantidad !== null || (esDeBarras(texto) && clave(barras) === clave(texto))) {
      this.agregar({ id, descripcion }, cantidad ?? 1);
      return;
    }
    this.elegido = { id, descripcion };
    this.campo.value = descripcion;
    this.decir(descripcion);
    this.cantidad.focus();
    this.cantidad.select();
  }

  agregarElegido() {
    const leida = leerCantidad(this.cantidad.value);
    if (this.elegido === null) {
      this.decir(frase("elegir_articulo"));
      this.campo.focus();
    } else if (leida.vale === null) {
      this.decir(fraseDeCifra(this.cantidad.value, leida, 0, "cantidad"));
      this.cantidad.select();
    } else {
      this.agregar(this.elegido, leida.vale);
    }
  }

  /**
   * @param {Elegido} elegido
   * @param {number} cantidad
   */
  agregar({ id, descripcion }, cantidad) {
    const lleva = this.alAgregar(id, cantidad);
    this.volver();
    this.decir(`Agregado: ${descripcion}, lleva ${lleva}`);
  }

  volver() {
    this.elegido = null;
    this.combo.limpiar();
    this.cantidad.value = "1";
    this.decir("");
    this.campo.focus();
  }

  // For whoever does not look, or listens to the page.
  /** @param {string} texto */
  decir(texto) {
    porId("simulador_elegido", HTMLElement).textContent = texto;
  }
}
