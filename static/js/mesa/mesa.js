// The desk's Alpine component: the cart on the screen. Deeds live in the modules it puts together.

import { exportar } from "../cuaderno/archivo.js";
import { atajos } from "./pantalla/teclas.js";
import { captura } from "./pedido/entrada.js";
import { despacho } from "./despacho/despacho.js";
import { foco } from "./pantalla/foco.js";
import { lector } from "./pedido/lector.js";
import { lineas } from "./pedido/lineas.js";
import { rebajas } from "./pedido/rebajas.js";
import { PedidoInvalido, enPares, esEse, lineasDe, seMuestra } from "../cuaderno/pedidos.js";
import { CuotaLlena } from "../comun/almacen.js";
import { avisar } from "../pagina/avisos.js";
import { contar, formatear } from "../comun/dinero.js";
import { porId } from "../comun/dom.js";
import { montar } from "./servicios.js";
import { OtraPestana } from "../pestanas/titular.js";
import { frase, textoDeReparado } from "../comun/textos.js";
import { traslado } from "./despacho/traslado.js";
import { reconciliar, vistaClientes, vistaPedido, vistaResumen } from "./vista.js";

/** @returns {Omit<Mesa, "$nextTick"> & ThisType<Mesa>} */
export function mesa() {
  /** @type {Parametros} */
  const parametros = JSON.parse(porId("parametros", HTMLElement).textContent ?? "");
  /** @type {PartesDeMesa} outside of Alpine's reactivity: parts with their own state */
  let partes;

  return {
    ...atajos(),
    ...captura(),
    ...despacho(),
    ...foco(),
    ...lector(),
    ...lineas(),
    ...rebajas(),
    ...traslado(),
    parametros,
    clientes: [],
    activo: "",
    pedido: null,
    resumen: null,
    guardados: [],
    guardado: "",
    otraPestana: "",
    deshacibles: [],
    railAbierto: false,

    init() {
      partes = montar(parametros, {
        alCambiarCatalogo: (estado) => this.alCambiarCatalogo(estado),
        alCambiarConexion: (enLinea) => this.alCambiarConexion(enLinea),
        alConocerPrecios: () => this.alConocerPrecios(),
        alCambiarTitular: (titular) => this.alCambiarTitular(titular),
        avisar: (evento, datos) => this.alAvisar(evento, datos),
      });
      this.activo = sessionStorage.getItem(partes.almacen.clave("activo")) ?? "";
      this.refrescar();
      this.mostrarUltimo();
      if (partes.aviso) this.guardado = frase(partes.aviso);
      this.prepararCaptura();
      this.prepararDespacho();
      addEventListener("storage", ({ key }) => this.alCambiarOtraPestana(key));
      document.addEventListener("keydown", (evento) => this.alTeclear(evento));
      // On a phone the first focus would bring up the keyboard over everything.
      const libre =
        document.activeElement === document.body && matchMedia("(pointer: fine)").matches;
      if (libre) this.enfocar(this.pedido ? "entrada_articulo" : "entrada_cliente");
      // Without this word the page shows what is kept by itself (rescate.js).
      document.documentElement.dataset.mesa = "lista";
    },

    partes() {
      return partes;
    },

    /** Bring the screen to what storage says; never to another client's order by itself. */
    refrescar() {
      const estado = partes.libreta.leer();
      const { decimales } = parametros;
      this.clientes = reconciliar(this.clientes, vistaClientes(estado, decimales, this.enLinea));
      if (!Object.hasOwn(estado.orders, this.activo)) this.activo = "";
      this.pedido = this.activo
        ? this.mismoPedido(vistaPedido(estado, this.activo, decimales, this.precios(estado)))
        : null;
      this.guardados = reconciliar(
        this.guardados,
        partes.libreta.guardados().map((g) => ({ ...g, id: g.numero })),
      );
      this.enviando = estado.bloqueados.size;
      if (!this.guardado && partes.almacen.danados.length) this.guardado = frase("danado");
      this.resumen = vistaResumen(estado, this.guardados, parametros);
      this.deshacibles = this.deshacibles.filter(
        ({ cliente }) => cliente === null || estado.orders[cliente],
      );
      this.mirarFaltantes(estado);
    },

    // What the engine says of the order on the screen; null while it cannot.
    precios({ orders, fichas }) {
      if (!seMuestra(orders[this.activo], parametros.decimales)) return null;
      return partes.tarifas.mirar(
        fichas.clientes[this.activo]?.canal,
        enPares(orders[this.activo]),
      );
    },

    mismoPedido(nuevo) {
      if (this.pedido?.id !== nuevo.id) return nuevo;
      const lineas = reconciliar(this.pedido.lineas, nuevo.lineas);
      const cambios = reconciliar(this.pedido.cambios, nuevo.cambios);
      return Object.assign(this.pedido, nuevo, { lineas, cambios });
    },

    alCambiarOtraPestana(clave) {
      if (clave !== null && !clave.startsWith(partes.almacen.prefijo)) return;
      if (clave === partes.almacen.clave("turno")) return;
      // The other tab has a newer catalogue: two that price differently would undo each other.
      if (clave === partes.almacen.clave("cat")) this.traerCatalogo();
      if (clave?.startsWith(partes.almacen.clave("cat"))) return;
      this.refrescarPorOtra();
      // Whoever started that lote may be closed before its answer.
      if (clave?.startsWith(partes.almacen.clave("lote:"))) this.alVolver();
    },

    refrescarPorOtra() {
      const antes = this.pedido;
      this.refrescar();
      if (!antes || this.pedido) return;
      this.vaciarCaptura();
      // One on its way was expected to go: its receipt says the rest.
      if (!antes.bloqueado) avisar(`${antes.nombre}: ${frase("se_fue")}`, { nivel: "aviso" });
    },

    /** The last order opened, when none is on the screen. */
    mostrarUltimo() {
      if (this.pedido) return;
      this.activo = this.clientes.at(-1)?.id ?? "";
      this.refrescar();
    },

    // --- Clients -------------------------------------------------------------------------------
    async abrirCliente(ficha) {
      const { id, nombre, razon, ruc, canal, canal_nombre } = ficha;
      const datos = { nombre, razon, ruc, canal, canal_nombre };
      // At once: what is typed while it opens is the new order's.
      this.vaciarCaptura();
      const sigue = this.mirarFoco();
      const hecho = await this.hacer(() => partes.libreta.abrir(id, datos));
      if (hecho) this.mostrarCliente(id, { enfocar: sigue(), conservar: true });
    },

    mostrarCliente(id, { enfocar = true, conservar = false } = {}) {
      // What is half edited belongs to the order on the screen.
      if (enfocar && document.activeElement instanceof HTMLElement) document.activeElement.blur();
      this.activo = id;
      this.railAbierto = false;
      sessionStorage.setItem(partes.almacen.clave("activo"), id);
      this.refrescar();
      if (conservar) this.soltarElegido();
      else this.vaciarCaptura();
      if (enfocar) this.enfocar("entrada_articulo");
      this.pedirUltimo();
      this.$nextTick(() => {
        document.querySelector(".cliente-item[aria-current]")?.scrollIntoView({ block: "nearest" });
      });
    },

    otroCliente(paso) {
      const lugar = this.clientes.findIndex(({ id }) => id === this.activo);
      const total = this.clientes.length;
      if (total > 1) this.mostrarCliente(this.clientes[(lugar + paso + total) % total].id);
    },

    async descartarPedido({ detail }) {
      // A double click is one: the next order takes this one's place under it.
      if (detail > 1) return;
      if (!this.pedido) return;
      const { id, uuid, nombre } = this.pedido;
      const { fichas } = partes.libreta.leer();
      const sigue = this.mirarFoco();
      /** @type {Pedido | null} */
      let sacado = null;
      const sacar = async () => (sacado = await partes.libreta.descartar(id, uuid));
      if (!(await this.hacer(sacar))) return;
      this.mostrarUltimo();
      const anterior = /** @type {Pedido | null} */ (sacado);
      if (sigue()) this.enfocar(this.pedido ? "entrada_articulo" : "entrada_cliente");
      if (anterior === null) return; // nothing that could be brought back
      if (seMuestra(anterior, parametros.decimales) && lineasDe(anterior).length === 0) return;
      /** @param {Orders} orders */
      const volver = (orders) =>
        lineasDe(orders[id]).length ? orders : { ...orders, [id]: anterior };
      this.ofrecerDeshacer(`Pedido de ${nombre} descartado.`, async () => {
        await partes.libreta.deshacer(id, volver, fichas);
        if (!this.pedido) this.activo = id;
      });
    },

    alternarRail() {
      this.railAbierto = !this.railAbierto;
      if (this.railAbierto) this.enfocar("entrada_cliente");
    },

    /** Another order for a client whose last one was saved. */
    otroPedido({ cliente, ficha }) {
      return this.abrirCliente({ id: cliente, ...ficha });
    },

    montoGuardado({ total }) {
      return formatear(BigInt(total), parametros.decimales);
    },

    notaGuardado({ numero }) {
      return `N.º ${contar(numero)} · guardado`;
    },

    // --- Orders that need somebody -----------------------------------------------------------------
    /** Leave out of an order what cannot be shown; undone, it is as it was. */
    async repararPedido() {
      if (!this.pedido) return;
      const { id, uuid, nombre } = this.pedido;
      const { orders: antes, fichas } = partes.libreta.leer();
      const anterior = antes[id];
      let fuera = 0;
      const reparar = async () => (fuera = await partes.libreta.reparar(id, uuid));
      if (!(await this.hacer(reparar))) return;
      const reparado = this.enPantalla().id;
      /** @param {Orders} orders */
      const volver = (orders) =>
        esEse(orders, id, reparado) ? { ...orders, [id]: anterior } : orders;
      this.ofrecerDeshacer(
        textoDeReparado(nombre, fuera),
        () => partes.libreta.deshacer(id, volver, fichas),
        id,
      );
      this.enfocar("entrada_articulo");
    },

    exportarPedido() {
      exportar(partes.almacen, parametros, this.activo);
    },

    /** What the server has under this order's id is another content: both are wanted. */
    async enviarComoNuevo() {
      const sigue = this.mirarFoco();
      const { cliente, id } = this.enPantalla();
      if (!(await this.hacer(() => partes.libreta.enviarComoNuevo(cliente, id)))) return;
      avisar(frase("como_nuevo"), { nivel: "info" });
      if (sigue()) this.enfocar("entrada_articulo");
    },

    urlDelGuardado() {
      return this.pedido?.numeroGuardado
        ? parametros.urls.pedido.replace("/0/", `/${this.pedido.numeroGuardado}/`)
        : "";
    },

    // --- Tabs ----------------------------------------------------------------------------------
    /** Where the browser orders nothing between tabs, one alone writes. */
    alCambiarTitular(titular) {
      this.otraPestana = titular ? "" : frase("otra_pestana");
      this.refrescar();
      if (titular) this.alVolver();
    },

    usarEstaPestana() {
      partes.almacen.titular?.tomar();
    },

    // --- Common --------------------------------------------------------------------------------
    /** Do something to the notebook and show it; in words when it cannot be. */
    async hacer(tarea) {
      try {
        await tarea();
        return true;
      } catch (error) {
        if (error instanceof PedidoInvalido) this.rechazar(error.codigo);
        else if (error instanceof CuotaLlena) this.guardado = frase("cuota");
        else if (error instanceof OtraPestana) this.alCambiarTitular(false);
        else throw error;
        return false;
      } finally {
        this.refrescar();
      }
    },

    rechazar(codigo) {
      avisar(frase(codigo), { nivel: "aviso" });
    },
  };
}
