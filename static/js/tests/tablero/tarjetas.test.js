// The cards on the screen: what the server draws, around what somebody is writing.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import fc from "fast-check";

import { Tarjetas } from "../../tablero/tarjetas.js";
import { $, abrirPagina, contestar } from "../documento.js";

const tarjeta = (clave, { pedido = `Pedido ${clave}`, respuesta = "" } = {}) => `
  <li id="lugar-${clave}"><article id="tarjeta-${clave}" data-tarjeta="${clave}" tabindex="0">
    <p class="pedido">${pedido}</p>
    <form id="f-${clave}" data-encuesta>
      <input type="radio" name="causa" value="1" id="radio-${clave}">
      <textarea id="texto-${clave}" name="detalle">${respuesta}</textarea>
      <button id="enviar-${clave}">Responder</button>
    </form>
    <details id="mas-${clave}"><summary>Más</summary><p>x</p></details>
  </article></li>`;

const tablero = (claves, version = 1) => `
  <section id="tablero" tabindex="-1" data-version="${version}" data-total="${claves.length}">
    <ol id="carrusel">${claves.map((c) => (typeof c === "string" ? c : tarjeta(c))).join("")}</ol>
  </section>`;

let cambios;
let url;

function montar(claves) {
  abrirPagina(tablero(claves));
  [cambios, url] = [[], "/tarjetas/"];
  $("carrusel").scrollBy = () => {};
  return new Tarjetas({
    raiz: () => $("tablero"),
    url: () => url,
    alCambiar: (cambio) => cambios.push(cambio.llegaron),
  });
}

let tarjetas;
beforeEach(() => (tarjetas = montar([1, 2, 3])));

const enPantalla = () => tarjetas.todas().map(({ id }) => Number(id.split("-")[1]));
const activo = () => document.activeElement.id;

test("the board is drawn as the server says, in its order, and new cards are counted", () => {
  tarjetas.mostrar(tablero([3, 4, 1, 5], 7));
  assert.deepEqual([enPantalla(), cambios], [[3, 4, 1, 5], [2]]);
  assert.equal($("tablero").dataset.version, "7");
});

test("with other filters nothing arrived", () => {
  tarjetas.mostrar(tablero([8, 9]), { otraVista: true });
  assert.deepEqual([enPantalla(), cambios], [[8, 9], [0]]);
});

test("a card's news are shown; the element stays the same", () => {
  const antes = $("tarjeta-2");
  tarjetas.mostrar(tablero([1, tarjeta(2, { pedido: "Pedido 2, de Ana" }), 3]));
  assert.equal($("tarjeta-2"), antes);
  assert.equal(antes.querySelector(".pedido").textContent, "Pedido 2, de Ana");
});

test("what is being written survives a new drawing of its card", () => {
  $("texto-2").value = "el camión no salió";
  tarjetas.mostrar(tablero([tarjeta(2, { pedido: "otro" }), 1]));
  assert.equal($("texto-2").value, "el camión no salió");
  assert.equal($("tarjeta-2").querySelector(".pedido").textContent, "otro");
  assert.deepEqual(enPantalla(), [2, 1]);
});

test("so does a choice, and a field somebody is in before writing", () => {
  $("radio-1").checked = true;
  $("texto-3").focus();
  tarjetas.mostrar(tablero([1, 2, 3].map((c) => tarjeta(c, { respuesta: "del servidor" }))));
  assert.equal($("radio-1").checked, true);
  assert.equal($("texto-3").textContent, "");
  assert.equal($("texto-2").textContent, "del servidor");
});

test("what a person opened and what a button was asked once stay as they are", () => {
  $("mas-1").open = true;
  $("enviar-2").dataset.listo = "";
  tarjetas.mostrar(tablero([1, 2, 3]));
  assert.deepEqual([$("mas-1").open, "listo" in $("enviar-2").dataset], [true, true]);
});

