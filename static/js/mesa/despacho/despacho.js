// Sending and its consequences on the screen: summary, receipts, the sync chip, the catalogue's
// age, and sessions that end.

import { avisar } from "../../pagina/avisos.js";
import { CuotaLlena } from "../../comun/almacen.js";
import { porId } from "../../comun/dom.js";
import { paraLote, pendientes } from "../../cuaderno/lotes.js";
import { edad, pedirPermanencia } from "../../sin_linea/permanencia.js";
import { SinRed } from "../../comun/red.js";
import { frase, pedidos as enPedidos, plural } from "../../comun/textos.js";
import { OtraPestana } from "../../pestanas/titular.js";

const CATALOGO_CADA = 5 * 60_000;
const LOTES_A_LA_VISTA = 8;
const INSIGNIA_CADA = 3;

/** @returns {ParteDespacho & ThisType<Mesa>} */
export function despacho() {
  return {
    enLinea: true,
    sesion: "",
    enviando: 0,
    problema: "",
    esperando: false,
    catalogoTexto: "",
    catalogoAviso: "",
    catalogoEdad: "",
    permanencia: "",
    relojMal: "",

    prepararDespacho() {
      const { envio, almacen } = this.partes();
      if (pendientes(almacen).length) envio.seguir();
      this.traerCatalogo();
      setInterval(() => this.traerCatalogo(), CATALOGO_CADA);
      document.addEventListener("visibilitychange", () => this.alVolver());
      addEventListener("online", () => this.alVolver());
      // Nobody is thrown out of the desk: it goes on with what it has.
      document.addEventListener("sesion:terminada", (evento) => {
        evento.preventDefault();
        this.pedirEntrar();
      });
      this.prepararTraslado();
    },

    // --- The catalogue ---------------------------------------------------------------------------
    async traerCatalogo() {
      const { catalogo, conexion } = this.partes();
      try {
        await catalogo.abrir();
        const estado = await catalogo.actualizar();
        conexion.bien();
        this.mirarReloj();
        if (estado === 401) this.pedirEntrar();
      } catch (error) {
        if (error instanceof OtraPestana) return;
        if (error instanceof SinRed) conexion.mal();
        else this.catalogoAviso = "No se pudo bajar el catálogo completo; se reintenta solo.";
      }
    },

    alCambiarCatalogo({ listo, version, generado, enMemoria, cargando }) {
      this.catalogoAviso = enMemoria ? frase("catalogo_en_memoria") : "";
      if (listo && generado) this.catalogoTexto = `Catálogo del ${fecha(generado)}`;
      else this.catalogoTexto = cargando ? "Bajando el catálogo…" : "Sin catálogo en este equipo";
      this.partes()?.reloj.anotarCatalogo(generado);
      this.mirarEdad();
      if (listo) this.alCatalogoNuevo(version);
    },

    /** Without a line nobody knows what has changed since. */
    mirarEdad() {
      const { listo = false, generado = null } = this.partes()?.catalogo.estado ?? {};
      const vieja = this.enLinea || !listo ? "" : edad(generado, Date.now());
      this.catalogoEdad = vieja && `Sin línea, con un catálogo ${vieja}.`;
    },

    /** A clock that is wrong is said; it dates no order. */
    mirarReloj() {
      const { reloj } = this.partes();
      this.relojMal = reloj.equivocado()
        ? `${frase("reloj")} (${hora(new Date())} del ${dia(new Date())}).`
        : "";
    },

    // --- Sending ---------------------------------------------------------------------------------
    confirmarEnvio() {
      const dialogo = porId("dialogo_envio", HTMLDialogElement);
      this.mirarReloj();
      if (!this.resumen?.porEnviar || dialogo.open) return;
      dialogo.showModal();
    },

    async enviarTodo() {
      porId("dialogo_envio", HTMLDialogElement).close();
      const { envio, catalogo } = this.partes();
      const sigue = this.mirarFoco();
      this.problema = "";
      await this.hacer(() => envio.enviar(catalogo.estado.version));
      if (sigue()) this.enfocar(this.pedido ? "entrada_articulo" : "entrada_cliente");
    },

    reintentar() {
      this.partes().envio.seguir();
      this.partes().conexion.sondear();
    },

    alAvisar(evento, datos) {
      const { conexion } = this.partes();
      /** @type {{[Suceso in keyof SucesosDeEnvio]: (datos: SucesosDeEnvio[Suceso]) => unknown}} */
      const reacciones = {
        aceptado: ({ lote }) => this.mostrarLote(lote),
        progreso: () => {},
        libre: () => {
          conexion.bien();
          if (this.esperando) this.problema = "";
          this.esperando = false;
        },
        espera: (que) => this.alEsperar(que),
        devuelto: ({ codigo, detalle }) => (this.problema = unir(frase(codigo), detalle)),
        recibo: (recibo) => this.alRecibir(recibo),
      };
      reacciones[evento](datos);
      if (evento !== "progreso" && evento !== "libre") this.refrescar();
    },

    alEsperar({ codigo, detalle }) {
      if (codigo === "sin_red") this.partes().conexion.mal();
      if (codigo === "sesion" || codigo === "otra_persona") {
        this.sesion = frase(codigo);
        return;
      }
      this.esperando = true;
      this.problema = unir(frase(codigo), detalle);
    },

    async alRecibir(recibo) {
      const eraDelLote =
        this.activo in recibo.rechazos ||
        recibo.guardados.some(({ cliente }) => cliente === this.activo);
      const { libreta } = this.partes();
      await libreta.anotarGuardados(recibo).catch(soloSinPoderAnotar);
      const bien = recibo.guardados.length;
      const mal = Object.keys(recibo.rechazos).length;
      const avisados = recibo.guardados.filter(({ avisos }) => avisos.length > 0).length;
      const partes = [
        `Enviados ${bien + mal} = guardados ${bien}${mal ? ` + devueltos ${mal}` : ""}.`,
      ];
      if (mal) partes.push("Cada pedido devuelto dice su motivo: corregir y reenviar.");
      if (avisados) partes.push(`${enPedidos(avisados)} con avisos: ver el lote.`);
      avisar(partes.join(" "), { nivel: mal ? "aviso" : "exito" });
      // What comes back may have been priced by an older catalogue.
      if (mal) await this.ponerAlDia();
      this.refrescar();
      // Whoever was looking at an order of this lote sees next what came back of it.
      const vuelto = this.activo in recibo.rechazos ? this.activo : Object.keys(recibo.rechazos)[0];
      if (mal && (eraDelLote || !this.pedido) && !this.escribiendo())
        this.mostrarCliente(vuelto, { enfocar: this.focoLibre() });
    },

    /**
     * Put the server's live badge of a lote on top of the list. Until it comes it is asked for again
     * by the place that waits for it; from then on it keeps itself up to date.
     */
    mostrarLote(lote) {
      const lista = porId("lotes_de_hoy", HTMLElement);
      if (lista.querySelector(`[data-lote="${lote}"]`)) return;
      const lugar = document.createElement("li");
      const { urls } = this.parametros;
      const enlace = lugar.appendChild(document.createElement("a"));
      enlace.href = paraLote(urls.lote_pagina, lote);
      enlace.textContent = hora(new Date());
      lugar.appendChild(huecoDeInsignia(lote, paraLote(urls.lote_estado, lote)));
      lista.prepend(lugar);
      while (lista.children.length > LOTES_A_LA_VISTA) lista.lastElementChild?.remove();
      window.htmx.process(lugar);
      porId("sin_lotes", HTMLElement).hidden = true;
    },

    // --- Connection and session --------------------------------------------------------------------
    alCambiarConexion(enLinea) {
      this.enLinea = enLinea;
      this.mirarEdad();
      this.refrescar();
      if (!enLinea) return;
      this.alVolver();
      this.traerCatalogo();
    },

    alVolver() {
      if (document.hidden) return;
      const { envio, almacen } = this.partes();
      if (pendientes(almacen).length) envio.seguir();
      if (this.sesion) this.comprobarSesion();
    },

    pedirEntrar() {
      this.sesion = frase("sesion");
    },

    async comprobarSesion() {
      const { red, conexion } = this.partes();
      try {
        const { estado, cuerpo } = await red.pedir(this.parametros.urls.sesion);
        conexion.bien();
        if (estado === 401) this.sesion = frase("sesion");
        else if (estado === 200)
          this.sesion = cuerpo.usuario === this.parametros.usuario ? "" : frase("otra_persona");
      } catch (error) {
        if (!(error instanceof SinRed)) throw error;
        conexion.mal();
      }
    },

    /** Ask the browser, once there is something to lose, not to throw it away; say what it said. */
    async protegerDatos() {
      if (this.protegido) return;
      this.protegido = true;
      const respuesta = await pedirPermanencia(navigator.storage);
      if (respuesta) this.permanencia = frase(respuesta);
    },

    // --- Texts ---------------------------------------------------------------------------
    textoEnviar() {
      return this.resumen?.porEnviar
        ? `Enviar ${enPedidos(this.resumen.porEnviar)}`
        : "Nada para enviar";
    },

    textoGuardados() {
      return this.resumen
        ? `${enPedidos(this.resumen.guardados)} · ${this.resumen.totalGuardado}`
        : "";
    },

    chipTexto() {
      const guardados = this.resumen?.pedidos ?? 0;
      if (this.sesion) return "Sesión terminada";
      if (!this.enLinea)
        return `Sin conexión – ${enPedidos(guardados)} en este equipo${this.queEspera()}`;
      if (this.enviando) return `Enviando ${enPedidos(this.enviando)}`;
      return "En línea";
    },

    queEspera() {
      return this.enviando ? `, ${plural(this.enviando, "espera", "esperan")} para salir` : "";
    },

    chipCorto() {
      if (this.sesion) return "Sesión terminada";
      if (!this.enLinea) return "Sin conexión";
      return this.enviando ? "Enviando" : "En línea";
    },

    chipPunto() {
      if (this.sesion || !this.enLinea) return "punto-aviso";
      return this.enviando ? "punto-curso" : "punto-exito";
    },
  };
}

