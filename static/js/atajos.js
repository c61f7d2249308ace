// Keys that work everywhere on the desk, and repeating a client's last order.

import { avisar } from "./avisos.js";
import { aMenor } from "./dinero.js";
import { agregar } from "./pedidos.js";
import { articulos } from "./textos.js";

export function atajos() {
  return {
    alTeclear(evento) {
      const { key, ctrlKey, metaKey, altKey, target } = evento;
      if (document.querySelector("dialog[open]")) return;
      const accion =
        (ctrlKey || metaKey) && !altKey
          ? {
              Enter: () => this.confirmarEnvio(),
              z: this.puedeDeshacer(target) && this.deshacibles.at(-1)?.deshacer,
            }[key]
          : altKey
            ? { ArrowDown: () => this.otroCliente(1), ArrowUp: () => this.otroCliente(-1) }[key]
            : !this.escribiendo(target) &&
              { "/": () => this.buscarCliente(), "?": () => this.abrirAyuda() }[key];
      if (!accion) return;
      evento.preventDefault();
      accion();
    },

    buscarCliente() {
      this.railAbierto = true;
      this.enfocar("entrada_cliente");
    },

    abrirAyuda() {
      document.getElementById("dialogo_ayuda").showModal();
    },

    cerrarDialogo(evento) {
      evento.target.closest("dialog").close();
    },

    // A field half written keeps the browser's own undo.
    puedeDeshacer(campo) {
      const { value = "", selectionStart = 0, selectionEnd = 0 } = campo;
      return selectionEnd - selectionStart === value.length;
    },

    /** Ask the server for the client's last order; without a connection there is none to show. */
    async pedirUltimo() {
      const hueco = document.getElementById("ultimo_pedido");
      // The one there is another client's.
      hueco.replaceChildren();
      if (!this.enLinea || !this.pedido) return;
      const { urls, sucursal } = this.parametros;
      const { id } = this.pedido;
      const pagina = await this.partes().red.fragmento(
        `${urls.ultimo}?cliente=${id}&sucursal=${sucursal}`,
      );
      if (pagina && this.activo === id)
        document
          .getElementById("ultimo_pedido")
          .replaceWith(pagina.getElementById("ultimo_pedido"));
    },

    async repetirUltimo({ target, detail }) {
      // A double click is one: each time adds to the quantities.
      if (!target.closest("[data-repetir]") || detail > 1) return;
      const { decimales } = this.parametros;
      const filas = [...document.querySelectorAll("#ultimo_pedido [data-cantidad]")].map(
        (f) => f.dataset,
      );
      const buenas = filas
        .map((datos) => [datos, aMenor(datos.precio, decimales)])
        .filter(([, precio]) => precio !== null)
        .map(([datos, precio]) => this.lineaDe(datos, Number(datos.cantidad), precio));
      const { cliente, id } = this.enPantalla();
      const sumar = (orders) =>
        buenas.reduce((todos, { linea }) => agregar(todos, cliente, linea, decimales), orders);
      const fichas = buenas.map(({ ficha }) => ficha);
      const sigue = this.mirarFoco();
      await this.hacer(() => this.partes().libreta.editar(cliente, sumar, fichas, id));
      const fuera = filas.length - buenas.length;
      if (fuera)
        avisar(`Del último pedido, sin precio hoy: ${articulos(fuera)}.`, { nivel: "aviso" });
      if (sigue()) this.enfocar("entrada_articulo");
    },

    /** Keys inside a line's field. */
    alTeclearLinea(evento, linea) {
      const campo = evento.target;
      const lugar = linea.lugar - 1;
      const entero = campo.selectionEnd - campo.selectionStart === campo.value.length;
      const accion = {
        Enter: () => this.enfocar("entrada_articulo"),
        Escape: () => this.abandonar(campo, linea),
        ArrowDown: () => this.enfocarLinea(lugar + 1, campo.dataset.columna),
        ArrowUp: () =>
          lugar
            ? this.enfocarLinea(lugar - 1, campo.dataset.columna)
            : this.enfocar("entrada_articulo"),
        "-": () => this.quitarPorTecla(campo, linea),
        Delete: entero ? () => this.quitarPorTecla(campo, linea) : null,
      }[evento.key];
      if (!accion || evento.ctrlKey || evento.altKey) return;
      evento.preventDefault();
      accion();
    },

    abandonar(campo, linea) {
      this.devolver(campo, campo.value, linea[campo.dataset.columna]);
      this.enfocar("entrada_articulo");
    },

    /** What is typed next is already the neighbour's. */
    quitarPorTecla(campo, linea) {
      this.devolver(campo, campo.value, linea[campo.dataset.columna]);
      this.enfocarVecina(campo);
      return this.quitarLinea(linea, { enfocar: false });
    },

    bajarALineas(evento) {
      if (evento.target.value === "" && this.pedido?.lineas.length)
        this.enfocarLinea(0, "cantidad");
    },
  };
}
