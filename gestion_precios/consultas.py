"""Questions that span the rows of one model of the catalogue, as query sets."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q


class ListasQuerySet(models.QuerySet):
    """Price lists."""

    def solapada_con(self, lista: Any) -> Any | None:
        """Another active list of the same level whose dates overlap this active one's."""
        if not lista.activa:
            return None
        fin = lista.fecha_fin_vigencia
        antes = Q() if fin is None else Q(fecha_inicio_vigencia__lte=fin)
        return (
            self.filter(
                antes,
                Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=lista.fecha_inicio_vigencia),
                empresa_id=lista.empresa_id,
                sucursal_id=lista.sucursal_id,
                canal_venta=lista.canal_venta,
                activa=True,
            )
            .exclude(pk=lista.pk)
            .order_by("fecha_inicio_vigencia", "pk")
            .first()
        )


class PreciosQuerySet(models.QuerySet):
    """Base prices of the lists."""

    def en_otra_moneda(self, articulo_id: int, moneda: str) -> Self:
        """The article's prices in lists of another currency."""
        return self.filter(articulo_id=articulo_id).exclude(lista_precio__empresa__moneda=moneda)


class ReglasQuerySet(models.QuerySet):
    """Rules of the lists."""

    def iguales_a(self, regla: Any) -> Self:
        """Other rules equal to this one in everything, name included."""
        campos = [c for c in self.model._meta.concrete_fields if not c.primary_key]
        iguales = {campo.attname: getattr(regla, campo.attname) for campo in campos}
        return self.filter(**iguales).exclude(pk=regla.pk)
