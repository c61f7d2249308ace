// The shapes that several modules share, for `tsc` alone: nothing here is served as code. All of it
// is global, so that a module names `Orders` or `Ficha…` without importing a type.

// --- Money -----------------------------------------------------------------------------------------
/** Whole minor units of a currency. */
type Minimos = bigint;
/** Millionths, the engine's unit of money and of quantity. */
type Micros = bigint;
type CodigoMoneda = "PYG" | "PEN" | "USD";
type Moneda = { decimales: number; simbolo: string; escritos: readonly string[] };
type CampoIva = "gravada_10" | "iva_10" | "gravada_5" | "iva_5" | "exenta";
type Tasa = 10 | 5 | 0;
type Desglose = Record<CampoIva, Minimos>;
type Totales = Desglose & { total: Minimos };

// --- Orders, as they are kept and as they travel -----------------------------------------------------
type Linea = { articulo_id: number; cantidad: number; precio_unitario: string } & Partial<
  Record<CampoIva, string>
>;
interface PedidoConId {
  id?: string;
  observacion?: string;
  doc_tipo?: string;
  doc_fecha?: string;
  capturado_en?: string;
  detalles: readonly Linea[];
}
/** A client's order: the bare list of lines, or the form that has its own id. */
type Pedido = readonly Linea[] | PedidoConId;
/**
 * By client. What comes from storage may hold values of any other shape: `seMuestra` says of each
 * whether it is an order, and until then nothing but `lineasDe`, `idDe` and `observacionDe` may look
 * at it.
 */
type Orders = Record<string, Pedido>;
/** [article, quantity]: an order as the engine looks at it. */
type Par = readonly [articulo: number, cantidad: number];
type LineaNueva = { articulo: number; tasa: Tasa; cantidad: number; precio: Minimos };
type Captura = { doc_fecha?: string; capturado_en?: string };

// --- What the desk remembers of an order's names and prices ------------------------------------------
interface DatosCliente {
  nombre?: string;
  razon?: string;
  ruc?: string;
  canal?: string;
  canal_nombre?: string;
  abierto_en?: number;
}
interface DatosArticulo {
  codigo?: string;
  descripcion?: string;
  marca?: string;
}
/** The system's price of a line, whether another was agreed, and what it cost before. */
interface FichaPrecio {
  precio?: string;
  version?: string;
  acordado?: boolean;
  antes?: string;
}
interface Fichas {
  clientes: Record<string, DatosCliente>;
  articulos: Record<string, DatosArticulo>;
  precios: Record<string, Record<string, FichaPrecio>>;
}
/** An article that is added, with the names and the price it was chosen by. */
interface ArticuloNuevo {
  articulo: number;
  datos: DatosArticulo;
  precio: string;
  version: string;
}
interface CambioDePrecio {
  articulo: number;
  antes: string;
  ahora: string;
}
interface Cuaderno {
  orders: Orders;
  fichas: Fichas;
}
interface EstadoDeMesa extends Cuaderno {
  rechazos: Record<string, Rechazo>;
  /** Client → the lote that has its order. */
  bloqueados: Map<string, string>;
}

// --- Lotes and receipts ------------------------------------------------------------------------------
interface FichaLote {
  lote: string;
  huellas: Record<string, string>;
  ids?: Record<string, string | null>;
  version: string;
  creado_en: number;
  aceptado?: boolean;
  /** A POST of it may have arrived. */
  intentado?: boolean;
}
interface PedidoDecidido {
  cliente_id: number | string;
  resultado: string;
  huella?: string;
  pedido_numero?: number;
  avisos?: unknown[];
  codigo?: string;
  motivo?: string;
  linea?: number | null;
  campo?: string;
}
interface Rechazo {
  codigo?: string;
  motivo?: string;
  articulo?: number | null;
  campo?: string;
  numero?: number | null;
  lote?: string;
}
interface PedidoGuardado {
  cliente: string;
  numero: number;
  avisos: unknown[];
  lineas: readonly Linea[];
}
interface Recibo {
  orders: Orders;
  guardados: PedidoGuardado[];
  rechazos: Record<string, Rechazo>;
}
/** A lote as the server tells it. */
interface EstadoDeLote {
  lote: string;
  estado: string;
  codigo?: string;
  motivo?: string;
  pedidos: PedidoDecidido[];
  siguiente?: string | null;
}
/** A saved order of today, as the list keeps it. */
interface FilaGuardada {
  cliente: string;
  ficha: DatosCliente;
  numero: number;
  avisos: unknown[];
  lote: string;
  lineas: number;
  total: string;
}

// --- The catalogue ----------------------------------------------------------------------------------
type Seccion = "canales" | "clientes" | "articulos" | "precios" | "reglas";
interface ClienteDeCatalogo {
  ruc: string;
  nombrefactura: string;
  nombrefantasia: string;
  canal: number | string;
}
interface ArticuloDeCatalogo {
  codigo: number | string;
  sku: string;
  prod_marca: string;
  descripcion: string;
  tasa_iva: number;
  codigo_barras: string | null;
  grupo?: number | null;
  linea?: number | null;
}
interface ReglaDeCatalogo {
  id: number;
  nombre: string;
  porcentaje: boolean;
  valor: string;
  por_monto: boolean;
  umbral: string;
  articulo: number | null;
  grupo: number | null;
  linea: number | null;
  combo: number[] | null;
  bajo_costo: boolean;
}
interface ListaDeReglas {
  version?: string;
  decimales: number;
  reglas: ReglaDeCatalogo[];
  /** Null: the server keeps it to itself. */
  pisos?: Record<string, string | number | null>;
}
interface SeccionDeReglas {
  canales?: Record<string, { lista: number | string; fuera?: number[] }>;
  listas?: Record<string, ListaDeReglas>;
}
interface Gart {
  canales: Record<string, { nombre: string; canal_venta?: string }>;
  clientes: Record<string, ClienteDeCatalogo>;
  articulos: Record<string, ArticuloDeCatalogo>;
  precios: Record<string, Record<string, string | number>>;
  reglas: SeccionDeReglas;
}
interface Manifiesto {
  version: string;
  generado: string;
  secciones: Record<string, { url: string; sha256: string }>;
}
interface EstadoDeCatalogo {
  version: string;
  generado: string | null;
  enMemoria: boolean;
  listo: boolean;
  cargando: boolean;
}
type ClienteHallado = ClienteDeCatalogo & { id: string; canal_nombre: string };
/** With its price in an order (micros), and from how many on it is cheaper. */
type ArticuloHallado = ArticuloDeCatalogo & {
  id: string;
  precio: Micros | null;
  desde: { cantidad: number; final: Micros } | null;
};
interface Hallado<Fila> {
  filas: Fila[];
  /** There are more than these. */
  mas: boolean;
  /** Nothing has what was asked: these are the nearest. */
  cercanas: boolean;
}

