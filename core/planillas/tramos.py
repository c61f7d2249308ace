"""Rows of any number, read some at a time: those that there were when it began, in their order.

Their keys are read first (eight bytes each), so that no query stays open while somebody downloads,
whatever the list is ordered by; then each stretch of rows with all that it needs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any, Final, TypeVar

from django.db.models import AutoField, IntegerField, Model, QuerySet

TRAMO: Final = 500
_M = TypeVar("_M", bound=Model)


def por_tramos(filas: QuerySet[_M], de_a: int = TRAMO) -> Iterator[list[_M]]:
    """The rows in stretches; one that is no longer among them when its turn comes is left out."""
    claves = _claves(filas)
    for desde in range(0, len(claves), de_a):
        yield list(filas.filter(pk__in=claves[desde : desde + de_a]))


def de_a_una(filas: QuerySet[_M], de_a: int = TRAMO) -> Iterator[_M]:
    """The rows one after the other, read in stretches."""
    for tramo in por_tramos(filas, de_a):
        yield from tramo


def _claves(filas: QuerySet[Any]) -> Any:
    leidas = filas.values_list("pk", flat=True).iterator(chunk_size=10_000)
    entera = isinstance(filas.model._meta.pk, AutoField | IntegerField)
    return array("q", leidas) if entera else list(leidas)
