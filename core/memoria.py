"""The memory that one process of the pool may have: beyond it Python hears MemoryError, not the
machine its end.
"""

from __future__ import annotations

import resource
import sys
from typing import Any

from celery.signals import worker_process_init
from django.conf import settings

MEBI = 1 << 20


def limitar(mebi: int) -> None:
    """From now on this process gets no more than so many MiB of memory of its own (Linux)."""
    if sys.platform == "linux":
        # Not the address space: code, shared pages and what is reserved and never used are free.
        duro = resource.getrlimit(resource.RLIMIT_DATA)[1]
        tope = mebi * MEBI if duro == resource.RLIM_INFINITY else min(mebi * MEBI, duro)
        resource.setrlimit(resource.RLIMIT_DATA, (tope, duro))


@worker_process_init.connect
def limitar_al_empezar(**_senal: Any) -> None:
    """Each child of the pool, before its first task."""
    limitar(settings.TRABAJADOR_MEMORIA_MIB)
