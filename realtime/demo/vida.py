"""What the demo lives through on the board: cards of every kind, answered, expired and open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.contrib.auth.models import User
from django.db import models

from realtime.models import EN_REVISION, RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from realtime.rules import PLAZO
from realtime.tarjetas.acciones import registrar, responder, tomar
from realtime.tarjetas.movimientos import Motivo, retirar, tarjeta_de
from sales.demo.gente import de_la_demo
from sales.models import EstadoPedido, Orders
from sales.pedidos.estados import cancelar

# Of a hundred orders that passed, so many could not be completed.
POR_CIENTO: Final = 4
ABIERTAS, CANCELADAS_TARDE, SIN_RESPUESTA = 9, 2, 5
RESPUESTAS: Final = (
    "El cliente no estaba; se reprograma para mañana.",
    "El local estaba cerrado a la hora de entrega.",
    "No tenía efectivo: pide entregar el viernes.",
    "Dice que no pidió la cerveza; acepta el resto.",
    "Dirección equivocada: es la esquina siguiente.",
    "El camión no llegó a la zona; va en el primer reparto.",
    "Rechazó por precio: lo quiere al de la semana pasada.",
)


def vivir_tarjetas(ahora: datetime, azar: Random) -> None:
    """Register, answer and let expire, over the weeks and today."""
    supervisor = User.objects.get(username="supervisor")
    pasadas = _registrar_pasadas(ahora, supervisor, azar)
    abiertas = _registrar_abiertas(ahora, supervisor, azar)
    _mover(ahora, pasadas | abiertas, azar)


def contestar_una(azar: Random) -> str:
    """Now and then somebody answers a survey of the demo's orders, or registers one; what it was.

    "" when nothing happened.
    """
    supervisor = User.objects.get(username="supervisor")
    encuestas = RealtimeRecord.objects.filter(
        de_la_demo("unfulfilled__orderobj__usuario"), tipo=RealtimeRecord.Tipo.ENCUESTA
    ).exclude(EN_REVISION)
    tarjeta = encuestas.select_related("unfulfilled__orderobj").order_by("creado_en").first()
    if azar.randrange(3) == 0 and tarjeta is not None:
        numero = tarjeta.unfulfilled.orderobj.pedido_numero
        respuesta = azar.choice(RESPUESTAS)
        responder(unfulfilled_id=tarjeta.unfulfilled_id, respuesta=respuesta, actor=supervisor)
        return f"Pedido {numero}: contestado"
    ultimo = _en_curso().filter(de_la_demo()).order_by("-pk").first()
    if azar.randrange(4) == 0 and ultimo is not None:
        _sin_cobrar(ultimo)
        registrar(pedido=ultimo, status=EstadoPedido.PENDIENTE, store_answer=None, actor=supervisor)
        return f"Pedido {ultimo.pedido_numero}: no completado"
    return ""


def borrar_tarjetas(pedidos: models.QuerySet[Orders]) -> None:
    """Take the rows, the cards and the history of these orders away."""
    numeros = list(pedidos.values_list("pedido_numero", flat=True))
    UnfulfilledOrder.objects.filter(orderobj__in=pedidos).delete()
    # What is on record is never deleted; what only a demo lived through is.
    models.QuerySet(RealtimeEvent).filter(pedido_numero__in=numeros).delete()


def _registrar_pasadas(ahora: datetime, quien: User, azar: Random) -> dict[int, datetime]:
    """Rows of the weeks before, the most of them answered; each with its moment."""
    filas = {}
    viejos = _en_curso().filter(capturado_en__lt=ahora - 2 * PLAZO)
    for pedido in viejos.order_by("pk"):
        if azar.randrange(100) >= POR_CIENTO:
            continue
        _sin_cobrar(pedido)
        fila = registrar(
            pedido=pedido, status=EstadoPedido.PENDIENTE, store_answer=None, actor=quien
        )
        if azar.randrange(SIN_RESPUESTA):
            responder(unfulfilled_id=fila.pk, respuesta=azar.choice(RESPUESTAS), actor=quien)
        filas[fila.pk] = pedido.capturado_en + timedelta(minutes=azar.randint(180, 1_300))
    return filas


def _registrar_abiertas(ahora: datetime, quien: User, azar: Random) -> dict[int, datetime]:
    """What is on the board now: surveys, some cancelled too late, and one that somebody has."""
    filas = {}
    recientes = _en_curso().filter(capturado_en__lt=ahora - timedelta(minutes=20))
    for lugar, pedido in enumerate(recientes.order_by("-capturado_en")[:ABIERTAS]):
        _sin_cobrar(pedido)
        fila = registrar(
            pedido=pedido, status=EstadoPedido.PENDIENTE, store_answer=None, actor=quien
        )
        if lugar < CANCELADAS_TARDE:
            cancelar(pedido_id=pedido.pk, usuario=quien)
        elif lugar == CANCELADAS_TARDE:
            tomar(unfulfilled_id=fila.pk, actor=quien)
        hace = timedelta(minutes=azar.randint(4, 15) + 120 * lugar)
        filas[fila.pk] = max(ahora - hace, pedido.capturado_en)
    return filas


def _en_curso() -> models.QuerySet[Orders]:
    return Orders.objects.filter(
        status=EstadoPedido.CONFIRMADO, anulado_040=False, no_completados=None
    )


def _sin_cobrar(pedido: Orders) -> None:
    """What could not be completed was not charged."""
    Orders.objects.filter(pk=pedido.pk).update(pasado_por_caja_en=None)


def _mover(ahora: datetime, cuando: dict[int, datetime], azar: Random) -> None:
    """Every row, card and event at its own moment; what nobody dealt with in time expired."""
    filas = list(UnfulfilledOrder.objects.select_related("orderobj").order_by("pk"))
    for fila in filas:
        fila.creado_en = cuando.get(fila.pk, fila.orderobj.capturado_en + timedelta(minutes=3))
        tarjeta = tarjeta_de(fila)
        if tarjeta is None:
            continue
        if fila.creado_en <= ahora - PLAZO:
            retirar(tarjeta, Motivo.TIMEOUT)
        else:
            RealtimeRecord.objects.filter(pk=tarjeta.pk).update(creado_en=fila.creado_en)
    _mover_historia(ahora, filas, azar)
    for fila in filas:
        fila.actualizado_en = fila.creado_en
    UnfulfilledOrder.objects.bulk_update(filas, ["creado_en", "actualizado_en"], batch_size=100)


def _mover_historia(ahora: datetime, filas: Sequence[UnfulfilledOrder], azar: Random) -> None:
    mostrada = {fila.pk: fila.creado_en for fila in filas}
    hechos = list(RealtimeEvent.objects.filter(unfulfilled_id__in=list(mostrada)).order_by("pk"))
    for hecho in hechos:
        demora = timedelta()
        if hecho.hecho == RealtimeEvent.Hecho.RETIRADA:
            vencio = hecho.motivo == RealtimeEvent.Motivo.TIMEOUT
            demora = PLAZO if vencio else timedelta(minutes=azar.randint(12, 700))
        elif hecho.hecho == RealtimeEvent.Hecho.TOMADA:
            demora = timedelta(minutes=2)
        hecho.creado_en = min(ahora, mostrada[hecho.unfulfilled_id] + demora)
    # Past the guard of what is written once: it is the demo's own, of this same transaction.
    sin_guarda: models.QuerySet[RealtimeEvent] = models.QuerySet(RealtimeEvent)
    sin_guarda.bulk_update(hechos, ["creado_en"], batch_size=100)
