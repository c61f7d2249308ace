"""What was done to an order, when and by whom, in words: its deeds, card or no card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sales.models import Orders
from sales.pedidos.anulacion import nombre_gecos
from sales.signals import Hecho


@dataclass(frozen=True)
class Hecha:
    """A deed; `quien` is empty when the account is gone."""

    cuando: datetime
    que: str
    quien: str


def hechos_de(pedido: Orders) -> list[Hecha]:
    """An order's deeds, oldest first."""
    versiones = pedido.historia.filter(history_change_reason__in=Hecho.values)
    return [
        Hecha(
            cuando=version.history_date,
            que=str(Hecho(version.history_change_reason).label),
            quien=nombre_gecos(version.history_user) if version.history_user else "",
        )
        for version in versiones.select_related("history_user").order_by("history_id")
    ]
