// Texts, bytes and numbers with a name each, as one piece of bytes: it is read at once, and of each
// text only what is asked for is decoded. Pure.

/**
 * @typedef {string | Uint8Array | Uint32Array} Parte
 * @typedef {Record<string, [desde: number, largo: number]>} Indice in bytes, after the index itself
 */

const LARGO = 4; // of the index's length
const codificador = new TextEncoder();
const decodificador = new TextDecoder();

/**
 * @param {Record<string, Parte>} partes
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function enLegajo(partes) {
  /** @type {Indice} */
  const indice = {};
  let hasta = 0;
  const trozos = Object.entries(partes).map(([nombre, parte]) => {
    const trozo = bytesDe(parte);
    indice[nombre] = [hasta, trozo.length];
    hasta += trozo.length;
    return trozo;
  });
  const cabeza = codificador.encode(JSON.stringify(indice));
  const todo = new Uint8Array(LARGO + cabeza.length + hasta);
  new DataView(todo.buffer).setUint32(0, cabeza.length);
  let donde = LARGO;
  for (const trozo of [cabeza, ...trozos]) {
    todo.set(trozo, donde);
    donde += trozo.length;
  }
  return todo;
}

export class Legajo {
  /** @param {ArrayBuffer} todo what `enLegajo` made; raises SyntaxError or RangeError of another */
  constructor(todo) {
    const largo = new DataView(todo).getUint32(0);
    this.cuerpo = new Uint8Array(todo, LARGO + largo);
    /** @type {Indice} */
    this.indice = JSON.parse(leido(new Uint8Array(todo, LARGO, largo)));
    const suyos = Object.values(this.indice).reduce((suma, [, bytes]) => suma + bytes, 0);
    if (suyos !== this.cuerpo.length) throw new RangeError("cut short");
  }

  get nombres() {
    return Object.keys(this.indice);
  }

  /** @param {string} nombre */
  bytes(nombre) {
    const [desde, largo] = this.indice[nombre];
    return this.cuerpo.subarray(desde, desde + largo);
  }

  /** @param {string} nombre */
  texto(nombre) {
    return leido(this.bytes(nombre));
  }

  /** @param {string} nombre */
  numeros(nombre) {
    // A copy: numbers begin at a multiple of their size.
    return new Uint32Array(this.bytes(nombre).slice().buffer);
  }
}

/** @param {Uint8Array} bytes */
export function leido(bytes) {
  return decodificador.decode(bytes);
}

/**
 * @param {Parte} parte
 * @returns {Uint8Array}
 */
function bytesDe(parte) {
  if (typeof parte === "string") return codificador.encode(parte);
  return new Uint8Array(parte.buffer, parte.byteOffset, parte.byteLength);
}
