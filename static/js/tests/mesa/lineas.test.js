// A client's lines on the screen: edited, refused, taken out, put back.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { lineas } from "../../mesa/pedido/lineas.js";
import { PedidoInvalido, agregar, observacionDe } from "../../cuaderno/pedidos.js";
import { vistaPedido } from "../../mesa/vista.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";
import { $, abrirPagina } from "../documento.js";

let mesa;

// As much of the desk's component as the lines use.
async function abrirMesa({ decimales = 0 } = {}) {
  const almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  const libreta = new Libreta(almacen, { decimales, hoy: () => "hoy", nuevoId });
  await libreta.abrir("12", { nombre: "Don Beto" });
  for (const articulo of [7, 8]) {
    const linea = { articulo, tasa: 10, cantidad: 3, precio: 12_500n };
    const ficha = {
      articulo,
      datos: { descripcion: `A${articulo}` },
      precio: "12500",
      version: "",
    };
    await libreta.editar("12", (orders) => agregar(orders, "12", linea, decimales), [ficha]);
  }
  mesa = Object.assign(lineas(), {
    parametros: { decimales },
    activo: "12",
    deshacibles: [],
    pedido: null,
    hechos: [],
    enfocado: true,
    partes: () => ({ libreta }),
    refrescar: () => (mesa.pedido = vistaPedido(libreta.leer(), "12", decimales)),
    rechazar: (codigo) => mesa.hechos.push(codigo),
    mirarFoco: () => () => mesa.enfocado,
    enfocar: (id) => mesa.hechos.push(id),
    enfocarLinea: (lugar, columna) => mesa.hechos.push(`${columna} ${lugar}`),
    async hacer(tarea) {
      try {
        await tarea();
        return true;
      } catch (error) {
        assert.ok(error instanceof PedidoInvalido, String(error));
        mesa.rechazar(error.codigo);
        return false;
      } finally {
        mesa.refrescar();
      }
    },
  });
  mesa.refrescar();
  return mesa;
}

beforeEach(async () => {
  abrirPagina(`
    <div id="avisos" data-cerrar="Cerrar" data-iconos="/i.svg"></div>
    <input id="campo"><input id="otro">`);
  await abrirMesa();
});

const campoCon = (valor) => Object.assign($("campo"), { value: valor });
const detalle = () =>
  mesa.pedido.lineas.map(({ id, cantidad, precio }) => `${id}: ${cantidad} × ${precio}`);

test("without an order there are no lines to show", () => {
  assert.deepEqual(mesa.lineasVisibles(), mesa.pedido.lineas);
  mesa.pedido = null;
  assert.deepEqual(mesa.lineasVisibles(), []);
});

test("a quantity is edited, and its field shows the order's", async () => {
  const campo = campoCon("1.200");
  assert.equal(await mesa.editarCantidad(mesa.pedido.lineas[0], campo), true);
  assert.deepEqual(detalle(), ["7: 1.200 × 12.500", "8: 3 × 12.500"]);
});

test("what is no quantity is refused, and the field has the one before, chosen whole", async () => {
  for (const texto of ["0", "x", "1.000.001", ""]) {
    const campo = campoCon(texto);
    assert.equal(await mesa.editarCantidad(mesa.pedido.lineas[0], campo), false);
    assert.equal(campo.value, "3");
    assert.deepEqual([campo.selectionStart, campo.selectionEnd], [0, 1]);
  }
  assert.deepEqual(mesa.hechos, Array(4).fill("cantidad"));
});

test("a quantity that makes the line too dear is refused by the notebook", async () => {
  await mesa.editarPrecio(mesa.pedido.lineas[0], campoCon("9.999.999.999"));
  const campo = campoCon("1.000.000");
  assert.equal(await mesa.editarCantidad(mesa.pedido.lineas[0], campo), false);
  assert.equal(campo.value, "3");
  assert.deepEqual(mesa.hechos, ["total"]);
});

test("what is being written is not written over", () => {
  const campo = $("campo");
  assert.equal(mesa.enCampo(campo, "3"), "3");
  campo.value = "3";
  assert.equal(mesa.enCampo(campo, "4"), "4");
  campo.focus();
  campo.value = "45";
  assert.equal(mesa.enCampo(campo, "5"), "45");
  // Somewhere else by now: the line's.
  $("otro").focus();
  assert.equal(mesa.enCampo(campo, "5"), "5");
  // Never given anything to show: not half written either.
  $("otro").value = "9";
  assert.equal(mesa.enCampo($("otro"), "1"), "1");
});

