"""Order entry with work in it, for everybody: axe finds nothing, in both themes and sizes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from core.tests.e2e.carga.test_mesa import catalogo
from core.tests.e2e.carga.test_mesa_fallas import sembrar
from core.tests.e2e.conftest import entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import Mesa
from core.tests.e2e.paginas.test_paginas import faltas

TAMANOS = {"escritorio": (1366, 768), "telefono": (390, 844)}


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("tamano", TAMANOS)
def test_axe_finds_nothing(browser: Browser, mesa_real: Mesa, tema: Any, tamano: str) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(
        viewport={"width": ancho, "height": alto}, color_scheme=tema, reduced_motion="reduce"
    )
    pagina = entrar(contexto.new_page(), mesa_real, "tomador")
    mesa = Escritorio(pagina, mesa_real).abrir()
    assert faltas(pagina) == []
    sembrar(mesa, catalogo(mesa_real), 3, 6)
    assert faltas(pagina) == []
    pagina.locator("#entrada_articulo").click()
    pagina.keyboard.type("yerba")
    expect(pagina.locator("#articulos_picker [aria-selected=true]")).to_be_visible()
    assert faltas(pagina) == []
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("Control+Enter")
    expect(pagina.locator("#dialogo_envio")).to_be_visible()
    assert faltas(pagina) == []
    pagina.keyboard.press("Escape")
    contexto.set_offline(True)
    mesa.enviar()
    expect(pagina.get_by_text("Los pedidos están en este equipo y se envían solos")).to_be_visible()
    assert faltas(pagina) == []
    contexto.close()
