// When order entry cannot open, what is kept is shown without it: who ordered, how many lines, and a
// way out as a file. Leans on nothing that may be what failed: each import has a way around it.

const ESPERA = 12_000;
const TRAS_UN_ERROR = 1_500;

/**
 * What this person's orders are, from the storage alone.
 * @param {Pick<Storage, "length" | "key" | "getItem">} storage
 * @param {string} usuario
 * @param {(texto: string) => unknown} inflar
 * @returns {{cliente: string, nombre: string, lineas: number | null}[]} `lineas` null: not readable
 */
export function listar(storage, usuario, inflar) {
  return claves(storage, usuario)
    .filter((clave) => clave.endsWith(":orders"))
    .flatMap((clave) => {
      const orders = leer(storage, clave, inflar);
      if (orders === null) return [{ cliente: "", nombre: clave, lineas: null }];
      const fichas = leer(storage, clave.replace(/orders$/, "fichas"), inflar);
      const clientes = comoObjeto(fichas?.clientes);
      return Object.entries(orders).map(([cliente, valor]) => ({
        cliente,
        nombre: String(comoObjeto(clientes?.[cliente])?.nombre ?? `Cliente ${cliente}`),
        lineas: cuantas(valor),
      }));
    });
}

/**
 * Everything this person keeps here, as it is kept: for whoever has to look into it.
 * @param {Pick<Storage, "length" | "key" | "getItem">} storage
 * @param {string} usuario
 */
export function crudo(storage, usuario) {
  const sin = claves(storage, usuario).filter(
    (clave) => !/^cp:[^:]+:[^:]+:[^:]+:cat(:|$)/.test(clave),
  );
  const textos = Object.fromEntries(sin.map((clave) => [clave, storage.getItem(clave)]));
  return JSON.stringify({ formato: "carga-pedidos/crudo", claves: textos }, null, 1);
}

/**
 * @param {Pick<Storage, "length" | "key">} storage
 * @param {string} usuario
 */
function claves(storage, usuario) {
  const todas = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  return todas.filter((clave) => /^cp:[^:]+:[^:]+:/.test(clave) && clave.split(":")[3] === usuario);
}

/**
 * @param {Pick<Storage, "getItem">} storage
 * @param {string} clave
 * @param {(texto: string) => unknown} inflar
 */
function leer(storage, clave, inflar) {
  return comoObjeto(inflar(storage.getItem(clave) ?? ""));
}

/**
 * @param {unknown} valor
 * @returns {Record<string, unknown> | null}
 */
function comoObjeto(valor) {
  return typeof valor === "object" && valor !== null ? { ...valor } : null;
}

/** @param {unknown} valor an order, in either of its shapes, or what is left of one */
function cuantas(valor) {
  const lineas = Array.isArray(valor) ? valor : comoObjeto(valor)?.detalles;
  return Array.isArray(lineas) ? lineas.length : null;
}

function iniciarRescate() {
  const pagina = document.documentElement;
  const lista = () => pagina.dataset.mesa === "lista";
  let reloj = setTimeout(() => mostrar("sin respuesta"), ESPERA);
  addEventListener("error", ({ message }) => {
    if (lista()) return;
    clearTimeout(reloj);
    reloj = setTimeout(() => lista() || mostrar(message), TRAS_UN_ERROR);
  });
  // Late is not never.
  new MutationObserver(() => lista() && esconder()).observe(pagina, {
    attributeFilter: ["data-mesa"],
  });
  /** @param {string} causa */
  const mostrar = (causa) => lista() || void abrir(causa);
  document
    .querySelector("[data-rescate-abrir]")
    ?.addEventListener("click", () => location.reload());
  document
    .querySelector("[data-rescate-exportar]")
    ?.addEventListener("click", () => void exportar());
}

/** @param {string} causa */
async function abrir(causa) {
  alternar(true);
  uno("[data-rescate-causa]").textContent = causa;
  const filas = listar(localStorage, deQuien(), await inflador());
  uno("[data-rescate-nada]").hidden = filas.length > 0;
  uno("[data-rescate-pedidos]").replaceChildren(...filas.map(fila));
}

function esconder() {
  alternar(false);
}

/** @param {boolean} rescatando */
function alternar(rescatando) {
  uno("#rescate").hidden = !rescatando;
  uno(".mesa").hidden = rescatando;
}

function deQuien() {
  return document.body.dataset.usuario ?? "";
}

// An element of the page; its own, because nothing is imported here. One that is not there is drawn
// in vain: what can be shown and exported still is.
/**
 * @param {string} selector
 * @returns {HTMLElement}
 */
function uno(selector) {
  const hallado = document.querySelector(selector);
  return hallado instanceof HTMLElement ? hallado : document.createElement("div");
}

/** @param {ReturnType<typeof listar>[number]} pedido */
function fila({ nombre, lineas }) {
  const elemento = document.createElement("li");
  elemento.textContent =
    lineas === null ? `${nombre}: no se puede leer` : `${nombre}: ${lineas} líneas`;
  return elemento;
}

/** @returns {Promise<(texto: string) => unknown>} */
async function inflador() {
  const modulo = await import("../../vendor/lz-string.js").catch(() => null);
  return (texto) => {
    try {
      return JSON.parse(modulo?.default.decompressFromUTF16(texto) ?? "");
    } catch {
      return null;
    }
  };
}

// The desk's own file, which another machine takes in; if that cannot be made, all as it is.
async function exportar() {
  const texto = await comoArchivo().catch(() => crudo(localStorage, deQuien()));
  const enlace = document.createElement("a");
  enlace.href = URL.createObjectURL(new Blob([texto], { type: "application/json" }));
  enlace.download = "pedidos-sin-enviar.json";
  enlace.click();
}

async function comoArchivo() {
  const [{ Almacen }, { componer }] = await Promise.all([
    import("../comun/almacen.js"),
    import("../cuaderno/archivo.js"),
  ]);
  const parametros = JSON.parse(uno("#parametros").textContent ?? "");
  return componer(new Almacen({ storage: localStorage, ambito: parametros }), parametros);
}

if (globalThis.document) iniciarRescate();
