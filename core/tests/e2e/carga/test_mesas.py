"""The end-to-end tests' own desk: a second one does not take the first one's database."""

from __future__ import annotations

from pathlib import Path

from django.db import connections

from core.tests.e2e.mesa import ALIAS, Mesa


def base_leida() -> str:
    with connections[ALIAS].cursor() as cursor:
        if connections[ALIAS].vendor == "postgresql":
            cursor.execute("SELECT current_database()")
            return str(cursor.fetchone()[0])
        cursor.execute("PRAGMA database_list")
        return str(cursor.fetchone()[2])


def test_each_desk_reads_its_own_database_and_then_the_first_again(
    mesa_real: Mesa, tmp_path: Path
) -> None:
    de_la_primera = base_leida()
    otra = Mesa(tmp_path)
    try:
        with otra.orm():
            assert base_leida() not in ("", de_la_primera)
    finally:
        otra.cerrar()
    assert base_leida() == de_la_primera
