"""Which rows of the catalogue are the demo's own, as `./dev up` loads it: told by what they say."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet

from gestion_precios.demo.articulos import articulos_demo
from gestion_precios.demo.distribuidora import ARTICULOS, PRIMER_CODIGO
from gestion_precios.demo.principal import SILLA
from gestion_precios.models import Articulo, Empresa, ListaPrecio, Sucursal

SEMILLA: Final = 1
EMPRESAS: Final = {1: "Empresa Principal S.A.", 2: "Distribuidora Mburukuja S.A."}
SUCURSALES_DE_LA_DEMO: Final = range(1, 5)
LISTAS_DE_LA_DEMO: Final = range(1, 10)
DE_LA_PRINCIPAL: Final = ("TEC-LAP-001", "TEC-LAP-002", "TEC-LAP-003", "HOG-MUE-001")


def empresas_de_la_demo() -> QuerySet[Empresa]:
    """Both companies, while they are called as the demo calls them."""
    condicion = Q(pk__in=[])
    for pk, nombre in EMPRESAS.items():
        condicion |= Q(pk=pk, nombre=nombre)
    return Empresa.objects.filter(condicion)


def sucursales_de_la_demo() -> QuerySet[Sucursal]:
    """Their four branches; another one is somebody's."""
    return Sucursal.objects.filter(pk__in=SUCURSALES_DE_LA_DEMO, empresa__in=empresas_de_la_demo())


def listas_de_la_demo() -> QuerySet[ListaPrecio]:
    """Their nine lists; another one is somebody's."""
    return ListaPrecio.objects.filter(pk__in=LISTAS_DE_LA_DEMO, empresa__in=empresas_de_la_demo())


def articulos_de_la_demo() -> QuerySet[Articulo]:
    """The articles that still have the demo's key, code and SKU."""
    filas = articulos_demo(ARTICULOS, SEMILLA)
    suyos = {(SILLA + i, PRIMER_CODIGO + i, fila.sku) for i, fila in enumerate(filas, 1)}
    suyos |= {(pk, pk, sku) for pk, sku in enumerate(DE_LA_PRINCIPAL, 1)}
    hay = Articulo.objects.filter(pk__lte=SILLA + ARTICULOS).values_list("pk", "codigo", "sku")
    claves = [pk for pk, codigo, sku in hay if (pk, int(codigo), sku) in suyos]
    return Articulo.objects.filter(pk__in=claves)
