// The pricing engine, as gestion_precios/motor/reglas.py has it: the same whole numbers in the same
// order, so that both give the same price to the last digit. Pure; runs in the page and its Worker.
//
// Money and quantities in micros (10⁻⁶), percentages in basis points, all BigInt.
// renglon = {articulo, base, piso, grupo, linea}: an article of a list; `piso` (or null) is what it
// may not be sold under without permission, its cost rounded up to the currency by the server. With
// `sinPiso` the server keeps it to itself: without permission the price is provisional.

export const MICROS = 1_000_000n;
const CIEN_POR_CIENTO = 10_000n;
const DECIMAL = /^(\d+)(?:\.(\d{1,6}))?$/;

/**
 * Micros of a plain decimal or of a catalogue's JSON number; null when it is none.
 * @param {unknown} valor
 * @returns {Micros | null}
 */
export function aMicros(valor) {
  const partes = DECIMAL.exec(String(valor));
  return partes && BigInt(partes[1] + (partes[2] ?? "").padEnd(6, "0"));
}

/** A rulebook ready to price with: the active rules of a list, as its section gives them. */
export class Reglamento {
  /** @param {ListaDeReglas} lista */
  constructor({ version = "", decimales, reglas }) {
    this.version = version;
    this.unidad = MICROS / 10n ** BigInt(decimales);
    this.reglas = reglas.map(compilar);
    /** @type {Map<string, Regla[]>} */
    this.porClave = new Map();
    /** @type {Map<number, Regla[]>} */
    this.conocidas = new Map();
    /** @type {Map<string, Regla[]>} */
    this.comunes = new Map();
    for (const regla of this.reglas)
      for (const clave of clavesDe(regla)) this.archivar(clave, regla);
  }

  /**
   * @param {string} clave
   * @param {Regla} regla
   */
  archivar(clave, regla) {
    const suyas = this.porClave.get(clave);
    if (suyas) suyas.push(regla);
    else this.porClave.set(clave, [regla]);
  }

  /**
   * The rules whose scope reaches the article, in firing order; worked out once.
   * @param {Renglon} renglon
   */
  candidatas(renglon) {
    const conocidas = this.conocidas.get(renglon.articulo);
    if (conocidas) return conocidas;
    const propias = this.porClave.get(`a${renglon.articulo}`);
    const comunes = this.deSuClase(renglon);
    const suyas = propias
      ? enOrden([...propias, ...comunes]).filter((regla) => alcanza(regla, renglon))
      : comunes;
    this.conocidas.set(renglon.articulo, suyas);
    return suyas;
  }

  /**
   * Those that name no article are the same for all of a group and line.
   * @param {Renglon} renglon
   */
  deSuClase(renglon) {
    const clase = `${renglon.grupo}|${renglon.linea}`;
    const comunes = this.comunes.get(clase);
    if (comunes) return comunes;
    const claves = ["todos", `g${renglon.grupo}`, `l${renglon.linea}`];
    const halladas = claves.flatMap((clave) => this.porClave.get(clave) ?? []);
    const suyas = enOrden(halladas.filter((regla) => alcanza(regla, renglon)));
    this.comunes.set(clase, suyas);
    return suyas;
  }
}

/**
 * What the rules look at, of [article, quantity] lines: units, who is there, and the order's
 * amount at list prices. `aparte`: what the order has of other prices, in micros.
 * @param {Renglones} renglones
 * @param {readonly Par[]} lineas
 * @param {Micros} [aparte]
 * @returns {CarritoDeMotor}
 */
export function armarCarrito(renglones, lineas, aparte = 0n) {
  /** @type {Map<number, bigint>} */
  const unidades = new Map();
  for (const [articulo, cantidad] of lineas) {
    unidades.set(articulo, (unidades.get(articulo) ?? 0n) + BigInt(cantidad));
  }
  let monto = aparte;
  for (const [articulo, cantidad] of unidades) {
    const renglon = renglones.get(articulo);
    if (renglon) monto += renglon.base * cantidad;
  }
  return { unidades, monto };
}

/**
 * The price of each article of a cart that the list has.
 * @param {Reglamento} reglamento
 * @param {Renglones} renglones
 * @param {readonly Par[]} lineas
 * @param {Micros} [aparte]
 * @returns {Map<number, PrecioDeMotor>}
 */
export function cotizar(reglamento, renglones, lineas, aparte = 0n) {
  const carrito = armarCarrito(renglones, lineas, aparte);
  const precios = new Map();
  for (const articulo of carrito.unidades.keys()) {
    const renglon = renglones.get(articulo);
    if (renglon) precios.set(articulo, precioDe(reglamento, renglon, carrito));
  }
  return precios;
}

/**
 * An article's unit price in a cart, in micros, with the rules that fired.
 * @param {Reglamento} reglamento
 * @param {Renglon} renglon
 * @param {CarritoDeMotor} carrito
 * @returns {PrecioDeMotor}
 */
