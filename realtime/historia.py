"""A card's history in words."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from realtime.models import RealtimeEvent


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
