// Prices over open orders: the engine's tables, what was agreed, what is missing for a discount.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Almacen } from "../../comun/almacen.js";
import { faltantes } from "../../motor/faltantes.js";
import { Libreta } from "../../cuaderno/libreta.js";
import { aMicros } from "../../motor/motor.js";
import { agregar, lineasDe, cambiarCantidad, quitar, reponer } from "../../cuaderno/pedidos.js";
import { textoDeRegla, textoDeValor } from "../../cuaderno/reprecio.js";
import { PreciosDeLaPagina, masBaratoDesde } from "../../motor/precios_de_canal.js";
import { vistaClientes, vistaFaltante, vistaPedido } from "../../mesa/vista.js";
import { preciosDe } from "../catalogos.js";
import { AMBITO, Locks, Storage, nuevoId } from "../dobles.js";

const REGLA = {
  porcentaje: true,
  valor: "0",
  por_monto: false,
  umbral: "0",
  articulo: null,
  grupo: null,
  linea: null,
  combo: null,
  bajo_costo: false,
};
const REGLAS = [
  { id: 1, nombre: "Desayuno", porcentaje: false, valor: "500000000", combo: [7, 8] },
  { id: 2, nombre: "Docena", valor: "500", articulo: 7, umbral: "12000000" },
  { id: 3, nombre: "Dos docenas", valor: "750", articulo: 7, umbral: "24000000" },
  { id: 4, nombre: "Pedido grande", valor: "1000", por_monto: true, umbral: "200000000000" },
].map((regla) => ({ ...REGLA, ...regla }));

function gart({ precios = { 7: 10000, 8: 5000, 9: 1000.5 }, reglas = REGLAS, pisos = {} } = {}) {
  return {
    articulos: {
      7: { codigo: 1043, descripcion: "Yerba", grupo: 1, linea: null },
      8: { descripcion: "Azúcar" },
      9: {},
    },
    precios: { 1: precios },
    reglas: {
      canales: { 1: { lista: 3, fuera: [9] } },
      listas: { 3: { nombre: "Preventa", version: "v", decimales: 0, reglas, pisos } },
    },
  };
}

const finales = (delCanal, lineas) =>
  [...delCanal.cotizar(lineas)].map(([articulo, { final }]) => [
    articulo,
    Number(final / 1000000n),
  ]);

test("a list's articles go through the engine; those of Precios as they are, and they count", () => {
  const delCanal = preciosDe(gart(), "1");
  assert.deepEqual(
    finales(delCanal, [
      [7, 1],
      [9, 1],
    ]),
    [
      [7, 10000],
      [9, 1001],
    ],
  );
  assert.deepEqual(
    finales(delCanal, [
      [7, 12],
      [8, 1],
    ]),
    [
      [7, 9025],
      [8, 4500],
    ],
  );
  // 1.001 × 190 + 10.000 reaches the amount; the rule is not for what Precios prices.
  assert.deepEqual(
    finales(delCanal, [
      [7, 1],
      [9, 189],
    ]),
    [
      [7, 10000],
      [9, 1001],
    ],
  );
  assert.deepEqual(
    finales(delCanal, [
      [7, 1],
      [9, 190],
    ]),
    [
      [7, 9000],
      [9, 1001],
    ],
  );
  assert.deepEqual(finales(delCanal, [[404, 5]]), []);
});

test("without a section, without a list, in another canal: prices as they are, or none", () => {
  const lineas = [
    [7, 12],
    [8, 1],
  ];
  assert.deepEqual(finales(preciosDe({ ...gart(), reglas: {} }, "1"), lineas), [
    [7, 10000],
    [8, 5000],
  ]);
  const sinLista = { canales: { 1: { lista: null, fuera: [] } }, listas: {} };
  assert.deepEqual(finales(preciosDe({ ...gart(), reglas: sinLista }, "1"), lineas), [
    [7, 10000],
    [8, 5000],
  ]);
  assert.deepEqual(finales(preciosDe(gart(), "2"), lineas), []);
});

test("a remembered price is the price of its steps alone", () => {
  const delCanal = preciosDe(gart(), "1");
  const precio = (cantidad, ...otras) => finales(delCanal, [[7, cantidad], ...otras])[0][1];
  assert.deepEqual(
    [1, 11, 12, 13, 23, 12, 1].map((n) => precio(n)),
    [10000, 10000, 9500, 9500, 8550, 9500, 10000],
  );
  assert.equal(precio(1, [8, 1]), 9500);
  assert.equal(precio(1), 10000);
});

test("the floor holds, and is said", () => {
  const delCanal = preciosDe(gart({ pisos: { 7: 9800 } }), "1");
  assert.deepEqual(finales(delCanal, [[7, 12]]), [[7, 9800]]);
  assert.equal(masBaratoDesde(delCanal, 7).final, aMicros(9800));
});