test("what was written after the edit stays: it is the next one", () => {
  const campo = campoCon("88");
  mesa.devolver(campo, "8", "3");
  assert.equal(campo.value, "88");
  mesa.devolver(campo, "88", "3");
  assert.equal(campo.value, "3");
});

test("a price by hand is agreed; emptied, the line follows the system's again", async () => {
  assert.equal(await mesa.editarPrecio(mesa.pedido.lineas[0], campoCon("Gs. 11.900")), true);
  const [linea] = mesa.pedido.lineas;
  assert.deepEqual([linea.precio, linea.acordado, linea.precioSistema], ["11.900", true, "12500"]);
  assert.equal(await mesa.editarPrecio(linea, campoCon("  ")), true);
  const [otra] = mesa.pedido.lineas;
  assert.deepEqual([otra.precio, otra.acordado], ["12.500", false]);
});

test("a price that is not understood says what is, in each currency", async () => {
  const campo = campoCon("12,000");
  assert.equal(await mesa.editarPrecio(mesa.pedido.lineas[0], campo), false);
  assert.equal(campo.value, "12.500");
  await abrirMesa({ decimales: 2 });
  assert.equal(await mesa.editarPrecio(mesa.pedido.lineas[0], campoCon("1,005")), false);
  assert.deepEqual(mesa.hechos, ["precio_decimal"]);
});

test("a line is taken out, the next one has the focus, and it can be put back", async () => {
  await mesa.quitarLinea(mesa.pedido.lineas[0]);
  assert.deepEqual(detalle(), ["8: 3 × 12.500"]);
  assert.deepEqual(mesa.hechos, ["cantidad 0"]);
  assert.match($("avisos").textContent, /A7: línea quitada\.Deshacer/);
  const [{ cliente, deshacer }] = mesa.deshacibles;
  assert.equal(cliente, "12");
  await deshacer();
  assert.deepEqual(detalle(), ["7: 3 × 12.500", "8: 3 × 12.500"]);
  assert.deepEqual(mesa.deshacibles, []);
  assert.equal($("avisos").textContent, "");
  assert.deepEqual(mesa.hechos, ["cantidad 0", "entrada_articulo"]);
  // Pressed twice: once.
  await deshacer();
  assert.equal(detalle().length, 2);
});

test("the focus stays with whoever moved it meanwhile, or asked for it to stay", async () => {
  await mesa.quitarLinea(mesa.pedido.lineas[0], { enfocar: false });
  mesa.enfocado = false;
  await mesa.quitarLinea(mesa.pedido.lineas[0]);
  await mesa.deshacibles.at(-1).deshacer();
  assert.deepEqual(mesa.hechos, []);
});

test("a line that somebody else took out offers nothing to undo", async () => {
  const [linea] = mesa.pedido.lineas;
  await mesa.quitarLinea(linea);
  await mesa.quitarLinea(linea);
  assert.equal(mesa.deshacibles.length, 1);
});

test("an order that cannot be edited keeps its line", async () => {
  const { libreta } = mesa.partes();
  libreta.almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  await mesa.quitarLinea(mesa.pedido.lineas[0]);
  assert.deepEqual([detalle().length, mesa.deshacibles, mesa.hechos], [2, [], ["bloqueado"]]);
});

test("an undo that fails is still offered", async () => {
  const { libreta } = mesa.partes();
  await mesa.quitarLinea(mesa.pedido.lineas[0]);
  libreta.almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  await mesa.deshacibles[0].deshacer();
  assert.equal(mesa.deshacibles.length, 1);
  libreta.almacen.quitar("lote:l");
  await mesa.deshacibles[0].deshacer();
  assert.equal(detalle().length, 2);
});

test("a remark is of the order that it was written in", async () => {
  const hecho = mesa.observarPedido(campoCon("  urgente "));
  mesa.activo = "13";
  $("campo").value = "of another order";
  assert.equal(await hecho, true);
  assert.equal(observacionDe(mesa.partes().libreta.leer().orders[12]), "urgente");
});
