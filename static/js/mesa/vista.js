// What the desk shows of what it keeps: plain rows of text for the template. Pure.

import { aMenor, conMoneda, formatear, contar } from "../comun/dinero.js";
import { sumar } from "../motor/iva.js";
import { aMinimos } from "../motor/motor.js";
import {
  desgloseDe,
  idDe,
  lineasDe,
  observacionDe,
  seMuestra,
  tasaDe,
  totales,
} from "../cuaderno/pedidos.js";
import { esAcordado, precioDelSistema, rebajaDe, textoDeRegla } from "../cuaderno/reprecio.js";
import { frase } from "../comun/frases.js";
import { esDeOtroContenido } from "../comun/rechazos.js";
import { enumerar, nombreDeCampo, plural, textoDeCambio } from "../comun/textos.js";

/**
 * @typedef {"vacio" | "sin_enviar" | "otro_precio" | "enviando" | "espera" | "rechazado" |
 *   "ilegible"} Estado
 */

/** @type {Record<Estado, {texto: string, punto: string}>} */
const ESTADOS = {
  vacio: { texto: "sin líneas", punto: "punto-neutro" },
  sin_enviar: { texto: "sin enviar", punto: "punto-aviso" },
  otro_precio: { texto: "precios nuevos", punto: "punto-aviso" },
  enviando: { texto: "enviando", punto: "punto-curso" },
  espera: { texto: "en espera", punto: "punto-aviso" },
  rechazado: { texto: "rechazado", punto: "punto-peligro" },
  ilegible: { texto: "no se puede mostrar", punto: "punto-peligro" },
};

/**
 * The open clients, in the order they were opened.
 * @param {EstadoDeMesa} estado
 * @param {number} decimales
 * @param {boolean} [enLinea]
 */
export function vistaClientes(estado, decimales, enLinea = true) {
  return Object.keys(estado.orders)
    .map((id) => vistaCliente(estado, id, decimales, enLinea))
    .sort((a, b) => a.abierto - b.abierto || Number(a.id) - Number(b.id));
}

/**
 * @param {EstadoDeMesa} estado
 * @param {string} id
 * @param {number} decimales
 * @param {boolean} enLinea
 */
function vistaCliente({ orders, fichas, rechazos, bloqueados }, id, decimales, enLinea) {
  const comun = {
    id,
    nombre: nombreDe(fichas, id),
    abierto: Number(fichas.clientes[id]?.abierto_en) || 0,
  };
  if (!seMuestra(orders[id], decimales)) {
    const { texto, punto } = ESTADOS.ilegible;
    return { ...comun, cantidad: 0, detalle: texto, total: "", estado: "ilegible", punto };
  }
  const lineas = lineasDe(orders[id]);
  const estado =
    estadoDe(id, lineas, rechazos, bloqueados, enLinea) ??
    (hayCambios(lineas, fichas, id) ? "otro_precio" : "sin_enviar");
  return {
    ...comun,
    cantidad: lineas.length,
    detalle: lineas.length
      ? `${contar(lineas.length)} lín. · ${ESTADOS[estado].texto}`
      : ESTADOS.vacio.texto,
    total: formatear(totales(lineas, decimales).total, decimales),
    estado,
    punto: ESTADOS[estado].punto,
  };
}

/**
 * @param {Fichas} fichas
 * @param {string} id
 */
function nombreDe(fichas, id) {
  return String(fichas.clientes[id]?.nombre ?? `Cliente ${id}`);
}

/**
 * @param {string} id
 * @param {readonly Linea[]} lineas
 * @param {EstadoDeMesa["rechazos"]} rechazos
 * @param {EstadoDeMesa["bloqueados"]} bloqueados
 * @param {boolean} enLinea
 * @returns {Estado | null} null: it depends on its prices
 */
function estadoDe(id, lineas, rechazos, bloqueados, enLinea) {
  if (bloqueados.has(id)) return enLinea ? "enviando" : "espera";
  if (rechazos[id]) return "rechazado";
  return lineas.length ? null : "vacio";
}

/**
 * @param {readonly Linea[]} lineas
 * @param {Fichas} fichas
 * @param {string} cliente
 */
function hayCambios(lineas, fichas, cliente) {
  const suyas = fichas.precios[cliente] ?? {};
  return lineas.some(({ articulo_id }) => suyas[articulo_id]?.antes !== undefined);
}

/**
 * The chosen client's order.
 * @param {EstadoDeMesa} estado
 * @param {string} id
 * @param {number} decimales
 * @param {Precios | null} [precios] what the engine says of it
 */
