// The whole desk in a test: its page, its component, a Worker in this thread, and a server that keeps
// lotes as ours does. What Alpine would draw is read from the component itself.

import LZString from "../../vendor/lz-string.js";
import { huellaPedido } from "../cuaderno/recibo.js";
import { mesa } from "../mesa/mesa.js";
import { lineasDe } from "../cuaderno/pedidos.js";
import { Fabrica, Locks, Servidor } from "./dobles.js";
import { $, abrirPagina, asentar, escribir, teclear } from "./documento.js";

const LOTE = "00000000-0000-0000-0000-000000000000";
export const PARAMETROS = {
  empresa: 1,
  sucursal: 2,
  usuario: 3,
  decimales: 0,
  moneda: "PYG",
  trabajador: "/trabajador.js",
  urls: {
    pedidos: "/pedidos",
    lote: `/lotes/${LOTE}`,
    lote_pagina: `/lote/${LOTE}/`,
    lote_estado: `/lote/${LOTE}/estado/`,
    sesion: "/sesion",
    catalogo: "/catalogo",
    articulos: "/articulos",
    ultimo: "/ultimo",
    pedido: "/pedido/0/",
  },
};

const cliente = (fantasia, mas = {}) => ({
  ruc: "80009735-1",
  nombrefactura: `${fantasia} S.A.`,
  nombrefantasia: fantasia,
  canal: 1,
  ...mas,
});
const articulo = (codigo, descripcion, tasa_iva, codigo_barras) => ({
  codigo,
  sku: `S${codigo}`,
  prod_marca: "Marca",
  descripcion,
  tasa_iva,
  codigo_barras,
});
export const GART = {
  canales: { 1: { nombre: "Despensas", canal_venta: "TIENDA" } },
  clientes: { 12: cliente("Don Beto"), 13: cliente("Ña Cármen"), 14: cliente("Súper Uno") },
  articulos: {
    7: articulo(1043, "Yerba", 10, "7840001000018"),
    8: articulo(1044, "Azúcar", 5, "7840001000025"),
    9: articulo(1045, "Sal", 0, null),
    10: articulo(1046, "Fideo", 10, null),
  },
  precios: { 1: { 7: 12500, 8: 6200, 9: 3000 } },
};

const opcion = (tipo) =>
  `<li role="option" data-tipo="${tipo}"><b data-campo="descripcion"></b></li>`;
const picker = (nombre, dentro) =>
  `<div id="${nombre}_picker" hidden><ul role="listbox">${dentro}</ul><p data-pie></p></div>`;
const PAGINA = `
  <div id="avisos"></div>
  <script id="parametros" type="application/json">PARAMETROS</script>
  <div><input id="entrada_cliente">${picker("clientes", "")}</div>
  <div><input id="entrada_articulo">${picker("articulos", "")}</div>
  <input id="entrada_cantidad" value="1"><input id="observacion">
  <template id="plantilla_clientes">${picker("clientes", opcion("cliente"))}</template>
  <template id="plantilla_articulos">${picker("articulos", opcion("articulo"))}</template>
  <div id="ultimo_pedido"></div><input type="file" id="archivo_pedidos">
  <ol id="lotes_de_hoy"></ol><p id="sin_lotes"></p>
  <dialog id="dialogo_envio"><button id="volver">Volver</button></dialog>
  <dialog id="dialogo_ayuda"></dialog>`;

// Toasts and pauses must not keep a test waiting for them.
const conReloj = globalThis.setTimeout;
globalThis.setTimeout = (...partes) => {
  const reloj = conReloj(...partes);
  reloj.unref();
  return reloj;
};
globalThis.setInterval = () => 0;

let anterior;

/**
 * Open the desk. `sitio` is what lives longer than a page: the storage, the server, the line.
 * `preparar` may leave something in the storage before the page opens.
 */
export async function abrirMesa({
  sitio = nuevoSitio(),
  preparar = () => {},
  esperar = true,
} = {}) {
  const ventana = abrirPagina(PAGINA.replace("PARAMETROS", JSON.stringify(sitio.parametros)), {
    url: "https://mesa.example/pedidos/nuevo/",
  });
  document.body.dataset.csrf = "csrf";
  Object.defineProperty(ventana.navigator, "locks", { value: sitio.locks, configurable: true });
  globalThis.indexedDB = sitio.fabrica;
  globalThis.Worker = Trabajador;
  globalThis.fetch = (url, opciones) => sitio.contestar(String(url), opciones);
  for (const [clave, valor] of sitio.guardado) localStorage.setItem(clave, valor);
  preparar(localStorage);
  const componente = Object.assign(mesa(), { $nextTick: queueMicrotask });
  const todo = { ventana, sitio, mesa: componente };
  componente.init();
  // A page of a test before, still waiting for its server, must not ask this one's.
  componente.partes().servicios.red.buscar = sitio.contestar;
  if (anterior) anterior.partes().servicios.envio.avisar = () => {};
  anterior = componente;
  if (esperar) await hasta(() => componente.catalogoTexto.startsWith("Catálogo del"));
  await asentar();
  return todo;
}

