"""A database that several threads and processes can share: SQLite's test one lives in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from urllib.parse import quote

from django.db import connection, connections

T = TypeVar("T")


@contextmanager
def en_archivo(archivo: Path) -> Iterator[None]:
    """Work on a copy of the in-memory test database in a file; PostgreSQL needs none."""
    if connection.vendor != "sqlite":
        yield
        return
    en_memoria = connections["default"]
    en_memoria.ensure_connection()
    with sqlite3.connect(archivo) as copia:
        en_memoria.connection.backup(copia)
    copia.close()
    ajustes = connections.settings["default"]
    connections.settings["default"] = ajustes | {"NAME": str(archivo)}
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = ajustes
        connections["default"] = en_memoria


def url() -> str:
    """The DATABASE_URL of the database in use, for another process."""
    ajustes = connections.settings["default"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{ajustes['NAME']}"
    quien = quote(ajustes["USER"], safe="")
    clave = f":{quote(ajustes['PASSWORD'], safe='')}" if ajustes["PASSWORD"] else ""
    donde = quote(ajustes["HOST"], safe="") or "localhost"
    puerto = f":{ajustes['PORT']}" if ajustes["PORT"] else ""
    return f"postgres://{quien}{clave}@{donde}{puerto}/{ajustes['NAME']}"


def a_la_vez(veces: int, trabajo: Callable[[int], T]) -> list[T]:
    """Run the work in so many threads that start together, each on its own connection."""
    salida = Barrier(veces)

    def correr(numero: int) -> T:
        try:
            connection.ensure_connection()
            salida.wait(60)
            return trabajo(numero)
        finally:
            connection.close()

    with ThreadPoolExecutor(veces) as hilos:
        return list(hilos.map(correr, range(veces)))
