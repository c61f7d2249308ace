// Today's lotes in the desk's margin: each one's badge, which then keeps itself up to date.

import { porId } from "../../comun/dom.js";
import { paraLote } from "../../cuaderno/lotes.js";
import { frase } from "../../comun/frases.js";
import { hora } from "../../comun/momento.js";

const A_LA_VISTA = 8;
const INSIGNIA_CADA = 3;

export class LotesDeHoy {
  /**
   * @param {object} partes
   * @param {Pick<Direcciones, "lote_estado" | "lote_pagina">} partes.urls
   * @param {Pick<Parametros, "husos">} partes.parametros
   */
  constructor({ urls, parametros }) {
    this.urls = urls;
    this.parametros = parametros;
  }

  /**
   * Put the server's live badge of a lote on top of the list. Until it comes it is asked for again
   * by the place that waits for it; from then on it keeps itself up to date.
   * @param {string} lote
   */
  mostrar(lote) {
    const lista = porId("lotes_de_hoy", HTMLElement);
    if (lista.querySelector(`[data-lote="${lote}"]`)) return;
    const lugar = document.createElement("li");
    const { urls } = this;
    const enlace = lugar.appendChild(document.createElement("a"));
    enlace.href = paraLote(urls.lote_pagina, lote);
    enlace.textContent = hora(new Date(), this.parametros.husos);
    lugar.appendChild(huecoDeInsignia(lote, paraLote(urls.lote_estado, lote)));
    lista.prepend(lugar);
    while (lista.children.length > A_LA_VISTA) lista.lastElementChild?.remove();
    window.htmx.process(lugar);
    porId("sin_lotes", HTMLElement).hidden = true;
  }
}

// A poll like any other: it rests while nobody sees the page, and no failure ends it.
/**
 * @param {string} lote
 * @param {string} url
 */
function huecoDeInsignia(lote, url) {
  const hueco = document.createElement("div");
  hueco.className = "lote-estado";
  hueco.dataset.lote = lote;
  hueco.dataset.sondeo = "";
  hueco.textContent = frase("pidiendo_estado");
  const atributos = {
    get: url,
    trigger: `load, every ${INSIGNIA_CADA}s`,
    target: "this",
    swap: "outerHTML",
  };
  for (const [nombre, valor] of Object.entries(atributos))
    hueco.setAttribute(`hx-${nombre}`, valor);
  return hueco;
}