export function precioDe(reglamento, renglon, carrito) {
  const aplicadas = [];
  let corriente = renglon.base;
  let permiso = false;
  for (const regla of reglamento.candidatas(renglon)) {
    if (!cumple(regla, renglon, carrito)) continue;
    const antes = corriente;
    corriente = aplicar(regla, corriente);
    permiso ||= regla.bajoCosto;
    aplicadas.push({ regla, antes, despues: corriente });
  }
  const redondeado = mitadArriba(corriente, reglamento.unidad) * reglamento.unidad;
  const { articulo, base, piso, sinPiso } = renglon;
  const ajustado = piso !== null && redondeado < piso && !permiso;
  const final = ajustado ? piso : redondeado;
  return { articulo, base, final, aplicadas, ajustado, provisional: sinPiso && !permiso };
}

/**
 * Whether a rule that reaches the article fires in this cart.
 * @param {Regla} regla
 * @param {Renglon} renglon
 * @param {CarritoDeMotor} carrito
 */
export function cumple(regla, renglon, { unidades, monto }) {
  // A combination without members is one nobody can complete.
  if (regla.combo)
    return (
      regla.combo.length > 0 && regla.combo.every((m) => m === renglon.articulo || unidades.has(m))
    );
  return regla.porMonto
    ? monto >= regla.umbral
    : (unidades.get(renglon.articulo) ?? 0n) * MICROS >= regla.umbral;
}

/**
 * What became of it, what was measured, and who is missing.
 * @param {Regla} regla
 * @param {Renglon} renglon
 * @param {CarritoDeMotor} carrito
 */
export function juzgar(regla, renglon, carrito) {
  const { unidades, monto } = carrito;
  const aplicada = cumple(regla, renglon, carrito);
  if (regla.combo) {
    const faltan = regla.combo.filter((m) => m !== renglon.articulo && !unidades.has(m));
    const medido = BigInt(regla.combo.length - faltan.length) * MICROS;
    return { aplicada, codigo: aplicada ? "APLICADA" : "COMBO_INCOMPLETO", medido, faltan };
  }
  const medido = regla.porMonto ? monto : (unidades.get(renglon.articulo) ?? 0n) * MICROS;
  const codigo = regla.porMonto ? "MONTO" : "CANTIDAD";
  /** @type {number[]} */
  const faltan = [];
  return { aplicada, codigo: aplicada ? "APLICADA" : codigo, medido, faltan };
}

/**
 * Micros in minor units of a currency: a price is always whole in them.
 * @param {Micros} micros
 * @param {number} decimales
 * @returns {Minimos}
 */
export function aMinimos(micros, decimales) {
  return mitadArriba(micros, MICROS / 10n ** BigInt(decimales));
}

/**
 * @param {ReglaDeCatalogo} regla
 * @param {number} lugar
 * @returns {Regla}
 */
function compilar(regla, lugar) {
  const {
    id,
    nombre,
    porcentaje,
    por_monto: porMonto,
    articulo,
    grupo,
    linea,
    bajo_costo: bajoCosto,
  } = regla;
  const combo = regla.combo && [...regla.combo].sort((a, b) => a - b);
  const conBlanco = articulo !== null || grupo !== null || linea !== null;
  const umbral = combo ? BigInt(combo.length) * MICROS : BigInt(regla.umbral);
  const valor = BigInt(regla.valor);
  return {
    id,
    nombre,
    porcentaje,
    valor,
    porMonto,
    umbral,
    articulo,
    grupo,
    linea,
    combo,
    conBlanco,
    bajoCosto,
    lugar,
  };
}

/** @param {Regla[]} reglas */
function enOrden(reglas) {
  return reglas.sort((a, b) => a.lugar - b.lugar);
}

/**
 * Whether the article is what this rule is for; one that names nothing is for every article.
 * @param {Regla} regla
 * @param {Renglon} renglon
 */
export function alcanza({ articulo, grupo, linea, combo, conBlanco }, renglon) {
  if (combo && !conBlanco) return combo.includes(renglon.articulo);
  return (
    (articulo === null || articulo === renglon.articulo) &&
    (grupo === null || grupo === renglon.grupo) &&
    (linea === null || linea === renglon.linea)
  );
}

/**
 * Where a rule is filed: under the narrowest thing it names, or each of its members.
 * @param {Regla} regla
 */
function clavesDe({ articulo, grupo, linea, combo }) {
  if (articulo !== null) return [`a${articulo}`];
  if (grupo !== null) return [`g${grupo}`];
  if (linea !== null) return [`l${linea}`];
  return combo ? combo.map((miembro) => `a${miembro}`) : ["todos"];
}

/**
 * @param {Regla} regla
 * @param {Micros} precio
 */
function aplicar({ porcentaje, valor }, precio) {
  const rebajado = porcentaje
    ? mitadArriba(precio * (CIEN_POR_CIENTO - valor), CIEN_POR_CIENTO)
    : precio - valor;
  return rebajado > 0n ? rebajado : 0n;
}

/**
 * Half up of a quotient that is not negative (of a negative one, nothing above zero).
 * @param {bigint} numerador
 * @param {bigint} divisor
 */
function mitadArriba(numerador, divisor) {
  return (2n * numerador + divisor) / (2n * divisor);
}
