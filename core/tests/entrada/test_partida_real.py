"""A real web process whose client leaves in the middle of a task."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from core.tests.corrida.puertos import puerto_libre
from core.tests.e2e.mesa import esperar
from core.tests.procesos.test_aparte import hijos_de


class Web:
    """uvicorn as the Procfile runs it, and its port."""

    def __init__(self, carpeta: Path) -> None:
        self.puerto = puerto_libre()
        orden = [sys.executable, "-m", "uvicorn", "core.tests.entrada.asgi_lento:application"]
        opciones = ["--port", str(self.puerto), "--lifespan", "off", "--ws", "none"]
        self.proceso = subprocess.Popen(
            [*orden, *opciones, "--no-access-log"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATA_DIR": str(carpeta)},
            stderr=subprocess.DEVNULL,
        )

    def vive(self) -> bool:
        try:
            direccion = f"http://127.0.0.1:{self.puerto}/healthz"
            with urllib.request.urlopen(direccion, timeout=60) as respuesta:
                return bool(respuesta.read() == b"ok\n")
        except (urllib.error.URLError, OSError):
            return False

    def pedir(self, cuerpo: bytes = b"") -> socket.socket:
        """A connection that has asked for the page that never comes."""
        conexion = socket.create_connection(("127.0.0.1", self.puerto), timeout=60)
        cabeza = f"GET /lenta/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(cuerpo)}\r\n\r\n"
        conexion.sendall(cabeza.encode() + cuerpo)
        return conexion

    def tareas(self) -> set[int]:
        return hijos_de(self.proceso.pid)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    web = Web(tmp_path)
    try:
        esperar("the web answers", web.vive)
        yield web
    finally:
        web.proceso.kill()
        web.proceso.wait(60)


def test_when_the_client_goes_its_task_goes_and_the_web_answers(web: Web) -> None:
    conexiones = [web.pedir(), web.pedir(b"a body" * 100_000)]
    esperar("both tasks run", lambda: len(web.tareas()) == 2)
    # While they run, the others are answered.
    assert web.vive()
    conexiones[0].close()
    esperar("one is left", lambda: len(web.tareas()) == 1)
    conexiones[1].close()
    esperar("nothing is left", lambda: not web.tareas())
    assert web.vive()
    # Their places are free again.
    otra = web.pedir()
    esperar("another task runs", lambda: len(web.tareas()) == 1)
    otra.close()
    esperar("nothing is left again", lambda: not web.tareas())
