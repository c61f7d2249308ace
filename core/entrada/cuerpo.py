"""ASGI: no request body over its path's limit is spooled, whether its length was announced or not,
and none is waited for that hardly comes.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from django.template.loader import render_to_string

from core.limites_pedido import LIMITES

Mensaje = Mapping[str, Any]
Recibir = Callable[[], Awaitable[Mensaje]]
Enviar = Callable[[Mensaje], Awaitable[None]]
Aplicacion = Callable[[dict[str, Any], Recibir, Enviar], Awaitable[None]]

CUERPO_413 = {"detail": "El envío es demasiado grande.", "codigo": "demasiado_grande"}
ESCAPES_413 = {
    "detail": "El formulario trae demasiados caracteres escapados: enviarlo como JSON.",
    "codigo": "formulario_excesivo",
}
CUERPO_408 = {"detail": "El envío llega demasiado despacio.", "codigo": "demasiado_lento"}
# Each `%xx` of a form costs Python 230 bytes while it is read; a Base64 lote of 10 MiB has 330,000.
ESCAPES_MAXIMO = 400_000
FORMULARIO = b"application/x-www-form-urlencoded"
# Of the page that a person gets: no middleware puts them on.
DE_PAGINA: Final = [
    (b"content-security-policy", b"default-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]
# Seconds spent waiting for a body: so many in any case, then one more for each stretch of bytes.
# The desk's own patience, so that no lote of a slow line is cut for ever. A path's limit ends it.
GRACIA = float(LIMITES["espera_segundos"])
OCTETOS_POR_SEGUNDO = LIMITES["linea_octetos_por_segundo"]


class _RechazadoError(Exception):
    """The body is not to be had: the status and what is said of it."""

    def __init__(self, estado: int, motivo: dict[str, str]) -> None:
        super().__init__(motivo["codigo"])
        self.estado = estado
        self.motivo = motivo


class CuerpoLimitado:
    """Counts what comes in, answers 413 or 408 beyond a limit, tells a chunked body's length."""

    def __init__(self, aplicacion: Aplicacion, limite_de: Callable[[str], int]) -> None:
        self.aplicacion = aplicacion
        self.limite_de = limite_de

    async def __call__(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Run the application on a bounded body."""
        if scope["type"] != "http":
            await self.aplicacion(scope, receive, send)
            return
        cabeceras = dict(scope["headers"])
        limite = self.limite_de(scope["path"])
        anunciado = cabeceras.get(b"content-length")
        if anunciado is not None and anunciado.isdigit() and int(anunciado) > limite:
            await _rechazar(send, 413, CUERPO_413, _lee_paginas(scope["path"], cabeceras))
            return
        cuenta = _Cuenta(limite, cabeceras.get(b"content-type", b""))

        async def recibir() -> Mensaje:
            mensaje = await cuenta.recibir(receive)
            ultimo = mensaje["type"] == "http.request" and not mensaje.get("more_body")
            if ultimo and anunciado is None and cuenta.octetos:
                # Django and DRF take a body without a length for an empty one.
                scope["headers"] = [*scope["headers"], (b"content-length", b"%d" % cuenta.octetos)]
            return mensaje

        try:
            await self.aplicacion(scope, recibir, send)
        except _RechazadoError as error:
            paginas = _lee_paginas(scope["path"], cabeceras)
            await _rechazar(send, error.estado, error.motivo, paginas)


class _Cuenta:
    """What came of a body so far, and how long it was waited for."""

    def __init__(self, limite: int, tipo: bytes) -> None:
        self.octetos = 0
        self.completo = False
        self._limite = limite
        self._es_formulario = tipo.lower().startswith(FORMULARIO)
        self._escapes = 0
        self._esperado = 0.0

    async def recibir(self, receive: Recibir) -> Mensaje:
        """The next message; _RechazadoError at the first limit that it passes."""
        if self.completo:
            # Nothing is left but to hear of the end of the connection, whenever that is.
            return await receive()
        plazo = GRACIA + self.octetos / OCTETOS_POR_SEGUNDO - self._esperado
        inicio = time.monotonic()
        try:
            async with asyncio.timeout(max(plazo, 0)):
                mensaje = await receive()
        except TimeoutError:
            raise _RechazadoError(408, CUERPO_408) from None
        self._esperado += time.monotonic() - inicio
        self._contar(mensaje.get("body", b""))
        self.completo = mensaje["type"] == "http.request" and not mensaje.get("more_body")
        return mensaje

    def _contar(self, cuerpo: bytes) -> None:
        self.octetos += len(cuerpo)
        if self.octetos > self._limite:
            raise _RechazadoError(413, CUERPO_413)
        if self._es_formulario:
            self._escapes += cuerpo.count(b"%")
            if self._escapes > ESCAPES_MAXIMO:
                raise _RechazadoError(413, ESCAPES_413)


def _lee_paginas(ruta: str, cabeceras: Mapping[bytes, bytes]) -> bool:
    """Whether a person reads the answer in a browser."""
    return not ruta.startswith("/api/") and b"text/html" in cabeceras.get(b"accept", b"")


def _forma(estado: int, motivo: dict[str, str], *, pagina: bool) -> tuple[bytes, bytes]:
    """The refusal's type and text."""
    if not pagina:
        return b"application/json", json.dumps(motivo, ensure_ascii=False).encode()
    texto = render_to_string("envio_rechazado.html", motivo | {"estado": estado})
    return b"text/html; charset=utf-8", texto.encode()


async def _rechazar(send: Enviar, estado: int, motivo: dict[str, str], pagina: bool) -> None:
    tipo, cuerpo = _forma(estado, motivo, pagina=pagina)
    cabeceras = [
        *DE_PAGINA,
        (b"content-type", tipo),
        (b"content-length", b"%d" % len(cuerpo)),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": estado, "headers": cabeceras})
    await send({"type": "http.response.body", "body": cuerpo})
