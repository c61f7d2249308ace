// The catalogue in this browser: the manifest says which sections changed; only those are
// downloaded, kept compressed in localStorage, read back with getItem and inflated in the Worker.

import { CuotaLlena } from "../comun/almacen.js";

/** The Worker did not load, or died. */
export class SinTrabajador extends Error {}

/**
 * For whoever can do without: no answer, where it is for want of the Worker.
 * @param {unknown} error
 * @returns {null}
 */
export function soloSinTrabajador(error) {
  if (!(error instanceof SinTrabajador)) throw error;
  return null;
}

/**
 * @typedef {{estado: number, cuerpo: Partial<Manifiesto>}} RespuestaDeCatalogo
 * @typedef {{n: number, valor?: unknown, error?: string}} Contestacion
 */

const SECCIONES = ["canales", "clientes", "articulos", "precios"];

export class Catalogo {
  /**
   * @param {object} partes
   * @param {import("../comun/almacen.js").Almacen} partes.almacen
   * @param {Pick<Worker, "postMessage" | "onmessage" | "onerror">} partes.trabajador
   * @param {{pedir: (url: string) => Promise<RespuestaDeCatalogo>}} partes.red
   * @param {string} partes.url
   * @param {(estado: EstadoDeCatalogo) => void} [partes.alCambiar]
   * @param {import("./adelanto.js").Adelanto | null} [partes.adelanto]
   */
  constructor({ almacen, trabajador, red, url, alCambiar = () => {}, adelanto = null }) {
    this.almacen = almacen;
    this.trabajador = trabajador;
    this.red = red;
    this.url = url;
    this.alCambiar = alCambiar;
    this.adelanto = adelanto;
    /** @type {EstadoDeCatalogo} */
    this.estado = { version: "", generado: null, enMemoria: false, listo: false, cargando: false };
    /** @type {Record<string, string>} section → the hash of what is kept of it */
    this.secciones = {};
    /** @type {Map<string, string>} */
    this.memoria = new Map();
    /** @type {Map<number, {resolver: (valor: unknown) => void, rechazar: (e: Error) => void}>} */
    this.esperas = new Map();
    this.n = 0;
    /** @type {Promise<void> | null} */
    this.abriendo = null;
    this.roto = false;
    trabajador.onerror = () => this.romper();
    trabajador.onmessage = ({ data }) => this.responder(data);
    if (adelanto?.roto) this.romper();
  }

  /** Inflate what this browser already has; once. */
  abrir() {
    this.abriendo ??= this.inflar();
    return this.abriendo;
  }

  /** Whether it can be searched: as soon as what there is of it has been inflated. */
  async servible() {
    if (!this.estado.listo) await this.abriendo;
    return this.estado.listo && !this.roto;
  }

  async inflar() {
    const indice = this.almacen.leer("cat", SIN_CATALOGO, esIndice);
    const claves = Object.keys(indice.secciones);
    const cargadas = await Promise.all(claves.map((seccion) => this.cargar(seccion)));
    const buenas = Object.entries(indice.secciones).filter((_, i) => cargadas[i]);
    this.secciones = Object.fromEntries(buenas);
    this.anotar({ version: indice.version ?? "", generado: indice.generado ?? null });
  }

  /** Bring what changed since; raises SinRed without a server. */
  async actualizar() {
    this.anotar({ cargando: true });
    try {
      const { estado, cuerpo } = await this.red.pedir(this.url);
      if (estado === 200 && esManifiesto(cuerpo))
        await this.almacen.exclusiva("catalogo", () => this.igualar(cuerpo));
      return estado;
    } finally {
      this.anotar({ cargando: false });
    }
  }

  /** @param {Manifiesto} manifiesto */
  async igualar(manifiesto) {
    for (const [seccion, { url, sha256 }] of Object.entries(manifiesto.secciones)) {
      if (this.secciones[seccion] === sha256) continue;
      // The section may have changed since its manifest: what counts is what came.
      this.secciones[seccion] = (await this.descargar(seccion, url)) ?? sha256;
    }
    const { version, generado } = manifiesto;
    this.guardar("cat", () =>
      this.almacen.guardar("cat", { version, generado, secciones: this.secciones }),
    );
    this.anotar({ version, generado });
  }

  /**
   * @param {string} seccion
   * @param {string} url
   * @returns {Promise<string | undefined>} the hash of what came
   */
  async descargar(seccion, url) {
    const destino = new URL(url, location.href);
    destino.searchParams.set("codificacion", "utf16");
    const { texto, sha256 } = await this.bajar(destino.href);
    this.guardar(seccion, () => this.almacen.guardarTexto(`cat:${seccion}`, texto), texto);
    if (!(await this.cargar(seccion))) throw new Error(`damaged section: ${seccion}`);
    return sha256;
  }

  /**
   * @param {string} url
   * @returns {Promise<{texto: string, sha256?: string}>}
   */
  bajar(url) {
    return this.pedir("descargar", { url });
  }

