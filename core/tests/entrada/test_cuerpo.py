"""Bodies at the door: bounded, however they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from core.entrada import cuerpo as modulo
from core.entrada.cuerpo import (
    CUERPO_408,
    CUERPO_413,
    ESCAPES_413,
    CuerpoLimitado,
    Enviar,
    Mensaje,
    Recibir,
)
from core.limites_pedido import LIMITES

LIMITE = 10


def siempre(_ruta: str) -> int:
    return LIMITE


async def eco(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
    """Answers what it read and the length it was told."""
    leido = b""
    while True:
        mensaje = await receive()
        leido += mensaje.get("body", b"")
        if not mensaje.get("more_body"):
            break
    largo = dict(scope["headers"]).get(b"content-length", b"-")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": largo + b" " + leido})


def pedir(trozos: list[bytes], cabeceras: list[tuple[bytes, bytes]]) -> list[Mensaje]:
    enviados: list[Mensaje] = []
    entrantes: Iterator[Mensaje] = iter(
        [
            {"type": "http.request", "body": trozo, "more_body": i < len(trozos) - 1}
            for i, trozo in enumerate(trozos)
        ]
    )

    async def receive() -> Mensaje:
        return next(entrantes)

    async def send(mensaje: Mensaje) -> None:
        enviados.append(mensaje)

    scope = {"type": "http", "path": "/", "headers": cabeceras}
    async_to_sync(CuerpoLimitado(eco, siempre))(scope, receive, send)
    return enviados


@pytest.mark.parametrize(
    ("trozos", "cabeceras", "respuesta"),
    [
        ([b""], [], b"- "),
        ([b"1234567890"], [(b"content-length", b"10")], b"10 1234567890"),
        ([b"12345", b"67890"], [], b"10 1234567890"),
        ([b"12345", b"67890", b""], [], b"10 1234567890"),
        ([b"12345"], [(b"content-length", b"nonsense")], b"nonsense 12345"),
    ],
)
def test_up_to_the_limit_the_body_passes_and_its_length_is_known(
    trozos: list[bytes], cabeceras: list[tuple[bytes, bytes]], respuesta: bytes
) -> None:
    inicio, cuerpo = pedir(trozos, cabeceras)
    assert (inicio["status"], cuerpo["body"]) == (200, respuesta)


@pytest.mark.parametrize(
    ("trozos", "cabeceras"),
    [
        ([b"never read"], [(b"content-length", b"11")]),
        ([b"12345", b"678901"], []),
        ([b"12345678901"], [(b"content-length", b"3")]),
        ([b"1"] * 11, [(b"transfer-encoding", b"chunked")]),
    ],
)
def test_beyond_it_the_answer_is_413_in_our_shape(
    trozos: list[bytes], cabeceras: list[tuple[bytes, bytes]]
) -> None:
    inicio, cuerpo = pedir(trozos, cabeceras)
    assert inicio["status"] == 413
    assert json.loads(cuerpo["body"]) == CUERPO_413


def formulario(trozos: list[bytes], tipo: bytes) -> list[Mensaje]:
    return pedir(trozos, [(b"content-type", tipo)])


@pytest.mark.parametrize("tipo", [b"application/x-www-form-urlencoded", b"Application/X-WWW-Form"])
def test_a_form_has_so_many_escapes(monkeypatch: pytest.MonkeyPatch, tipo: bytes) -> None:
    """Nine million of them took the web 17 seconds and 2 GiB."""
    monkeypatch.setattr(modulo, "ESCAPES_MAXIMO", 2)
    tipo += b"-urlencoded" if tipo.endswith(b"Form") else b"; charset=utf-8"
    assert formulario([b"a=%25", b"%25"], tipo)[0]["status"] == 200
    inicio, cuerpo = formulario([b"%2", b"5%2", b"5%25"], tipo)
    assert (inicio["status"], json.loads(cuerpo["body"])) == (413, ESCAPES_413)
    assert formulario([b"%25%25%25"], b"application/json")[0]["status"] == 200


def despacio(
    monkeypatch: pytest.MonkeyPatch, trozo: bytes, *, segundos: float, trozos: int = 50
) -> tuple[int, bytes]:
    """The answer to a body whose pieces come so many seconds apart, by a clock of the test's."""
    reloj = [0.0]
    enviados: list[Mensaje] = []
    quedan = iter(range(trozos, 0, -1))

    async def receive() -> Mensaje:
        # Time to be told that there is no time.
        for _ in range(5):
            await asyncio.sleep(0)
        reloj[0] += segundos
        return {"type": "http.request", "body": trozo, "more_body": next(quedan) > 1}

    async def send(mensaje: Mensaje) -> None:
        enviados.append(mensaje)

    monkeypatch.setattr("core.entrada.cuerpo.time.monotonic", lambda: reloj[0])
    scope = {"type": "http", "path": "/", "headers": []}
    async_to_sync(CuerpoLimitado(eco, lambda _ruta: 10**9))(scope, receive, send)
    return enviados[0]["status"], enviados[1]["body"]


