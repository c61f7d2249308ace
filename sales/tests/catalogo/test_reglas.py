"""The catalogue's section `reglas`: what it says, what it keeps to itself, that it is enough."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gestion_precios.models import (
    Articulo,
    GrupoArticulo,
    LineaArticulo,
    PrecioArticulo,
    ReglaPrecio,
)
from gestion_precios.motor.pisos import piso_de
from gestion_precios.motor.reglamentos import reglamento_de
from gestion_precios.motor.reglas import MICROS
from gestion_precios.motor.vigencia import hoy_en
from sales.catalogo.lectura import construir_gart
from sales.precios.sistema import Mercado, precios_de_mercado
from sales.tests.catalogo.del_catalogo import precios_del_catalogo
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

FIJO, MONTO = ReglaPrecio.Tipo.MONTO_FIJO, ReglaPrecio.Condicion.MONTO_MINIMO


def reglas(venta: Venta) -> Any:
    """The section as the browser parses it."""
    return json.loads(json.dumps(construir_gart(venta.sucursal)["reglas"]))


def de_la_lista(venta: Venta) -> Any:
    return reglas(venta)["listas"][str(venta.lista.pk)]


def test_each_canal_names_its_list_and_what_precios_prices(venta: Venta) -> None:
    web = crear_canal("Web", canal_venta="ECOMMERCE")
    venta.lista.canal_venta = "TIENDA"
    venta.lista.save()
    crear_precio(venta.yerba, venta.canal, 99)
    crear_precio(crear_articulo("Cerrado", activo=False), venta.canal, 500)
    assert reglas(venta)["canales"] == {
        str(venta.canal.pk): {"lista": venta.lista.pk, "fuera": [venta.pan.pk]},
        # Without a list everything is Precios': there is nothing to tell apart.
        str(web.pk): {"lista": None, "fuera": []},
    }


def test_a_lists_active_rules_in_firing_order_and_in_whole_numbers(venta: Venta) -> None:
    linea = LineaArticulo.objects.create(nombre="Almacén")
    grupo = GrupoArticulo.objects.create(nombre="Yerbas")
    combo = crear_combinacion(venta.lista, [venta.pan, venta.yerba])
    segunda = crear_regla(
        venta.lista, nombre="Docena", valor="7.5", condicion_valor=12, articulo=venta.yerba
    )
    primera = crear_regla(
        venta.lista,
        nombre="Combo",
        tipo=FIJO,
        valor="-250.50",
        combinacion=combo,
        prioridad=5,
        permite_venta_bajo_costo=True,
    )
    tercera = crear_regla(
        venta.lista,
        nombre="Grande",
        condicion=MONTO,
        condicion_valor="999999999999.99",
        grupo=grupo,
        linea=linea,
        prioridad=20,
    )
    crear_regla(venta.lista, nombre="Apagada", activa=False)
    comun = {"articulo": None, "grupo": None, "linea": None, "combo": None, "bajo_costo": False}
    lista = de_la_lista(venta)
    assert lista.pop("version")
    assert lista == {
        "nombre": "Lista general",
        "decimales": 0,
        "reglas": [
            comun
            | {
                "id": primera.pk,
                "nombre": "Combo",
                "porcentaje": False,
                "valor": "-250500000",
                "por_monto": False,
                "umbral": "0",
                "combo": sorted([venta.pan.pk, venta.yerba.pk]),
                "bajo_costo": True,
            },
            comun
            | {
                "id": segunda.pk,
                "nombre": "Docena",
                "porcentaje": True,
                "valor": "750",
                "por_monto": False,
                "umbral": "12000000",
                "articulo": venta.yerba.pk,
            },
            comun
            | {
                "id": tercera.pk,
                "nombre": "Grande",
                "porcentaje": True,
                "valor": "1000",
                "por_monto": True,
                "umbral": "999999999999990000",
                "grupo": grupo.pk,
                "linea": linea.pk,
            },
        ],
        "pisos": {},
    }


@pytest.mark.parametrize(
    ("costo", "valor", "piso"),
    [
        ("9000", 20, None),  # 12.500 − 20 % is above it
        ("10000", 20, None),  # and may be equal to it
        ("10000.01", 20, 10_001),
        ("11111", 20, 11_111),
        ("11111", -20, None),  # a surcharge takes nobody below cost
        ("13000", -20, 13_000),  # the base already is
        ("12500.01", 0, 12_501),
    ],
)
def test_a_floor_leaves_only_where_the_price_could_meet_it(
    venta: Venta, costo: str, valor: int, piso: int | None
) -> None:
    venta.yerba.ultimo_costo = Decimal(costo)
    venta.yerba.save()
    venta.arroz.ultimo_costo = Decimal(20_000)
    venta.arroz.save()
    for para_quien in ("articulo", "combinacion"):
        combo = crear_combinacion(venta.lista, [venta.yerba, venta.pan])
        cual: Any = {"articulo": venta.yerba, "combinacion": combo}[para_quien]
        regla = crear_regla(venta.lista, valor=valor, condicion_valor=1_000, **{para_quien: cual})
        assert de_la_lista(venta)["pisos"] == ({str(venta.yerba.pk): piso} if piso else {})
        regla.delete()


def test_floors_of_a_group_a_line_and_everything(venta: Venta) -> None:
    for articulo in (venta.yerba, venta.arroz):
        articulo.ultimo_costo = Decimal("10000.50")
        articulo.grupo = GrupoArticulo.objects.create(nombre=articulo.descripcion)
        articulo.linea = LineaArticulo.objects.create(nombre=articulo.descripcion)
        articulo.save()
    PrecioArticulo.objects.update(precio_base=12_000)
    yerba, arroz = str(venta.yerba.pk), str(venta.arroz.pk)
    for para_quien, esperados in (
        ({"grupo": venta.yerba.grupo}, {yerba}),
        ({"linea": venta.arroz.linea}, {arroz}),
        ({}, {yerba, arroz}),
        ({"grupo": venta.yerba.grupo, "linea": venta.arroz.linea}, set()),
    ):
        regla = crear_regla(venta.lista, valor=50, **para_quien)
        pisos = de_la_lista(venta)["pisos"]
        assert pisos == dict.fromkeys(esperados, 10_001)
        regla.delete()


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    base=st.integers(1, 400),
    costo=st.integers(1, 400),
    valores=st.lists(st.tuples(st.booleans(), st.integers(-30, 60)), max_size=3),
)
def test_whatever_discounts_everything_has_no_floor_is_missing(
    venta: Venta, base: int, costo: int, valores: list[tuple[bool, int]]
) -> None:
    PrecioArticulo.objects.filter(articulo=venta.yerba).update(precio_base=Decimal(base) / 4)
    Articulo.objects.filter(pk=venta.yerba.pk).update(ultimo_costo=Decimal(costo) / 4)
    ReglaPrecio.objects.all().delete()
    for fija, valor in valores:
        tipo = FIJO if fija else ReglaPrecio.Tipo.PORCENTAJE
        crear_regla(venta.lista, tipo=tipo, valor=valor, condicion_valor=99)
    reglamento = reglamento_de(venta.lista)
    piso = piso_de(reglamento, reglamento.renglones[venta.yerba.pk])
    esperados = {str(venta.yerba.pk): piso // MICROS} if piso else {}
    assert de_la_lista(venta)["pisos"] == esperados


def test_a_floor_in_cents_is_a_json_number(venta: Venta) -> None:
    venta.sucursal.empresa.moneda = "PEN"
    venta.sucursal.empresa.save()
    venta.yerba.ultimo_costo = Decimal("12600.05")
    venta.yerba.save()
    assert de_la_lista(venta)["pisos"] == {str(venta.yerba.pk): 12600.05}


def test_closed_articles_have_no_floor(venta: Venta) -> None:
    venta.yerba.ultimo_costo = Decimal(13_000)
    venta.yerba.activo = False
    venta.yerba.save()
    assert de_la_lista(venta)["pisos"] == {}


def test_the_section_changes_when_its_content_does_and_only_then(venta: Venta) -> None:
    antes = de_la_lista(venta)
    PrecioArticulo.objects.update(precio_base=9_000)
    venta.yerba.descripcion = "Yerba suave"
    venta.yerba.save()
    assert de_la_lista(venta) == antes
    regla = crear_regla(venta.lista)
    despues = de_la_lista(venta)["version"]
    assert despues != antes["version"]
    regla.delete()
    assert de_la_lista(venta) == antes


def test_queries_do_not_grow_with_the_rules(venta: Venta) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            construir_gart(venta.sucursal)
        return len(capturadas)

    antes = consultas()
    for n in range(5):
        articulo = crear_articulo(f"Fideos {n}", ultimo_costo=90)
        crear_precio_lista(venta.lista, articulo, 80)
        crear_regla(venta.lista, articulo=articulo)
        crear_regla(venta.lista, combinacion=crear_combinacion(venta.lista, [articulo]))
    assert consultas() == antes


# --- Enough to price with -------------------------------------------------------------------------


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    unidades=st.dictionaries(st.integers(0, 2), st.integers(1, 40), min_size=1),
    descuento=st.integers(-10, 60),
)
def test_the_sections_alone_give_the_servers_prices(
    venta: Venta, unidades: dict[int, int], descuento: int
) -> None:
    lista = venta.lista
    if not ReglaPrecio.objects.exists():
        venta.yerba.linea = LineaArticulo.objects.create(nombre="Almacén")
        venta.yerba.ultimo_costo = Decimal("9999.50")
        venta.yerba.save()
        crear_regla(lista, condicion_valor=6, linea=venta.yerba.linea)
        crear_regla(lista, valor=5, condicion=MONTO, condicion_valor=200_000, prioridad=30)
        combo = crear_combinacion(lista, [venta.pan, venta.arroz])
        crear_regla(lista, tipo=FIJO, valor=1_350, combinacion=combo)
    ReglaPrecio.objects.filter(aplica_linea=venta.yerba.linea).update(valor_regla=descuento)
    gart = json.loads(json.dumps(construir_gart(venta.sucursal)))
    articulos = [venta.yerba.pk, venta.arroz.pk, venta.pan.pk]
    carrito = {articulos[cual]: cantidad for cual, cantidad in unidades.items()}
    hoy = hoy_en(venta.sucursal.empresa)
    mercado = Mercado(venta.canal.pk, venta.canal.canal_venta, hoy)
    propios = precios_de_mercado(venta.sucursal, mercado, articulos).precios(carrito)
    assert precios_del_catalogo(gart, str(venta.canal.pk), carrito) == {
        articulo: precio.minimos for articulo, precio in propios.items()
    }


def test_a_list_of_another_day_is_not_there(venta: Venta) -> None:
    vieja = crear_lista(venta.sucursal.empresa, hasta=date(2020, 12, 31), nombre="Vieja")
    crear_regla(vieja)
    assert set(reglas(venta)["listas"]) == {str(venta.lista.pk)}
