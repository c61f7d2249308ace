"""Which price an order sees: the list in force, else the client canal's own, else none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gestion_precios.models import PrecioArticulo, ReglaPrecio
from gestion_precios.motor.reglamentos import olvidar
from gestion_precios.services import PrecioService
from gestion_precios.tests.mundo import con_precio
from sales.precios import sistema as modulo
from sales.precios.sistema import (
    Mercado,
    PreciosDelSistema,
    columna_de_lista,
    columna_del_canal,
    listas_por_canal,
    precios_de_mercado,
    precios_por_mercado,
)
from sales.precios.valoracion import PrecioSistema
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_combinacion,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_regla,
)
from sales.tests.venta import Venta

FECHA = date(2026, 11, 21)
FIJO, MONTO = ReglaPrecio.Tipo.MONTO_FIJO, ReglaPrecio.Condicion.MONTO_MINIMO


def abrir(venta: Venta, *articulos: int, fecha: date = FECHA) -> PreciosDelSistema:
    mercado = Mercado(venta.canal.pk, venta.canal.canal_venta, fecha)
    return precios_de_mercado(venta.sucursal, mercado, articulos)


def preguntar(venta: Venta, *articulos: int, fecha: date = FECHA) -> dict[int, PrecioSistema]:
    return abrir(venta, *articulos, fecha=fecha).precios(dict.fromkeys(articulos, 1))


def pedir(venta: Venta, unidades: dict[int, int]) -> dict[int, int]:
    """The prices of one order, in minor units."""
    precios = abrir(venta, *unidades).precios(unidades)
    return {articulo: precio.minimos for articulo, precio in precios.items()}


def test_the_list_in_force_decides_and_precios_fills_its_gaps(venta: Venta) -> None:
    crear_precio(venta.yerba, venta.canal, 99)
    sin_precio = crear_articulo("Sin precio")
    precios = preguntar(venta, venta.yerba.pk, venta.pan.pk, sin_precio.pk, 999_999)
    assert {a: (p.minimos, p.lista_id) for a, p in precios.items()} == {
        venta.yerba.pk: (12_500, venta.lista.pk),
        venta.pan.pk: (1_000, None),
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
        assert preguntar(venta, venta.pan.pk, fecha=fecha)[venta.pan.pk].minimos == precio
    assert preguntar(venta, venta.pan.pk, fecha=date(2019, 12, 31)) == {}


def test_of_two_rows_of_one_day_the_later_one_decides(venta: Venta) -> None:
    crear_precio(venta.pan, venta.canal, 900)
    ultimo = crear_precio(venta.pan, venta.canal, 950)
    assert preguntar(venta, venta.pan.pk) == {
        venta.pan.pk: PrecioSistema(950, None, f"precio:{ultimo.pk}")
    }


def test_another_canals_prices_are_not_seen(venta: Venta) -> None:
    crear_precio(venta.pan, crear_canal("Otro"), 1, desde=date(2026, 11, 1))
    assert preguntar(venta, venta.pan.pk)[venta.pan.pk].minimos == 1_000


def test_a_more_specific_list_hides_the_general_one_but_not_precios(venta: Venta) -> None:
    propia = crear_lista(
        venta.sucursal.empresa, sucursal=venta.sucursal, canal_venta=venta.canal.canal_venta
    )
    crear_precio_lista(propia, venta.arroz, 26_000)
    crear_precio(venta.yerba, venta.canal, 12_000)
    precios = preguntar(venta, venta.yerba.pk, venta.arroz.pk)
    assert {a: (p.minimos, p.lista_id) for a, p in precios.items()} == {
        venta.arroz.pk: (26_000, propia.pk),
        venta.yerba.pk: (12_000, None),
    }


# --- The engine at work ---------------------------------------------------------------------------


def test_a_rule_by_quantity_looks_at_the_order(venta: Venta) -> None:
    crear_regla(venta.lista, valor=5, condicion_valor=12, articulo=venta.yerba)
    assert pedir(venta, {venta.yerba.pk: 11, venta.arroz.pk: 30}) == {
        venta.yerba.pk: 12_500,
        venta.arroz.pk: 27_350,
    }
    assert pedir(venta, {venta.yerba.pk: 12})[venta.yerba.pk] == 11_875


def test_a_rule_by_amount_counts_what_precios_prices_too(venta: Venta) -> None:
    crear_regla(venta.lista, valor=10, condicion=MONTO, condicion_valor=20_000)
    assert pedir(venta, {venta.yerba.pk: 1})[venta.yerba.pk] == 12_500
    # 12.500 from the list and 7.500 from Precios: just enough; bread stays as it is.
    crear_precio(venta.pan, venta.canal, 2_500, desde=FECHA)
    unidades = {venta.yerba.pk: 1, venta.pan.pk: 3}
    assert pedir(venta, unidades) == {venta.yerba.pk: 11_250, venta.pan.pk: 2_500}
    assert pedir(venta, unidades | {venta.pan.pk: 2})[venta.yerba.pk] == 12_500


def test_a_combination_sees_the_articles_of_precios_too(venta: Venta) -> None:
    combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
    crear_regla(venta.lista, tipo=FIJO, valor=500, combinacion=combo)
    assert pedir(venta, {venta.yerba.pk: 1})[venta.yerba.pk] == 12_500
    assert pedir(venta, {venta.yerba.pk: 1, venta.pan.pk: 1}) == {
        venta.yerba.pk: 12_000,
        venta.pan.pk: 1_000,
    }


def test_below_cost_only_with_permission(venta: Venta) -> None:
    venta.yerba.ultimo_costo = Decimal("11000.40")
    venta.yerba.save()
    regla = crear_regla(venta.lista, valor=20)
    assert pedir(venta, {venta.yerba.pk: 1})[venta.yerba.pk] == 11_001
    regla.permite_venta_bajo_costo = True
    regla.save()
    assert pedir(venta, {venta.yerba.pk: 1})[venta.yerba.pk] == 10_000


def test_the_first_quantity_that_makes_it_cheaper_is_told(venta: Venta) -> None:
    yerba = venta.yerba.pk
    assert abrir(venta, yerba).mas_barato_desde(yerba) is None
    crear_regla(venta.lista, nombre="recargo", valor=-5, condicion_valor=3, prioridad=1)
    crear_regla(venta.lista, valor=10, condicion_valor=Decimal("5.5"), articulo=venta.yerba)
    crear_regla(venta.lista, valor=20, condicion_valor=12, articulo=venta.yerba)
    cantidad, precio = abrir(venta, yerba).mas_barato_desde(yerba) or (0, None)
    assert (cantidad, precio and precio.minimos) == (6, 11_813)
    assert abrir(venta, venta.pan.pk).mas_barato_desde(venta.pan.pk) is None


def test_the_version_is_the_rulebooks_and_changes_with_it(venta: Venta) -> None:
    antes = preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version
    assert preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version == antes
    assert antes.startswith(f"lista:{venta.lista.pk}:")
    PrecioArticulo.objects.filter(articulo=venta.arroz).update(precio_base=27_000)
    despues = preguntar(venta, venta.yerba.pk)[venta.yerba.pk].version
    crear_regla(venta.lista, valor=1)
    precio, _, otra = preguntar(venta, venta.yerba.pk)[venta.yerba.pk]
    assert len({antes, despues, otra}) == 3
    assert precio == 12_375


def test_remembered_rulebooks_are_bounded(venta: Venta, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "COTIZADORES", 2)
    for precio in range(5):
        PrecioArticulo.objects.filter(articulo=venta.yerba).update(precio_base=1_000 + precio)
        assert preguntar(venta, venta.yerba.pk)[venta.yerba.pk].minimos == 1_000 + precio
        assert len(modulo._cotizadores) <= 2


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(unidades=st.dictionaries(st.integers(0, 2), st.integers(1, 60), min_size=1))
def test_the_engines_own_quote_is_the_same(venta: Venta, unidades: dict[int, int]) -> None:
    """What an order sees = PrecioService.cotizar, when the list has every article."""
    if not ReglaPrecio.objects.exists():
        crear_precio_lista(venta.lista, venta.pan, 1_003)
        combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
        crear_regla(venta.lista, valor=5, condicion_valor=12)
        crear_regla(venta.lista, valor="7.5", condicion=MONTO, condicion_valor=300_000)
        crear_regla(venta.lista, tipo=FIJO, valor=333, combinacion=combo, prioridad=5)
    articulos = (venta.yerba.pk, venta.arroz.pk, venta.pan.pk)
    lineas = [(articulos[cual], cantidad) for cual, cantidad in unidades.items()]
    respuesta = PrecioService.cotizar(
        venta.sucursal.empresa_id, "TIENDA", lineas, sucursal_id=venta.sucursal.pk, fecha=FECHA
    )
    suyos = [linea["precio_final"] for linea in con_precio(respuesta)]
    assert list(pedir(venta, dict(lineas)).values()) == suyos


# --- A catalogue's columns, and the cost of asking -----------------------------------------------


def test_the_columns_of_a_canal_are_the_base_price_of_every_article(venta: Venta) -> None:
    crear_precio(venta.yerba, venta.canal, 99)
    listas = listas_por_canal(
        empresa_id=venta.sucursal.empresa_id, sucursal_id=venta.sucursal.pk, fecha=FECHA
    )
    assert listas[venta.canal.canal_venta] == venta.lista
    todos = [venta.yerba.pk, venta.arroz.pk, venta.pan.pk]
    tabla = columna_del_canal(venta.canal.pk, FECHA) | columna_de_lista(venta.lista.pk)
    assert tabla == {a: p.minimos for a, p in preguntar(venta, *todos).items()}
    assert set(tabla) == set(todos)


@pytest.mark.parametrize("cuantos", [1, 40_000])
def test_the_queries_do_not_grow_with_the_articles(
    venta: Venta,
    cuantos: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    olvidar()
    articulos = [venta.yerba.pk, *range(10**6, 10**6 + cuantos)]
    with django_assert_num_queries(4):  # the list, its prices, its rules, Precios
        assert set(preguntar(venta, *articulos)) == {venta.yerba.pk}
    with django_assert_num_queries(2):  # the list, Precios
        preguntar(venta, *articulos)
    with django_assert_num_queries(1):
        preguntar(venta, venta.yerba.pk)


def test_nor_with_the_markets(
    venta: Venta, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mayorista = crear_canal("Mayoristas", canal_venta="MAYORISTA")
    del_mes = crear_lista(venta.sucursal.empresa, canal_venta="TIENDA", desde=date(2026, 11, 10))
    crear_precio_lista(del_mes, venta.yerba, 11_000)
    crear_precio(venta.arroz, venta.canal, 25_000)
    preguntar(venta, venta.yerba.pk)
    preguntar(venta, venta.yerba.pk, fecha=date(2026, 11, 1))
    yerba, arroz = venta.yerba.pk, venta.arroz.pk
    mercados = {
        Mercado(canal.pk, canal.canal_venta, date(2026, 11, dia)): [yerba, arroz]
        for canal in (venta.canal, mayorista)
        for dia in range(1, 31)
    }
    with django_assert_num_queries(2):
        abiertos = precios_por_mercado(venta.sucursal, mercados)
    vistos = {
        mercado: {a: p.minimos for a, p in abierto.precios({yerba: 1, arroz: 1}).items()}
        for mercado, abierto in abiertos.items()
    }
    generales = {yerba: 12_500, arroz: 27_350}
    for mercado, precios in vistos.items():
        en_noviembre = mercado.canal_id == venta.canal.pk and mercado.fecha.day >= 10
        assert precios == ({yerba: 11_000, arroz: 25_000} if en_noviembre else generales)


def test_no_market_is_no_question(
    venta: Venta, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert precios_por_mercado(venta.sucursal, {}) == {}
