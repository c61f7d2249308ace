// The switches of theme and density in the account menu; tema.js paints what they choose.

/** @typedef {{clave: string, dato: string, defecto: string}} Opcion */

/** @type {Opcion[]} */
const OPCIONES = [
  { clave: "tema", dato: "tema", defecto: "auto" },
  { clave: "densidad", dato: "densidadOpcion", defecto: "comoda" },
];

export function iniciarApariencia() {
  for (const opcion of OPCIONES) {
    const botones = botonesDe(opcion.dato);
    botones.forEach((boton) => boton.addEventListener("click", () => elegir(opcion, boton)));
    marcar(opcion, botones);
  }
}

/**
 * @param {Opcion} opcion
 * @param {HTMLElement} boton
 */
function elegir(opcion, boton) {
  guardar(opcion, boton.dataset[opcion.dato] ?? opcion.defecto);
  document.dispatchEvent(new Event("apariencia"));
  marcar(opcion, botonesDe(opcion.dato));
}

/** @param {string} dato */
function botonesDe(dato) {
  return [...document.querySelectorAll("button")].filter((boton) => dato in boton.dataset);
}

/**
 * @param {Opcion} opcion
 * @param {HTMLElement[]} botones
 */
function marcar({ clave, dato, defecto }, botones) {
  const elegido = leer(clave) ?? defecto;
  botones.forEach((boton) =>
    boton.setAttribute("aria-pressed", String(boton.dataset[dato] === elegido)),
  );
}

/**
 * @param {Opcion} opcion
 * @param {string} valor
 */
function guardar({ clave, defecto }, valor) {
  try {
    if (valor === defecto) localStorage.removeItem(clave);
    else localStorage.setItem(clave, valor);
  } catch {
    // No storage or no space: the choice lasts until the next page.
  }
}

/** @param {string} clave */
function leer(clave) {
  try {
    return localStorage.getItem(clave);
  } catch {
    return null;
  }
}
