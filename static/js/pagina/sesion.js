// A session that ended takes nothing with it: what somebody wrote stays, and is sent again once
// they signed in, in another tab, with that session's token.

import { avisar } from "./avisos.js";
import { frase } from "../comun/frases.js";
import { pideEntrar } from "../comun/rechazos.js";
import { hallar, todos } from "../comun/dom.js";
import { galleta } from "../comun/red.js";

const SIN_TEXTO = new Set(["submit", "button", "reset", "hidden", "fieldset"]);

/**
 * As much of a form's control as says whether somebody changed it.
 * @typedef {object} Control
 * @property {string} type
 * @property {boolean} [checked]
 * @property {boolean} [defaultChecked]
 * @property {string} [value]
 * @property {string} [defaultValue]
 * @property {Iterable<{selected: boolean, defaultSelected: boolean}>} [options]
 */

/**
 * Whether somebody changed a form's control since the page came; pure.
 * @param {Control} control
 */
export function cambiado({ type, checked, defaultChecked, value, defaultValue, options }) {
  if (SIN_TEXTO.has(type)) return false;
  if (options) return otraElegida([...options], type);
  if (type === "radio" || type === "checkbox") return checked !== defaultChecked;
  return value !== (defaultValue ?? "");
}

// A list of one choice that marks none begins with its first.
/**
 * @param {{selected: boolean, defaultSelected: boolean}[]} opciones
 * @param {string} type the list's
 */
function otraElegida(opciones, type) {
  const sinElegida = type === "select-one" && !opciones.some((opcion) => opcion.defaultSelected);
  return opciones.some(({ selected, defaultSelected }, lugar) =>
    sinElegida ? selected !== (lugar === 0) : selected !== defaultSelected,
  );
}

/**
 * Whether a refused request may leave the page: nothing was asked to be kept, nothing is written; pure.
 * @param {{verb: string}} pedido
 * @param {Control[]} campos
 */
export function seVa({ verb }, campos) {
  return verb === "get" && !campos.some(cambiado);
}

let cerrar = () => {};

/**
 * Say that the session ended and where to sign in without leaving; only once at a time.
 * @param {string} url
 * @param {{guardaba?: boolean}} [opciones]
 */
export function pedirEntrar(url, { guardaba = false } = {}) {
  cerrar();
  cerrar = avisar(frase(guardaba ? "no_se_guardo" : "sigue_escrito"), {
    nivel: "peligro",
    accion: "Entrar",
    alAccionar: () => window.open(url, "_blank", "noopener"),
  });
}

export function iniciarSesion() {
  const token = () => galleta(document.cookie, document.body.dataset.csrf ?? "");
  // Signing in changes the token: a form sends the one of the moment it is sent.
  document.addEventListener("submit", ({ target }) => renovar(target, token()), true);
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (token()) detail.headers["X-CSRFToken"] = token();
  });
  document.body.addEventListener("htmx:beforeOnLoad", (evento) => {
    if (pideEntrar(evento.detail.xhr.status) && !evento.defaultPrevented) alTerminar(evento);
  });
}

/**
 * @param {EventTarget | null} formulario
 * @param {string} token
 */
function renovar(formulario, token) {
  if (!(formulario instanceof HTMLFormElement) || !token) return;
  const campo = hallar(formulario, 'input[name="csrfmiddlewaretoken"]', HTMLInputElement);
  if (campo) campo.value = token;
}

// Left alone, htmx follows the answer to the page that signs in.
/** @param {SucesoHtmx} evento */
function alTerminar(evento) {
  const { xhr, requestConfig } = evento.detail;
  const atendida = !document.dispatchEvent(new Event("sesion:terminada", { cancelable: true }));
  const formularios = todos(document, 'form[method="post"]', HTMLFormElement);
  const campos = formularios.flatMap(({ elements }) => [...elements].flatMap(comoControl));
  if (!atendida && seVa(requestConfig, campos)) return;
  evento.preventDefault();
  if (!atendida)
    pedirEntrar(xhr.getResponseHeader("HX-Redirect") ?? location.href, {
      guardaba: requestConfig.verb !== "get",
    });
}

// Of what a form owns, what can be written in; a fieldset, an output or an object is nothing of it.
/**
 * @param {Element} elemento
 * @returns {Control[]}
 */
function comoControl(elemento) {
  const escribible =
    elemento instanceof HTMLInputElement ||
    elemento instanceof HTMLTextAreaElement ||
    elemento instanceof HTMLSelectElement;
  return escribible ? [elemento] : [];
}
