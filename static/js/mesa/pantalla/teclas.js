// Keys that work everywhere on the desk, and repeating a client's last order.

import { avisar } from "../../pagina/avisos.js";
import { aMenor, cabeLaCantidad } from "../../comun/dinero.js";
import { alrededor, porId, todos } from "../../comun/dom.js";
import { articuloDe } from "../opciones.js";
import { agregar } from "../../cuaderno/pedidos.js";
import { articulos } from "../../comun/textos.js";

/** @returns {ParteAtajos & ThisType<Mesa>} */
export function atajos() {
  return {
    alTeclear(evento) {
      const { key, ctrlKey, metaKey, altKey, target } = evento;
      if (document.querySelector("dialog[open]")) return;
      const conCtrl = (ctrlKey || metaKey) && !altKey;
      /** @type {Record<string, (() => unknown) | false | undefined>} */
      let acciones = {};
      if (conCtrl)
        acciones = {
          Enter: () => this.confirmarEnvio(),
          z: this.puedeDeshacer(target) && this.deshacibles.at(-1)?.deshacer,
        };
      else if (altKey)
        acciones = {
          ArrowDown: () => this.otroCliente(1),
          ArrowUp: () => this.otroCliente(-1),
        };
      else if (!this.escribiendo(target))
        acciones = { "/": () => this.buscarCliente(), "?": () => this.abrirAyuda() };
      const accion = acciones[key];
      if (!accion) return;
      evento.preventDefault();
      accion();
    },

    buscarCliente() {
      this.railAbierto = true;
      this.enfocar("entrada_cliente");
    },

    abrirAyuda() {
      porId("dialogo_ayuda", HTMLDialogElement).showModal();
    },

    cerrarDialogo(evento) {
      const dialogo = alrededor(evento, "dialog");
      if (dialogo instanceof HTMLDialogElement) dialogo.close();
    },

    // A field half written keeps the browser's own undo.
    puedeDeshacer(campo) {
      const escribible = campo instanceof HTMLInputElement || campo instanceof HTMLTextAreaElement;
      return !escribible || estaEntero(campo);
    },

    /** Ask the server for the client's last order; without a connection there is none to show. */
    async pedirUltimo() {
      const hueco = porId("ultimo_pedido", HTMLElement);
      // The one there is another client's.
      hueco.replaceChildren();
      if (!this.enLinea || !this.pedido) return;
      const { urls, sucursal } = this.parametros;
      const { id } = this.pedido;
      const pagina = await this.partes().red.fragmento(
        `${urls.ultimo}?cliente=${id}&sucursal=${sucursal}`,
      );
      const llegado = pagina?.getElementById("ultimo_pedido");
      if (llegado && this.activo === id) porId("ultimo_pedido", HTMLElement).replaceWith(llegado);
    },

    async repetirUltimo(evento) {
      // A double click is one: each time adds to the quantities.
      if (!alrededor(evento, "[data-repetir]") || evento.detail > 1) return;
      const { decimales } = this.parametros;
      const filas = todos(document, "#ultimo_pedido [data-cantidad]", HTMLElement);
      const buenas = filas.flatMap(({ dataset }) => {
        const datos = articuloDe(dataset);
        const precio = aMenor(datos.precio, decimales);
        const cantidad = Number(dataset.cantidad);
        const vale = precio !== null && cabeLaCantidad(cantidad);
        return vale ? [this.lineaDe(datos, cantidad, precio)] : [];
      });
      const sigue = this.mirarFoco();
      await this.cambiarPedido(
        (orders, cliente) =>
          buenas.reduce((todos, { linea }) => agregar(todos, cliente, linea, decimales), orders),
        buenas.map(({ ficha }) => ficha),
      );
      const fuera = filas.length - buenas.length;
      if (fuera)
        avisar(`Del último pedido, sin precio hoy: ${articulos(fuera)}.`, { nivel: "aviso" });
      if (sigue()) this.enfocar("entrada_articulo");
    },

    /** Keys inside a line's field. */
    alTeclearLinea(evento, linea) {
      const { target: campo, key, ctrlKey, metaKey, altKey, isComposing } = evento;
      if (ctrlKey || metaKey || altKey || isComposing) return;
      if (!(campo instanceof HTMLInputElement)) return;
      const lugar = linea.lugar - 1;
      const columna = campo.dataset.columna ?? "";
      /** @type {Record<string, (() => unknown) | null>} */
      const acciones = {
        Enter: () => this.enfocar("entrada_articulo"),
        Escape: () => this.abandonar(campo, linea),
        ArrowDown: () => this.enfocarLinea(lugar + 1, columna),
        ArrowUp: () =>
          lugar ? this.enfocarLinea(lugar - 1, columna) : this.enfocar("entrada_articulo"),
        "-": () => this.quitarPorTecla(campo, linea),
        Delete: estaEntero(campo) ? () => this.quitarPorTecla(campo, linea) : null,
      };
      const accion = acciones[key];
      if (!accion) return;
      evento.preventDefault();
      accion();
    },

    abandonar(campo, linea) {
      this.devolver(campo, campo.value, valorDe(campo, linea));
      this.enfocar("entrada_articulo");
    },

    /** What is typed next is already the neighbour's. */
    quitarPorTecla(campo, linea) {
      this.devolver(campo, campo.value, valorDe(campo, linea));
      this.enfocarVecina(campo);
      return this.quitarLinea(linea, { enfocar: false });
    },

    bajarALineas(evento) {
      const { target, ctrlKey, metaKey, altKey } = evento;
      // Alt and an arrow go to another client.
      if (ctrlKey || metaKey || altKey) return;
      const vacio = target instanceof HTMLInputElement && target.value === "";
      if (vacio && this.pedido?.lineas.length) this.enfocarLinea(0, "cantidad");
    },
  };
}

/**
 * Whether all that is written is selected, or nothing is written.
 * @param {HTMLInputElement | HTMLTextAreaElement} campo
 */
function estaEntero({ value, selectionStart, selectionEnd }) {
  return (selectionEnd ?? 0) - (selectionStart ?? 0) === value.length;
}

/**
 * What the field of a line shows while nobody edits it.
 * @param {HTMLInputElement} campo
 * @param {LineaALaVista} linea
 */
function valorDe(campo, linea) {
  return campo.dataset.columna === "precio" ? linea.precio : linea.cantidad;
}
