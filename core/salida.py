"""A connection's way out: nobody keeps it, or an answer's memory, by not reading."""

from __future__ import annotations

import asyncio
import fcntl
import sys
import termios
from typing import Any, Final

# Seconds between two looks at what a client has yet to take, and what it takes in each of them.
MIRADA: Final = 30.0
OCTETOS_POR_SEGUNDO: Final = 4096


class Salida:
    """A transport that gives up on a client which leaves what it is sent where it is."""

    def __init__(self, transporte: asyncio.Transport, bucle: asyncio.AbstractEventLoop) -> None:
        self._transporte = transporte
        self._bucle = bucle
        self._mirada: asyncio.TimerHandle | None = None
        self._por_entregar = 0

    def __getattr__(self, nombre: str) -> Any:
        return getattr(self._transporte, nombre)

    def close(self) -> None:
        """Once all is delivered. A transport by itself would wait for that without end."""
        self._transporte.close()
        self.vigilar()

    def vigilar(self) -> None:
        """Something waits to be delivered: from here on it has to move."""
        if self._mirada is None and self._transporte.get_write_buffer_size():
            self._por_entregar = self._pendiente()
            self._mirada = self._bucle.call_later(MIRADA, self._mirar)

    def dejar_de_vigilar(self) -> None:
        """The client keeps up, or is gone."""
        if self._mirada is not None:
            self._mirada.cancel()
            self._mirada = None

    def _mirar(self) -> None:
        self._mirada = None
        if self._por_entregar - self._pendiente() < MIRADA * OCTETOS_POR_SEGUNDO:
            self._transporte.abort()
        else:
            self.vigilar()

    def _pendiente(self) -> int:
        """Bytes not delivered: ours, and the kernel's, which takes megabytes from us at a time."""
        nuestro = self._transporte.get_write_buffer_size()
        try:
            enchufe = self._transporte.get_extra_info("socket")
            suyo = fcntl.ioctl(enchufe.fileno(), termios.TIOCOUTQ, b"\0" * 4)
        except OSError:
            return nuestro
        return nuestro + int.from_bytes(suyo, sys.byteorder)
