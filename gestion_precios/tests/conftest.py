"""Fixtures of the tests of price lists' pages."""

from __future__ import annotations

import pytest
from django.test import Client

from sales.tests.mesa import Mesa, crear_mesa, entrar


# Which kind of database it is made in, each module's own mark says.
@pytest.fixture
def mesa() -> Mesa:
    """Two companies, their people, a client and an article."""
    return crear_mesa()


@pytest.fixture
def jefa(mesa: Mesa) -> Client:
    """The browser of who changes prices."""
    return entrar(mesa.supervisor)
