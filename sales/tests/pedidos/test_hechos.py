"""The engine's demo facts where orders meet them: the product picker and an order's own prices."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from gestion_precios.demo.principal import LAPTOP, MOUSE, TECLADO, cargar_principal
from gestion_precios.models import Sucursal
from gestion_precios.tests.hechos import AREQUIPA, LIMA
from sales.personas.roles import Rol
from sales.precios.sistema import Mercado, precios_de_mercado
from sales.tests.fabricas import crear_canal, crear_cliente, crear_usuario

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _principal(db: None) -> None:
    cargar_principal()


@pytest.mark.parametrize(
    ("sucursal", "canal_venta", "consulta", "precio"),
    [
        (LIMA, "ECOMMERCE", "laptop", "1500"),
        (AREQUIPA, "TIENDA", "laptop", "1260"),
        (LIMA, "ECOMMERCE", "mouse", "120"),
    ],
)
def test_the_picker_shows_the_engines_price(
    client: Client, sucursal: int, canal_venta: str, consulta: str, precio: str
) -> None:
    cliente = crear_cliente(canal=crear_canal(canal_venta=canal_venta))
    client.force_login(crear_usuario("ana", Rol.TOMADOR, Sucursal.objects.get(pk=sucursal)))
    datos = {"q": consulta, "cliente": str(cliente.pk)}
    html = client.get("/pedidos/articulos/", datos).content.decode()
    assert re.findall(r'data-precio="([\d.]+)"', html) == [precio]


def test_three_mice_and_a_keyboard_in_one_order() -> None:
    canal = crear_canal(canal_venta="ECOMMERCE")
    mercado = Mercado(canal.pk, canal.canal_venta, date(2026, 11, 21))
    lima = Sucursal.objects.select_related("empresa").get(pk=LIMA)
    pedido = {MOUSE: 3, TECLADO: 1, LAPTOP: 1}
    # 3 × 120 + 180 + 2.000 is far from the 5.000 of the general rule.
    precios = precios_de_mercado(lima, mercado, pedido).precios(pedido)
    centavos = {articulo: precio.minimos for articulo, precio in precios.items()}
    assert centavos == {MOUSE: 85_00, TECLADO: 155_00, LAPTOP: 1_500_00}
