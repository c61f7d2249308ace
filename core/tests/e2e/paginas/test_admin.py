"""The admin's forms in a real browser: numbers change only when somebody writes them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from gestion_precios.models import Articulo


def test_a_wheel_over_a_code_changes_nothing(pagina: Page, mesa_real: Mesa) -> None:
    articulo = Articulo.objects.using(ALIAS).get(codigo=1001)
    entrar(pagina, mesa_real, "admin")
    pagina.goto(f"{mesa_real.url}/admin/gestion_precios/articulo/{articulo.pk}/change/")
    codigo = pagina.locator("#id_codigo")
    expect(codigo).to_have_value("1001")
    codigo.click()
    pagina.mouse.wheel(0, -240)
    pagina.mouse.wheel(0, 120)
    pagina.keyboard.press("ArrowUp")
    expect(codigo).to_have_value("1001")
    pagina.locator("[name=_save]").click()
    pagina.wait_for_url("**/articulo/")
    articulo.refresh_from_db()
    assert articulo.codigo == 1001
