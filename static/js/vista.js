// What the desk shows of what it keeps: plain rows of text for the template. Pure.

import { aMenor, conMoneda, formatear, contar } from "./dinero.js";
import { sumar } from "./iva.js";
import { aMinimos } from "./motor.js";
import {
  desgloseDe,
  idDe,
  lineasDe,
  observacionDe,
  seMuestra,
  tasaDe,
  totales,
} from "./pedidos.js";
import { esAcordado, precioDelSistema, rebajaDe, textoDeRegla } from "./reprecio.js";
import { enumerar, frase, nombreDeCampo, plural, textoDeCambio } from "./textos.js";

const ESTADOS = {
  vacio: { texto: "sin líneas", punto: "punto-neutro" },
  sin_enviar: { texto: "sin enviar", punto: "punto-aviso" },
  otro_precio: { texto: "precios nuevos", punto: "punto-aviso" },
  enviando: { texto: "enviando", punto: "punto-curso" },
  rechazado: { texto: "rechazado", punto: "punto-peligro" },
  ilegible: { texto: "no se puede mostrar", punto: "punto-peligro" },
};
// Of these the taker decides whether the server gets another order.
const DE_OTRO_CONTENIDO = new Set(["pedido_reutilizado", "recibo_distinto"]);

/** The open clients, in the order they were opened. */
export function vistaClientes(estado, decimales) {
  return Object.keys(estado.orders)
    .map((id) => vistaCliente(estado, id, decimales))
    .sort((a, b) => a.abierto - b.abierto || a.id - b.id);
}

function vistaCliente({ orders, fichas, rechazos, bloqueados }, id, decimales) {
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
    estadoDe(id, lineas, rechazos, bloqueados) ??
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

function nombreDe(fichas, id) {
  return String(fichas.clientes[id]?.nombre ?? `Cliente ${id}`);
}

function estadoDe(id, lineas, rechazos, bloqueados) {
  if (bloqueados.has(id)) return "enviando";
  if (rechazos[id]) return "rechazado";
  return lineas.length ? null : "vacio";
}

function hayCambios(lineas, fichas, cliente) {
  const suyas = fichas.precios[cliente] ?? {};
  return lineas.some(({ articulo_id }) => suyas[articulo_id]?.antes !== undefined);
}

/** The chosen client's order; `precios`: a Map of what the engine says of it, or null. */
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
    reutilizado: DE_OTRO_CONTENIDO.has(rechazo?.codigo),
    numeroGuardado: rechazo?.numero ?? null,
    cambios: cambiosDe(lineas, fichas, id, decimales),
    lineas: lineas.map((linea, i) =>
      vistaLinea(linea, i, { fichas, id, rechazo, decimales, precios }),
    ),
    total: formatear(totales(lineas, decimales).total, decimales),
  };
}

/** A verdict's reason in words, with the line and the field it names. */
export function motivo({ codigo, motivo: texto, articulo, campo, numero }, lineas, fichas) {
  // The server says where in its own terms; here the client is in sight and lines have names.
  const dicho = (texto || frase(codigo)).replace(/^Cliente [^:]*: /, "");
  const lugar = lineas.findIndex((linea) => linea.articulo_id === articulo);
  const nombre = fichas.articulos[articulo]?.descripcion ?? "";
  const donde = [
    lugar < 0 ? "" : `línea ${contar(lugar + 1)}`,
    lugar < 0 ? "" : nombre,
    nombreDeCampo(campo),
  ];
  const prefijo = donde.filter(Boolean).join(", ");
  return (
    mayuscula(`${prefijo}${prefijo && ": "}${dicho}`) +
    (numero ? ` (pedido ${contar(numero)})` : "")
  );
}

