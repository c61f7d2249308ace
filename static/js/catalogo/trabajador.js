// The catalogue's Worker: downloads sections, inflates what the page read with getItem, searches,
// and prices what it finds.

import { faltantes } from "../motor/faltantes.js";
import {
  LECTURA_DE_ARTICULOS,
  LECTURA_DE_CLIENTES,
  indiceDeArticulos,
  indiceDeClientes,
} from "./indice.js";
import { inflarUtf16 } from "./inflador.js";
import { Preparadas } from "./preparadas.js";
import { Tabla } from "./tabla.js";
import { PreciosDelCatalogo, masBaratoDesde } from "../motor/precios_de_canal.js";

/** @type {Omit<Gart, "clientes" | "articulos">} */
const gart = { precios: {}, canales: {}, reglas: {} };
/** @type {Map<string | undefined, PreciosDelCatalogo>} */
const canales = new Map();
const indices = {
  clientes: indiceDeClientes(Tabla.de({}, LECTURA_DE_CLIENTES)),
  articulos: indiceDeArticulos(Tabla.de({}, LECTURA_DE_ARTICULOS)),
};
const preparadas = new Preparadas({ codigo: self.location?.pathname });
/** @type {Map<Seccion, object>} the last load of each: what an earlier one brings is not it */
const cargas = new Map();
/** @typedef {ReturnType<Tabla<object>["guardable"]>} Guardable */
/** @type {Map<Seccion, {texto: string, guardable: () => Guardable}>} what is not kept yet */
const nuevas = new Map();
/** @type {Set<string>} canals that orders are open for: their prices are kept ready */
const abiertos = new Set();
// What nobody has: looked for once, so that no key pays for what a first search makes.
const NADIE = "zqx zqx";
// Milliseconds after the last section: others that wait to be loaded come first.
const CALMA = 50;
// Milliseconds after that: whoever opened the desk types by now, and waits for nothing.
const DESCANSO = 2_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let calma;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let descanso;

const TAREAS = {
  /**
   * A section as compressToUTF16 text (UTF-16LE on the wire), and the hash of what came.
   * @param {{url: string}} datos
   */
  async descargar({ url }) {
    const respuesta = await fetch(url, { credentials: "same-origin", redirect: "error" });
    if (!respuesta.ok) throw new Error(`HTTP ${respuesta.status}`);
    const bytes = await respuesta.arrayBuffer();
    const sha256 = /"([0-9a-f]+)-utf16"/.exec(respuesta.headers.get("ETag") ?? "")?.[1];
    return { texto: new TextDecoder("utf-16le", { ignoreBOM: true }).decode(bytes), sha256 };
  },

  /**
   * Take a section of gart; false when it is damaged.
   * @param {{seccion: Seccion, texto: string}} datos
   */
  async cargar({ seccion, texto }) {
    const carga = {};
    cargas.set(seccion, carga);
    try {
      const poner = await leida(seccion, texto);
      if (cargas.get(seccion) === carga) poner();
    } catch {
      return false;
    }
    canales.clear();
    clearTimeout(calma);
    calma = setTimeout(prepararse, CALMA);
    return true;
  },

  /**
   * An order of this canal is open: its prices will be asked for at the next key.
   * @param {{canal: string}} datos
   */
  templar({ canal }) {
    abiertos.add(canal);
    preciosDeCanal(canal);
  },

  /**
   * @param {{q: string, limite: number}} datos
   * @returns {Hallado<ClienteHallado>}
   */
  clientes({ q, limite }) {
    const { filas, ...resto } = indices.clientes.buscar(q, limite);
    return {
      filas: filas.map((c) => ({ ...c, canal_nombre: gart.canales[c.canal]?.nombre ?? "" })),
      ...resto,
    };
  },

  /**
   * With what each would cost if one more were added to `lineas`, in micros; what has no price in
   * the canal comes after what has.
   * @param {{q: string, canal: string | undefined, lineas: readonly Par[], limite: number}} datos
   * @returns {Hallado<ArticuloHallado>}
   */
  articulos({ q, canal, lineas = [], limite }) {
    const precios = gart.precios[canal ?? ""];
    const conUno = precios ? (/** @type {string} */ id) => id in precios : undefined;
    const { filas, ...resto } = indices.articulos.buscar(q, limite, conUno);
    const carrito = preciosDeCanal(canal).carrito(lineas);
    return { filas: filas.map((fila) => conPrecio(fila, canal, carrito)), ...resto };
  },

  /**
   * @param {{clave: string, canal: string | undefined, lineas: readonly Par[]}} datos
   * @returns {ArticuloHallado | null}
   */
  exacto({ clave, canal, lineas = [] }) {
    const fila = indices.articulos.exacto(clave);
    return fila && conPrecio(fila, canal, preciosDeCanal(canal).carrito(lineas));
  },

  /**
   * What the page needs to price these articles itself; the list only if it asks for it.
   * @param {{canal: string, articulos: number[], conLista: boolean}} datos
   * @returns {RespuestaDePrecios}
   */
  preciosDeCanal({ canal, articulos, conLista }) {
    const delCanal = preciosDeCanal(canal);
    const { lista } = delCanal;
    const renglones = articulos.map(
      (articulo) => /** @type {const} */ ([articulo, delCanal.renglones.get(articulo) ?? null]),
    );
    const sinPisos = lista && {
      version: lista.version,
      decimales: lista.decimales,
      reglas: lista.reglas,
    };
    return { lista: conLista ? sinPisos : null, renglones };
  },

  /**
   * The nearest discounts that an order does not have, with the names of what they ask for.
   * @param {{canal: string | undefined, lineas: readonly Par[], acordados: number[]}} datos
   * @returns {Faltante[]}
   */
  faltantes({ canal, lineas, acordados }) {
    return faltantes(preciosDeCanal(canal), lineas, new Set(acordados)).map((falta) => {
      const { costo, antes, despues } = falta;
      const { id, nombre, porcentaje, valor } = falta.regla;
      const articulo = falta.articulo === null ? null : nombrar(falta.articulo);
      const comun = { costo, antes, despues, articulo, regla: { id, nombre, porcentaje, valor } };
      return falta.tipo === "combo"
        ? { ...comun, tipo: falta.tipo, faltan: falta.faltan.map(nombrar) }
        : { ...comun, tipo: falta.tipo, faltan: falta.faltan };
    });
  },
};

