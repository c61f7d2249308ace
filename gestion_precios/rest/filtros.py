"""What each list of the pricing API can be narrowed and ordered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.rest.filtros import (
    FORMATO_FECHA,
    FiltroEntero,
    FiltroOrden,
    FiltroPalabras,
    FiltroSiNo,
)
from gestion_precios.models import CanalVenta, Moneda, Pais, ReglaPrecio, TasaIva


class FiltroEmpresas(django_filters.FilterSet):
    """Companies."""

    q = FiltroPalabras("nombre")
    moneda = django_filters.ChoiceFilter(choices=Moneda.choices)
    pais = django_filters.ChoiceFilter(choices=Pais.choices)
    ordering = FiltroOrden("nombre", "moneda", "id")


class FiltroSucursales(django_filters.FilterSet):
    """Branches."""

    q = FiltroPalabras("nombre")
    empresa = FiltroEntero(field_name="empresa_id")
    ordering = FiltroOrden("nombre", "empresa", "id")


class FiltroClasificacion(django_filters.FilterSet):
    """Lines and groups."""

    q = FiltroPalabras("nombre")
    ordering = FiltroOrden("nombre", "id")


class FiltroArticulos(django_filters.FilterSet):
    """Articles by what is written on them."""

    q = FiltroPalabras("busqueda", normalizado=True)
    codigo = FiltroEntero()
    sku = django_filters.CharFilter(max_length=60)
    codigo_barras = django_filters.CharFilter(max_length=14)
    linea = FiltroEntero(field_name="linea_id")
    grupo = FiltroEntero(field_name="grupo_id")
    tasa_iva = django_filters.ChoiceFilter(choices=TasaIva.choices)
    activo = FiltroSiNo()
    ordering = FiltroOrden("codigo", "sku", "descripcion", "prod_marca", "id")


class FiltroListas(django_filters.FilterSet):
    """Price lists by level and by day."""

    q = FiltroPalabras("nombre")
    empresa = FiltroEntero(field_name="empresa_id")
    sucursal = FiltroEntero(field_name="sucursal_id")
    canal_venta = django_filters.ChoiceFilter(choices=CanalVenta.choices)
    activa = FiltroSiNo()
    vigente_en = django_filters.DateFilter(
        method="que_rigen", input_formats=FORMATO_FECHA, label=_("Vigente en")
    )
    ordering = FiltroOrden(
        "nombre", "canal_venta", "fecha_inicio_vigencia", "fecha_fin_vigencia", "id"
    )

    def que_rigen(self, listas: QuerySet[Any], _nombre: str, fecha: Any) -> QuerySet[Any]:
        """Both ends of a list's dates count."""
        return listas.filter(
            Q(fecha_fin_vigencia=None) | Q(fecha_fin_vigencia__gte=fecha),
            fecha_inicio_vigencia__lte=fecha,
        )


class FiltroPrecios(django_filters.FilterSet):
    """Base prices by list and article."""

    q = FiltroPalabras("articulo__busqueda", normalizado=True)
    lista_precio = FiltroEntero(field_name="lista_precio_id")
    articulo = FiltroEntero(field_name="articulo_id")
    ordering = FiltroOrden("precio_base", "articulo", "lista_precio", "id")


class FiltroReglas(django_filters.FilterSet):
    """Rules by list, kind and scope; without an order, as they fire."""

    q = FiltroPalabras("nombre_regla")
    lista_precio = FiltroEntero(field_name="lista_precio_id")
    tipo_regla = django_filters.ChoiceFilter(choices=ReglaPrecio.Tipo.choices)
    condicion = django_filters.ChoiceFilter(choices=ReglaPrecio.Condicion.choices)
    aplica_articulo = FiltroEntero(field_name="aplica_articulo_id")
    aplica_grupo = FiltroEntero(field_name="aplica_grupo_id")
    aplica_linea = FiltroEntero(field_name="aplica_linea_id")
    aplica_combinacion = FiltroEntero(field_name="aplica_combinacion_id")
    permite_venta_bajo_costo = FiltroSiNo()
    activa = FiltroSiNo()
    ordering = FiltroOrden("prioridad", "nombre_regla", "valor_regla", "lista_precio", "id")


class FiltroCombinaciones(django_filters.FilterSet):
    """Combinations by list and member."""

    q = FiltroPalabras("nombre")
    lista_precio = FiltroEntero(field_name="lista_precio_id")
    articulo = FiltroEntero(field_name="articulos", label=_("Artículo"))
    ordering = FiltroOrden("nombre", "lista_precio", "id")
