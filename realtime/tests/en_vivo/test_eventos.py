"""The stream as ASGI: tickets, versions, what is told at once and what is never repeated."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.core import signing

from realtime.en_vivo import boletos, difusion, guardia
from realtime.en_vivo.boletos import BoletoInvalido, Credencial, emitir_boleto, leer_boleto
from realtime.en_vivo.eventos import RUTA, TableroEnVivo
from realtime.en_vivo.guardia import Vigilado

Mensaje = dict[str, Any]
SESION, HUELLA = "s1", "h1"
COOKIE = (b"cookie", b"otra=1; sessionid=s1")


def boleto(usuario_id: int, claves: list[int] | None, *, fin: float = 3600) -> str:
    """A ticket of the session that ends in so many seconds."""
    credencial = Credencial(usuario_id, SESION, HUELLA)
    return emitir_boleto(credencial, claves, fin=int(time.time() + fin))


class Conexion:
    """A client at the other end of the stream."""

    def __init__(
        self, consulta: str, *, cabeceras: list[tuple[bytes, bytes]] | None = None
    ) -> None:
        self.scope: Mensaje = {
            "type": "http",
            "method": "GET",
            "path": RUTA,
            "query_string": consulta.encode(),
            "headers": [COOKIE, *(cabeceras or [])],
        }
        self.enviado: list[Mensaje] = []
        self.llego = asyncio.Event()
        self.corte = asyncio.Event()

    async def recibir(self) -> Mensaje:
        await self.corte.wait()
        return {"type": "http.disconnect"}

    async def enviar(self, mensaje: Any) -> None:
        self.enviado.append(dict(mensaje))
        self.llego.set()

    @property
    def texto(self) -> str:
        return b"".join(m.get("body", b"") for m in self.enviado).decode()

    @property
    def versiones(self) -> list[int]:
        return [int(x.split(": ")[1]) for x in self.texto.splitlines() if x.startswith("id: ")]

    async def hasta(self, condicion: Callable[[], bool]) -> None:
        while not condicion():
            self.llego.clear()
            await asyncio.wait_for(self.llego.wait(), 30)


async def ajena(*_argumentos: Any) -> None:
    raise AssertionError("handed on")


def en_vivo(prueba: Callable[[TableroEnVivo], Awaitable[None]], versiones: dict[int, int]) -> None:
    """Run with a database that lets everybody in, says these versions, and a Redis that is away."""

    async def leidas() -> dict[int, int]:
        return dict(versiones)

    async def todos(_aforo: Any, vigilados: list[Vigilado], _idos: Any) -> Any:
        return {vigilado.credencial for vigilado in vigilados}, set()

    async def correr() -> None:
        with (
            patch.object(difusion, "_versiones", leidas),
            patch.object(guardia, "_consultar", todos),
        ):
            await asyncio.wait_for(prueba(TableroEnVivo(ajena)), 60)

    asyncio.run(correr())


async def abrir(tablero: TableroEnVivo, conexion: Conexion) -> asyncio.Task[None]:
    tarea = asyncio.create_task(tablero(conexion.scope, conexion.recibir, conexion.enviar))
    await conexion.hasta(lambda: len(conexion.enviado) >= 3 or tarea.done())
    return tarea


async def cerrar(conexion: Conexion, tarea: asyncio.Task[None]) -> None:
    conexion.corte.set()
    await tarea


@pytest.mark.parametrize(
    ("visto", "ultimo", "versiones"),
    [(11, b"", []), (10, b"", [11]), (0, b"11", []), (11, b"9", [11]), (99, b"", [])],
)
def test_a_newer_version_is_told_at_once_and_an_old_one_never(
    visto: int, ultimo: bytes, versiones: list[int]
) -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        cabeceras = [(b"last-event-id", ultimo)] if ultimo else []
        conexion = Conexion(f"boleto={boleto(1, [3, 4])}&v={visto}", cabeceras=cabeceras)
        tarea = await abrir(tablero, conexion)
        assert conexion.enviado[0]["status"] == 200
        assert dict(conexion.enviado[0]["headers"])[b"x-accel-buffering"] == b"no"
        assert conexion.versiones == versiones
        await cerrar(conexion, tarea)

    # Boards 3 and 4 sum 11; board 5 is somebody else's.
    en_vivo(prueba, {3: 5, 4: 6, 5: 100})


def test_each_change_is_told_to_who_shows_that_board_and_in_order() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        mio = Conexion(f"boleto={boleto(1, [3])}&v=5")
        todos = Conexion(f"boleto={boleto(2, None)}&v=11")
        tareas = [await abrir(tablero, mio), await abrir(tablero, todos)]
        difusor = tablero._difusor
        for clave, version in ((3, 6), (3, 6), (3, 5), (4, 7), (3, 7)):
            difusor.anotar(clave, version)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await mio.hasta(lambda: mio.versiones[-1:] == [7])
        await todos.hasta(lambda: todos.versiones[-1:] == [14])
        assert mio.versiones == [6, 7]
        assert todos.versiones == [12, 13, 14]
        for conexion, tarea in zip((mio, todos), tareas, strict=True):
            await cerrar(conexion, tarea)
        assert difusor._grupos == {}
        assert difusor._tareas == []

    en_vivo(prueba, {3: 5, 4: 6})


@pytest.mark.parametrize(
    "boleto",
    ["", "x", boleto(1, [3])[:-1], signing.dumps([1, [3]], salt="otra")],
    ids=["none", "nonsense", "cut", "of another salt"],
)
def test_without_a_good_ticket_401_and_no_redirect(boleto: str) -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto}&v=1")
        await tablero(conexion.scope, conexion.recibir, conexion.enviar)
        assert conexion.enviado[0]["status"] == 401
        assert "El permiso para escuchar venció." in conexion.texto

    en_vivo(prueba, {})


@pytest.mark.parametrize("version", ["-1", "x", "1.5", "9" * 19, "%00", "٣"])
def test_a_version_that_makes_no_sense_is_refused(version: str) -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v={version}")
        await tablero(conexion.scope, conexion.recibir, conexion.enviar)
        assert conexion.enviado[0]["status"] == 400

    en_vivo(prueba, {})


def test_only_get_and_only_here() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion("")
        conexion.scope["method"] = "POST"
        await tablero(conexion.scope, conexion.recibir, conexion.enviar)
        assert conexion.enviado[0]["status"] == 405
        conexion.scope["path"] = "/otra/"
        with pytest.raises(AssertionError, match="handed on"):
            await tablero(conexion.scope, conexion.recibir, conexion.enviar)

    en_vivo(prueba, {})


def test_the_stream_ends_when_its_ticket_does() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=1")
        with patch("realtime.en_vivo.eventos.VALE", 0.1):
            tarea = await abrir(tablero, conexion)
            await tarea
        assert conexion.enviado[-1] == {"type": "http.response.body", "body": b""}

    en_vivo(prueba, {3: 1})


def test_a_client_that_reads_nothing_is_told_only_the_newest() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion, paso = Conexion(f"boleto={boleto(1, [3])}&v=5"), asyncio.Event()

        async def atascado(mensaje: Any) -> None:
            await conexion.enviar(mensaje)
            if b"event" in mensaje.get("body", b""):
                await paso.wait()

        tarea = asyncio.create_task(tablero(conexion.scope, conexion.recibir, atascado))
        await conexion.hasta(lambda: len(conexion.enviado) >= 3)
        for version in range(6, 300):
            tablero._difusor.anotar(3, version)
            await asyncio.sleep(0)
        assert conexion.versiones == [6]
        paso.set()
        await conexion.hasta(lambda: conexion.versiones[-1] == 299)
        assert conexion.versiones == [6, 299]
        await cerrar(conexion, tarea)

    en_vivo(prueba, {3: 5})


def test_a_stuck_client_does_not_outlive_its_ticket() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=4")

        async def atascado(mensaje: Any) -> None:
            await conexion.enviar(mensaje)
            if b"event" in mensaje.get("body", b""):
                await asyncio.Event().wait()

        with patch("realtime.en_vivo.eventos.VALE", 1.0):
            await asyncio.wait_for(tablero(conexion.scope, conexion.recibir, atascado), 30)
        assert conexion.versiones == [5]
        assert tablero._difusor._grupos == {}

    en_vivo(prueba, {3: 5})


def test_a_server_that_stops_ends_the_streams_well() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=5")
        tarea = await abrir(tablero, conexion)
        tarea.cancel()
        await tarea
        assert conexion.enviado[-1] == {"type": "http.response.body", "body": b""}
        assert tablero._difusor._grupos == {}

    en_vivo(prueba, {3: 5})


def test_a_heartbeat_when_nothing_happens() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=1")
        with patch.object(difusion, "LATIDO", 0.05):
            tarea = await abrir(tablero, conexion)
            await conexion.hasta(lambda: conexion.texto.count(": .\n\n") >= 3)
            await cerrar(conexion, tarea)

    en_vivo(prueba, {3: 1})


def test_a_ticket_says_who_and_which_boards_for_ten_minutes() -> None:
    credencial = Credencial(7, "s7", "h7")
    fin = int(time.time()) + 3600
    with patch.object(boletos, "time") as reloj:
        reloj.time.return_value = 6_000.9
        texto = emitir_boleto(credencial, [5, 3], fin=fin)
        assert leer_boleto(texto, "s7") == (credencial, frozenset({3, 5}), fin)
        assert leer_boleto(emitir_boleto(credencial, None, fin=fin), "s7").claves is None
        # The same one for a minute: there are never many.
        reloj.time.return_value = 6_059.9
        assert emitir_boleto(credencial, [3, 5], fin=fin) == texto
        reloj.time.return_value = 6_060
        assert emitir_boleto(credencial, [3, 5], fin=fin) != texto
        reloj.time.return_value = 6_599.9
        leer_boleto(texto, "s7")
        reloj.time.return_value = 6_600
        with pytest.raises(BoletoInvalido):
            leer_boleto(texto, "s7")


@pytest.mark.parametrize("sesion", ["", "s8", "S7", "s7 "])
def test_a_ticket_is_of_no_use_to_another_session(sesion: str) -> None:
    texto = emitir_boleto(Credencial(7, "s7", "h7"), [3], fin=int(time.time()) + 3600)
    assert leer_boleto(texto, "s7").credencial.usuario_id == 7
    with pytest.raises(BoletoInvalido):
        leer_boleto(texto, sesion)


def test_a_ticket_does_not_show_the_session() -> None:
    sesion = "clave-de-la-sesion"
    texto = emitir_boleto(Credencial(7, sesion, "h7"), [3], fin=int(time.time()) + 3600)
    dicho = json.dumps(signing.Signer(salt="realtime.boleto").unsign_object(texto))
    assert sesion not in dicho + texto


def test_a_ticket_ends_with_its_session() -> None:
    with pytest.raises(BoletoInvalido):
        leer_boleto(boleto(7, [3], fin=0), SESION)


@pytest.mark.parametrize("cookie", [[], [(b"cookie", b"sessionid=otra")]])
def test_a_stream_asks_for_the_cookie_of_its_ticket(cookie: list[tuple[bytes, bytes]]) -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=1")
        conexion.scope["headers"] = cookie
        await tablero(conexion.scope, conexion.recibir, conexion.enviar)
        assert conexion.enviado[0]["status"] == 401

    en_vivo(prueba, {3: 1})


def test_a_stream_ends_with_its_session_whatever_its_ticket_says() -> None:
    async def prueba(tablero: TableroEnVivo) -> None:
        conexion = Conexion(f"boleto={boleto(1, [3])}&v=1")
        with patch("realtime.en_vivo.eventos.time") as reloj:
            reloj.time.return_value = time.time() + 3599
            tarea = await abrir(tablero, conexion)
            await asyncio.wait_for(asyncio.shield(tarea), 30)
        assert conexion.enviado[0]["status"] == 200
        assert conexion.enviado[-1] == {"type": "http.response.body", "body": b""}

    en_vivo(prueba, {3: 1})
