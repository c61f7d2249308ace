"""PrecioService when there is no price, and how many queries an answer costs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.errores import ErrorDominio
from gestion_precios.models import PrecioArticulo
from gestion_precios.motor import reglamentos
from gestion_precios.services import PrecioService
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)

pytestmark = pytest.mark.django_db
FECHA = date(2025, 6, 16)
UN_DIA = timedelta(days=1)
calcular, cotizar = PrecioService.calcular_precio_final, PrecioService.cotizar


def error_de(*args: Any, **kwargs: Any) -> ErrorDominio:
    with pytest.raises(ErrorDominio) as caso:
        calcular(*args, **kwargs)
    return caso.value


# --- what has no price ----------------------------------------------------------------------------


def test_without_a_list_there_is_no_price_and_the_trace_says_which_there_were() -> None:
    empresa = crear_empresa()
    vencida = crear_lista(empresa, hasta=FECHA - UN_DIA)
    for error in (
        error_de(empresa.pk, "TIENDA", 1, 1, fecha=FECHA),
        error_de_carrito(empresa.pk, fecha=FECHA),
    ):
        assert (error.codigo, error.estado, error.errores) == ("SIN_LISTA_VIGENTE", 404, None)
    for explicado in (
        error_de(empresa.pk, "TIENDA", 1, 1, fecha=FECHA, explicar=True),
        error_de_carrito(empresa.pk, fecha=FECHA, explicar=True),
    ):
        assert explicado.errores is not None
        traza = explicado.errores["traza"]
        assert [(lista["id"], lista["codigo"]) for lista in traza["listas"]] == [
            (vencida.pk, "VENCIDA")
        ]
        assert (traza["reglas"], traza["avisos"]) == ([], [])


def error_de_carrito(empresa_id: int, **mas: Any) -> ErrorDominio:
    with pytest.raises(ErrorDominio) as caso:
        cotizar(empresa_id, "TIENDA", [(1, 1)], **mas)
    return caso.value


def test_an_article_of_a_less_specific_list_is_not_sold_at_its_price() -> None:
    empresa = crear_empresa()
    sucursal = crear_sucursal(empresa)
    articulo, otro = crear_articulo(), crear_articulo()
    elegida = crear_lista(empresa, sucursal=sucursal, nombre="Sucursal", canal_venta="TIENDA")
    crear_precio_lista(elegida, otro)
    for nombre, canal in (("Canal", "TIENDA"), ("Todo", "TODOS")):
        crear_precio_lista(crear_lista(empresa, nombre=nombre, canal_venta=canal), articulo)
    # Not in force: nobody needs to hear of it.
    crear_precio_lista(crear_lista(empresa, nombre="Apagada", activa=False), articulo)
    error = error_de(empresa.pk, "TIENDA", articulo.pk, 1, sucursal.pk, fecha=FECHA)
    assert error.como_dict() == {
        "detail": (
            "El artículo no tiene precio en «Sucursal», la lista que rige."
            " Lo tiene en «Canal» y «Todo»."
        ),
        "codigo": "ARTICULO_SIN_PRECIO",
        "campo": "articulo_id",
    }
    assert error.estado == 404
    carrito = cotizar(
        empresa.pk, "TIENDA", [(otro.pk, 2), (articulo.pk, 1), (-7, 1)], sucursal.pk, FECHA
    )
    assert carrito["total"] is None
    primera = carrito["lineas"][0]
    assert "total" in primera
    assert primera["total"] == 20_000
    assert carrito["lineas"][1:] == [
        {
            "articulo_id": articulo.pk,
            "codigo": "ARTICULO_SIN_PRECIO",
            "detail": error.detail,
        },
        {
            "articulo_id": -7,
            "codigo": "ARTICULO_SIN_PRECIO",
            "detail": "El artículo no tiene precio en «Sucursal», la lista que rige.",
        },
    ]


def test_an_article_without_a_price_completes_a_combination_all_the_same() -> None:
    lista = crear_lista(crear_empresa())
    con_precio, sin_precio = crear_articulo(), crear_articulo()
    crear_precio_lista(lista, con_precio, 10_000)
    crear_regla(lista, combinacion=crear_combinacion(lista, [con_precio, sin_precio]))
    carrito = cotizar(lista.empresa_id, "TIENDA", [(con_precio.pk, 1), (sin_precio.pk, 1)])
    primera = carrito["lineas"][0]
    assert "precio_final" in primera
    assert primera["precio_final"] == 9_000


# --- what it costs --------------------------------------------------------------------------------


@pytest.fixture
def mercado(db: None) -> tuple[int, list[tuple[int, int]]]:
    """A company whose list in force has 200 articles and rules; the 201st is in another one."""
    empresa = crear_empresa()
    lista = crear_lista(empresa, canal_venta="TIENDA")
    articulos = [crear_articulo() for _ in range(201)]
    PrecioArticulo.objects.bulk_create(
        PrecioArticulo(lista_precio=lista, articulo=articulo, precio_base=Decimal(10_000))
        for articulo in articulos[:200]
    )
    crear_precio_lista(crear_lista(empresa), articulos[200])
    for numero in range(5):
        crear_regla(lista, valor=numero, prioridad=numero)
    crear_regla(lista, combinacion=crear_combinacion(lista, articulos[:3]))
    return empresa.pk, [(articulo.pk, 3) for articulo in articulos]


@pytest.mark.parametrize("explicar", [False, True], ids=["plain", "explained"])
@pytest.mark.parametrize(("desde", "hasta"), [(0, 1), (0, 200)], ids=["1 line", "200 lines"])
def test_a_quote_is_one_query_and_two_more_to_compile(
    mercado: tuple[int, list[tuple[int, int]]],
    desde: int,
    hasta: int,
    explicar: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    empresa, lineas = mercado
    reglamentos.olvidar()
    with django_assert_num_queries(3):
        cotizar(empresa, "TIENDA", lineas[desde:hasta], explicar=explicar)
    with django_assert_num_queries(1):
        cotizar(empresa, "TIENDA", lineas[desde:hasta], explicar=explicar)
    with django_assert_num_queries(1):
        calcular(empresa, "TIENDA", lineas[0][0], 1, explicar=explicar)


@pytest.mark.parametrize("explicar", [False, True], ids=["plain", "explained"])
@pytest.mark.parametrize("desde", [0, 200], ids=["201 lines", "1 line"])
def test_naming_the_lists_that_have_what_this_one_lacks_is_one_more(
    mercado: tuple[int, list[tuple[int, int]]],
    desde: int,
    explicar: bool,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    empresa, lineas = mercado
    reglamentos.olvidar()
    with django_assert_num_queries(4):
        cotizar(empresa, "TIENDA", lineas[desde:], explicar=explicar)
    with django_assert_num_queries(2):
        cotizar(empresa, "TIENDA", lineas[desde:], explicar=explicar)
    with django_assert_num_queries(2):
        error_de(empresa, "TIENDA", lineas[200][0], 1, explicar=explicar)


@pytest.mark.parametrize("explicar", [False, True], ids=["plain", "explained"])
def test_no_list_is_one_query(
    explicar: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    empresa = crear_empresa()
    with django_assert_num_queries(1):
        error_de_carrito(empresa.pk, explicar=explicar)
