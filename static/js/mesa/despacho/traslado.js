// The way out and in of unsent orders as a file: when nothing else works.

import { exportar, importar } from "../../cuaderno/archivo.js";
import { avisar } from "../../pagina/avisos.js";
import { porId } from "../../comun/dom.js";
import { pedidos } from "../../comun/textos.js";

const ARCHIVO = "archivo_pedidos";

/** @returns {ParteTraslado & ThisType<Mesa>} */
export function traslado() {
  return {
    prepararTraslado() {
      const campo = porId(ARCHIVO, HTMLInputElement);
      campo.addEventListener("change", () => this.importarArchivo(campo));
    },

    exportarPedidos() {
      exportar(this.partes().almacen, this.parametros);
    },

    elegirArchivo() {
      porId(ARCHIVO, HTMLInputElement).click();
    },

    async importarArchivo(campo) {
      const archivo = campo.files?.[0];
      if (!archivo) return;
      const texto = await archivo.text();
      campo.value = "";
      let traidos = 0;
      await this.hacer(async () => {
        const hecho = await importar(this.partes().almacen, this.parametros, texto);
        if (hecho.codigo) return this.rechazar(hecho.codigo);
        traidos = hecho.traidos ?? 0;
        const resto = hecho.quedan
          ? ` ${pedidos(hecho.quedan)} ya estaban abiertos y quedaron como estaban.`
          : "";
        avisar(`Importados: ${pedidos(traidos)}.${resto}`, { nivel: "exito" });
        return this.alVolver();
      });
      if (!traidos) return;
      this.mostrarUltimo();
      await this.ponerAlDia();
    },
  };
}
