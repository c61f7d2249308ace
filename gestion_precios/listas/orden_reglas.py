"""Changing the place of a rule: what fires first is told by (prioridad, id)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from gestion_precios.models import ReglaPrecio

PASO: Final = 10
PRIORIDAD_MAXIMA: Final = 1_000_000
# (prioridad, id): how rules are ordered.
Lugar = tuple[int, int]


@transaction.atomic
def mover_regla(*, lista_id: int, regla_id: int, junto_a: int, despues: bool) -> list[ReglaPrecio]:
    """Put a rule right before (or after) another of its list; the rules whose priority changed.

    As few as can be: two that trade priorities, and those of equal priority in the way. Each is
    saved, so that its history has it. Raises ErrorDominio (409) when one of the two is gone.
    """
    reglas = list(
        ReglaPrecio.objects.select_for_update()
        .filter(lista_precio_id=lista_id)
        .order_by("prioridad", "id")
    )
    de_id = {regla.pk: regla for regla in reglas}
    if regla_id not in de_id or junto_a not in de_id:
        raise ErrorDominio(
            _("Alguien quitó esa regla mientras tanto. Revisar el orden y reintentar."),
            codigo="regla_ausente",
            estado=409,
        )
    if regla_id == junto_a:
        return []
    orden = [regla.pk for regla in reglas if regla.pk != regla_id]
    orden.insert(orden.index(junto_a) + despues, regla_id)
    nuevas = prioridades_para([(regla.prioridad, regla.pk) for regla in reglas], orden)
    cambiadas = [regla for regla in reglas if regla.prioridad != nuevas[regla.pk]]
    for regla in cambiadas:
        regla.prioridad = nuevas[regla.pk]
        regla.save(update_fields=["prioridad"])
    return cambiadas


def prioridades_para(lugares: Sequence[Lugar], orden: Sequence[int]) -> dict[int, int]:
    """The priority of each id so that they fire in `orden`; `lugares`: the present ones, sorted.

    Each place keeps its number where it can: it goes up only as far as equal numbers, which ids
    decide, would put it before the one that precedes it.
    """
    nuevas: dict[int, int] = {}
    anterior: Lugar | None = None
    for (prioridad, _id), pk in zip(lugares, orden, strict=True):
        if anterior is not None and (prioridad, pk) < anterior:
            prioridad = anterior[0] + (pk < anterior[1])
        nuevas[pk] = prioridad
        anterior = (prioridad, pk)
    if anterior is not None and anterior[0] > PRIORIDAD_MAXIMA:
        return {pk: PASO * lugar for lugar, pk in enumerate(orden, start=1)}
    return nuevas


def siguiente_prioridad(lista_id: int) -> int:
    """The priority that puts a new rule last."""
    ultima = ReglaPrecio.objects.filter(lista_precio_id=lista_id).last()
    return min(ultima.prioridad + PASO, PRIORIDAD_MAXIMA) if ultima else PASO
