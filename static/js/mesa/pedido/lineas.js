// A client's lines: edited in place, taken out, put back.

import { avisar } from "../../pagina/avisos.js";
import { aMenor, leer, leerCantidad } from "../../comun/dinero.js";
import { cambiarCantidad, observar, quitar, reponer } from "../../cuaderno/pedidos.js";

/** @returns {ParteLineas & ThisType<Mesa>} */
export function lineas() {
  /** @type {WeakMap<Campo, string>} what each field was given to show */
  const mostrados = new WeakMap();

  return {
    /** The order that what is typed belongs to: its client, and its id as the screen shows it. */
    enPantalla() {
      return { cliente: this.activo, id: this.pedido?.uuid ?? null };
    },

    cambiarPedido(cambio, nuevas = []) {
      const { cliente, id } = this.enPantalla();
      const { libreta } = this.partes();
      return this.hacer(() =>
        libreta.editar(cliente, (orders) => cambio(orders, cliente), nuevas, id),
      );
    },

    lineasVisibles() {
      return this.pedido?.lineas ?? [];
    },

    async editarCantidad(linea, campo) {
      const escrito = campo.value;
      const cantidad = leerCantidad(escrito);
      if (cantidad === null) return this.rehusar(campo, linea.cantidad, "cantidad");
      const { decimales } = this.parametros;
      const hecho = await this.cambiarPedido((orders, cliente) =>
        cambiarCantidad(orders, cliente, linea.id, cantidad, decimales),
      );
      this.devolver(campo, escrito, linea.cantidad);
      return hecho;
    },

    /** What a field has to show: the line's, but not over what somebody is writing in it. */
    enCampo(campo, valor) {
      const escribe =
        document.activeElement === campo &&
        mostrados.has(campo) &&
        campo.value !== mostrados.get(campo);
      if (escribe) return campo.value;
      mostrados.set(campo, valor);
      return valor;
    },

    // What is in the field by now may be the next edit.
    devolver(campo, escrito, valor) {
      if (campo.value !== escrito) return;
      mostrados.set(campo, valor);
      campo.value = valor;
    },

    /** A price by hand is agreed; emptied, the line follows the system's again. */
    async editarPrecio(linea, campo) {
      const { decimales } = this.parametros;
      const escrito = campo.value;
      const vacio = escrito.trim() === "" && linea.precioSistema !== null;
      const precio = vacio ? aMenor(linea.precioSistema, decimales) : leer(escrito, decimales);
      if (precio === null)
        return this.rehusar(campo, linea.precio, decimales ? "precio_decimal" : "precio");
      const { cliente, id } = this.enPantalla();
      const hecho = await this.hacer(() =>
        this.partes().libreta.acordar(cliente, linea.id, precio, id),
      );
      this.devolver(campo, escrito, linea.precio);
      return hecho;
    },

    rehusar(campo, anterior, codigo) {
      campo.value = anterior;
      campo.select();
      this.rechazar(codigo);
      return false;
    },

    async quitarLinea(linea, { enfocar = true } = {}) {
      const { libreta } = this.partes();
      const { cliente, id } = this.enPantalla();
      const { fichas } = libreta.leer();
      const sigue = this.mirarFoco();
      /** @type {{linea: Linea | null, lugar: number}} */
      let fuera = { linea: null, lugar: -1 };
      const hecho = await this.cambiarPedido((orders) => {
        const sacada = quitar(orders, cliente, linea.id);
        fuera = sacada;
        return sacada.orders;
      });
      if (!hecho) return;
      const { linea: quitada, lugar } = fuera;
      if (!quitada) return; // somebody was quicker
      if (enfocar && sigue()) this.enfocarLinea(lugar, "cantidad");
      /** @param {Orders} orders */
      const volver = (orders) => reponer(orders, cliente, quitada, lugar, id);
      const deshacer = () => libreta.deshacer(cliente, volver, fichas);
      this.ofrecerDeshacer(`${linea.descripcion}: línea quitada.`, deshacer, cliente);
    },

    observarPedido(campo) {
      // Now: by its turn the field may show another order's.
      const observacion = campo.value.trim();
      return this.cambiarPedido((orders, cliente) => observar(orders, cliente, observacion));
    },

    /**
     * Say what was taken away and how to have it back: a click, or Ctrl+Z, the last one first.
     * What was taken out of an order (`cliente`) goes with it.
     */
    ofrecerDeshacer(texto, tarea, cliente = null) {
      const deshacer = async () => {
        if (!this.deshacibles.some((otro) => otro.deshacer === deshacer)) return;
        cerrar();
        const sigue = this.mirarFoco();
        if (await this.hacer(tarea))
          this.deshacibles = this.deshacibles.filter((otro) => otro.deshacer !== deshacer);
        if (sigue()) this.enfocar("entrada_articulo");
      };
      this.deshacibles = [...this.deshacibles, { cliente, deshacer }];
      const cerrar = avisar(texto, { nivel: "info", accion: "Deshacer", alAccionar: deshacer });
    },
  };
}
