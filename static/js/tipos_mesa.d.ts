// The desk's Alpine component, put together from several modules: what each of them brings, so that
// `this` in one knows the others. A module says `@returns {ParteX & ThisType<Mesa>}`.

type Mesa = ParteMesa &
  ParteAtajos &
  ParteCaptura &
  ParteDespacho &
  ParteFoco &
  ParteLector &
  ParteLineas &
  ParteRebajas &
  ParteTraslado & { $nextTick(tarea: () => void): void };

type Libreta = import("./cuaderno/libreta.js").Libreta;
type PartesDeMesa = ReturnType<typeof import("./mesa/servicios.js").montar>;
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
interface Deshacible {
  cliente: string | null;
  deshacer: () => Promise<void>;
}

interface ParteMesa {
  parametros: Parametros;
  clientes: VistaDeCliente[];
  activo: string;
  pedido: VistaDePedido | null;
  resumen: VistaDeResumen | null;
  guardados: (FilaGuardada & { id: number })[];
  guardado: string;
  otraPestana: string;
  deshacibles: Deshacible[];
  railAbierto: boolean;
  init(): void;
  partes(): PartesDeMesa;
  refrescar(): void;
  refrescarPorOtra(): void;
  mostrarUltimo(): void;
  precios(estado: Cuaderno): Precios | null;
  mismoPedido(nuevo: VistaDePedido): VistaDePedido;
  alCambiarOtraPestana(clave: string | null): void;
  abrirCliente(ficha: OpcionDeCliente | (DatosCliente & { id: string })): Promise<void>;
  mostrarCliente(id: string, opciones?: { enfocar?: boolean; conservar?: boolean }): void;
  otroCliente(paso: number): void;
  descartarPedido(evento: UIEvent): Promise<void>;
  alternarRail(): void;
  otroPedido(guardado: FilaGuardada): Promise<void>;
  montoGuardado(guardado: FilaGuardada): string;
  notaGuardado(guardado: FilaGuardada): string;
  repararPedido(): Promise<void>;
  exportarPedido(): void;
  enviarComoNuevo(): Promise<void>;
  urlDelGuardado(): string;
  alCambiarTitular(titular: boolean): void;
  usarEstaPestana(): void;
  hacer(tarea: () => unknown): Promise<boolean>;
  rechazar(codigo: string): void;
}

interface ParteAtajos {
  alTeclear(evento: KeyboardEvent): void;
  buscarCliente(): void;
  abrirAyuda(): void;
  cerrarDialogo(evento: Event): void;
  puedeDeshacer(campo: EventTarget | null): boolean;
  pedirUltimo(): Promise<void>;
  repetirUltimo(evento: UIEvent): Promise<void>;
  alTeclearLinea(evento: KeyboardEvent, linea: LineaALaVista): void;
  abandonar(campo: Campo, linea: LineaALaVista): void;
  quitarPorTecla(campo: Campo, linea: LineaALaVista): Promise<void>;
  bajarALineas(evento: KeyboardEvent): void;
}

interface ParteCaptura {
  elegido: OpcionDeArticulo | null;
  elegidoTexto: string;
  prepararCaptura(): void;
  alElegirCliente(datos: OpcionDeCliente): Promise<void>;
  esperarEntrada(q: string): boolean;
  pasarEscrito(): void;
  escucharPicker(combo: import("./comun/combobox.js").Combobox): void;
  buscarClientes(q: string): Promise<void>;
  buscarArticulos(q: string): Promise<void>;
  elegirArticulo(datos: OpcionDeArticulo): unknown;
  sinPrecio(datos: { descripcion: string }): void;
  yaPedido(id: string): string;
  agregarElegido(campo: Campo): unknown;
  agregarArticulo(datos: OpcionDeArticulo, cantidad: number): Promise<void>;
  decirAgregado(articulo: number): void;
  lineaDe(
    datos: Pick<OpcionDeArticulo, "id" | "tasa" | "codigo" | "descripcion" | "marca" | "precio">,
    cantidad: number,
    precio: Minimos,
  ): { linea: LineaNueva; ficha: ArticuloNuevo };
  pares(): Par[];
  escrito(): string;
  vaciarCaptura(): void;
  soltarElegido(): void;
  agregarConBoton(): unknown;
  alTeclearCantidad(evento: KeyboardEvent): unknown;
  volverAEntrada(): void;
}

