"""Nobody keeps what is written to it by not reading: uvicorn itself, with sockets."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from typing import cast

import pytest
from uvicorn.protocols.http.flow_control import FlowControl

from core.entrada import protocolo, salida
from core.entrada.protocolo import Protocolo
from core.tests.entrada.base_protocolo import (
    COLGADO,
    ESPERA,
    GRANDE,
    LIMITE,
    MEDIANO,
    Escena,
    conectar,
    esperar_a,
    insistir,
    insistir_hasta_que_cuelgue,
    leer_rechazo,
    servir,
    todo,
)

PEDIR = b"GET %b HTTP/1.1\r\nhost: a\r\n%b\r\n"
CERRAR = b"connection: close\r\n"


@pytest.fixture
def escena(monkeypatch: pytest.MonkeyPatch) -> Iterator[Escena]:
    """A server that looks every second."""
    monkeypatch.setattr(protocolo, "PLAZO", ESPERA)
    monkeypatch.setattr(salida, "MIRADA", 1.0)
    with servir() as escena:
        yield escena


def angosto(puerto: int) -> socket.socket:
    """A client that takes little at a time."""
    enchufe = socket.socket()
    enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    enchufe.settimeout(ESPERA)
    enchufe.connect(("127.0.0.1", puerto))
    return enchufe


@pytest.mark.parametrize("ruta", [b"/grande", b"/lluvia"], ids=["at once", "in pieces"])
@pytest.mark.parametrize("cabecera", [b"", CERRAR], ids=["keep", "close"])
def test_who_does_not_read_is_given_up(escena: Escena, ruta: bytes, cabecera: bytes) -> None:
    with angosto(escena.puerto) as enchufe:
        enchufe.sendall(PEDIR % (ruta, cabecera))
        esperar_a(lambda: escena.pedidos == 1)
        esperar_a(lambda: escena.abiertas == 0)
        assert len(todo(enchufe)) < GRANDE


@pytest.mark.parametrize("adios", [False, True], ids=["closed by us", "by the client"])
def test_nor_what_is_too_little_to_hold_back(escena: Escena, adios: bool) -> None:
    """The kernel takes no more, and what is left is less than makes uvicorn wait."""
    with angosto(escena.puerto) as enchufe:
        for veces in range(1, 1000):
            enchufe.sendall(PEDIR % (b"/mediano", b""))
            esperar_a(lambda veces=veces: escena.contestados == veces)  # type: ignore[misc]  # a lambda's default
            if escena.por_escribir:
                break
        assert 0 < escena.por_escribir <= MEDIANO + 1000
        if adios:
            enchufe.shutdown(socket.SHUT_WR)
        esperar_a(lambda: escena.abiertas == 0)


def test_who_reads_slowly_gets_all(escena: Escena) -> None:
    """Slower than the kernel makes room for more of ours: what it delivers counts."""
    with angosto(escena.puerto) as enchufe:
        enchufe.sendall(PEDIR % (b"/grande", CERRAR))
        leido, inicio = 0, time.monotonic()
        while time.monotonic() - inicio < 6:
            leido += len(enchufe.recv(4096))
            threading.Event().wait(0.05)
        leido += len(todo(enchufe))
        assert GRANDE < leido < GRANDE + 1000


class Falso:
    """A transport that has so much to deliver."""

    abortado = False

    def __init__(self, tamano: int) -> None:
        self.tamano = tamano

    def get_write_buffer_size(self) -> int:
        return self.tamano

    def get_extra_info(self, nombre: str) -> socket.socket:
        raise OSError(nombre)

    def is_closing(self) -> bool:
        return False

    def abort(self) -> None:
        self.abortado = True


@pytest.mark.parametrize(
    ("antes", "despues", "abortado"),
    [(10, 0, False), (10, 10, True), (9000, 4000, False), (9000, 8000, True)],
)
def test_what_was_too_little_to_be_slow_is_not_slow_once_it_is_delivered(
    antes: int, despues: int, abortado: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salida, "MIRADA", 1.0)
    falso = Falso(antes)

    async def mirar_una_vez() -> None:
        una = salida.Salida(
            cast(asyncio.Transport, falso), asyncio.get_running_loop(), lambda: False
        )
        una.vigilar()
        falso.tamano = despues
        await asyncio.sleep(1.5)
        una.soltar()

    asyncio.run(mirar_una_vez())
    assert falso.abortado is abortado


def test_each_wait_is_looked_at_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salida, "MIRADA", 1.0)
    falso = Falso(70_000)

    async def esperar_dos_veces() -> None:
        protocolo_suyo = Protocolo.__new__(Protocolo)
        transporte = cast(asyncio.Transport, falso)
        suya = salida.Salida(transporte, asyncio.get_running_loop(), lambda: False)
        protocolo_suyo._salida = suya
        protocolo_suyo.transport = cast(asyncio.Transport, suya)
        protocolo_suyo.flow = FlowControl(transporte)
        protocolo_suyo.pause_writing()
        protocolo_suyo.resume_writing()
        falso.tamano = 80_000
        await asyncio.sleep(1.5)
        suya.soltar()

    asyncio.run(esperar_dos_veces())
    assert not falso.abortado


def test_a_stream_that_always_has_more_is_not_taken_for_one_that_stands_still(
    escena: Escena,
) -> None:
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(PEDIR % (b"/lluvia", CERRAR))
        leido, parte = 0, b"g"
        while parte:
            parte = enchufe.recv(65536)
            leido += len(parte)
            threading.Event().wait(0.015)
        assert leido > GRANDE


def test_a_stream_with_nothing_to_say_is_left_alone(escena: Escena) -> None:
    with angosto(escena.puerto) as enchufe:
        enchufe.sendall(PEDIR % (b"/eventos", CERRAR))
        threading.Event().wait(3.5)
        assert escena.abiertas == 1
        escena.seguir.set()
        assert todo(enchufe).endswith(b"3\r\nuno\r\n3\r\ndos\r\n0\r\n\r\n")


def test_who_read_late_but_all_may_ask_again(escena: Escena) -> None:
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(PEDIR % (b"/grande", b""))
        leido = 0
        while leido < GRANDE:
            leido += len(enchufe.recv(65536))
        threading.Event().wait(2.5)
        enchufe.sendall(PEDIR % (b"/", CERRAR))
        assert todo(enchufe).endswith(b"hola")


def contestado(puerto: int, ruta: str, cuerpo: bytes | Iterator[bytes]) -> tuple[int, bytes]:
    """What a client hears that reads nothing until it has sent all, as nearly all of them do."""
    conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=ESPERA)
    try:
        conexion.request("POST", ruta, cuerpo, {"connection": "close"})
        respuesta = conexion.getresponse()
        return respuesta.status, respuesta.read()
    finally:
        conexion.close()


@pytest.mark.parametrize("veces", range(3))
def test_who_is_refused_while_it_sends_hears_of_it(
    escena: Escena, veces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salida, "DESPEDIDA", ESPERA)
    mucho = b"a" * (LIMITE * 6)
    trozos = (mucho[n : n + 65536] for n in range(0, len(mucho), 65536))
    assert contestado(escena.puerto, "/", mucho)[0] == 413
    assert contestado(escena.puerto, "/", trozos)[0] == 413
    assert contestado(escena.puerto, "/sin-leer", mucho[:LIMITE]) == (200, b"hola")
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(b"GET / HTTP/1.1\r\nx: " + mucho)
        assert leer_rechazo(todo(enchufe)) == (431, "cabeceras_largas")
    esperar_a(lambda: escena.abiertas == 0)


DEMASIADO = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 999999999\r\n\r\n"


def test_it_is_heard_out_for_so_long(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salida, "DESPEDIDA", 1.0)
    with conectar(escena.puerto) as enchufe, conectar(escena.puerto) as callado:
        callado.sendall(DEMASIADO)
        enchufe.sendall(DEMASIADO)
        with pytest.raises(COLGADO):
            insistir(enchufe, b"a", 1000, pausa=0.05)
        esperar_a(lambda: escena.abiertas == 0)


def test_and_for_so_much(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salida, "DESPEDIDA", ESPERA)
    monkeypatch.setattr(salida, "DESPEDIDA_OCTETOS", 2**20)
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(DEMASIADO)
        assert insistir_hasta_que_cuelgue(enchufe, b"a" * 65536, 24)


def test_who_said_all_is_let_go_at_once(escena: Escena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salida, "DESPEDIDA", 1000.0)
    pedido = b"POST / HTTP/1.1\r\nconnection: close\r\ncontent-length: 1\r\n\r\na"
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(pedido)
        assert todo(enchufe).endswith(b"hola")
        esperar_a(lambda: escena.abiertas == 0)


def test_a_server_that_ends_hears_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(salida, "DESPEDIDA", 1000.0)
    with (
        servir() as escena,
        conectar(escena.puerto) as rechazado,
        conectar(escena.puerto) as tardio,
    ):
        rechazado.sendall(DEMASIADO)
        tardio.sendall(b"GET / HT")
        assert leer_rechazo(todo(rechazado))[0] == 413
        esperar_a(lambda: escena.abiertas == 2)
        assert escena.servidor is not None
        escena.servidor.should_exit = True
        assert todo(tardio) == b""
        esperar_a(lambda: escena.abiertas == 0)
