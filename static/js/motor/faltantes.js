// What is missing for the next discount: of the rules that did not fire, those within easiest
// reach that would lower a price of this order. Pure; runs in the Worker.
//
// gestion_precios/motor/faltantes.py is this very algorithm, step by step: tests/vectores/
// faltantes.json binds both. The desk alone has prices of Precios, and prices that it may not promise.

import { MICROS, alcanza, juzgar } from "./motor.js";

/**
 * @typedef {import("./precios_de_canal.js").PreciosDeCanal} PreciosDeCanal
 * @typedef {{regla: Regla, costo: Micros} & (
 *   {tipo: "combo", articulo: number, faltan: number[]} |
 *   {tipo: "cantidad", articulo: number, faltan: bigint} |
 *   {tipo: "monto", articulo: null, faltan: Micros})} Candidata
 * @typedef {{antes: Micros, despues: Micros}} Efecto
 */

const MAXIMO = 3;
// Of a thousand rules, those worth trying out.
const A_PROBAR = 40;

/**
 * The nearest ones, by what it costs to reach them: [{tipo, regla, articulo, faltan, antes,
 * despues}] with `faltan` units, micros of the order, or missing articles. `acordados`: articles
 * whose price no rule moves any more.
 * @param {PreciosDeCanal} delCanal
 * @param {readonly Par[]} lineas
 * @param {ReadonlySet<number>} [acordados]
 * @param {number} [maximo]
 * @returns {(Candidata & Efecto)[]}
 */
export function faltantes(delCanal, lineas, acordados = new Set(), maximo = MAXIMO) {
  const carrito = delCanal.carrito(lineas);
  const movibles = movidas(delCanal, carrito, acordados);
  const halladas = cercanas(delCanal, movibles, carrito).sort(
    (a, b) => (a.costo < b.costo ? -1 : Number(a.costo > b.costo)) || a.regla.lugar - b.regla.lugar,
  );
  /** @type {Map<string, Candidata & Efecto>} */
  const salida = new Map();
  for (const candidata of halladas.slice(0, A_PROBAR)) {
    if (salida.size === maximo) break;
    // Of a ladder of quantities or amounts, its next step alone.
    const clave = `${candidata.tipo}:${candidata.tipo === "combo" ? candidata.faltan : candidata.articulo}`;
    if (salida.has(clave)) continue;
    const efecto = efectoDe(delCanal, movibles, carrito, candidata);
    if (efecto) salida.set(clave, { ...candidata, ...efecto });
  }
  return [...salida.values()];
}

/**
 * Whose price rules still move: not what Precios gives, nor what was agreed; and of a provisional
 * price nothing is promised.
 * @param {PreciosDeCanal} delCanal
 * @param {CarritoDeMotor} carrito
 * @param {ReadonlySet<number>} acordados
 */
function movidas(delCanal, { unidades }, acordados) {
  return [...unidades.keys()].flatMap((articulo) => {
    const renglon = delCanal.renglones.get(articulo);
    const quieta = !renglon || renglon.suelta || renglon.sinPiso || acordados.has(articulo);
    return quieta ? [] : [renglon];
  });
}

/**
 * Each discount that did not fire, where least is missing for it.
 * @param {PreciosDeCanal} delCanal
 * @param {readonly Renglon[]} movibles
 * @param {CarritoDeMotor} carrito
 */
function cercanas(delCanal, movibles, carrito) {
  /** @type {Map<Regla, Candidata>} */
  const halladas = new Map();
  for (const renglon of movibles) {
    for (const regla of delCanal.reglamento.candidatas(renglon)) {
      const previa = halladas.get(regla);
      // What an order or a combination lacks, it lacks for all its lines.
      if (regla.valor <= 0n || (previa && previa.tipo !== "cantidad")) continue;
      const candidata = medir(delCanal, regla, renglon, carrito);
      if (candidata && (!previa || candidata.costo < previa.costo)) halladas.set(regla, candidata);
    }
  }
  return [...halladas.values()];
}

/**
 * What a rule lacks for an article; null when it fires, or nobody can tell its cost.
 * @param {PreciosDeCanal} delCanal
 * @param {Regla} regla
 * @param {Renglon} renglon
 * @param {CarritoDeMotor} carrito
 * @returns {Candidata | null}
 */
function medir(delCanal, regla, renglon, carrito) {
  const { aplicada, codigo, medido, faltan } = juzgar(regla, renglon, carrito);
  if (aplicada) return null;
  if (codigo === "COMBO_INCOMPLETO") {
    const bases = faltan.map((miembro) => delCanal.renglones.get(miembro)?.base);
    const sabidas = bases.filter((base) => base !== undefined);
    if (faltan.length === 0 || sabidas.length < faltan.length) return null;
    const costo = sabidas.reduce((suma, base) => suma + base, 0n);
    return { tipo: "combo", regla, articulo: renglon.articulo, faltan, costo };
  }
  const resto = regla.umbral - medido;
  if (codigo === "MONTO")
    return { tipo: "monto", regla, articulo: null, faltan: resto, costo: resto };
  const unidades = (resto + MICROS - 1n) / MICROS;
  return {
    tipo: "cantidad",
    regla,
    articulo: renglon.articulo,
    faltan: unidades,
    costo: unidades * renglon.base,
  };
}

/**
 * The first price that falls once nothing is missing; null when none does, as on the floor.
 * @param {PreciosDeCanal} delCanal
 * @param {readonly Renglon[]} movibles
 * @param {CarritoDeMotor} carrito
 * @param {Candidata} candidata
 * @returns {Efecto | null}
 */
function efectoDe(delCanal, movibles, carrito, candidata) {
  const logrado = suponer(carrito, candidata);
  for (const renglon of movibles) {
    if (!esPara(candidata, renglon)) continue;
    const antes = delCanal.precioDe(renglon, carrito).final;
    const despues = delCanal.precioDe(renglon, logrado).final;
    if (despues < antes) return { antes, despues };
  }
  return null;
}

/**
 * Whose price what is missing may change.
 * @param {Candidata} candidata
 * @param {Renglon} renglon
 */
function esPara({ tipo, regla, articulo }, renglon) {
  return tipo === "cantidad" ? renglon.articulo === articulo : alcanza(regla, renglon);
}

/**
 * The cart with what is missing in it.
 * @param {CarritoDeMotor} carrito
 * @param {Candidata} candidata
 * @returns {CarritoDeMotor}
 */
function suponer({ unidades, monto }, { tipo, articulo, faltan, costo }) {
  const logradas = new Map(unidades);
  if (tipo === "cantidad") logradas.set(articulo, (unidades.get(articulo) ?? 0n) + faltan);
  if (tipo === "combo") for (const miembro of faltan) logradas.set(miembro, 1n);
  return { unidades: logradas, monto: monto + costo };
}
