"""Rows that all tests of a module begin with, made once: what each changes is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Protocol, TypeVar

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from core.tests.corrida.reparto import vacia_la_base

T = TypeVar("T")
# The real one takes half a second a password.
CLAVES_RAPIDAS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class Compartir(Protocol):
    """From what makes rows, what gives each test its own objects of them."""

    def __call__(self, crear: Callable[[], T], /) -> Callable[[], T]: ...


@pytest.fixture(scope="module")
def compartir(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Compartir]:
    """One transaction around the module's; none where a test empties the database."""
    de_aqui = [item for item in request.session.items if item.path == request.path]
    if any(map(vacia_la_base, de_aqui)):
        yield lambda crear: crear
        return

    def una_vez(crear: Callable[[], T]) -> Callable[[], T]:
        with override_settings(PASSWORD_HASHERS=CLAVES_RAPIDAS):
            hechas = crear()
        return lambda: deepcopy(hechas)

    with django_db_blocker.unblock(), transaction.atomic():
        yield una_vez
        transaction.set_rollback(True)