@pytest.mark.parametrize(
    ("trozo", "segundos", "estado"),
    [(b"1", 0.2, 200), (b"1", 4, 408), (b"x" * 8192, 1, 200), (b"x" * 1000, 1, 408)],
    ids=["few, soon", "few, late", "many, in time", "half of what the desk waits for"],
)
def test_a_body_that_hardly_comes_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, trozo: bytes, segundos: float, estado: int
) -> None:
    codigo, cuerpo = despacio(monkeypatch, trozo, segundos=segundos)
    assert codigo == estado
    if estado == 408:
        assert json.loads(cuerpo) == CUERPO_408


# The largest lote that the desk makes: half a million pieces.
LOTE_DE_LA_MESA = 3_600_000


def test_a_lote_on_the_slowest_line_that_the_desk_waits_for_arrives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It took 443 s, and was refused after 300, as often as it was sent."""
    por_segundo = LIMITES["linea_octetos_por_segundo"]
    segundos = LOTE_DE_LA_MESA // por_segundo
    estado, _ = despacio(monkeypatch, b"x" * por_segundo, segundos=1, trozos=segundos)
    assert (estado, segundos) == (200, 1_800)


def test_the_server_waits_for_whatever_the_desk_does() -> None:
    """static/js/comun/red.js gives up after so many seconds, and begins to count first."""
    for largo in (0, 1, 10**4, 10**6, LOTE_DE_LA_MESA):
        mesa = LIMITES["espera_segundos"] + largo / LIMITES["linea_octetos_por_segundo"]
        assert modulo.GRACIA + largo / modulo.OCTETOS_POR_SEGUNDO >= mesa


def test_once_the_body_is_there_its_end_may_be_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application listens for the client that goes: that is no body."""
    monkeypatch.setattr(modulo, "GRACIA", 0.0)
    oidos: list[str] = []

    async def escuchar(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        oidos.extend([(await receive())["type"], (await receive())["type"]])

    mensajes: Iterator[Mensaje] = iter(
        [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
    )

    async def receive() -> Mensaje:
        mensaje = next(mensajes)
        if mensaje["type"] == "http.disconnect":
            await asyncio.sleep(0.01)
        return mensaje

    async def nadie(_mensaje: Mensaje) -> None:
        pytest.fail("answered")

    scope = {"type": "http", "path": "/", "headers": []}
    async_to_sync(CuerpoLimitado(escuchar, siempre))(scope, receive, nadie)
    assert oidos == ["http.request", "http.disconnect"]


def test_what_is_not_http_passes_untouched() -> None:
    vistos: list[str] = []

    async def aplicacion(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        vistos.append(scope["type"])

    async def nada(*_args: Any) -> Any:
        return {}

    async_to_sync(CuerpoLimitado(aplicacion, siempre))({"type": "lifespan"}, nada, nada)
    assert vistos == ["lifespan"]
