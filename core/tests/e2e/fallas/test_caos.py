"""R1 on the scale of CI: at least 25 processes die at random among 120 lotes, and nothing is lost.

`./dev chaos` is the same run on a larger scale. No figure of time is asserted here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from core.tests.e2e.mesa import Mesa, mesa_en
from realtime.benchmarks._caos.control import Falta
from realtime.benchmarks._caos.corrida import Medida, correr

LOTES, FALLAS, SEGUNDOS, SEMILLA = 120, 26, 36, 7


@pytest.fixture
def mesa_sin_pedidos(django_db_blocker: DjangoDbBlocker) -> Iterator[Mesa]:
    """A desk of this test's own: its processes die, and every order on it is counted."""
    # See mesa_real.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-caos-"))
    with django_db_blocker.unblock(), mesa_en(carpeta) as mesa:
        yield mesa


def test_no_order_is_lost_repeated_or_cut_whatever_dies(mesa_sin_pedidos: Mesa) -> None:
    resultado = correr(mesa_sin_pedidos, Medida(LOTES, FALLAS, SEGUNDOS, SEMILLA))
    cuenta = resultado.cuenta
    assert cuenta.faltas == []
    assert cuenta.debido == cuenta.guardado
    assert [cuenta.de(falta) for falta in Falta] == [0] * len(Falta)
    assert resultado.acusados >= LOTES
    assert resultado.hechas.total() == FALLAS
    assert {clase.victima for clase in resultado.hechas} >= {
        *("web", "worker", "pool child", "beat", "redis")
    }
