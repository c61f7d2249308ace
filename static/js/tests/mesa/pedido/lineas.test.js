// A client's lines on the screen: edited, refused, taken out, put back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { Almacen } from "../../../comun/almacen.js";
import { MONEDAS, aMenor, cabeElPrecio, formatear } from "../../../comun/dinero.js";
import { Libreta } from "../../../cuaderno/libreta.js";
import { Campos } from "../../../mesa/pantalla/campos.js";
import { Deshacer } from "../../../mesa/pantalla/deshacer.js";
import { Edicion } from "../../../mesa/pedido/edicion.js";
import { Lineas } from "../../../mesa/pedido/lineas.js";
import { PedidoInvalido, agregar, observacionDe } from "../../../cuaderno/pedidos.js";
import { vistaPedido } from "../../../mesa/vista.js";
import { AMBITO, Locks, Storage, nuevoId } from "../../dobles.js";
import { $, abrirPagina } from "../../documento.js";

const CASOS = JSON.parse(
  readFileSync(new URL("../../vectores/cifras.json", import.meta.url), "utf8"),
);

let lineas;
let edicion;
let campos;
let quitado;
let pantalla;
let libreta;
let hechos;
let enfocado;

// As much of the desk as the lines use.
async function abrirMesa({ moneda = "PYG" } = {}) {
  const { decimales } = MONEDAS[moneda];
  const almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  libreta = new Libreta(almacen, { decimales, hoy: () => "hoy", nuevoId });
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
  [hechos, enfocado] = [[], true];
  pantalla = {
    activo: "12",
    pedido: null,
    get enPantalla() {
      return { cliente: this.activo, id: this.pedido?.uuid ?? null };
    },
    refrescar: () => (pantalla.pedido = vistaPedido(libreta.leer(), "12", decimales)),
    seguir: () => {},
  };
  const foco = {
    mirar: () => () => enfocado,
    enfocar: (id) => hechos.push(id),
    enfocarLinea: (lugar, columna) => hechos.push(`${columna} ${lugar}`),
  };
  const intento = {
    rechazar: (codigo) => hechos.push(codigo),
    decir: (motivo) => hechos.push(motivo),
    async hacer(tarea) {
      try {
        await tarea();
        return true;
      } catch (error) {
        assert.ok(error instanceof PedidoInvalido, String(error));
        intento.rechazar(error.codigo);
        return false;
      } finally {
        pantalla.refrescar();
      }
    },
  };
  campos = new Campos({ intento });
  edicion = new Edicion({ libreta, pantalla, intento });
  quitado = new Deshacer({ pantalla, intento, foco });
  const partes = {
    libreta,
    pantalla,
    edicion,
    intento,
    campos,
    deshacer: quitado,
    foco,
    moneda,
  };
  lineas = new Lineas(partes);
  pantalla.refrescar();
}

beforeEach(async () => {
  abrirPagina(`
    <div id="avisos" data-cerrar="Cerrar" data-iconos="/i.svg"></div>
    <input id="campo"><input id="otro">`);
  await abrirMesa();
});

const campoCon = (valor) => Object.assign($("campo"), { value: valor });
const detalle = () =>
  pantalla.pedido.lineas.map(({ id, cantidad, precio }) => `${id}: ${cantidad} × ${precio}`);

test("of a double click only the first takes a line out", async () => {
  const antes = detalle().length;
  await lineas.quitar(pantalla.pedido.lineas[0], { detail: 2 });
  assert.equal(detalle().length, antes);
  await lineas.quitar(pantalla.pedido.lineas[0], { detail: 1 });
  assert.equal(detalle().length, antes - 1);
});

test("without an order there are no lines to show", () => {
  assert.deepEqual(lineas.visibles(), pantalla.pedido.lineas);
  pantalla.pedido = null;
  assert.deepEqual(lineas.visibles(), []);
});

test("a quantity is edited, and its field shows the order's", async () => {
  const campo = campoCon("1.200");
  assert.equal(await lineas.editarCantidad(pantalla.pedido.lineas[0], campo), true);
  assert.deepEqual(detalle(), ["7: 1.200 × 12.500", "8: 3 × 12.500"]);
});

test("what is no quantity is refused, and the field has the one before, chosen whole", async () => {
  const motivos = {
    0: "La cantidad va de 1 a 1.000.000, sin decimales.",
    "1.000.001": "La cantidad va de 1 a 1.000.000, sin decimales.",
    x: "«x» no es un número: escribir solo cifras, como 12.500.",
    "": "Escribir un número.",
  };
  for (const texto of Object.keys(motivos)) {
    const campo = campoCon(texto);
    assert.equal(await lineas.editarCantidad(pantalla.pedido.lineas[0], campo), false);
    assert.equal(campo.value, "3");
    assert.deepEqual([campo.selectionStart, campo.selectionEnd], [0, 1]);
  }
  assert.deepEqual(hechos, Object.values(motivos));
});

test("a quantity that makes the line too dear is refused by the notebook", async () => {
  await lineas.editarPrecio(pantalla.pedido.lineas[0], campoCon("9.999.999.999"));
  const campo = campoCon("1.000.000");
  assert.equal(await lineas.editarCantidad(pantalla.pedido.lineas[0], campo), false);
  assert.equal(campo.value, "3");
  assert.deepEqual(hechos, ["total"]);
});

test("what is being written is not written over", () => {
  const campo = $("campo");
  assert.equal(campos.mostrar(campo, "3"), "3");
  campo.value = "3";
  assert.equal(campos.mostrar(campo, "4"), "4");
  campo.focus();
  campo.value = "45";
  assert.equal(campos.mostrar(campo, "5"), "45");
  // Somewhere else by now: the line's.
  $("otro").focus();
  assert.equal(campos.mostrar(campo, "5"), "5");
  // Never given anything to show: not half written either.
  $("otro").value = "9";
  assert.equal(campos.mostrar($("otro"), "1"), "1");
});