/**
 * @param {number} id
 * @returns {NombreDeArticulo}
 */
function nombrar(id) {
  const articulo = conocido(id);
  return { id, codigo: articulo?.codigo, nombre: articulo?.descripcion ?? "" };
}

/**
 * @param {number} id
 * @returns {ArticuloDeCatalogo | undefined}
 */
function conocido(id) {
  return indices.articulos.tabla.conId(id);
}

/** @param {string | undefined} canal */
function preciosDeCanal(canal) {
  const delCanal = canales.get(canal) ?? new PreciosDelCatalogo(gart, canal ?? "", conocido);
  canales.set(canal, delCanal);
  return delCanal;
}

/**
 * What puts a section in its place; raises SyntaxError when it is damaged.
 * @param {Seccion} seccion
 * @param {string} texto
 * @returns {Promise<() => void>}
 */
async function leida(seccion, texto) {
  if (seccion === "clientes") {
    const indice = indiceDeClientes(await tablaDe(seccion, texto, LECTURA_DE_CLIENTES));
    return () => void (indices.clientes = indice);
  }
  if (seccion === "articulos") {
    const indice = indiceDeArticulos(await tablaDe(seccion, texto, LECTURA_DE_ARTICULOS));
    return () => void (indices.articulos = indice);
  }
  const contenido =
    seccion === "precios"
      ? await preciosDe(texto)
      : /** @type {object} */ (inflada(seccion, texto));
  return () => void Object.assign(gart, { [seccion]: contenido });
}

/**
 * @template {object} Fila
 * @param {"clientes" | "articulos"} seccion
 * @param {string} texto
 * @param {import("./tabla.js").Lectura<Fila>} lectura
 * @returns {Promise<Tabla<Fila>>}
 */
async function tablaDe(seccion, texto, lectura) {
  /** @type {(legajo: import("./legajo.js").Legajo) => Tabla<Fila>} */
  const tomar = (legajo) => Tabla.guardada(legajo);
  const guardada = await preparadas.leer(seccion, texto, tomar);
  if (guardada) return guardada;
  const tabla = Tabla.de(/** @type {Record<string, Fila>} */ (inflada(seccion, texto)), lectura);
  nuevas.set(seccion, { texto, guardable: () => tabla.guardable() });
  return tabla;
}

