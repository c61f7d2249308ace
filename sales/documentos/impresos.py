"""The mark of an order that was printed: when first, and who did it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from sales.models import Orders


def anotar_impresos(*, pedidos: Iterable[Orders], usuario: User) -> int:
    """Note the first printing of those that were never printed; how many those were."""
    claves = [pedido.pk for pedido in pedidos]
    sin_imprimir = Orders.objects.filter(pk__in=claves, impreso_en__isnull=True)
    return sin_imprimir.update(impreso_en=timezone.now(), impreso_por=usuario)
