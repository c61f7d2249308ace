// The panel's charts: each canvas draws the table beside it, in the theme's colours.
import Chart from "../../vendor/chart.js";

/** @typedef {{ nombre: string, valores: number[] }} Serie */
/** @typedef {{ rotulos: string[], series: Serie[] }} Datos */

/**
 * What a table says: its first rows' names, and the columns whose heads are marked `data-serie`.
 * @param {HTMLTableElement} tabla
 * @param {number} [barras] how many rows; all of them unless told
 * @returns {Datos}
 */
export function datosDe(tabla, barras) {
  const cabezas = [...tabla.querySelectorAll("thead th")];
  const filas = [...tabla.querySelectorAll("tbody tr")].slice(0, barras);
  const series = cabezas.flatMap((cabeza, columna) =>
    cabeza.hasAttribute("data-serie")
      ? [
          {
            nombre: (cabeza.textContent ?? "").trim(),
            valores: filas.map((fila) => Number(fila.children[columna].getAttribute("data-valor"))),
          },
        ]
      : [],
  );
  return { rotulos: filas.map((fila) => (fila.children[0].textContent ?? "").trim()), series };
}

/**
 * A bar chart's configuration; the second series is a line, to compare with.
 * @param {Datos} datos
 * @param {(nombre: string) => string} color of a token of css/tokens.css
 */
export function configuracion({ rotulos, series }, color) {
  const eje = {
    ticks: { color: color("--texto-suave"), precision: 0 },
    grid: { color: color("--linea") },
  };
  const pinturas = [color("--acento"), color("--curso-texto")];
  return {
    type: "bar",
    data: {
      labels: rotulos,
      datasets: series.map((serie, lugar) => ({
        type: lugar === 0 ? "bar" : "line",
        label: serie.nombre,
        data: serie.valores,
        backgroundColor: pinturas[lugar],
        borderColor: pinturas[lugar],
        borderWidth: lugar === 0 ? 0 : 2,
        pointRadius: lugar === 0 ? 0 : 2,
        maxBarThickness: 40,
        // The line lies on the bars.
        order: -lugar,
      })),
    },
    options: {
      animation: false,
      // Thousands as everywhere in the house.
      locale: "es-PY",
      maintainAspectRatio: false,
      plugins: { legend: { display: series.length > 1, labels: { color: color("--texto") } } },
      scales: { x: eje, y: { ...eje, beginAtZero: true } },
    },
  };
}

/** @param {string} nombre */
function delTema(nombre) {
  return getComputedStyle(document.documentElement).getPropertyValue(nombre).trim();
}

/** @type {Chart[]} */
let dibujados = [];

function dibujar() {
  for (const grafico of dibujados) grafico.destroy();
  dibujados = [];
  for (const lienzo of document.querySelectorAll("canvas[data-grafico]")) {
    const tabla = lienzo.closest("section")?.querySelector("table");
    if (!(lienzo instanceof HTMLCanvasElement) || !tabla) continue;
    const datos = datosDe(tabla, Number(lienzo.dataset.barras));
    dibujados.push(new Chart(lienzo, configuracion(datos, delTema)));
  }
}

let empezado = false;

/** @param {Element} parte what may have come with charts */
function empezar(parte) {
  if (!parte.querySelector("canvas[data-grafico]")) return;
  dibujar();
  if (empezado) return;
  empezado = true;
  const cambios = new MutationObserver(dibujar);
  cambios.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
}

empezar(document.body);
// The days' figures come after the page; the page itself is no news.
document.body.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (elt !== document.body) empezar(elt);
});
