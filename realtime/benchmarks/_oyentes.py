"""A thousand streams held open by one thread that does nothing but note when something arrives."""

from __future__ import annotations

import re
import select
import socket
import time
from typing import Self

EVENTO = re.compile(rb"id: (\d+)\n")


class Oyentes:
    """Clients of one stream; `llegadas` is (version, when) of every event of every client."""

    def __init__(self, puerto: int, ruta: str) -> None:
        self.puerto = puerto
        self._pedido = f"GET {ruta} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        self._espera = select.epoll()
        self._zocalos: dict[int, socket.socket] = {}
        self.llegadas: list[tuple[int, float]] = []
        self.latidos = 0

    def __len__(self) -> int:
        return len(self._zocalos)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for zocalo in self._zocalos.values():
            zocalo.close()
        self._espera.close()

    def abrir(self, cuantos: int) -> None:
        """Open so many more, each heard to be a stream."""
        for _ in range(cuantos):
            zocalo = socket.create_connection(("127.0.0.1", self.puerto), timeout=30)
            zocalo.sendall(self._pedido)
            recibido = b""
            while b": .\n\n" not in recibido:
                trozo = zocalo.recv(4096)
                if not trozo:
                    raise RuntimeError(recibido.decode())
                recibido += trozo
            zocalo.setblocking(False)
            self._zocalos[zocalo.fileno()] = zocalo
            self._espera.register(zocalo, select.EPOLLIN)

    def escuchar(self, segundos: float) -> None:
        """Note what arrives in so many seconds."""
        hasta = time.monotonic() + segundos
        while (queda := hasta - time.monotonic()) > 0:
            for descriptor, _suceso in self._espera.poll(queda, 256):
                trozo = self._zocalos[descriptor].recv(4096)
                ahora = time.monotonic()
                if not trozo:
                    raise RuntimeError("A stream ended.")
                versiones = EVENTO.findall(trozo)
                self.llegadas += [(int(version), ahora) for version in versiones]
                self.latidos += not versiones
