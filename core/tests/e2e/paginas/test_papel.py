"""Paper in a real browser: pages as they are printed, and an order's files from its menus."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from core.tests.e2e.carga.test_pedido import crear_pedido
from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.paginas.test_paginas import LISTA, desborda, faltas

# Black on white, whatever the theme; and what is only for a screen.
COLORES = "() => { const e = getComputedStyle(document.body); return [e.color, e.backgroundColor] }"
DE_PANTALLA = ".cabecera, .pie, .filtros, .btn, .menu, .boton-icono, .paginacion"


def test_pages_on_paper_are_their_content_black_on_white(browser: Browser, mesa_real: Mesa) -> None:
    pedido = crear_pedido()
    contexto = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    pagina = entrar(contexto.new_page(), mesa_real, "supervisor")
    pagina.emulate_media(media="print")
    propia = f"/pedidos/{pedido.pedido_numero}/"
    for ruta in ("/pedidos/", propia, "/lotes/", "/panel/", "/precios/", LISTA, f"{LISTA}precios/"):
        pagina.goto(mesa_real.url + ruta)
        assert (ruta, pagina.evaluate(COLORES)) == (ruta, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"])
        visibles = pagina.locator(DE_PANTALLA).filter(visible=True)
        assert (ruta, visibles.count()) == (ruta, 0)
        cortes = pagina.locator(".registro tr").evaluate_all(
            "filas => new Set(filas.map((fila) => getComputedStyle(fila).breakInside)).size"
        )
        assert (ruta, cortes) == (ruta, min(cortes, 1))
    # The price of a list is a field on the screen.
    expect(pagina.locator(".precio-celda input:not([type=hidden])").first).to_be_visible()
    contexto.close()


def test_an_order_is_printed_by_keyboard_and_says_so(pagina: Page, mesa_real: Mesa) -> None:
    pedido = crear_pedido()
    entrar(pagina, mesa_real, "supervisor")
    pagina.goto(f"{mesa_real.url}/pedidos/{pedido.pedido_numero}/")
    expect(pagina.get_by_text("Impreso", exact=True)).to_have_count(0)
    pagina.locator("summary", has_text="Imprimir").focus()
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("button", name="Hojas A4")).to_be_focused()
    assert (faltas(pagina), desborda(pagina)) == ([], False)
    with pagina.context.expect_event("response") as respondido:
        pagina.keyboard.press("Enter")
    respuesta = respondido.value
    assert (respuesta.status, respuesta.headers["content-type"]) == (200, "application/pdf")
    pagina.reload()
    expect(pagina.get_by_text("Impreso", exact=True)).to_be_visible()
    pedido.refresh_from_db(using=ALIAS)
    assert pedido.impreso_por is not None


def test_what_is_shared_is_the_order(pagina: Page, mesa_real: Mesa) -> None:
    pedido = crear_pedido()
    pagina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    entrar(pagina, mesa_real, "supervisor")
    pagina.goto(f"{mesa_real.url}/pedidos/{pedido.pedido_numero}/")
    pagina.locator("summary", has_text="Compartir").click()
    assert (faltas(pagina), desborda(pagina)) == ([], False)
    pagina.get_by_role("button", name="Copiar el texto").click()
    expect(pagina.get_by_text("Texto copiado.")).to_be_visible()
    copiado = pagina.evaluate("navigator.clipboard.readText()")
    assert copiado.startswith(f"Pedido {pedido.pedido_numero} · ")
    assert "Total: Gs. 27.000" in copiado
