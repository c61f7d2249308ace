"""Bodies at the door: bounded, however they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync

from core.cuerpo import CUERPO_413, CuerpoLimitado, Enviar, Mensaje, Recibir

LIMITE = 10


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

    scope = {"type": "http", "headers": cabeceras}
    async_to_sync(CuerpoLimitado(eco, LIMITE))(scope, receive, send)
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


def test_what_is_not_http_passes_untouched() -> None:
    vistos: list[str] = []

    async def aplicacion(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        vistos.append(scope["type"])

    async def nada(*_args: Any) -> Any:
        return {}

    async_to_sync(CuerpoLimitado(aplicacion, LIMITE))({"type": "lifespan"}, nada, nada)
    assert vistos == ["lifespan"]
