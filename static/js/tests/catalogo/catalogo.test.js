import assert from "node:assert/strict";
import { test } from "node:test";

import LZString from "../../../vendor/lz-string.js";
import { Almacen } from "../../comun/almacen.js";
import { Catalogo } from "../../catalogo/catalogo.js";
import { articulosDe, clientesDe } from "../catalogos.js";
import { AMBITO, Storage } from "../dobles.js";

const GART = {
  canales: { 1: { nombre: "Despensas", canal_venta: "TIENDA" } },
  clientes: {
    12: { ruc: "80009735-1", nombrefactura: "Ñandutí S.A.", nombrefantasia: "Don Beto", canal: 1 },
  },
  articulos: {
    7: {
      codigo: 1043,
      sku: "YM-500",
      prod_marca: "Kurupí",
      descripcion: "Yerba mate 500 g",
      tasa_iva: 10,
      codigo_barras: "7840001000013",
    },
    8: {
      codigo: 104,
      sku: "AZ-1",
      prod_marca: "Iturbe",
      descripcion: "Azúcar 1 kg",
      tasa_iva: 10,
      codigo_barras: null,
    },
  },
  precios: { 1: { 7: 12500, 8: 6200.5 } },
};

// The Worker module itself, run in this thread: `self` is its only outside.
async function trabajador(respuestas) {
  const puerto = { enviados: [] };
  globalThis.self = puerto;
  globalThis.location = { href: "http://mesa/pedidos/nuevo/" };
  globalThis.fetch = async (url) => {
    puerto.enviados.push(url);
    return respuestas(url);
  };
  await import(`../../catalogo/trabajador.js?${Math.random()}`);
  const trabajador = { postMessage: (data) => puerto.onmessage({ data }), puerto };
  puerto.postMessage = (data) => trabajador.onmessage({ data });
  return trabajador;
}

