"""What goes into a branch's catalogue."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gestion_precios.models import Sucursal
from sales.catalogo.lectura import construir_gart
from sales.catalogo.secciones import SECCIONES
from sales.models import Canal
from sales.tests.fabricas import (
    crear_canal,
    crear_cliente,
    crear_empresa,
    crear_lista,
    crear_precio,
    crear_precio_lista,
    crear_producto,
    crear_sucursal,
)
from sales.tests.horas import NOCHE, a_la_hora

pytestmark = pytest.mark.django_db


def test_gart_of_a_small_catalogue(sucursal: Sucursal, canal: Canal) -> None:
    mayorista = crear_canal("Mayoristas", canal_venta="MAYORISTA")
    cliente = crear_cliente("Despensa Ña Cármen 🧉", canal=canal, ruc="1000001-2")
    yerba = crear_producto(
        codigo=10, sku="YER-500", codigo_barras="7840001000019", ultimo_costo=7_000
    )
    arroz = crear_producto("Arroz 1 kg", codigo=20, sku="ARR-1", tasa_iva=5, prod_marca="")
    crear_precio(yerba, canal, 12_500)
    crear_precio(arroz, canal, "9800.50")
    crear_precio(yerba, mayorista, 11_000)

    gart = construir_gart(sucursal)

    assert set(gart) == {*SECCIONES, "version", "generado"}
    assert gart["clientes"] == {
        cliente.pk: {
            "ruc": "1000001-2",
            "nombrefactura": "Cármen Ñamandú Benítez",
            "nombrefantasia": "Despensa Ña Cármen 🧉",
            "canal": canal.pk,
        }
    }
    assert gart["articulos"] == {
        yerba.pk: {
            "codigo": 10,
            "sku": "YER-500",
            "prod_marca": "Ka'aguy Poty",
            "descripcion": "Yerba mate 500 g",
            "tasa_iva": 10,
            "codigo_barras": "7840001000019",
            "linea": None,
            "grupo": None,
        },
        arroz.pk: {
            "codigo": 20,
            "sku": "ARR-1",
            "prod_marca": "",
            "descripcion": "Arroz 1 kg",
            "tasa_iva": 5,
            "codigo_barras": None,
            "linea": None,
            "grupo": None,
        },
    }
    assert gart["precios"] == {
        canal.pk: {yerba.pk: 12_500, arroz.pk: 9_800.5},
        mayorista.pk: {yerba.pk: 11_000},
    }
    assert gart["canales"] == {
        canal.pk: {"nombre": "Despensas", "canal_venta": "TIENDA"},
        mayorista.pk: {"nombre": "Mayoristas", "canal_venta": "MAYORISTA"},
    }
    assert gart["reglas"] == {
        "canales": {
            canal.pk: {"lista": None, "fuera": []},
            mayorista.pk: {"lista": None, "fuera": []},
        },
        "listas": {},
    }


def test_whole_prices_are_written_without_decimals(sucursal: Sucursal, canal: Canal) -> None:
    crear_precio(crear_producto(), canal, "12500.00")

    precios = construir_gart(sucursal)["precios"]
    assert [type(p) for columna in precios.values() for p in columna.values()] == [int]


def test_closed_clients_and_articles_are_left_out(sucursal: Sucursal, canal: Canal) -> None:
    crear_cliente(canal=canal, activo=False)
    crear_precio(crear_producto(activo=False), canal)

    gart = construir_gart(sucursal)
    assert gart["clientes"] == {}
    assert gart["articulos"] == {}
    assert gart["precios"] == {canal.pk: {}}


def test_an_article_without_a_price_for_the_branch_is_left_out(
    sucursal: Sucursal, canal: Canal
) -> None:
    crear_producto()

    assert construir_gart(sucursal)["articulos"] == {}


def test_no_cost_leaves(sucursal: Sucursal, canal: Canal) -> None:
    crear_precio(crear_producto(ultimo_costo="6543.21"), canal, 9_999)

    texto = json.dumps(construir_gart(sucursal))
    assert "6543" not in texto
    assert "costo" not in texto


def test_the_list_in_force_rules_and_precios_fill_what_it_lacks(
    sucursal: Sucursal, canal: Canal
) -> None:
    de_lista, solo_precios = crear_producto("A"), crear_producto("B")
    crear_precio(de_lista, canal, 5_000)
    crear_precio(solo_precios, canal, 6_000)
    crear_precio_lista(crear_lista(sucursal.empresa, canal_venta="TIENDA"), de_lista, 4_500)

    assert construir_gart(sucursal)["precios"][canal.pk] == {
        de_lista.pk: 4_500,
        solo_precios.pk: 6_000,
    }


def test_a_list_of_another_company_is_not_seen(sucursal: Sucursal, canal: Canal) -> None:
    ajena = crear_sucursal(crear_empresa("Otra S.A."), "Lima")
    articulo = crear_producto()
    crear_precio_lista(crear_lista(ajena.empresa), articulo, 4_500)

    assert construir_gart(sucursal)["precios"] == {canal.pk: {}}
    assert construir_gart(sucursal)["articulos"] == {}
    assert construir_gart(ajena)["precios"] == {canal.pk: {articulo.pk: 4_500}}


@pytest.mark.parametrize(
    ("zona", "precio"), [("America/Asuncion", 5_000), ("Pacific/Auckland", 5_500)]
)
def test_prices_are_those_of_the_companys_own_today(
    canal: Canal, monkeypatch: pytest.MonkeyPatch, zona: str, precio: int
) -> None:
    a_la_hora(monkeypatch, NOCHE)
    sucursal = crear_sucursal(crear_empresa(zona_horaria=zona))
    articulo = crear_producto()
    crear_precio(articulo, canal, 5_000)
    crear_precio(articulo, canal, 5_500, desde=date(2025, 6, 17))
    crear_precio(articulo, canal, 9_000, desde=date(2025, 6, 18))

    assert construir_gart(sucursal)["precios"][canal.pk] == {articulo.pk: precio}


def test_queries_do_not_grow_with_the_catalogue(sucursal: Sucursal, canal: Canal) -> None:
    crear_lista(sucursal.empresa)

    def consultas() -> int:
        with CaptureQueriesContext(connection) as capturadas:
            construir_gart(sucursal)
        return len(capturadas)

    vacio = consultas()
    for _ in range(5):
        crear_cliente(canal=canal)
        crear_precio(crear_producto(), canal)
    assert consultas() == vacio
