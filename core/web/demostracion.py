"""Whether this installation has the demo's life in it: what the pages' ribbon asks."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings
from django.db import DatabaseError, transaction

from core.models import EstadoDemo

# A page asks the database at most this often, in each process.
SEGUNDOS: Final = 60.0


class _Memoria:
    """What the database said last, and until when that counts."""

    hay = False
    hasta = 0.0


def hay_demo() -> bool:
    """Whether the database in use was filled with the demo's life; never in produccion.

    Another process's change is seen within a minute.
    """
    if settings.PRODUCCION:
        return False
    if time.monotonic() >= _Memoria.hasta:
        try:
            _Memoria.hay = _cargada() is True
        except DatabaseError:
            # An error page must not fail in its turn.
            return False
        _Memoria.hasta = time.monotonic() + SEGUNDOS
    return _Memoria.hay


def demo_borrada() -> bool:
    """Whether somebody took the demo away from it: then it does not come back by itself."""
    return _cargada() is False


def anotar_demo() -> None:
    """Note that it was filled, in the transaction that fills it."""
    _anotar(cargada=True)


def olvidar_demo() -> None:
    """Note that it is gone, in the transaction that deletes it."""
    _anotar(cargada=False)


def suponer_sin_demo() -> None:
    """Let pages take it that there is none, unasked, until one is loaded or deleted (tests)."""
    _Memoria.hay, _Memoria.hasta = False, float("inf")


def _cargada() -> bool | None:
    return EstadoDemo.objects.values_list("cargada", flat=True).first()


def _anotar(*, cargada: bool) -> None:
    EstadoDemo.objects.update_or_create(pk=EstadoDemo.UNICA, defaults={"cargada": cargada})
    _preguntar_de_nuevo()
    transaction.on_commit(_preguntar_de_nuevo)


def _preguntar_de_nuevo() -> None:
    _Memoria.hasta = 0.0
