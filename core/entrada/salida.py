"""A connection's way out: nobody keeps it, or an answer's memory, by not reading; and who is still
sending when it is refused gets to hear why.
"""

from __future__ import annotations

import asyncio
import fcntl
import sys
import termios
from collections.abc import Callable
from typing import Any, Final

from core.limites_pedido import LIMITES

# Seconds between two looks at what a client has yet to take, and what it takes in each of them: as
# slow a line as the desk works on.
MIRADA: Final = 30.0
OCTETOS_POR_SEGUNDO: Final = LIMITES["linea_octetos_por_segundo"]
# What comes after the last answer is read, and dropped, for so many seconds and bytes: a socket
# that is closed on unread bytes takes back what it had sent.
DESPEDIDA: Final = 5.0
DESPEDIDA_OCTETOS: Final = 64 * 1024 * 1024


class Salida:
    """A transport that gives up on a client which leaves what it is sent where it is."""

    def __init__(
        self,
        transporte: asyncio.Transport,
        bucle: asyncio.AbstractEventLoop,
        viene_mas: Callable[[], bool],
    ) -> None:
        self.despidiendo = False
        self._transporte = transporte
        self._bucle = bucle
        self._viene_mas = viene_mas
        self._tirado = 0
        self._cierre: asyncio.TimerHandle | None = None
        self._mirada: asyncio.TimerHandle | None = None
        self._por_entregar = 0

    def __getattr__(self, nombre: str) -> Any:
        return getattr(self._transporte, nombre)

    def is_closing(self) -> bool:
        """Whether nothing more is to be written."""
        return self.despidiendo or self._transporte.is_closing()

    def close(self) -> None:
        """Nothing more is said. If the client is still at it, it is let finish for a while."""
        if self.is_closing() or not self._viene_mas():
            self.terminar()
            return
        self.despidiendo = True
        if self._transporte.can_write_eof():
            self._transporte.write_eof()
        self._transporte.resume_reading()
        self._cierre = self._bucle.call_later(DESPEDIDA, self.terminar)

    def tirar(self, cuantos: int) -> None:
        """So many bytes came that nobody wants."""
        self._tirado += cuantos
        if self._tirado > DESPEDIDA_OCTETOS:
            self._transporte.abort()

    def soltar(self) -> None:
        """Stop watching: the connection is over and nothing is waited for."""
        self.dejar_de_vigilar()
        if self._cierre is not None:
            self._cierre.cancel()

    def terminar(self) -> None:
        """Close. A transport by itself would wait without end for all to be delivered."""
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
        if not self._transporte.get_write_buffer_size():
            return
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
