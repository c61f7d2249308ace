// Whether the server answers, as the page's own requests tell it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { iniciarPulso } from "../../pagina/pulso.js";
import { $, abrirPagina, asentar, contestar, suceder } from "../documento.js";

const PERDIDA =
  "Sin conexión con el servidor: se reintenta solo. Lo que se ve puede estar desactualizado.";
const FALLO = "Algo falló en el servidor. Reintentar; si sigue, avisar a soporte.";

const textos = () =>
  [...document.querySelectorAll(".aviso-texto")].map(({ textContent }) => textContent);
const franja = () => {
  const { hidden, textContent } = document.querySelector("[data-franja]");
  return hidden ? null : textContent;
};
const xhr = (status, cuerpo = "", cabecera = null) => ({
  status,
  responseText: cuerpo,
  getResponseHeader: (nombre) => (nombre === "HX-Trigger" ? cabecera : null),
});

let sucesos;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  abrirPagina('<p data-franja hidden></p><div id="avisos"></div><b id="b"></b>');
  sucesos = [];
  for (const nombre of ["conexion:perdida", "conexion:recuperada"])
    document.addEventListener(nombre, () => sucesos.push(nombre));
  iniciarPulso();
});
afterEach(() => mock.timers.reset());

const perder = (verb = "get", nombre = "htmx:sendError") =>
  suceder($("b"), nombre, { requestConfig: { verb } });

test("a request that got no answer is said on the page, until one gets it", () => {
  contestar(new Error("offline"));
  perder();
  assert.equal(franja(), PERDIDA);
  suceder($("b"), "htmx:afterRequest", { xhr: xhr(200) });
  assert.equal(franja(), null);
  assert.deepEqual(sucesos, ["conexion:perdida", "conexion:recuperada"]);
});

test("an answer of any status is an answer; an aborted request is none", () => {
  contestar(new Error("offline"));
  perder();
  for (const detail of [{ xhr: xhr(0) }, {}]) suceder($("b"), "htmx:afterRequest", detail);
  assert.equal(franja(), PERDIDA);
  suceder($("b"), "htmx:afterRequest", { xhr: xhr(503) });
  assert.equal(franja(), null);
});

test("a question that got none is not told twice; a deed says that it may not be kept", () => {
  contestar(new Error("offline"));
  perder("get");
  assert.deepEqual(textos(), []);
  for (const [verbo, nombre] of [
    ["post", "htmx:sendError"],
    ["delete", "htmx:timeout"],
  ])
    perder(verbo, nombre);
  const frase =
    "No llegó respuesta: puede que no se haya guardado. Repetirlo cuando vuelva la conexión.";
  assert.deepEqual(textos(), [frase, frase]);
  assert.deepEqual(sucesos, ["conexion:perdida"]);
});

test("a page that asks for nothing more is told by itself when the server is back", async () => {
  const llamadas = contestar(new Error("offline"), new Error("offline"), new Response("ok"));
  perder();
  for (let i = 0; i < 3; i += 1) {
    assert.equal(franja(), PERDIDA);
    mock.timers.tick(5_000);
    await asentar();
  }
  assert.equal(franja(), null);
  assert.deepEqual(
    llamadas.map(({ url, cache }) => [url, cache]),
    Array.from({ length: 3 }, () => ["/healthz", "no-store"]),
  );
  mock.timers.tick(60_000);
  await asentar();
  assert.equal(llamadas.length, 3);
});

test("once another request was answered, nobody asks any more", async () => {
  const llamadas = contestar(new Response("ok"));
  perder();
  suceder($("b"), "htmx:afterRequest", { xhr: xhr(200) });
  mock.timers.tick(5_000);
  await asentar();
  assert.equal(llamadas.length, 0);
});

test("refusals: the server's words, or ours; what brings its own toast or signs in, none", () => {
  const casos = [
    [xhr(403, '{"detail":"Sin permiso."}'), ["Sin permiso."]],
    [xhr(429, '{"detail":"Demasiadas veces."}'), ["Demasiadas veces."]],
    [xhr(500, "<!doctype html>"), [FALLO]],
    [xhr(500, '{"detail":'), [FALLO]],
    [xhr(409, '{"detail":"x"}', '{"aviso":{}}'), []],
    [xhr(401, ""), []],
  ];
  for (const [respuesta, dichas] of casos) {
    $("avisos").replaceChildren();
    suceder($("b"), "htmx:responseError", { xhr: respuesta });
    assert.deepEqual(textos(), dichas, String(respuesta.status));
  }
});

test("the server's own toasts are shown with their level", () => {
  suceder(document.body, "aviso", { texto: "Guardado.", nivel: "exito" });
  assert.deepEqual(textos(), ["Guardado."]);
  assert.equal(document.querySelector(".aviso").className, "aviso aviso-exito");
});
