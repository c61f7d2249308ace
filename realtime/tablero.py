"""A board's version, and the news that it changed."""

from __future__ import annotations

from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F

from realtime import emisora
from realtime.models import SIN_SUCURSAL, VersionTablero
from sales.models import Orders


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


def version_de(clave: int) -> int:
    """The board's version; 0 while nothing was ever on it."""
    return VersionTablero.objects.filter(clave=clave).values_list("version", flat=True).first() or 0


__all__: Final = ["avanzar", "clave_de", "version_de"]
