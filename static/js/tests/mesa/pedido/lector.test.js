// Codes: scanned one after the other without waiting, known here or asked of the server.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import fc from "fast-check";

import { SinTrabajador } from "../../../catalogo/catalogo.js";
import { esDeBarras, partir } from "../../../lectura/codigos.js";
import { Lector } from "../../../mesa/pedido/lector.js";
import { $, abrirPagina, asentar } from "../../documento.js";

const YERBA = {
  id: "7",
  codigo: 1043,
  descripcion: "Yerba",
  prod_marca: "Kurupí",
  codigo_barras: "7840001000013",
  tasa_iva: 10,
  precio: 12_500_000_000n,
  desde: null,
};
const OPCION = {
  id: "7",
  codigo: "1043",
  descripcion: "Yerba",
  marca: "Kurupí",
  barras: "7840001000013",
  tasa: "10",
  precio: "12500",
  precio_texto: "12.500",
  desde: "",
};

let lector;
let pantalla;
let enLinea;
let exacto;
let servible;
let bien;
let hechos;
let preguntas;
let paginas;

beforeEach(() => {
  abrirPagina('<div id="avisos" data-cerrar="Cerrar" data-iconos="/i.svg"></div>');
  exacto = async (clave) => (clave === YERBA.codigo_barras || clave === "1043" ? YERBA : null);
  [hechos, preguntas, paginas] = [[], [], []];
  enLinea = { hay: true };
  [servible, bien] = [true, true];
  lector = new Lector({
    parametros: { decimales: 0, sucursal: 2, urls: { articulos: "/articulos/" } },
    pantalla: (pantalla = {
      enPantalla: { cliente: "12", id: "u" },
      pedido: { canal: "1" },
      abriendo: null,
      pares: (cliente) => (cliente === "12" ? [[8, 1]] : []),
    }),
    enLinea,
    catalogo: {
      servible: async () => servible,
      exacto: (clave, canal, pares) => {
        preguntas.push([clave, canal, pares]);
        return exacto(clave);
      },
    },
    red: { fragmento: async (url) => hechos.push(url) && (paginas.shift() ?? null) },
    alta: {
      agregar: async (datos, cantidad, para) => hechos.push([datos, cantidad, para.id]) > 0 && bien,
    },
  });
});

test("how many of what", () => {
  const casos = {
    "12*1003": [12, "1003"],
    "12 * 1003": [12, "1003"],
    "3xyerba": [null, "3xyerba"],
    "3X 78400017": [3, "78400017"],
    "1000000*7": [1_000_000, "7"],
    " 1043 ": [null, "1043"],
    "0*1003": [null, "0*1003"],
    "1000001*7": [null, "1000001*7"],
    "12345678*7": [null, "12345678*7"],
    "12*": [null, "12*"],
    "*7": [null, "*7"],
    "yerba 6*2": [null, "yerba 6*2"],
    "": [null, ""],
    "]E07840001000018": [null, "7840001000018"],
    "3*]C17840001000018": [3, "7840001000018"],
    "]E01043": [null, "]E01043"],
    "]E0yerba": [null, "]E0yerba"],
  };
  for (const [q, [cantidad, texto]] of Object.entries(casos))
    assert.deepEqual(partir(q), { cantidad, texto }, q);
});

test("whatever is typed: the text, or a possible quantity and what follows it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789*xX ab"), maxLength: 12 }), (q) => {
      const { cantidad, texto } = partir(q);
      const escrito = q.trim().replace(/ +/g, " ");
      if (cantidad === null) return assert.equal(texto, escrito);
      assert.ok(cantidad >= 1 && cantidad <= 1_000_000);
      assert.ok(escrito.endsWith(texto) && texto !== "" && texto === texto.trim());
      return undefined;
    }),
  );
});

test("a barcode has eight, twelve, thirteen or fourteen figures", () => {
  const largos = Array.from({ length: 17 }, (_, i) => i).filter((n) => esDeBarras("1".repeat(n)));
  assert.deepEqual(largos, [8, 12, 13, 14]);
  for (const texto of ["1234567a", " 12345678", "12345678\n", "１２３４５６７８"])
    assert.equal(esDeBarras(texto), false);
});

test("a code typed by hand is the article of it that is known here", async () => {
  assert.deepEqual(await lector.leer("1043"), OPCION);
  assert.deepEqual(preguntas, [["1043", "1", [[8, 1]]]]);
  assert.equal(await lector.leer("nada"), null);
  assert.deepEqual(hechos, []);
});

test("scanned codes are added in their order, however long each takes", async () => {
  let llegar;
  const primera = new Promise((seguir) => (llegar = seguir));
  const rapido = exacto;
  exacto = async (clave) => (clave === "12345678" ? primera : rapido(clave));
  assert.equal(lector.encolar("12345678"), true);
  assert.equal(lector.encolar("3*7840001000013"), true);
  assert.equal(lector.encolar("1043"), false);
  await asentar();
  assert.deepEqual(hechos, []);
  llegar({ ...YERBA, id: "9" });
  await asentar();
  assert.deepEqual(hechos, [
    [{ ...OPCION, id: "9" }, 1, "u"],
    [OPCION, 3, "u"],
  ]);
});

