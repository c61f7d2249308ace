"""Which price an order sees, asked in this one place.

The list in force for company, branch and the client's `canal_venta`; what it lacks (or all of it,
when there is none) comes from the newest `Precios` row of the client's canal with
`fecha_vigencia` on or before the date; what neither has cannot be sold.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import FloatField, Max
from django.db.models.functions import Cast

from core.conjuntos import ids_en
from gestion_precios.models import PrecioArticulo
from gestion_precios.services import PrecioService
from gestion_precios.vigencia import listas_vigentes
from sales.models import Precios


class PrecioSistema(NamedTuple):
    """An article's price, the list it is from (None: `Precios`) and the data it stands for."""

    precio: Decimal
    lista_id: int | None
    version: str


def precios_para(
    *,
    empresa_id: int,
    sucursal_id: int,
    canal_venta: str,
    canal_id: int,
    fecha: date,
    articulo_ids: Collection[int],
) -> dict[int, PrecioSistema]:
    """The prices of these articles, in a fixed number of queries; an absent one cannot be sold."""
    precios = _de_lista(empresa_id, sucursal_id, canal_venta, fecha, articulo_ids)
    faltan = [articulo for articulo in articulo_ids if articulo not in precios]
    if faltan:
        precios |= _del_canal(canal_id, fecha, faltan)
    return precios


def listas_por_canal(*, empresa_id: int, sucursal_id: int, fecha: date) -> dict[str, int]:
    """The list in force for each `canal_venta` that has one: what a catalogue is made from."""
    listas = listas_vigentes(empresa_id=empresa_id, sucursal_id=sucursal_id, fecha=fecha)
    return {canal_venta: lista.pk for canal_venta, lista in listas.items()}


def columna_de_precios(*, canal_id: int, lista_id: int | None, fecha: date) -> dict[int, float]:
    """What `precios_para` answers for every article that has a price, as the catalogue's numbers.

    Plain columns, and floats because a catalogue is JSON; orders are never priced from here.
    """
    precios = dict(
        Precios.objects.filter(canalobj_id=canal_id, fecha_vigencia__lte=fecha)
        .order_by("fecha_vigencia", "id")
        .values_list("articuloobj_id", Cast("precio", FloatField()))
    )
    if lista_id is None:
        return precios
    de_lista = PrecioArticulo.objects.filter(lista_precio_id=lista_id).order_by()
    return precios | dict(de_lista.values_list("articulo_id", Cast("precio_base", FloatField())))


def _de_lista(
    empresa_id: int,
    sucursal_id: int,
    canal_venta: str,
    fecha: date,
    articulo_ids: Collection[int],
) -> dict[int, PrecioSistema]:
    lista = PrecioService.obtener_lista_vigente(empresa_id, canal_venta, sucursal_id, fecha)
    if lista is None:
        return {}
    filas = PrecioArticulo.objects.filter(
        lista_precio_id=lista.pk, articulo_id__in=ids_en(articulo_ids)
    )
    version = _version_de_lista(lista.pk)
    return {
        articulo: PrecioSistema(precio, lista.pk, version)
        for articulo, precio in filas.values_list("articulo_id", "precio_base")
    }


def _version_de_lista(lista_id: int) -> str:
    """List and the last change of its prices on record; the pricing rulebook will number these."""
    ultimo = PrecioArticulo.historia.filter(lista_precio_id=lista_id).aggregate(
        ultimo=Max("history_id")
    )["ultimo"]
    return f"lista:{lista_id}:{ultimo or 0}"


def _del_canal(
    canal_id: int, fecha: date, articulo_ids: Collection[int]
) -> dict[int, PrecioSistema]:
    filas = Precios.objects.filter(
        canalobj_id=canal_id, fecha_vigencia__lte=fecha, articuloobj_id__in=ids_en(articulo_ids)
    )
    # In order of age: of an article's rows, the newest stays.
    ordenadas = filas.order_by("articuloobj_id", "fecha_vigencia", "id")
    return {
        articulo: PrecioSistema(precio, None, f"precio:{fila}")
        for fila, articulo, precio in ordenadas.values_list("id", "articuloobj_id", "precio")
    }
