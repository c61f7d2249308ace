"""What an unfulfilled order deserves: a card, none, or to leave; and what a card asks. Pure.

The rules are the customer's, by their numbers (1.1, 1.2, 2.1, 2.2, 2.3). Whoever writes rows and
cards asks here, under the order's lock; no other module decides (`docs/no-completados.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from sales.pedidos.tabla_de_estados import CANCELADO, EN_REVISION, NO_RECOGIDO

PENDIENTE: Final = "9"
# How long a card is on the board when nobody does anything.
PLAZO: Final = timedelta(hours=24)
# While it has one of these, an order waits for somebody.
ABIERTOS: Final = frozenset({PENDIENTE, EN_REVISION})


class Tipo(StrEnum):
    """What a card asks for."""

    ENCUESTA = "encuesta"
    CONCILIACION = "conciliacion"


class Pide(StrEnum):
    """What somebody has to do about a card."""

    RESPUESTA = "respuesta"
    PRECIO = "precio"
    STOCK = "stock"


class Motivo(StrEnum):
    """Why a card came, changed, left or never was."""

    REGLA = "regla"
    RESPONDIDO = "respondido"
    ESTADO = "estado"
    CAJA = "caja"
    STOCK = "stock"
    CANCELACION = "cancelacion"
    ANULACION = "anulacion"
    BORRADO = "borrado"
    ACEPTADO = "aceptado"
    CORREGIDO = "corregido"
    TIMEOUT = "timeout"
    PERSONA = "persona"


MOTIVO_DE_REGLA: Final[Mapping[str, Motivo]] = {
    "2.1": Motivo.RESPONDIDO,
    "2.2": Motivo.ESTADO,
    "2.3": Motivo.CAJA,
}


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
    anulado: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, by which rule; to show, a card of what `tipo`, and with `generar` see that the
    order has a "4" of its own."""

    accion: Accion
    regla: str = ""
    tipo: Tipo = Tipo.ENCUESTA
    generar: bool = False


NADA: Final = Decision(Accion.NADA)


def decidir(caso: Caso) -> Decision:
    """The verdict of the rules; for every case exactly one."""
    return _al_crear(caso) if caso.creado else _al_actualizar(caso)


def ve_otro_status(caso: Caso) -> bool:
    """Whether the row's card has not seen its status yet: once seen, it is no change any more."""
    return caso.tipo is not None and caso.ultimo_status != caso.status


def hay_novedad(caso: Caso) -> bool:
    """Whether there is anything to do about the row."""
    return decidir(caso).accion is not Accion.NADA or ve_otro_status(caso)


def por_que_omitir(
    caso: Caso, *, sola: bool, generado: bool, hay_otra: Callable[[], bool]
) -> Motivo | None:
    """Why a row that deserves a card gets none of its own; None: it gets it.

    `sola`, or a row that the rules generated: none past the checkout, and none beside another.
    A "4" is the reconciliation that another card asks for. `hay_otra` is asked when it matters.
    """
    sola = sola or generado
    if sola and caso.pasado_por_caja:
        return Motivo.CAJA
    unica = sola or caso.status == NO_RECOGIDO
    return Motivo.REGLA if unica and hay_otra() else None


def va_sola(status: str, *, sola: bool) -> bool:
    """Whether a row that is looked at again gets no card beside another: a "4" never does."""
    return sola or status == NO_RECOGIDO


# For a query of orders, by its columns' names: those that `por_conciliar` says, and those whose
# price somebody has to decide.
POR_CONCILIAR: Final[Mapping[str, object]] = {"status": CANCELADO, "stock_returned": False}
POR_REVISAR: Final[Mapping[str, object]] = {"status": EN_REVISION, "anulado_040": False}


def por_conciliar(status_pedido: str, *, stock_devuelto: bool) -> bool:
    """Whether the order was cancelled too late: its stock is still out."""
    return status_pedido == CANCELADO and not stock_devuelto


def se_convierte(tipo: Tipo) -> bool:
    """Whether a card of this kind becomes a reconciliation when its order has to be reconciled."""
    return tipo is Tipo.ENCUESTA


