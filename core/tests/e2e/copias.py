"""A running desk's database as it once was, and that again: no process stops, no id comes twice.

Nor does a board's version: the streams that are open have told it, and tell only newer ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

# A task may hold what is put back, or write beside it.
INTENTOS = 5
SEGUNDOS = 30
TABLEROS = "SELECT clave, version FROM realtime_versiontablero"
# As they were before, boards that the copy does not know included. The marks are the driver's own.
TABLERO = """INSERT INTO realtime_versiontablero (clave, version) VALUES ({0}, {0})
ON CONFLICT (clave) DO UPDATE SET version = excluded.version"""


class Copia(Protocol):
    """One of a database's moments."""

    def reponer(self) -> None:
        """The database is again what it was; its sequences go on from where they are."""

    def tirar(self) -> None:
        """It is not needed any more."""


class CopiaDeArchivo:
    """Of SQLite's file, in a file beside it."""

    def __init__(self, archivo: Path, nombre: str) -> None:
        self.archivo = archivo
        self.copia = archivo.with_name(f"{archivo.stem}.{nombre}.sqlite3")
        respaldar(archivo, self.copia)

    def reponer(self) -> None:
        """Page by page within one transaction, as others read and write the file."""
        with (
            closing(sqlite3.connect(self.copia)) as copia,
            closing(sqlite3.connect(self.archivo, timeout=SEGUNDOS)) as base,
        ):
            numeros = dict(base.execute("SELECT name, seq FROM sqlite_sequence"))
            tableros = base.execute(TABLEROS).fetchall()
            copia.backup(base)
            antes = dict(base.execute("SELECT name, seq FROM sqlite_sequence"))
            base.execute("DELETE FROM sqlite_sequence")
            base.executemany(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                [(tabla, max(n, antes.get(tabla, 0))) for tabla, n in (antes | numeros).items()],
            )
            base.executemany(TABLERO.format("?"), tableros)
            base.commit()

    def tirar(self) -> None:
        """Its file goes."""
        self.copia.unlink(missing_ok=True)


class CopiaDePostgres:
    """Of PostgreSQL's tables, in a schema beside theirs."""

    def __init__(self, url: str, nombre: str) -> None:
        self.url = url
        self.esquema = f"copia_{nombre}"
        with psycopg.connect(url) as conexion:
            self.tablas = _columnas(conexion)
            conexion.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(self.esquema)))
            for tabla, columnas in self.tablas.items():
                conexion.execute(self._orden(COPIAR, tabla, columnas))

    def reponer(self) -> None:
        """Only the rows that differ; again if somebody wrote meanwhile."""
        for intento in range(INTENTOS):
            try:
                self._reponer()
            except (psycopg.errors.IntegrityError, psycopg.errors.OperationalError):
                if intento == INTENTOS - 1:
                    raise
            else:
                return

    def _reponer(self) -> None:
        with psycopg.connect(self.url) as conexion:
            conexion.execute(f"SET LOCAL lock_timeout = '{SEGUNDOS}s'")
            conexion.execute("SET LOCAL work_mem = '128MB'")
            conexion.execute("SET CONSTRAINTS ALL DEFERRED")
            tableros = conexion.execute(TABLEROS).fetchall()
            for orden in (QUITAR, PONER):
                for tabla, columnas in self.tablas.items():
                    conexion.execute(self._orden(orden, tabla, columnas))
            conexion.cursor().executemany(TABLERO.format("%s"), tableros)

    def _orden(self, orden: str, tabla: str, columnas: Iterable[str]) -> sql.Composed:
        nombres = [sql.Identifier(columna) for columna in columnas]
        return sql.SQL(orden).format(
            tabla=sql.Identifier("public", tabla),
            copia=sql.Identifier(self.esquema, tabla),
            columnas=sql.SQL(", ").join(nombres),
        )

    def tirar(self) -> None:
        """Its schema goes."""
        with psycopg.connect(self.url) as conexion:
            esquema = sql.Identifier(self.esquema)
            conexion.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(esquema))


COPIAR = "CREATE TABLE {copia} AS SELECT {columnas} FROM {tabla}"
QUITAR = """DELETE FROM {tabla} WHERE ROW({columnas})::text NOT IN
(SELECT ROW({columnas})::text FROM {copia})"""
PONER = """INSERT INTO {tabla} ({columnas}) SELECT {columnas} FROM {copia}
WHERE ROW({columnas})::text NOT IN (SELECT ROW({columnas})::text FROM {tabla})"""


def _columnas(conexion: psycopg.Connection) -> dict[str, list[str]]:
    """What is written in each table: not what the database works out itself."""
    tablas: dict[str, list[str]] = {}
    filas = conexion.execute(
        """SELECT c.table_name, c.column_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.is_generated = 'NEVER' ORDER BY 1, c.ordinal_position"""
    )
    for tabla, columna in filas:
        tablas.setdefault(tabla, []).append(columna)
    return tablas


def respaldar(de: Path, a: Path) -> None:
    """A file's content, whole, into another one, whoever writes it meanwhile."""
    with closing(sqlite3.connect(de)) as base, closing(sqlite3.connect(a)) as copia:
        base.backup(copia)