function utf16le(texto) {
  const bytes = Buffer.from(texto, "utf16le");
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function servir(url) {
  const seccion = new URL(url).pathname.split("/")[2];
  const texto = LZString.compressToUTF16(JSON.stringify({ [seccion]: GART[seccion] }));
  return { ok: true, headers: new Headers(), arrayBuffer: async () => utf16le(texto) };
}

function manifiesto(version, sumas) {
  const secciones = Object.fromEntries(
    Object.keys(GART).map((s) => [s, { url: `/secciones/${s}`, sha256: sumas[s] ?? `${s}-1` }]),
  );
  return { version, generado: "2025-06-16T08:00:00-03:00", secciones };
}

async function abierto({
  storage = new Storage(),
  cuerpo = manifiesto("v1", {}),
  respuestas = servir,
} = {}) {
  const almacen = new Almacen({ storage, ambito: AMBITO });
  const hilo = await trabajador(respuestas);
  const red = { pedir: async () => ({ estado: 200, cuerpo }) };
  const catalogo = new Catalogo({ almacen, trabajador: hilo, red, url: "/api/datos-venta/" });
  await catalogo.abrir();
  await catalogo.actualizar();
  return { almacen, catalogo, bajadas: hilo.puerto.enviados, storage };
}

test("sections are kept compressed and inflate to gart", async () => {
  const { almacen, catalogo, bajadas } = await abierto();
  assert.deepEqual(
    bajadas,
    ["canales", "clientes", "articulos", "precios"].map(
      (s) => `http://mesa/secciones/${s}?codificacion=utf16`,
    ),
  );
  for (const seccion of Object.keys(GART)) {
    const texto = almacen.texto(`cat:${seccion}`);
    assert.deepEqual(JSON.parse(LZString.decompressFromUTF16(texto)), { [seccion]: GART[seccion] });
  }
  assert.deepEqual(catalogo.estado, {
    version: "v1",
    generado: "2025-06-16T08:00:00-03:00",
    enMemoria: false,
    listo: true,
    cargando: false,
  });
});

test("only what changed is downloaded again", async () => {
  const { storage } = await abierto();
  const { bajadas, catalogo } = await abierto({
    storage,
    cuerpo: manifiesto("v2", { precios: "precios-2" }),
  });
  assert.deepEqual(bajadas, ["http://mesa/secciones/precios?codificacion=utf16"]);
  assert.equal(catalogo.estado.version, "v2");
});

test("without a server it answers from what it kept", async () => {
  const { storage } = await abierto();
  const almacen = new Almacen({ storage, ambito: AMBITO });
  const hilo = await trabajador(() => assert.fail("nothing to download"));
  const catalogo = new Catalogo({ almacen, trabajador: hilo, red: null, url: "" });
  await catalogo.abrir();
  assert.equal(catalogo.estado.listo, true);
  assert.deepEqual(await catalogo.clientes("nanduti"), {
    filas: [{ id: "12", ...GART.clientes[12], canal_nombre: "Despensas" }],
    mas: false,
    cercanas: false,
  });
  assert.deepEqual(await catalogo.exacto("7840001000013", "1"), {
    id: "7",
    ...GART.articulos[7],
    precio: 12_500_000_000n,
    desde: null,
  });
  assert.equal(await catalogo.exacto("0", "1"), null);
  const { filas } = await catalogo.articulos("azucar", "2");
  assert.deepEqual(
    filas.map(({ id, precio }) => [id, precio]),
    [["8", null]],
  );
});

test("a catalogue that does not fit works from memory and says so", async () => {
  const { catalogo, almacen } = await abierto({ storage: new Storage(160) });
  assert.equal(catalogo.estado.enMemoria, true);
  assert.equal(catalogo.estado.listo, true);
  assert.equal((await catalogo.articulos("yerba", "1")).filas.length, 1);
  assert.deepEqual(almacen.leer("cat", null), null);
});

test("a damaged section is downloaded again", async () => {
  const { storage } = await abierto();
  storage.setItem("cp:1:2:3:cat:clientes", "garbage");
  const { bajadas, catalogo } = await abierto({ storage });
  assert.deepEqual(bajadas, ["http://mesa/secciones/clientes?codificacion=utf16"]);
  assert.equal(catalogo.estado.listo, true);
});

test("a section that changed since its manifest is kept under its own hash", async () => {
  const masNueva = (url) => {
    const headers = new Headers(url.includes("precios") ? { ETag: 'W/"abc2-utf16"' } : {});
    return { ...servir(url), headers };
  };
  const { storage } = await abierto({ respuestas: masNueva });
  const cuerpo = manifiesto("v2", { precios: "abc2" });
  assert.deepEqual((await abierto({ storage, cuerpo })).bajadas, []);
});

test("a failed download leaves the old catalogue standing", async () => {
  const { storage } = await abierto();
  const cuerpo = manifiesto("v2", { precios: "precios-2" });
  await assert.rejects(
    abierto({ storage, cuerpo, respuestas: async () => ({ ok: false, status: 500 }) }),
    /HTTP 500/,
  );
  const { catalogo, bajadas } = await abierto({ storage });
  assert.deepEqual(bajadas, []);
  assert.equal(catalogo.estado.listo, true);
});

test("search: every token, no accents, exact codes first, then word starts, else anywhere", () => {
  const indice = articulosDe({
    1: { codigo: 500, sku: "A", prod_marca: "Marca", descripcion: "Miel", codigo_barras: null },
    2: { codigo: 2, sku: "B", prod_marca: "Otra", descripcion: "Yerba 500 g", codigo_barras: null },
    3: {
      codigo: 3,
      sku: "C",
      prod_marca: "Otra",
      descripcion: "Azúcar x1500",
      codigo_barras: null,
    },
  });
  const ids = (q) => indice.buscar(q).filas.map(({ id }) => id);
  assert.deepEqual(ids("500"), ["1", "2"]);
  assert.deepEqual(ids("1500"), ["3"]);
  assert.deepEqual(ids("AZUCAR otra"), ["3"]);
  assert.deepEqual(ids("otra"), ["3", "2"]);
  assert.deepEqual(ids("m"), ["1"]);
  assert.deepEqual(ids("zucar"), ["3"]);
  assert.deepEqual(ids("nada"), []);
  assert.deepEqual(indice.exacto(" a ").id, "1");
  assert.equal(indice.exacto("zz"), null);
});

test("search stops at the limit and says that there is more", () => {
  const clientes = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [
      i + 1,
      { ruc: `${i}-1`, nombrefactura: "SA", nombrefantasia: `Despensa ${i}` },
    ]),
  );
  const indice = clientesDe(clientes);
  assert.deepEqual(
    [indice.buscar("despensa").filas.length, indice.buscar("despensa").mas],
    [20, true],
  );
  assert.deepEqual(
    [indice.buscar("despensa 7").filas.length, indice.buscar("despensa 7").mas],
    [1, false],
  );
  assert.equal(indice.buscar("", 3).filas.length, 3);
});
