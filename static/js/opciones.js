// The pickers' fragments built in the page, with the server's own row markup from <template>:
// what answers when there is no connection. Only textContent: names are never markup.

/** Replace the picker's root with these rows. */
export function pintar(raiz, plantilla, { q, filas, mas, pie }) {
  const nueva = plantilla.content.firstElementChild.cloneNode(true);
  nueva.dataset.q = q;
  const lista = nueva.querySelector("[role=listbox]");
  const modelo = lista.firstElementChild;
  lista.replaceChildren(...filas.map((fila) => opcion(modelo, fila)));
  if (filas.length === 0) lista.remove();
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
