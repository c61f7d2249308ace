// What sending tells, and what is said of it on the screen.

import { avisar } from "../../pagina/avisos.js";
import { frase } from "../../comun/frases.js";
import { esDeSesion } from "../../comun/rechazos.js";
import { textoDeNoAcordados } from "../../comun/textos.js";

/**
 * @typedef {import("./lotes_de_hoy.js").LotesDeHoy} LotesDeHoy
 * @typedef {import("./recibos.js").Recibos} Recibos
 * @typedef {import("./sesion.js").SesionDeMesa} SesionDeMesa
 * @typedef {import("../pantalla/pantalla.js").Pantalla} Pantalla
 */

export class Noticias {
  /**
   * @param {object} partes
   * @param {VistaDeNoticias} partes.vista
   * @param {Pick<ServiciosDeMesa["conexion"], "bien" | "mal">} partes.conexion
   * @param {Pick<SesionDeMesa, "decir">} partes.sesion
   * @param {Pick<LotesDeHoy, "mostrar">} partes.lotesDeHoy
   * @param {Pick<Recibos, "alRecibir">} partes.recibos
   * @param {Pick<Pantalla, "refrescar">} partes.pantalla
   */
  constructor({ vista, conexion, sesion, lotesDeHoy, recibos, pantalla }) {
    this.vista = vista;
    this.conexion = conexion;
    this.sesion = sesion;
    this.lotesDeHoy = lotesDeHoy;
    this.recibos = recibos;
    this.pantalla = pantalla;
    /** Whether what is said is that sending waits. */
    this.esperando = false;
  }

  /**
   * @template {keyof SucesosDeEnvio} Suceso
   * @param {Suceso} evento
   * @param {SucesosDeEnvio[Suceso]} datos
   */
  alAvisar(evento, datos) {
    /** @type {{[Uno in keyof SucesosDeEnvio]: (datos: SucesosDeEnvio[Uno]) => unknown}} */
    const reacciones = {
      aceptado: ({ lote }) => this.lotesDeHoy.mostrar(lote),
      progreso: () => {},
      libre: () => this.alQuedarLibre(),
      espera: (que) => this.alEsperar(que),
      cambiados: ({ clientes }) => avisar(textoDeNoAcordados(clientes.length), { nivel: "aviso" }),
      devuelto: (que) => this.decir(que),
      recibo: (recibo) => this.recibos.alRecibir(recibo),
    };
    reacciones[evento](datos);
    if (evento !== "progreso" && evento !== "libre") this.pantalla.refrescar();
  }

  /** Somebody sends again: what was said is past. */
  olvidar() {
    this.vista.problema = "";
  }

  alQuedarLibre() {
    this.conexion.bien();
    if (this.esperando) this.olvidar();
    this.esperando = false;
  }

  /** @param {Pick<SucesosDeEnvio["espera"], "codigo" | "detalle">} que */
  alEsperar(que) {
    const { codigo } = que;
    if (codigo === "sin_red") this.conexion.mal();
    if (esDeSesion(codigo)) {
      this.sesion.decir(codigo);
      return;
    }
    this.esperando = true;
    this.decir(que);
  }

  /** @param {{codigo: string, detalle: string}} que the server's own words follow ours */
  decir({ codigo, detalle }) {
    this.vista.problema = [frase(codigo), detalle].filter(Boolean).join(" ");
  }
}
