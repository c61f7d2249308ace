"""`/no-completados/eventos/`: the board's Server-Sent Events, answered before Django.

An event says only that the boards are at a version; the page then asks for what they show. Each
open stream costs this process one task and no thread or database connection; whose it is, and
whether they may still listen, is looked up for many at a time (`realtime.en_vivo.guardia`).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import parse_cookie

from core.entrada.consulta_acotada import pares
from realtime.en_vivo.boletos import VALE, Boleto, BoletoInvalido, leer_boleto
from realtime.en_vivo.difusion import GRACIA, Difusor, Oyente
from realtime.en_vivo.guardia import Guardia, Negativa

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]

RUTA: Final = "/no-completados/eventos/"
CABECERAS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
# The browser comes back two seconds after a connection drops.
SALUDO: Final = b"retry: 2000\n\n"
VIVO: Final = {"type": "http.response.body", "body": b": .\n\n", "more_body": True}
FINAL: Final = {"type": "http.response.body", "body": b""}
SIN_BOLETO: Final = {"detail": "El permiso para escuchar venció.", "codigo": "boleto_vencido"}
LLENO: Final = {
    "detail": "Su usuario tiene demasiados tableros abiertos: este se pone al día cada 5 segundos.",
    "codigo": "demasiados_tableros",
}
SIN_BASE: Final = {
    "detail": "No se puede escuchar por ahora. Reintentar en un momento.",
    "codigo": "base_no_disponible",
}
NEGATIVAS: Final = {
    Negativa.TERMINADA: (401, SIN_BOLETO),
    Negativa.LLENO: (429, LLENO),
    Negativa.SIN_BASE: (503, SIN_BASE),
}
MALA_VERSION: Final = {"detail": "La versión es un número.", "codigo": "invalido", "campo": "v"}
SOLO_GET: Final = {"detail": "Aquí solo se escucha.", "codigo": "method_not_allowed"}
VERSION_CIFRAS: Final = 18


class TableroEnVivo:
    """ASGI: serves the stream, hands on everything else."""

    def __init__(self, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion
        self._guardia = Guardia()
        self._difusor = Difusor(self._guardia)

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Stream, refuse or hand on."""
        if scope["type"] != "http" or scope["path"] != RUTA:
            await self.aplicacion(scope, receive, send)
            return
        if scope["method"] != "GET":
            await _rehusar(send, 405, SOLO_GET)
            return
        consulta = dict(pares(scope["query_string"]) or ())
        try:
            boleto = leer_boleto(consulta.get("boleto", ""), _sesion(scope))
        except BoletoInvalido:
            await _rehusar(send, 401, SIN_BOLETO)
            return
        visto = _visto(scope, consulta)
        if visto is None:
            await _rehusar(send, 400, MALA_VERSION)
            return
        await self._transmitir(boleto, visto, receive, send)

    async def _transmitir(self, boleto: Boleto, visto: int, receive: Recibir, send: Enviar) -> None:
        """Let in whoever may, and forget them when they go."""
        oyente = Oyente(boleto.credencial, visto)
        escucha = asyncio.create_task(_esperar_corte(receive, oyente))
        try:
            negativa = await self._guardia.admitir(oyente)
            if negativa is None:
                await self._emitir(oyente, boleto, send)
            else:
                await _rehusar(send, *NEGATIVAS[negativa])
        finally:
            self._difusor.olvidar(oyente)
            self._guardia.despedir(oyente)
            escucha.cancel()

    async def _emitir(self, oyente: Oyente, boleto: Boleto, send: Enviar) -> None:
        """Tell each newer version until the other end goes, or the ticket or the session is old."""
        await send({"type": "http.response.start", "status": 200, "headers": CABECERAS})
        try:
            async with asyncio.timeout(min(VALE, boleto.fin - time.time())):
                await send(_trozo(SALUDO))
                await self._difusor.suscribir(oyente, boleto.claves)
                await _contar(oyente, send)
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            # The server stops: the streams end well, the browsers come back to the next one.
            await send(FINAL)
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACIA):
                await send(FINAL)


async def _contar(oyente: Oyente, send: Enviar) -> None:
    """What is new at once, then as it comes; a sign of life whenever it is called for nothing."""
    oyente.llamar()
    while True:
        await oyente.llamado()
        if oyente.cortado or oyente.grupo is None:
            return
        version = oyente.grupo.version
        if version > oyente.visto:
            oyente.visto = version
            await send(_evento(version))
        else:
            await send(VIVO)


def _sesion(scope: dict[str, Any]) -> str:
    """The session that the browser says it has."""
    galletas = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    return parse_cookie(galletas).get(settings.SESSION_COOKIE_NAME, "")


def _visto(scope: dict[str, Any], consulta: dict[str, str]) -> int | None:
    """The newest version the client has: after a drop, its last event's; None if unreadable."""
    cabeceras = dict(scope["headers"])
    texto = cabeceras.get(b"last-event-id", b"").decode("latin-1") or consulta.get("v") or "0"
    legible = texto.isascii() and texto.isdigit() and len(texto) <= VERSION_CIFRAS
    return int(texto) if legible else None


def _trozo(cuerpo: bytes) -> Mensaje:
    return {"type": "http.response.body", "body": cuerpo, "more_body": True}


@lru_cache(maxsize=64)
def _evento(version: int) -> Mensaje:
    return _trozo(b'id: %d\nevent: tablero\ndata: {"v": %d}\n\n' % (version, version))


async def _esperar_corte(receive: Recibir, oyente: Oyente) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    oyente.cortar()


async def _rehusar(send: Enviar, estado: int, motivo: dict[str, str]) -> None:
    cuerpo = json.dumps(motivo, ensure_ascii=False).encode()
    cabeceras = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(cuerpo)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": estado, "headers": cabeceras})
    await send({"type": "http.response.body", "body": cuerpo})
