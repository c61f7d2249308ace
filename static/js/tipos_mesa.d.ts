// The desk, for `tsc` alone: what its template reads, and what several of its parts pass to each other.

type Libreta = import("./cuaderno/libreta.js").Libreta;
type ServiciosDeMesa = ReturnType<typeof import("./mesa/servicios.js").montar>;
/** The picked option's data-*: texts, as the server's fragment or ours has them. */
interface OpcionDeArticulo {
  id: string;
  codigo: string;
  descripcion: string;
  marca: string;
  barras: string;
  tasa: string;
  precio: string;
  precio_texto?: string;
  desde?: string;
}
interface OpcionDeCliente {
  id: string;
  nombre: string;
  razon: string;
  ruc: string;
  canal: string;
  canal_nombre: string;
}
type Campo = HTMLInputElement;
type LineaALaVista = VistaDePedido["lineas"][number];
type VistaDePedido = ReturnType<typeof import("./mesa/vista.js").vistaPedido>;
type VistaDeCliente = ReturnType<typeof import("./mesa/vista.js").vistaClientes>[number];
type VistaDeResumen = ReturnType<typeof import("./mesa/vista.js").vistaResumen>;
type VistaDeFaltante = ReturnType<typeof import("./mesa/vista.js").vistaFaltante>;

// --- What the template reads: each part writes its own fields, and asks the others for theirs ----------
/** mesa/pantalla/pantalla.js */
interface VistaDePantalla {
  clientes: VistaDeCliente[];
  activo: string;
  pedido: VistaDePedido | null;
  resumen: VistaDeResumen | null;
  guardados: (FilaGuardada & { id: number })[];
  enviando: number;
}
/** mesa/pantalla/rail.js */
interface VistaDeRail {
  railAbierto: boolean;
}
/** mesa/pantalla/custodia.js */
interface VistaDeCustodia {
  guardado: string;
  permanencia: string;
}
/** mesa/pantalla/titularidad.js */
interface VistaDeTitularidad {
  otraPestana: string;
}
/** mesa/pedido/nota.js */
interface VistaDeNota {
  elegidoTexto: string;
}
/** mesa/pedido/rebajas.js */
interface VistaDeRebajas {
  faltantes: VistaDeFaltante[];
}
/** mesa/despacho/en_linea.js */
interface VistaDeLinea {
  enLinea: boolean;
}
/** mesa/despacho/sesion.js */
interface VistaDeSesion {
  sesion: string;
}
/** mesa/despacho/noticias.js */
interface VistaDeNoticias {
  problema: string;
}
/** mesa/despacho/catalogo.js */
interface VistaDeCatalogo {
  catalogoTexto: string;
  catalogoAviso: string;
  catalogoEdad: string;
}
/** mesa/despacho/reloj.js */
interface VistaDeReloj {
  relojMal: string;
}
type VistaDeMesa = VistaDePantalla &
  VistaDeRail &
  VistaDeCustodia &
  VistaDeTitularidad &
  VistaDeNota &
  VistaDeRebajas &
  VistaDeLinea &
  VistaDeSesion &
  VistaDeNoticias &
  VistaDeCatalogo &
  VistaDeReloj;

/** What sending tells, by its event. */
interface SucesosDeEnvio {
  aceptado: { lote: string };
  progreso: EstadoDeLote;
  libre: Record<string, never>;
  espera: { codigo: string; detalle: string; plazo: number };
  cambiados: { clientes: string[] };
  devuelto: { codigo: string; detalle: string };
  recibo: Recibo & { lote: EstadoDeLote };
}
type AvisoDeEnvio = <Suceso extends keyof SucesosDeEnvio>(
  evento: Suceso,
  datos: SucesosDeEnvio[Suceso],
) => void;
