"""Lanes of a timeline: who holds today, what comes next, and the days that nobody covers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from gestion_precios.listas.linea_tiempo import (
    EstadoLista,
    LineaDeTiempo,
    Ventana,
    estado_de,
    lineas_de_tiempo,
)
from gestion_precios.models import CanalVenta, ListaPrecio, Sucursal
from gestion_precios.motor.vigencia import hoy_en
from gestion_precios.tests.fabricas import crear_empresa, crear_lista, crear_sucursal

pytestmark = pytest.mark.django_db
DIA = timedelta(days=1)
TIENDA = CanalVenta.TIENDA


@pytest.fixture
def sucursal() -> Sucursal:
    return crear_sucursal()


def dibujar() -> list[LineaDeTiempo]:
    return lineas_de_tiempo(list(ListaPrecio.objects.select_related("empresa", "sucursal")))


def test_a_window_is_ten_whole_months_and_its_marks_add_up() -> None:
    ventana = Ventana.alrededor_de(date(2026, 1, 15))
    assert (ventana.desde, ventana.hasta) == (date(2025, 11, 1), date(2026, 8, 31))
    assert [mes for _x, mes in ventana.meses][:3] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert ventana.meses[0][0] == "0.00%"
    entera = ventana.barra(ventana.desde, ventana.hasta)
    assert entera is not None
    assert (entera.x, entera.ancho, entera.viene_de_antes, entera.sigue) == (
        "0.00%",
        "100.00%",
        False,
        False,
    )
    abierta = ventana.barra(date(2020, 1, 1), None)
    assert abierta is not None
    assert (abierta.x, abierta.ancho, abierta.viene_de_antes, abierta.sigue) == (
        "0.00%",
        "100.00%",
        True,
        True,
    )
    assert ventana.barra(date(2027, 1, 1), None) is None
    assert ventana.barra(date(2020, 1, 1), date(2025, 10, 31)) is None


def test_states_of_a_list() -> None:
    lista = crear_lista(crear_empresa(), desde=date(2026, 1, 1), hasta=date(2026, 1, 31))
    assert estado_de(lista, date(2025, 12, 31)) is EstadoLista.FUTURA
    assert estado_de(lista, date(2026, 1, 1)) is EstadoLista.EN_VIGOR
    assert estado_de(lista, date(2026, 1, 31)) is EstadoLista.EN_VIGOR
    assert estado_de(lista, date(2026, 2, 1)) is EstadoLista.VENCIDA
    lista.activa = False
    assert estado_de(lista, date(2026, 1, 15)) is EstadoLista.INACTIVA


def test_today_next_and_the_gap_between(sucursal: Sucursal) -> None:
    hoy = hoy_en(sucursal.empresa)
    actual = crear_lista(
        sucursal.empresa, sucursal=sucursal, canal_venta=TIENDA, hasta=hoy + 4 * DIA
    )
    proxima = crear_lista(
        sucursal.empresa, sucursal=sucursal, canal_venta=TIENDA, desde=hoy + 10 * DIA
    )
    ((carril,),) = [linea.carriles for linea in dibujar()]
    assert (carril.rige, carril.sigue, carril.rige_otra) == (actual, proxima, False)
    ((hueco),) = carril.huecos
    assert (hueco.desde, hueco.hasta, hueco.cubre) == (hoy + 5 * DIA, hoy + 9 * DIA, None)
    assert [fila.estado for fila in carril.filas] == [EstadoLista.FUTURA, EstadoLista.EN_VIGOR]


def test_a_less_specific_list_covers_a_gap(sucursal: Sucursal) -> None:
    hoy = hoy_en(sucursal.empresa)
    general = crear_lista(sucursal.empresa)
    crear_lista(sucursal.empresa, sucursal=sucursal, canal_venta=TIENDA, hasta=hoy - DIA)
    carriles = {carril.canal: carril for linea in dibujar() for carril in linea.carriles}
    tienda = carriles[TIENDA]
    assert (tienda.rige, tienda.rige_otra, tienda.sigue) == (general, True, None)
    assert [(h.desde, h.hasta, h.cubre) for h in tienda.huecos] == [(hoy, None, general)]
    assert carriles[CanalVenta.TODOS].huecos == ()
    assert carriles[CanalVenta.TODOS].nombre_canal == "Todos los canales"


def test_lists_that_touch_or_overlap_leave_no_gap(sucursal: Sucursal) -> None:
    hoy = hoy_en(sucursal.empresa)
    crear_lista(sucursal.empresa, hasta=hoy + 5 * DIA)
    crear_lista(sucursal.empresa, desde=hoy + 2 * DIA, hasta=hoy + 3 * DIA)
    crear_lista(sucursal.empresa, desde=hoy + 6 * DIA)
    ((carril,),) = [linea.carriles for linea in dibujar()]
    assert carril.huecos == ()


def test_where_every_list_is_switched_off_nobody_misses_one(sucursal: Sucursal) -> None:
    crear_lista(sucursal.empresa, activa=False)
    ((carril,),) = [linea.carriles for linea in dibujar()]
    assert (carril.en_uso, carril.rige, carril.huecos) == (False, None, ())


def test_a_list_that_a_filter_hides_still_counts(sucursal: Sucursal) -> None:
    hoy = hoy_en(sucursal.empresa)
    oculta = crear_lista(sucursal.empresa, nombre="Oculta")
    crear_lista(sucursal.empresa, nombre="Vieja", desde=date(2019, 1, 1), hasta=date(2019, 12, 31))
    vistas = ListaPrecio.objects.filter(nombre="Vieja").select_related("empresa", "sucursal")
    ((carril,),) = [linea.carriles for linea in lineas_de_tiempo(list(vistas))]
    assert (carril.rige, carril.huecos) == (oculta, ())
    assert oculta.vigente_en(hoy)


def test_two_companies_and_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for nombre in ("Una", "Otra"):
        empresa = crear_empresa(nombre)
        crear_lista(empresa)
        crear_lista(empresa, canal_venta=TIENDA)
    listas = list(ListaPrecio.objects.select_related("empresa", "sucursal"))
    with django_assert_num_queries(1):
        lineas = lineas_de_tiempo(listas)
    assert sorted((linea.empresa.nombre, len(linea.carriles)) for linea in lineas) == [
        ("Otra", 2),
        ("Una", 2),
    ]
    assert lineas_de_tiempo([]) == []
