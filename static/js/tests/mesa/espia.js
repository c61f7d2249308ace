// A part's neighbours in a test of it alone: they write down what they are asked, and answer as told.

/**
 * A neighbour called `nombre`, whose calls go to `hechos` as "nombre.method" with what they were given.
 * Of `respuestas` a function answers a call; anything else is what a member holds.
 */
export function espia(hechos, nombre, respuestas = {}) {
  return new Proxy(respuestas, {
    get(objeto, miembro) {
      const respuesta = objeto[miembro];
      if (Object.hasOwn(objeto, miembro) && typeof respuesta !== "function") return respuesta;
      return (...datos) => {
        hechos.push([`${nombre}.${miembro}`, ...datos]);
        return respuesta?.(...datos);
      };
    },
  });
}

/** The names of what was asked, in its order. */
export const nombres = (hechos) => hechos.map(([nombre]) => nombre);

/** A focus that nobody moves, or somebody does. */
export const foco = (hechos, { sigue = true, ...mas } = {}) =>
  espia(hechos, "foco", {
    mirar: () => () => sigue,
    dibujado: (tarea) => tarea(),
    libre: () => true,
    escribiendo: () => false,
    ...mas,
  });

/** Doing something that goes well, or does not. */
export const intento = (hechos, { bien = true } = {}) =>
  espia(hechos, "intento", {
    async hacer(tarea) {
      if (bien) await tarea();
      return bien;
    },
  });

/** What the toasts on the page say. */
export const dichos = () =>
  [...document.querySelectorAll(".aviso-texto")].map(({ textContent }) => textContent);
