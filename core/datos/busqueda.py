"""Text search without marks or case, the same on every database: a column the database fills."""

from __future__ import annotations

import logging

from django.db import DatabaseError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps
from django.db.models import Expression, F, TextField, Value
from django.db.models.functions import Cast, Concat

from core.datos.funciones import Normal

registro = logging.getLogger(__name__)


def columna_de_busqueda(*campos: str) -> Expression:
    """The generated column's expression: ` a b c`, normalized: ` x` finds where a word starts."""
    partes: list[Expression | Value] = []
    for campo in campos:
        partes += [Value(" "), Cast(F(campo), TextField())]
    junto = Concat(*partes, output_field=TextField())
    return Concat(Value(" "), Normal(junto), output_field=TextField())


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