test("a floor that the server keeps to itself: the price is provisional, and promises nothing", () => {
  const conPermiso = { id: 5, nombre: "Remate", valor: "3000", articulo: 7, umbral: "30000000" };
  const reglas = [...REGLAS, { ...REGLA, ...conPermiso, bajo_costo: true }];
  const delCanal = preciosDe(gart({ reglas, pisos: { 7: null } }), "1");
  const de = (cantidad) => delCanal.cotizar([[7, cantidad]]).get(7);
  assert.deepEqual(
    [1, 12, 30].map((cantidad) => [de(cantidad).final, de(cantidad).provisional]),
    [
      [aMicros(10000), true],
      [aMicros(9500), true],
      [aMicros(5536), false],
    ],
  );
  assert.equal(delCanal.cotizar([[8, 1]]).get(8).provisional, false);
  assert.equal(masBaratoDesde(delCanal, 7), null);
  assert.deepEqual(faltantes(delCanal, [[7, 10]]), []);
});

test("from how many on an article is cheaper", () => {
  const delCanal = preciosDe(gart(), "1");
  assert.deepEqual(masBaratoDesde(delCanal, 7), { cantidad: 12, final: aMicros(9500) });
  assert.equal(masBaratoDesde(delCanal, 8), null);
  assert.equal(masBaratoDesde(delCanal, 9), null);
});

test("what is missing: nearest first, a ladder's next step, only what lowers a price", () => {
  const delCanal = preciosDe(gart(), "1");
  const halladas = faltantes(delCanal, [[7, 10]]);
  assert.deepEqual(
    halladas.map(({ tipo, regla, faltan, antes, despues }) => [
      tipo,
      regla.nombre,
      faltan,
      antes,
      despues,
    ]),
    [
      ["combo", "Desayuno", [8], aMicros(10000), aMicros(9500)],
      ["cantidad", "Docena", 2n, aMicros(10000), aMicros(9500)],
      ["monto", "Pedido grande", aMicros(100000), aMicros(10000), aMicros(9000)],
    ],
  );
  assert.deepEqual(
    faltantes(delCanal, [
      [7, 24],
      [8, 1],
    ]),
    [],
  );
  // Agreed, or on the floor, nothing would change.
  assert.deepEqual(faltantes(delCanal, [[7, 10]], new Set([7])), []);
  assert.deepEqual(faltantes(preciosDe(gart({ pisos: { 7: 10000 } }), "1"), [[7, 10]]), []);
  assert.equal(faltantes(delCanal, [[7, 10]], new Set(), 1).length, 1);
});

test("what is missing, in words", () => {
  const parametros = { decimales: 0, moneda: "PYG" };
  const regla = { id: 2, nombre: "Docena", porcentaje: true, valor: 500n };
  const yerba = { id: 7, codigo: 1043, nombre: "Yerba" };
  const falta = { regla, articulo: yerba, antes: aMicros(10000), despues: aMicros(9500) };
  assert.deepEqual(vistaFaltante({ ...falta, tipo: "cantidad", faltan: 1n }, parametros), {
    id: "cantidad-2-7",
    articulo: 7,
    codigo: "",
    texto: "1 unidad más de Yerba",
    efecto: "−5 % Docena: de 10.000 a 9.500",
  });
  const monto = vistaFaltante(
    { ...falta, tipo: "monto", articulo: null, faltan: aMicros(80000) },
    parametros,
  );
  assert.deepEqual([monto.texto, monto.efecto], ["Gs. 80.000 más en el pedido", "−5 % Docena"]);
  const combo = vistaFaltante(
    { ...falta, tipo: "combo", faltan: [yerba, { nombre: "Azúcar" }, { nombre: "Té" }] },
    parametros,
  );
  assert.deepEqual([combo.texto, combo.codigo], ["Agregar Yerba, Azúcar y 1 más", "1043"]);
  const valores = [
    [true, 750n],
    [true, 10000n],
    [false, 1000500000n],
    [true, -25n],
    [false, 0n],
  ];
  assert.deepEqual(
    valores.map(([porcentaje, valor]) => textoDeValor({ porcentaje, valor })),
    ["−7,5 %", "−100 %", "−1.000,5", "+0,25 %", "−0"],
  );
  assert.equal(textoDeRegla({ ...regla, nombre: "Yerbas: 5% desde 12" }), "Yerbas: 5% desde 12");
});

