"""The demo data for as many desks as this process starts: migrated and filled once, then copied."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from core.tests.e2e.copias import respaldar

# By server ("": SQLite's files) and size.
_archivos: dict[int, Path] = {}
_bases: dict[tuple[str, int], str] = {}


def sembrar_archivo(archivo: Path, escala: int, llenar: Callable[[], None]) -> None:
    """The demo data of that size into a new SQLite file, which the first time is filled."""
    if escala in _archivos:
        respaldar(_archivos[escala], archivo)
        return
    llenar()
    carpeta = Path(tempfile.mkdtemp(prefix="cp-semilla-"))
    atexit.register(shutil.rmtree, carpeta, ignore_errors=True)
    respaldar(archivo, carpeta / "semilla.sqlite3")
    _archivos[escala] = carpeta / "semilla.sqlite3"


def crear_base(servidor: str, nombre: str, *, semilla: str | None = None) -> str:
    """A new PostgreSQL database beside the one of that address, empty or as another; its own."""
    como = f' TEMPLATE "{semilla}"' if semilla else ""
    with psycopg.connect(servidor, autocommit=True) as conexion:
        conexion.execute(f'CREATE DATABASE "{nombre}"{como}')
    return urlunsplit(urlsplit(servidor)._replace(path=f"/{nombre}"))


def tirar_base(servidor: str, nombre: str) -> None:
    """It goes, whoever is connected."""
    with psycopg.connect(servidor, autocommit=True) as conexion:
        conexion.execute(f'DROP DATABASE IF EXISTS "{nombre}" WITH (FORCE)')


def sembrar_base(servidor: str, nombre: str, escala: int, llenar: Callable[[], None]) -> None:
    """The same for a PostgreSQL database, which is made anew."""
    clave = (servidor, escala)
    if clave in _bases:
        tirar_base(servidor, nombre)
        crear_base(servidor, nombre, semilla=_bases[clave])
        return
    llenar()
    semilla = f"semilla_{os.getpid()}_{escala}"
    crear_base(servidor, semilla, semilla=nombre)
    atexit.register(_tirar_si_esta, servidor, semilla)
    _bases[clave] = semilla


def _tirar_si_esta(servidor: str, nombre: str) -> None:
    try:
        tirar_base(servidor, nombre)
    except psycopg.OperationalError:
        # The server went before this process.
        return
