"""Which price an order sees: the list in force, else the client canal's own, else none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from gestion_precios.models import PrecioArticulo
from sales.precios import (
    PrecioSistema,
    columna_de_precios,
    listas_por_canal,
    precios_para,
)
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_lista,
    crear_precio,
    crear_precio_lista,
)
from sales.tests.venta import Venta

FECHA = date(2026, 11, 21)


def preguntar(venta: Venta, *articulos: int, fecha: date = FECHA) -> dict[int, PrecioSistema]:
    return precios_para(
        empresa_id=venta.sucursal.empresa_id,
        sucursal_id=venta.sucursal.pk,
        canal_venta=venta.canal.canal_venta,
        canal_id=venta.canal.pk,
        fecha=fecha,
        articulo_ids=articulos,
    )


def tabla(venta: Venta, fecha: date = FECHA) -> dict[int, float]:
    listas = listas_por_canal(
        empresa_id=venta.sucursal.empresa_id, sucursal_id=venta.sucursal.pk, fecha=fecha
    )
    return columna_de_precios(
        canal_id=venta.canal.pk, lista_id=listas.get(venta.canal.canal_venta), fecha=fecha
    )


def test_the_list_in_force_decides_and_precios_fills_its_gaps(venta: Venta) -> None:
    crear_precio(venta.yerba, venta.canal, 99)
    sin_precio = crear_articulo("Sin precio")
    precios = preguntar(venta, venta.yerba.pk, venta.pan.pk, sin_precio.pk, 999_999)
    assert {a: (p.precio, p.lista_id) for a, p in precios.items()} == {
        venta.yerba.pk: (Decimal(12_500), venta.lista.pk),
        venta.pan.pk: (Decimal(1_000), None),
    }


def test_without_a_list_the_newest_row_up_to_the_date_decides(venta: Venta) -> None:
    venta.lista.activa = False
    venta.lista.save()
    crear_precio(venta.pan, venta.canal, 1_200, desde=date(2026, 11, 21))
    crear_precio(venta.pan, venta.canal, 1_100, desde=date(2026, 6, 1))
    crear_precio(venta.pan, venta.canal, 1_300, desde=date(2026, 11, 22))
    for fecha, precio in [
        (date(2026, 5, 31), 1_000),
        (date(2026, 6, 1), 1_100),
        (date(2026, 11, 20), 1_100),
        (date(2026, 11, 21), 1_200),
        (date(2026, 11, 22), 1_300),
    ]:
        assert preguntar(venta, venta.pan.pk, fecha=fecha)[venta.pan.pk].precio == precio
    assert preguntar(venta, venta.pan.pk, fecha=date(2019, 12, 31)) == {}


def test_of_two_rows_of_one_day_the_later_one_decides(venta: Venta) -> None:
    crear_precio(venta.pan, venta.canal, 900)
    ultimo = crear_precio(venta.pan, venta.canal, 950)
    assert preguntar(venta, venta.pan.pk) == {
        venta.pan.pk: PrecioSistema(Decimal(950), None, f"precio:{ultimo.pk}")
    }


def test_another_canals_prices_are_not_seen(venta: Venta) -> None:
    crear_precio(venta.pan, crear_canal("Otro"), 1, desde=date(2026, 11, 1))
    assert preguntar(venta, venta.pan.pk)[venta.pan.pk].precio == 1_000


def test_a_more_specific_list_hides_the_general_one_but_not_precios(venta: Venta) -> None:
    propia = crear_lista(
        venta.sucursal.empresa, sucursal=venta.sucursal, canal_venta=venta.canal.canal_venta
    )
    crear_precio_lista(propia, venta.arroz, 26_000)
    crear_precio(venta.yerba, venta.canal, 12_000)
    precios = preguntar(venta, venta.yerba.pk, venta.arroz.pk)
    assert {a: (p.precio, p.lista_id) for a, p in precios.items()} == {
        venta.arroz.pk: (Decimal(26_000), propia.pk),
        venta.yerba.pk: (Decimal(12_000), None),
    }


def test_the_table_of_a_canal_is_the_answer_for_every_article(venta: Venta) -> None:
    crear_precio(venta.yerba, venta.canal, 99)
    todos = [venta.yerba.pk, venta.arroz.pk, venta.pan.pk]
    assert tabla(venta) == {a: p.precio for a, p in preguntar(venta, *todos).items()}
    assert set(tabla(venta)) == set(todos)


def test_the_version_changes_with_the_lists_prices(venta: Venta) -> None:
    antes = preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version
    assert preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version == antes
    precio = PrecioArticulo.objects.get(articulo=venta.arroz)
    precio.precio_base = Decimal(27_000)
    precio.save()
    despues = preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version
    assert despues != antes
    assert despues.startswith(f"lista:{venta.lista.pk}:")


@pytest.mark.parametrize("cuantos", [1, 40_000])
def test_the_queries_do_not_grow_with_the_articles(
    venta: Venta, cuantos: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    articulos = [venta.yerba.pk, *range(10**6, 10**6 + cuantos)]
    with django_assert_max_num_queries(5):
        assert set(preguntar(venta, *articulos)) == {venta.yerba.pk}
