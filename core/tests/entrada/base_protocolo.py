"""uvicorn itself with our protocol, in a thread, and clients that are bare sockets."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvloop
from uvicorn import Config, Server

from core.entrada.cuerpo import CuerpoLimitado, Enviar, Recibir
from core.entrada.protocolo import Protocolo

ESPERA = 60.0
COLGADO = (BrokenPipeError, ConnectionResetError)
LIMITE = 2 * 1024 * 1024
# More than the kernel takes, and more than it does in pieces that leave less than uvicorn minds.
GRANDE = 16 * 1024 * 1024
MEDIANO = 40 * 1024
GOTA = 256 * 1024


class Escena:
    """An application whose answers a test holds back until it sets `seguir`."""

    def __init__(self) -> None:
        self.seguir = threading.Event()
        self.puerto = 0
        self.pedidos = 0
        self.contestados = 0
        self.servidor: Server | None = None

    @property
    def conexiones(self) -> list[Protocolo]:
        todas = list(self.servidor.server_state.connections) if self.servidor else []
        return [una for una in todas if isinstance(una, Protocolo)]

    @property
    def abiertas(self) -> int:
        """Connections that the server has."""
        return len(self.conexiones)

    @property
    def en_fila(self) -> int:
        """Requests that wait for the answers before theirs."""
        return sum(len(una.pipeline) for una in self.conexiones)

    @property
    def por_escribir(self) -> int:
        """Bytes that the kernel did not take, of them all."""
        return sum(una.transport.get_write_buffer_size() for una in self.conexiones)

    async def aplicacion(self, scope: dict[str, Any], receive: Recibir, send: Enviar) -> None:
        """Reads the body, unless it is told not to, and says hello, or what the path asks for."""
        self.pedidos += 1
        leido = 0
        while scope["path"] != "/sin-leer":
            mensaje = await receive()
            leido += len(mensaje.get("body", b""))
            if not mensaje.get("more_body"):
                break
        while scope["path"] == "/espera" and not self.seguir.is_set():
            await asyncio.sleep(0.01)
        if scope["path"] in {"/eventos", "/lluvia"}:
            await (self._eventos(send) if scope["path"] == "/eventos" else llover(send))
            return
        dicho = {
            "/grande": b"g" * GRANDE,
            "/mediano": b"m" * MEDIANO,
            "/cuantos": b"%d bytes" % leido,
            "/cabeceras": b",".join(nombre for nombre, _ in scope["headers"]),
        }.get(scope["path"], b"hola")
        cabeceras = [(b"content-length", b"%d" % len(dicho))]
        await send({"type": "http.response.start", "status": 200, "headers": cabeceras})
        await send({"type": "http.response.body", "body": dicho})
        self.contestados += 1

    async def _eventos(self, send: Enviar) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"uno", "more_body": True})
        while not self.seguir.is_set():
            await asyncio.sleep(0.01)
        await send({"type": "http.response.body", "body": b"dos"})


async def llover(send: Enviar) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for veces in range(GRANDE // GOTA, 0, -1):
        await send({"type": "http.response.body", "body": b"g" * GOTA, "more_body": veces > 1})


@contextmanager
def servir() -> Iterator[Escena]:
    """A server on the loop that the web runs on."""
    escena = Escena()
    oreja = socket.create_server(("127.0.0.1", 0))
    escena.puerto = oreja.getsockname()[1]
    config = Config(
        CuerpoLimitado(escena.aplicacion, lambda _ruta: LIMITE),
        http=Protocolo,
        lifespan="off",
        ws="none",
        log_level="critical",
    )
    servidor = escena.servidor = Server(config)

    def correr() -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as corredor:
            corredor.run(servidor.serve([oreja]))

    hilo = threading.Thread(target=correr)
    hilo.start()
    try:
        yield escena
    finally:
        escena.seguir.set()
        servidor.should_exit = True
        hilo.join()
        oreja.close()


def conectar(puerto: int) -> socket.socket:
    enchufe = socket.create_connection(("127.0.0.1", puerto), timeout=ESPERA)
    enchufe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return enchufe


def esperar_a(cierto: Callable[[], bool]) -> None:
    for _ in range(6000):
        if cierto():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came")


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


def insistir_hasta_que_cuelgue(enchufe: socket.socket, trozo: bytes, megas: int) -> bool:
    """Whether it hangs up before so much is sent. What lies between both ends holds some megas."""
    try:
        insistir(enchufe, trozo, megas * 2**20 // len(trozo))
    except COLGADO:
        return True
    return False


def rechazo(enchufe: socket.socket) -> tuple[int, str]:
    return leer_rechazo(todo(enchufe))


def leer_rechazo(respuesta: bytes) -> tuple[int, str]:
    cabeza, cuerpo = respuesta.split(b"\r\n\r\n")
    assert b"connection: close" in cabeza
    return int(cabeza.split()[1]), json.loads(cuerpo)["codigo"]
