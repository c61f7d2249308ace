"""What the panel counts as loaded today, and what it says of the price lists."""

from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.utils import timezone

from gestion_precios.tests.fabricas import crear_empresa, crear_lista
from sales.pantalla.panel import panel_de
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
HOY = date(2025, 6, 16)


def test_the_lists_of_ones_company_that_expire_and_what_follows(mesa: Mesa) -> None:
    crear_lista(
        mesa.asuncion.empresa, nombre="Invierno", canal_venta="TIENDA", hasta=date(2025, 6, 20)
    )
    crear_lista(crear_empresa("Otra S.A."), nombre="Ajena", hasta=date(2025, 6, 20))
    navegador = entrar(mesa.supervisor)
    with patch("gestion_precios.listas.vencimientos.hoy_en", return_value=HOY):
        html = navegador.get("/panel/").content.decode()
    assert "Invierno" in html
    assert "20/06/2025" in html
    assert "Ajena" not in html


def test_loaded_today_is_what_came_in_today_whenever_it_was_taken(mesa: Mesa) -> None:
    ahora, antes = timezone.now(), timezone.now() - timedelta(days=2)
    # Typed without a line two days ago, and sent today.
    llegado = mesa.pedido(loteobj=mesa.lote(recibido_en=ahora), capturado_en=antes)
    # Sent two days ago by a clock that was ahead.
    mesa.pedido(loteobj=mesa.lote(recibido_en=antes), capturado_en=ahora)
    # Nobody sent it: it is as old as it says.
    suelto = mesa.pedido(capturado_en=ahora)
    mesa.pedido(capturado_en=antes)
    [carga] = panel_de(mesa.supervisor).cargas
    assert (carga.pedidos, carga.total) == (2, Decimal(40_000))
    # The figure leads to the same orders.
    navegador = entrar(mesa.supervisor)
    enlace = f"/pedidos/?recibido_desde={timezone.localdate():%Y-%m-%d}"
    assert f'href="{enlace}"' in navegador.get("/panel/").content.decode()
    lista = navegador.get(enlace).context["lista"]
    assert {pedido.pk for pedido in lista.pagina} == {llegado.pk, suelto.pk}
    assert lista.valores["recibido_desde"] == f"{timezone.localdate():%Y-%m-%d}"


def test_none_is_said_too(mesa: Mesa) -> None:
    html = entrar(mesa.supervisor).get("/panel/").content.decode()
    assert "Ninguna vence en los próximos 7 días." in html
