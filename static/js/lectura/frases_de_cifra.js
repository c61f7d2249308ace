// Why what somebody wrote is no number; the server says the same (core/texto/frases_de_cifra.py). Pure.

import { frase } from "../comun/frases.js";
import { limpiar } from "./limpieza.js";

// What a refusal quotes of what was written.
const CITA = 60;

/**
 * Why what was written is not a number, in words.
 * @param {string} escrito
 * @param {import("./cifras.js").CifraIlegible} ilegible
 * @param {number} decimales that it may have
 * @param {string} deRango the code of what is said of one that is too small or too big
 */
export function fraseDeCifra(escrito, { motivo, lecturas }, decimales, deRango) {
  if (motivo === "rango") return frase(deRango);
  const codigo = motivo === "decimales" && decimales === 0 ? "entera" : motivo;
  const letras = [...limpiar(escrito)];
  const corto = letras.length > CITA ? [...letras.slice(0, CITA - 1), "…"] : letras;
  return frase(`cifra_${codigo}`, { escrito: corto.join(""), lecturas: lecturas.join(" o ") });
}
