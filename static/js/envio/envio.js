// Sending: one tab at a time posts each pending lote verbatim until the server has it, then asks
// for its verdicts. Every answer is handled in words; no answer ever costs an order.

import { leerOrders } from "../comun/almacen.js";
import { negativaDe } from "../comun/rechazos.js";
import { Retroceso } from "../comun/retroceso.js";
import { SinRed } from "../comun/red.js";
import { OtraPestana } from "../pestanas/titular.js";
import {
  anotar,
  cambiados,
  cuerpo,
  enviados,
  esFinal,
  libres,
  paraLote,
  pendientes,
  preparar,
  repartir,
  soltar,
} from "../cuaderno/lotes.js";

// Milliseconds: after failures, with some chance in it, and between questions about a lote.
const ENTRE_INTENTOS = { primero: 1_000, maximo: 30_000, azar: () => 0.75 + Math.random() / 2 };
const ENTRE_CONSULTAS = { primero: 560, maximo: 3_000, factor: 1.4 };

/**
 * @typedef {import("../comun/almacen.js").Almacen} Almacen
 * @typedef {Omit<Respuesta, "texto">} Contestada
 */

/** The lote has to wait: `codigo` says why in textos.js; `parar` until somebody acts. */
class Espera extends Error {
  /**
   * @param {string} codigo
   * @param {{parar?: boolean, segundos?: number, detalle?: unknown}} [opciones]
   */
  constructor(codigo, { parar = false, segundos = 0, detalle = "" } = {}) {
    super(codigo);
    this.codigo = codigo;
    this.parar = parar;
    this.segundos = segundos;
    this.detalle = texto(detalle);
  }
}

export class Envio {
  /**
   * @param {object} partes
   * @param {Almacen} partes.almacen
   * @param {{pedir: (url: string) => Promise<Contestada>,
   *   enviar: (url: string, cuerpo: unknown) => Promise<Contestada>}} partes.red
   * @param {Pick<Direcciones, "pedidos" | "lote" | "sesion">} partes.urls
   * @param {number} partes.sucursal
   * @param {number} partes.usuario
   * @param {AvisoDeEnvio} partes.avisar
   * @param {() => string} partes.nuevoId
   * @param {number} [partes.decimales]
   * @param {() => number} [partes.ahora]
   * @param {() => number | null | Promise<number | null>} [partes.momento] to date orders with
   * @param {readonly Huso[]} [partes.husos] by the company's clock
   */
  constructor({
    almacen,
    red,
    urls,
    sucursal,
    usuario,
    avisar,
    nuevoId,
    decimales = 0,
    ahora = Date.now,
    momento = ahora,
    husos = [],
  }) {
    this.almacen = almacen;
    this.red = red;
    this.urls = urls;
    this.sucursal = sucursal;
    this.usuario = usuario;
    this.avisar = avisar;
    this.nuevoId = nuevoId;
    this.decimales = decimales;
    this.ahora = ahora;
    this.momento = momento;
    this.husos = husos;
    this.andando = false;
    this.fallas = new Retroceso(ENTRE_INTENTOS);
    this.consultas = new Retroceso(ENTRE_CONSULTAS);
    /** @type {(() => void) | null} */
    this.despertador = null;
  }

  /**
   * Make a lote of all that can go and send it; null when there is nothing to send. What changed
   * while somebody was asked what time it is was not agreed to: it stays, and is told of.
   * @param {string} version the catalogue's
   */
  async enviar(version) {
    const { almacen, nuevoId, decimales } = this;
    // The moment of closing is the taker's, not that of a turn that had to wait.
    const acordado = await almacen.exclusiva("mesa", () => libres(almacen));
    const datos = {
      lote: nuevoId(),
      version,
      ahora: this.ahora(),
      acordado,
      momento: await this.momento(),
      husos: this.husos,
      decimales,
      nuevoId,
    };
    const [clientes, ficha] = await almacen.exclusiva(
      "mesa",
      () => /** @type {const} */ ([cambiados(almacen, acordado), preparar(almacen, datos)]),
    );
    if (ficha) this.seguir();
    if (clientes.length > 0) this.avisar("cambiados", { clientes });
    return ficha;
  }

  /** Go on with whatever is pending; at once if it was waiting. */
  seguir() {
    this.despertador?.();
    if (!this.andando) {
      this.andando = true;
      this.bucle().finally(() => (this.andando = false));
    }
  }