export function vistaPedido(
  { orders, fichas, rechazos, bloqueados },
  id,
  decimales,
  precios = null,
) {
  const valor = orders[id];
  const ilegible = !seMuestra(valor, decimales);
  const lineas = ilegible ? [] : lineasDe(valor);
  const rechazo = bloqueados.has(id) ? null : (rechazos[id] ?? null);
  const ficha = fichas.clientes[id] ?? {};
  return {
    id,
    uuid: idDe(valor),
    ilegible,
    nombre: nombreDe(fichas, id),
    razon: ficha.razon ?? "",
    ruc: ficha.ruc ?? "",
    canal: ficha.canal ?? "",
    canal_nombre: ficha.canal_nombre ?? "",
    bloqueado: bloqueados.has(id),
    observacion: ilegible ? "" : observacionDe(valor),
    rechazo: rechazo ? motivo(rechazo, lineas, fichas) : "",
    reutilizado: esDeOtroContenido(rechazo?.codigo),
    numeroGuardado: rechazo?.numero ?? null,
    cambios: cambiosDe(lineas, fichas, id, decimales),
    lineas: lineas.map((linea, i) =>
      vistaLinea(linea, i, { fichas, id, rechazo, decimales, precios }),
    ),
    total: formatear(totales(lineas, decimales).total, decimales),
  };
}

/**
 * A verdict's reason in words, with the line and the field it names.
 * @param {Rechazo} rechazo
 * @param {readonly Linea[]} lineas
 * @param {Pick<Fichas, "articulos">} fichas
 */
export function motivo({ codigo, motivo: texto, articulo, campo, numero }, lineas, fichas) {
  // The server says where in its own terms; here the client is in sight and lines have names.
  const dicho = (texto || frase(codigo ?? "")).replace(/^Cliente [^:]*: /, "");
  const lugar = lineas.findIndex((linea) => linea.articulo_id === articulo);
  const nombre = fichas.articulos[articulo ?? ""]?.descripcion ?? "";
  const donde = [
    lugar < 0 ? "" : `línea ${contar(lugar + 1)}`,
    lugar < 0 ? "" : nombre,
    nombreDeCampo(campo ?? ""),
  ];
  const prefijo = donde.filter(Boolean).join(", ");
  return (
    mayuscula(`${prefijo}${prefijo && ": "}${dicho}`) +
    (numero ? ` (pedido ${contar(numero)})` : "")
  );
}

/** @param {string} texto */
function mayuscula(texto) {
  return texto.slice(0, 1).toUpperCase() + texto.slice(1);
}

/**
 * @param {Linea} linea
 * @param {number} i its place
 * @param {object} donde
 * @param {Fichas} donde.fichas
 * @param {string} donde.id the client
 * @param {Rechazo | null} donde.rechazo
 * @param {number} donde.decimales
 * @param {Precios | null} donde.precios
 */
function vistaLinea(linea, i, { fichas, id, rechazo, decimales, precios }) {
  const ficha = fichas.articulos[linea.articulo_id] ?? {};
  const tasa = tasaDe(linea);
  const partes = desgloseDe(linea, decimales);
  const iva = partes.iva_10 + partes.iva_5;
  const precio = fichas.precios[id]?.[linea.articulo_id];
  const acordado = esAcordado(precio, linea);
  const precioSistema = precioDelSistema(precio, linea);
  const antes = (!acordado && precio?.antes) || "";
  return {
    id: linea.articulo_id,
    lugar: i + 1,
    descripcion: ficha.descripcion ?? `Artículo ${linea.articulo_id}`,
    datos: [ficha.codigo, ficha.marca].filter(Boolean).join(" · "),
    cantidad: contar(linea.cantidad),
    precio: enCifras(linea.precio_unitario, decimales),
    acordado,
    precioSistema,
    sistema: acordado ? acuerdo(precioSistema, linea, decimales) : "",
    ...vistaRebaja(linea, acordado ? undefined : precios?.get(linea.articulo_id), decimales),
    antes: antes && `antes ${enCifras(antes, decimales)}`,
    tasa: tasa ? `${tasa} %` : "Exenta",
    iva: tasa ? formatear(iva, decimales) : "",
    total: formatear(totales([linea], decimales).total, decimales),
    mal: rechazo?.articulo === linea.articulo_id,
  };
}

// What is kept may be damaged: what is no price here is shown as it is written.
/**
 * @param {string} precio
 * @param {number} decimales
 */
function enCifras(precio, decimales) {
  const menor = aMenor(precio, decimales);
  return menor === null ? precio : formatear(menor, decimales);
}

const SIN_REBAJA = { lista: "", nota: "", ahorro: "", provisional: false };

// What the rules did to a line: the list's price, which ones, what the client saves with them, and
// whether the server may yet raise it.
/**
 * @param {Linea} linea
 * @param {PrecioDeMotor | undefined} precio
 * @param {number} decimales
 */
function vistaRebaja(linea, precio, decimales) {
  const pagado = aMenor(linea.precio_unitario, decimales);
  if (!precio || pagado === null || aMinimos(precio.final, decimales) !== pagado) return SIN_REBAJA;
  const { provisional } = precio;
  const rebaja = rebajaDe(precio, decimales);
  if (!rebaja) return { ...SIN_REBAJA, provisional };
  const menos = (rebaja.lista - pagado) * BigInt(linea.cantidad);
  const ahorro =
    menos < 0n ? `+${formatear(-menos, decimales)}` : `−${formatear(menos, decimales)}`;
  return {
    lista: formatear(rebaja.lista, decimales),
    nota: rebaja.nota,
    ahorro: menos ? ahorro : "",
    provisional,
  };
}

