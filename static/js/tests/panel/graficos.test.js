import assert from "node:assert/strict";
import { test } from "node:test";

import { Window } from "happy-dom";

const ventana = new Window();
Object.assign(globalThis, { document: ventana.document });
const { configuracion, datosDe } = await import("../../panel/graficos.js");

const TABLA = `<table><thead><tr>
  <th>Día</th><th data-serie> Pedidos </th><th data-serie>Semana anterior</th><th>Total</th>
</tr></thead><tbody>
  <tr><th>01/06/2025</th><td data-valor="1200">1.200</td><td data-valor="7">7</td><td>Gs. 1</td></tr>
  <tr><th>02/06/2025</th><td data-valor="0">0</td><td data-valor="9">9</td><td>Gs. 2</td></tr>
</tbody></table>`;

function tabla() {
  ventana.document.body.innerHTML = TABLA;
  return /** @type {any} */ (ventana.document.querySelector("table"));
}

test("a chart draws what its table says, by its values and not by how they are written", () => {
  assert.deepEqual(datosDe(tabla()), {
    rotulos: ["01/06/2025", "02/06/2025"],
    series: [
      { nombre: "Pedidos", valores: [1200, 0] },
      { nombre: "Semana anterior", valores: [7, 9] },
    ],
  });
});

test("a chart draws no more rows than it is told", () => {
  assert.deepEqual(datosDe(tabla(), 1), {
    rotulos: ["01/06/2025"],
    series: [
      { nombre: "Pedidos", valores: [1200] },
      { nombre: "Semana anterior", valores: [7] },
    ],
  });
});

test("bars, a line to compare with, the theme's colours, and nothing that moves", () => {
  const dicho = configuracion(datosDe(tabla()), (nombre) => `color de ${nombre}`);
  assert.deepEqual(
    dicho.data.datasets.map(({ type, label, backgroundColor }) => [type, label, backgroundColor]),
    [
      ["bar", "Pedidos", "color de --acento"],
      ["line", "Semana anterior", "color de --curso-texto"],
    ],
  );
  assert.equal(dicho.options.animation, false);
  assert.equal(dicho.options.plugins.legend.display, true);
  assert.equal(dicho.options.scales.x.ticks.color, "color de --texto-suave");
});

test("one series needs no legend", () => {
  const { rotulos, series } = datosDe(tabla());
  const dicho = configuracion({ rotulos, series: series.slice(0, 1) }, (nombre) => nombre);
  assert.equal(dicho.options.plugins.legend.display, false);
});
