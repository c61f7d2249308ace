"""What an unfulfilled order deserves: a card, none, or to leave. Pure: no Django.

The rules are the customer's, by their numbers (1.1, 1.2, 2.1, 2.2, 2.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NO_RECOGIDO: Final = "4"
CANCELADO: Final = "8"
PENDIENTE: Final = "9"
EN_REVISION: Final = "14"
# While it has one of these, an order waits for somebody.
ABIERTOS: Final = frozenset({PENDIENTE, EN_REVISION})


class Tipo(StrEnum):
    """What a card asks for."""

    ENCUESTA = "encuesta"
    CONCILIACION = "conciliacion"


class Accion(StrEnum):
    """What becomes of the card."""

    MOSTRAR = "mostrar"
    RETIRAR = "retirar"
    NADA = "nada"


@dataclass(frozen=True, slots=True)
class Caso:
    """An unfulfilled order at the moment it is looked at.

    `tipo` and `ultimo_status` are its card's, None without one.
    """

    creado: bool
    respondido: bool
    status: str
    status_pedido: str
    stock_devuelto: bool
    pasado_por_caja: bool
    tipo: Tipo | None = None
    ultimo_status: str | None = None


@dataclass(frozen=True, slots=True)
class Veredicto:
    """What to do, by which rule; to show, a card of what `tipo`, and with `generar` see that the
    order has a "4" of its own."""

    accion: Accion
    regla: str = ""
    tipo: Tipo = Tipo.ENCUESTA
    generar: bool = False


NADA: Final = Veredicto(Accion.NADA)


def decidir(caso: Caso) -> Veredicto:
    """The verdict of the rules; for every case exactly one."""
    return _al_crear(caso) if caso.creado else _al_actualizar(caso)


def por_conciliar(status_pedido: str, *, stock_devuelto: bool) -> bool:
    """Whether the order was cancelled too late: its stock is still out."""
    return status_pedido == CANCELADO and not stock_devuelto


def _al_crear(caso: Caso) -> Veredicto:
    if caso.respondido:
        return NADA
    tarde = por_conciliar(caso.status_pedido, stock_devuelto=caso.stock_devuelto)
    if caso.status == NO_RECOGIDO:
        # It is itself the "Unfulfilled by User" that 1.2 asks for.
        return Veredicto(Accion.MOSTRAR, "1.2", Tipo.CONCILIACION) if tarde else NADA
    if tarde:
        return Veredicto(Accion.MOSTRAR, "1.1+1.2", Tipo.CONCILIACION, generar=True)
    return Veredicto(Accion.MOSTRAR, "1.1", Tipo.ENCUESTA)


def _al_actualizar(caso: Caso) -> Veredicto:
    if caso.respondido:
        return Veredicto(Accion.RETIRAR, "2.1")
    if caso.pasado_por_caja:
        return Veredicto(Accion.RETIRAR, "2.3")
    if caso.status in ABIERTOS:
        return NADA
    # "El estado cambia": an incidental save must not lose a reconciliation.
    if caso.tipo is Tipo.CONCILIACION and caso.status == caso.ultimo_status:
        return NADA
    return Veredicto(Accion.RETIRAR, "2.2")
