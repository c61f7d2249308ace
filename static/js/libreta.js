// The desk's notebook: what is open, locked, rejected and saved today, always as storage has it.
// Every change reads, changes and writes alone, so that two tabs never lose each other's work.

import { PedidoInvalido, cambiarPrecio, cerrar, enPares, lineasDe, totales } from "./pedidos.js";
import { acordar, darPorVisto, repreciar } from "./reprecio.js";
import { bloqueados, pendientes } from "./lotes.js";
import { plano } from "./dinero.js";

const VACIAS = { clientes: {}, articulos: {}, precios: {} };

export class Libreta {
  /** `tarifas` prices what is edited; `version()` of the catalogue it does so with. */
  constructor(almacen, { decimales, hoy, tarifas = null, version = () => "" }) {
    Object.assign(this, { almacen, decimales, hoy, tarifas, version });
  }

  leer() {
    return {
      orders: this.almacen.leer("orders", {}),
      fichas: this.almacen.leer("fichas", VACIAS),
      rechazos: this.almacen.leer("rechazos", {}),
      bloqueados: bloqueados(pendientes(this.almacen)),
    };
  }

  /** What was saved today, newest last. */
  guardados() {
    const hojas = this.almacen.leer("guardados", { fecha: "", filas: [] });
    return hojas.fecha === this.hoy() ? hojas.filas : [];
  }

  /** Open a client, keeping what the picker said of it. */
  abrir(cliente, ficha, abrirEn) {
    return this.cambiar(null, (orders) => abrirEn(orders, cliente), (fichas) => {
      const abierto_en = fichas.clientes[cliente]?.abierto_en ?? Date.now();
      return { ...fichas, clientes: { ...fichas.clientes, [cliente]: { ...ficha, abierto_en } } };
    });
  }

  /** Change a client's order; `nuevas` = [{articulo, datos, precio, version}] of added articles. */
  editar(cliente, cambio, nuevas = []) {
    const conNuevas = (fichas, orders) => {
      const estan = new Set(lineasDe(orders[cliente]).map(({ articulo_id }) => articulo_id));
      return nuevas.reduce((todas, ficha) => conArticulo(todas, cliente, ficha, estan), fichas);
    };
    return this.cambiar(cliente, cambio, conNuevas);
  }

  /** Undo: `cambio`, with the names that were known before (`fichas`) and may be forgotten by now. */
  deshacer(cliente, cambio, fichas) {
    return this.cambiar(cliente, cambio, (ahora) => ({
      clientes: { ...ahora.clientes, [cliente]: ahora.clientes[cliente] ?? fichas.clientes[cliente] },
      articulos: { ...fichas.articulos, ...ahora.articulos },
      precios: { ...ahora.precios, [cliente]: { ...fichas.precios[cliente], ...ahora.precios[cliente] } },
    }));
  }

  /** Set a line's price by hand (minor units); the system's own makes it follow the system. */
  acordar(cliente, articulo, precio) {
    const { decimales } = this;
    return this.cambiar(
      cliente,
      (orders) => cambiarPrecio(orders, cliente, articulo, precio, decimales),
      (fichas, antes) => acordar(fichas, antes, cliente, articulo, plano(precio, decimales)),
    );
  }

  /** What the new catalogue changed in this order has been read. */
  darPorVisto(cliente) {
    return this.cambiar(null, (orders) => orders, (fichas) => darPorVisto(fichas, cliente));
  }

  /** Price every order that can be edited; what changed: [{cliente, articulo, antes, ahora}]. */
  repreciarTodo({ anunciar }) {
    return this.almacen.exclusiva("mesa", async () => {
      const antes = { orders: this.almacen.leer("orders", {}), fichas: this.almacen.leer("fichas", VACIAS) };
      const ocupados = bloqueados(pendientes(this.almacen));
      await this.conocerTodo(antes);
      let ahora = antes;
      const cambios = [];
      for (const cliente of Object.keys(antes.orders).filter((id) => !ocupados.has(id))) {
        const hecho = await this.aPrecioDeHoy(ahora, cliente, { anunciar }).catch(soloInvalido);
        if (!hecho) continue;
        ahora = hecho;
        cambios.push(...hecho.cambios.map((cambio) => ({ cliente, ...cambio })));
      }
      this.guardar(antes, ahora);
      return cambios;
    });
  }

  /** Close a client; its order, to be able to bring it back. */
  async descartar(cliente) {
    let valor = null;
    await this.cambiar(cliente, (orders) => {
      valor = orders[cliente] ?? null;
      return cerrar(orders, cliente);
    });
    await this.almacen.exclusiva("mesa", () => this.olvidarRechazo(cliente));
    return valor;
  }

