// This page and the service worker: a new version waits until somebody wants it, and no open page
// changes its code. Where the server has switched the worker off, the page takes it away.

const CADA = 60 * 60_000;
// As servicio.js names what it keeps.
const PREFIJO = "cp-";

/**
 * @typedef {Pick<ServiceWorker, "postMessage">} Trabajador
 * @typedef {Pick<ServiceWorkerContainer, "controller" | "register" | "getRegistration" | "addEventListener">} Contenedor
 */

export class Actualizacion {
  /**
   * @param {object} partes
   * @param {Contenedor} partes.contenedor navigator.serviceWorker
   * @param {Pick<CacheStorage, "keys" | "delete">} partes.depositos window.caches
   * @param {string} partes.url of the worker; "" where it is switched off
   * @param {string} partes.version this page's
   * @param {(usar: () => void) => void} partes.ofrecer says that there is a new version; `usar` takes it
   * @param {() => void} partes.recargar
   */
  constructor({ contenedor, depositos, url, version, ofrecer, recargar }) {
    this.contenedor = contenedor;
    this.depositos = depositos;
    this.url = url;
    this.version = version;
    this.ofrecer = ofrecer;
    this.recargar = recargar;
    /** @type {ServiceWorkerRegistration | undefined} */
    this.registro = undefined;
    this.controlada = contenedor.controller !== null;
    this.aceptada = false;
  }

  async iniciar() {
    if (!this.url) {
      await this.darDeBaja();
      return;
    }
    this.contenedor.addEventListener("controllerchange", () => void this.alCambiar());
    this.registro = await this.contenedor.register(this.url, { updateViaCache: "none" });
    // Where workers are blocked there is no registration.
    if (!this.registro) return;
    this.registro.addEventListener("updatefound", () => this.seguir(this.registro?.installing));
    this.seguir(this.registro.installing);
    if (this.registro.waiting) await this.alEsperar(this.registro.waiting);
  }

  // Not left to the worker that leaves (servicio_baja.js): that one waits, up to five minutes, for
  // whatever the one at work has not finished.
  async darDeBaja() {
    const registro = await this.contenedor.getRegistration();
    await registro?.unregister();
    const propios = (await this.depositos.keys()).filter((nombre) => nombre.startsWith(PREFIJO));
    await Promise.all(propios.map((nombre) => this.depositos.delete(nombre)));
  }

  /** Ask the server whether there is a new version. Without a line there is none to be had. */
  async buscar() {
    await this.registro?.update().catch(() => undefined);
  }

  /** @param {ServiceWorker | null | undefined} nuevo */
  seguir(nuevo) {
    nuevo?.addEventListener("statechange", () => {
      if (nuevo.state === "installed" && this.registro?.active) void this.alEsperar(nuevo);
    });
  }

  // A page that the server already gave in the new version has nothing to be asked.
  /** @param {Trabajador} nuevo */
  async alEsperar(nuevo) {
    if ((await versionDe(nuevo)) === this.version) nuevo.postMessage({ tipo: "aplicar" });
    else this.ofrecer(() => this.aceptar(nuevo));
  }

  /** @param {Trabajador} nuevo */
  aceptar(nuevo) {
    this.aceptada = true;
    nuevo.postMessage({ tipo: "aplicar" });
  }

  // Another worker has this page now: by this page's own will, or by another tab's.
  async alCambiar() {
    const { controller } = this.contenedor;
    const primera = !this.controlada;
    this.controlada = true;
    if (this.aceptada) this.recargar();
    else if (!primera && controller && (await versionDe(controller)) !== this.version)
      this.ofrecer(this.recargar);
  }
}

/**
 * @param {Trabajador} trabajador
 * @returns {Promise<string>}
 */
function versionDe(trabajador) {
  return new Promise((resolver) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolver(data);
    };
    trabajador.postMessage({ tipo: "version" }, [port2]);
  });
}

/** Once everything that the page names is here. @returns {Promise<unknown>} */
function cargada() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolver) => addEventListener("load", resolver, { once: true }));
}

export function iniciarActualizacion() {
  const franja = document.querySelector("[data-version-nueva]");
  // Without HTTPS there are no service workers.
  if (!navigator.serviceWorker || !(franja instanceof HTMLElement)) return;
  const actualizacion = new Actualizacion({
    contenedor: navigator.serviceWorker,
    depositos: caches,
    url: document.body.dataset.servicio ?? "",
    version: document.documentElement.dataset.version ?? "",
    ofrecer: (usar) => {
      franja.hidden = false;
      franja.querySelector("button")?.addEventListener("click", usar, { once: true });
    },
    recargar: () => location.reload(),
  });
  // Whatever the worker does, the page works. A worker that changes while the page's modules still
  // come may leave one of them unanswered.
  void cargada().then(() => actualizacion.iniciar().catch(() => undefined));
  setInterval(() => void actualizacion.buscar(), CADA);
  addEventListener("online", () => void actualizacion.buscar());
}
