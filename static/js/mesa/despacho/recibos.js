// A lote's receipt: kept, said, and what came back put before whoever looked at it.

import { CuotaLlena } from "../../comun/almacen.js";
import { avisar } from "../../pagina/avisos.js";
import { textoDeRecibo } from "../../comun/textos.js";
import { OtraPestana } from "../../pestanas/titular.js";

/**
 * @typedef {import("../pantalla/clientes.js").Clientes} Clientes
 * @typedef {import("../pantalla/foco.js").Foco} Foco
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 * @typedef {import("../pedido/precios_nuevos.js").PreciosNuevos} PreciosNuevos
 */

export class Recibos {
  /**
   * @param {object} partes
   * @param {Pick<Libreta, "anotarGuardados">} partes.libreta
   * @param {Pick<Pantalla, "abriendo" | "activo" | "pedido" | "refrescar">} partes.pantalla
   * @param {Pick<PreciosNuevos, "ponerAlDia">} partes.preciosNuevos
   * @param {Pick<Clientes, "mostrar">} partes.clientes
   * @param {Pick<Foco, "escribiendo" | "libre">} partes.foco
   */
  constructor({ libreta, pantalla, preciosNuevos, clientes, foco }) {
    this.libreta = libreta;
    this.pantalla = pantalla;
    this.preciosNuevos = preciosNuevos;
    this.clientes = clientes;
    this.foco = foco;
  }

  /** @param {SucesosDeEnvio["recibo"]} recibo */
  async alRecibir(recibo) {
    const { pantalla, foco } = this;
    const { guardados, rechazos } = recibo;
    const visto = pantalla.activo;
    const eraDelLote = visto in rechazos || guardados.some(({ cliente }) => cliente === visto);
    await this.libreta.anotarGuardados(recibo).catch(soloSinPoderAnotar);
    const mal = Object.keys(rechazos).length;
    avisar(textoDeRecibo(recibo), { nivel: mal ? "aviso" : "exito" });
    // What comes back may have been priced by an older catalogue.
    if (mal) await this.preciosNuevos.ponerAlDia();
    pantalla.refrescar();
    // Whoever was looking at an order of this lote sees next what came back of it.
    const { activo } = pantalla;
    const vuelto = activo in rechazos ? activo : Object.keys(rechazos)[0];
    const sigue = eraDelLote && activo === visto;
    const puede = mal > 0 && !pantalla.abriendo && (sigue || !pantalla.pedido);
    if (puede && !foco.escribiendo()) this.clientes.mostrar(vuelto, { enfocar: foco.libre() });
  }
}

// The receipt is the server's: without room for it, or in a tab that only looks on, it is shown.
/** @param {unknown} error */
function soloSinPoderAnotar(error) {
  if (!(error instanceof CuotaLlena || error instanceof OtraPestana)) throw error;
}
