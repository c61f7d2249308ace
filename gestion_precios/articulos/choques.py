"""Codes that name two articles: one's code is another's SKU or barcode, zeros before it aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from gestion_precios.models import Articulo

MOSTRADOS = 10


def choques() -> dict[str, set[int]]:
    """Each text that is a code of several articles, with their ids."""
    filas = Articulo.objects.order_by().values_list("pk", "codigo", "clave_sku", "clave_barras")
    con_clave: dict[str, set[int]] = defaultdict(set)
    for articulo, codigo, sku, barras in filas.iterator(chunk_size=10_000):
        for clave in (str(codigo), sku, barras):
            if clave:
                con_clave[clave].add(articulo)
    return {clave: ids for clave, ids in con_clave.items() if len(ids) > 1}


def registrar() -> None:
    """Register this module's check with Django."""
    checks.register(codigos_que_chocan, checks.Tags.database)


def codigos_que_chocan(
    databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """Check of the database: saving refuses such codes, but there may be some from before."""
    try:
        cuales = sorted(choques()) if databases else []
    except DatabaseError:  # not migrated yet
        return []
    if not cuales:
        return []
    mostradas = ", ".join(cuales[:MOSTRADOS]) + (", …" if len(cuales) > MOSTRADOS else "")
    return [
        checks.Warning(
            f"Each of these names more than one article: {mostradas}.",
            hint="The admin's list of articles has a filter for them.",
            id="gestion_precios.W001",
        )
    ]
