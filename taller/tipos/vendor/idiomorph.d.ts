// static/vendor/idiomorph.js as the modules use it.
export const Idiomorph: {
  morph(
    viejo: Element,
    nuevo: Node | string,
    opciones?: { morphStyle?: "innerHTML" | "outerHTML"; [opcion: string]: unknown },
  ): Node[];
};
