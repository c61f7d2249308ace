// The catalogue's Worker, task by task, as the page asks it; and the page when its Worker is gone.

import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";

import LZString from "../../../vendor/lz-string.js";
import { Almacen, comprimir } from "../../comun/almacen.js";
import { Catalogo, SinTrabajador } from "../../catalogo/catalogo.js";
import { MICROS } from "../../motor/motor.js";
import { AMBITO, Locks, Storage } from "../dobles.js";

const REGLA = {
  id: 2,
  nombre: "Docena",
  porcentaje: true,
  valor: "500",
  por_monto: false,
  umbral: "12000000",
  articulo: 7,
  grupo: null,
  linea: null,
  combo: null,
  bajo_costo: false,
};
const REGLAS = [
  REGLA,
  {
    ...REGLA,
    id: 3,
    nombre: "Desayuno",
    porcentaje: false,
    valor: "500000000",
    articulo: null,
    combo: [7, 8],
  },
  { ...REGLA, id: 4, nombre: "Regalo", valor: "10000", articulo: 10, umbral: "1000000" },
  { ...REGLA, id: 5, nombre: "Grande", articulo: null, por_monto: true, umbral: "200000000000" },
];
const articulo = (codigo, descripcion) => ({
  codigo,
  sku: `S${codigo}`,
  prod_marca: "Marca",
  descripcion,
  tasa_iva: 10,
  codigo_barras: null,
});
const GART = {
  canales: { 1: { nombre: "Despensas" } },
  clientes: {
    12: { ruc: "80009735-1", nombrefactura: "Ñandutí S.A.", nombrefantasia: "Don Beto", canal: 1 },
    13: { ruc: "1-9", nombrefactura: "Otra", nombrefantasia: "Otra", canal: 9 },
  },
  articulos: {
    7: articulo(1043, "Yerba mate"),
    8: articulo(104, "Azúcar"),
    9: articulo(105, "Sal"),
    10: articulo(106, "Muestra"),
    11: articulo(107, "Sin precio"),
  },
  precios: { 1: { 7: 10_000, 8: "5000", 9: 1000.5, 10: 300 } },
  reglas: {
    canales: { 1: { lista: 3, fuera: [9] } },
    listas: { 3: { version: "v", decimales: 0, reglas: REGLAS, pisos: { 7: 4000 } } },
  },
};

const puerto = { contestadas: [] };
let n = 0;

// The Worker module, run in this thread: `self` is its only outside.
before(async () => {
  globalThis.self = puerto;
  puerto.postMessage = (mensaje) => puerto.contestadas.push(mensaje);
  await import("../../catalogo/trabajador.js?trabajador");
  for (const seccion of Object.keys(GART))
    assert.equal(
      await pedir("cargar", { seccion, texto: comprimir({ [seccion]: GART[seccion] }) }),
      true,
    );
});

async function pedir(tarea, datos) {
  n += 1;
  await puerto.onmessage({ data: { n, tarea, datos } });
  const contestada = puerto.contestadas.at(-1);
  assert.equal(contestada.n, n);
  if ("error" in contestada) throw new Error(contestada.error);
  return contestada.valor;
}

const pares = (filas) => filas.map(({ id, precio }) => [id, precio && Number(precio / MICROS)]);

test("clients are found with the name of their canal, if it has one", async () => {
  const buscar = (q) => pedir("clientes", { q, limite: 20 });
  assert.deepEqual(await buscar("beto"), {
    filas: [{ id: "12", ...GART.clientes[12], canal_nombre: "Despensas" }],
    mas: false,
    cercanas: false,
  });
  assert.deepEqual((await buscar("otra")).filas, [
    { id: "13", ...GART.clientes[13], canal_nombre: "" },
  ]);
});