/**
 * Each canal's prices; of what is kept, only those that are asked for are read.
 * @param {string} texto
 * @returns {Promise<Gart["precios"]>}
 */
async function preciosDe(texto) {
  const guardados = await preparadas.leer("precios", texto, perezosos);
  if (guardados) return guardados;
  const precios = /** @type {Gart["precios"]} */ (inflada("precios", texto));
  const enJson = () =>
    Object.entries(precios).map(([canal, unos]) => [canal, JSON.stringify(unos)]);
  nuevas.set("precios", { texto, guardable: () => Object.fromEntries(enJson()) });
  return precios;
}

/**
 * @param {import("./legajo.js").Legajo} guardados JSON of each canal
 * @returns {Gart["precios"]}
 */
function perezosos(guardados) {
  /** @type {Gart["precios"]} */
  const leidos = {};
  for (const canal of guardados.nombres)
    Object.defineProperty(leidos, canal, {
      configurable: true,
      get: () => {
        const value = JSON.parse(guardados.texto(canal));
        Object.defineProperty(leidos, canal, { value });
        return value;
      },
    });
  return leidos;
}

/**
 * @param {Seccion} seccion
 * @param {string} texto
 */
function inflada(seccion, texto) {
  return JSON.parse(inflarUtf16(texto) || "damaged")[seccion];
}

/** Keep what was made anew, for the next time that the desk opens. */
async function guardar() {
  for (const [seccion, { texto, guardable }] of nuevas) {
    nuevas.delete(seccion);
    const guardada = guardable();
    if (guardada) await preparadas.guardar(seccion, texto, guardada);
  }
}

/** What a first search and a first price have to make. */
function prepararse() {
  indices.articulos.buscar(NADIE, 1);
  indices.clientes.buscar(NADIE, 1);
  abiertos.forEach((canal) => preciosDeCanal(canal));
  clearTimeout(descanso);
  if (nuevas.size > 0) descanso = setTimeout(guardar, DESCANSO);
}

/**
 * An article at the price that one more of it would have in this cart, which is left as it was.
 * @param {ArticuloDeCatalogo & {id: string}} fila
 * @param {string | undefined} canal
 * @param {CarritoDeMotor} carrito
 * @returns {ArticuloHallado}
 */
function conPrecio(fila, canal, carrito) {
  const delCanal = preciosDeCanal(canal);
  const articulo = Number(fila.id);
  const renglon = delCanal.renglones.get(articulo);
  if (!renglon) return { ...fila, precio: null, desde: null };
  const precio = conUnoMas(carrito, renglon, (mayor) => delCanal.precioDe(renglon, mayor).final);
  const desde = masBaratoDesde(delCanal, articulo);
  // What the rules of a list bring down to nothing cannot be sold.
  const vendible = precio > 0n || renglon.suelta;
  return {
    ...fila,
    precio: vendible ? precio : null,
    desde: desde && desde.final < precio ? desde : null,
  };
}

/**
 * A cart is not made again for each row: of twenty rows, with a thousand lines, that is most of a key.
 * @template T
 * @param {CarritoDeMotor} carrito
 * @param {Renglon} renglon
 * @param {(mayor: CarritoDeMotor) => T} mirar
 * @returns {T}
 */
function conUnoMas({ unidades, monto }, { articulo, base }, mirar) {
  const tiene = unidades.get(articulo);
  unidades.set(articulo, (tiene ?? 0n) + 1n);
  const visto = mirar({ unidades, monto: monto + base });
  if (tiene === undefined) unidades.delete(articulo);
  else unidades.set(articulo, tiene);
  return visto;
}

/** @param {MessageEvent<{n: number, tarea: keyof typeof TAREAS, datos: never}>} mensaje */
self.onmessage = async ({ data: { n, tarea, datos } }) => {
  try {
    self.postMessage({ n, valor: await TAREAS[tarea](datos) });
  } catch (error) {
    self.postMessage({ n, error: error instanceof Error ? error.message : String(error) });
  }
};
