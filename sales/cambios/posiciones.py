"""Giving committed changes their place in the feed, by one hand at a time.

An id is taken before its transaction commits, so a lower one may show up later than a higher one: a
cursor of ids would skip it. A position is given to rows that are committed, and to nobody else.
"""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from sales.models import Cambio, Contador

CAMBIOS: Final = "cambios"
POR_MANO: Final = 5_000
_CONTADOR: Final = Contador._meta.db_table
_TABLA: Final = Cambio._meta.db_table
# Both statements are read alike by PostgreSQL and SQLite. The first one is the lock: who comes
# second waits for the row, and what it reads afterwards is what the first one left.
_TOMAR = (
    f"INSERT INTO {_CONTADOR} (nombre, valor) VALUES (%s, 0)"  # noqa: S608 — our own tables
    f" ON CONFLICT (nombre) DO UPDATE SET valor = {_CONTADOR}.valor RETURNING valor"
)
_NUMERAR = (
    f"UPDATE {_TABLA} SET posicion = %s + fila.lugar FROM ("  # noqa: S608 — our own tables
    " SELECT id, row_number() OVER (ORDER BY id) AS lugar FROM ("
    f" SELECT id FROM {_TABLA} WHERE posicion IS NULL ORDER BY id LIMIT %s) AS libres"
    f") AS fila WHERE {_TABLA}.id = fila.id"
)


def dar_posiciones(tope: int = POR_MANO) -> int:
    """Put up to `tope` committed changes in their places; how many there were.

    The order of ids is, of one order's changes, that of their commits: they are written under the
    lock of its row.
    """
    if not Cambio.objects.sin_posicion().exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TOMAR, [CAMBIOS])
        ultima: int = cursor.fetchone()[0]
        cursor.execute(_NUMERAR, [ultima, tope])
        dadas: int = cursor.rowcount
        Contador.objects.filter(nombre=CAMBIOS).update(valor=ultima + dadas)
    return dadas


def ultima_posicion() -> int:
    """The last place that was given; 0 when none was."""
    valor = Contador.objects.filter(nombre=CAMBIOS).values_list("valor", flat=True).first()
    return valor or 0
