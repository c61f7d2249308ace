// The focus: at once for the next key; later, only if the user has not gone elsewhere meanwhile.

import { hallar, todos } from "../../comun/dom.js";

export class Foco {
  /** @param {{dibujado: (tarea: () => void) => unknown}} partes `dibujado`: does it once the page is drawn */
  constructor({ dibujado }) {
    this.dibujado = dibujado;
  }

  /**
   * Now; what was hidden, once shown.
   * @param {string} id
   */
  enfocar(id) {
    const campo = document.getElementById(id);
    campo?.focus();
    if (document.activeElement === campo) return;
    this.enfocarLuego(() => document.getElementById(id)?.focus());
  }

  /**
   * A line's field, by its place; without lines, the entry row.
   * @param {number} lugar
   * @param {string} columna
   */
  enfocarLinea(lugar, columna) {
    this.enfocarLuego(() => {
      const campos = todos(document, `[data-columna="${columna}"]`, HTMLInputElement);
      const campo =
        campos[Math.min(lugar, campos.length - 1)] ??
        hallar(document, "#entrada_articulo", HTMLInputElement);
      campo?.focus();
      campo?.select();
    });
  }

  /**
   * Now, the quantity of the line after this field's, or before it; without either, the entry row.
   * @param {HTMLElement} campo
   */
  enfocarVecina(campo) {
    const fila = campo.closest("tr");
    const campos = [fila?.nextElementSibling, fila?.previousElementSibling].map(
      (vecina) => vecina && hallar(vecina, "[data-columna=cantidad]", HTMLElement),
    );
    (campos.find(Boolean) ?? document.getElementById("entrada_articulo"))?.focus();
  }

  /**
   * Once the page is drawn.
   * @param {() => void} tarea
   */
  enfocarLuego(tarea) {
    const sigue = this.mirar();
    this.dibujado(() => sigue() && tarea());
  }

  /** Whether nobody is using it: what arrives by itself may place it. */
  libre() {
    const actual = document.activeElement;
    return actual === document.body || actual?.id === "entrada_articulo";
  }

  /**
   * Whether somebody is in the middle of a field.
   * @param {Element | EventTarget | null} [campo]
   */
  escribiendo(campo = document.activeElement) {
    const escribible =
      campo instanceof HTMLInputElement ||
      campo instanceof HTMLTextAreaElement ||
      campo instanceof HTMLSelectElement;
    return escribible && campo.value !== "";
  }

  /**
   * Call it before waiting for anything: the answer says whether the focus is still where it
   * was, or nowhere, because what had it is gone.
   */
  mirar() {
    const antes = document.activeElement;
    return () => document.activeElement === antes || document.activeElement === document.body;
  }
}
