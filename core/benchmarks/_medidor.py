"""What a page measures of itself: the JavaScript of `./dev bench navegador`."""

from __future__ import annotations

from typing import Final

# Before anything of the page runs: long tasks, and when the catalogue can be searched.
AL_ABRIR: Final = """
window.largas = [];
new PerformanceObserver((lista) => {
  for (const { startTime, duration } of lista.getEntries()) largas.push([startTime, duration]);
}).observe({ type: "longtask", buffered: true });
new MutationObserver((_, observador) => {
  const dicho = document.querySelector(".mesa-pie .nota")?.textContent ?? "";
  if (!dicho.startsWith("Catálogo del")) return;
  observador.disconnect();
  document.documentElement.dataset.listo = String(performance.now());
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
# From the key's own time to the page with the rows that answer what it left in the field, and to
# the frame that shows them: over once a message sent from its animation callback arrives.
MEDIR: Final = """(campo) => {
  const entrada = document.getElementById(campo);
  const raiz = () => document.getElementById(`${campo.split("_")[1]}s_picker`);
  const marco = raiz().parentElement;
  const canal = new MessageChannel();
  const contesta = () => !raiz().hidden && raiz().dataset.q === entrada.value.trim();
  let alCuadro = () => {};
  canal.port1.onmessage = () => alCuadro(performance.now());
  window.muestras = [];
  entrada.addEventListener("keydown", ({ timeStamp, key }) => {
    if (key.length !== 1 || key === " ") return;
    muestras.push(new Promise((resolver) => {
      const vigia = new MutationObserver(() => {
        if (!contesta()) return;
        const pagina = performance.now() - timeStamp;
        vigia.disconnect();
        alCuadro = (ahora) => resolver([pagina, ahora - timeStamp]);
        requestAnimationFrame(() => canal.port2.postMessage(0));
      });
      vigia.observe(marco, { subtree: true, childList: true, attributes: true });
      setTimeout(resolver, 5000, null);
    }));
  }, { capture: true });
}"""
# The same for a field whose Worker has nothing to look through: what any key costs here that asks a
# Worker and shows what it says.
REFERENCIA: Final = """async () => {
  const { trabajador } = JSON.parse(document.getElementById("parametros").textContent);
  const hilo = new Worker(trabajador, { type: "module" });
  const preguntar = (q) => new Promise((resolver) => {
    hilo.onmessage = resolver;
    hilo.postMessage({ n: 1, tarea: "clientes", datos: { q, limite: 20 } });
  });
  await preguntar("");
  const entrada = document.createElement("input");
  entrada.id = "referencia";
  const eco = document.createElement("p");
  document.body.prepend(entrada, eco);
  const canal = new MessageChannel();
  let alCuadro = () => {};
  canal.port1.onmessage = () => alCuadro(performance.now());
  let desde = 0;
  window.muestras = [];
  entrada.addEventListener("keydown", ({ timeStamp }) => (desde = timeStamp));
  entrada.addEventListener("input", () => {
    muestras.push(preguntar(entrada.value).then(() => new Promise((resolver) => {
      eco.textContent = entrada.value;
      const [pagina, inicio] = [performance.now() - desde, desde];
      alCuadro = (ahora) => resolver([pagina, ahora - inicio]);
      requestAnimationFrame(() => canal.port2.postMessage(0));
    })));
  });
}"""
# Asked for after several keys: whoever asks takes time from what is measured.
MUESTRAS: Final = "() => Promise.all(muestras.splice(0))"
# The row that is marked, where it is on the screen, and how far its list is scrolled.
MARCADA: Final = """(campo) => {
  const lista = document.querySelector(`#${campo.split("_")[1]}s_picker [role=listbox]`);
  const marcada = lista.querySelector("[aria-selected=true]");
  return [marcada?.id, marcada?.getBoundingClientRect().top, lista.scrollTop];
}"""
VACIAR: Final = """(campo) => {
  const entrada = document.getElementById(campo);
  entrada.value = "";
  entrada.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# The desk kept by the service worker, and the catalogue as it is searched by its own.
LISTO: Final = """async () => {
  await navigator.serviceWorker.ready;
  const hay = async () => (await caches.keys()).some((nombre) => nombre.startsWith("cp-"));
  const preparada = async () => (await (await caches.open("catalogo-preparado")).keys()).length > 2;
  while (!navigator.serviceWorker.controller || !(await hay()) || !(await preparada()))
    await new Promise((seguir) => setTimeout(seguir, 100));
}"""
GUARDADO: Final = """() => Object.fromEntries(Object.entries(localStorage)
  .filter(([clave]) => /:cat/.test(clave)).map(([clave, { length }]) => [clave, length]))"""
INFLAR: Final = """async (modulo) => {
  const { default: LZString } = await import(modulo);
  const textos = Object.keys(localStorage)
    .filter((clave) => /:cat:/.test(clave))
    .map((clave) => localStorage.getItem(clave));
  const empieza = performance.now();
  for (const texto of textos) JSON.parse(LZString.decompressFromUTF16(texto));
  return performance.now() - empieza;
}"""
