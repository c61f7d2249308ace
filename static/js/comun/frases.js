// Every sentence that the browser says always the same, by its code. Pure.

/** @type {Record<string, string>} */
const FRASES = {
  cantidad: "La cantidad va de 1 a 1.000.000, sin decimales.",
  cifra_vacio: "Escribir un número.",
  cifra_numero: "«{escrito}» no es un número: escribir solo cifras, como 12.500.",
  cifra_ambiguo: "«{escrito}» puede ser {lecturas}: escribir el número sin separar los miles.",
  cifra_entera: "«{escrito}» lleva decimales: escribir un número entero.",
  cifra_decimales: "«{escrito}» lleva más de dos decimales.",
  cifra_moneda: "«{escrito}» está en otra moneda.",
  precio_maximo: "El precio va de 0 a 9.999.999.999.",
  total: "El total de la línea es demasiado grande.",
  demasiadas_lineas: "Un pedido lleva hasta 1.000 líneas: enviar este y seguir en otro.",
  bloqueado: "Este pedido se está enviando: se puede editar cuando llegue la respuesta.",
  ya_no_esta: "Este pedido ya se envió o se descartó en otra pestaña: el cambio no se hizo.",
  se_fue: "el pedido se envió o se descartó en otra pestaña.",
  sin_cliente: "Elegir primero un cliente.",
  sin_precio: "Sin precio para este cliente: no se puede vender.",
  no_encontrado: "Ningún artículo con ese código, nombre o código de barras.",
  fuera: "no se agregó.",
  sin_destino: "no se agregó: el pedido para el que se leyó no llegó a la pantalla.",
  adelantado: "«{q}» no se encontró a tiempo, y lo escrito después no se cargó: {escrito}",
  se_busca: "Todavía se busca un código leído: enviar cuando aparezca.",
  para_otro: "{codigo}: no se agregó. Se escribió para {cliente}, y hay otro pedido en pantalla.",
  no_agregado: "no se pudo agregar. Leerlo de nuevo; si sigue, avisar a soporte.",
  agregado_a_otro: "{articulo}: agregado al pedido de {cliente}, donde se leyó.",
  cuota:
    "El navegador no tiene más espacio: lo último no quedó guardado. Enviar o exportar los pedidos.",
  sin_storage: "El navegador no deja guardar: los pedidos se pierden al cerrar esta página.",
  conserva: "Este navegador conserva lo guardado hasta que se envíe.",
  puede_borrar:
    "El navegador puede borrar lo guardado si le falta lugar: no dejar pedidos sin enviar por días.",
  danado: "Una parte de lo guardado en este navegador no se pudo leer; quedó una copia aparte.",
  una_pestana: "Sin HTTPS: trabajar en una sola pestaña.",
  otra_pestana:
    "La mesa está abierta en otra pestaña, y este navegador deja escribir en una sola. Acá se puede mirar y exportar.",
  ilegible: "Este pedido no se puede mostrar: repararlo o descartarlo.",
  como_nuevo: "Es un pedido nuevo: el guardado queda como está. Enviarlo cuando esté listo.",
  pedido_reutilizado: "El servidor ya tiene este pedido con otro contenido.",
  reloj:
    "El reloj de este equipo está mal: los pedidos llevan la fecha del servidor. Corregirlo en la configuración del equipo.",
  catalogo_incompleto: "No se pudo bajar el catálogo completo; se reintenta solo.",
  bajando_catalogo: "Bajando el catálogo…",
  sin_catalogo: "Sin catálogo en este equipo",
  catalogo_en_memoria: "El catálogo no entra en este navegador: se descarga en cada inicio.",
  recibo_distinto:
    "El servidor guardó otro contenido para este pedido: compararlo antes de reenviar.",
  sin_resultado: "El lote terminó sin respuesta para este pedido: revisarlo y reenviar.",
  sesion:
    "La sesión terminó. Los pedidos siguen guardados en este equipo: entrar de nuevo para seguir.",
  otra_persona: "Entró otra persona en este navegador: estos pedidos esperan a su dueño.",
  sin_permiso: "Sin permiso para enviar pedidos: avisar a la persona que administra la mesa.",
  tamano: "El envío es demasiado grande: enviar menos pedidos por vez.",
  sin_red:
    "Sin conexión con el servidor. Los pedidos están en este equipo y se envían solos al volver.",
  servidor: "El servidor no pudo responder. Los pedidos están en este equipo y se reintenta solo.",
  espera: "Demasiados envíos seguidos: se reintenta solo en un momento.",
  inesperado: "Respuesta inesperada del servidor. Los pedidos siguen en este equipo.",
  franja_sin_conexion:
    "Sin conexión con el servidor: se reintenta solo. Lo que se ve puede estar desactualizado.",
  sin_respuesta:
    "No llegó respuesta: puede que no se haya guardado. Repetirlo cuando vuelva la conexión.",
  fallo: "Algo falló en el servidor. Reintentar; si sigue, avisar a soporte.",
  no_se_guardo:
    "La sesión terminó y esto no se guardó. Lo escrito sigue acá: entrar en otra pestaña y repetirlo.",
  sigue_escrito: "La sesión terminó. Lo escrito sigue acá: entrar en otra pestaña y seguir.",
  enlace_conectando: "Conectando",
  enlace_vivo: "En vivo",
  enlace_reconectando: "Reconectando",
  enlace_sondeo: "Sondeo cada 5 segundos",
  enlace_sin_conexion: "Sin conexión desde las",
  enlace_sin_sesion: "La sesión terminó",
  enlace_copiado: "Enlace copiado: quien lo abra ve esta misma pregunta.",
  enlace_sin_copiar: "El navegador no dejó copiar: copiar la dirección de arriba.",
  elegir_articulo: "Elegir primero un artículo.",
  sin_precio_corto: "Sin precio para este cliente",
  cercanas: "Nada coincide; lo más parecido es:",
  hay_mas: "Hay más: seguir escribiendo.",
  acuerdo_igual: "Precio acordado, igual al del sistema",
  devueltos: "Cada pedido devuelto dice su motivo: corregir y reenviar.",
  pidiendo_estado: "Pidiendo su estado…",
  nada_para_enviar: "Nada para enviar",
  chip_sesion: "Sesión terminada",
  chip_sin_linea: "Sin conexión",
  chip_enviando: "Enviando",
  chip_en_linea: "En línea",
  archivo: "Ese archivo no es una exportación de pedidos de esta mesa.",
  archivo_ajeno: "Ese archivo es de otra sucursal o de otra persona.",
};

/**
 * The sentence of a code, with what was written in it; the code itself would help nobody.
 * @param {string | undefined} codigo
 * @param {Record<string, string>} [datos]
 */
export function frase(codigo, datos = {}) {
  const texto = dicho(FRASES, codigo) ?? FRASES.inesperado;
  return texto.replace(/\{(\w+)\}/g, (entero, nombre) => dicho(datos, nombre) ?? entero);
}

/**
 * What a table says of a word that comes from outside: its own entries, nothing that objects have.
 * @param {Record<string, string>} tabla
 * @param {string | null | undefined} palabra
 */
export function dicho(tabla, palabra) {
  return Object.hasOwn(tabla, palabra ?? "") ? tabla[palabra ?? ""] : undefined;
}
