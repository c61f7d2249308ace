"""The memory that one process of the pool may have: beyond it Python hears MemoryError, not the
machine its end.
"""

from __future__ import annotations

import resource
import sys
from typing import Any

from celery import Task
from celery.signals import worker_process_init
from django.conf import settings

MEBI = 1 << 20
# What a process keeps back for saying that its work did not fit: without any, telling a MemoryError
# raises the next, until Python gives up and the process dies.
RESERVA_MIB = 48


class Techo:
    """This process's limit of memory: work stays below it, telling how work went has a reserve."""

    def __init__(self) -> None:
        # What setrlimit takes, made before there is no memory left to make it.
        self._del_trabajo: tuple[int, int] | None = None
        self._con_lo_guardado: tuple[int, int] | None = None

    def limitar(self, mebi: int) -> None:
        """From now on work gets no more than so many MiB of the process's own (Linux)."""
        if sys.platform != "linux":
            return
        # Not the address space: code, shared pages and what is reserved and never used are free.
        duro = resource.getrlimit(resource.RLIMIT_DATA)[1]
        self._del_trabajo = (_hasta(duro, mebi * MEBI), duro)
        self._con_lo_guardado = (_hasta(duro, (mebi + RESERVA_MIB) * MEBI), duro)
        self._poner(self._con_lo_guardado)

    def __enter__(self) -> None:
        self._poner(self._del_trabajo)

    def __exit__(self, *_excepcion: object) -> None:
        self._poner(self._con_lo_guardado)

    def _poner(self, limites: tuple[int, int] | None) -> None:
        if limites is not None:
            resource.setrlimit(resource.RLIMIT_DATA, limites)


def _hasta(duro: int, octetos: int) -> int:
    return octetos if duro == resource.RLIM_INFINITY else min(octetos, duro)


techo = Techo()


class Tarea(Task[Any, Any]):
    """A task of this project: it runs below the limit, and Celery tells of it above."""

    def __call__(self, *argumentos: Any, **opciones: Any) -> Any:
        """Run, in a worker's child or called directly."""
        with techo:
            if self.request.called_directly:
                return super().__call__(*argumentos, **opciones)
            return self.run(*argumentos, **opciones)


@worker_process_init.connect
def limitar_al_empezar(**_senal: Any) -> None:
    """Limit each child of the worker's pool before its first task."""
    techo.limitar(settings.TRABAJADOR_MEMORIA_MIB)
