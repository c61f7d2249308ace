// Starts Alpine with the desk's component, and the keys that work everywhere on the page.

import Alpine from "../../vendor/alpine-csp.js";
import { mesa } from "./mesa.js";
import { guardar } from "../sin_linea/parametros.js";

// A shell that has nobody is on its way to the server (cascaron.js).
if (!("sinPersona" in document.documentElement.dataset)) {
  const texto = document.getElementById("parametros")?.textContent;
  if (texto) guardar(() => localStorage, JSON.parse(texto), Date.now());
  Alpine.data("mesa", mesa);
  // Having read a hundred modules is a task, and drawing the desk another: a key comes in between.
  await new Promise((seguir) => setTimeout(seguir));
  Alpine.start();
}
