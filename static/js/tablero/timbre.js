// Arrivals noticed from another tab: the count in the title, and a short sound for who wants it.

const CLAVE = "tablero:sonido";

/**
 * The tab's title with how many wait; pure.
 * @param {string} base
 * @param {number} total
 */
export function titulo(base, total) {
  return total > 0 ? `(${total}) ${base}` : base;
}

/**
 * The bell of a page: its button switches the sound on and off.
 * @param {HTMLElement} boton
 * @param {Pick<Document, "title">} documento
 */
export function iniciarTimbre(boton, documento) {
  const base = documento.title;
  const encendido = () => localStorage.getItem(CLAVE) === "si";
  const pintar = () => boton.setAttribute("aria-pressed", String(encendido()));
  boton.addEventListener("click", () => {
    localStorage.setItem(CLAVE, encendido() ? "no" : "si");
    pintar();
    if (encendido()) pitar();
  });
  pintar();
  return {
    /**
     * Cards were drawn: `llegaron` of them are new, `total` wait.
     * @param {number} llegaron
     * @param {number} total
     */
    sonar(llegaron, total) {
      documento.title = titulo(base, total);
      if (llegaron > 0 && encendido()) pitar();
    },
  };
}

function pitar() {
  const audio = new AudioContext();
  const [tono, volumen] = [audio.createOscillator(), audio.createGain()];
  tono.frequency.value = 660;
  volumen.gain.setValueAtTime(0.08, audio.currentTime);
  volumen.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tono.connect(volumen).connect(audio.destination);
  tono.start();
  tono.stop(audio.currentTime + 0.25);
  tono.onended = () => audio.close();
}
