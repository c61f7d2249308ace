// A client's lines: edited in place, taken out, put back.

import { avisar } from "./avisos.js";
import { aMenor, leer, leerCantidad } from "./dinero.js";
import { cambiarCantidad, observar, quitar, reponer } from "./pedidos.js";

export function lineas() {
  return {
    lineasVisibles() {
      return this.pedido?.lineas ?? [];
    },

    async editarCantidad(linea, campo) {
      const cantidad = leerCantidad(campo.value);
      if (cantidad === null) return this.rehusar(campo, linea.cantidad, "cantidad");
      const { decimales } = this.parametros;
      const cliente = this.activo;
      const cambio = (orders) => cambiarCantidad(orders, cliente, linea.id, cantidad, decimales);
      const hecho = await this.hacer(() => this.partes().libreta.editar(cliente, cambio));
      campo.value = linea.cantidad;
      return hecho;
    },

    /** A price by hand is agreed; emptied, the line follows the system's again. */
    async editarPrecio(linea, campo) {
      const { decimales } = this.parametros;
      const vacio = campo.value.trim() === "" && linea.precioSistema !== null;
      const precio = vacio ? aMenor(linea.precioSistema, decimales) : leer(campo.value, decimales);
      if (precio === null) return this.rehusar(campo, linea.precio, decimales ? "precio_decimal" : "precio");
      const hecho = await this.hacer(() => this.partes().libreta.acordar(this.activo, linea.id, precio));
      campo.value = linea.precio;
      return hecho;
    },

    rehusar(campo, anterior, codigo) {
      campo.value = anterior;
      campo.select();
      this.rechazar(codigo);
      return false;
    },

    async quitarLinea(linea) {
      const { libreta } = this.partes();
      const cliente = this.activo;
      const sigue = this.mirarFoco();
      let fuera;
      const sacar = (orders) => (fuera = quitar(orders, cliente, linea.id)).orders;
      if (!(await this.hacer(() => libreta.editar(cliente, sacar)))) return;
      if (sigue()) this.enfocarLinea(fuera.lugar, "cantidad");
      const volver = (orders) => reponer(orders, cliente, fuera.linea, fuera.lugar);
      this.ofrecerDeshacer(`${linea.descripcion}: línea quitada.`, () => libreta.editar(cliente, volver));
    },

    observarPedido(campo) {
      const cliente = this.activo;
      const cambio = (orders) => observar(orders, cliente, campo.value.trim());
      return this.hacer(() => this.partes().libreta.editar(cliente, cambio));
    },

    /** Say what was taken away and how to have it back: a click, or Ctrl+Z. */
    ofrecerDeshacer(texto, tarea) {
      this.alDeshacer = async () => {
        this.alDeshacer = null;
        const sigue = this.mirarFoco();
        await this.hacer(tarea);
        if (sigue()) this.enfocar("entrada_articulo");
      };
      avisar(texto, { nivel: "info", accion: "Deshacer", alAccionar: this.alDeshacer });
    },
  };
}
