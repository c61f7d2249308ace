"""What the page of price lists can be narrowed by; the filters live in its URL."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.rest.filtros import FiltroPalabras
from gestion_precios.constantes import CanalVenta
from gestion_precios.listas.linea_tiempo import EstadoLista
from gestion_precios.models import Empresa, ListaPrecio, Sucursal
from gestion_precios.motor.vigencia import hoy_en
from gestion_precios.personas.alcance import empresas_visibles

# As `sucursal`: the lists of the whole company.
TODA_LA_EMPRESA = "0"


def empresas_de(request: HttpRequest) -> QuerySet[Empresa]:
    """The companies that the asking user sees."""
    return empresas_visibles(request.user)


def sucursales_de(request: HttpRequest) -> QuerySet[Sucursal]:
    """Every branch of those companies, with the company."""
    return Sucursal.objects.filter(empresa__in=empresas_de(request)).select_related("empresa")


class FiltroListas(django_filters.FilterSet):
    """Lists by what one looks for: whose, for which channel, and whether they hold."""

    q = FiltroPalabras("nombre")
    empresa = django_filters.ModelChoiceFilter(queryset=empresas_de, label=_("Empresa"))
    sucursal = django_filters.ModelChoiceFilter(
        queryset=sucursales_de,
        null_label=_("Toda la empresa"),
        null_value=TODA_LA_EMPRESA,
        label=_("Sucursal"),
    )
    canal = django_filters.ChoiceFilter(
        field_name="canal_venta", choices=CanalVenta.choices, label=_("Canal")
    )
    estado = django_filters.ChoiceFilter(
        method="por_estado",
        choices=EstadoLista.choices,
        label=_("Estado"),
    )

    class Meta:
        model = ListaPrecio
        fields: tuple[str, ...] = ()

    def por_estado(
        self, listas: QuerySet[ListaPrecio], _nombre: str, estado: str
    ) -> QuerySet[ListaPrecio]:
        """Lists in this state today; each company has its own today."""
        if estado == EstadoLista.INACTIVA:
            return listas.filter(activa=False)
        condicion = Q(pk__in=())
        for empresa in empresas_de(self.request):
            condicion |= Q(empresa=empresa) & _en_estado(EstadoLista(estado), hoy_en(empresa))
        return listas.filter(condicion, activa=True)


def _en_estado(estado: EstadoLista, hoy: Any) -> Q:
    sin_terminar = Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=hoy)
    return {
        EstadoLista.EN_VIGOR: Q(fecha_inicio_vigencia__lte=hoy) & sin_terminar,
        EstadoLista.FUTURA: Q(fecha_inicio_vigencia__gt=hoy),
        EstadoLista.VENCIDA: Q(fecha_fin_vigencia__lt=hoy),
    }[estado]
