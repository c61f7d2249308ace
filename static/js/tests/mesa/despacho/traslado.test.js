// Unsent orders out of this browser and into another, as a file that somebody carries.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Almacen, comprimir } from "../../../comun/almacen.js";
import { bajar, componer, exportar, importar } from "../../../cuaderno/archivo.js";
import { sha256 } from "../../../cuaderno/recibo.js";
import { abrir, agregar } from "../../../cuaderno/pedidos.js";
import { Traslado } from "../../../mesa/despacho/traslado.js";
import { AMBITO, Locks, Storage } from "../../dobles.js";
import { $, abrirPagina, asentar } from "../../documento.js";

const ID = "7b0c5d3e-0000-4000-8000-000000000012";
const LINEA = { articulo: 7, tasa: 10, cantidad: 3, precio: 12_500n };
const conLinea = (cliente) => agregar(abrir({}, cliente, ID), cliente, LINEA, 0);

function nuevo(valores = {}) {
  const almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  for (const [nombre, valor] of Object.entries(valores)) almacen.guardar(nombre, valor);
  return almacen;
}

const ficha = (lote) => ({ lote, huellas: { 12: "x" }, version: "", creado_en: 1 });
const conTodo = () => {
  const almacen = nuevo({
    orders: { ...conLinea("12"), ...conLinea("13"), 14: [] },
    "lote:l1": ficha("l1"),
    "lote:l2": ficha("l2"),
  });
  almacen.guardarTexto("carga:l1", comprimir({ 12: 1 }));
  almacen.guardarTexto("fichas:danado", "garbage");
  return almacen;
};

let bajados;

beforeEach(() => {
  abrirPagina(`
    <div id="avisos" data-cerrar="Cerrar" data-iconos="/i.svg"></div>
    <input type="file" id="archivo_pedidos">`);
  bajados = [];
  URL.createObjectURL = (blob) => bajados.push({ blob }) && `blob:${bajados.length}`;
  URL.revokeObjectURL = () => {};
  HTMLElement.prototype.click = function () {
    bajados.push(this.download ?? this.id);
  };
});

test("a file says whose it is, and carries all that is not at the server", () => {
  const almacen = conTodo();
  const contenido = JSON.parse(componer(almacen, { ...AMBITO, moneda: "PYG" }));
  const { huella, ...resto } = contenido;
  assert.deepEqual(resto, {
    formato: "carga-pedidos/1",
    empresa: 1,
    sucursal: 2,
    usuario: 3,
    orders: almacen.leer("orders"),
    fichas: { clientes: {}, articulos: {}, precios: {} },
    lotes: [
      { ficha: ficha("l1"), carga: almacen.texto("carga:l1") },
      { ficha: ficha("l2"), carga: null },
    ],
    apartados: { "fichas:danado": "garbage" },
  });
  assert.equal(huella, sha256(JSON.stringify(resto)));
});

test("one client's file has that order alone", () => {
  const { orders, lotes, apartados } = JSON.parse(componer(conTodo(), AMBITO, "13"));
  assert.deepEqual([orders, lotes, apartados], [conLinea("13"), [], {}]);
});

test("what comes in: orders where there is none, lotes that are not known, damage as it was", async () => {
  const destino = nuevo({
    orders: { ...conLinea("13"), 15: [] },
    "lote:l2": { ...ficha("l2"), aceptado: true },
  });
  const archivo = componer(conTodo(), AMBITO);
  assert.deepEqual(await importar(destino, AMBITO, archivo), { codigo: "", traidos: 1, quedan: 1 });
  assert.deepEqual(destino.leer("orders"), { ...conLinea("12"), ...conLinea("13"), 15: [] });
  assert.deepEqual(destino.leer("lote:l1"), ficha("l1"));
  assert.equal(destino.texto("carga:l1"), comprimir({ 12: 1 }));
  // On its way already: its record stays as it is.
  assert.equal(destino.leer("lote:l2").aceptado, true);
  assert.equal(destino.texto("carga:l2"), null);
  assert.equal(destino.texto("fichas:danado"), "garbage");
  assert.deepEqual(await importar(destino, AMBITO, archivo), { codigo: "", traidos: 0, quedan: 2 });
});

test("an order of another shape is brought as what it is; an empty one is not", async () => {
  const raros = { 1: "x", 2: null, 3: { detalles: 5 }, 4: [], 5: { detalles: [] }, 6: [null] };
  const archivo = componer(nuevo({ orders: raros }), AMBITO);
  const destino = nuevo();
  assert.equal((await importar(destino, AMBITO, archivo)).traidos, 4);
  assert.deepEqual(Object.keys(destino.leer("orders")), ["1", "2", "3", "6"]);
});

