"""The small desk of the order tests, for the board's."""

from __future__ import annotations

import pytest

from sales.tests.mesa import Mesa, crear_mesa


@pytest.fixture
def mesa(db: None) -> Mesa:
    """Two companies, their people, a client and an article."""
    return crear_mesa()
