"""The price simulator in a real browser: by keyboard alone, its state in the URL, for everybody."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import Mesa
from core.tests.e2e.paginas.test_paginas import TAMANOS, desborda, faltas

LIMA = "?empresa=1&sucursal=1&canal=ECOMMERCE"
DEMO = f"{LIMA}&lineas=2x3,3x1,1x1"
# What a page of its own shows: empty, worked, under cost, without list, wrong.
CASOS = (
    "?empresa=1",
    DEMO,
    f"{LIMA}&lineas=2x2,1x1&ver=1",
    "?empresa=1&sucursal=2&canal=TIENDA&lineas=1x1,2x1",
    "?empresa=2&canal=ECOMMERCE&lineas=2x1",
    f"{DEMO}&otra_sucursal=2&otro_canal=TIENDA",
    f"{LIMA}&fecha=2026-02-31&lineas=2x0,abc,999999x2",
)


@pytest.fixture
def simulador(pagina: Page, mesa_real: Mesa) -> Page:
    """The simulator of the engine's demo company, empty."""
    entrar(pagina, mesa_real, "admin")
    pagina.goto(f"{mesa_real.url}/precios/simulador/{LIMA}")
    return pagina


def historia(pagina: Page) -> Locator:
    return pagina.locator("#simulador_historia")


def cantidad(pagina: Page, articulo: int) -> Locator:
    return pagina.locator(f"#simulador_cantidad-{articulo}")


def en_url(pagina: Page, campo: str) -> str:
    return parse_qs(urlsplit(pagina.url).query, keep_blank_values=True).get(campo, [""])[0]


def cargar(pagina: Page, texto: str, cuantas: str) -> None:
    """Write, Enter, how many, Enter: back in the entry row."""
    pagina.keyboard.type(texto)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#simulador_cantidad")).to_be_focused()
    pagina.keyboard.type(cuantas)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#simulador_articulo")).to_be_focused()


def test_a_cart_by_keyboard_alone(simulador: Page) -> None:
    simulador.keyboard.press("/")
    cargar(simulador, "mouse", "3")
    expect(historia(simulador)).to_contain_text("Falta Teclado en el carrito.")
    cargar(simulador, "TEC-LAP-003", "1")
    expect(historia(simulador)).to_contain_text("S/ 155,00")
    simulador.keyboard.press("ArrowDown")
    expect(cantidad(simulador, 2)).to_be_focused()
    expect(historia(simulador)).to_contain_text("× 3 = S/ 255,00")
    expect(simulador.locator("#simulador_anuncio")).to_have_text(
        "Mouse: S/ 85,00 por unidad. Total S/ 410,00."
    )
    assert en_url(simulador, "lineas") == "2x3,3x1"
    assert en_url(simulador, "ver") == "2"
    simulador.keyboard.type("2")
    expect(historia(simulador)).to_contain_text("Pide 3 unidades y hay 2: falta 1 unidad.")
    expect(cantidad(simulador, 2)).to_be_focused()
    simulador.keyboard.press("ArrowDown")
    expect(historia(simulador).locator("h2")).to_have_text("Teclado")
    simulador.keyboard.press("-")
    expect(cantidad(simulador, 3)).to_have_count(0)
    expect(cantidad(simulador, 2)).to_be_focused()
    expect(historia(simulador)).to_contain_text("Falta Teclado en el carrito.")


def test_what_is_typed_while_an_answer_arrives_stays(simulador: Page, mesa_real: Mesa) -> None:
    simulador.goto(f"{mesa_real.url}/precios/simulador/{DEMO}")
    cantidad(simulador, 2).focus()
    for cuantas in ("12", "7", "45"):
        simulador.keyboard.type(cuantas, delay=90)
        simulador.keyboard.press("ArrowDown")
    expect(cantidad(simulador, 1)).to_be_focused()
    expect(simulador).to_have_url(re.compile("lineas=2x12%2C3x7%2C1x45"))
    assert [cantidad(simulador, n).input_value() for n in (2, 3, 1)] == ["12", "7", "45"]
    simulador.reload()
    assert [cantidad(simulador, n).input_value() for n in (2, 3, 1)] == ["12", "7", "45"]


def test_a_quantity_that_is_none_says_so_and_sends_nothing(
    simulador: Page, mesa_real: Mesa
) -> None:
    simulador.goto(f"{mesa_real.url}/precios/simulador/{DEMO}")
    cantidad(simulador, 2).focus()
    simulador.keyboard.type("1,5")
    expect(cantidad(simulador, 2)).to_have_attribute("aria-invalid", "true")
    expect(simulador.locator("#simulador_error-2")).to_have_text(
        "«1,5» lleva decimales: escribir un número entero."
    )
    simulador.keyboard.press("ArrowDown")
    expect(historia(simulador).locator("h2")).to_have_text("Teclado")
    expect(cantidad(simulador, 2)).to_have_value("1,5")
    expect(cantidad(simulador, 2)).to_have_attribute("aria-invalid", "true")


