"""Watching a running desk: the memory of each Procfile line's processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

# Seconds between two looks: a peak that is shorter hurts nobody.
CADA: Final = 0.02
PAGINA: Final = os.sysconf("SC_PAGE_SIZE")
MIB: Final = 1024 * 1024


def arbol(pid: int) -> list[int]:
    """A process and all that descend from it; those that end meanwhile are left out."""
    pids = [pid]
    for uno in pids:
        try:
            tareas = list(Path(f"/proc/{uno}/task").iterdir())
            hijos = " ".join((tarea / "children").read_text() for tarea in tareas)
        except OSError:
            continue
        pids += [int(hijo) for hijo in hijos.split()]
    return pids


def memoria(pids: Iterable[int]) -> int:
    """Bytes that processes have in memory for themselves, not counting shared pages."""
    return sum(_propia(pid) for pid in pids)


def _propia(pid: int) -> int:
    try:
        _total, residentes, compartidas, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(residentes) - int(compartidas)) * PAGINA


class Vigia:
    """Looks at the memory of several process trees until told to stop; `picos`: MiB by name."""

    def __init__(self, raices: Mapping[str, int]) -> None:
        self.raices = raices
        self.picos = dict.fromkeys(raices, 0.0)
        self._fin = threading.Event()

    def mirar(self) -> dict[str, float]:
        """MiB of each tree now."""
        return {nombre: memoria(arbol(pid)) / MIB for nombre, pid in self.raices.items()}

    @contextmanager
    def mirando(self) -> Iterator[None]:
        """Keep the highest of what is seen within."""
        hilo = threading.Thread(target=self._seguir, daemon=True)
        hilo.start()
        try:
            yield
        finally:
            self._fin.set()
            hilo.join()
            self._fin.clear()

    def _seguir(self) -> None:
        while not self._fin.wait(CADA):
            for nombre, ahora in self.mirar().items():
                self.picos[nombre] = max(self.picos[nombre], ahora)