/** Close the page and keep what its storage has, as a reload does. */
export function cerrarMesa({ sitio }) {
  sitio.guardado = Array.from({ length: localStorage.length }, (_, i) => {
    const clave = localStorage.key(i);
    return [clave, localStorage.getItem(clave)];
  });
  return sitio;
}

export function nuevoSitio({ decidido = { resultado: "GUARDADO" }, ...mas } = {}) {
  const servidor = new Servidor({
    decidido: (id, valor) => ({
      huella: huellaPedido(id, lineasDe(valor)),
      ...(typeof decidido === "function" ? decidido(id, valor) : decidido),
    }),
  });
  const sitio = {
    parametros: PARAMETROS,
    locks: new Locks(),
    fabrica: new Fabrica(),
    guardado: [],
    servidor,
    version: "v1",
    gart: GART,
    sinLinea: false,
    fragmentos: { "/ultimo": `<div id="ultimo_pedido"></div>`, "/articulos": "" },
    pedidas: [],
    ...mas,
  };
  sitio.contestar = (url, opciones) => contestar(sitio, url, opciones);
  return sitio;
}

async function contestar(sitio, url, { method = "GET", body } = {}) {
  const { pathname, search } = new URL(url, "https://mesa.example");
  sitio.pedidas.push(`${method} ${pathname}${search}`);
  if (sitio.sinLinea) throw new TypeError("Failed to fetch");
  if (pathname === "/catalogo") return json(manifiesto(sitio));
  if (pathname.startsWith("/secciones/")) return seccion(sitio, pathname.split("/")[2]);
  const fragmento = sitio.fragmentos[pathname];
  if (fragmento !== undefined) return new Response(fragmento);
  const ruta = pathname + search;
  const { servidor } = sitio;
  const { estado, cuerpo, esperar } =
    method === "POST" ? await servidor.enviar(ruta, JSON.parse(body)) : await servidor.pedir(ruta);
  return json(cuerpo, { status: estado, headers: { "Retry-After": String(esperar) } });
}

const json = (cuerpo, opciones = {}) => new Response(JSON.stringify(cuerpo), opciones);

function manifiesto({ version, gart }) {
  const secciones = Object.keys(gart).map((nombre) => [
    nombre,
    { url: `/secciones/${nombre}`, sha256: `${nombre}-${version}` },
  ]);
  return {
    version,
    generado: new Date().toISOString(),
    secciones: Object.fromEntries(secciones),
  };
}

function seccion({ gart }, nombre) {
  const texto = LZString.compressToUTF16(JSON.stringify({ [nombre]: gart[nombre] }));
  return new Response(Buffer.from(texto, "utf16le"));
}

// What a Worker's module sees outside of itself is one place for all the desks of a test file: each
// question is told apart by a number of its own.
const puerto = {
  preguntas: new Map(),
  postMessage({ n, ...resto }) {
    const { trabajador, suya } = this.preguntas.get(n);
    this.preguntas.delete(n);
    trabajador.onmessage({ data: { n: suya, ...resto } });
  },
};
let carga = Promise.resolve();
let pregunta = 0;

/** The Worker's module, run in this thread; each desk has its own. */
class Trabajador {
  constructor() {
    globalThis.self = puerto;
    carga = carga.then(async () => {
      await import(`../catalogo/trabajador.js?${Math.random()}`);
      return puerto.onmessage;
    });
    this.listo = carga;
  }

  async postMessage({ n: suya, ...resto }) {
    const atender = await this.listo;
    pregunta += 1;
    puerto.preguntas.set(pregunta, { trabajador: this, suya });
    atender({ data: { n: pregunta, ...resto } });
  }
}

/** Let things happen until something is so. */
export async function hasta(condicion, cuanto = 60_000) {
  const fin = Date.now() + cuanto;
  while (!condicion()) {
    if (Date.now() > fin) throw new Error(`never: ${condicion}`);
    await new Promise((seguir) => setImmediate(seguir));
  }
}

/** Write in a picker and press Enter, with the list made here. */
export async function elegir(id, texto) {
  const campo = $(id);
  campo.focus();
  escribir(campo, texto);
  campo.dispatchEvent(new CustomEvent("htmx:responseError", { cancelable: true }));
  const lista = id === "entrada_cliente" ? "clientes_picker" : "articulos_picker";
  await hasta(() => !$(lista).hidden);
  teclear(campo, "Enter");
}

export async function abrirCliente({ mesa: componente }, nombre) {
  await elegir("entrada_cliente", nombre);
  await hasta(
    () =>
      componente.pedido?.nombre.startsWith(nombre) &&
      document.activeElement.id === "entrada_articulo",
  );
}

export async function agregar({ mesa: componente }, nombre, cantidad) {
  await elegir("entrada_articulo", nombre);
  await hasta(() => document.activeElement.id === "entrada_cantidad");
  $("entrada_cantidad").value = String(cantidad);
  await componente.agregarConBoton();
}

/** The order on the screen, as text. */
export const lineasALaVista = ({ mesa: componente }) =>
  componente.pedido?.lineas.map((l) => `${l.cantidad} ${l.descripcion} ${l.precio}`) ?? null;

export const dichos = () =>
  [...document.querySelectorAll(".aviso-texto")].map(({ textContent }) => textContent);
