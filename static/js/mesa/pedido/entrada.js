// The entry row: code, name or barcode → Enter → quantity → Enter → back.

import { avisar } from "../../pagina/avisos.js";
import { esDeBarras, partir } from "../../comun/codigos.js";
import { Combobox } from "../../comun/combobox.js";
import { aMenor, leerCantidad } from "../../comun/dinero.js";
import { hallar, porId } from "../../comun/dom.js";
import {
  articuloDe,
  clienteDe,
  opcionDeArticulo,
  opcionDeCliente,
  pieDe,
  pintar,
} from "../opciones.js";
import { agregar, enPares } from "../../cuaderno/pedidos.js";
import { frase } from "../../comun/textos.js";

/** @type {Record<string, Tasa>} */
const TASAS = { 10: 10, 5: 5, 0: 0 };

/** @returns {ParteCaptura & ThisType<Mesa>} */
export function captura() {
  /** @type {Combobox} */
  let cliente;
  /** @type {Combobox} */
  let articulo;
  /** @type {string[] | null} what was entered while a client opens; null: none is opening */
  let esperan = null;

  return {
    elegido: null,
    elegidoTexto: "",

    prepararCaptura() {
      cliente = new Combobox({
        entrada: porId("entrada_cliente", HTMLInputElement),
        raiz: "clientes_picker",
        buscar: (q) => this.buscarClientes(q),
        elegir: (datos) => this.alElegirCliente(clienteDe(datos)),
        tomarTexto: (q) => this.esperarEntrada(q),
      });
      articulo = new Combobox({
        entrada: porId("entrada_articulo", HTMLInputElement),
        raiz: "articulos_picker",
        buscar: (q) => this.buscarArticulos(q),
        elegir: (datos) => this.elegirArticulo(articuloDe(datos)),
        rapido: (q) => this.leerCodigo(q),
        tomarTexto: (q) => this.encolarLectura(q),
        pregunta: (q) => partir(q).texto,
      });
      for (const combo of [cliente, articulo]) this.escucharPicker(combo);
      articulo.entrada.addEventListener("focus", () => this.pasarEscrito());
    },

    async alElegirCliente(datos) {
      cliente.limpiar();
      esperan = [];
      await this.abrirCliente(datos);
      // Whoever went elsewhere meanwhile wrote nothing for the entry row.
      this.$nextTick(() => (esperan = null));
    },

    // While a client opens the keys still fall on the client's field: they are for the entry row.
    esperarEntrada(q) {
      esperan?.push(q);
      return esperan !== null;
    },

    pasarEscrito() {
      if (esperan === null) return;
      const [enteros, resto] = [esperan, cliente.entrada.value];
      esperan = null;
      cliente.limpiar();
      for (const q of enteros) articulo.escribir(q, { enter: true });
      if (resto) articulo.escribir(resto);
    },

    escucharPicker(combo) {
      const { entrada } = combo;
      entrada.addEventListener("htmx:configRequest", ({ detail }) => {
        detail.parameters.q = partir(String(detail.parameters.q ?? "")).texto;
        detail.parameters.sucursal = this.parametros.sucursal;
        if (entrada.id === "entrada_articulo") detail.parameters.cliente = this.activo;
      });
      entrada.addEventListener("htmx:beforeRequest", (evento) => {
        const ajeno = combo === cliente && esperan !== null;
        if (this.enLinea && combo.consulta !== "" && !ajeno) return;
        evento.preventDefault();
        // Known to be offline: do not make anybody wait for a request that will fail.
        if (!this.enLinea && !ajeno) combo.localmente();
      });
      entrada.addEventListener("htmx:beforeOnLoad", (evento) => {
        if (evento.detail.xhr.status !== 401) return;
        evento.preventDefault();
        this.pedirEntrar();
        combo.localmente();
      });
      entrada.addEventListener("htmx:sendError", () => this.partes().conexion.mal());
      entrada.addEventListener("htmx:timeout", () => this.partes().conexion.mal());
    },

    async buscarClientes(q) {
      const { filas, mas } = await this.partes().catalogo.clientes(q);
      pintar(
        porId("clientes_picker", HTMLElement),
        porId("plantilla_clientes", HTMLTemplateElement),
        { q, filas: filas.map(opcionDeCliente), mas, pie: pieDe("cliente") },
      );
    },

    async buscarArticulos(q) {
      const { texto } = partir(q);
      const { filas, mas } = await this.partes().catalogo.articulos(
        texto,
        this.pedido?.canal,
        this.pares(),
      );
      const { decimales } = this.parametros;
      pintar(
        porId("articulos_picker", HTMLElement),
        porId("plantilla_articulos", HTMLTemplateElement),
        {
          q: texto,
          filas: filas.map((fila) => opcionDeArticulo(fila, decimales)),
          mas,
          pie: pieDe("artículo"),
        },
      );
    },

    elegirArticulo(datos) {
      const { cantidad, texto } = partir(articulo.consulta);
      if (!this.pedido) return this.rechazar("sin_cliente");
      if (datos.precio === "") return this.sinPrecio(datos);
      if (cantidad !== null || (esDeBarras(texto) && datos.barras === texto)) {
        this.vaciarCaptura();
        return this.agregarArticulo(datos, cantidad ?? 1);
      }
      this.elegido = datos;
      articulo.entrada.value = datos.descripcion;
      this.elegidoTexto = this.yaPedido(datos.id);
      return this.enfocar("entrada_cantidad");
    },

    sinPrecio({ descripcion }) {
      avisar(`${descripcion}. ${frase("sin_precio")}`, { nivel: "aviso" });
    },

    yaPedido(id) {
      const linea = this.pedido?.lineas.find((otra) => String(otra.id) === id);
      return linea ? `Ya tiene ${linea.cantidad}: se suma` : "";
    },

    async agregarElegido(campo) {
      const cantidad = leerCantidad(campo.value);
      if (this.elegido === null) return this.enfocar("entrada_articulo");
      if (cantidad === null) return this.rehusar(campo, "1", "cantidad");
      const datos = this.elegido;
      this.volverAEntrada(); // the next code may be typed while this one is being added
      return this.agregarArticulo(datos, cantidad);
    },

    async agregarArticulo(datos, cantidad) {
      if (!this.pedido) return this.rechazar("sin_cliente");
      const { decimales } = this.parametros;
      const precio = aMenor(datos.precio, decimales);
      if (precio === null) return this.sinPrecio(datos);
      const { linea, ficha } = this.lineaDe(datos, cantidad, precio);
      const sigue = this.mirarFoco();
      const hecho = await this.cambiarPedido(
        (orders, cliente) => agregar(orders, cliente, linea, decimales),
        [ficha],
      );
      if (hecho) this.decirAgregado(linea.articulo);
      this.protegerDatos();
      if (sigue()) this.enfocar("entrada_articulo");
      document.getElementById(`linea-${linea.articulo}`)?.scrollIntoView({ block: "nearest" });
    },

    // For whoever scans without looking, or listens to the page.
    decirAgregado(articulo) {
      const linea = this.pedido?.lineas.find(({ id }) => id === articulo);
      if (linea) this.elegidoTexto = `Agregado: ${linea.descripcion}, lleva ${linea.cantidad}`;
    },

    lineaDe({ id, tasa, codigo, descripcion, marca, precio: texto }, cantidad, precio) {
      const articulo = Number(id);
      const { version } = this.partes().catalogo.estado;
      return {
        linea: { articulo, tasa: TASAS[tasa], cantidad, precio },
        ficha: { articulo, datos: { codigo, descripcion, marca }, precio: texto, version },
      };
    },

    /** The order being edited, as the engine looks at it. */
    pares() {
      if (!this.pedido || this.pedido.ilegible) return [];
      return enPares(this.partes().libreta.leer().orders[this.activo]);
    },

    /** What the entry row has now. */
    escrito() {
      return articulo.consulta;
    },

    vaciarCaptura() {
      this.elegido = null;
      this.elegidoTexto = "";
      articulo?.limpiar();
      const cantidad = hallar(document, "#entrada_cantidad", HTMLInputElement);
      if (cantidad) cantidad.value = "1";
    },

    /** Writing again over a chosen article gives it up. */
    soltarElegido() {
      this.elegido = null;
      this.elegidoTexto = "";
    },

    agregarConBoton() {
      return this.agregarElegido(porId("entrada_cantidad", HTMLInputElement));
    },

    /** Keys of the quantity: Ctrl+Enter is the desk's, as everywhere. */
    alTeclearCantidad(evento) {
      const { key, ctrlKey, metaKey, altKey, isComposing } = evento;
      if (ctrlKey || metaKey || altKey || isComposing) return undefined;
      if (key !== "Enter" && key !== "Escape") return undefined;
      evento.preventDefault();
      return key === "Enter" ? this.agregarConBoton() : this.volverAEntrada();
    },

    volverAEntrada() {
      this.vaciarCaptura();
      this.enfocar("entrada_articulo");
    },
  };
}