test("a card that left while somebody wrote in it keeps its place and says so", () => {
  $("texto-2").value = "algo";
  tarjetas.mostrar(tablero([1, 3]));
  assert.deepEqual(enPantalla(), [1, 2, 3]);
  assert.equal($("tarjeta-2").dataset.retirada, "");
  assert.equal($("texto-2").value, "algo");
  tarjetas.mostrar(tablero([3, 1]));
  assert.equal($("texto-2").value, "algo");
});

test("the first one too, when all the others left with it", () => {
  $("texto-1").value = "algo";
  tarjetas.mostrar(tablero([]));
  assert.deepEqual(enPantalla(), [1]);
});

test("a card that left without anything written is gone", () => {
  tarjetas.mostrar(tablero([3]));
  assert.deepEqual(enPantalla(), [3]);
});

test("what was drawn again with somebody's answer is in use, though nothing changed since", () => {
  $("f-2").dataset.escrito = "";
  assert.equal(tarjetas.hayEscrito(), true);
  delete $("f-2").dataset.escrito;
  assert.equal(tarjetas.hayEscrito(), false);
});

test("a card without a survey is in nobody's use", () => {
  $("f-2").remove();
  tarjetas.mostrar(tablero([1, 3]));
  assert.deepEqual(enPantalla(), [1, 3]);
});

test("the focus of a card that left goes to the one in its place, the last, or the board", () => {
  const casos = [
    [2, [1, 3], "tarjeta-3"],
    [3, [1, 2], "tarjeta-2"],
    [1, [], "tablero"],
  ];
  for (const [desde, quedan, hasta] of casos) {
    tarjetas = montar([1, 2, 3]);
    $(`tarjeta-${desde}`).focus();
    tarjetas.mostrar(tablero(quedan));
    assert.equal(activo(), hasta);
  }
});

test("a focus that is elsewhere is left there", () => {
  document.body.insertAdjacentHTML("beforeend", '<input id="fuera">');
  $("fuera").focus();
  tarjetas.mostrar(tablero([3]));
  assert.equal(activo(), "fuera");
});

test("a card dealt with is taken away, written or not, and its neighbour has the focus", () => {
  $("texto-2").value = "algo";
  $("texto-2").focus();
  tarjetas.quitar($("tarjeta-2"));
  assert.deepEqual([enPantalla(), activo()], [[1, 3], "tarjeta-3"]);
  $("tarjeta-1").focus();
  tarjetas.quitar($("tarjeta-3"));
  assert.deepEqual([enPantalla(), activo()], [[1], "tarjeta-1"]);
  tarjetas.quitar(null);
  assert.deepEqual(enPantalla(), [1]);
});

test("the card in use stays where it is on the screen", () => {
  const corridas = [];
  $("carrusel").scrollBy = ({ left, behavior }) => corridas.push([left, behavior]);
  let izquierda = 100;
  $("tarjeta-2").getBoundingClientRect = () => ({ left: izquierda });
  $("tarjeta-2").focus();
  const original = tarjetas.alCambiar;
  tarjetas.alCambiar = (cambio) => original(cambio);
  const fijar = tarjetas.fijar();
  izquierda = 420;
  fijar();
  assert.deepEqual(corridas, [[320, "instant"]]);
  $("lugar-2").remove();
  fijar();
  assert.equal(corridas.length, 1);
});

test("a board without its list says which element it misses", () => {
  $("carrusel").remove();
  assert.throws(() => tarjetas.mostrar(tablero([1])), { message: "#carrusel is not there" });
});

test("an answer that is no board changes nothing on the screen", () => {
  assert.throws(() => tarjetas.mostrar("<h1>502 Bad Gateway</h1>"), {
    message: "#tablero is not there",
  });
  assert.deepEqual([enPantalla(), cambios], [[1, 2, 3], []]);
});

// --- Asking for it -----------------------------------------------------------------------------------

