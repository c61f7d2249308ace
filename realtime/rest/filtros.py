"""What the API's list of unfulfilled orders can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from core.rest.filtros import FORMATO_FECHA, ID_MAXIMO, FiltroEntero, FiltroOrden, FiltroSiNo
from realtime.models import SIN_SUCURSAL, UnfulfilledOrder
from realtime.tarjetas.acciones import STATUS_MAXIMO

SIN_RESPUESTA = Q(store_answer=None) | Q(store_answer__regex=r"^\s*$")


@extend_schema_field({"type": "integer", "minimum": SIN_SUCURSAL, "maximum": ID_MAXIMO})
class FiltroSucursal(django_filters.Filter):
    """A branch's number; 0: orders without one."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=SIN_SUCURSAL, max_value=ID_MAXIMO, **kwargs)


class FiltroNoCompletados(django_filters.FilterSet):
    """Unfulfilled orders by order, code, branch, day and what is still open of them."""

    pedido_numero = FiltroEntero(field_name="orderobj__pedido_numero")
    status = django_filters.CharFilter(max_length=STATUS_MAXIMO)
    sucursal = FiltroSucursal(method="de_sucursal", label=_("Sucursal; 0: ninguna"))
    abierto = FiltroSiNo(method="con_tarjeta", label=_("Con tarjeta en el tablero"))
    respondido = FiltroSiNo(method="con_respuesta", label=_("Con respuesta de la tienda"))
    desde = django_filters.DateFilter(
        field_name="creado_en",
        lookup_expr="date__gte",
        input_formats=FORMATO_FECHA,
        label=_("Desde"),
    )
    hasta = django_filters.DateFilter(
        field_name="creado_en",
        lookup_expr="date__lte",
        input_formats=FORMATO_FECHA,
        label=_("Hasta"),
    )
    ordering = FiltroOrden("creado_en", "actualizado_en", "id")

    class Meta:
        model = UnfulfilledOrder
        fields: tuple[str, ...] = ()

    def de_sucursal(
        self, filas: QuerySet[UnfulfilledOrder], _nombre: str, sucursal: int
    ) -> QuerySet[UnfulfilledOrder]:
        """The rows of one branch; 0: of none."""
        return filas.filter(orderobj__sucursal=sucursal or None)

    def con_tarjeta(
        self, filas: QuerySet[UnfulfilledOrder], _nombre: str, abierto: bool
    ) -> QuerySet[UnfulfilledOrder]:
        """The rows that are on the board now, or that are not."""
        return filas.filter(tarjeta__isnull=not abierto)

    def con_respuesta(
        self, filas: QuerySet[UnfulfilledOrder], _nombre: str, respondido: bool
    ) -> QuerySet[UnfulfilledOrder]:
        """Answered, or not: a blank is no answer."""
        return filas.exclude(SIN_RESPUESTA) if respondido else filas.filter(SIN_RESPUESTA)
