"""`/no-completados/eventos/`: the board's Server-Sent Events, answered before Django.

An event says only that the boards are at a version; the page then asks for what they show. Each
open stream costs this process one task and no thread, session or database connection.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl
from weakref import WeakKeyDictionary

from realtime.boletos import VALE, Boleto, BoletoInvalido, leer_boleto
from realtime.difusion import Difusor, Oyente

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
VIVO: Final = b": .\n\n"
SIN_BOLETO: Final = {"detail": "El permiso para escuchar venció.", "codigo": "boleto_vencido"}
MALA_VERSION: Final = {"detail": "La versión es un número.", "codigo": "invalido", "campo": "v"}
SOLO_GET: Final = {"detail": "Aquí solo se escucha.", "codigo": "method_not_allowed"}
VERSION_CIFRAS: Final = 18


class TableroEnVivo:
    """ASGI: serves the stream, hands on everything else."""

    def __init__(self, aplicacion: Aplicacion) -> None:
        self.aplicacion = aplicacion
        self._difusores: WeakKeyDictionary[asyncio.AbstractEventLoop, Difusor] = WeakKeyDictionary()

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Stream, refuse or hand on."""
        if scope["type"] != "http" or scope["path"] != RUTA:
            await self.aplicacion(scope, receive, send)
            return
        if scope["method"] != "GET":
            await _rehusar(send, 405, SOLO_GET)
            return
        consulta = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        try:
            boleto = leer_boleto(consulta.get("boleto", ""))
        except BoletoInvalido:
            await _rehusar(send, 401, SIN_BOLETO)
            return
        visto = _visto(scope, consulta)
        if visto is None:
            await _rehusar(send, 400, MALA_VERSION)
            return
        await self._transmitir(boleto, visto, receive, send)

    async def _transmitir(self, boleto: Boleto, visto: int, receive: Recibir, send: Enviar) -> None:
        """Tell each newer version until the other end goes, or the ticket is old."""
        bucle = asyncio.get_running_loop()
        difusor = self._difusores.setdefault(bucle, Difusor())
        oyente = Oyente(boleto.claves, visto)
        escucha = asyncio.create_task(_esperar_corte(receive, oyente))
        vencimiento = bucle.call_later(VALE, oyente.cortar)
        await send({"type": "http.response.start", "status": 200, "headers": CABECERAS})
        await _enviar(send, SALUDO)
        await difusor.suscribir(oyente)
        try:
            oyente.aviso.set()
            while not oyente.cortado:
                await oyente.aviso.wait()
                oyente.aviso.clear()
                version = difusor.version(oyente)
                trozo = _evento(version) if version > oyente.visto else VIVO
                oyente.visto = max(version, oyente.visto)
                await _enviar(send, trozo)
        finally:
            difusor.olvidar(oyente)
            vencimiento.cancel()
            escucha.cancel()
        await send({"type": "http.response.body", "body": b""})


def _visto(scope: dict[str, Any], consulta: dict[str, str]) -> int | None:
    """The newest version the client has: after a drop, its last event's; None if unreadable."""
    cabeceras = dict(scope["headers"])
    texto = cabeceras.get(b"last-event-id", b"").decode("latin-1") or consulta.get("v", "0")
    legible = texto.isascii() and texto.isdigit() and len(texto) <= VERSION_CIFRAS
    return int(texto) if legible else None


def _evento(version: int) -> bytes:
    return b'id: %d\nevent: tablero\ndata: {"v": %d}\n\n' % (version, version)


async def _esperar_corte(receive: Recibir, oyente: Oyente) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    oyente.cortar()


async def _enviar(send: Enviar, trozo: bytes) -> None:
    await send({"type": "http.response.body", "body": trozo, "more_body": True})


async def _rehusar(send: Enviar, estado: int, motivo: dict[str, str]) -> None:
    cuerpo = json.dumps(motivo, ensure_ascii=False).encode()
    cabeceras = [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(cuerpo)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": estado, "headers": cabeceras})
    await send({"type": "http.response.body", "body": cuerpo})
