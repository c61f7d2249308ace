// The catalogue in this browser: the manifest says which sections changed; only those are
// downloaded, kept compressed in localStorage, read back with getItem and inflated in the Worker.

import { CuotaLlena } from "./almacen.js";

/** The Worker did not load, or died. */
export class SinTrabajador extends Error {}

const SECCIONES = ["canales", "clientes", "articulos", "precios"];

export class Catalogo {
  constructor({ almacen, trabajador, red, url, alCambiar = () => {}, adelanto = null }) {
    Object.assign(this, { almacen, trabajador, red, url, alCambiar, adelanto });
    this.estado = { version: "", generado: null, enMemoria: false, listo: false, cargando: false };
    this.secciones = {};
    this.memoria = new Map();
    this.esperas = new Map();
    this.n = 0;
    this.abierto = false;
    this.roto = false;
    trabajador.onerror = () => this.romper();
    trabajador.onmessage = ({ data }) => this.responder(data);
    if (adelanto?.roto) this.romper();
  }

  /** Inflate what this browser already has; once. */
  async abrir() {
    if (this.abierto) return;
    this.abierto = true;
    const ficha = this.almacen.leer("cat", { secciones: {} });
    const claves = Object.keys(ficha.secciones);
    const cargadas = await Promise.all(claves.map((seccion) => this.cargar(seccion)));
    const buenas = Object.entries(ficha.secciones).filter((_, i) => cargadas[i]);
    this.secciones = Object.fromEntries(buenas);
    this.anotar({ version: ficha.version ?? "", generado: ficha.generado ?? null });
  }

  /** Bring what changed since; raises SinRed without a server. */
  async actualizar() {
    this.anotar({ cargando: true });
    try {
      const { estado, cuerpo } = await this.red.pedir(this.url);
      if (estado === 200) await this.almacen.exclusiva("catalogo", () => this.igualar(cuerpo));
      return estado;
    } finally {
      this.anotar({ cargando: false });
    }
  }

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

  async descargar(seccion, url) {
    const destino = new URL(url, location.href);
    destino.searchParams.set("codificacion", "utf16");
    const { texto, sha256 } = await this.pedir("descargar", { url: destino.href });
    this.guardar(seccion, () => this.almacen.guardarTexto(`cat:${seccion}`, texto), texto);
    if (!(await this.cargar(seccion))) throw new Error(`damaged section: ${seccion}`);
    return sha256;
  }

  // Without room it works from memory, and says so; orders need the room more.
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

  async cargar(seccion) {
    const texto = this.memoria.get(seccion) ?? this.almacen.texto(`cat:${seccion}`);
    if (texto === null) return false;
    return this.adelanto?.tomar(seccion, texto) ?? this.pedir("cargar", { seccion, texto });
  }

  clientes(q, limite = 20) {
    return this.pedir("clientes", { q, limite });
  }

  articulos(q, canal, lineas = [], limite = 20) {
    return this.pedir("articulos", { q, canal, lineas, limite });
  }

  /** The article with exactly this code, SKU or barcode, with its price in an order of the canal. */
  exacto(clave, canal, lineas = []) {
    return this.pedir("exacto", { clave, canal, lineas });
  }

  /** What pricing these articles here takes; see Tarifas. */
  tarifa(canal, articulos, conLista) {
    return this.pedir("tarifa", { canal, articulos, conLista });
  }

  faltantes(canal, lineas, acordados) {
    return this.pedir("faltantes", { canal, lineas, acordados });
  }

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

  pedir(tarea, datos) {
    if (this.roto) return Promise.reject(new SinTrabajador());
    this.n += 1;
    this.trabajador.postMessage({ n: this.n, tarea, datos });
    return new Promise((resolver, rechazar) => this.esperas.set(this.n, { resolver, rechazar }));
  }

  responder({ n, valor, error }) {
    const espera = this.esperas.get(n);
    if (!espera) return; // begun before the desk (adelanto.js)
    const { resolver, rechazar } = espera;
    this.esperas.delete(n);
    if (error === undefined) resolver(valor);
    else rechazar(new Error(error));
  }
}
