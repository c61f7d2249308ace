"""Changes of a board, each a transaction: `python -m realtime.benchmarks._cambios N SECONDS`.

Prints each version and the moment, on the clock that all processes share, its commit was done.
"""

from __future__ import annotations

import sys
import time
from functools import partial

from django.db import transaction

from realtime.en_vivo.version import avanzar
from realtime.models import SIN_SUCURSAL


def main(cuantos: int, cada: float) -> None:
    """Change the board so many times, one every so many seconds."""
    siguiente = time.monotonic()
    for _ in range(cuantos):
        hecho: list[float] = []
        with transaction.atomic():
            # Before the board's own: what is counted starts once the change is there to be read.
            transaction.on_commit(partial(_anotar, hecho))
            version = avanzar(SIN_SUCURSAL)
        print(version, hecho[0], flush=True)
        siguiente += cada
        time.sleep(max(0.0, siguiente - time.monotonic()))


def _anotar(hecho: list[float]) -> None:
    hecho.append(time.monotonic())


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
