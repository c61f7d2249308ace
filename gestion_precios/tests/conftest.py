"""Fixtures of the tests of price lists' pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.tests.corrida.compartir import Compartir
from sales.tests.mesa import Mesa, crear_mesa, entrar


# Which kind of database it is made in, each module's own mark says.
@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(nueva_mesa: Callable[[], Mesa]) -> Mesa:
    """Two companies, their people, a client and an article."""
    return nueva_mesa()


@pytest.fixture
def jefa(mesa: Mesa) -> Client:
    """The browser of who changes prices."""
    return entrar(mesa.supervisor)
