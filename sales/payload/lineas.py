"""The lines of an order: shape, types and ranges; no question to the database yet. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain, repeat
from operator import itemgetter
from typing import Any

from core.limites_pedido import LIMITES
from sales.payload.fallas import PedidoRechazado, imprimible
from sales.payload.montos import MontoInvalido, en_minimos

LINEAS_MAXIMAS = LIMITES["lineas_por_pedido"]
CANTIDAD_MAXIMA = LIMITES["cantidad_maxima"]
ID_MAXIMO = 2**63 - 1
# Notices of one order that name unknown fields; a thousand names would say nothing more.
IGNORADOS_MAXIMO = 50
# In major units; with two decimals, up to 9.999.999.999,99.
PRECIO_MAXIMO = 10 ** LIMITES["precio_enteros"]

OBLIGATORIOS = ("articulo_id", "cantidad", "precio_unitario")
IMPUESTOS = ("gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")
CAMPOS_LINEA = frozenset(OBLIGATORIOS + IMPUESTOS)
# Columns of a line or an order that nobody may send: saving them would forge a decision.
DEL_SERVIDOR = frozenset(
    {
        *("id", "pk", "orderobj", "orderobj_id", "artobj", "artobj_id", "cantidad_original"),
        *("precio_sistema", "lista_precio", "lista_precio_id", "version_precios"),
        *("anulado_040", "anulado_040_fecha", "anulado_040_por_gecos", "anulado_040_motivo"),
        *("pedido_numero", "pdvobj", "pdvobj_id", "doc_numero", "status", "stock_returned"),
        *("pasado_por_caja_en", "loteobj", "loteobj_id", "sucursal", "sucursal_id"),
        *("usuario", "usuario_id", "capturado_en", "uuid", "huella_enviada"),
        *("impreso_en", "impreso_por", "impreso_por_id"),
    }
)

# What the sender says the taxes are, in minor units and the order of IMPUESTOS: None where it
# says nothing, a Decimal where it says an amount that the currency does not have.
Declarado = tuple[int | Decimal | None, ...]
# Article, quantity, price in minor units, and the declared taxes, if any.
Linea = tuple[int, int, int, Declarado | None]
Aviso = dict[str, Any]

_LECTORES = {
    len(campos): itemgetter(*campos) for campos in (OBLIGATORIOS, OBLIGATORIOS + IMPUESTOS)
}
_SOLO_ENTEROS = {int}


def leer_lineas(crudas: Any, decimales: int, avisos: list[Aviso]) -> list[Linea]:
    """The order's lines; PedidoRechazado at the first that is wrong. Notices go to `avisos`."""
    if not isinstance(crudas, list):
        raise PedidoRechazado("tipo_incorrecto", "las líneas van en una lista.", campo="detalles")
    if not crudas:
        raise PedidoRechazado(
            "sin_lineas", "el pedido no tiene líneas: cargar al menos un artículo."
        )
    if len(crudas) > LINEAS_MAXIMAS:
        raise PedidoRechazado(
            "demasiadas_lineas",
            f"el pedido tiene {len(crudas)} líneas y el máximo es {LINEAS_MAXIMAS}:"
            " dividirlo en dos envíos.",
        )
    return _lineas_enteras(crudas, 10**decimales) or [
        _leer_linea(cruda, numero, decimales, avisos) for numero, cruda in enumerate(crudas, 1)
    ]


def _lineas_enteras(crudas: list[Any], factor: int) -> list[Linea] | None:
    """The usual order, read by columns: known fields only, integers all, in range; else None."""
    try:
        lector = _LECTORES[len(crudas[0])]
        if set(map(len, crudas)) != {len(crudas[0])}:
            return None
        filas = list(map(lector, crudas))
    except (KeyError, TypeError):
        return None
    if set(map(type, chain.from_iterable(filas))) != _SOLO_ENTEROS:
        return None
    articulos, cantidades, precios, *impuestos = zip(*filas, strict=True)
    if not (
        _entre(articulos, 1, ID_MAXIMO)
        and _entre(cantidades, 1, CANTIDAD_MAXIMA)
        and _entre(precios, 0, PRECIO_MAXIMO - 1)
    ):
        return None
    declarados = zip(*(_por(columna, factor) for columna in impuestos), strict=True)
    return list(
        zip(articulos, cantidades, _por(precios, factor), declarados, strict=True)
        if impuestos
        else zip(articulos, cantidades, _por(precios, factor), repeat(None))
    )


def _entre(columna: tuple[int, ...], minimo: int, maximo: int) -> bool:
    return min(columna) >= minimo and max(columna) <= maximo