def test_the_missing_piece_is_added_and_back_takes_it_out(simulador: Page, mesa_real: Mesa) -> None:
    simulador.goto(f"{mesa_real.url}/precios/simulador/{LIMA}&lineas=2x2")
    falta = simulador.get_by_role("link", name="Agregar lo que falta · Combo teclado + mouse")
    falta.focus()
    simulador.keyboard.press("Enter")
    expect(historia(simulador)).to_contain_text("Descuenta S/ 25,00 por unidad")
    expect(simulador.locator("#simulador_articulo")).to_be_focused()
    simulador.get_by_role("link", name="Agregar lo que falta · S/ 10 menos").focus()
    simulador.keyboard.press("Enter")
    expect(historia(simulador)).to_contain_text("× 3 = S/ 255,00")
    expect(cantidad(simulador, 2)).to_have_value("3")
    simulador.get_by_role("button", name="Teclado", exact=True).click()
    expect(historia(simulador).locator("h2")).to_have_text("Teclado")
    simulador.go_back()
    expect(historia(simulador)).to_contain_text("× 2 = S/ 190,00")
    expect(cantidad(simulador, 2)).to_have_value("2")


def test_place_and_day_change_the_story_and_errors_stand_beside_their_field(
    simulador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    simulador.goto(f"{mesa_real.url}/precios/simulador/{LIMA}&lineas=1x1")
    expect(historia(simulador)).to_contain_text("sube a S/ 1.500,00.")
    simulador.get_by_label("Sucursal", exact=True).select_option("Sucursal Arequipa")
    expect(historia(simulador)).to_contain_text("No hay una lista de precios vigente")
    simulador.get_by_label("Canal", exact=True).select_option("Tienda")
    expect(historia(simulador)).to_contain_text(
        "lo permite «40 % en laptop, autorizado bajo costo»"
    )
    fecha = simulador.get_by_label("Fecha de la venta")
    fecha.fill("")
    error = simulador.locator("#simulador_error-fecha")
    expect(error).to_have_text("Elegir la fecha de la venta.")
    expect(fecha).to_have_attribute("aria-invalid", "true")
    fecha.fill("2024-12-31")
    expect(error).to_have_text("")
    expect(historia(simulador)).to_contain_text("Empieza el 01/01/2025, después de la fecha.")
    assert en_url(simulador, "fecha") == "2024-12-31"
    simulador.get_by_label("Empresa").select_option("Distribuidora Mburukuja S.A.")
    expect(simulador.get_by_label("Sucursal", exact=True)).to_have_value("")
    expect(simulador.get_by_label("Sucursal", exact=True)).to_contain_text("Asunción")
    quejas[:] = [queja for queja in quejas if "422" not in queja]


def test_another_place_side_by_side(simulador: Page, mesa_real: Mesa) -> None:
    simulador.goto(f"{mesa_real.url}/precios/simulador/{LIMA}&lineas=1x2")
    simulador.get_by_text("Comparar con otra sucursal, canal o fecha").click()
    simulador.get_by_label("Otra sucursal").select_option("Sucursal Arequipa")
    simulador.get_by_label("Otro canal").select_option("Tienda")
    expect(simulador.locator(".comparacion")).to_contain_text("−S/ 480,00")
    assert en_url(simulador, "otro_canal") == "TIENDA"
    assert "otra_fecha" not in simulador.url
    simulador.reload()
    expect(simulador.locator(".comparacion tfoot")).to_contain_text("2.520,00")


def test_the_example_shows_a_worked_cart(simulador: Page) -> None:
    simulador.get_by_role("link", name="Probar con un ejemplo").click()
    expect(historia(simulador)).to_contain_text("× 3 = S/ 255,00")
    assert en_url(simulador, "lineas") == "2x3,3x1,1x1"


@pytest.mark.parametrize("tamano", TAMANOS)
@pytest.mark.parametrize("tema", ["light", "dark"])
def test_it_is_accessible_and_whole(
    browser: Browser, mesa_real: Mesa, tema: Literal["light", "dark"], tamano: str
) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(
        viewport={"width": ancho, "height": alto}, color_scheme=tema, reduced_motion="reduce"
    )
    pagina = entrar(contexto.new_page(), mesa_real, "admin")
    for caso in CASOS:
        pagina.goto(f"{mesa_real.url}/precios/simulador/{caso}")
        pagina.wait_for_load_state("load")
        assert (caso, faltas(pagina), desborda(pagina)) == (caso, [], False)
    pagina.goto(f"{mesa_real.url}/precios/simulador/{DEMO}")
    pagina.keyboard.press("/")
    pagina.keyboard.type("a")
    expect(pagina.locator("#simulador_articulos [aria-selected=true]")).to_be_visible()
    assert (faltas(pagina), desborda(pagina)) == ([], False)
    contexto.close()