test("articles have the price that one more of them would have in this order", async () => {
  const buscar = async (q, lineas) =>
    pares((await pedir("articulos", { q, canal: "1", lineas, limite: 20 })).filas);
  assert.deepEqual(await buscar("yerba", []), [["7", 10_000]]);
  assert.deepEqual(await buscar("yerba", [[7, 11]]), [["7", 9_500]]);
  assert.deepEqual(await buscar("yerba", [[8, 1]]), [["7", 9_500]]);
  assert.deepEqual(await buscar("azucar", [[7, 12]]), [["8", 4_500]]);
  assert.deepEqual(await buscar("sal", []), [["9", 1_001]]);
  // What a rule gives away cannot be sold, and neither can what has no price.
  assert.deepEqual(await buscar("muestra", []), [["10", null]]);
  assert.deepEqual(await buscar("sin precio", []), [["11", null]]);
});

test("of many rows each is priced as if it alone were added, whatever the order has", async () => {
  const lineas = [
    [7, 11],
    [8, 1],
    [7, 1],
  ];
  const { filas } = await pedir("articulos", { q: "marca", canal: "1", lineas, limite: 20 });
  for (const { id, precio } of filas) {
    const [sola] = (
      await pedir("articulos", { q: GART.articulos[id].descripcion, canal: "1", lineas, limite: 1 })
    ).filas;
    assert.deepEqual([sola.id, sola.precio], [id, precio]);
  }
  assert.deepEqual(pares(filas).sort(), [
    ["10", null],
    ["11", null],
    ["7", 9_000],
    ["8", 4_500],
    ["9", 1_001],
  ]);
});

test("a canal of an open order is made ready, and again once a new catalogue is all there", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let hechas = 0;
  const reglas = new Proxy(GART.reglas.listas[3].reglas, {
    get: (objeto, miembro) => (miembro === "map" && (hechas += 1), Reflect.get(objeto, miembro)),
  });
  const parse = t.mock.method(JSON, "parse", () => ({
    reglas: { ...GART.reglas, listas: { 3: { ...GART.reglas.listas[3], reglas } } },
  }));
  const cargar = () => pedir("cargar", { seccion: "reglas", texto: comprimir({}) });
  assert.equal(await cargar(), true);
  assert.equal(await pedir("templar", { canal: "1" }), undefined);
  assert.equal(hechas, 1);
  await cargar();
  t.mock.timers.tick(49);
  await cargar();
  t.mock.timers.tick(49);
  assert.equal(hechas, 1);
  t.mock.timers.tick(1);
  assert.equal(hechas, 2);
  parse.mock.restore();
  await pedir("cargar", { seccion: "reglas", texto: comprimir({ reglas: GART.reglas }) });
});

test("without a canal nothing has a price", async () => {
  const { filas } = await pedir("articulos", { q: "yerba", canal: undefined, limite: 20 });
  assert.deepEqual(pares(filas), [["7", null]]);
});

test("an article says from how many on it is cheaper, until it is as cheap", async () => {
  const desde = async (lineas) =>
    (await pedir("exacto", { clave: "1043", canal: "1", lineas })).desde;
  assert.deepEqual(await desde([]), { cantidad: 12, final: 9_500n * MICROS });
  assert.equal(await desde([[7, 11]]), null);
  assert.equal((await pedir("exacto", { clave: "105", canal: "1" })).desde, null);
  assert.equal(await pedir("exacto", { clave: "nobody", canal: "1" }), null);
});

test("the page is told what it takes to price, and no costs of others", async () => {
  const { lista, renglones } = await pedir("preciosDeCanal", {
    canal: "1",
    articulos: [7, 9, 11, 404],
    conLista: true,
  });
  assert.deepEqual(lista, { version: "v", decimales: 0, reglas: REGLAS });
  assert.deepEqual(renglones, [
    [
      7,
      {
        articulo: 7,
        base: 10_000n * MICROS,
        piso: 4_000n * MICROS,
        sinPiso: false,
        grupo: null,
        linea: null,
        suelta: false,
      },
    ],
    [
      9,
      {
        articulo: 9,
        base: 1_001n * MICROS,
        piso: null,
        sinPiso: false,
        grupo: null,
        linea: null,
        suelta: true,
      },
    ],
    [11, null],
    [404, null],
  ]);
  assert.equal(
    (await pedir("preciosDeCanal", { canal: "1", articulos: [], conLista: false })).lista,
    null,
  );
  assert.deepEqual(await pedir("preciosDeCanal", { canal: "9", articulos: [7], conLista: true }), {
    lista: null,
    renglones: [[7, null]],
  });
});