def _por(columna: tuple[int, ...], factor: int) -> Iterable[int]:
    return columna if factor == 1 else [valor * factor for valor in columna]


def _leer_linea(cruda: Any, numero: int, decimales: int, avisos: list[Aviso]) -> Linea:
    if not isinstance(cruda, dict):
        raise PedidoRechazado(
            "tipo_incorrecto", "cada línea es un objeto con sus campos.", linea=numero
        )
    revisar_campos(cruda, CAMPOS_LINEA, numero, avisos)
    for campo in OBLIGATORIOS:
        if cruda.get(campo) is None:
            raise PedidoRechazado("falta_campo", "falta el dato.", linea=numero, campo=campo)
    articulo = _entero(cruda["articulo_id"], numero, "articulo_id")
    if not 0 < articulo <= ID_MAXIMO:
        raise PedidoRechazado(
            "articulo_desconocido",
            "el artículo no existe: quitar la línea o elegirlo de nuevo.",
            linea=numero,
            campo="articulo_id",
        )
    cantidad = _cantidad(cruda["cantidad"], numero)
    precio = _precio(cruda["precio_unitario"], numero, decimales)
    return articulo, cantidad, precio, _declarado(cruda, numero, decimales)


def revisar_campos(
    cruda: dict[str, Any], conocidos: frozenset[str], numero: int | None, avisos: list[Aviso]
) -> None:
    """Refuse fields that only the server sets; name the first unknown ones in notices."""
    desconocidos = cruda.keys() - conocidos
    for campo in sorted(desconocidos & DEL_SERVIDOR):
        raise PedidoRechazado(
            "campo_del_servidor",
            "este dato lo decide el sistema: quitarlo del envío.",
            linea=numero,
            campo=campo,
        )
    for campo in sorted(desconocidos)[: max(IGNORADOS_MAXIMO - len(avisos), 0)]:
        nombre = imprimible(campo, 60)
        avisos.append(
            {
                "codigo": "campo_ignorado",
                "linea": numero,
                "campo": nombre,
                "motivo": "El dato no se conoce y no se guardó.",
            }
        )


def _entero(valor: Any, numero: int, campo: str) -> int:
    if type(valor) is not int:
        raise PedidoRechazado(
            "tipo_incorrecto",
            "tiene que ser un número entero, sin comillas ni decimales.",
            linea=numero,
            campo=campo,
        )
    return valor


def _cantidad(valor: Any, numero: int) -> int:
    cantidad = _entero(valor, numero, "cantidad")
    if not 0 < cantidad <= CANTIDAD_MAXIMA:
        raise PedidoRechazado(
            "cantidad_fuera_de_rango",
            "tiene que ser de 1 a 1.000.000: corregir la cantidad o quitar la línea.",
            linea=numero,
            campo="cantidad",
        )
    return cantidad


def _precio(valor: Any, numero: int, decimales: int) -> int:
    try:
        precio = en_minimos(valor, decimales)
    except MontoInvalido as error:
        codigo, detalle = _PRECIO_INVALIDO[error.causa]
        raise PedidoRechazado(codigo, detalle, linea=numero, campo="precio_unitario") from None
    if precio < 0:
        raise PedidoRechazado(
            "precio_negativo",
            "no puede ser negativo: corregir el precio.",
            linea=numero,
            campo="precio_unitario",
        )
    if precio >= PRECIO_MAXIMO * 10**decimales:
        raise PedidoRechazado(*_PRECIO_INVALIDO["magnitud"], linea=numero, campo="precio_unitario")
    return precio


_PRECIO_INVALIDO = {
    "tipo": ("tipo_incorrecto", "tiene que ser un número, o un texto decimal con punto."),
    "decimales": (
        "precio_con_decimales",
        "tiene más decimales que la moneda: redondear el precio.",
    ),
    "magnitud": ("importe_excesivo", "pasa de 9.999.999.999: corregir el precio."),
}


def _declarado(cruda: dict[str, Any], numero: int, decimales: int) -> Declarado | None:
    """The tax figures sent; they need only be amounts, since the server's own replace them."""
    if not any(cruda.get(campo) is not None for campo in IMPUESTOS):
        return None
    return tuple(_impuesto(cruda.get(campo), numero, campo, decimales) for campo in IMPUESTOS)


def _impuesto(valor: Any, numero: int, campo: str, decimales: int) -> int | Decimal | None:
    if valor is None:
        return None
    try:
        return en_minimos(valor, decimales)
    except MontoInvalido as error:
        if error.causa == "tipo":
            raise PedidoRechazado(*_PRECIO_INVALIDO["tipo"], linea=numero, campo=campo) from None
        return Decimal("NaN")