  cambiar(cliente, cambio, cambioDeFichas = null) {
    return this.almacen.exclusiva("mesa", async () => {
      if (cliente !== null && bloqueados(pendientes(this.almacen)).has(cliente)) {
        throw new PedidoInvalido("bloqueado");
      }
      const antes = { orders: this.almacen.leer("orders", {}), fichas: this.almacen.leer("fichas", VACIAS) };
      const orders = cambio(antes.orders);
      const fichas = cambioDeFichas ? cambioDeFichas(antes.fichas, antes.orders) : antes.fichas;
      this.guardar(antes, await this.aPrecioDeHoy({ orders, fichas }, cliente));
    });
  }

  // First the names, then the order that uses them.
  guardar(antes, { orders, fichas }) {
    if (fichas !== antes.fichas) this.almacen.guardar("fichas", fichas);
    if (orders !== antes.orders) this.almacen.guardar("orders", orders);
  }

  /** A client's order priced as its canal's prices say now; as it is while they are not known. */
  async aPrecioDeHoy({ orders, fichas }, cliente, { anunciar = false } = {}) {
    const igual = { orders, fichas, cambios: [] };
    const lineas = enPares(orders[cliente]);
    if (this.tarifas === null || lineas.length === 0) return igual;
    const precios = await this.tarifas.cotizar(fichas.clientes[cliente]?.canal, lineas);
    if (precios === null) return igual;
    const opciones = { decimales: this.decimales, version: this.version(), anunciar };
    return repreciar({ orders, fichas }, cliente, precios, opciones);
  }

  // One question for each canal, instead of one for each order.
  async conocerTodo({ orders, fichas }) {
    const porCanal = new Map();
    for (const cliente of Object.keys(orders)) {
      const canal = fichas.clientes[cliente]?.canal;
      const suyos = lineasDe(orders[cliente]).map(({ articulo_id }) => articulo_id);
      porCanal.set(canal, new Set([...(porCanal.get(canal) ?? []), ...suyos]));
    }
    for (const [canal, articulos] of porCanal) await this.tarifas?.conocer(canal, [...articulos]);
  }

  olvidarRechazo(cliente) {
    const { [cliente]: _fuera, ...resto } = this.almacen.leer("rechazos", {});
    this.almacen.guardar("rechazos", resto);
  }

  /** Add a receipt's saved orders to today's, and drop the names nobody uses any more. */
  anotarGuardados(recibo) {
    return this.almacen.exclusiva("mesa", () => {
      const fichas = this.almacen.leer("fichas", VACIAS);
      const previas = this.guardados();
      const filas = recibo.guardados
        .filter((g) => !previas.some(({ numero }) => numero === g.numero))
        .map((g) => this.filaGuardada(g, fichas, recibo.lote.lote));
      this.almacen.guardar("guardados", { fecha: this.hoy(), filas: [...previas, ...filas] });
      this.almacen.guardar("fichas", enUso(fichas, this.almacen.leer("orders", {})));
    });
  }

  filaGuardada({ cliente, numero, avisos, lineas }, fichas, lote) {
    const { abierto_en: _no, ...ficha } = fichas.clientes[cliente] ?? { nombre: `Cliente ${cliente}` };
    const total = String(totales(lineas, this.decimales).total);
    return { cliente, ficha, numero, avisos, lote, lineas: lineas.length, total };
  }
}

// A line that is there already keeps what was agreed of it.
function conArticulo(fichas, cliente, { articulo, datos, precio, version }, estan) {
  const ficha = (estan.has(articulo) && fichas.precios[cliente]?.[articulo]) || { precio, version, acordado: false };
  const suyos = { ...fichas.precios[cliente], [articulo]: ficha };
  return {
    ...fichas,
    articulos: { ...fichas.articulos, [articulo]: datos },
    precios: { ...fichas.precios, [cliente]: suyos },
  };
}

function enUso(fichas, orders) {
  const clientes = new Set(Object.keys(orders));
  const articulos = new Set(
    Object.values(orders).flatMap((valor) => lineasDe(valor).map((l) => String(l.articulo_id))),
  );
  return {
    clientes: filtrar(fichas.clientes, clientes),
    articulos: filtrar(fichas.articulos, articulos),
    precios: filtrar(fichas.precios, clientes),
  };
}

function filtrar(fichas, claves) {
  return Object.fromEntries(Object.entries(fichas).filter(([clave]) => claves.has(clave)));
}

// An order that the new prices would make impossible stays as it is.
function soloInvalido(error) {
  if (!(error instanceof PedidoInvalido)) throw error;
  return null;
}
