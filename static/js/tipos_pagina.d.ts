// What every page has around the modules, for `tsc` alone: what htmx hands them of a request, and the
// events that the server and the modules send each other.

/** htmx hands a form's values as FormData that also reads and writes as an object. */
type ParametrosHtmx = FormData & Record<string, string | number>;

interface PedidoHtmx {
  verb: string;
  path: string;
  elt: HTMLElement;
  headers: Record<string, string>;
  parameters: ParametrosHtmx;
}

interface GlobalEventHandlersEventMap {
  /** A toast that the server sends in HX-Trigger. */
  aviso: CustomEvent<{ texto: string; nivel: import("./pagina/avisos.js").Nivel }>;
  /** The board: a card was dealt with, or wants to be drawn again. */
  "tablero:hecha": CustomEvent<{ clave: string }>;
  "tablero:refrescar": CustomEvent<unknown>;
}