test("what is missing for a discount has names", async () => {
  const faltan = (lineas, acordados = []) => pedir("faltantes", { canal: "1", lineas, acordados });
  const [combo, cantidad] = await faltan([[7, 11]]);
  assert.deepEqual(combo, {
    tipo: "combo",
    faltan: [{ id: 8, codigo: 104, nombre: "Azúcar" }],
    articulo: { id: 7, codigo: 1043, nombre: "Yerba mate" },
    regla: { id: 3, nombre: "Desayuno", porcentaje: false, valor: 500_000_000n },
    antes: 10_000n * MICROS,
    despues: 9_500n * MICROS,
    costo: 5_000n * MICROS,
  });
  assert.deepEqual(
    [cantidad.tipo, cantidad.faltan, cantidad.regla.nombre],
    ["cantidad", 1n, "Docena"],
  );
  const tipos = async (...pregunta) => (await faltan(...pregunta)).map(({ tipo }) => tipo);
  assert.deepEqual(await tipos([[7, 11]], [7]), []);
  assert.deepEqual(await tipos([[7, 19]]), ["combo", "monto"]);
  const monto = (await faltan([[7, 19]])).at(-1);
  assert.deepEqual([monto.articulo, monto.faltan], [null, 10_000n * MICROS]);
  assert.deepEqual(await tipos([]), []);
});

test("a damaged section is said to be, and what was there stays", async () => {
  for (const texto of ["garbage", "", LZString.compressToUTF16("{")])
    assert.equal(await pedir("cargar", { seccion: "precios", texto }), false);
  assert.deepEqual((await pedir("exacto", { clave: "104", canal: "1" })).precio, 5_000n * MICROS);
});

test("a section comes as UTF-16, with the hash that its tag says", async () => {
  const texto = "\uFEFFñ🧉";
  const servir = (opciones) => {
    globalThis.fetch = async (url, pedido) => {
      assert.deepEqual([url, pedido.credentials, pedido.redirect], ["/s", "same-origin", "error"]);
      return new Response(Buffer.from(texto, "utf16le"), opciones);
    };
    return pedir("descargar", { url: "/s" });
  };
  assert.deepEqual(await servir({ headers: { ETag: 'W/"abc123-utf16"' } }), {
    texto,
    sha256: "abc123",
  });
  for (const headers of [{}, { ETag: '"abc123"' }])
    assert.deepEqual(await servir({ headers }), { texto, sha256: undefined });
  await assert.rejects(servir({ status: 503 }), /HTTP 503/);
});

test("a fault is told in words, whatever was thrown", async () => {
  await assert.rejects(pedir("nobody's", {}), /not a function/);
  globalThis.fetch = async () => Promise.reject("refused");
  await assert.rejects(pedir("descargar", { url: "/s" }), /^Error: refused$/);
});

// --- The page's side -----------------------------------------------------------------------------------
let almacen;
let hilo;

beforeEach(() => {
  almacen = new Almacen({ storage: new Storage(), ambito: AMBITO, locks: new Locks() });
  hilo = { mensajes: [], postMessage: (mensaje) => hilo.mensajes.push(mensaje) };
});

const catalogoCon = (mas) =>
  new Catalogo({ almacen, trabajador: hilo, red: null, url: "/c", ...mas });

