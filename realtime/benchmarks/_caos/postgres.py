"""A PostgreSQL of the run's own, to be killed; and what can be done to one that is not."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg

from core.tests.corrida.puertos import puerto_libre
from core.tests.e2e.mesa import esperar
from realtime.benchmarks._caos.fallas import (
    BACKEND,
    BASE,
    CAER,
    CORTAR,
    MATAR,
    Golpe,
    SinVictima,
    Vuelta,
    vive,
    vivos_de,
)

# Where Debian and Red Hat keep the server's programs, outside PATH.
CARPETAS: Final = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
USUARIO: Final = "caos"


class ServidorPostgres:
    """A private server on a directory: start, kill, start again."""

    def __init__(self, programas: Path, carpeta: Path) -> None:
        self._programas = programas
        self._carpeta = carpeta
        self._datos = carpeta / "datos"
        self._puerto = puerto_libre()
        # The server refuses to run as root.
        self._cuenta = pwd.getpwnam("postgres").pw_uid if os.geteuid() == 0 else None
        self._proceso: subprocess.Popen[bytes] | None = None
        self.url = f"postgres://{USUARIO}@127.0.0.1:{self._puerto}/postgres"

    def crear(self) -> None:
        """Make the cluster."""
        if self._cuenta is not None:
            os.chown(self._carpeta, self._cuenta, -1)
        opciones = ["-U", USUARIO, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(
            [self._programas / "initdb", "-D", self._datos, *opciones],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._cuenta,
        )

    def arrancar(self) -> None:
        """Start it; it answers a little later."""
        opciones = {"p": str(self._puerto), "k": str(self._carpeta), "h": "127.0.0.1"}
        self._proceso = subprocess.Popen(
            [
                self._programas / "postgres",
                *("-D", self._datos),
                *(parte for nombre, valor in opciones.items() for parte in (f"-{nombre}", valor)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            user=self._cuenta,
        )

    def esperar(self) -> None:
        """Wait until it answers."""
        esperar("PostgreSQL answers", self._responde)

    def matar(self) -> None:
        """SIGKILL the server and every process of it."""
        proceso = self._vivo()
        todos = [proceso.pid, *vivos_de(proceso.pid)]
        for pid in todos:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        proceso.wait()
        # Its successor refuses the memory that one of them still holds.
        while any(map(vive, todos)):
            time.sleep(0.01)
        self._proceso = None

    def matar_uno(self, cual: int) -> None:
        """SIGKILL one of its processes; the others start anew, each transaction lost."""
        hijos = vivos_de(self._vivo().pid)
        if not hijos:
            raise SinVictima
        with contextlib.suppress(ProcessLookupError):
            os.kill(hijos[cual % len(hijos)], signal.SIGKILL)

    def parar(self) -> None:
        """Stop it at once, as its own tool would."""
        if self._proceso is not None:
            self._proceso.send_signal(signal.SIGQUIT)
            self._proceso.wait(30)
            self._proceso = None

    def golpes(self) -> dict[tuple[str, str], Golpe]:
        """The kinds of fault that only the server's owner can do: (victim, deed) → how."""
        return {(BASE, MATAR): self._caer, (BASE, CAER): self._caer, (BACKEND, MATAR): self._uno}

    def _caer(self, _cual: int) -> Vuelta:
        self.matar()
        return self.arrancar

    def _uno(self, cual: int) -> None:
        self.matar_uno(cual)

    def _vivo(self) -> subprocess.Popen[bytes]:
        if self._proceso is None or self._proceso.poll() is not None:
            raise SinVictima
        return self._proceso

    def _responde(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def programas() -> Path | None:
    """Where the server's programs are, if they are: in PATH or where distributions keep them."""
    hallado = shutil.which("initdb")
    if hallado is not None:
        return Path(hallado).resolve().parent
    carpetas = [carpeta for patron in CARPETAS for carpeta in Path("/").glob(patron)]
    con_servidor = [carpeta for carpeta in carpetas if (carpeta / "initdb").exists()]
    return max(con_servidor, default=None)


@contextlib.contextmanager
def servidor_propio(donde: Path) -> Iterator[ServidorPostgres]:
    """A running server that goes away at the end."""
    with tempfile.TemporaryDirectory(prefix="cp-postgres-") as carpeta:
        servidor = ServidorPostgres(donde, Path(carpeta))
        try:
            servidor.crear()
            servidor.arrancar()
            servidor.esperar()
            yield servidor
        finally:
            servidor.parar()


def cortes(url: str) -> dict[tuple[str, str], Golpe]:
    """What anybody may do to their own database: end every connection to it."""
    nombre = urlsplit(url).path.strip("/")
    aparte = urlunsplit(urlsplit(url)._replace(path="/postgres"))

    def cortar(_cual: int) -> None:
        try:
            with psycopg.connect(aparte, autocommit=True, connect_timeout=2) as conexion:
                conexion.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                    [nombre],
                )
        except psycopg.OperationalError as error:
            raise SinVictima from error

    return {(BASE, CORTAR): cortar}
