"""uvicorn's HTTP, with an end to what it waits for: headers have a size and a time.

uvicorn itself closes only a connection that was answered and then says nothing. One that never
gets to its first request stays open for ever, and its headers may grow without end.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CABECERAS_MAXIMO: Final = 64 * 1024
UNA_MAXIMO: Final = 8 * 1024
# Seconds from the connection, or from the first byte of the next request, to the last header.
PLAZO: Final = 20.0
LARGAS: Final = (
    "431 Request Header Fields Too Large",
    {"detail": "La dirección o sus cabeceras son demasiado largas.", "codigo": "cabeceras_largas"},
)
ILEGIBLES: Final = (
    "400 Bad Request",
    {"detail": "Eso no es un pedido HTTP.", "codigo": "http_invalido"},
)
LENTAS: Final = (
    "408 Request Timeout",
    {"detail": "El pedido no terminó de llegar a tiempo.", "codigo": "demasiado_lento"},
)


class Protocolo(HttpToolsProtocol):
    """`uvicorn --http core.protocolo:Protocolo`."""

    _en_cabeceras = True
    _contado = 0
    _plazo: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """A client: it has so long to ask for something."""
        super().connection_made(transport)
        self._esperar()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._dejar_de_esperar()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes: while the headers last they are counted."""
        if self._en_cabeceras:
            if self._contado > CABECERAS_MAXIMO:
                self._cortar(LARGAS)
                return
            self._contado += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._en_cabeceras, self._contado = True, 0
        self._esperar()

    def on_headers_complete(self) -> None:
        """The request is known; its body is the application's."""
        self._dejar_de_esperar()
        largos = [len(nombre) + len(valor) for nombre, valor in self.headers]
        if len(self.url) + sum(largos) > CABECERAS_MAXIMO or max(largos, default=0) > UNA_MAXIMO:
            # They came in one piece, or one of them is a list of thousands. The parser stops, and
            # asks for the refusal.
            self._contado = CABECERAS_MAXIMO + 1
            raise ValueError("long headers")
        self._en_cabeceras = False
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Answered. A client that is still sending what nobody reads has to come to an end."""
        super().on_response_complete()
        if (
            self.cycle.response_complete
            and self.cycle.more_body
            and not self.transport.is_closing()
        ):
            self._esperar()

    def on_message_complete(self) -> None:
        """The request is all here."""
        self._dejar_de_esperar()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What the parser refused, in our shape."""
        self._cortar(LARGAS if self._contado > CABECERAS_MAXIMO else ILEGIBLES)

    def _esperar(self) -> None:
        if self._plazo is None:
            self._plazo = self.loop.call_later(PLAZO, self._cortar, LENTAS)

    def _dejar_de_esperar(self) -> None:
        if self._plazo is not None:
            self._plazo.cancel()
            self._plazo = None

    def _cortar(self, respuesta: tuple[str, dict[str, Any]]) -> None:
        self._dejar_de_esperar()
        if self.transport.is_closing():
            return
        if self._en_cabeceras and (self.cycle is None or self.cycle.response_complete):
            estado, motivo = respuesta
            cuerpo = json.dumps(motivo, ensure_ascii=False).encode()
            cabeceras = f"HTTP/1.1 {estado}\r\ncontent-type: application/json\r\n"
            cabeceras += f"content-length: {len(cuerpo)}\r\nconnection: close\r\n\r\n"
            self.transport.write(cabeceras.encode() + cuerpo)
        self.transport.close()
