"""A view knows when its client has gone, through the real ASGI application as well."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from django.http import HttpRequest
from django.test import RequestFactory

from core.entrada.partida import CLAVE, AvisoDePartida, Enviar, Mensaje, Recibir, partida_de


def test_the_event_is_set_by_the_disconnection_and_by_nothing_else() -> None:
    vistos: list[bool] = []

    async def aplicacion(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        for _ in range(3):
            await receive()
            vistos.append(scope[CLAVE].is_set())

    entrantes = iter(["http.request", "http.request", "http.disconnect"])

    async def recibir() -> Mensaje:
        return {"type": next(entrantes)}

    async def enviar(_mensaje: Mensaje) -> None:
        raise AssertionError

    asyncio.run(AvisoDePartida(aplicacion)({"type": "http"}, recibir, enviar))
    assert vistos == [False, False, True]


def test_what_is_not_http_passes_untouched() -> None:
    vistos: list[dict[str, Any]] = []

    async def aplicacion(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        vistos.append(scope)

    async def nada(*_args: Any) -> Any:
        return {}

    asyncio.run(AvisoDePartida(aplicacion)({"type": "lifespan"}, nada, nada))
    assert vistos == [{"type": "lifespan"}]


def test_where_nobody_can_tell_there_is_no_event() -> None:
    assert partida_de(RequestFactory().get("/")) is None
    assert partida_de(HttpRequest()) is None
    pedido = RequestFactory().get("/")
    pedido.scope = {CLAVE: threading.Event()}  # type: ignore[attr-defined]
    assert partida_de(pedido) is pedido.scope[CLAVE]  # type: ignore[attr-defined]
