// The cards on the screen: brought up to date around whatever somebody is writing.

import { Idiomorph } from "../vendor/idiomorph.js";

const PLAZO = 8_000;
// What the person and the page set on a card: not the server's to take back.
const PROPIOS = new Set(["open", "data-listo", "disabled"]);

/** Whether something was written or chosen in a form; pure. */
export function tieneEscrito(campos) {
  return campos.some(({ type, checked, value, defaultValue }) =>
    type === "radio" || type === "checkbox" ? checked : value !== (defaultValue ?? ""),
  );
}

export class Tarjetas {
  constructor({ raiz, url, alCambiar }) {
    Object.assign(this, { raiz, url, alCambiar });
    this.ultima = url();
    this.etag = "";
    this.quitadas = 0;
  }

  /** Ask for the board and show it: "bien", "mal", or "fuera" when the session ended. */
  async traer() {
    const [url, quitadas] = [this.url(), this.quitadas];
    const conocida = this.etag && url === this.ultima ? { "If-None-Match": this.etag } : {};
    const respuesta = await fetch(url, {
      headers: { "HX-Request": "true", ...conocida },
      cache: "no-store",
      signal: AbortSignal.timeout(PLAZO),
    });
    if (respuesta.status === 401) return "fuera";
    if (!respuesta.ok && respuesta.status !== 304) return "mal";
    const html = respuesta.ok ? await respuesta.text() : "";
    // Drawn before a card was dealt with, it would bring it back: whoever dealt with it asks again.
    if (quitadas === this.quitadas) {
      if (html) this.mostrar(html, { otraVista: url !== this.ultima });
      [this.ultima, this.etag] = [url, respuesta.headers.get("ETag") ?? ""];
    }
    this.raiz().dataset.boleto = respuesta.headers.get("Boleto") ?? "";
    return "bien";
  }

  /** Draw the board; `otraVista`: other filters, so that nothing arrived. */
  mostrar(html, { otraVista = false } = {}) {
    const nuevo = new DOMParser().parseFromString(html, "text/html").getElementById("tablero");
    const antes = new Set(this.todas().map(({ id }) => id));
    const [lugar, fijar] = [this.lugarDelFoco(), this.fijar()];
    conservar(this.raiz(), nuevo);
    Idiomorph.morph(this.raiz(), nuevo, {
      morphStyle: "outerHTML",
      callbacks: {
        beforeNodeMorphed: puedeCambiar,
        beforeAttributeUpdated: (atributo) => !PROPIOS.has(atributo),
      },
    });
    fijar();
    this.volverAlFoco(lugar);
    const llegaron = otraVista ? 0 : this.todas().filter(({ id }) => !antes.has(id)).length;
    this.alCambiar({ llegaron });
  }

  /** Take a card away before the server's next drawing does; what it held is done with. */
  quitar(tarjeta) {
    const [lugar, fijar] = [
      tarjeta?.contains(document.activeElement) ? this.lugarDelFoco() : -1,
      this.fijar(),
    ];
    tarjeta?.closest("li").remove();
    this.etag = "";
    this.quitadas += 1;
    fijar();
    this.volverAlFoco(lugar);
  }

  /** Whether somebody would lose what they wrote. */
  hayEscrito() {
    return this.todas().some(enUso);
  }

  todas() {
    return [...this.raiz().querySelectorAll("[data-tarjeta]")];
  }

  lugarDelFoco() {
    return this.todas().findIndex((tarjeta) => tarjeta.contains(document.activeElement));
  }

  // Whoever works by keyboard goes on with the card that took the place of the one that left.
  volverAlFoco(lugar) {
    if (lugar < 0 || this.lugarDelFoco() >= 0) return;
    const todas = this.todas();
    (todas[Math.min(lugar, todas.length - 1)] ?? this.raiz()).focus();
  }

  // The card in use, else the first in sight, stays where it is on the screen.
  fijar() {
    const marco = document.getElementById("carrusel");
    const borde = marco.getBoundingClientRect().left;
    const todas = this.todas();
    const ancla =
      todas[this.lugarDelFoco()] ??
      todas.find((tarjeta) => tarjeta.getBoundingClientRect().left >= borde);
    const antes = ancla?.getBoundingClientRect().left;
    return () => {
      if (!ancla?.isConnected) return;
      marco.scrollBy({ left: ancla.getBoundingClientRect().left - antes, behavior: "instant" });
    };
  }
}

/** A card whose survey somebody began, or is in. */
function enUso(tarjeta) {
  const formulario = tarjeta.querySelector("form[data-encuesta]");
  if (!formulario) return false;
  const campos = [...formulario.elements].filter(
    ({ type }) => !["submit", "button", "fieldset"].includes(type),
  );
  // Drawn again by the server with what was written: it is nobody's default.
  return (
    "escrito" in formulario.dataset ||
    tieneEscrito(campos) ||
    campos.includes(document.activeElement)
  );
}

function puedeCambiar(vieja, nueva) {
  if (!(vieja instanceof Element)) return true;
  if (vieja.matches("form[data-encuesta]")) return !enUso(vieja.closest("[data-tarjeta]"));
  // The gap of a card that left, and what was asked for beside the board.
  return !("conservada" in nueva.dataset) && !vieja.matches("[data-pedida]");
}

/** A card that left while somebody was writing in it keeps its place, and says so. */
function conservar(viejo, nuevo) {
  let anterior = null;
  for (const lugar of viejo.querySelectorAll("#carrusel > li")) {
    let suyo = nuevo.querySelector(`#${lugar.id}`);
    if (!suyo && enUso(lugar.firstElementChild)) {
      suyo = nuevo.ownerDocument.createElement("li");
      suyo.id = lugar.id;
      suyo.dataset.conservada = "";
      if (anterior) anterior.after(suyo);
      else nuevo.querySelector("#carrusel").prepend(suyo);
      lugar.firstElementChild.dataset.retirada = "";
    }
    anterior = suyo ?? anterior;
  }
}
