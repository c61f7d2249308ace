"""Registering over REST: stores retry, and what they say twice is one unfulfilled order."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from realtime.models import RealtimeEvent, UnfulfilledOrder
from realtime.tarjetas.acciones import codigo_valido, registrar, respuesta_o_nada
from realtime.tarjetas.vencidas import PLAZO
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
    filas = UnfulfilledOrder.objects.filter(orderobj=pedido, status=status).order_by("-pk")
    if respuesta:
        desde = timezone.now() - PLAZO
        return filas.filter(store_answer=respuesta, creado_en__gt=desde).first()
    salida = RealtimeEvent.objects.filter(
        unfulfilled_id=OuterRef("pk"), hecho=RealtimeEvent.Hecho.RETIRADA
    )
    return next((fila for fila in filas.filter(~Exists(salida)) if not fila.respondido), None)