// A page's notebook over a Worker that answers from `datos.gart`.
function mesa({ storage = new Storage(), locks = new Locks(), datos = { gart: gart() } } = {}) {
  const catalogo = {
    estado: { listo: true, version: "v1" },
    async preciosDeCanal(canal, articulos, conLista) {
      datos.preguntas = (datos.preguntas ?? 0) + 1;
      await datos.demora;
      const delCanal = preciosDe(datos.gart, canal);
      return {
        lista: conLista ? delCanal.lista : null,
        renglones: articulos.map((a) => [a, delCanal.renglones.get(a)]),
      };
    },
  };
  const preciosDeHoy = new PreciosDeLaPagina({ catalogo, alLlegar: () => (datos.tarde = true) });
  const almacen = new Almacen({ storage, ambito: AMBITO, locks });
  const opciones = {
    decimales: 0,
    hoy: () => "2025-6-16",
    nuevoId,
    preciosDeHoy,
    version: () => catalogo.estado.version,
  };
  const libreta = new Libreta(almacen, opciones);
  const lineas = (cliente = "12") => {
    const estado = libreta.leer();
    const pares = lineasDe(estado.orders[cliente]).map(({ articulo_id, cantidad }) => [
      articulo_id,
      cantidad,
    ]);
    return vistaPedido(estado, cliente, 0, preciosDeHoy.mirar("1", pares)).lineas;
  };
  return {
    libreta,
    preciosDeHoy,
    catalogo,
    datos,
    lineas,
    precios: () => lineas().map(({ precio }) => precio),
  };
}

const abierto = async (pagina, cliente = "12") => {
  await pagina.libreta.abrir(cliente, { nombre: "Don Beto", canal: "1" });
  return pagina;
};
const cargar = ({ libreta }, articulo, cantidad, precio = "10000") =>
  libreta.editar(
    "12",
    (orders) => agregar(orders, "12", { articulo, tasa: 10, cantidad, precio: BigInt(precio) }, 0),
    [{ articulo, datos: { descripcion: `A${articulo}` }, precio, version: "v1" }],
  );
const cantidad = ({ libreta }, articulo, n) =>
  libreta.editar("12", (orders) => cambiarCantidad(orders, "12", articulo, n, 0));

test("each edit prices the whole order, and notes which rules did it", async () => {
  const pagina = await abierto(mesa());
  await cargar(pagina, 7, 11);
  assert.deepEqual(pagina.precios(), ["10.000"]);
  await cantidad(pagina, 7, 12);
  assert.deepEqual(pagina.precios(), ["9.500"]);
  await cargar(pagina, 8, 1, "5000");
  const [yerba, azucar] = pagina.lineas();
  assert.deepEqual(
    [yerba.precio, yerba.lista, yerba.nota, yerba.ahorro],
    ["9.025", "10.000", "−500 Desayuno, −5 % Docena", "−11.700"],
  );
  assert.deepEqual([azucar.precio, azucar.nota, azucar.total], ["4.500", "−500 Desayuno", "4.500"]);
  assert.equal(yerba.iva, "9.845");
  let fuera;
  await pagina.libreta.editar("12", (orders) => (fuera = quitar(orders, "12", 8)).orders);
  assert.deepEqual(pagina.precios(), ["9.500"]);
  await pagina.libreta.editar("12", (orders) => reponer(orders, "12", fuera.linea, fuera.lugar));
  assert.deepEqual(pagina.precios(), ["9.025", "4.500"]);
  assert.equal(pagina.datos.preguntas, 2);
});

test("a price agreed by hand stays, also in another tab, until it is the system's again", async () => {
  const [storage, locks] = [new Storage(), new Locks()];
  const una = await abierto(mesa({ storage, locks }));
  await cargar(una, 7, 1);
  await una.libreta.acordar("12", 7, 9500n);
  const otra = mesa({ storage, locks });
  await cantidad(otra, 7, 12);
  assert.deepEqual(
    [otra.lineas()[0].precio, otra.lineas()[0].sistema],
    ["9.500", "Precio acordado, igual al del sistema"],
  );
  await cantidad(una, 7, 24);
  const [linea] = una.lineas();
  assert.deepEqual(
    [linea.precio, linea.acordado, linea.sistema, linea.precioSistema, linea.nota],
    ["9.500", true, "Precio acordado, irá a revisión (sistema 7.909)", "7909", ""],
  );
  // The same article again is the same line, as agreed.
  await cargar(otra, 7, 1);
  assert.equal(una.precios()[0], "9.500");
  await otra.libreta.acordar("12", 7, 7909n);
  await cantidad(otra, 7, 1);
  assert.deepEqual(una.precios(), ["10.000"]);
});

