// The desk's notebook: what is open, locked, rejected and saved today, always as storage has it.
// Every change reads, changes and writes alone, so that two tabs never lose each other's work.

import { PedidoInvalido, cerrar, lineasDe, totales } from "./pedidos.js";
import { bloqueados, pendientes } from "./lotes.js";

const VACIAS = { clientes: {}, articulos: {}, precios: {} };

export class Libreta {
  constructor(almacen, { decimales, hoy }) {
    Object.assign(this, { almacen, decimales, hoy });
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
    const conNuevas = (fichas) =>
      nuevas.reduce((todas, ficha) => conArticulo(todas, cliente, ficha), fichas);
    return this.cambiar(cliente, cambio, nuevas.length ? conNuevas : null);
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
    return this.almacen.exclusiva("mesa", () => {
      if (cliente !== null && bloqueados(pendientes(this.almacen)).has(cliente)) {
        throw new PedidoInvalido("bloqueado");
      }
      const orders = cambio(this.almacen.leer("orders", {}));
      // First the names, then the order that uses them.
      if (cambioDeFichas) {
        this.almacen.guardar("fichas", cambioDeFichas(this.almacen.leer("fichas", VACIAS)));
      }
      this.almacen.guardar("orders", orders);
    });
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

function conArticulo(fichas, cliente, { articulo, datos, precio, version }) {
  const suyos = { ...fichas.precios[cliente], [articulo]: { precio, version } };
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
