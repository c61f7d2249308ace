// A tab that sends, over the browser's one storage, and what it sends.

import { Almacen } from "../../comun/almacen.js";
import { Envio } from "../../envio/envio.js";
import { huellaPedido } from "../../cuaderno/recibo.js";
import { abrir, agregar, lineasDe } from "../../cuaderno/pedidos.js";
import { isoLocal } from "../../comun/reloj.js";
import { AMBITO, Locks, Servidor, Storage } from "../dobles.js";

export const URLS = {
  pedidos: "/pedidos",
  sesion: "/sesion",
  lote: "/lotes/00000000-0000-0000-0000-000000000000",
};
export const LINEA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12500n };

export const AHORA = Date.parse("2026-11-27T12:00:00Z");
export const CAPTURA = { capturado_en: isoLocal(AHORA), doc_fecha: isoLocal(AHORA).slice(0, 10) };

export function idDe(cliente) {
  return `7b0c5d3e-0000-4000-8000-0000000000${cliente}`;
}

// As it travels: with the moment of its closing.
export function cerrados(...clientes) {
  return Object.fromEntries(
    Object.entries(orders(...clientes)).map(([c, valor]) => [c, { ...valor, ...CAPTURA }]),
  );
}

export function orders(...clientes) {
  const abrirYCargar = (todos, cliente) =>
    agregar(abrir(todos, cliente, idDe(cliente)), cliente, LINEA, 0);
  return clientes.reduce(abrirYCargar, {});
}

// A tab: its own Envio and Almacen over the browser's one storage.
export function pestana({
  storage = new Storage(),
  locks = new Locks(),
  servidor,
  lote = "lote-1",
}) {
  const almacen = new Almacen({ storage, ambito: AMBITO, locks });
  const sucesos = [];
  const envio = new Envio({
    almacen,
    red: servidor,
    urls: URLS,
    sucursal: 2,
    usuario: 3,
    nuevoId: () => lote,
    ahora: () => AHORA,
    avisar: (evento, datos) => sucesos.push([evento, datos]),
  });
  // Waiting is the clock's business, not the test's.
  envio.dormir = () => new Promise((seguir) => setImmediate(seguir));
  return { almacen, envio, sucesos, storage, locks };
}

export function conHuella(resultado) {
  return (cliente, valor) => ({ ...resultado, huella: huellaPedido(cliente, lineasDe(valor)) });
}

export function servidorBueno(opciones = {}) {
  return new Servidor({ decidido: conHuella({ resultado: "GUARDADO" }), ...opciones });
}

export async function terminar(envio) {
  while (envio.andando) await new Promise((seguir) => setImmediate(seguir));
}
