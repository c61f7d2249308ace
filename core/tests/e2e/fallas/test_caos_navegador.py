"""The fault run of the browser's half on the scale of CI: 60 orders, 26 faults, none goes astray.

`./dev chaos --navegador` is the same run on a larger scale. No figure of time is asserted here.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from core.tests.e2e.mesa import Mesa, mesa_en
from realtime.benchmarks._navegador.corrida import Medida, correr
from realtime.benchmarks._navegador.cuenta import Falta
from realtime.benchmarks._navegador.fallas import PESOS, SUPLENTES
from realtime.benchmarks._navegador.informe import informar

PEDIDOS, FALLAS, SEMILLA = 66, 26, 7


@pytest.fixture
def mesa_sin_pedidos(django_db_blocker: DjangoDbBlocker) -> Iterator[Mesa]:
    """A desk of this test's own: its processes die, and every order on it is counted."""
    # See mesa_real.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-caos-navegador-"))
    with django_db_blocker.unblock(), mesa_en(carpeta) as mesa:
        yield mesa


def test_every_order_typed_is_in_one_place_whatever_befalls_tabs_and_server(
    mesa_sin_pedidos: Mesa,
) -> None:
    resultado = correr(mesa_sin_pedidos, Medida(PEDIDOS, FALLAS, semilla=SEMILLA))
    # Order, tabs and last faults, for whoever reads that it failed.
    informar(resultado)
    assert resultado.cuenta.faltas == []
    assert [resultado.cuenta.de(falta) for falta in Falta] == [0] * len(Falta)
    assert resultado.escritos >= 60
    assert resultado.hechas.total() == FALLAS
    # Each kind of fault once, but for those that may have met nothing.
    assert set(resultado.hechas) | set(SUPLENTES) == {str(clase) for clase in PESOS}
    # Three browsers, a renderer for each tab.
    assert len(resultado.renderizadores) == 3
    assert all(procesos >= 3 for procesos in resultado.renderizadores.values())
