"""Trying a transaction again when the database asks for it: deadlocks, locks, serialization."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

T = TypeVar("T")
INTENTOS = 5
# Serialization failure, deadlock, lock not available.
_SQLSTATES = frozenset({"40001", "40P01", "55P03"})
_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def es_transitorio(error: OperationalError) -> bool:
    """Whether the same transaction may well succeed when it is run again."""
    causa = error.__cause__
    if isinstance(causa, sqlite3.Error):
        # Extended codes carry the primary one in their low byte.
        return causa.sqlite_errorcode & 0xFF in _SQLITE
    return getattr(causa, "sqlstate", None) in _SQLSTATES


def reintentar(transaccion: Callable[[], T]) -> T:
    """Run a whole transaction, up to five times, waiting a little longer each time."""
    for intento in range(1, INTENTOS):
        try:
            return transaccion()
        except OperationalError as error:
            if not es_transitorio(error):
                raise
        time.sleep(random.uniform(0.01, 0.05) * 2**intento)  # noqa: S311 — jitter, not a secret
    return transaccion()
