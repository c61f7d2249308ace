"""ASGI: no request body over the limit is spooled, whether its length was announced or not."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]

CUERPO_413 = {"detail": "El envío es demasiado grande.", "codigo": "demasiado_grande"}


class _DemasiadoGrandeError(Exception):
    """More bytes than the limit came in."""


class CuerpoLimitado:
    """Counts what comes in, answers 413 beyond the limit, tells a chunked body's length."""

    def __init__(self, aplicacion: Aplicacion, limite: int) -> None:
        self.aplicacion = aplicacion
        self.limite = limite

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Run the application on a bounded body."""
        if scope["type"] != "http":
            await self.aplicacion(scope, receive, send)
            return
        anunciado = dict(scope["headers"]).get(b"content-length")
        if anunciado is not None and anunciado.isdigit() and int(anunciado) > self.limite:
            await _rechazar(send)
            return
        contado = 0

        async def recibir() -> Mensaje:
            nonlocal contado
            mensaje = await receive()
            contado += len(mensaje.get("body", b""))
            if contado > self.limite:
                raise _DemasiadoGrandeError
            ultimo = mensaje["type"] == "http.request" and not mensaje.get("more_body")
            if ultimo and anunciado is None and contado:
                # Django and DRF take a body without a length for an empty one.
                scope["headers"] = [*scope["headers"], (b"content-length", b"%d" % contado)]
            return mensaje

        try:
            await self.aplicacion(scope, recibir, send)
        except _DemasiadoGrandeError:
            await _rechazar(send)


async def _rechazar(send: Enviar) -> None:
    cuerpo = json.dumps(CUERPO_413, ensure_ascii=False).encode()
    cabeceras = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(cuerpo)),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": cabeceras})
    await send({"type": "http.response.body", "body": cuerpo})