  async bucle() {
    while (pendientes(this.almacen).length > 0) {
      const espera = await this.almacen
        .exclusiva("envio", () => this.vuelta())
        .catch(soloOtraPestana);
      if (espera === null) return;
      await this.dormir(espera);
    }
  }

  // One round over the pending lotes; milliseconds until the next, or null to stop.
  async vuelta() {
    try {
      // As the last turn left them: another tab may just have finished one.
      const fichas = await this.almacen.exclusiva("mesa", () => pendientes(this.almacen));
      for (const ficha of fichas) await this.atender(ficha);
    } catch (error) {
      return this.tropezar(error);
    }
    this.fallas.reiniciar();
    this.avisar("libre", {});
    return this.consultas.siguiente();
  }

  /**
   * @param {unknown} error
   * @returns {number | null} milliseconds to wait, or null to stop
   */
  tropezar(error) {
    const causa = error instanceof SinRed ? new Espera("sin_red") : error;
    if (!(causa instanceof Espera)) throw error;
    const plazo = Math.max(this.fallas.siguiente(), causa.segundos * 1000);
    this.avisar("espera", { codigo: causa.codigo, detalle: causa.detalle, plazo });
    return causa.parar ? null : plazo;
  }

  /**
   * @param {number} plazo
   * @returns {Promise<void>}
   */
  dormir(plazo) {
    /** @type {Promise<void>} */
    const sueno = new Promise((seguir) => {
      const reloj = setTimeout(seguir, plazo);
      this.despertador = () => {
        clearTimeout(reloj);
        seguir();
      };
    });
    return sueno.finally(() => (this.despertador = null));
  }

  /** @param {FichaLote} ficha */
  async atender(ficha) {
    const aceptada = ficha.aceptado ? ficha : await this.publicar(ficha);
    if (aceptada) await this.consultar(aceptada);
  }

  /**
   * @param {FichaLote} ficha
   * @returns {Promise<FichaLote | null>} null when the lote came back whole
   */
  async publicar(ficha) {
    await this.mismaPersona();
    const anotado = ficha.intentado || (await this.anotar({ ...ficha, intentado: true }));
    // What could not be noted may have happened.
    const repetido = ficha.intentado === true || !anotado;
    const respuesta = await this.red.enviar(
      this.urls.pedidos,
      cuerpo(this.almacen, ficha, this.sucursal),
    );
    if (respuesta.estado === 200 || respuesta.estado === 202) return this.aceptado(ficha);
    exigirRespuesta(respuesta);
    // Refused. If an earlier try went unanswered, that one may have been taken all the same.
    if (repetido || respuesta.estado === 422) {
      const estado = await this.red.pedir(this.urlDe(ficha));
      if (estado.estado === 200) return this.aceptado(ficha);
      if (estado.estado !== 404) throw new Espera("inesperado", { detalle: estado.cuerpo.detail });
    }
    await this.devolver(ficha, respuesta);
    return null;
  }

  /** @param {FichaLote} ficha */
  async aceptado(ficha) {
    this.consultas.reiniciar();
    this.avisar("aceptado", { lote: ficha.lote });
    const aceptada = { ...ficha, aceptado: true };
    await this.anotar(aceptada);
    return aceptada;
  }

  /** @param {FichaLote} ficha */
  anotar(ficha) {
    return this.almacen.exclusiva("mesa", () => anotar(this.almacen, ficha));
  }

  // A page left open must not send one person's orders with another's session.
  async mismaPersona() {
    const respuesta = await this.red.pedir(this.urls.sesion);
    exigirRespuesta(respuesta);
    if (respuesta.cuerpo.usuario !== this.usuario)
      throw new Espera("otra_persona", { parar: true });
  }

  /**
   * @param {FichaLote} ficha
   * @param {Contestada} respuesta
   */
  async devolver(ficha, { estado, cuerpo }) {
    const { codigo } = negativaDe(estado);
    await this.almacen.exclusiva("mesa", () => soltar(this.almacen, ficha));
    this.avisar("devuelto", { codigo, detalle: texto(cuerpo.detail) });
  }

