"""The shapes of what PrecioService answers: dicts by contract, each with its type. Pure.

Amounts are Decimals with the currency's decimals; a running price that has more keeps them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NotRequired, TypeAlias, TypedDict, final


class ListaAplicada(TypedDict):
    """Which list priced it."""

    id: int
    nombre: str
    canal_venta: str
    sucursal: int | None


class ListaConsiderada(ListaAplicada):
    """A list that was looked at, and why it was or was not the one."""

    nivel: int
    elegida: bool
    codigo: str
    frase: str


class ReglaAplicada(TypedDict):
    """A rule that fired (`id` None: the cost's floor), and the running price around it."""

    id: int | None
    nombre: str
    antes: Decimal | None
    despues: Decimal | None


class ReglaConsiderada(ReglaAplicada):
    """A rule that was looked at, and what it lacked to fire."""

    aplicada: bool
    codigo: str
    medido: Decimal | None
    umbral: Decimal | None
    frase: str


class AvisoDeCalculo(TypedDict):
    """Something odd met on the way."""

    codigo: str
    frase: str


class Traza(TypedDict):
    """How a price came about, in order."""

    listas: list[ListaConsiderada]
    reglas: list[ReglaConsiderada]
    avisos: list[AvisoDeCalculo]


@final
class PrecioCotizado(TypedDict):
    """A unit price: from which list, from what base, by which rules; `traza` when asked for."""

    lista_precio_aplicada: ListaAplicada
    precio_base: Decimal
    precio_final: Decimal
    cantidad: int
    total: Decimal
    reglas_aplicadas: list[ReglaAplicada]
    autorizado_bajo_costo: bool
    ajustado_a_costo: bool
    moneda: str
    traza: NotRequired[Traza]


@final
class LineaSinPrecio(TypedDict):
    """A line that the list does not price."""

    articulo_id: int
    codigo: str
    detail: str
    traza: NotRequired[Traza]


LineaCotizada: TypeAlias = PrecioCotizado | LineaSinPrecio


class CarritoCotizado(TypedDict):
    """A whole cart priced; `total` None when a line has no price."""

    lineas: list[LineaCotizada]
    total: Decimal | None
    moneda: str
    lista_precio_aplicada: ListaAplicada
    version: str
