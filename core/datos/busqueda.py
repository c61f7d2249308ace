"""Text search without accents or case, the same on every database: a column the database fills."""

from __future__ import annotations

import logging
import unicodedata
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps
from django.db.models import Expression, F, TextField, Value
from django.db.models.functions import Cast, Concat, Lower, Replace

registro = logging.getLogger(__name__)
# What Spanish and Guaraní write. SQLite lowers ASCII only, and its parser nests 28 calls deep.
_ACENTOS = dict(zip("áéíóúüñãõĩũẽỹÁÉÍÓÚÜÑ", "aeiouunaoiueyaeiouun", strict=True))


def normalizar(texto: str) -> str:
    """What a person typed as the search column has it: no accents or case, single spaces."""
    sin_tildes = (c for c in unicodedata.normalize("NFD", texto) if unicodedata.category(c) != "Mn")
    return " ".join("".join(sin_tildes).lower().split())


def columna_de_busqueda(*, textos: tuple[str, ...], codigos: tuple[str, ...]) -> Expression:
    """The generated column's expression: ` a b c`, lower, so that ` x` finds where a word starts.

    Only `textos` lose their accents: the call nests too deep for SQLite otherwise.
    """
    sin_ellos = _sin_acentos(_unir(textos))
    return Lower(Concat(sin_ellos, _unir(codigos), output_field=TextField()))


def sin_acentos(campo: Expression | F) -> Expression:
    """A column as `normalizar` writes, for a table too small to store it."""
    return Lower(_sin_acentos(campo))


def _sin_acentos(expresion: Any) -> Any:
    for con, sin in _ACENTOS.items():
        expresion = Replace(expresion, Value(con), Value(sin), output_field=TextField())
    return expresion


def _unir(campos: tuple[str, ...]) -> Expression:
    partes: list[Expression | Value] = []
    for campo in campos:
        partes += [Value(" "), Cast(F(campo), TextField())]
    return Concat(*partes, output_field=TextField())


def indice_de_trigramas(tabla: str, indice: str) -> RunPython:
    """A migration's step: on PostgreSQL an index that finds a text anywhere in `busqueda`.

    Where pg_trgm cannot be had the search is the same, only slower.
    """

    def crear(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql" and _hay_trigramas(editor):
            editor.execute(f"CREATE INDEX {indice} ON {tabla} USING gin (busqueda gin_trgm_ops)")

    def quitar(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP INDEX IF EXISTS {indice}")

    return RunPython(crear, quitar)


def _hay_trigramas(editor: BaseDatabaseSchemaEditor) -> bool:
    alias = editor.connection.alias
    try:
        with transaction.atomic(using=alias), editor.connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:  # not installed, or not ours to install
        registro.warning("sin_trigramas", extra={"error": type(error).__name__})
        return False
    return True
