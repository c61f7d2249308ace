"""ASGI: lets a view that waits in its thread know that its client has left."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from django.http import HttpRequest

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]

CLAVE: Final = "carga_pedidos.partida"


class AvisoDePartida:
    """Puts an event into the scope, set when the disconnection that Django listens for comes."""

    def __init__(self, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Run the application with a `receive` that remembers the end."""
        if scope["type"] != "http":
            await self.aplicacion(scope, receive, send)
            return
        partida = scope[CLAVE] = threading.Event()

        async def recibir() -> Mensaje:
            mensaje = await receive()
            if mensaje["type"] == "http.disconnect":
                partida.set()
            return mensaje

        await self.aplicacion(scope, recibir, send)


def partida_de(request: HttpRequest) -> threading.Event | None:
    """Set once the request's client has gone; None where nobody can tell (WSGI, tests)."""
    partida: threading.Event | None = getattr(request, "scope", {}).get(CLAVE)
    return partida