/**
 * @param {string | null} sistema
 * @param {Linea} linea
 * @param {number} decimales
 */
function acuerdo(sistema, { precio_unitario }, decimales) {
  if (sistema === precio_unitario) return frase("acuerdo_igual");
  return `Precio acordado, irá a revisión (sistema ${enCifras(sistema ?? "", decimales)})`;
}

// What a new catalogue made of this order's prices, until somebody has read it.
/**
 * @param {readonly Linea[]} lineas
 * @param {Fichas} fichas
 * @param {string} cliente
 * @param {number} decimales
 */
function cambiosDe(lineas, fichas, cliente, decimales) {
  return lineas.flatMap(({ articulo_id: articulo, precio_unitario: ahora }) => {
    /** @type {FichaPrecio} */
    const { acordado, antes } = fichas.precios[cliente]?.[articulo] ?? {};
    if (acordado || antes === undefined) return [];
    return [
      {
        id: articulo,
        articulo,
        texto: textoDeCambio({ articulo, antes, ahora }, fichas, decimales),
      },
    ];
  });
}

/**
 * @typedef {{id: string, articulo: number | null, codigo: string, texto: string, efecto: string}} FilaDeFaltante
 */

/**
 * A discount within reach: what to add, and what it would do.
 * @param {Faltante} falta
 * @param {{decimales: number, moneda: CodigoMoneda}} parametros
 * @returns {FilaDeFaltante}
 */
export function vistaFaltante(falta, { decimales, moneda }) {
  const { regla, articulo, antes, despues } = falta;
  /** @param {Micros} micros */
  const precio = (micros) => formatear(aMinimos(micros, decimales), decimales);
  const descuento = textoDeRegla(regla);
  const comun = {
    id: `${falta.tipo}-${regla.id}-${articulo?.id ?? 0}`,
    articulo: null,
    codigo: "",
  };
  if (falta.tipo === "monto") {
    return {
      ...comun,
      texto: `${conMoneda(aMinimos(falta.faltan, decimales), moneda)} más en el pedido`,
      efecto: descuento,
    };
  }
  if (falta.tipo === "combo") {
    const texto = `Agregar ${enumerar(falta.faltan.map(({ nombre }) => nombre))}`;
    return { ...comun, texto, efecto: descuento, codigo: String(falta.faltan[0]?.codigo ?? "") };
  }
  const texto = `${plural(falta.faltan, "unidad", "unidades")} más de ${articulo?.nombre ?? ""}`;
  const efecto = `${descuento}: de ${precio(antes)} a ${precio(despues)}`;
  return { ...comun, texto, efecto, articulo: articulo?.id ?? null };
}

/**
 * The day's sum over the orders still to be sent, and what was saved today.
 * @param {Pick<EstadoDeMesa, "orders" | "bloqueados">} estado
 * @param {readonly {total: string}[]} guardados
 * @param {{decimales: number, moneda: CodigoMoneda}} parametros
 */
export function vistaResumen({ orders, bloqueados }, guardados, { decimales, moneda }) {
  const legibles = Object.entries(orders).filter(([, valor]) => seMuestra(valor, decimales));
  const todos = legibles.filter(([, valor]) => lineasDe(valor).length > 0);
  const libres = todos.filter(([id]) => !bloqueados.has(id));
  /** @param {[string, Pedido][]} pedidos */
  const sumaDe = (pedidos) =>
    sumar(pedidos.map(([, valor]) => totales(lineasDe(valor), decimales)));
  const suma = sumaDe(todos);
  return {
    gravada_10: formatear(suma.gravada_10, decimales),
    iva_10: formatear(suma.iva_10, decimales),
    gravada_5: formatear(suma.gravada_5, decimales),
    iva_5: formatear(suma.iva_5, decimales),
    exenta: formatear(suma.exenta, decimales),
    total: formatear(suma.total, decimales),
    conMoneda: conMoneda(suma.total, moneda),
    pedidos: todos.length,
    ilegibles: Object.keys(orders).length - legibles.length,
    porEnviar: libres.length,
    lineas: libres.reduce((n, [, valor]) => n + lineasDe(valor).length, 0),
    totalPorEnviar: conMoneda(sumaDe(libres).total, moneda),
    guardados: guardados.length,
    totalGuardado: conMoneda(
      guardados.reduce((n, g) => n + BigInt(g.total), 0n),
      moneda,
    ),
  };
}

/**
 * Bring `actuales` to `nuevas` touching only what changed: a field being typed in stays.
 * @template {{id: string | number}} Fila
 * @param {Fila[]} actuales
 * @param {Fila[]} nuevas
 */
export function conservar(actuales, nuevas) {
  const previas = new Map(actuales.map((fila) => [fila.id, fila]));
  const filas = nuevas.map((nueva) => {
    const previa = previas.get(nueva.id);
    return previa ? Object.assign(previa, nueva) : nueva;
  });
  const iguales =
    filas.length === actuales.length && filas.every((fila, i) => fila.id === actuales[i].id);
  return iguales ? actuales : filas;
}
