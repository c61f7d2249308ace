// The session: nobody is thrown out of the desk, which goes on with what it has.

import { SinRed } from "../../comun/red.js";
import { frase } from "../../comun/frases.js";
import { pideEntrar } from "../../comun/rechazos.js";

export class SesionDeMesa {
  /**
   * @param {object} partes
   * @param {VistaDeSesion} partes.vista
   * @param {Pick<ServiciosDeMesa["red"], "pedir">} partes.red
   * @param {Pick<ServiciosDeMesa["conexion"], "bien" | "mal">} partes.conexion
   * @param {Pick<Parametros, "usuario"> & {urls: Pick<Direcciones, "sesion">}} partes.parametros
   */
  constructor({ vista, red, conexion, parametros }) {
    this.vista = vista;
    this.red = red;
    this.conexion = conexion;
    this.parametros = parametros;
  }

  /** Whether it ended, or is another person's. */
  get terminada() {
    return this.vista.sesion !== "";
  }

  /** @param {string} codigo of a sentence */
  decir(codigo) {
    this.vista.sesion = frase(codigo);
  }

  pedirEntrar() {
    this.decir("sesion");
  }

  /** Ask the server whose session this is by now. */
  async comprobar() {
    const { urls, usuario } = this.parametros;
    try {
      const { estado, cuerpo } = await this.red.pedir(urls.sesion);
      this.conexion.bien();
      if (pideEntrar(estado)) this.pedirEntrar();
      else if (estado === 200 && cuerpo.usuario === usuario) this.vista.sesion = "";
      else if (estado === 200) this.decir("otra_persona");
    } catch (error) {
      if (!(error instanceof SinRed)) throw error;
      this.conexion.mal();
    }
  }
}
