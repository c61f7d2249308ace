"""uvicorn's HTTP, with an end to what it waits for: what is no body has a size and a time.

uvicorn itself closes only a connection that was answered and then says nothing. One that never
gets to its first request stays open for ever, and its headers, or what follows a chunked body, may
grow without end.
"""

from __future__ import annotations

import asyncio
import enum
import json
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from core.entrada.salida import Salida

CABECERAS_MAXIMO: Final = 64 * 1024
UNA_MAXIMO: Final = 8 * 1024
# A byte of a chunked body may cost so many that are none: chunks of a single byte cost five.
ENVOLTURA: Final = 8
# Requests that may wait for the answers before theirs.
EN_FILA: Final = 4
# Seconds from the connection, and from the first byte of a request, to the last header.
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
Respuesta = tuple[str, dict[str, Any]]


class Fase(enum.Enum):
    """What the next byte belongs to."""

    ENTRE = enum.auto()  # No request has begun.
    CABECERAS = enum.auto()
    CUERPO = enum.auto()  # With what frames it, and trailers.


class Protocolo(HttpToolsProtocol):
    """`uvicorn --http core.entrada.protocolo:Protocolo`."""

    _fase = Fase.ENTRE
    # Of this phase: bytes since it began or since the last piece of body, all bytes, and the body.
    _sin_cuerpo = 0
    _recibido = 0
    _cuerpo = 0
    # Nothing more is listened to; what is said when all that was asked before is answered.
    _sordo = False
    _despedida: Respuesta | None = None
    _plazo: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """A client: it has so long to ask for something."""
        self._salida = Salida(transport, self.loop, self._viene_mas)
        super().connection_made(cast(asyncio.Transport, self._salida))
        self._esperar()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._dejar_de_esperar()
        super().connection_lost(exc)
        self._salida.soltar()

    def eof_received(self) -> None:
        """The client says no more; uvicorn takes that for its end, and so does its transport."""
        self._salida.terminar()

    def shutdown(self) -> None:
        """The server ends: it waits for answers, not for who has none to come."""
        super().shutdown()
        if self.transport.is_closing():
            self._salida.terminar()

    def pause_writing(self) -> None:
        """More is written than the client takes: not that a stream has nothing to say."""
        super().pause_writing()
        self._salida.vigilar()

    def resume_writing(self) -> None:
        """The client took nearly all; of a connection that closes, the rest is still watched."""
        super().resume_writing()
        if not self.transport.is_closing():
            self._salida.dejar_de_vigilar()

    def data_received(self, data: bytes) -> None:
        """Bytes: all are counted but the body's, which the application counts."""
        if self._sordo or self._salida.despidiendo:
            self._salida.tirar(len(data))
            return
        if self._es_demasiado():
            self._cortar(LARGAS)
            return
        self._sin_cuerpo += len(data)
        self._recibido += len(data)
        super().data_received(data)
        if not (self._sordo or self._ocupado() or self.timeout_keep_alive_task):
            # Nobody else waits: uvicorn forgets its own wait at any byte, be it an empty line or a
            # body that nobody reads.
            self._esperar()

    def _es_demasiado(self) -> bool:
        envoltura = self._recibido - self._cuerpo
        return (
            self._sin_cuerpo > CABECERAS_MAXIMO
            or envoltura > CABECERAS_MAXIMO + ENVOLTURA * self._cuerpo
        )

    def _pasar_a(self, fase: Fase) -> None:
        self._fase = fase
        self._sin_cuerpo = self._recibido = self._cuerpo = 0

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._pasar_a(Fase.CABECERAS)
        self._dejar_de_esperar()
        self._esperar()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header. One that follows the body is not kept: the request is already being read."""
        if self._fase is Fase.CABECERAS:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The request is known; its body is the application's."""
        if len(self.pipeline) >= EN_FILA:
            # uvicorn reads on after each answer. Those in the line are answered, and it ends.
            self.cycle.keep_alive = False
            self._sordo = True
            self._dejar_de_esperar()
            raise ValueError("long line")
        largos = [len(nombre) + len(valor) for nombre, valor in self.headers]
        if len(self.url) + sum(largos) > CABECERAS_MAXIMO or max(largos, default=0) > UNA_MAXIMO:
            # They came in one piece, or one of them is a list of thousands.
            self._cortar(LARGAS)
            raise ValueError("long headers")
        # An address that is none is found out here.
        super().on_headers_complete()
        self._dejar_de_esperar()
        self._pasar_a(Fase.CUERPO)

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._cuerpo += len(body)
        self._sin_cuerpo = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is all here."""
        super().on_message_complete()
        self._pasar_a(Fase.ENTRE)

    def on_response_complete(self) -> None:
        """Answered: the next one's turn, be it a refusal."""
        super().on_response_complete()
        if self._despedida and not (self.transport.is_closing() or self._ocupado()):
            self._despedir(self._despedida)

    def send_400_response(self, msg: str) -> None:
        """What the parser refused, in our shape."""
        if not self._sordo:
            self._cortar(ILEGIBLES)

    def _ocupado(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _viene_mas(self) -> bool:
        """Whether all was answered before all came."""
        return not self._ocupado() and (self._sordo or self._fase is not Fase.ENTRE)

    def _esperar(self) -> None:
        if self._plazo is None:
            self._plazo = self.loop.call_later(PLAZO, self._al_plazo)

    def _dejar_de_esperar(self) -> None:
        if self._plazo is not None:
            self._plazo.cancel()
            self._plazo = None

    def _al_plazo(self) -> None:
        self._plazo = None
        if self.flow.read_paused:
            # It is we who do not read: an earlier request is being answered.
            self._esperar()
        elif self._fase is Fase.ENTRE:
            # A word would be taken, by who opens connections beforehand, for the next answer.
            self.transport.close()
        else:
            self._cortar(LENTAS)

    def _cortar(self, respuesta: Respuesta) -> None:
        """No more of this client: refused once the requests before this one are answered."""
        self._dejar_de_esperar()
        if self.transport.is_closing():
            return
        self._sordo = True
        if self._fase is Fase.CUERPO:
            # Either its answer was already given, or nobody can answer half a request.
            self.transport.close()
        elif self._ocupado():
            self._despedida = respuesta
        else:
            self._despedir(respuesta)

    def _despedir(self, respuesta: Respuesta) -> None:
        estado, motivo = respuesta
        cuerpo = json.dumps(motivo, ensure_ascii=False).encode()
        cabeceras = f"HTTP/1.1 {estado}\r\ncontent-type: application/json\r\n"
        cabeceras += f"content-length: {len(cuerpo)}\r\nconnection: close\r\n\r\n"
        self.transport.write(cabeceras.encode() + cuerpo)
        self.transport.close()
