// What sending tells: each event, what is said of it, and whether the screen is brought up to date.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { frase } from "../../../comun/frases.js";
import { Noticias } from "../../../mesa/despacho/noticias.js";
import { abrirPagina } from "../../documento.js";
import { dichos, espia } from "../espia.js";

let hechos;
let vista;
let noticias;

beforeEach(() => {
  hechos = [];
  vista = { problema: "" };
  noticias = new Noticias({
    vista,
    conexion: espia(hechos, "conexion"),
    sesion: espia(hechos, "sesion"),
    lotesDeHoy: espia(hechos, "lotes"),
    recibos: espia(hechos, "recibos"),
    pantalla: espia(hechos, "pantalla"),
  });
});

test("each event goes to who answers for it", () => {
  const recibo = { guardados: [], rechazos: {} };
  const casos = [
    ["aceptado", { lote: "l" }, [["lotes.mostrar", "l"], ["pantalla.refrescar"]]],
    ["progreso", { estado: "EN_CURSO" }, []],
    ["libre", {}, [["conexion.bien"]]],
    ["recibo", recibo, [["recibos.alRecibir", recibo], ["pantalla.refrescar"]]],
  ];
  for (const [evento, datos, esperados] of casos) {
    hechos.length = 0;
    noticias.alAvisar(evento, datos);
    assert.deepEqual(hechos, esperados, evento);
  }
});

test("why it waits is said until it goes; what came back stays said", () => {
  noticias.alAvisar("espera", { codigo: "servidor", detalle: "Vuelvo.", plazo: 1 });
  assert.deepEqual([vista.problema, noticias.esperando], [`${frase("servidor")} Vuelvo.`, true]);
  noticias.alAvisar("libre", {});
  assert.deepEqual([vista.problema, noticias.esperando], ["", false]);
  noticias.alAvisar("devuelto", { codigo: "tamano", detalle: "" });
  noticias.alAvisar("libre", {});
  assert.equal(vista.problema, frase("tamano"));
  noticias.olvidar();
  assert.equal(vista.problema, "");
});

test("what changed after it was agreed to, and stayed, is counted", () => {
  abrirPagina('<div id="avisos"></div>');
  noticias.alAvisar("cambiados", { clientes: ["12"] });
  noticias.alAvisar("cambiados", { clientes: ["12", "13"] });
  assert.deepEqual(dichos(), [
    "1 pedido cambió después de confirmar, y quedó sin enviar.",
    "2 pedidos cambiaron después de confirmar, y quedaron sin enviar.",
  ]);
});

test("without an answer there is no line", () => {
  noticias.alAvisar("espera", { codigo: "sin_red", detalle: "", plazo: 1 });
  assert.deepEqual(hechos, [["conexion.mal"], ["pantalla.refrescar"]]);
  assert.equal(vista.problema, frase("sin_red"));
});

test("whose session it is, is said where sessions are", () => {
  for (const codigo of ["sesion", "otra_persona"]) {
    noticias.alAvisar("espera", { codigo, detalle: "", plazo: 1 });
    assert.ok(hechos.some(([que, dicho]) => que === "sesion.decir" && dicho === codigo));
  }
  assert.deepEqual([vista.problema, noticias.esperando], ["", false]);
});
