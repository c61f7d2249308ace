// Only in the desk's shell, and before its other modules: gives the page its person, from what this
// browser keeps. Without one, only the server can say whose desk this is.

import { buscar, combinar } from "./parametros.js";

const pagina = /** @type {HTMLElement} */ (document.getElementById("parametros"));
const busqueda = new URLSearchParams(location.search);
const parametros = buscar(() => localStorage, busqueda.get("sucursal"));

if (parametros) llenar(parametros);
else irAlServidor();

/** @param {import("./parametros.js").Parametros} parametros */
function llenar(parametros) {
  pagina.textContent = JSON.stringify(combinar(JSON.parse(pagina.textContent ?? ""), parametros));
  document.body.dataset.usuario = String(parametros.usuario);
  for (const lugar of document.querySelectorAll("[data-parametro]")) {
    const nombre = /** @type {HTMLElement} */ (lugar).dataset.parametro ?? "";
    lugar.textContent = String(parametros[nombre] ?? "");
  }
}

// The service worker lets this one wait for the server, however slow it is.
function irAlServidor() {
  document.documentElement.dataset.sinPersona = "";
  const mesa = document.querySelector(".navegacion [aria-current]");
  busqueda.set("servidor", "1");
  location.replace(`${mesa?.getAttribute("href") ?? "/"}?${busqueda}`);
}
