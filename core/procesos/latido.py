"""The worker's heartbeat, for /readyz: a thread of the worker's main process."""

from __future__ import annotations

import threading
from typing import Any

from celery.signals import worker_ready, worker_shutting_down

from core.procesos.salud import latir

SEGUNDOS = 5
_fin = threading.Event()


@worker_ready.connect
def empezar(**_kwargs: Any) -> None:
    """Beat at once, then every five seconds until the worker stops."""
    _fin.clear()
    threading.Thread(target=_latir_siempre, name="latido", daemon=True).start()


@worker_shutting_down.connect
def parar(**_kwargs: Any) -> None:
    """Stop beating: a worker that is leaving takes no more lotes."""
    _fin.set()


def _latir_siempre() -> None:
    while True:
        latir()
        if _fin.wait(SEGUNDOS):
            return
