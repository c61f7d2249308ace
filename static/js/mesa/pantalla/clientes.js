// Whose order is on the screen: opened, shown, gone round.

/**
 * @typedef {import("./foco.js").Foco} Foco
 * @typedef {import("./intento.js").Intento} Intento
 * @typedef {import("./pantalla.js").Pantalla} Pantalla
 * @typedef {import("./rail.js").Rail} Rail
 * @typedef {import("../pedido/entrada.js").Entrada} Entrada
 */

export class Clientes {
  /**
   * @param {object} partes
   * @param {Pick<Libreta, "abrir">} partes.libreta
   * @param {Pick<Pantalla, "abrirse" | "activo" | "clientes" | "ir">} partes.pantalla
   * @param {Pick<Rail, "cerrar">} partes.rail
   * @param {Pick<Intento, "hacer">} partes.intento
   * @param {Pick<Foco, "dibujado" | "enfocar" | "mirar">} partes.foco
   * @param {Pick<Entrada, "soltar" | "vaciar">} partes.entrada
   */
  constructor({ libreta, pantalla, rail, intento, foco, entrada }) {
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.rail = rail;
    this.intento = intento;
    this.foco = foco;
    this.entrada = entrada;
    /** How often a client was chosen: the last one is shown, however late another opens. */
    this.vez = 0;
  }

  /** @param {OpcionDeCliente | (DatosCliente & {id: string})} ficha */
  abrir(ficha) {
    return this.pantalla.abrirse(ficha.id, this.abrirlo(ficha));
  }

  /** @param {OpcionDeCliente | (DatosCliente & {id: string})} ficha */
  async abrirlo(ficha) {
    const { id, nombre, razon, ruc, canal, canal_nombre } = ficha;
    const datos = { nombre, razon, ruc, canal, canal_nombre };
    // At once: what is typed while it opens is the new order's.
    this.entrada.vaciar();
    const sigue = this.foco.mirar();
    this.vez += 1;
    const { vez } = this;
    const hecho = await this.intento.hacer(() => this.libreta.abrir(id, datos));
    if (hecho && vez === this.vez) this.mostrar(id, { enfocar: sigue(), conservar: true });
  }

  /**
   * Another order for a client whose last one was saved.
   * @param {FilaGuardada} guardado
   */
  otroPedido({ cliente, ficha }) {
    return this.abrir({ id: cliente, ...ficha });
  }

  /**
   * @param {string} id
   * @param {{enfocar?: boolean, conservar?: boolean}} [opciones] `conservar` what the entry row has
   */
  mostrar(id, { enfocar = true, conservar = false } = {}) {
    this.vez += 1;
    // What is half edited belongs to the order on the screen.
    if (enfocar && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.rail.cerrar();
    this.pantalla.ir(id);
    if (conservar) this.entrada.soltar();
    else this.entrada.vaciar();
    if (enfocar) this.foco.enfocar("entrada_articulo");
    this.foco.dibujado(() => {
      document.querySelector(".cliente-item[aria-current]")?.scrollIntoView({ block: "nearest" });
    });
  }

  /**
   * The next of the open ones, round and round.
   * @param {1 | -1} paso
   */
  otro(paso) {
    const { clientes, activo } = this.pantalla;
    const lugar = clientes.findIndex(({ id }) => id === activo);
    const total = clientes.length;
    if (total > 1) this.mostrar(clientes[(lugar + paso + total) % total].id);
  }
}
