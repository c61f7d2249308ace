"""Many rows into a table in one go: COPY on PostgreSQL, executemany on SQLite.

Both take the same plain values: int, str, or None. Neither calls `save()` or sends model signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db import connection, models

Plano = int | str | None
_NINGUNO: Mapping[str, str] = MappingProxyType({})


def columnas(modelo: type[models.Model], campos: Sequence[str]) -> list[str]:
    """The column names of a model's fields."""
    return [str(modelo._meta.get_field(campo).column) for campo in campos]  # type: ignore[union-attr]  # columns all


def insertar(
    modelo: type[models.Model],
    campos: Sequence[str],
    filas: Iterable[Sequence[Plano]],
    fijos: Mapping[str, str] = _NINGUNO,
) -> None:
    """Insert rows of plain values, in the order of `campos`; `fijos` are the same in every row."""
    tabla = connection.ops.quote_name(modelo._meta.db_table)
    nombres = ", ".join(map(connection.ops.quote_name, columnas(modelo, [*campos, *fijos])))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django passes `copy` on as it is: the driver's errors have to be made Django's here.
            copiar = cursor.copy(f"COPY {tabla} ({nombres}) FROM STDIN")
            with connection.wrap_database_errors, copiar as copia:
                for fila in filas:
                    copia.write_row((*fila, *fijos.values()))
        else:
            constantes = [f"'{valor}'" for valor in fijos.values()]
            huecos = ", ".join(["%s"] * len(campos) + constantes)
            cursor.executemany(
                f"INSERT INTO {tabla} ({nombres}) VALUES ({huecos})",  # noqa: S608 — our names
                filas,  # type: ignore[arg-type]  # the driver takes any iterable
            )


def reservar_ids(modelo: type[models.Model], cuantos: int) -> Sequence[int]:
    """Primary keys for rows that are about to be poured, inside the caller's transaction."""
    tabla = modelo._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [tabla, cuantos],
            )
            return [fila[0] for fila in cursor.fetchall()]
        # Nobody else writes meanwhile: a transaction of ours has SQLite's only write lock.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [tabla])
        fila = cursor.fetchone()
    ultimo = fila[0] if fila else 0
    return range(ultimo + 1, ultimo + cuantos + 1)


def plano(valor: date | datetime | UUID) -> str:
    """A date, a moment or a UUID in the form that both databases store."""
    if isinstance(valor, UUID):
        return valor.hex
    if isinstance(valor, datetime) and connection.vendor != "postgresql":
        return str(connection.ops.adapt_datetimefield_value(valor))
    return str(valor)