test("an older notebook's agreed price is known by its difference", async () => {
  const pagina = await abierto(mesa());
  await cargar(pagina, 7, 12);
  const { almacen } = pagina.libreta;
  const { fichas, orders } = pagina.libreta.leer();
  almacen.guardar("fichas", {
    ...fichas,
    precios: { 12: { 7: { precio: "10000", version: "" } } },
  });
  await pagina.libreta.repreciarTodo({ anunciar: true });
  assert.equal(pagina.lineas()[0].sistema, "Precio acordado, igual al del sistema");
  almacen.guardar("fichas", {
    ...fichas,
    precios: { 12: { 7: { precio: "9500", version: "" } } },
  });
  almacen.guardar("orders", orders);
  await cantidad(pagina, 7, 1);
  assert.deepEqual(pagina.precios(), ["10.000"]);
});

test("a new catalogue prices the open orders and says what changed; agreed and sent ones stay", async () => {
  const pagina = await abierto(mesa());
  await cargar(pagina, 7, 1);
  await cargar(pagina, 8, 1, "5000");
  await pagina.libreta.acordar("12", 8, 4000n);
  await pagina.libreta.abrir("13", { nombre: "Ña Carmen", canal: "1" });
  await pagina.libreta.editar("13", (orders) =>
    agregar(orders, "13", { articulo: 7, tasa: 10, cantidad: 1, precio: 10000n }, 0),
  );
  pagina.libreta.almacen.guardar("lote:lote-1", {
    lote: "lote-1",
    huellas: { 13: "x" },
    creado_en: 1,
  });
  pagina.datos.gart = gart({ precios: { 7: 12000, 8: 6000, 9: 1 } });
  pagina.preciosDeHoy.olvidar();
  assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), [
    { cliente: "12", articulo: 7, antes: "9500", ahora: "11500" },
  ]);
  assert.deepEqual(
    pagina.lineas().map(({ precio, antes }) => [precio, antes]),
    [
      ["11.500", "antes 9.500"],
      ["4.000", ""],
    ],
  );
  assert.equal(pagina.lineas()[1].sistema, "Precio acordado, irá a revisión (sistema 5.500)");
  assert.deepEqual(
    vistaPedido(pagina.libreta.leer(), "12", 0).cambios.map(({ texto }) => texto),
    ["A7 9.500 → 11.500"],
  );
  assert.equal(pagina.libreta.leer().orders[13].detalles[0].precio_unitario, "10000");
  const detalles = () => vistaClientes(pagina.libreta.leer(), 0).map(({ detalle }) => detalle);
  assert.deepEqual(detalles(), ["2 lín. · precios nuevos", "1 lín. · enviando"]);
  await pagina.libreta.darPorVisto("12");
  assert.deepEqual(detalles(), ["2 lín. · sin enviar", "1 lín. · enviando"]);
  assert.deepEqual(vistaPedido(pagina.libreta.leer(), "12", 0).cambios, []);
  assert.equal(pagina.lineas()[0].antes, "");
  assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), []);
});

test("a price that comes back to what it was is no news", async () => {
  const pagina = await abierto(mesa());
  await cargar(pagina, 7, 1);
  for (const precio of [12000, 10000]) {
    pagina.datos.gart = gart({ precios: { 7: precio } });
    pagina.preciosDeHoy.olvidar();
    await pagina.libreta.repreciarTodo({ anunciar: true });
  }
  assert.deepEqual(vistaPedido(pagina.libreta.leer(), "12", 0).cambios, []);
});

test("without a catalogue, or while the Worker is busy, an edit does not wait", async () => {
  const pagina = await abierto(mesa());
  pagina.catalogo.estado.listo = false;
  await cargar(pagina, 7, 12, "10000");
  assert.deepEqual(pagina.precios(), ["10.000"]);
  pagina.catalogo.estado.listo = true;
  let llegar;
  pagina.datos.demora = new Promise((seguir) => (llegar = seguir));
  await cantidad(pagina, 7, 13);
  assert.deepEqual([pagina.precios(), pagina.datos.tarde], [["10.000"], undefined]);
  llegar();
  await new Promise((seguir) => setTimeout(seguir, 10));
  assert.equal(pagina.datos.tarde, true);
  await pagina.libreta.repreciarTodo({ anunciar: false });
  assert.deepEqual(pagina.precios(), ["9.500"]);
});

test("an edit that its prices make impossible is refused whole; a catalogue leaves such an order", async () => {
  const caro = gart({ precios: { 7: 9999999999 } });
  const pagina = await abierto(mesa());
  await cargar(pagina, 7, 100000);
  pagina.datos.gart = caro;
  pagina.preciosDeHoy.olvidar();
  assert.deepEqual(await pagina.libreta.repreciarTodo({ anunciar: true }), []);
  await assert.rejects(cantidad(pagina, 7, 100001), { codigo: "total" });
  assert.equal(pagina.libreta.leer().orders[12].detalles[0].cantidad, 100000);
});
