"""What the web waits for has a size and a time: uvicorn itself, with sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from core.entrada import cuerpo, protocolo, salida
from core.entrada.protocolo import CABECERAS_MAXIMO
from core.tests.entrada.base_protocolo import (
    COLGADO,
    ESPERA,
    LIMITE,
    Escena,
    conectar,
    esperar_a,
    insistir,
    insistir_hasta_que_cuelgue,
    leer_rechazo,
    rechazo,
    servir,
    todo,
    una,
)

GET = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n"
CERRAR = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
LENTO = b"GET /espera HTTP/1.1\r\nhost: a\r\n\r\n"
UPGRADE = b"GET / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"
A_TROZOS = b"POST %s HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.fixture
def escena(monkeypatch: pytest.MonkeyPatch) -> Iterator[Escena]:
    """A server with a short patience."""
    monkeypatch.setattr(protocolo, "PLAZO", 1.5)
    monkeypatch.setattr(salida, "DESPEDIDA_OCTETOS", 2**20)
    with servir() as escena:
        yield escena


@pytest.fixture
def puerto(escena: Escena) -> int:
    return escena.puerto


@pytest.mark.parametrize(
    "inicio", [b"GET / HT", b"GET / HTTP/1.1\r\nhost: a\r\nx-a: b\r\n"], ids=len
)
def test_a_request_that_never_comes_is_not_waited_for(puerto: int, inicio: bytes) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(inicio)
        assert rechazo(enchufe) == (408, "demasiado_lento")


@pytest.mark.parametrize(
    ("antes", "vacio"),
    [(b"", b""), (b"", b"\r\n"), (GET, b"\r\n"), (GET, b"\r\n" * 1000), (UPGRADE, b"\r\n")],
    ids=["nothing", "first", "next", "many", "upgrade"],
)
def test_who_asks_for_nothing_is_told_nothing(puerto: int, antes: bytes, vacio: bytes) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(antes)
        if antes:
            assert una(enchufe).endswith(b"hola")
        enchufe.sendall(vacio)
        assert todo(enchufe) == b""


def test_an_empty_line_takes_no_time_from_the_next_request(
    puerto: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocolo, "PLAZO", 4.0)
    with conectar(puerto) as enchufe:
        enchufe.sendall(GET)
        assert una(enchufe).endswith(b"hola")
        enchufe.sendall(b"\r\n")
        threading.Event().wait(2.2)
        enchufe.sendall(CERRAR[:20])
        threading.Event().wait(2.2)
        enchufe.sendall(CERRAR[20:])
        assert todo(enchufe).endswith(b"hola")


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
    with conectar(puerto) as enchufe:
        assert insistir_hasta_que_cuelgue(enchufe, inicio, 64)


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


def test_a_body_that_nobody_read_leaves_its_connection_to_others(escena: Escena) -> None:
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(b"POST /sin-leer HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n1")
        assert una(enchufe).endswith(b"hola")
        enchufe.sendall(b"2" + LENTO)
        threading.Event().wait(2.5)
        escena.seguir.set()
        assert una(enchufe).endswith(b"hola")
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(b"POST /sin-leer HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n1")
        assert una(enchufe).endswith(b"hola")
        enchufe.sendall(b"2")
        assert todo(enchufe) == b""


def _se_atiende_y_terminan(puerto: int, colgados: list[socket.socket]) -> None:
    """Another is answered beside them; they are refused in the end."""
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        assert todo(enchufe).endswith(b"hola")
    for colgado in colgados:
        assert rechazo(colgado) == (408, "demasiado_lento")
        colgado.close()


def test_two_hundred_that_wait_keep_nobody_out(puerto: int) -> None:
    colgados = [conectar(puerto) for _ in range(200)]
    for numero, colgado in enumerate(colgados):
        colgado.sendall(b"GET / HTTP/1.1\r\nx: " if numero % 2 else b"POST / HTTP/1.1\r\n")
    _se_atiende_y_terminan(puerto, colgados)


def test_a_request_in_time_may_take_its_time_with_the_body(puerto: int) -> None:
    """Bodies have limits of their own (core/entrada/cuerpo.py)."""
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
    _se_atiende_y_terminan(puerto, colgados)


def test_a_kept_connection_may_say_more_in_all_than_one_request(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        for _ in range(200):
            enchufe.sendall(b"GET / HTTP/1.1\r\nx: " + b"a" * 1024 + b"\r\n")
            # In two pieces: what is counted is what came before the headers' end.
            enchufe.sendall(b"\r\n")
            assert una(enchufe).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("trozo", [1, 1000, 1024 * 1024], ids=str)
def test_bodies_are_not_headers(puerto: int, trozo: int) -> None:
    veces = min(1024 * 1024 // trozo, 50_000)
    entero = b"POST /cuantos HTTP/1.1\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
    with conectar(puerto) as enchufe:
        enchufe.sendall(entero % (trozo * veces))
        enchufe.sendall(b"a" * trozo * veces)
        assert todo(enchufe).endswith(b"%d bytes" % (trozo * veces))
    with conectar(puerto) as enchufe:
        enchufe.sendall(A_TROZOS % b"/cuantos")
        enchufe.sendall((b"%x\r\n%b\r\n" % (trozo, b"a" * trozo)) * veces + b"0\r\n\r\n")
        enchufe.sendall(CERRAR)
        assert b"\r\n\r\n%d bytesHTTP" % (trozo * veces) in todo(enchufe)


@pytest.mark.parametrize(
    ("inicio", "trozo"),
    [
        (b"1\r\na\r\n0\r\n", b"x-a: b\r\n" * 8192),
        (b"1\r\na\r\n0\r\nx-a: ", b"b" * 65536),
        (b"1;", b"b" * 65536),
        # Enough body for eight times as much, had it not to be beside it.
        (b"%x\r\n" % LIMITE + b"a" * LIMITE + b"\r\n0\r\nx-a: ", b"b" * 65536),
        (b"", b"1;" + b"b" * 30_000 + b"\r\na\r\n"),
    ],
    ids=["trailers", "a trailer", "an extension", "after a body", "extensions"],
)
@pytest.mark.parametrize("ruta", [b"/", b"/sin-leer"])
def test_what_frames_a_body_has_a_size(
    puerto: int, ruta: bytes, inicio: bytes, trozo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocolo, "PLAZO", ESPERA)
    with conectar(puerto) as enchufe:
        enchufe.sendall(A_TROZOS % ruta + inicio)
        assert insistir_hasta_que_cuelgue(enchufe, trozo, 14)


def test_what_follows_a_body_is_no_header_of_its_request(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(A_TROZOS % b"/cabeceras" + b"1\r\na\r\n0\r\nx-user: root\r\n\r\n" + CERRAR)
        cabeceras = todo(enchufe).split(b"\r\n\r\n")[1].partition(b"HTTP")[0]
        assert cabeceras == b"host,transfer-encoding,content-length"


@pytest.mark.parametrize(
    ("segundo", "esperado"),
    [
        (b"GET / HTTP/1.1\r\nx: ", (408, "demasiado_lento")),
        (b"GET / HTTP/1.1\r\nx: " + b"a" * 9_000 + b"\r\n\r\n", (431, "cabeceras_largas")),
        (b"OPTIONS http://[ HTTP/1.1\r\nhost: a\r\n\r\n", (400, "http_invalido")),
        (b"\x16\x03\x01 hello\r\n\r\n", (400, "http_invalido")),
    ],
    ids=["late", "long", "address", "no http"],
)
def test_a_refusal_waits_for_the_answers_before_it(
    escena: Escena, segundo: bytes, esperado: tuple[int, str]
) -> None:
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(LENTO + segundo)
        # Longer than a request may take.
        threading.Event().wait(2.5)
        enchufe.setblocking(False)
        with pytest.raises(BlockingIOError):
            enchufe.recv(1)
        enchufe.settimeout(ESPERA)
        escena.seguir.set()
        primera, hola, segunda = todo(enchufe).partition(b"hola")
        assert (primera.split(b"\r\n")[0], hola) == (b"HTTP/1.1 200 OK", b"hola")
        assert leer_rechazo(segunda) == esperado


def test_an_address_that_is_none_is_told_so(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(b"OPTIONS http://[ HTTP/1.1\r\nhost: a\r\n\r\n")
        assert rechazo(enchufe) == (400, "http_invalido")


def test_the_time_of_a_request_does_not_run_while_we_do_not_read(escena: Escena) -> None:
    with conectar(escena.puerto) as enchufe:
        # The second fills the line: the third is not read on until the first is answered.
        enchufe.sendall(LENTO)
        esperar_a(lambda: escena.pedidos == 1)
        enchufe.sendall(GET + CERRAR[:30])
        esperar_a(lambda: escena.en_fila == 1)
        enchufe.sendall(CERRAR[30:])
        threading.Event().wait(2.5)
        escena.seguir.set()
        assert todo(enchufe).count(b"200 OK") == 3


def test_a_body_that_is_no_body_ends_its_connection(puerto: int) -> None:
    with conectar(puerto) as enchufe:
        enchufe.sendall(A_TROZOS % b"/" + b"zz\r\n")
        assert todo(enchufe) == b""


@pytest.mark.parametrize("veces", [5, 6, 1000])
def test_a_few_may_ask_in_line_and_the_rest_is_not_kept(escena: Escena, veces: int) -> None:
    with conectar(escena.puerto) as enchufe:
        enchufe.sendall(LENTO + GET * (veces - 2) + CERRAR)
        esperar_a(lambda: escena.pedidos == 1)
        escena.seguir.set()
        respuestas = todo(enchufe)
        assert respuestas.count(b"200 OK") == respuestas.count(b"hola") == 5
        assert respuestas.count(b"connection: close") == 1
        assert respuestas.endswith(b"connection: close\r\n\r\nhola")
    assert escena.pedidos == 5


def test_nor_is_it_while_each_answer_makes_room_for_more(escena: Escena) -> None:
    escena.seguir.set()
    with conectar(escena.puerto) as enchufe:
        assert insistir_hasta_que_cuelgue(enchufe, GET * 2000, 32)
