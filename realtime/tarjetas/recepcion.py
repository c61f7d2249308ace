"""Registering over REST: stores retry, and what they say twice is one unfulfilled order."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from realtime.models import RealtimeEvent, UnfulfilledOrder
from realtime.rules import sigue_abierta
from realtime.tarjetas.acciones import codigo_valido, registrar, respuesta_o_nada
from sales.models import Orders
from sales.pedidos.estados import bloquear


@transaction.atomic
def registrar_una_vez(
    *, pedido: Orders, status: str, store_answer: str | None, actor: User
) -> tuple[UnfulfilledOrder, bool]:
    """The row, and whether it is new: what is still open is not registered again.

    Open: nothing took its card away; what came answered never had one, and is open for 24 hours.
    """
    codigo = codigo_valido(status)
    respuesta = respuesta_o_nada(store_answer)
    bloquear(pedido.pk)
    repetida = _abierta(pedido, codigo, respuesta)
    if repetida is not None:
        return repetida, False
    nueva = registrar(pedido=pedido, status=codigo, store_answer=respuesta, actor=actor)
    return nueva, True


def _abierta(pedido: Orders, status: str, respuesta: str | None) -> UnfulfilledOrder | None:
    salida = RealtimeEvent.objects.filter(
        unfulfilled_id=OuterRef("pk"), hecho=RealtimeEvent.Hecho.RETIRADA
    )
    filas = UnfulfilledOrder.objects.filter(orderobj=pedido, status=status).order_by("-pk")
    ahora = timezone.now()
    for fila in filas.annotate(retirada=Exists(salida)):
        edad = ahora - fila.creado_en
        if sigue_abierta(fila.store_answer, respuesta, retirada=fila.retirada, edad=edad):
            return fila
    return None
