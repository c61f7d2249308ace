// How much one lote takes.

import { LIMITES } from "../comun/limites.js";
import { lineasDe } from "../cuaderno/pedidos.js";

/**
 * The first orders, as many as the server takes in one lote; the others stay for the next.
 * @param {Orders} orders
 * @param {readonly string[]} clientes
 */
export function losQueCaben(orders, clientes) {
  let piezas = 0;
  const sobra = clientes.findIndex((cliente, lugar) => {
    piezas += piezasDe(orders[cliente]);
    return lugar >= LIMITES.pedidos_por_lote || piezas > LIMITES.piezas_por_lote;
  });
  return sobra < 0 ? clientes : clientes.slice(0, sobra);
}

/**
 * What an order counts for, as the server counts (core/entrada/presupuesto_json.py): a value has one piece
 * in the object or list that it is of. Room is left for the order's own fields, its id and dates.
 * @param {Pedido | undefined} pedido
 */
function piezasDe(pedido) {
  const lineas = lineasDe(pedido);
  return lineas.reduce((piezas, linea) => piezas + Object.keys(linea).length + 1, 16);
}
