// What is missing for the next discount: of the rules that did not fire, those within easiest
// reach that would lower a price of this order. Pure; runs in the Worker.

import { MICROS, cumple, juzgar } from "./motor.js";

const MAXIMO = 3;
// Of a thousand rules, those worth trying out.
const A_PROBAR = 40;

/**
 * The nearest ones, by what it costs to reach them: [{tipo, regla, articulo, faltan, antes,
 * despues}] with `faltan` units, micros of the order, or missing articles. `acordados`: articles
 * whose price no rule moves any more.
 */
export function faltantes(tarifa, lineas, acordados = new Set(), maximo = MAXIMO) {
  const carrito = tarifa.carrito(lineas);
  const halladas = [...cercanas(tarifa, carrito, acordados).values()].sort(
    (a, b) => (a.costo < b.costo ? -1 : Number(a.costo > b.costo)) || a.regla.lugar - b.regla.lugar,
  );
  const salida = new Map();
  for (const candidata of halladas.slice(0, A_PROBAR)) {
    if (salida.size === maximo) break;
    // Of a ladder of quantities or amounts, its next step alone.
    const clave = `${candidata.tipo}:${candidata.tipo === "combo" ? candidata.faltan : candidata.articulo}`;
    if (salida.has(clave)) continue;
    const efecto = efectoDe(tarifa, carrito, candidata, acordados);
    if (efecto) salida.set(clave, { ...candidata, ...efecto });
  }
  return [...salida.values()];
}

// Each discount that did not fire, where least is missing for it: a Map by rule.
function cercanas(tarifa, carrito, acordados) {
  const halladas = new Map();
  for (const articulo of carrito.unidades.keys()) {
    const ficha = tarifa.fichas.get(articulo);
    if (!ficha || ficha.suelta || acordados.has(articulo)) continue;
    for (const regla of tarifa.reglamento.candidatas(ficha)) {
      const previa = halladas.get(regla);
      // What an order or a combination lacks, it lacks for all its lines.
      if (
        regla.valor <= 0n ||
        (previa && (regla.combo || regla.porMonto)) ||
        cumple(regla, ficha, carrito)
      )
        continue;
      const candidata = medir(tarifa, regla, ficha, carrito);
      if (candidata && (!previa || candidata.costo < previa.costo)) halladas.set(regla, candidata);
    }
  }
  return halladas;
}

function medir(tarifa, regla, ficha, carrito) {
  const { codigo, medido, faltan } = juzgar(regla, ficha, carrito);
  if (codigo === "COMBO_INCOMPLETO") {
    const fichas = faltan.map((miembro) => tarifa.fichas.get(miembro));
    if (faltan.length === 0 || !fichas.every(Boolean)) return null;
    const costo = fichas.reduce((suma, { base }) => suma + base, 0n);
    return { tipo: "combo", regla, articulo: ficha.articulo, faltan, costo };
  }
  const resto = regla.umbral - medido;
  if (codigo === "MONTO")
    return { tipo: "monto", regla, articulo: null, faltan: resto, costo: resto };
  const unidades = (resto + MICROS - 1n) / MICROS;
  return {
    tipo: "cantidad",
    regla,
    articulo: ficha.articulo,
    faltan: unidades,
    costo: unidades * ficha.base,
  };
}

// The first price that falls once nothing is missing; null when none does (a floor, a surcharge).
function efectoDe(tarifa, carrito, candidata, acordados) {
  const logrado = suponer(tarifa, carrito, candidata);
  const miradas = candidata.tipo === "cantidad" ? [candidata.articulo] : carrito.unidades.keys();
  for (const articulo of miradas) {
    const ficha = tarifa.fichas.get(articulo);
    if (!ficha || acordados.has(articulo)) continue;
    const antes = tarifa.precio(articulo, carrito).final;
    const despues = tarifa.precio(articulo, logrado).final;
    if (despues < antes) return { antes, despues };
  }
  return null;
}

function suponer(tarifa, { unidades, monto }, { tipo, regla, articulo, faltan, costo }) {
  if (tipo === "monto") return { unidades, monto: regla.umbral };
  const logradas = new Map(unidades);
  if (tipo === "cantidad") logradas.set(articulo, unidades.get(articulo) + faltan);
  else for (const miembro of faltan) logradas.set(miembro, 1n);
  return { unidades: logradas, monto: monto + costo };
}