interface ParteDespacho {
  enLinea: boolean;
  sesion: string;
  enviando: number;
  problema: string;
  esperando: boolean;
  catalogoTexto: string;
  catalogoAviso: string;
  catalogoEdad: string;
  permanencia: string;
  relojMal: string;
  protegido?: boolean;
  prepararDespacho(): void;
  traerCatalogo(): Promise<void>;
  alCambiarCatalogo(estado: EstadoDeCatalogo): void;
  mirarEdad(): void;
  mirarReloj(): void;
  confirmarEnvio(): void;
  enviarTodo(): Promise<void>;
  reintentar(): void;
  alAvisar: AvisoDeEnvio;
  alEsperar(datos: SucesosDeEnvio["espera"]): void;
  alRecibir(recibo: SucesosDeEnvio["recibo"]): Promise<void>;
  mostrarLote(lote: string): void;
  alCambiarConexion(enLinea: boolean): void;
  alVolver(): void;
  pedirEntrar(): void;
  comprobarSesion(): Promise<void>;
  protegerDatos(): Promise<void>;
  textoEnviar(): string;
  textoGuardados(): string;
  chipTexto(): string;
  queEspera(): string;
  chipCorto(): string;
  chipPunto(): string;
}
/** What sending tells, by its event. */
interface SucesosDeEnvio {
  aceptado: { lote: string };
  progreso: EstadoDeLote;
  libre: Record<string, never>;
  espera: { codigo: string; detalle: string; plazo: number };
  devuelto: { codigo: string; detalle: string };
  recibo: Recibo & { lote: EstadoDeLote };
}
type AvisoDeEnvio = <Suceso extends keyof SucesosDeEnvio>(
  evento: Suceso,
  datos: SucesosDeEnvio[Suceso],
) => void;

interface ParteFoco {
  enfocar(id: string): void;
  enfocarLinea(lugar: number, columna: string): void;
  enfocarVecina(campo: HTMLElement): void;
  enfocarLuego(tarea: () => void): void;
  focoLibre(): boolean;
  escribiendo(campo?: Element | EventTarget | null): boolean;
  mirarFoco(): () => boolean;
}

interface ParteLector {
  leerCodigo(q: string): Promise<boolean>;
  encolarLectura(q: string): boolean;
  agregarLectura(leido: { cantidad: number | null; texto: string }): Promise<void>;
  enCatalogo(texto: string): Promise<ArticuloHallado | null>;
  buscarCodigo(texto: string): Promise<OpcionDeArticulo | null>;
}

interface ParteLineas {
  enPantalla(): { cliente: string; id: string | null };
  /** Change the order on the screen, and no other one of its client; false when it could not be. */
  cambiarPedido(
    cambio: (orders: Orders, cliente: string) => Orders,
    nuevas?: readonly ArticuloNuevo[],
  ): Promise<boolean>;
  lineasVisibles(): LineaALaVista[];
  editarCantidad(linea: LineaALaVista, campo: Campo): Promise<boolean> | boolean;
  enCampo(campo: Campo, valor: string): string;
  devolver(campo: Campo, escrito: string, valor: string): void;
  editarPrecio(linea: LineaALaVista, campo: Campo): Promise<boolean> | boolean;
  rehusar(campo: Campo, anterior: string, codigo: string): false;
  quitarLinea(linea: LineaALaVista, opciones?: { enfocar?: boolean }): Promise<void>;
  observarPedido(campo: HTMLInputElement | HTMLTextAreaElement): Promise<boolean>;
  ofrecerDeshacer(texto: string, tarea: () => unknown, cliente?: string | null): void;
}

interface ParteRebajas {
  faltantes: VistaDeFaltante[];
  alCatalogoNuevo(nueva: string): Promise<void>;
  ponerAlDia(): Promise<void>;
  alConocerPrecios(): Promise<void>;
  decirCambios(cambios: CambioDePrecio[]): void;
  entendido(): Promise<void>;
  mirarFaltantes(estado: Cuaderno): void;
  pedirFaltantes(pregunta: {
    lineas: readonly Linea[];
    suyas: Record<string, FichaPrecio> | undefined;
    version: string;
  }): Promise<void>;
  hayCambios(): boolean;
  cambiosVisibles(): VistaDePedido["cambios"];
  irAFaltante(faltante: { articulo: number | null; codigo: string }): void;
}

interface ParteTraslado {
  prepararTraslado(): void;
  exportarPedidos(): void;
  elegirArchivo(): void;
  importarArchivo(campo: Campo): Promise<void>;
}
