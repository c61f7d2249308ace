"""What the web waits for has a size and a time: uvicorn itself, with sockets."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from uvicorn import Config, Server

from core import cuerpo, protocolo
from core.cuerpo import CuerpoLimitado, Enviar, Recibir
from core.protocolo import CABECERAS_MAXIMO, Protocolo

ESPERA = 60.0
COLGADO = (BrokenPipeError, ConnectionResetError)


async def aplicacion(scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
    """Reads the body, unless it is told not to, and says hello."""
    if scope["path"] != "/sin-leer":
        while (await receive()).get("more_body"):
            pass
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}
    )
    await send({"type": "http.response.body", "body": b"hola"})


@pytest.fixture
def puerto(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with a short patience, in a thread of its own."""
    monkeypatch.setattr(protocolo, "PLAZO", 1.5)
    oreja = socket.create_server(("127.0.0.1", 0))
    config = Config(
        CuerpoLimitado(aplicacion, lambda _ruta: 10**6),
        http=Protocolo,
        lifespan="off",
        ws="none",
        log_level="critical",
    )
    servidor = Server(config)
    hilo = threading.Thread(target=lambda: asyncio.run(servidor.serve([oreja])))
    hilo.start()
    try:
        yield oreja.getsockname()[1]
    finally:
        servidor.should_exit = True
        hilo.join()
        oreja.close()


def conectar(puerto: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", puerto), timeout=ESPERA)


def todo(enchufe: socket.socket) -> bytes:
    """What the server says until it hangs up."""
    partes = []
    try:
        while parte := enchufe.recv(65536):
            partes.append(parte)
    except ConnectionResetError:
        pass
    return b"".join(partes)


def una(enchufe: socket.socket) -> bytes:
    """One answer of a connection that stays."""
    leido = b""
    while not leido.endswith(b"hola") and (parte := enchufe.recv(65536)):
        leido += parte
    return leido


def insistir(enchufe: socket.socket, trozo: bytes, veces: int, pausa: float = 0) -> None:
    """Send it again and again."""
    for _ in range(veces):
        enchufe.sendall(trozo)
        threading.Event().wait(pausa)


def rechazo(enchufe: socket.socket) -> tuple[int, str]:
    cabeza, cuerpo = todo(enchufe).split(b"\r\n\r\n")
    assert b"connection: close" in cabeza
    return int(cabeza.split()[1]), json.loads(cuerpo)["codigo"]


@pytest.mark.parametrize(
    "inicio", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: a\r\nx-a: b\r\n"], ids=len
)
def test_a_request_that_never_comes_is_not_waited_for(puerto: int, inicio: bytes) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(inicio)
        assert rechazo(enchufe) == (408, "demasiado_lento")


def test_nor_the_next_one_of_a_connection(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
        assert una(enchufe).endswith(b"hola")
        enchufe.sendall(b"GET / HTTP/1.1\r\nx")
        assert rechazo(enchufe) == (408, "demasiado_lento")


@pytest.mark.parametrize(
    "inicio",
    [b"GET /?" + b"a" * CABECERAS_MAXIMO, b"GET / HTTP/1.1\r\nx: " + b"a" * CABECERAS_MAXIMO],
    ids=["address", "header"],
)
def test_headers_have_a_size(puerto: int, inicio: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocolo, "PLAZO", ESPERA)
    with conectar(puerto) as enchufe:
        enchufe.sendall(inicio + b" HTTP/1.1\r\nhost: a\r\n\r\n")
        assert rechazo(enchufe) == (431, "cabeceras_largas")
    with conectar(puerto) as enchufe, pytest.raises(COLGADO):
        # More than what lies between both ends can hold.
        insistir(enchufe, inicio, 1_000)


def test_one_header_has_a_size_too(puerto: int) -> None:
    """What is accepted, say, is sorted for most of a second when it is fifteen thousand things."""
    for largo, estado in ((8_000, 200), (8_400, 431)):
        with conectar(puerto) as enchufe:
            cabecera = b"accept: " + b"a/b," * (largo // 4)
            enchufe.sendall(b"GET / HTTP/1.1\r\nconnection: close\r\n" + cabecera + b"\r\n\r\n")
            assert int(todo(enchufe).split()[1]) == estado


def test_what_is_no_http_is_told_so_in_our_shape(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert rechazo(enchufe) == (400, "http_invalido")


def test_a_body_that_nobody_reads_does_not_keep_its_connection(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"POST /sin-leer HTTP/1.1\r\nhost: a\r\ncontent-length: 999\r\n\r\n1")
        assert una(enchufe).endswith(b"hola")
        with pytest.raises(COLGADO):
            insistir(enchufe, b"1", 200, pausa=0.1)


def test_two_hundred_that_wait_keep_nobody_out(puerto: int) -> None:
    colgados = [conectar(puerto) for _ in range(200)]
    for numero, colgado in enumerate(colgados):
        colgado.sendall(b"GET / HTTP/1.1\r\nx: " if numero % 2 else b"POST / HTTP/1.1\r\n")
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        assert todo(enchufe).endswith(b"hola")
    for colgado in colgados:
        assert rechazo(colgado) == (408, "demasiado_lento")
        colgado.close()


def test_a_request_in_time_may_take_its_time_with_the_body(puerto: int) -> None:
    """Bodies have limits of their own (core/cuerpo.py)."""
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n1")
        threading.Event().wait(2)
        enchufe.sendall(b"2")
        assert una(enchufe).endswith(b"hola")


def test_two_hundred_bodies_that_trickle_keep_nobody_out_and_come_to_an_end(
    puerto: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuerpo, "GRACIA", 2.0)
    colgados = [conectar(puerto) for _ in range(200)]
    for colgado in colgados:
        colgado.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 999\r\n\r\n1")
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        assert todo(enchufe).endswith(b"hola")
    for colgado in colgados:
        assert rechazo(colgado) == (408, "demasiado_lento")
        colgado.close()