test("a damaged value that is here already is not written over, and no other name is taken", async () => {
  const { huella: _no, ...contenido } = JSON.parse(componer(nuevo(), AMBITO));
  const cerrado = (mas) => {
    const todo = { ...contenido, ...mas };
    return JSON.stringify({ ...todo, huella: sha256(JSON.stringify(todo)) });
  };
  const destino = nuevo();
  destino.guardarTexto("orders:danado", "mine");
  const apartados = { "orders:danado": "theirs", "fichas:danado": "new", "orders": "bad" };
  await importar(destino, AMBITO, cerrado({ apartados }));
  assert.deepEqual(destino.apartados(), { "orders:danado": "mine", "fichas:danado": "new" });
  assert.deepEqual(destino.leer("orders"), {});
  // A file of an older desk has none.
  assert.equal((await importar(destino, AMBITO, cerrado({ apartados: undefined }))).codigo, "");
  assert.deepEqual(await importar(destino, AMBITO, cerrado({ formato: "otro/1" })), {
    codigo: "archivo",
  });
});

test("each of company, branch and person has to be the same", async () => {
  const archivo = componer(nuevo(), AMBITO);
  for (const otro of [{ empresa: 9 }, { sucursal: 9 }, { usuario: 9 }])
    assert.deepEqual(await importar(nuevo(), { ...AMBITO, ...otro }, archivo), {
      codigo: "archivo_ajeno",
    });
});

test("it is downloaded under a name that says when", async () => {
  exportar(conTodo(), AMBITO, "12");
  const [{ blob }, nombre] = bajados;
  assert.match(nombre, /^pedidos-sin-enviar-\d{4}-\d\d-\d\dT\d{4}\.json$/);
  assert.equal(blob.type, "application/json");
  assert.deepEqual(JSON.parse(await blob.text()).orders, conLinea("12"));
  bajar("text", "name.json");
  assert.equal(bajados.at(-1), "name.json");
});

// --- On the desk -------------------------------------------------------------------------------------
function trasladoCon(almacen, parametros = AMBITO) {
  const hechos = [];
  const traslado = new Traslado({
    almacen,
    parametros,
    intento: { hacer: async (tarea) => tarea(), rechazar: (codigo) => hechos.push(codigo) },
    regreso: { alVolver: () => hechos.push("vuelto") },
    pantalla: { mostrarUltimo: () => hechos.push("a la vista") },
    preciosNuevos: { ponerAlDia: async () => hechos.push("al día") },
  });
  return { traslado, hechos };
}

const elegido = (texto) => ({
  files: texto === null ? [] : [{ text: async () => texto }],
  value: "x",
});

test("the desk brings a file in, says how many, and prices them", async () => {
  const { traslado, hechos } = trasladoCon(nuevo(conLinea("13") && { orders: conLinea("13") }));
  const campo = elegido(componer(conTodo(), AMBITO));
  await traslado.importar(campo);
  assert.equal(campo.value, "");
  assert.deepEqual(hechos, ["vuelto", "a la vista", "al día"]);
  assert.match(
    $("avisos").textContent,
    /^Importados: 1 pedido\. 1 pedido ya estaban abiertos y quedaron como estaban\./,
  );
});

test("a file that is none is refused in words, and nothing is priced", async () => {
  const { traslado, hechos } = trasladoCon(nuevo());
  await traslado.importar(elegido("nonsense"));
  await traslado.importar(elegido(null));
  await traslado.importar({ files: null });
  assert.deepEqual(hechos, ["archivo"]);
  await traslado.importar(elegido(componer(nuevo(), AMBITO)));
  assert.deepEqual(hechos, ["archivo", "vuelto"]);
  assert.match($("avisos").textContent, /^Importados: 0 pedidos\./);
});

test("the field of files is asked for, and what is chosen in it comes in", async () => {
  const { traslado } = trasladoCon(conTodo());
  const importados = [];
  traslado.importar = (campo) => importados.push(campo.id);
  $("archivo_pedidos").dispatchEvent(new Event("change"));
  await asentar();
  assert.deepEqual(importados, ["archivo_pedidos"]);
  traslado.elegirArchivo();
  assert.deepEqual(bajados, ["archivo_pedidos"]);
  traslado.exportar();
  assert.match(bajados.at(-1), /^pedidos-sin-enviar-/);
});
