"""Cards that nobody dealt with in 24 hours of being shown."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from realtime import rules
from realtime.en_vivo.version import POR_TABLERO
from realtime.models import RealtimeRecord
from realtime.tarjetas.movimientos import Motivo, retirar, tarjetas_de
from sales.models import Orders

TANDA: Final = 100


def vence(tarjeta: RealtimeRecord) -> datetime:
    """When the card will be closed if nobody does anything."""
    return rules.vence(tarjeta.creado_en)


def cerrar_vencidas() -> int:
    """Close them, with "timeout" on record; answers and status stay as they are.

    Whoever else is closing them, or dealing with one, is not waited for.
    """
    ahora = timezone.now()
    cerradas = 0
    while nuevas := _cerrar_tanda(ahora):
        cerradas += nuevas
    return cerradas


@transaction.atomic
def _cerrar_tanda(ahora: datetime) -> int:
    vencidas = RealtimeRecord.objects.filter(
        unfulfilled__orderobj=OuterRef("pk"), creado_en__lte=ahora - rules.PLAZO
    )
    pedidos = Orders.objects.filter(Exists(vencidas)).order_by(*POR_TABLERO)
    # The order first, as everywhere: its lock is the one others hold while they deal with a card.
    cerradas = 0
    for pedido in pedidos.select_for_update(skip_locked=True, of=("self",))[:TANDA]:
        for tarjeta in tarjetas_de(pedido):
            if rules.vencida(tarjeta.creado_en, ahora):
                retirar(tarjeta, Motivo.TIMEOUT)
                cerradas += 1
    return cerradas