// --- The pricing engine -------------------------------------------------------------------------------
/** An article of a list, as the engine prices it; `suelta`: of Precios, without rules. */
interface Renglon {
  articulo: number;
  base: Micros;
  piso: Micros | null;
  sinPiso: boolean;
  grupo: number | null;
  linea: number | null;
  suelta?: boolean;
}
interface Regla {
  id: number;
  nombre: string;
  porcentaje: boolean;
  valor: bigint;
  porMonto: boolean;
  umbral: Micros;
  articulo: number | null;
  grupo: number | null;
  linea: number | null;
  combo: number[] | null;
  conBlanco: boolean;
  bajoCosto: boolean;
  lugar: number;
}
interface CarritoDeMotor {
  unidades: Map<number, bigint>;
  monto: Micros;
}
interface PrecioDeMotor {
  articulo: number;
  base: Micros;
  final: Micros;
  aplicadas: { regla: Regla; antes: Micros; despues: Micros }[];
  ajustado: boolean;
  /** The server may raise it to a floor that it keeps to itself. */
  provisional: boolean;
}
type Precios = ReadonlyMap<number, PrecioDeMotor>;
/** An article of a list, null without a price, undefined while it is not known. */
interface Renglones {
  get(articulo: number): Renglon | null | undefined;
}
/** What the page is told so that it can price these articles itself. */
interface RespuestaDePrecios {
  lista: ListaDeReglas | null;
  renglones: (readonly [number, Renglon | null])[];
}
/** A rule as far as its discount goes. */
type Descuento = Pick<Regla, "id" | "nombre" | "porcentaje" | "valor">;
interface NombreDeArticulo {
  id: number;
  codigo?: number | string;
  nombre: string;
}
/** A discount within reach, as the Worker tells it to the page. */
type Faltante = {
  regla: Descuento;
  articulo: NombreDeArticulo | null;
  antes: Micros;
  despues: Micros;
  costo: Micros;
} & (
  { tipo: "monto" | "cantidad"; faltan: bigint } | { tipo: "combo"; faltan: NombreDeArticulo[] }
);

// --- What the page is given ---------------------------------------------------------------------------
interface Ambito {
  empresa: number;
  sucursal: number;
  usuario: number;
}
interface Direcciones {
  pedidos: string;
  lote: string;
  sesion: string;
  catalogo: string;
  articulos: string;
  ultimo: string;
  pedido: string;
  lote_pagina: string;
  lote_estado: string;
}
/** <script id="parametros">: this session, as the server says it. */
/** From when on (milliseconds), and how many minutes east of UTC: a company's clock. */
type Huso = readonly [desde: number, minutos: number];
interface Parametros extends Ambito {
  decimales: number;
  husos?: readonly Huso[];
  moneda: CodigoMoneda;
  urls: Direcciones;
  trabajador: string;
}
/** An answer: status, parsed JSON or {}, seconds of Retry-After or 0. */
interface Respuesta {
  estado: number;
  cuerpo: Record<string, unknown>;
  esperar: number;
  texto: string;
}
/** What of localStorage is used. */
type Cajon = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

// --- htmx -----------------------------------------------------------------------------------------------
interface DetalleHtmx {
  elt: HTMLElement;
  xhr: XMLHttpRequest;
  target: HTMLElement;
  successful: boolean;
  failed: boolean;
  shouldSwap: boolean;
  isError: boolean;
  verb: string;
  path: string;
  parameters: ParametrosHtmx;
  headers: Record<string, string>;
  requestConfig: PedidoHtmx;
  serverResponse: string;
}
type SucesoHtmx = CustomEvent<DetalleHtmx>;
interface GlobalEventHandlersEventMap {
  "htmx:load": SucesoHtmx;
  "htmx:configRequest": SucesoHtmx;
  "htmx:beforeRequest": SucesoHtmx;
  "htmx:beforeSend": SucesoHtmx;
  "htmx:afterRequest": SucesoHtmx;
  "htmx:beforeOnLoad": SucesoHtmx;
  "htmx:beforeSwap": SucesoHtmx;
  "htmx:oobBeforeSwap": SucesoHtmx;
  "htmx:afterSwap": SucesoHtmx;
  "htmx:afterSettle": SucesoHtmx;
  "htmx:sendError": SucesoHtmx;
  "htmx:responseError": SucesoHtmx;
  "htmx:timeout": SucesoHtmx;
}
interface Window {
  htmx: {
    process(elemento: Element): void;
    trigger(elemento: Element, suceso: string, detalle?: unknown): void;
    ajax(verbo: string, url: string, opciones: unknown): Promise<void>;
  };
}