function mayuscula(texto) {
  return texto.slice(0, 1).toUpperCase() + texto.slice(1);
}

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
    precio: formatear(aMenor(linea.precio_unitario, decimales), decimales),
    acordado,
    precioSistema,
    sistema: acordado ? acuerdo(precioSistema, linea, decimales) : "",
    ...vistaRebaja(linea, acordado ? undefined : precios?.get(linea.articulo_id), decimales),
    antes: antes && `antes ${formatear(aMenor(antes, decimales), decimales)}`,
    tasa: tasa ? `${tasa} %` : "Exenta",
    iva: tasa ? formatear(iva, decimales) : "",
    total: formatear(totales([linea], decimales).total, decimales),
    mal: rechazo?.articulo === linea.articulo_id,
  };
}

// What the rules did to a line: the list's price, which ones, and what the client saves with them.
function vistaRebaja(linea, precio, decimales) {
  const pagado = aMenor(linea.precio_unitario, decimales);
  const rebaja =
    precio && aMinimos(precio.final, decimales) === pagado ? rebajaDe(precio, decimales) : null;
  if (!rebaja) return { lista: "", nota: "", ahorro: "" };
  const menos = (rebaja.lista - pagado) * BigInt(linea.cantidad);
  const ahorro =
    menos < 0n ? `+${formatear(-menos, decimales)}` : `−${formatear(menos, decimales)}`;
  return {
    lista: formatear(rebaja.lista, decimales),
    nota: rebaja.nota,
    ahorro: menos ? ahorro : "",
  };
}

function acuerdo(sistema, { precio_unitario }, decimales) {
  if (sistema === precio_unitario) return "Precio acordado, igual al del sistema";
  return `Precio acordado, irá a revisión (sistema ${formatear(aMenor(sistema, decimales), decimales)})`;
}

// What a new catalogue made of this order's prices, until somebody has read it.
function cambiosDe(lineas, fichas, cliente, decimales) {
  return lineas.flatMap(({ articulo_id: articulo, precio_unitario: ahora }) => {
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

/** A discount within reach: what to add, and what it would do. */
export function vistaFaltante(
  { tipo, regla, articulo, faltan, antes, despues },
  { decimales, moneda },
) {
  const precio = (micros) => formatear(aMinimos(micros, decimales), decimales);
  const descuento = textoDeRegla(regla);
  const comun = { id: `${tipo}-${regla.id}-${articulo?.id ?? 0}`, articulo: null, codigo: "" };
  if (tipo === "monto") {
    return {
      ...comun,
      texto: `${conMoneda(aMinimos(faltan, decimales), moneda)} más en el pedido`,
      efecto: descuento,
    };
  }
  if (tipo === "combo") {
    const texto = `Agregar ${enumerar(faltan.map((falta) => falta.nombre))}`;
    return { ...comun, texto, efecto: descuento, codigo: String(faltan[0].codigo) };
  }
  const texto = `${plural(faltan, "unidad", "unidades")} más de ${articulo.nombre}`;
  const efecto = `${descuento}: de ${precio(antes)} a ${precio(despues)}`;
  return { ...comun, texto, efecto, articulo: articulo.id };
}

/** The day's sum over the orders still to be sent, and what was saved today. */
export function vistaResumen({ orders, bloqueados }, guardados, { decimales, moneda }) {
  const legibles = Object.entries(orders).filter(([, valor]) => seMuestra(valor, decimales));
  const todos = legibles.filter(([, valor]) => lineasDe(valor).length > 0);
  const libres = todos.filter(([id]) => !bloqueados.has(id));
  const sumaDe = (pedidos) =>
    sumar(pedidos.map(([, valor]) => totales(lineasDe(valor), decimales)));
  const suma = sumaDe(todos);
  const campos = Object.entries(suma).map(([campo, monto]) => [campo, formatear(monto, decimales)]);
  return {
    ...Object.fromEntries(campos),
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

/** Bring `actuales` to `nuevas` touching only what changed: a field being typed in stays. */
export function reconciliar(actuales, nuevas) {
  const previas = new Map(actuales.map((fila) => [fila.id, fila]));
  const filas = nuevas.map((nueva) => {
    const previa = previas.get(nueva.id);
    return previa ? Object.assign(previa, nueva) : nueva;
  });
  const iguales =
    filas.length === actuales.length && filas.every((fila, i) => fila.id === actuales[i].id);
  return iguales ? actuales : filas;
}
