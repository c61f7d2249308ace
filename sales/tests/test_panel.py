"""What the panel says of the price lists."""

from datetime import date
from unittest.mock import patch

import pytest

from gestion_precios.tests.fabricas import crear_empresa, crear_lista
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
HOY = date(2025, 6, 16)


def test_the_lists_of_ones_company_that_expire_and_what_follows(mesa: Mesa) -> None:
    crear_lista(
        mesa.asuncion.empresa, nombre="Invierno", canal_venta="TIENDA", hasta=date(2025, 6, 20)
    )
    crear_lista(crear_empresa("Otra S.A."), nombre="Ajena", hasta=date(2025, 6, 20))
    navegador = entrar(mesa.supervisor)
    with patch("gestion_precios.vencimientos.hoy_en", return_value=HOY):
        html = navegador.get("/panel/").content.decode()
    assert "Invierno" in html
    assert "20/06/2025" in html
    assert "Ajena" not in html


def test_none_is_said_too(mesa: Mesa) -> None:
    html = entrar(mesa.supervisor).get("/panel/").content.decode()
    assert "Ninguna vence en los próximos 7 días." in html
