// The two modules that run before there is a desk, in a document of their own.

import assert from "node:assert/strict";
import test from "node:test";

import { Window } from "happy-dom";

import { guardar } from "../../sin_linea/parametros.js";
import { Storage } from "../dobles.js";

const DE_LA_PAGINA = { trabajador: "/t.b.js", urls: { pedidos: "/api/pedidos/" } };
const SUYOS = {
  empresa: 1,
  sucursal: 3,
  usuario: 7,
  usuario_nombre: "Ana <b>",
  sucursal_nombre: "Central",
  decimales: 0,
  trabajador: "/t.a.js",
  urls: { pedidos: "/viejo/", catalogo: "/c" },
};
const CASCARON = `<nav class="navegacion"><a href="/pedidos/nuevo/" aria-current="page">Cargar</a></nav>
  <span data-parametro="usuario_nombre"></span><span data-parametro="sucursal_nombre"></span>
  <script type="application/json" id="parametros">${JSON.stringify(DE_LA_PAGINA)}</script>`;
const SIN_LINEA = `<p data-nadie hidden></p><a data-mesa hidden href="/pedidos/nuevo/">Ir</a>
  <button data-reintentar>Probar</button>`;

let veces = 0;

/** The module's deeds on a page that has these parameters in its storage. */
async function abrir(modulo, html, busqueda, parametros) {
  const ventana = new Window({ url: `https://mesa.example/pedidos/nuevo/${busqueda}` });
  const { document } = ventana;
  document.body.innerHTML = html;
  const storage = new Storage();
  if (parametros) guardar(() => storage, parametros, 1);
  const idas = [];
  const location = {
    search: busqueda,
    replace: (url) => idas.push(url),
    reload: () => idas.push("otra vez"),
  };
  const oyentes = {};
  const mundo = { document, localStorage: storage, location };
  mundo.addEventListener = (tipo, oyente) => (oyentes[tipo] = oyente);
  for (const [nombre, value] of Object.entries(mundo))
    Object.defineProperty(globalThis, nombre, { value, configurable: true });
  try {
    await import(`../../sin_linea/${modulo}.js?vez=${(veces += 1)}`);
  } finally {
    for (const nombre of Object.keys(mundo)) delete globalThis[nombre];
  }
  return { document, idas, oyentes };
}

test("the shell gets its person, and where things are stays what the shell says", async () => {
  const { document, idas } = await abrir("cascaron", CASCARON, "", SUYOS);
  assert.deepEqual(JSON.parse(document.getElementById("parametros").textContent), {
    ...SUYOS,
    trabajador: "/t.b.js",
    urls: { pedidos: "/api/pedidos/", catalogo: "/c" },
  });
  assert.equal(document.body.dataset.usuario, "7");
  const dichos = [...document.querySelectorAll("[data-parametro]")].map((e) => e.textContent);
  assert.deepEqual(dichos, ["Ana <b>", "Central"]);
  assert.deepEqual(idas, []);
});

for (const [caso, busqueda, parametros, destino] of [
  ["nobody", "", null, "/pedidos/nuevo/?servidor=1"],
  ["nobody in that branch", "?sucursal=9", SUYOS, "/pedidos/nuevo/?sucursal=9&servidor=1"],
]) {
  test(`with ${caso} it asks the server, and starts no desk`, async () => {
    const { document, idas } = await abrir("cascaron", CASCARON, busqueda, parametros);
    assert.deepEqual(idas, [destino]);
    assert.equal(document.documentElement.dataset.sinPersona, "");
    assert.deepEqual(JSON.parse(document.getElementById("parametros").textContent), DE_LA_PAGINA);
  });
}

test("without a line there is a way to the desk if somebody's is here", async () => {
  for (const [parametros, hay] of [
    [SUYOS, true],
    [null, false],
  ]) {
    const { document } = await abrir("pagina", SIN_LINEA, "", parametros);
    assert.equal(document.querySelector("[data-mesa]").hidden, !hay);
    assert.equal(document.querySelector("[data-nadie]").hidden, hay);
  }
});

test("it tries again when it is told to, and when the line is back", async () => {
  const { document, idas, oyentes } = await abrir("pagina", SIN_LINEA, "", SUYOS);
  globalThis.location = { reload: () => idas.push("otra vez") };
  document.querySelector("[data-reintentar]").click();
  oyentes.online();
  delete globalThis.location;
  assert.deepEqual(idas, ["otra vez", "otra vez"]);
});
