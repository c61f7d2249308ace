"""Tests that share a module's rows: each finds them as they were made, whatever others do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from core.tests.corrida.compartir import Compartir

veces: list[int] = []


def crear_ana() -> User:
    veces.append(1)
    return User.objects.create(username="ana", first_name="Ana")


@pytest.fixture(scope="module")
def nueva_ana(compartir: Compartir) -> Callable[[], User]:
    return compartir(crear_ana)


@pytest.fixture
def ana(db: None, nueva_ana: Callable[[], User]) -> User:
    return nueva_ana()


# Of two that do the same to it, the one that is second would see it.
@pytest.mark.parametrize("_vez", [1, 2])
def test_what_a_test_does_to_rows_and_objects_is_its_own(ana: User, _vez: int) -> None:
    assert (ana.first_name, list(User.objects.values_list("first_name", flat=True))) == (
        "Ana",
        ["Ana"],
    )
    assert veces == [1]
    ana.first_name = "Otra"
    ana.save()
    User.objects.create(username="beto")