// A poll like any other: it rests while nobody sees the page, and no failure ends it.
/**
 * @param {string} lote
 * @param {string} url
 */
function huecoDeInsignia(lote, url) {
  const hueco = document.createElement("div");
  hueco.className = "lote-estado";
  hueco.dataset.lote = lote;
  hueco.dataset.sondeo = "";
  hueco.textContent = "Pidiendo su estado…";
  const atributos = {
    get: url,
    trigger: `load, every ${INSIGNIA_CADA}s`,
    target: "this",
    swap: "outerHTML",
  };
  for (const [nombre, valor] of Object.entries(atributos))
    hueco.setAttribute(`hx-${nombre}`, valor);
  return hueco;
}

/**
 * @param {string} dicho
 * @param {string} detalle
 */
function unir(dicho, detalle) {
  return [dicho, detalle].filter(Boolean).join(" ");
}

// The receipt is the server's: without room for it, or in a tab that only looks on, it is shown.
/** @param {unknown} error */
function soloSinPoderAnotar(error) {
  if (!(error instanceof CuotaLlena || error instanceof OtraPestana)) throw error;
}

/** @param {Date} momento */
function hora(momento) {
  return new Intl.DateTimeFormat("es-PY", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(momento);
}

/** @param {Date} momento */
function dia(momento) {
  return new Intl.DateTimeFormat("es-PY", {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  }).format(momento);
}

/** @param {string} iso */
function fecha(iso) {
  return new Intl.DateTimeFormat("es-PY", {
    day: "2-digit",
    month: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).format(new Date(iso));
}
