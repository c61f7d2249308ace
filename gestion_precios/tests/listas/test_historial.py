"""The log of a list: who, what, and from what to what, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from gestion_precios.listas.historial import Entrada, entradas_de, versiones_de
from gestion_precios.models import ListaPrecio, ReglaPrecio
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista() -> ListaPrecio:
    return crear_lista(crear_empresa(), nombre="General")


def registro(lista: ListaPrecio) -> list[Entrada]:
    return entradas_de(versiones_de(lista), "PYG")


def linea(entrada: Entrada) -> tuple[str, str, str]:
    return entrada.tipo, entrada.clase, entrada.nombre


def test_what_came_changed_and_went_the_newest_first(lista: ListaPrecio) -> None:
    regla = crear_regla(lista, nombre="Diez")
    regla.valor_regla, regla.activa = Decimal("12.50"), False
    regla.save()
    regla.delete()
    log = registro(lista)
    assert [linea(entrada) for entrada in log] == [
        ("-", "regla", "Diez"),
        ("~", "regla", "Diez"),
        ("+", "regla", "Diez"),
        ("+", "lista", "General"),
    ]
    assert [(c.campo, c.antes, c.despues) for c in log[1].cambios] == [
        ("Valor", "10", "12,5"),
        ("Activa", "sí", "no"),
    ]
    assert (log[0].frase, log[2].frase) == ("12,5 % a todo", "10 % a todo")


def test_dates_choices_and_nothing_in_words(lista: ListaPrecio) -> None:
    lista.fecha_fin_vigencia = date(2026, 12, 31)
    lista.canal_venta = "TIENDA"
    lista.save()
    assert [(c.campo, c.antes, c.despues) for c in registro(lista)[0].cambios] == [
        ("Canal de venta", "Todos", "Tienda"),
        ("Vigente hasta", "", "31/12/2026"),
    ]


def test_a_price_names_its_article_even_when_that_is_gone(lista: ListaPrecio) -> None:
    articulo = crear_articulo("Yerba mate 500 g")
    precio = crear_precio_lista(lista, articulo, 10_000)
    precio.precio_base = Decimal(12_000)
    precio.save()
    cambio, alta, _lista = registro(lista)
    assert [linea(cambio), linea(alta)] == [
        ("~", "precio", "Yerba mate 500 g"),
        ("+", "precio", "Yerba mate 500 g"),
    ]
    assert [(c.antes, c.despues) for c in cambio.cambios] == [("10.000", "12.000")]
    assert [(c.antes, c.despues) for c in alta.cambios] == [("", "10.000")]
    articulo.delete()
    assert registro(lista)[0].nombre == "uno que ya no está"


def test_a_rule_of_what_is_gone_can_still_be_read(lista: ListaPrecio) -> None:
    yerba = crear_articulo("Yerba")
    combo = crear_combinacion(lista, [yerba, crear_articulo("Azúcar")], "Mate dulce")
    crear_regla(lista, nombre="Combo", combinacion=combo)
    regla = crear_regla(lista, nombre="Yerba", articulo=yerba)
    regla.aplica_articulo = None
    regla.save()
    assert [(c.antes, c.despues) for c in registro(lista)[0].cambios] == [("Yerba", "")]
    yerba.delete()
    combo.delete()
    frases = {entrada.frase for entrada in registro(lista)}
    assert "10 % a cada uno del combo, llevando todo «uno que ya no está»" in frases
    assert "10 % a uno que ya no está" in frases


def test_of_this_list_and_of_no_other(lista: ListaPrecio) -> None:
    otra = crear_lista(lista.empresa, canal_venta="TIENDA", nombre="Otra")
    crear_regla(otra)
    assert [linea(entrada) for entrada in registro(lista)] == [("+", "lista", "General")]


def test_a_fixed_number_of_queries(
    lista: ListaPrecio, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        regla = crear_regla(lista, nombre=f"R{n}", articulo=crear_articulo(f"A{n}"))
        ReglaPrecio.objects.get(pk=regla.pk).save()
        crear_precio_lista(lista, crear_articulo(f"B{n}"), 100)
    filas = list(versiones_de(lista))
    assert len(filas) == 16
    with django_assert_num_queries(5):
        entradas_de(filas, "PYG")


def test_money_has_its_currencys_decimals_and_a_price_its_gender() -> None:
    lima = crear_lista(crear_empresa("Lima", moneda="PEN"))
    precio = crear_precio_lista(lima, crear_articulo(), Decimal("120.5"))
    precio.precio_base = Decimal(99)
    precio.save()
    cambio, alta, lista = entradas_de(versiones_de(lima), "PEN")
    assert [(c.antes, c.despues) for c in cambio.cambios] == [("120,50", "99,00")]
    assert [entrada.hecho for entrada in (cambio, alta, lista)] == [
        "cambiado",
        "agregado",
        "agregada",
    ]
