// An order's receipt. Own SHA-256: crypto.subtle is absent outside HTTPS and localhost. Pure.

const K = constantes();

/**
 * sha256 of `cliente_id\n` + per line `articulo_id:cantidad:precio_unitario\n`, in hex.
 * @param {string | number} clienteId
 * @param {readonly Pick<Linea, "articulo_id" | "cantidad" | "precio_unitario">[]} lineas
 */
export function huellaPedido(clienteId, lineas) {
  const dichas = lineas.map((l) => `${l.articulo_id}:${l.cantidad}:${l.precio_unitario}\n`);
  return sha256(`${clienteId}\n${dichas.join("")}`);
}

/**
 * SHA-256 of a text's UTF-8 bytes, in lower-case hex.
 * @param {string} texto
 */
export function sha256(texto) {
  const palabras = rellenar(new TextEncoder().encode(texto));
  const estado = new Uint32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);
  const w = new Uint32Array(64);
  for (let bloque = 0; bloque < palabras.length; bloque += 16) {
    expandir(w, palabras, bloque);
    comprimir(estado, w);
  }
  return Array.from(estado, (palabra) => palabra.toString(16).padStart(8, "0")).join("");
}

/** @param {Uint8Array} bytes */
function rellenar(bytes) {
  const palabras = new Uint32Array(((bytes.length + 8) >> 6) * 16 + 16);
  for (let i = 0; i < bytes.length; i++) palabras[i >> 2] |= bytes[i] << (24 - (i & 3) * 8);
  palabras[bytes.length >> 2] |= 0x80 << (24 - (bytes.length & 3) * 8);
  palabras[palabras.length - 2] = Math.floor(bytes.length / 0x20000000);
  palabras[palabras.length - 1] = bytes.length << 3;
  return palabras;
}

/**
 * @param {Uint32Array} w
 * @param {Uint32Array} palabras
 * @param {number} desde
 */
function expandir(w, palabras, desde) {
  for (let i = 0; i < 16; i++) w[i] = palabras[desde + i];
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15];
    const b = w[i - 2];
    const s0 = rotar(a, 7) ^ rotar(a, 18) ^ (a >>> 3);
    const s1 = rotar(b, 17) ^ rotar(b, 19) ^ (b >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
}

/**
 * @param {Uint32Array} estado
 * @param {Uint32Array} w
 */
function comprimir(estado, w) {
  let [a, b, c, d, e, f, g, h] = estado;
  for (let i = 0; i < 64; i++) {
    const s1 = rotar(e, 6) ^ rotar(e, 11) ^ rotar(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = rotar(a, 2) ^ rotar(a, 13) ^ rotar(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((valor, i) => (estado[i] += valor));
}

/**
 * @param {number} x
 * @param {number} n
 */
function rotar(x, n) {
  return (x >>> n) | (x << (32 - n));
}

// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
function constantes() {
  /** @type {number[]} */
  const primos = [];
  for (let n = 2; primos.length < 64; n++) if (primos.every((p) => n % p)) primos.push(n);
  return Uint32Array.from(primos, (p) => Math.floor((Math.cbrt(p) % 1) * 0x100000000));
}
