"""Moving the dates of several lists at once, as if in one stroke."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gestion_precios.models import ListaPrecio


class Vigencia(NamedTuple):
    """A list's first and last day; without a last one it has no end."""

    inicio: date
    fin: date | None


@transaction.atomic
def mover_listas(
    *, listas: QuerySet[ListaPrecio], vigencias: Mapping[int, Vigencia]
) -> list[ListaPrecio]:
    """Give each of these lists its new dates, or none of them.

    Only where they end up counts: adjacent lists may pass over each other on the way. Raises
    ValidationError with the list's id as key for whatever the model refuses, and for an id that
    is not among `listas` (what the user may change).
    """
    filas = list(listas.select_for_update(of=("self",)).filter(pk__in=vigencias).order_by("pk"))
    ausentes = sorted(vigencias.keys() - {lista.pk for lista in filas})
    if ausentes:
        raise ValidationError({str(lista): _("La lista no existe.") for lista in ausentes})
    for lista in filas:
        lista.fecha_inicio_vigencia, lista.fecha_fin_vigencia = vigencias[lista.pk]
        lista.save(update_fields=["fecha_inicio_vigencia", "fecha_fin_vigencia"])
    errores = {str(lista.pk): error.messages for lista in filas if (error := _error_de(lista))}
    if errores:
        raise ValidationError(errores)
    return filas


def _error_de(lista: ListaPrecio) -> ValidationError | None:
    try:
        lista.full_clean()
    except ValidationError as error:
        return error
    return None