  /**
   * Without room it works from memory, and says so; orders need the room more.
   * @param {string} seccion
   * @param {() => void} escribir
   * @param {string | null} [texto]
   */
  guardar(seccion, escribir, texto = null) {
    try {
      escribir();
      this.memoria.delete(seccion);
    } catch (error) {
      if (!(error instanceof CuotaLlena)) throw error;
      this.almacen.quitar(`cat:${seccion}`);
      if (texto !== null) this.memoria.set(seccion, texto);
      this.anotar({ enMemoria: true });
    }
  }

  /**
   * @param {string} seccion
   * @returns {Promise<boolean>} false when there is none, or it is damaged
   */
  async cargar(seccion) {
    const texto = this.memoria.get(seccion) ?? this.almacen.texto(`cat:${seccion}`);
    if (texto === null) return false;
    return this.adelanto?.tomar(seccion, texto) ?? this.pedir("cargar", { seccion, texto });
  }

  /**
   * @param {string} q
   * @param {number} [limite]
   * @returns {Promise<Hallado<ClienteHallado>>}
   */
  clientes(q, limite = 20) {
    return this.pedir("clientes", { q, limite });
  }

  /**
   * With what each would cost if one more of it were added to `lineas`.
   * @param {string} q
   * @param {string | undefined} canal
   * @param {readonly Par[]} [lineas]
   * @param {number} [limite]
   * @returns {Promise<Hallado<ArticuloHallado>>}
   */
  articulos(q, canal, lineas = [], limite = 20) {
    return this.pedir("articulos", { q, canal, lineas, limite });
  }

  /**
   * An order of this canal is open: what its prices take is made now, and not at the next key.
   * @param {string} canal
   * @returns {Promise<void>}
   */
  templar(canal) {
    return this.pedir("templar", { canal });
  }

  /**
   * The article with exactly this code, SKU or barcode, with its price in an order of the canal.
   * @param {string} clave
   * @param {string | undefined} canal
   * @param {readonly Par[]} [lineas]
   * @returns {Promise<ArticuloHallado | null>}
   */
  exacto(clave, canal, lineas = []) {
    return this.pedir("exacto", { clave, canal, lineas });
  }

  /**
   * What pricing these articles here takes; see PreciosDeLaPagina.
   * @param {string} canal
   * @param {number[]} articulos
   * @param {boolean} conLista
   * @returns {Promise<RespuestaDePrecios>}
   */
  preciosDeCanal(canal, articulos, conLista) {
    return this.pedir("preciosDeCanal", { canal, articulos, conLista });
  }

  /**
   * @param {string | undefined} canal
   * @param {readonly Par[]} lineas
   * @param {readonly number[]} acordados
   * @returns {Promise<Faltante[]>}
   */
  faltantes(canal, lineas, acordados) {
    return this.pedir("faltantes", { canal, lineas, acordados });
  }

  /** @param {Partial<EstadoDeCatalogo>} cambio */
  anotar(cambio) {
    Object.assign(this.estado, cambio);
    this.estado.listo = SECCIONES.every((seccion) => seccion in this.secciones);
    this.alCambiar(this.estado);
  }

  // Without its Worker there is no local catalogue; the server still answers.
  romper() {
    this.roto = true;
    this.esperas.forEach(({ rechazar }) => rechazar(new SinTrabajador()));
    this.esperas.clear();
  }

  /**
   * What trabajador.js answers: its tasks are typed there, their names are these.
   * @template T
   * @param {string} tarea
   * @param {object} datos
   * @returns {Promise<T>}
   */
  pedir(tarea, datos) {
    if (this.roto) return Promise.reject(new SinTrabajador());
    this.n += 1;
    this.trabajador.postMessage({ n: this.n, tarea, datos });
    return new Promise((bien, rechazar) => {
      const resolver = /** @type {(valor: unknown) => void} */ (bien);
      this.esperas.set(this.n, { resolver, rechazar });
    });
  }

  /** @param {Contestacion} contestacion */
  responder({ n, valor, error }) {
    const espera = this.esperas.get(n);
    if (!espera) return; // begun before the desk (adelanto.js)
    this.esperas.delete(n);
    if (error === undefined) espera?.resolver(valor);
    else espera?.rechazar(new Error(error));
  }
}

/** @type {{version?: string, generado?: string | null, secciones: Record<string, string>}} */
const SIN_CATALOGO = { secciones: {} };

/** @param {unknown} valor */
function esIndice(valor) {
  const { secciones } = /** @type {{secciones?: unknown}} */ (valor ?? {});
  return typeof secciones === "object" && secciones !== null;
}

/**
 * @param {Partial<Manifiesto>} cuerpo
 * @returns {cuerpo is Manifiesto}
 */
function esManifiesto(cuerpo) {
  return typeof cuerpo.secciones === "object" && cuerpo.secciones !== null;
}