test("each question has its own answer, in whatever order they come", async () => {
  const catalogo = catalogoCon();
  const [una, otra] = [catalogo.clientes("a"), catalogo.articulos("b", "1", [[7, 1]], 5)];
  assert.deepEqual(hilo.mensajes, [
    { n: 1, tarea: "clientes", datos: { q: "a", limite: 20 } },
    { n: 2, tarea: "articulos", datos: { q: "b", canal: "1", lineas: [[7, 1]], limite: 5 } },
  ]);
  hilo.onmessage({ data: { n: 2, valor: "two" } });
  hilo.onmessage({ data: { n: 1, error: "broken" } });
  assert.equal(await otra, "two");
  await assert.rejects(una, /^Error: broken$/);
  // An answer to nobody harms nobody.
  hilo.onmessage({ data: { n: 99, valor: 1 } });
  hilo.onmessage({ data: { n: 99, error: "x" } });
});

test("when its Worker dies nobody waits for it any more", async () => {
  const catalogo = catalogoCon();
  const esperando = [catalogo.exacto("1", "1"), catalogo.preciosDeCanal("1", [7], true)];
  hilo.onerror();
  for (const espera of esperando) await assert.rejects(espera, SinTrabajador);
  await assert.rejects(catalogo.faltantes("1", [], []), SinTrabajador);
  assert.equal(hilo.mensajes.length, 2);
});

test("what is kept of the catalogue and is damaged is as if there were none", async () => {
  for (const valor of [null, 5, {}, { secciones: null }, { secciones: "x" }]) {
    almacen.guardarTexto("cat", comprimir(valor));
    const catalogo = catalogoCon();
    await catalogo.abrir();
    assert.deepEqual(catalogo.estado, {
      version: "",
      generado: null,
      enMemoria: false,
      listo: false,
      cargando: false,
    });
    assert.deepEqual(hilo.mensajes, []);
  }
});

test("an answer without sections is no catalogue, and loading ends all the same", async () => {
  const estados = [];
  const catalogo = catalogoCon({
    alCambiar: ({ cargando }) => estados.push(cargando),
    red: { pedir: async () => ({ estado: 200, cuerpo: {} }) },
  });
  assert.equal(await catalogo.actualizar(), 200);
  assert.deepEqual(estados, [true, false]);
  catalogo.red = { pedir: async () => Promise.reject(new Error("no line")) };
  await assert.rejects(catalogo.actualizar(), /no line/);
  assert.deepEqual(estados, [true, false, true, false]);
});

test("it is opened once", async () => {
  almacen.guardar("cat", { version: "v1", generado: "g", secciones: { precios: "p" } });
  almacen.guardarTexto("cat:precios", "text");
  const catalogo = catalogoCon();
  const abriendo = catalogo.abrir();
  assert.equal(catalogo.abrir(), abriendo);
  assert.deepEqual(hilo.mensajes, [
    { n: 1, tarea: "cargar", datos: { seccion: "precios", texto: "text" } },
  ]);
  hilo.onmessage({ data: { n: 1, valor: true } });
  await abriendo;
  assert.deepEqual([catalogo.estado.version, catalogo.secciones], ["v1", { precios: "p" }]);
});

test("it can be searched once what is kept is inflated, if that is all of it and the Worker lives", async () => {
  const secciones = { canales: "h", clientes: "h", articulos: "h", precios: "h" };
  almacen.guardar("cat", { version: "v1", generado: "g", secciones });
  for (const seccion of Object.keys(secciones)) almacen.guardarTexto(`cat:${seccion}`, "text");
  const catalogo = catalogoCon();
  assert.equal(await catalogo.servible(), false);
  catalogo.abrir();
  const servible = catalogo.servible();
  for (const { n: cual } of hilo.mensajes) hilo.onmessage({ data: { n: cual, valor: true } });
  assert.deepEqual([await servible, await catalogo.servible()], [true, true]);
  hilo.onerror();
  assert.equal(await catalogo.servible(), false);
});
