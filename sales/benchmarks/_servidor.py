"""A real web server on the benchmark's scratch database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from django.conf import settings
from django.db import connection


@contextmanager
def servidor(carpeta: Path) -> Iterator[int]:
    """One uvicorn worker on the scratch database, ready to answer."""
    puerto = puerto_libre()
    entorno = os.environ | {
        "DATA_DIR": str(carpeta),
        "DATABASE_URL": url_de_la_base(),
        "SECRET_KEY": settings.SECRET_KEY,
        "REDIS_URL": "",
    }
    orden = [sys.executable, "-m", "uvicorn", "core.asgi:application", "--port", str(puerto)]
    opciones = ["--lifespan", "off", "--ws", "none", "--no-access-log", "--log-level", "error"]
    opciones.append("--no-proxy-headers")
    proceso = subprocess.Popen([*orden, *opciones], env=entorno)
    try:
        esperar(puerto)
        yield puerto
    finally:
        proceso.terminate()
        proceso.wait(10)


def puerto_libre() -> int:
    """A TCP port of loopback that nobody uses now."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto: int = libre.getsockname()[1]
    return puerto


def url_de_la_base() -> str:
    """The scratch database, for another process."""
    base = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{base['NAME']}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{base['NAME']}"


def esperar(puerto: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", puerto)):
                return
        except OSError:
            sleep(0.1)
    raise RuntimeError("The server did not start.")
