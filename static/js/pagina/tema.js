// Before the first paint: the theme and density this person chose, or the system's theme.
// A classic script in the head, without imports: a module would run after the paint.
(function () {
  const raiz = document.documentElement;
  const oscuro = window.matchMedia("(prefers-color-scheme: dark)");

  /** @param {string} clave */
  function leer(clave) {
    try {
      return localStorage.getItem(clave);
    } catch {
      return null; // storage switched off: the system's theme
    }
  }

  function pintar() {
    const elegido = leer("tema");
    const esOscuro = elegido === "oscuro" || (elegido !== "claro" && oscuro.matches);
    raiz.dataset.bsTheme = esOscuro ? "dark" : "light";
    raiz.dataset.densidad = leer("densidad") === "compacta" ? "compacta" : "comoda";
    const meta = document.querySelector('meta[name="theme-color"]');
    if (!(meta instanceof HTMLMetaElement)) return;
    meta.content = (esOscuro ? meta.dataset.oscuro : meta.dataset.claro) ?? "";
  }

  pintar();
  oscuro.addEventListener("change", pintar);
  // Another tab chose, or this one (apariencia.js).
  window.addEventListener("storage", pintar);
  document.addEventListener("apariencia", pintar);
})();
