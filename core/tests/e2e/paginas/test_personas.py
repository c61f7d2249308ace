"""A supervisor invites a taker in a real browser; the taker chooses a password, and is ended."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import Mesa

CLAVE = "mandioca-frita-22"


def test_an_invited_taker_works_until_they_are_deactivated(
    pagina: Page, mesa_real: Mesa, browser: Browser
) -> None:
    entrar(pagina, mesa_real, "supervisor")
    pagina.goto(f"{mesa_real.url}/personas/")
    pagina.locator("main").get_by_role("link", name="Invitar").click()
    pagina.get_by_label("Nombre", exact=True).fill("Íris")
    pagina.get_by_label("Apellido").fill("Núñez")
    pagina.get_by_role("checkbox").first.check()
    pagina.locator("main").get_by_role("button", name="Invitar").click()
    enlace = pagina.get_by_label("Copiar y darlo a la persona").input_value()

    otra = browser.new_context(locale="es-PY")
    try:
        suya = otra.new_page()
        suya.goto(enlace)
        expect(suya.locator("main")).to_contain_text("iris.nunez")
        suya.get_by_label("Contraseña").fill(CLAVE)
        suya.get_by_label("La misma, otra vez").fill(CLAVE)
        suya.get_by_role("button", name="Guardar y entrar").click()
        expect(suya).to_have_url(re.compile(r"/pedidos/nuevo/$"))
        pagina.get_by_role("button", name="Desactivar").click()
        expect(pagina.locator("main")).to_contain_text("Desactivada")
        suya.goto(f"{mesa_real.url}/pedidos/")
        expect(suya).to_have_url(re.compile(r"/cuentas/entrar/"))
    finally:
        otra.close()