test("what was scanned for one order is of that one, whoever is on the screen when it is found", async () => {
  exacto = async () => null;
  let llegar;
  paginas.push(new Promise((seguir) => (llegar = seguir)));
  lector.encolar("12345678");
  await asentar();
  pantalla.enPantalla = { cliente: "13", id: "v" };
  pantalla.pedido = { canal: "2" };
  llegar(paginaCon("12345678"));
  await lector.lecturas;
  assert.deepEqual(preguntas, [["12345678", "1", [[8, 1]]]]);
  assert.match(hechos[0], /cliente=12&/);
  assert.deepEqual(hechos[1].slice(1), [1, "u"]);
});

/** What the server answers of a code. */
const paginaCon = (barras) =>
  new DOMParser().parseFromString(
    `<ul><li role="option" data-barras="11111111"></li>
     <li role="option" data-id="5" data-codigo="9" data-descripcion="Sal"
       data-marca="M" data-tasa="5" data-barras="${barras}" data-precio="900"></li></ul>`,
    "text/html",
  );

test("scanned while a client's order opens, it is for that one", async () => {
  let abierto;
  const abrir = () =>
    (pantalla.abriendo = { cliente: "13", listo: new Promise((seguir) => (abierto = seguir)) });
  abrir();
  lector.encolar("7840001000013");
  assert.equal(lector.pendientes, 1);
  pantalla.enPantalla = { cliente: "13", id: "v" };
  abierto();
  await lector.lecturas;
  assert.deepEqual([hechos, lector.pendientes], [[[OPCION, 1, "v"]], 0]);
  // Another one came to the screen instead.
  abrir();
  lector.encolar("7840001000013");
  pantalla.enPantalla = { cliente: "14", id: "w" };
  abierto();
  await lector.lecturas;
  assert.equal(hechos.length, 1);
  assert.match($("avisos").textContent, /^7840001000013: no se agregó: el pedido para el que/);
});

test("of the server's options it is the one with that number, however many zeros before it", async () => {
  exacto = async () => null;
  paginas.push(paginaCon("0123456789012"));
  lector.encolar("123456789012");
  await lector.lecturas;
  assert.equal(hechos[1][0].id, "5");
});

test("half a catalogue prices nothing: the server is asked, if there is a line", async () => {
  servible = false;
  paginas.push(paginaCon("7840001000013"));
  lector.encolar("7840001000013");
  await lector.lecturas;
  assert.deepEqual([preguntas, hechos.length], [[], 2]);
  enLinea.hay = false;
  lector.encolar("7840001000013");
  await lector.lecturas;
  assert.equal($("avisos").textContent, "7840001000013: Sin catálogo en este equipo");
});

test("what the order does not take is said with its code", async () => {
  bien = false;
  lector.encolar("7840001000013");
  await lector.lecturas;
  assert.equal($("avisos").textContent, "7840001000013: no se agregó.");
});

test("what is not here is asked of the server, and its option is added", async () => {
  exacto = async () => null;
  paginas.push(paginaCon("12345678"));
  lector.encolar("2*12345678");
  await lector.lecturas;
  assert.deepEqual(hechos, [
    "/articulos/?q=12345678&cliente=12&sucursal=2",
    [
      {
        id: "5",
        codigo: "9",
        descripcion: "Sal",
        marca: "M",
        tasa: "5",
        barras: "12345678",
        precio: "900",
      },
      2,
      "u",
    ],
  ]);
});

test("what nobody knows is said, with its code; nothing is added", async () => {
  exacto = async () => null;
  paginas.push(new DOMParser().parseFromString("<ul></ul>", "text/html"));
  lector.encolar("12345678");
  await lector.lecturas;
  assert.match($("avisos").textContent, /^12345678: Ningún artículo con ese código/);
  // It stays until somebody closes it, and is read out before anything else.
  const [dicho] = $("avisos").children;
  assert.deepEqual([dicho.className, dicho.getAttribute("role")], ["aviso aviso-peligro", "alert"]);
  enLinea.hay = false;
  assert.equal(await lector.buscar("12345678", lector.para), "no_encontrado");
  assert.equal(hechos.length, 1);
  // Nobody answered: it is not said that there is none.
  enLinea.hay = true;
  paginas.push(null);
  assert.equal(await lector.buscar("12345678", lector.para), "no_agregado");
});

test("a fault costs its own code, said, and none of those after it", async () => {
  const dichas = [];
  globalThis.reportError = (error) => dichas.push(error.message);
  const bien = exacto;
  exacto = async (clave) => (clave === "12345678" ? Promise.reject(new Error("x")) : bien(clave));
  lector.encolar("12345678");
  lector.encolar("7840001000013");
  await lector.lecturas;
  assert.deepEqual([hechos, dichas], [[[OPCION, 1, "u"]], ["x"]]);
  assert.match($("avisos").textContent, /^12345678: no se pudo agregar/);
  delete globalThis.reportError;
});

test("without the catalogue's Worker the server answers; another fault is told", async () => {
  exacto = async () => Promise.reject(new SinTrabajador());
  assert.equal(await lector.enCatalogo("1043", lector.para), null);
  exacto = async () => Promise.reject(new TypeError("x"));
  await assert.rejects(lector.enCatalogo("1043", lector.para), TypeError);
});
