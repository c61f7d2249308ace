// The way out and in of unsent orders as a file: when nothing else works.

import { exportar, importar } from "./archivo.js";
import { avisar } from "./avisos.js";
import { pedidos } from "./textos.js";

export function traslado() {
  return {
    prepararTraslado() {
      const campo = document.getElementById("archivo_pedidos");
      campo.addEventListener("change", () => this.importarArchivo(campo));
    },

    exportarPedidos() {
      exportar(this.partes().almacen, this.parametros);
    },

    elegirArchivo() {
      document.getElementById("archivo_pedidos").click();
    },

    async importarArchivo(campo) {
      const [archivo] = campo.files;
      if (!archivo) return;
      const texto = await archivo.text();
      campo.value = "";
      let traidos = 0;
      await this.hacer(async () => {
        const hecho = await importar(this.partes().almacen, this.parametros, texto);
        if (hecho.codigo) return this.rechazar(hecho.codigo);
        traidos = hecho.traidos;
        const resto = hecho.quedan
          ? ` ${pedidos(hecho.quedan)} ya estaban abiertos y quedaron como estaban.`
          : "";
        avisar(`Importados: ${pedidos(traidos)}.${resto}`, { nivel: "exito" });
        return this.alVolver();
      });
      if (traidos) await this.ponerAlDia();
    },
  };
}
