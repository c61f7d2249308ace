// What an order may hold, and how slowly it may come. The one table of it: the browser imports it,
// Python reads the same text (core/limites_pedido.py), so what one accepts the other stores, and what
// one waits for the other does. Strict JSON between the braces.

export const LIMITES = {
  "cantidad_minima": 1,
  "cantidad_maxima": 1000000,
  "precio_enteros": 10,
  "total_linea_cifras": 13,
  "lineas_por_pedido": 1000,
  "pedidos_por_lote": 20000,
  "piezas_por_lote": 500000,
  "observacion_caracteres": 500,
  "doc_tipo_caracteres": 80,
  "dias_atras": 366,
  "dias_adelante": 1,
  "espera_segundos": 20,
  "linea_octetos_por_segundo": 2000
};
