// The pickers' fragments built in the page, with the server's own row markup from <template>:
// what answers when there is no connection. Only textContent: names are never markup.

import { contar, formatear, plano } from "./dinero.js";
import { aMinimos } from "./motor.js";

/** Replace the picker's root with these rows. */
export function pintar(raiz, plantilla, { q, filas, mas, pie }) {
  const nueva = plantilla.content.firstElementChild.cloneNode(true);
  nueva.dataset.q = q;
  const lista = nueva.querySelector("[role=listbox]");
  const modelo = lista.firstElementChild;
  lista.replaceChildren(...filas.map((fila) => opcion(modelo, fila)));
  lista.hidden = filas.length === 0;
  nueva.querySelector("[data-pie]").textContent = pie(filas.length, mas);
  raiz.replaceWith(nueva);
  return nueva;
}

function opcion(modelo, fila) {
  const nodo = modelo.cloneNode(true);
  nodo.id = `${nodo.dataset.tipo}-${fila.id}`;
  Object.assign(nodo.dataset, fila);
  for (const hueco of nodo.querySelectorAll("[data-campo]")) {
    hueco.textContent = fila[hueco.dataset.campo] ?? "";
  }
  if (fila.precio === "") nodo.setAttribute("aria-disabled", "true");
  else nodo.removeAttribute("aria-disabled");
  return nodo;
}

/** A catalogue's client as the server's option has it. */
export function opcionDeCliente(fila) {
  const { id, ruc, nombrefactura: razon, canal, canal_nombre } = fila;
  return {
    id,
    nombre: fila.nombrefantasia || razon,
    razon,
    ruc,
    canal: String(canal),
    canal_nombre,
  };
}

/** An article likewise, its price in micros; without one it cannot be chosen. */
export function opcionDeArticulo(fila, decimales) {
  const menor = fila.precio === null ? null : aMinimos(fila.precio, decimales);
  const texto = (micros) => formatear(aMinimos(micros, decimales), decimales);
  return {
    id: fila.id,
    codigo: String(fila.codigo),
    descripcion: fila.descripcion,
    marca: fila.prod_marca,
    barras: fila.codigo_barras ?? "",
    tasa: String(fila.tasa_iva),
    precio: menor === null ? "" : plano(menor, decimales),
    precio_texto: menor === null ? "Sin precio para este cliente" : formatear(menor, decimales),
    desde: fila.desde ? `desde ${contar(fila.desde.cantidad)}: ${texto(fila.desde.final)}` : "",
  };
}

/** What the list's foot says. */
export function pieDe(uno) {
  return (total, mas) => {
    if (total === 0) return `Ningún ${uno} coincide: probar con menos letras.`;
    return mas ? "Hay más: seguir escribiendo." : "";
  };
}
