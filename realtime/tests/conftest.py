"""The small desk of the order tests, for the board's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.tests.corrida.compartir import Compartir
from sales.tests.mesa import Mesa, crear_mesa


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(db: None, nueva_mesa: Callable[[], Mesa]) -> Mesa:
    """Two companies, their people, a client and an article."""
    return nueva_mesa()
