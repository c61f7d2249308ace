"""`./dev up`: prepares the desk, then runs the Procfile until it is told to stop."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.procesos.supervisor import PARADA, morir_con_el_padre
from taller.base import BIN, PYTHON, RAIZ, ErrorDeTaller, correr, decir, entorno_de_procesos, exigir

ESPERA_WEB = 60.0
# The manager kills what is left after 5 s.
ESPERA_PARADA = 8.0
LEER_ENTORNO = """
import json
from pathlib import Path
from core.entorno import leer_entorno
e = leer_entorno(Path.cwd())
print(json.dumps({
    "produccion": e.produccion, "data_dir": str(e.data_dir), "redis_propio": not e.redis_url,
    "host": e.host, "port": e.port, "web_concurrency": e.web_concurrency,
    "celery_concurrency": e.celery_concurrency,
}))
"""


@dataclass(frozen=True)
class Ajustes:
    """What `core.entorno` decided, as far as starting processes needs it."""

    produccion: bool
    data_dir: str
    redis_propio: bool
    host: str
    port: int
    web_concurrency: int
    celery_concurrency: int

    def procesos(self) -> list[str]:
        """The Procfile lines to start."""
        return ["web", "worker", "beat", *(["redis"] if self.redis_propio else [])]

    def variables(self) -> dict[str, str]:
        """What the Procfile lines read; PORT itself is overwritten by the process manager."""
        return {
            "DATA_DIR": self.data_dir,
            "HOST": self.host,
            "WEB_PORT": str(self.port),
            "WEB_CONCURRENCY": str(self.web_concurrency),
            "CELERY_CONCURRENCY": str(self.celery_concurrency),
        }

    @property
    def direccion_local(self) -> str:
        """Where this machine reaches the web process."""
        # Asked about, not listened at.
        return "127.0.0.1" if self.host in {"0.0.0.0", "localhost"} else self.host  # noqa: S104


def leer_ajustes() -> Ajustes:
    """Ask the project's own reader of `.env` and the environment."""
    proceso = subprocess.run(
        [PYTHON, "-c", LEER_ENTORNO],
        cwd=RAIZ, env=entorno_de_procesos(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if proceso.returncode != 0:
        ultima = (proceso.stderr.strip().splitlines() or [""])[-1]
        raise ErrorDeTaller(f"La configuración no es válida. {ultima.split(': ', 1)[-1]}")
    return Ajustes(**json.loads(proceso.stdout))


def levantar() -> int:
    """Prepare database and demo data, start every process, wait; 0 when asked to stop."""
    ajustes = leer_ajustes()
    with _unico(Path(ajustes.data_dir)):
        _puerto_libre(ajustes)
        preparar()
        return _servir(ajustes)


def preparar() -> None:
    """Migrations, translations and, when the database is empty, the demo data."""
    exigir([PYTHON, "manage.py", "preparar"], "La base de datos no pudo prepararse.")


def demostrar(argumentos: list[str]) -> int:
    """`manage.py demo`: what is asked for, else live traffic to the desk where it runs."""
    que = argumentos or ["trafico"]
    if que[0] == "trafico":
        ajustes = leer_ajustes()
        que = [*que, "--url", f"http://{ajustes.direccion_local}:{ajustes.port}"]
    return correr([PYTHON, "manage.py", "demo", *que])


def _servir(ajustes: Ajustes) -> int:
    pedido = threading.Event()
    gestor = subprocess.Popen(
        [BIN / "honcho", "-e", os.devnull, "start", *ajustes.procesos()],
        cwd=RAIZ,
        env=entorno_de_procesos(ajustes.variables()),
        # Ctrl-C reaches only this script, which passes on one SIGTERM.
        start_new_session=True,
        preexec_fn=morir_con_el_padre,  # noqa: PLW1509 - only sets a kernel flag
    )

    def parar(*_: object) -> None:
        pedido.set()
        gestor.terminate()

    for senal in PARADA:
        signal.signal(senal, parar)
    threading.Thread(target=_anunciar, args=(ajustes, pedido), daemon=True).start()
    codigo = gestor.wait()
    pedido_antes = pedido.is_set()
    pedido.set()
    if pedido_antes:
        decir("Todo detenido.")
        return 0
    return codigo or 1


def _anunciar(ajustes: Ajustes, parada: threading.Event) -> None:
    """Print address and users once the web answers."""
    limite = time.monotonic() + ESPERA_WEB
    url = f"http://{ajustes.direccion_local}:{ajustes.port}/healthz"
    while not parada.wait(0.1):
        if _responde(url):
            nombre = "localhost" if ajustes.direccion_local == "127.0.0.1" else ajustes.host
            lineas = ["", f"  Carga Pedidos: http://{nombre}:{ajustes.port}/"]
            lineas += [] if ajustes.produccion else _gente()
            print("\n".join([*lineas, "  Ctrl-C detiene todo.", ""]), flush=True)
            return
        if time.monotonic() > limite:
            decir(f"La web todavía no responde en {url}: mire los mensajes de arriba.")
            return


def _gente() -> list[str]:
    """Who of the demo may sign in, while they exist, or how the first person is made."""
    proceso = subprocess.run(
        [PYTHON, "manage.py", "demo", "gente"],
        cwd=RAIZ, env=entorno_de_procesos(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return proceso.stdout.rstrip().splitlines() if proceso.returncode == 0 else []


def _responde(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


@contextmanager
def _unico(data_dir: Path) -> Iterator[None]:
    with (data_dir / "dev.candado").open("w", encoding="ascii") as candado:
        try:
            fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ErrorDeTaller(f"Otro ./dev up ya usa {data_dir}.") from error
        yield


def _puerto_libre(ajustes: Ajustes) -> None:
    with socket.socket() as zocalo:
        zocalo.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            zocalo.bind((ajustes.host, ajustes.port))
        except OSError as error:
            raise ErrorDeTaller(
                f"El puerto {ajustes.port} está ocupado; elija otro: PORT=8001 ./dev up"
            ) from error
