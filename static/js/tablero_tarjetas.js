// The cards on the screen: brought up to date around whatever somebody is writing.

import { Idiomorph } from "../vendor/idiomorph.js";

/** Whether something was written or chosen in a form; pure. */
export function tieneEscrito(campos) {
  return campos.some(({ type, checked, value, defaultChecked, defaultValue }) =>
    type === "radio" || type === "checkbox" ? checked && !defaultChecked : value !== (defaultValue ?? ""),
  );
}

export class Tarjetas {
  constructor({ raiz, url, alCambiar }) {
    Object.assign(this, { raiz, url, alCambiar });
    this.etag = "";
  }

  /** Ask for the board and show it. True when the server answered; `entera` wants a new ticket. */
  async refrescar({ entera = false } = {}) {
    const url = this.url();
    const conocida = !entera && this.etag && url === this.ultima ? { "If-None-Match": this.etag } : {};
    const respuesta = await fetch(url, {
      headers: { "HX-Request": "true", ...conocida },
      cache: "no-store",
      signal: AbortSignal.timeout(15_000),
    });
    if (respuesta.status === 401) return this.pedirEntrar(respuesta);
    if (respuesta.status === 304) return true;
    if (!respuesta.ok) return false;
    this.etag = respuesta.headers.get("ETag") ?? "";
    this.ultima = url;
    this.mostrar(await respuesta.text());
    return true;
  }

  pedirEntrar(respuesta) {
    const escrito = this.raiz().querySelector("form[data-encuesta]") && this.enUso().length;
    if (!escrito) location.assign(respuesta.headers.get("HX-Redirect") ?? "/cuentas/entrar/");
    return false;
  }

  mostrar(html) {
    const antes = this.claves();
    const foco = this.lugarDelFoco();
    Idiomorph.morph(this.raiz(), html, {
      morphStyle: "outerHTML",
      ignoreActiveValue: true,
      restoreFocus: true,
      callbacks: {
        beforeNodeMorphed: (vieja, nueva) => this.puedeCambiar(vieja, nueva),
        beforeNodeRemoved: (nodo) => this.puedeIrse(nodo),
      },
    });
    this.volverAlFoco(foco);
    this.alCambiar({ llegaron: this.claves().filter((clave) => !antes.includes(clave)).length });
  }

  // What is being written stays as it is; what is open stays open.
  puedeCambiar(vieja, nueva) {
    if (!(vieja instanceof Element)) return true;
    if (vieja.matches("form[data-encuesta]")) return !enUso(vieja);
    if (vieja.matches("details") && vieja.open && nueva instanceof Element) nueva.setAttribute("open", "");
    // Fetched on demand, or written by this page: not the server's to take back.
    return !vieja.matches('[id^="tarjeta_detalle-"][class*="detalle"], .cuenta-atras time');
  }

  puedeIrse(nodo) {
    if (!(nodo instanceof Element)) return true;
    const formulario = nodo.matches("form[data-encuesta]") ? nodo : nodo.querySelector("form[data-encuesta]");
    if (!formulario || !enUso(formulario)) return true;
    despedir(nodo.closest("[data-tarjeta]") ?? nodo.querySelector("[data-tarjeta]"));
    return false;
  }

  enUso() {
    return [...this.raiz().querySelectorAll("form[data-encuesta]")].filter(enUso);
  }

  claves() {
    return [...this.raiz().querySelectorAll("[data-tarjeta]")].map(({ dataset }) => dataset.tarjeta);
  }

  lugarDelFoco() {
    const tarjeta = document.activeElement?.closest?.("[data-tarjeta]");
    return tarjeta ? this.claves().indexOf(tarjeta.dataset.tarjeta) : -1;
  }

  // Whoever works by keyboard goes on with the card that took the place of the one that left.
  volverAlFoco(lugar) {
    if (lugar < 0 || this.raiz().contains(document.activeElement)) return;
    const tarjetas = [...this.raiz().querySelectorAll("[data-tarjeta]")];
    tarjetas[Math.min(lugar, tarjetas.length - 1)]?.focus({ preventScroll: false });
  }
}

function enUso(formulario) {
  const campos = [...formulario.elements].filter(({ type }) => type !== "submit" && type !== "button");
  return tieneEscrito(campos) || campos.includes(document.activeElement);
}

/** The card left, but somebody is writing in it: say so, and let them keep or drop their words. */
function despedir(tarjeta) {
  if (!tarjeta || tarjeta.dataset.retirada !== undefined) return;
  tarjeta.dataset.retirada = "";
  const aviso = document.createElement("p");
  aviso.className = "mensaje mensaje-aviso";
  aviso.setAttribute("role", "status");
  aviso.textContent = "Esta tarjeta ya no está en el tablero: alguien la gestionó. Lo escrito sigue acá. ";
  const descartar = document.createElement("button");
  descartar.type = "button";
  descartar.className = "btn btn-sm btn-outline-secondary";
  descartar.dataset.descartar = "";
  descartar.textContent = "Descartar lo escrito";
  aviso.append(descartar);
  tarjeta.prepend(aviso);
}
