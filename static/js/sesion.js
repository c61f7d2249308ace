// A session that ended takes nothing with it: what somebody wrote stays, and is sent again once
// they signed in, in another tab, with that session's token.

import { avisar } from "./avisos.js";
import { galleta } from "./red.js";

const NO_SE_GUARDO =
  "La sesión terminó y esto no se guardó. Lo escrito sigue acá: entrar en otra pestaña y repetirlo.";
const SIGUE_ESCRITO = "La sesión terminó. Lo escrito sigue acá: entrar en otra pestaña y seguir.";
const SIN_TEXTO = new Set(["submit", "button", "reset", "hidden", "fieldset"]);

/** Whether somebody changed a form's control since the page came; pure. */
export function cambiado({ type, checked, defaultChecked, value, defaultValue, options }) {
  if (SIN_TEXTO.has(type)) return false;
  if (options) return [...options].some((opcion) => opcion.selected !== opcion.defaultSelected);
  if (type === "radio" || type === "checkbox") return checked !== defaultChecked;
  return value !== (defaultValue ?? "");
}

/** Whether a refused request may leave the page: nothing was asked to be kept, nothing is written; pure. */
export function seVa({ verb }, campos) {
  return verb === "get" && !campos.some(cambiado);
}

let cerrar = () => {};

/** Say that the session ended and where to sign in without leaving; only once at a time. */
export function pedirEntrar(url, { guardaba = false } = {}) {
  cerrar();
  const opciones = {
    nivel: "peligro",
    accion: "Entrar",
    alAccionar: () => window.open(url, "_blank", "noopener"),
  };
  cerrar = avisar(guardaba ? NO_SE_GUARDO : SIGUE_ESCRITO, opciones);
}

export function iniciarSesion() {
  const token = () => galleta(document.cookie, document.body.dataset.csrf);
  // Signing in changes the token: a form sends the one of the moment it is sent.
  document.addEventListener("submit", ({ target }) => renovar(target, token()), true);
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (token()) detail.headers["X-CSRFToken"] = token();
  });
  document.body.addEventListener("htmx:beforeOnLoad", (evento) => {
    if (evento.detail.xhr.status === 401 && !evento.defaultPrevented) alTerminar(evento);
  });
}

function renovar(formulario, token) {
  const campo = formulario.querySelector('input[name="csrfmiddlewaretoken"]');
  if (campo && token) campo.value = token;
}

// Left alone, htmx follows the answer to the page that signs in.
function alTerminar(evento) {
  const { xhr, requestConfig } = evento.detail;
  const atendida = !document.dispatchEvent(new Event("sesion:terminada", { cancelable: true }));
  const campos = [...document.querySelectorAll('form[method="post"]')].flatMap(({ elements }) => [
    ...elements,
  ]);
  if (!atendida && seVa(requestConfig, campos)) return;
  evento.preventDefault();
  if (!atendida)
    pedirEntrar(xhr.getResponseHeader("HX-Redirect"), { guardaba: requestConfig.verb !== "get" });
}
