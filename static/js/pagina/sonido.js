// A sound for somebody who looks elsewhere, at shelves or at a scanner. What it is about is said on the
// screen too, and stays there.

// Lower and rougher than what a scanner says of each code it read.
const HERTZ = 220;
const SEGUNDOS = 0.35;
const VOLUMEN = 0.2;
// A sound that the browser held back so long tells of nothing any more, in milliseconds.
const TARDE = 1_000;

/** @type {AudioContext | null} */
let abierto = null;

/** One short tone, where the browser lets a page sound; whether it did. */
export async function sonar() {
  const contexto = abrir();
  if (!contexto) return false;
  const pedido = performance.now();
  if (contexto.state === "suspended") await contexto.resume().catch(() => undefined);
  if (contexto.state !== "running" || performance.now() - pedido > TARDE) return false;
  tocar(contexto);
  return true;
}

// Once for the page: a browser has only a few. Without a card for sound there may be none.
function abrir() {
  if (typeof AudioContext === "undefined") return null;
  try {
    abierto ??= new AudioContext();
  } catch {
    return null;
  }
  return abierto;
}

/** @param {AudioContext} contexto */
function tocar(contexto) {
  const [tono, volumen] = [contexto.createOscillator(), contexto.createGain()];
  const desde = contexto.currentTime;
  tono.type = "square";
  tono.frequency.value = HERTZ;
  volumen.gain.setValueAtTime(VOLUMEN, desde);
  // Down to nothing, or its end clicks.
  volumen.gain.linearRampToValueAtTime(0, desde + SEGUNDOS);
  tono.connect(volumen).connect(contexto.destination);
  tono.start(desde);
  tono.stop(desde + SEGUNDOS);
}
