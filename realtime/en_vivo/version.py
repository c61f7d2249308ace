"""A board's version, and the news that it changed.

What somebody looks at, one board or many, is as new as the sum of its boards' versions: each
only grows, so the sum is another for every change.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import F, Sum

from realtime.en_vivo import emisora
from realtime.models import SIN_SUCURSAL, VersionTablero
from sales.models import Orders

# Orders in their boards' order, the one without a branch first: whoever changes several boards in
# one transaction changes them in this order, or two would wait for each other.
POR_TABLERO = (F("sucursal").asc(nulls_first=True), "pk")


def clave_de(pedido: Orders) -> int:
    """The board that an order's cards are on."""
    return pedido.sucursal_id or SIN_SUCURSAL


def avanzar(clave: int) -> int:
    """One version more, and the news of it once this transaction commits."""
    filas = VersionTablero.objects.filter(clave=clave)
    if not filas.update(version=F("version") + 1):
        VersionTablero.objects.bulk_create([VersionTablero(clave=clave)], ignore_conflicts=True)
        filas.update(version=F("version") + 1)
    version = filas.values_list("version", flat=True).get()
    transaction.on_commit(partial(emisora.emitir, clave, version), robust=True)
    return version


def version_de(claves: Collection[int] | None) -> int:
    """How new these boards are, None for all: another number after each change of any."""
    filas = VersionTablero.objects.all()
    if claves is not None:
        filas = filas.filter(clave__in=claves)
    return filas.aggregate(suma=Sum("version"))["suma"] or 0


def versiones() -> dict[int, int]:
    """Every board's version."""
    return dict(VersionTablero.objects.values_list("clave", "version"))
