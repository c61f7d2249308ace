"""The order's own page in a real browser: its deeds by keyboard, twice, and how it looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.paginas.test_paginas import desborda, faltas
from gestion_precios.models import Sucursal
from sales.models import Cliente, Orders, OrdersDetail, Producto

ACORDADO, SISTEMA, CANTIDAD = 9_000, 10_000, 3


@pytest.fixture
def supervisor(pagina: Page, mesa_real: Mesa) -> Page:
    return entrar(pagina, mesa_real, "supervisor")


def crear_pedido(*, status: str = "1") -> Orders:
    """An order of the supervisor's branch, its line sold below the system's price."""
    sucursal = Sucursal.objects.using(ALIAS).get(perfiles__usuario__username="supervisor")
    pedido = Orders(
        pdvobj=Cliente.objects.using(ALIAS).order_by("pk")[0],
        sucursal=sucursal,
        doc_fecha="2025-06-16",
        status=status,
    )
    pedido.pedido_numero = 900_000 + Orders.objects.using(ALIAS).count()
    pedido.save(using=ALIAS)
    total = ACORDADO * CANTIDAD
    OrdersDetail.objects.using(ALIAS).create(
        orderobj=pedido,
        artobj=Producto.objects.using(ALIAS).filter(tasa_iva=10).order_by("pk")[0],
        cantidad_original=CANTIDAD,
        cantidad=CANTIDAD,
        precio_unitario=ACORDADO,
        precio_sistema=SISTEMA,
        gravada_10=total - round(total / 11),
        iva_10=round(total / 11),
    )
    return pedido


def abrir(pagina: Page, mesa: Mesa, pedido: Orders) -> None:
    pagina.goto(f"{mesa.url}/pedidos/{pedido.pedido_numero}/")
    expect(pagina.get_by_role("heading", name="No completados")).to_be_visible()


def revisar(pagina: Page) -> None:
    """Accessible and whole, in both themes and at both sizes."""
    for ancho, alto in ((390, 844), (1366, 768)):
        pagina.set_viewport_size({"width": ancho, "height": alto})
        for tema in ("dark", "light"):
            pagina.evaluate(f"document.documentElement.dataset.bsTheme = '{tema}'")
            assert (faltas(pagina), desborda(pagina)) == ([], False)


def con_teclado(pagina: Page, hecho: str, seguro: str) -> None:
    """Open a deed and confirm it without a mouse."""
    pagina.locator("summary", has_text=hecho).focus()
    pagina.keyboard.press("Enter")
    boton = pagina.get_by_role("button", name=seguro)
    expect(boton).to_be_visible()
    pagina.keyboard.press("Tab")
    expect(boton).to_be_focused()
    pagina.keyboard.press("Enter")


def test_cancelling_and_the_stocks_return_by_keyboard(supervisor: Page, mesa_real: Mesa) -> None:
    abrir(supervisor, mesa_real, crear_pedido())
    revisar(supervisor)
    con_teclado(supervisor, "Cancelar el pedido", "Sí, cancelar el pedido")
    dicho = supervisor.locator("#pedido_dicho")
    expect(dicho).to_have_text("Pedido cancelado.")
    expect(dicho).to_be_focused()
    historia = supervisor.locator("#no_completados_pedido")
    expect(historia).to_contain_text("Tiene su tarjeta")
    revisar(supervisor)
    con_teclado(supervisor, "Stock devuelto", "Sí, volvió todo")
    expect(dicho).to_have_text("Stock devuelto.")
    expect(historia).to_contain_text("El stock fue devuelto")
    expect(historia).to_contain_text("Sin tarjeta")
    expect(supervisor.locator("#titulo_hechos")).to_have_count(0)


def test_the_supervisor_corrects_a_price(supervisor: Page, mesa_real: Mesa) -> None:
    pedido = crear_pedido(status="14")
    abrir(supervisor, mesa_real, pedido)
    expect(supervisor.get_by_role("region", name="Precio en revisión")).to_contain_text("-3.000")
    supervisor.locator("summary", has_text="Corregir al del sistema").click()
    revisar(supervisor)
    supervisor.keyboard.press("Escape")
    con_teclado(supervisor, "Aceptar el acordado", "Sí, aceptar el acordado")
    expect(supervisor.locator("#pedido_dicho")).to_have_text("Precio aceptado.")
    expect(supervisor.get_by_role("region", name="Precio en revisión")).to_have_count(0)
    expect(supervisor.locator("h1")).to_contain_text("Confirmado")


def test_what_somebody_else_did_meanwhile_is_said_in_place(
    supervisor: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    pedido = crear_pedido()
    abrir(supervisor, mesa_real, pedido)
    otra = supervisor.context.new_page()
    abrir(otra, mesa_real, pedido)
    con_teclado(otra, "Pasó por caja", "Sí, pasó por caja")
    expect(otra.locator("#pedido_dicho")).to_have_text("Pasado por caja.")
    con_teclado(supervisor, "Pasó por caja", "Sí, pasó por caja")
    expect(supervisor.locator("#pedido_dicho")).to_have_text("El pedido ya pasó por caja.")
    expect(supervisor.locator("summary", has_text="Pasó por caja")).to_have_count(0)
    # The browser notes any 4xx; this one is an answer that the page shows.
    quejas[:] = [queja for queja in quejas if "422" not in queja]


def test_a_double_click_is_one_deed(supervisor: Page, mesa_real: Mesa) -> None:
    pedido = crear_pedido()
    abrir(supervisor, mesa_real, pedido)
    supervisor.locator("summary", has_text="Pasó por caja").click()
    supervisor.get_by_role("button", name="Sí, pasó por caja").dblclick()
    expect(supervisor.locator("#pedido_dicho")).to_have_text("Pasado por caja.")


def test_a_reason_written_without_a_session_stays_and_is_sent_again(
    supervisor: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(supervisor, mesa_real, crear_pedido())
    motivo = supervisor.get_by_label("Motivo")
    motivo.fill("El cliente lo pidió dos veces")
    context.clear_cookies(name="sessionid")
    supervisor.get_by_role("button", name="Anular").click()
    expect(supervisor.locator("#avisos")).to_contain_text("Lo escrito sigue acá")
    expect(motivo).to_have_value("El cliente lo pidió dos veces")
    with supervisor.expect_popup() as otra:
        supervisor.locator("#avisos").get_by_role("button", name="Entrar").click()
    entrar(otra.value, mesa_real, "supervisor")
    supervisor.get_by_role("button", name="Anular").click()
    expect(supervisor.get_by_text(": El cliente lo pidió dos veces")).to_be_visible()
    perdonar(quejas, "401")


def test_a_deed_without_an_answer_says_that_it_may_not_be_done(
    supervisor: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(supervisor, mesa_real, crear_pedido())
    context.set_offline(True)
    con_teclado(supervisor, "Pasó por caja", "Sí, pasó por caja")
    expect(supervisor.locator("#avisos")).to_contain_text("puede que no se haya guardado")
    context.set_offline(False)
    supervisor.get_by_role("button", name="Sí, pasó por caja").click()
    expect(supervisor.locator("#pedido_dicho")).to_have_text("Pasado por caja.")
    historia = supervisor.get_by_role("region", name="Quién hizo qué")
    expect(historia).to_contain_text("Pasó por caja")
    expect(historia.locator("td").last).not_to_have_text("—")
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError")


def test_without_javascript_the_deeds_work(browser: Browser, mesa_real: Mesa) -> None:
    contexto = browser.new_context(java_script_enabled=False)
    pagina = entrar(contexto.new_page(), mesa_real, "supervisor")
    pagina.goto(f"{mesa_real.url}/pedidos/{crear_pedido().pedido_numero}/")
    pagina.locator("summary", has_text="Cancelar el pedido").click()
    pagina.get_by_role("button", name="Sí, cancelar el pedido").click()
    expect(pagina.get_by_text("Pedido cancelado.")).to_be_visible()
    pagina.get_by_role("link", name="Ver si fue un pedido no completado").click()
    expect(pagina.locator("#no_completados_pedido")).to_contain_text("Mostrada")
    pagina.get_by_role("link", name="Volver al pedido").click()
    expect(pagina.locator("h1")).to_contain_text("Cancelado")
    contexto.close()