def le_falta_no_recogido(filas: Iterable[tuple[str, bool]]) -> bool:
    """Whether an order with these rows (status, whether generated) has no "4" of its own.

    One that was generated before counts, whatever its status is by now.
    """
    return not any(status == NO_RECOGIDO or generado for status, generado in filas)


class Efecto(NamedTuple):
    """What a deed on an order does to its cards: which leave and why, and what is looked at."""

    retira: frozenset[Tipo] = frozenset()
    motivo: Motivo = Motivo.REGLA
    concilia: bool = False
    repasa: bool = False
    # The rows in review follow their order, and their cards leave.
    cierra_revision: bool = False


# By the deeds' names, `sales.signals.Hecho`.
EFECTOS: Final[Mapping[str, Efecto]] = {
    "anulacion": Efecto(frozenset(Tipo), Motivo.ANULACION),
    "anulacion_de_linea": Efecto(),
    "cancelacion": Efecto(concilia=True, repasa=True),
    "stock_devuelto": Efecto(frozenset({Tipo.CONCILIACION}), Motivo.STOCK),
    "caja": Efecto(repasa=True),
    "precio_aceptado": Efecto(motivo=Motivo.ACEPTADO, cierra_revision=True),
    "precio_corregido": Efecto(motivo=Motivo.CORREGIDO, cierra_revision=True),
}


def respondido(respuesta: str | None) -> bool:
    """Whether the store has answered; a blank is no answer."""
    return bool((respuesta or "").strip())


def contradice(respuesta: str | None, otra: str) -> bool:
    """Whether it is another answer than the one there is; the same again is no news."""
    return respondido(respuesta) and respuesta != otra


def sigue_abierta(
    respuesta: str | None, nueva: str | None, *, retirada: bool, edad: timedelta
) -> bool:
    """Whether what is registered again is the row there is: it is still open.

    Without an answer, until its card leaves; with the same one, it had no card: for 24 hours.
    """
    if nueva:
        return respuesta == nueva and edad < PLAZO
    return not respondido(respuesta) and not retirada


def espera_precio(status: str, status_pedido: str) -> bool:
    """Whether a row waits for a decision about a price: so say its code and its order's."""
    return status == status_pedido == EN_REVISION


def que_pide(tipo: str, status: str, status_pedido: str) -> Pide:
    """What somebody has to do about a card of this kind."""
    if espera_precio(status, status_pedido):
        return Pide.PRECIO
    return Pide.STOCK if tipo == Tipo.CONCILIACION else Pide.RESPUESTA


def vence(mostrada: datetime) -> datetime:
    """When a card will be closed if nobody does anything."""
    return mostrada + PLAZO


def vencida(mostrada: datetime, ahora: datetime) -> bool:
    """Whether nobody did anything in time."""
    return vence(mostrada) <= ahora


def _al_crear(caso: Caso) -> Decision:
    if caso.respondido or caso.anulado:
        return NADA
    tarde = por_conciliar(caso.status_pedido, stock_devuelto=caso.stock_devuelto)
    if caso.status == NO_RECOGIDO:
        # It is itself the "Unfulfilled by User" that 1.2 asks for.
        return Decision(Accion.MOSTRAR, "1.2", Tipo.CONCILIACION) if tarde else NADA
    if tarde:
        return Decision(Accion.MOSTRAR, "1.1+1.2", Tipo.CONCILIACION, generar=True)
    return Decision(Accion.MOSTRAR, "1.1", Tipo.ENCUESTA)


def _al_actualizar(caso: Caso) -> Decision:
    if caso.respondido:
        return Decision(Accion.RETIRAR, "2.1")
    if caso.pasado_por_caja:
        return Decision(Accion.RETIRAR, "2.3")
    if caso.status in ABIERTOS:
        return NADA
    # "El estado cambia": an incidental save must not lose a reconciliation.
    if caso.tipo is Tipo.CONCILIACION and caso.status == caso.ultimo_status:
        return NADA
    return Decision(Accion.RETIRAR, "2.2")
