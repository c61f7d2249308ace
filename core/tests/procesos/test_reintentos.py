"""Transactions that the database asks to run again, and those it does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError

from core.datos.reintentos import INTENTOS, reintentar


class _Postgres(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


class _Sqlite(sqlite3.OperationalError):
    def __init__(self, codigo: int) -> None:
        super().__init__(codigo)
        self.sqlite_errorcode = codigo


@pytest.fixture(autouse=True)
def esperas(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    dormidas: list[float] = []
    monkeypatch.setattr("core.datos.reintentos.time.sleep", dormidas.append)
    return dormidas


def fallar(veces: int, error: Exception | None) -> tuple[list[int], Callable[[], str]]:
    """A transaction that fails so often before it succeeds, and its tries."""
    intentos: list[int] = []

    def transaccion() -> str:
        intentos.append(1)
        if len(intentos) <= veces:
            raise OperationalError from error
        return "hecho"

    return intentos, transaccion


TRANSITORIOS = [
    _Postgres("40001"),
    _Postgres("40P01"),
    _Postgres("55P03"),
    _Sqlite(sqlite3.SQLITE_BUSY),
    _Sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    _Sqlite(sqlite3.SQLITE_LOCKED),
]


@pytest.mark.parametrize("error", TRANSITORIOS, ids=repr)
def test_what_passes_is_tried_up_to_five_times(error: Exception, esperas: list[float]) -> None:
    intentos, transaccion = fallar(INTENTOS - 1, error)
    assert reintentar(transaccion) == "hecho"
    assert (len(intentos), len(esperas)) == (5, 4)
    assert all(0.01 * 2**n <= espera <= 0.05 * 2**n for n, espera in enumerate(esperas, 1))


def test_the_fifth_failure_is_the_last(esperas: list[float]) -> None:
    intentos, transaccion = fallar(99, _Postgres("40P01"))
    with pytest.raises(OperationalError):
        reintentar(transaccion)
    assert len(intentos) == 5


@pytest.mark.parametrize(
    "error", [_Postgres("57P01"), _Sqlite(sqlite3.SQLITE_FULL), None], ids=repr
)
def test_what_does_not_pass_is_not_tried_again(error: Exception | None) -> None:
    intentos, transaccion = fallar(1, error)
    with pytest.raises(OperationalError):
        reintentar(transaccion)
    assert len(intentos) == 1


def test_other_errors_are_not_ours() -> None:
    def transaccion() -> None:
        raise IntegrityError

    with pytest.raises(IntegrityError):
        reintentar(transaccion)
