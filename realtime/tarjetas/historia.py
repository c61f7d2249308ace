"""A card's history in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from realtime.models import RealtimeEvent
from sales.models import Orders

SALIDAS_A_LA_VISTA: Final = 50


@dataclass(frozen=True, slots=True)
class Linea:
    """One line of a history, in words."""

    pedido_numero: int
    cuando: datetime
    que: str
    por_que: str
    regla: str
    tipo: str
    quien: str


def por_que_salio(unfulfilled_id: int) -> str:
    """Why, when and by whom the row's card left the board; "" if it never did."""
    salida = (
        RealtimeEvent.objects.filter(
            unfulfilled_id=unfulfilled_id, hecho=RealtimeEvent.Hecho.RETIRADA
        )
        .order_by("-id")
        .first()
    )
    return frase_de_salida(salida) if salida else ""


def frase_de_salida(evento: RealtimeEvent) -> str:
    """`La tienda respondió (Ana Ruiz, 16/06 10:42).`"""
    cuando = f"{timezone.localtime(evento.creado_en):%d/%m %H:%M}"
    quien = f"{evento.quien}, {cuando}" if evento.quien else cuando
    return _("{motivo} ({quien}).").format(motivo=evento.get_motivo_display(), quien=quien)


def historia_de(pedido: Orders) -> list[Linea]:
    """Everything that happened to an order's cards, oldest first."""
    return [_linea(evento) for evento in RealtimeEvent.objects.de_pedido(pedido)]


def salidas(claves: Collection[int] | None, cuantas: int = SALIDAS_A_LA_VISTA) -> list[Linea]:
    """The last cards that left these boards (None: any), newest first."""
    eventos = RealtimeEvent.objects.filter(hecho=RealtimeEvent.Hecho.RETIRADA)
    if claves is not None:
        eventos = eventos.filter(sucursal__in=claves)
    return [_linea(evento) for evento in eventos.order_by("-id")[:cuantas]]


def _linea(evento: RealtimeEvent) -> Linea:
    return Linea(
        pedido_numero=evento.pedido_numero,
        cuando=evento.creado_en,
        que=evento.get_hecho_display(),
        por_que=evento.get_motivo_display(),
        regla=evento.regla,
        tipo=evento.get_tipo_display(),
        quien=evento.quien,
    )