test("what was written after the edit stays: it is the next one", () => {
  const campo = campoCon("88");
  campos.devolver(campo, "8", "3");
  assert.equal(campo.value, "88");
  campos.devolver(campo, "88", "3");
  assert.equal(campo.value, "3");
});

test("a price by hand is agreed; emptied, the line follows the system's again", async () => {
  assert.equal(await lineas.editarPrecio(pantalla.pedido.lineas[0], campoCon("Gs. 11.900")), true);
  const [linea] = pantalla.pedido.lineas;
  assert.deepEqual([linea.precio, linea.acordado, linea.precioSistema], ["11.900", true, "12500"]);
  assert.equal(await lineas.editarPrecio(linea, campoCon("  ")), true);
  const [otra] = pantalla.pedido.lineas;
  assert.deepEqual([otra.precio, otra.acordado], ["12.500", false]);
});

test("a price that is not understood says what is, in each currency", async () => {
  const campo = campoCon("12,000");
  assert.equal(await lineas.editarPrecio(pantalla.pedido.lineas[0], campo), false);
  assert.equal(campo.value, "12.500");
  const deMiles = "escribir el número sin separar los miles.";
  assert.deepEqual(hechos, [`«12,000» puede ser 12000 o 12: ${deMiles}`]);
  await abrirMesa({ moneda: "PEN" });
  assert.equal(await lineas.editarPrecio(pantalla.pedido.lineas[0], campoCon("1,005")), false);
  assert.deepEqual(hechos, [`«1,005» puede ser 1005 o 1,005: ${deMiles}`]);
});

for (const { texto, moneda, vale, motivo } of CASOS.filter((caso) => caso.moneda)) {
  test(`the price ${JSON.stringify(texto)} in ${moneda}`, async () => {
    await abrirMesa({ moneda });
    const [antes] = pantalla.pedido.lineas;
    const hecho = await lineas.editarPrecio(antes, campoCon(texto));
    const [linea] = pantalla.pedido.lineas;
    if (motivo === "vacio") return assert.equal(linea.acordado, false);
    const { decimales } = MONEDAS[moneda];
    const menor = vale === undefined ? null : aMenor(vale, decimales);
    if (menor === null || !cabeElPrecio(menor, decimales)) {
      assert.deepEqual([hecho, linea.precio, hechos.length], [false, antes.precio, 1]);
    } else {
      assert.deepEqual([hecho, linea.precio], [true, formatear(menor, decimales)]);
    }
    return undefined;
  });
}

test("a price below nothing, or longer than any, is refused", async () => {
  for (const texto of ["-5", "99999999999999"]) {
    const campo = campoCon(texto);
    await lineas.editarPrecio(pantalla.pedido.lineas[0], campo);
    assert.equal(campo.value, "12.500");
  }
  assert.deepEqual(hechos, ["precio_maximo", "El precio va de 0 a 9.999.999.999."]);
});

test("a line is taken out, the next one has the focus, and it can be put back", async () => {
  await lineas.quitar(pantalla.pedido.lineas[0]);
  assert.deepEqual(detalle(), ["8: 3 × 12.500"]);
  assert.deepEqual(hechos, ["cantidad 0"]);
  assert.match($("avisos").textContent, /A7: línea quitada\.Deshacer/);
  const [{ cliente, deshacer }] = quitado.deshacibles;
  assert.equal(cliente, "12");
  await deshacer();
  assert.deepEqual(detalle(), ["7: 3 × 12.500", "8: 3 × 12.500"]);
  assert.deepEqual(quitado.deshacibles, []);
  assert.equal($("avisos").textContent, "");
  assert.deepEqual(hechos, ["cantidad 0", "entrada_articulo"]);
  // Pressed twice: once.
  await deshacer();
  assert.equal(detalle().length, 2);
});

test("the focus stays with whoever moved it meanwhile, or asked for it to stay", async () => {
  await lineas.quitar(pantalla.pedido.lineas[0], { enfocar: false });
  enfocado = false;
  await lineas.quitar(pantalla.pedido.lineas[0]);
  await quitado.deshacibles.at(-1).deshacer();
  assert.deepEqual(hechos, []);
});

test("a line that somebody else took out offers nothing to undo", async () => {
  const [linea] = pantalla.pedido.lineas;
  await lineas.quitar(linea);
  await lineas.quitar(linea);
  assert.equal(quitado.deshacibles.length, 1);
});

test("an order that cannot be edited keeps its line", async () => {
  libreta.almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  await lineas.quitar(pantalla.pedido.lineas[0]);
  assert.deepEqual([detalle().length, quitado.deshacibles, hechos], [2, [], ["bloqueado"]]);
});

test("an undo that fails is still offered", async () => {
  await lineas.quitar(pantalla.pedido.lineas[0]);
  libreta.almacen.guardar("lote:l", { lote: "l", huellas: { 12: "x" }, creado_en: 1 });
  await quitado.deshacibles[0].deshacer();
  assert.equal(quitado.deshacibles.length, 1);
  libreta.almacen.quitar("lote:l");
  await quitado.deshacibles[0].deshacer();
  assert.equal(detalle().length, 2);
});

test("a remark is of the order that it was written in", async () => {
  const hecho = edicion.observar(campoCon("  urgente "));
  pantalla.activo = "13";
  $("campo").value = "of another order";
  assert.equal(await hecho, true);
  assert.equal(observacionDe(libreta.leer().orders[12]), "urgente");
});
