"""The processes of `./dev up`, for real: one start, kills, one stop, nothing left."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.tests.corrida.puertos import puerto_libre
from taller.base import RAIZ, ErrorDeTaller
from taller.servicios import Ajustes, _puerto_libre, _unico

PLAZO = 120.0
LEVANTAR = "import sys; from taller.servicios import levantar; sys.exit(levantar())"


def hasta(condicion: Callable[[], object], plazo: float = PLAZO) -> None:
    limite = time.monotonic() + plazo
    while not condicion():
        assert time.monotonic() < limite, "the condition did not come true in time"
        time.sleep(0.05)


def procesos(carpeta: Path) -> dict[int, str]:
    """pid → command line of every process that works on this DATA_DIR."""
    rastro = f"DATA_DIR={carpeta}".encode()
    encontrados = {}
    for proceso in Path("/proc").glob("[0-9]*"):
        try:
            orden = (proceso / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            propia = rastro in (proceso / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        # The Redis server overwrites its environment with its title, which names the socket.
        if orden and (propia or str(carpeta) in orden):
            encontrados[int(proceso.name)] = orden
    return encontrados


class Mesa:
    """`./dev up` without its installing, on a folder and a port of its own."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self.puerto = puerto_libre()
        self.salida = carpeta / "salida.txt"
        entorno = {n: v for n, v in os.environ.items() if n not in {"DATABASE_URL", "REDIS_URL"}}
        with self.salida.open("w") as salida:
            self.proceso = subprocess.Popen(
                [sys.executable, "-c", LEVANTAR],
                cwd=RAIZ,
                env=entorno | {"DATA_DIR": str(carpeta), "PORT": str(self.puerto)},
                stdout=salida,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def estado(self) -> int:
        """The HTTP status of /healthz, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.puerto}/healthz", timeout=2
            ) as respuesta:
                return int(respuesta.status)
        except OSError:
            return 0

    def pids(self, patron: str) -> list[int]:
        return [
            pid for pid, orden in procesos(self.carpeta).items()
            if re.search(patron, orden) and "core.procesos.supervisor" not in orden
        ]  # fmt: skip

    def matar(self, patron: str) -> None:
        """Kill the process, and wait for the one that takes its place."""
        hasta(lambda: self.pids(patron))
        [viejo] = self.pids(patron)
        os.kill(viejo, signal.SIGKILL)
        hasta(lambda: set(self.pids(patron)) - {viejo})


@pytest.fixture
def mesa(tmp_path: Path) -> Iterator[Mesa]:
    mesa = Mesa(tmp_path)
    yield mesa
    for pid in procesos(tmp_path):
        os.kill(pid, signal.SIGKILL)
    mesa.proceso.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_killed_processes_come_back_and_one_signal_stops_everything(mesa: Mesa) -> None:
    hasta(lambda: mesa.estado() == 200 and "Ctrl-C detiene todo" in mesa.salida.read_text())
    assert f"http://localhost:{mesa.puerto}/" in mesa.salida.read_text()
    for patron in ("bin/uvicorn", "valkey-server"):
        mesa.matar(patron)
    hasta(lambda: mesa.estado() == 200)
    with socket.create_connection(("127.0.0.1", mesa.puerto)) as abierta:
        abierta.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")  # never finished
        inicio = time.monotonic()
        mesa.proceso.terminate()
        assert mesa.proceso.wait(PLAZO) == 0
    assert time.monotonic() - inicio < 7.0
    assert procesos(mesa.carpeta) == {}
    assert not (mesa.carpeta / "redis.sock").exists()


def ajustes(**cambios: Any) -> Ajustes:
    valores: dict[str, Any] = {
        "produccion": False,
        "data_dir": "/d",
        "redis_propio": True,
        "host": "127.0.0.1",
        "port": 8000,
        "web_concurrency": 1,
        "celery_concurrency": 2,
    }
    return Ajustes(**(valores | cambios))


def test_the_embedded_redis_starts_only_without_a_redis_url() -> None:
    assert ajustes().procesos() == ["web", "worker", "beat", "redis"]
    assert ajustes(redis_propio=False).procesos() == ["web", "worker", "beat"]


def test_a_server_on_every_address_is_reached_here_by_loopback() -> None:
    assert ajustes(host="0.0.0.0").direccion_local == "127.0.0.1"
    assert ajustes(host="192.0.2.7").direccion_local == "192.0.2.7"


def test_a_busy_port_is_said_before_anything_starts() -> None:
    with socket.socket() as otro:
        otro.bind(("127.0.0.1", 0))
        otro.listen()
        puerto = otro.getsockname()[1]
        with pytest.raises(ErrorDeTaller, match=f"El puerto {puerto} está ocupado"):
            _puerto_libre(ajustes(port=puerto))


def test_a_second_desk_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        _unico(tmp_path),
        pytest.raises(ErrorDeTaller, match=r"Otro \./dev up ya usa"),
        _unico(tmp_path),
    ):
        pass
