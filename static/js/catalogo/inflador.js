// lz-string's decompressFromUTF16, several times as fast: the catalogue is millions of characters.
// Proven equal to lz-string by tests/inflador.test.js. Pure.
//
// A compressed character carries 15 bits, the highest first; a code's own bits come lowest first.
// A code stands for a piece that was written before: the dictionary is places in the output.

const BITS = 15;
const MASCARA = (1 << BITS) - 1;
const DESDE = 32;
// What the first codes mean: a new character of 8 or of 16 bits follows; the end.
const OCHO = 0;
const DIECISEIS = 1;
const FIN = 2;
const PRIMERO = 3;
// How many times as long as its compressed form a catalogue is, and then some.
const CRECE = 12;
const MINIMO = 64;

/** Each number of 15 bits with its bits the other way round. */
const AL_REVES = new Uint16Array(1 << BITS);
for (let n = 1; n < AL_REVES.length; n++)
  AL_REVES[n] = (AL_REVES[n >> 1] >> 1) | ((n & 1) << (BITS - 1));

/** The compressed text as a row of bits; beyond its end there are zeros, as lz-string has it. */
class Bits {
  /** @param {string} texto */
  constructor(texto) {
    this.texto = texto;
    this.leido = 0;
    this.resto = 0;
    this.bits = 0;
  }

  /** Whether what comes next is beyond the end. */
  get agotado() {
    const { leido, bits, texto } = this;
    return leido > texto.length || (bits === 0 && leido === texto.length);
  }

  /**
   * The next number of so many bits, 31 at most.
   * @param {number} ancho
   */
  leer(ancho) {
    let valor = this.resto;
    let hay = this.bits;
    if (hay >= ancho) {
      this.resto = valor >>> ancho;
      this.bits = hay - ancho;
      return valor & ((1 << ancho) - 1);
    }
    let caracter = 0;
    while (hay < ancho) {
      caracter = AL_REVES[(this.texto.charCodeAt(this.leido++) - DESDE) & MASCARA];
      valor |= caracter << hay;
      hay += BITS;
    }
    this.bits = hay - ancho;
    this.resto = caracter >>> (BITS - this.bits);
    return valor & ((1 << ancho) - 1);
  }
}

/** What has been written: bytes for as long as they do, for they are half as much to copy. */
class Salida {
  /** @param {number} lugar */
  constructor(lugar) {
    /** @type {Uint8Array | Uint16Array} */
    this.codigos = new Uint8Array(lugar);
    this.escrito = 0;
  }

  /** @param {number} codigo */
  sumar(codigo) {
    // From 0x80 to 0x9f "latin1" is something else in a browser.
    const cabe = codigo < 0x80 || (codigo > 0x9f && codigo <= 0xff);
    if (!cabe && this.codigos instanceof Uint8Array) this.codigos = new Uint16Array(this.codigos);
    this.tener(1);
    this.codigos[this.escrito++] = codigo;
  }

  /**
   * Write again what begins there; it may reach into what is being written.
   * @param {number} desde
   * @param {number} largo
   */
  repetir(desde, largo) {
    this.tener(largo);
    const { codigos } = this;
    const fin = desde + largo;
    let lugar = this.escrito;
    for (let i = desde; i < fin; i++) codigos[lugar++] = codigos[i];
    this.escrito = lugar;
  }

  /** @param {number} cuantos */
  tener(cuantos) {
    if (this.escrito + cuantos <= this.codigos.length) return;
    const lugar = 2 * (this.escrito + cuantos);
    const otra =
      this.codigos instanceof Uint8Array ? new Uint8Array(lugar) : new Uint16Array(lugar);
    otra.set(this.codigos);
    this.codigos = otra;
  }

  texto() {
    const codigos = this.codigos.subarray(0, this.escrito);
    if (codigos instanceof Uint8Array) return new TextDecoder("latin1").decode(codigos);
    try {
      return new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true }).decode(codigos);
    } catch {
      return porPartes(codigos); // half of a surrogate pair, which no decoder lets through
    }
  }
}

/** @param {Uint16Array} codigos */
function porPartes(codigos) {
  const PARTE = 8_192;
  let texto = "";
  for (let i = 0; i < codigos.length; i += PARTE)
    texto += String.fromCharCode(...codigos.subarray(i, i + PARTE));
  return texto;
}

/**
 * What compressToUTF16 was given; null for what it never made, "" for what was cut.
 * @param {string} texto
 * @returns {string | null}
 */
export function inflarUtf16(texto) {
  if (texto === "") return null;
  const entrada = new Bits(texto);
  const salida = new Salida(Math.max(MINIMO, texto.length * CRECE));
  const primero = entrada.leer(2);
  if (primero === FIN) return "";
  if (primero > FIN) return null;
  salida.sumar(entrada.leer(primero === OCHO ? 8 : 16));
  return seguir(entrada, salida) ? salida.texto() : entrada.agotado ? "" : null;
}

/**
 * All codes after the first; false when one means nothing, or they end without saying so.
 * @param {Bits} entrada
 * @param {Salida} salida
 */
function seguir(entrada, salida) {
  let lugares = new Int32Array(Math.max(MINIMO, 2 * entrada.texto.length));
  let largos = new Int32Array(lugares.length);
  largos[PRIMERO] = 1;
  let codigos = PRIMERO + 1;
  let ancho = 3;
  let faltan = 4;
  // The piece that was written last.
  let desde = 0;
  let largo = 1;
  while (!entrada.agotado) {
    let codigo = entrada.leer(ancho);
    if (codigo === FIN) return true;
    if (codigos + 2 > lugares.length) {
      lugares = doble(lugares);
      largos = doble(largos);
    }
    const ahora = salida.escrito;
    if (codigo <= DIECISEIS) {
      salida.sumar(entrada.leer(codigo === OCHO ? 8 : 16));
      codigo = codigos++;
      lugares[codigo] = ahora;
      largos[codigo] = 1;
      if (--faltan === 0) faltan = 1 << ancho++;
    } else if (codigo < codigos) salida.repetir(lugares[codigo], largos[codigo]);
    else if (codigo === codigos) salida.repetir(desde, largo + 1);
    else return false;
    // The last piece and what this one begins with stand together in the output.
    lugares[codigos] = desde;
    largos[codigos++] = largo + 1;
    if (--faltan === 0) faltan = 1 << ancho++;
    desde = ahora;
    largo = salida.escrito - ahora;
  }
  return false;
}

/** @param {Int32Array} numeros */
function doble(numeros) {
  const otros = new Int32Array(2 * numeros.length);
  otros.set(numeros);
  return otros;
}
