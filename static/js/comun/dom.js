// Elements of the page, found with their kind. What the templates always draw is asked for with
// `porId` or `uno`: where it is missing, the error says which element that was.

/** The page is not the one that this code was written for. */
export class FaltaElemento extends Error {}

/**
 * The element with this id, which must be there.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} Clase
 * @returns {T}
 */
export function porId(id, Clase) {
  return exigir(document.getElementById(id), `#${id}`, Clase);
}

/**
 * The first element of a selector, which must be there.
 * @template {Element} T
 * @param {ParentNode} raiz
 * @param {string} selector
 * @param {new () => T} Clase
 * @returns {T}
 */
export function uno(raiz, selector, Clase) {
  return exigir(raiz.querySelector(selector), selector, Clase);
}

/**
 * The first element of a selector, if there is one and it is of this kind.
 * @template {Element} T
 * @param {ParentNode} raiz
 * @param {string} selector
 * @param {new () => T} Clase
 * @returns {T | null}
 */
export function hallar(raiz, selector, Clase) {
  const hallado = raiz.querySelector(selector);
  return hallado instanceof Clase ? hallado : null;
}

/**
 * All the elements of a selector that are of this kind.
 * @template {Element} T
 * @param {ParentNode} raiz
 * @param {string} selector
 * @param {new () => T} Clase
 * @returns {T[]}
 */
export function todos(raiz, selector, Clase) {
  return [...raiz.querySelectorAll(selector)].flatMap((hallado) =>
    hallado instanceof Clase ? [hallado] : [],
  );
}

/**
 * The element an event happened in, or the one around it that a selector names: null if there is
 * none, as when it happened to the document.
 * @param {Event} evento
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function alrededor({ target }, selector) {
  const hallado = target instanceof Element ? target.closest(selector) : null;
  return hallado instanceof HTMLElement ? hallado : null;
}

/**
 * @template {Element} T
 * @param {Element | null} hallado
 * @param {string} nombre
 * @param {new () => T} Clase
 * @returns {T}
 */
function exigir(hallado, nombre, Clase) {
  if (hallado instanceof Clase) return hallado;
  throw new FaltaElemento(hallado ? `${nombre} is no ${Clase.name}` : `${nombre} is not there`);
}

/**
 * Press a key where the focus is: whoever listens has it first, then the field.
 * @param {string} key
 */
export function pulsar(key) {
  const campo = document.activeElement;
  const evento = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  if (!campo?.dispatchEvent(evento)) return;
  if (!(campo instanceof HTMLInputElement || campo instanceof HTMLTextAreaElement)) return;
  const { selectionStart: desde, selectionEnd: hasta } = campo;
  if (desde === null || hasta === null) return;
  if (key === "Backspace")
    campo.setRangeText("", desde === hasta ? Math.max(0, desde - 1) : desde, hasta, "end");
  else if (key !== "Enter") campo.setRangeText(key, desde, hasta, "end");
  else return;
  campo.dispatchEvent(new Event("input", { bubbles: true }));
}