  /** @param {FichaLote} ficha */
  async consultar(ficha) {
    const respuesta = await this.red.pedir(this.urlDe(ficha));
    if (respuesta.estado === 404) {
      // The server no longer knows it (restored from a copy): the same lote goes again.
      await this.anotar({ ...ficha, aceptado: false, intentado: true });
      return;
    }
    exigirRespuesta(respuesta);
    if (respuesta.estado !== 200)
      throw new Espera("inesperado", { detalle: respuesta.cuerpo.detail });
    const lote = exigirLote(respuesta);
    this.avisar("progreso", lote);
    if (esFinal(lote.estado)) await this.terminar(ficha, lote);
  }

  /**
   * @param {FichaLote} ficha
   * @param {EstadoDeLote} primera page of its verdicts
   */
  async terminar(ficha, primera) {
    const decididos = [...primera.pedidos];
    for (let pagina = 2, hoja = primera; hoja.siguiente; pagina++) {
      const respuesta = await this.red.pedir(`${this.urlDe(ficha)}?pagina=${pagina}`);
      exigirRespuesta(respuesta);
      if (respuesta.estado !== 200) throw new Espera("inesperado");
      hoja = exigirLote(respuesta);
      decididos.push(...hoja.pedidos);
    }
    const recibo = await this.almacen.exclusiva("mesa", () =>
      this.cobrar(ficha, decididos, primera),
    );
    if (recibo) this.avisar("recibo", { ...recibo, lote: primera });
  }

  /**
   * Alone in this user's tabs. What is kept is written before what unlocks.
   * @param {FichaLote} ficha
   * @param {readonly PedidoDecidido[]} decididos
   * @param {EstadoDeLote} lote
   */
  cobrar(ficha, decididos, lote) {
    if (this.almacen.texto(`lote:${ficha.lote}`) === null) return null;
    const general = { codigo: lote.codigo || "sin_resultado", motivo: lote.motivo ?? "" };
    const orders = leerOrders(this.almacen);
    const recibo = repartir(orders, ficha, decididos, general, enviados(this.almacen, ficha));
    this.almacen.quitar(`carga:${ficha.lote}`);
    this.almacen.guardar("rechazos", conRechazos(this.almacen.leer("rechazos", {}), recibo));
    this.almacen.guardar("orders", recibo.orders);
    soltar(this.almacen, ficha);
    return recibo;
  }

  /** @param {FichaLote} ficha */
  urlDe(ficha) {
    return paraLote(this.urls.lote, ficha.lote);
  }
}

/**
 * The reasons known so far with this receipt's: news replace, saved orders need none.
 * @param {Record<string, Rechazo>} rechazos
 * @param {Recibo} recibo
 */
function conRechazos(rechazos, recibo) {
  const guardados = new Set(recibo.guardados.map(({ cliente }) => cliente));
  const quedan = Object.entries(rechazos).filter(([cliente]) => !guardados.has(cliente));
  return { ...Object.fromEntries(quedan), ...recibo.rechazos };
}

/**
 * The tab that holds the desk sends.
 * @param {unknown} error
 * @returns {null}
 */
function soloOtraPestana(error) {
  if (!(error instanceof OtraPestana)) throw error;
  return null;
}

/**
 * Throws unless the answer decides something about the lote itself.
 * @param {Contestada} respuesta
 */
function exigirRespuesta({ estado, cuerpo: { detail: detalle }, esperar }) {
  const { codigo, sigue, basta } = negativaDe(estado);
  if (sigue === "entrar") throw new Espera(codigo, { parar: true });
  if (sigue === "esperar")
    throw new Espera(codigo, { segundos: esperar, detalle: basta ? "" : detalle });
}

/**
 * A lote as the server tells it; anything else in a 200 (a proxy's page, say) decides nothing.
 * @param {Contestada} respuesta
 * @returns {EstadoDeLote}
 */
function exigirLote({ cuerpo }) {
  if (!esLote(cuerpo)) throw new Espera("inesperado", { detalle: cuerpo.detail });
  return cuerpo;
}

/**
 * @param {object} cuerpo
 * @returns {cuerpo is EstadoDeLote}
 */
function esLote(cuerpo) {
  const { estado, pedidos } = /** @type {Partial<EstadoDeLote>} */ (cuerpo);
  return typeof estado === "string" && (!esFinal(estado) || Array.isArray(pedidos));
}

/** @param {unknown} dicho */
function texto(dicho) {
  return typeof dicho === "string" ? dicho : "";
}
