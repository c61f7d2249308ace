// The desk's requests: answers that are damaged, refused, late, cut or none.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import fc from "fast-check";

import { Red, SinRed, galleta } from "../../comun/red.js";
import { abrirPagina } from "../documento.js";

let llamadas;

/** A network that gives this answer, or fails with this error. */
function redDe(respuesta, mas = {}) {
  llamadas = [];
  return new Red({
    cookieCsrf: "csrf",
    galletas: () => "csrf=abc",
    buscar: async (url, opciones) => {
      llamadas.push({ url, ...opciones });
      if (respuesta instanceof Error) throw respuesta;
      return respuesta;
    },
    ...mas,
  });
}

beforeEach(() => abrirPagina(""));

test("a question goes with the session, unredirected and uncached, and ends in time", async () => {
  const red = redDe(new Response("{}"));
  await red.pedir("/api/sesion/");
  const [{ url, credentials, redirect, cache, signal, headers, method }] = llamadas;
  assert.deepEqual(
    { url, credentials, redirect, cache, headers, method },
    {
      url: "/api/sesion/",
      credentials: "same-origin",
      redirect: "manual",
      cache: "no-store",
      headers: { Accept: "application/json" },
      method: undefined,
    },
  );
  assert.ok(signal instanceof AbortSignal);
});

test("every status is an answer with its body; what is no object is an empty one", async () => {
  const casos = [
    [200, '{"a":1}', { a: 1 }],
    [401, '{"codigo":"sesion"}', { codigo: "sesion" }],
    [403, "", {}],
    [404, "<html>", {}],
    [429, "null", {}],
    [500, "7", {}],
    [502, '"x"', {}],
    [200, '{"a":', {}],
  ];
  for (const [status, texto, cuerpo] of casos) {
    const respuesta = await redDe(new Response(texto, { status })).pedir("/x");
    assert.deepEqual(respuesta, { estado: status, cuerpo, esperar: 0, texto }, texto);
  }
});

test("a redirect of an API is the login page: the session is over", async () => {
  const redirigida = {
    type: "opaqueredirect",
    status: 0,
    headers: new Headers(),
    text: async () => "",
  };
  const { estado } = await redDe(redirigida).pedir("/x");
  assert.equal(estado, 401);
});

test("how long to wait is the server's, in seconds; a date or nonsense is none", async () => {
  for (const [dicho, esperar] of [
    ["7", 7],
    ["0", 0],
    ["Fri, 31 Dec 1999 23:59:59 GMT", 0],
    ["pronto", 0],
  ]) {
    const respuesta = new Response("{}", { status: 429, headers: { "Retry-After": dicho } });
    assert.equal((await redDe(respuesta).pedir("/x")).esperar, esperar);
  }
});

test("refused, aborted, timed out, cut in the middle: no answer at all, with its cause", async () => {
  const cortada = {
    headers: new Headers(),
    text: async () => {
      throw new TypeError("cut");
    },
  };
  const casos = [
    [new TypeError("Failed to fetch"), "TypeError"],
    [new DOMException("aborted", "AbortError"), "AbortError"],
    [new DOMException("late", "TimeoutError"), "TimeoutError"],
  ];
  for (const [error, nombre] of casos) {
    await assert.rejects(
      redDe(error).pedir("/x"),
      (visto) => visto instanceof SinRed && visto.message === nombre && visto.cause === error,
    );
  }
  await assert.rejects(redDe(cortada).pedir("/x"), SinRed);
});

test("what is thrown and is no error is no answer either", async () => {
  const red = new Red({
    cookieCsrf: "csrf",
    galletas: () => "",
    buscar: () => Promise.reject("cut"),
  });
  await assert.rejects(red.pedir("/x"), { message: "cut" });
});

test("each answer's date is heard, also when it has none", async () => {
  const fechas = [];
  const alFechar = (fecha) => fechas.push(fecha);
  const fecha = "Sun, 29 Nov 2026 01:00:00 GMT";
  await redDe(new Response("{}", { headers: { Date: fecha } }), { alFechar }).pedir("/x");
  await redDe(new Response("{}"), { alFechar }).pedir("/x");
  await redDe(new TypeError("x"), { alFechar })
    .pedir("/x")
    .catch(() => {});
  assert.deepEqual(fechas, [fecha, null]);
});

test("a big body gets the time that a bad line needs for it", async () => {
  const esperas = [];
  const original = AbortSignal.timeout;
  AbortSignal.timeout = (ms) => esperas.push(ms) && original.call(AbortSignal, ms);
  try {
    const red = redDe(new Response("{}"));
    await red.enviar("/x", "a".repeat(198));
    await redDe(new Response("{}")).enviar("/x", "a".repeat(1_999_998));
    await redDe(new Response("{}")).pedir("/x");
  } finally {
    AbortSignal.timeout = original;
  }
  assert.deepEqual(esperas, [20_100, 1_020_000, 20_000]);
});

test("without a cookie the token is empty, and the server says so", async () => {
  await redDe(new Response("{}"), { galletas: () => "" }).enviar("/x", {});
  assert.equal(llamadas[0].headers["X-CSRFToken"], "");
});

test("a fragment is a parsed page; any other answer, and none, is null", async () => {
  const pagina = await redDe(new Response('<p id="x">ñ</p>')).fragmento("/f");
  assert.equal(pagina.getElementById("x").textContent, "ñ");
  assert.equal(llamadas[0].headers["HX-Request"], "true");
  for (const status of [204, 401, 403, 404, 429, 500]) {
    const cuerpo = status === 204 ? null : "<p>x</p>";
    assert.equal(await redDe(new Response(cuerpo, { status })).fragmento("/f"), null);
  }
  let avisos = 0;
  const cortada = redDe(new TypeError("offline"));
  cortada.sinLinea = () => (avisos += 1);
  assert.deepEqual([await cortada.fragmento("/f"), avisos], [null, 1]);
  assert.equal(await redDe(new TypeError("offline")).fragmento("/f"), null);
});

test("a fault of ours in a fragment is not taken for a lost line", async () => {
  const red = redDe(new Response("x"), {
    alFechar: () => {
      throw new RangeError("ours");
    },
  });
  await assert.rejects(red.fragmento("/f"), RangeError);
});

test("a cookie is read whatever the others are called", () => {
  const nombre = fc.stringMatching(/^[a-zA-Z_-]{1,12}$/);
  const valor = fc.string({ maxLength: 20 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(nombre, valor), { selector: ([n]) => n }), (pares) => {
      const texto = pares.map(([n, v]) => `${n}=${encodeURIComponent(v)}`).join("; ");
      for (const [n, v] of pares) assert.equal(galleta(texto, n), v);
      assert.equal(galleta(texto, "no.esta"), "");
    }),
  );
});
