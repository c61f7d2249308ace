"""The words that a table's active rows are searched by, kept in this process."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Max, Min, Model, Sum
from django.db.models.functions import Length

from core.texto.parecido import COMPARABLE

_vocabularios: Final[dict[type[Model], tuple[dict[str, Any], frozenset[str]]]] = {}


def palabras_de(modelo: type[Model]) -> frozenset[str]:
    """The words of the model's `busqueda`, but for numbers.

    They are read again when the rows' count, keys or length of text are others; until then one
    whose letters alone were changed is known by its old ones.
    """
    filas = modelo._default_manager.filter(activo__in=[True]).order_by()
    sello = filas.aggregate(
        cuantas=Count("pk"),
        ultima=Max("pk"),
        desde=Min("busqueda"),
        hasta=Max("busqueda"),
        largo=Sum(Length("busqueda")),
    )
    conocido = _vocabularios.get(modelo)
    if conocido is not None and conocido[0] == sello:
        return conocido[1]
    textos = filas.values_list("busqueda", flat=True).iterator(chunk_size=10_000)
    palabras = {palabra for texto in textos for palabra in texto.split()}
    vocabulario = frozenset(filter(COMPARABLE.fullmatch, palabras))
    _vocabularios[modelo] = sello, vocabulario
    return vocabulario
