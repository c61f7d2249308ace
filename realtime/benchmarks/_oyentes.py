"""A thousand streams held open by one thread that does nothing but note when something arrives."""

from __future__ import annotations

import re
import select
import socket
import time
from typing import Self

RAFAGA = 0.005
EVENTO = re.compile(rb"id: (\d+)\n")


class Oyentes:
    """Clients of the stream, each with the request that opens it."""

    def __init__(self, puerto: int, pedidos: list[str]) -> None:
        self.puerto = puerto
        self._pedidos = [pedido.encode() for pedido in pedidos]
        self._espera = select.epoll()
        self._zocalos: dict[int, socket.socket] = {}
        self._recibido: list[tuple[int, bytes, float]] = []

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
            zocalo.sendall(self._pedidos[len(self)])
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
        despierto = 0.0
        while (ahora := time.monotonic()) < hasta:
            # In the middle of a burst it does not go to sleep: waking this one thread up a
            # thousand times is no work of the server's when its clients are other machines.
            espera = 0.0 if ahora < despierto else hasta - ahora
            for descriptor, _suceso in self._espera.poll(espera, 64):
                trozo = self._zocalos[descriptor].recv(4096)
                self._recibido.append((descriptor, trozo, time.monotonic()))
                despierto = ahora + RAFAGA

    def llegadas(self) -> list[list[tuple[int, float]]]:
        """(version, when) of every event, client by client."""
        de_cada: dict[int, list[tuple[int, float]]] = {numero: [] for numero in self._zocalos}
        for descriptor, trozo, cuando in self._recibido:
            if not trozo:
                raise RuntimeError("A stream ended.")
            suyas = de_cada[descriptor]
            suyas.extend((int(version), cuando) for version in EVENTO.findall(trozo))
        return list(de_cada.values())