const respuesta = (cuerpo, { status = 200, etag = "", boleto = "b1" } = {}) =>
  new Response(status === 304 ? null : cuerpo, {
    status,
    headers: { ...(etag && { ETag: etag }), Boleto: boleto },
  });

test("a board that did not change is not sent again", async () => {
  const llamadas = contestar(
    respuesta(tablero([1, 2]), { etag: '"v1"', boleto: "b1" }),
    respuesta("", { status: 304, etag: '"v1"', boleto: "b2" }),
  );
  assert.equal(await tarjetas.traer(), "bien");
  assert.equal($("tablero").dataset.boleto, "b1");
  assert.equal(await tarjetas.traer(), "bien");
  assert.deepEqual(
    llamadas.map(({ headers }) => headers.get("If-None-Match")),
    [null, '"v1"'],
  );
  assert.deepEqual([enPantalla(), $("tablero").dataset.boleto, cambios], [[1, 2], "b2", [0]]);
});

test("another view is asked for whole, and nothing of it is an arrival", async () => {
  const llamadas = contestar(
    respuesta(tablero([1]), { etag: '"v1"' }),
    respuesta(tablero([7, 8]), { etag: '"v2"' }),
  );
  await tarjetas.traer();
  url = "/tarjetas/?edad=1";
  await tarjetas.traer();
  assert.deepEqual(
    llamadas.map(({ url: pedida, headers }) => [pedida, headers.get("If-None-Match")]),
    [
      ["/tarjetas/", null],
      ["/tarjetas/?edad=1", null],
    ],
  );
  assert.deepEqual(
    [enPantalla(), cambios],
    [
      [7, 8],
      [0, 0],
    ],
  );
});

test("401 is the session's end; other refusals are bad, and nothing is drawn", async () => {
  for (const [status, resultado] of [
    [401, "fuera"],
    [403, "mal"],
    [429, "mal"],
    [500, "mal"],
    [503, "mal"],
  ]) {
    contestar(respuesta("<h1>x</h1>", { status }));
    assert.equal(await tarjetas.traer(), resultado, String(status));
  }
  assert.deepEqual([enPantalla(), cambios], [[1, 2, 3], []]);
});

test("offline, aborted or late it rejects: whoever asked says so", async () => {
  for (const error of [
    new TypeError("Failed to fetch"),
    new DOMException("late", "TimeoutError"),
  ]) {
    const llamadas = contestar(error);
    await assert.rejects(tarjetas.traer(), error);
    assert.ok(llamadas[0].signal instanceof AbortSignal);
  }
  assert.deepEqual(enPantalla(), [1, 2, 3]);
});

test("a drawing from before a card was dealt with does not bring it back", async () => {
  contestar(respuesta(tablero([1, 2, 3]), { etag: '"v1"' }));
  const pedido = tarjetas.traer();
  tarjetas.quitar($("tarjeta-2"));
  assert.equal(await pedido, "bien");
  assert.deepEqual([enPantalla(), tarjetas.etag], [[1, 3], ""]);
  contestar(respuesta(tablero([1, 3]), { etag: '"v2"' }));
  await tarjetas.traer();
  assert.deepEqual([enPantalla(), tarjetas.etag], [[1, 3], '"v2"']);
});

test("boards in any order: what is on the screen is the last, and whatever is being written", () => {
  const claves = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(claves, { minLength: 1, maxLength: 5 }), (dibujos) => {
      tarjetas = montar([1, 2, 3]);
      $("texto-2").value = "algo";
      for (const dibujo of dibujos) {
        tarjetas.mostrar(tablero(dibujo));
        assert.deepEqual(
          enPantalla().filter((clave) => clave !== 2),
          dibujo.filter((clave) => clave !== 2),
        );
        assert.equal($("texto-2").value, "algo");
        assert.equal(document.querySelectorAll("#texto-2").length, 1);
      }
    }),
    { numRuns: 40 },
  );
});
