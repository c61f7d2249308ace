"""The live board in real browsers: two people, no stream, no connection, half-written answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.tests.e2e.carga.test_mesa_accesible import TAMANOS
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.navegante import Navegante
from core.tests.e2e.paginas.test_paginas import faltas
from core.tests.e2e.tablero.tarjetas import poner, vaciar
from realtime.models import RealtimeEvent, UnfulfilledOrder
from sales.models import Orders

EVENTOS = "**/no-completados/eventos/**"


@pytest.fixture(autouse=True)
def _tablero_vacio(mesa_real: Mesa) -> None:
    vaciar(mesa_real)


@pytest.fixture
def otro(browser: Browser, mesa_real: Mesa) -> Iterator[Page]:
    """The supervisor's browser."""
    contexto = browser.new_context(viewport={"width": 1366, "height": 768}, locale="es-PY")
    yield abrir(entrar(contexto.new_page(), mesa_real, "supervisor"), mesa_real)
    contexto.close()


def abrir(pagina: Page, mesa: Mesa) -> Page:
    """The board, listening."""
    pagina.goto(f"{mesa.url}/no-completados/")
    expect(enlace(pagina)).to_have_text("En vivo")
    return pagina


def enlace(pagina: Page) -> Locator:
    return pagina.locator("[data-enlace-texto]")


def tarjeta(pagina: Page, clave: int) -> Locator:
    return pagina.locator(f"#tarjeta-{clave}")


def respuesta_de(clave: int) -> str | None:
    return UnfulfilledOrder.objects.using(ALIAS).get(pk=clave).store_answer


def sin_conexion(pagina: Page) -> None:
    dicho = re.compile(r"^Sin conexión desde las \d\d:\d\d$")
    expect(enlace(pagina)).to_have_text(dicho)


def test_one_answers_and_the_card_leaves_the_others_screen(
    tomador: Page, otro: Page, mesa_real: Mesa
) -> None:
    abrir(tomador, mesa_real)
    expect(tomador.get_by_role("heading", name="Todo al día")).to_be_visible()
    [(clave, numero), (queda, _)] = poner(mesa_real, {"minutos": 90}, {})
    for pagina in (tomador, otro):
        expect(tarjeta(pagina, clave)).to_contain_text(f"Pedido {numero}")
        expect(tarjeta(pagina, clave).locator("[data-vence]")).to_have_text("22 h 29 min")
        expect(pagina).to_have_title(re.compile(r"^\(2\) "))
    cargas = otro.evaluate("performance.getEntriesByType('navigation').length")
    suya = tarjeta(tomador, clave)
    suya.get_by_label("El cliente no pasó a retirarlo").check()
    suya.get_by_role("button", name="Responder").click()
    for pagina in (tomador, otro):
        expect(tarjeta(pagina, clave)).to_have_count(0)
        expect(tarjeta(pagina, queda)).to_be_visible()
        expect(pagina.locator(".tablero-cuenta")).to_have_text("1 pedido espera")
    assert otro.evaluate("performance.getEntriesByType('navigation').length") == cargas
    assert respuesta_de(clave) == "El cliente no pasó a retirarlo"
    otro.get_by_text("¿Por qué desapareció?").click()
    expect(otro.locator("#tablero_salidas tbody tr").first).to_contain_text("La tienda respondió")


def test_a_claim_is_seen_by_the_others(tomador: Page, otro: Page, mesa_real: Mesa) -> None:
    abrir(tomador, mesa_real)
    [(clave, _)] = poner(mesa_real, {})
    tarjeta(tomador, clave).get_by_role("button", name="Tomarla").click()
    expect(tarjeta(otro, clave).get_by_title(re.compile("^La tiene .+"))).to_be_visible()
    expect(tarjeta(tomador, clave).get_by_title("La tiene usted")).to_be_visible()
    tarjeta(tomador, clave).get_by_role("button", name="Soltar").click()
    expect(tarjeta(otro, clave).get_by_title(re.compile("^La tiene"))).to_have_count(0)


def test_without_the_stream_the_polls_bring_the_same(
    tomador: Page, otro: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    tomador.route(EVENTOS, lambda ruta: ruta.abort())
    tomador.goto(f"{mesa_real.url}/no-completados/")
    expect(enlace(tomador)).to_have_text("Sondeo cada 5 segundos")
    [(clave, _)] = poner(mesa_real, {})
    expect(tarjeta(tomador, clave)).to_be_visible()
    tarjeta(otro, clave).get_by_role("button", name="Pasó por caja").click()
    otro.get_by_role("button", name="¿Pasó? Sí").click()
    expect(tarjeta(otro, clave)).to_have_count(0)
    expect(tarjeta(tomador, clave)).to_have_count(0)
    tomador.unroute_all(behavior="wait")
    expect(enlace(tomador)).to_have_text("En vivo")
    perdonar(quejas, "net::ERR_FAILED")


def test_an_old_ticket_is_changed_for_a_new_one(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    tomador.goto(f"{mesa_real.url}/pedidos/")
    tomador.route(
        "**/no-completados/",
        lambda ruta: ruta.fulfill(
            response=(hecha := ruta.fetch()),
            body=re.sub(r'data-boleto="[^"]*"', 'data-boleto="viejo"', hecha.text()),
        ),
    )
    with tomador.expect_response(lambda r: "/eventos/?boleto=viejo" in r.url) as rehusada:
        tomador.goto(f"{mesa_real.url}/no-completados/")
    assert rehusada.value.status == 401
    expect(enlace(tomador)).to_have_text("En vivo")
    perdonar(quejas, "401")


def test_a_half_written_answer_is_intact_after_a_hundred_cards(
    tomador: Page, mesa_real: Mesa
) -> None:
    abrir(tomador, mesa_real)
    [(clave, _)] = poner(mesa_real, {"minutos": 60})
    suya = tarjeta(tomador, clave)
    suya.get_by_label("Otro motivo").check()
    detalle = suya.get_by_label("Detalle")
    detalle.fill("el camión no llegó")
    detalle.evaluate("(campo) => campo.setSelectionRange(3, 9)")
    antes = suya.bounding_box()
    poner(mesa_real, *[{"pausa": 0.02}] * 100)
    expect(tomador.locator(".tablero-cuenta")).to_have_text("101 pedidos esperan")
    expect(detalle).to_be_focused()
    expect(detalle).to_have_value("el camión no llegó")
    assert detalle.evaluate("(c) => [c.selectionStart, c.selectionEnd]") == [3, 9]
    expect(suya.get_by_label("Otro motivo")).to_be_checked()
    assert suya.bounding_box() == antes
    tomador.keyboard.type("barco")
    expect(detalle).to_have_value("el barco no llegó")
    tomador.keyboard.press("Control+Enter")
    expect(suya).to_have_count(0)
    assert respuesta_de(clave) == "Otro motivo: el barco no llegó"


def test_a_half_written_answer_outlives_its_card(
    tomador: Page, otro: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(tomador, mesa_real)
    [(primera, _), (clave, _), (ultima, _)] = poner(
        mesa_real, {"minutos": 60}, {"minutos": 30}, {"minutos": 10}
    )
    suya = tarjeta(tomador, clave)
    suya.get_by_label("Otro motivo").check()
    detalle = suya.get_by_label("Detalle")
    detalle.fill("lo que yo sé")
    lugar = detalle.bounding_box()
    tarjeta(otro, clave).get_by_label("El cliente ya no lo quiere").check()
    tarjeta(otro, clave).get_by_role("button", name="Responder").click()
    expect(suya).to_contain_text("Ya no está en el tablero")
    expect(suya.locator(".no-completado-ausente")).to_be_visible()
    expect(detalle).to_be_focused()
    # Nothing moved under the hands that type.
    assert detalle.bounding_box() == lugar
    [(nueva, _)] = poner(mesa_real, {})
    expect(tarjeta(tomador, nueva)).to_be_visible()
    orden = tomador.locator("[data-tarjeta]").evaluate_all(
        "(t) => t.map((x) => +x.dataset.tarjeta)"
    )
    assert orden == [primera, clave, ultima, nueva]
    tomador.keyboard.press("Enter")
    expect(suya.get_by_role("alert")).to_contain_text("Ya tiene otra respuesta.")
    expect(suya.get_by_label("Detalle")).to_have_value("lo que yo sé")
    poner(mesa_real, {})
    expect(suya.get_by_label("Detalle")).to_have_value("lo que yo sé")
    suya.get_by_role("button", name="Descartar lo escrito").click()
    expect(suya).to_have_count(0)
    expect(tarjeta(tomador, ultima)).to_be_focused()
    assert respuesta_de(clave) == "El cliente ya no lo quiere"
    perdonar(quejas, "422")


# Everything the banner says from now on.
ANOTAR_DICHOS = """() => {
  window.dichos = [];
  const texto = document.querySelector("[data-enlace-texto]");
  new MutationObserver(() => dichos.push(texto.textContent)).observe(texto, { childList: true });
}"""


def test_the_banner_is_honest_when_the_server_goes_and_comes_back(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(tomador, mesa_real)
    [(clave, _)] = poner(mesa_real, {})
    tarjeta(tomador, clave).get_by_label("Otro motivo").check()
    tarjeta(tomador, clave).get_by_label("Detalle").fill("sigue acá")
    tomador.evaluate(ANOTAR_DICHOS)
    mesa_real.parar("web")
    try:
        sin_conexion(tomador)
        # It may have been said only while the web was still stopping.
        assert tomador.evaluate("dichos")[0] == "Reconectando"
        [(otra, _)] = poner(mesa_real, {})
    finally:
        mesa_real.arrancar("web")
        mesa_real.esperar_lista()
    expect(enlace(tomador)).to_have_text("En vivo")
    expect(tarjeta(tomador, otra)).to_be_visible()
    expect(tarjeta(tomador, clave).get_by_label("Detalle")).to_have_value("sigue acá")
    perdonar(quejas, "net::ERR_")


def test_offline_and_back(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(tomador, mesa_real)
    context.set_offline(True)
    sin_conexion(tomador)
    [(clave, _)] = poner(mesa_real, {})
    context.set_offline(False)
    expect(enlace(tomador)).to_have_text("En vivo")
    expect(tarjeta(tomador, clave)).to_be_visible()
    perdonar(quejas, "net::ERR_INTERNET_DISCONNECTED")


def test_a_session_that_ended_asks_to_sign_in_and_takes_nothing_written(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    abrir(tomador, mesa_real)
    [(clave, _)] = poner(mesa_real, {})
    tarjeta(tomador, clave).get_by_label("Otro motivo").check()
    context.clear_cookies()
    poner(mesa_real, {})
    expect(enlace(tomador)).to_have_text("La sesión terminó")
    expect(tarjeta(tomador, clave).get_by_label("Otro motivo")).to_be_checked()
    # Signing in is for another tab: what was written stays in this one.
    with tomador.expect_popup() as otra:
        tomador.get_by_role("button", name="Entrar").click()
    otra.value.wait_for_url("**/cuentas/entrar/?next=/no-completados/")
    entrar(otra.value, mesa_real, "tomador")
    expect(enlace(tomador)).to_have_text("En vivo")
    expect(tarjeta(tomador, clave).get_by_label("Otro motivo")).to_be_checked()
    perdonar(quejas, "401")


def test_an_answer_sent_without_a_session_stays_and_is_sent_again(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    # Only the button tells: the page itself asks for nothing.
    tomador.route(EVENTOS, lambda ruta: None)
    tomador.goto(f"{mesa_real.url}/no-completados/")
    [(clave, _)] = poner(mesa_real, {})
    suya = tarjeta(tomador, clave)
    expect(suya).to_be_visible()
    suya.get_by_label("Otro motivo").check()
    suya.get_by_label("Detalle").fill("el camión no llegó")
    tomador.route("**/no-completados/tarjetas/**", lambda ruta: None)
    context.clear_cookies(name="sessionid")
    for _ in range(2):
        suya.get_by_role("button", name="Responder").click()
        expect(tomador.locator("#avisos .aviso")).to_have_count(1)
        expect(tomador.locator("#avisos")).to_contain_text("Lo escrito sigue acá")
    expect(suya.get_by_label("Detalle")).to_have_value("el camión no llegó")
    assert respuesta_de(clave) is None
    with tomador.expect_popup() as otra:
        tomador.locator("#avisos").get_by_role("button", name="Entrar").click()
    entrar(otra.value, mesa_real, "tomador")
    # The token changed with the session; the page sends the one there is.
    suya.get_by_role("button", name="Responder").click()
    expect(suya).to_have_count(0)
    assert respuesta_de(clave) == "Otro motivo: el camión no llegó"
    perdonar(quejas, "401")


@pytest.mark.parametrize("decision", ["Aceptar el acordado", "Corregir al del sistema"])
def test_a_supervisor_settles_another_price_by_name(
    tomador: Page, otro: Page, mesa_real: Mesa, decision: str
) -> None:
    abrir(tomador, mesa_real)
    [(clave, numero)] = poner(mesa_real, {"pedido": "14", "status": "14", "sistema": 1500})
    expect(tarjeta(tomador, clave)).to_contain_text("Precio en revisión")
    expect(tarjeta(tomador, clave).get_by_role("button", name=decision)).to_have_count(0)
    suya = tarjeta(otro, clave)
    expect(suya.locator(".no-completado-precios")).to_contain_text("11.000")
    suya.get_by_role("button", name=decision).click()
    suya.get_by_role("button", name=re.compile("Sí$")).click()
    for pagina in (tomador, otro):
        expect(tarjeta(pagina, clave)).to_have_count(0)
    pedido = Orders.objects.using(ALIAS).get(pedido_numero=numero)
    assert pedido.status == "1"
    precio = {"Aceptar el acordado": 9_500, "Corregir al del sistema": 11_000}[decision]
    assert pedido.detalles.order_by("id")[0].precio_unitario == precio
    salida = RealtimeEvent.objects.using(ALIAS).filter(unfulfilled_id=clave, hecho="RETIRADA").get()
    assert salida.usuario_id is not None
    tomador.get_by_text("¿Por qué desapareció?").click()
    expect(tomador.locator("#tablero_salidas tbody tr").first).to_contain_text(salida.quien)


def test_an_order_sent_at_another_price_arrives_and_is_accepted(
    otro: Page, mesa_real: Mesa
) -> None:
    navegante = Navegante(mesa_real).entrar()
    pedidos = navegante.pedidos(1, 2)
    for lineas in pedidos.values():
        lineas[0]["precio_unitario"] = str(int(lineas[0]["precio_unitario"]) + 1_000)
    sobre = navegante.sobre(pedidos)
    assert navegante.enviar(sobre).estado == 202
    assert navegante.esperar_final(sobre["lote"])["estado"] == "COMPLETO"
    suya = otro.locator("[data-tarjeta]", has_text="Precio en revisión")
    expect(suya).to_have_count(1)
    suya.get_by_role("button", name="Aceptar el acordado").click()
    suya.get_by_role("button", name="¿Aceptar? Sí").click()
    expect(suya).to_have_count(0)
    assert Orders.objects.using(ALIAS).get(loteobj_id=sobre["lote"]).status == "1"


def test_everything_by_keyboard(tomador: Page, mesa_real: Mesa) -> None:
    abrir(tomador, mesa_real)
    [(a, _), (b, _), (c, _), (d, _)] = poner(
        mesa_real,
        {"minutos": 90},
        {"minutos": 80, "pedido": "8"},
        {"minutos": 70},
        {"minutos": 60},
    )
    expect(tarjeta(tomador, d)).to_be_visible()
    tecla = tomador.keyboard.press
    tecla("ArrowRight")
    expect(tarjeta(tomador, a)).to_be_focused()
    tecla("ArrowRight")
    tecla("ArrowLeft")
    tecla("t")
    expect(tarjeta(tomador, a).get_by_title("La tiene usted")).to_be_visible()
    tecla("r")
    tecla("ArrowDown")
    tecla("Escape")
    expect(tarjeta(tomador, a)).to_be_focused()
    tecla("r")
    tecla("Enter")
    # It left, and the next one is at hand.
    expect(tarjeta(tomador, a)).to_have_count(0)
    expect(tarjeta(tomador, b)).to_be_focused()
    tecla("s")
    expect(tarjeta(tomador, b)).to_be_visible()
    tecla("s")
    expect(tarjeta(tomador, b)).to_have_count(0)
    expect(tarjeta(tomador, c)).to_be_focused()
    tecla("c")
    tecla("c")
    expect(tarjeta(tomador, c)).to_have_count(0)
    expect(tarjeta(tomador, d)).to_be_focused()
    assert respuesta_de(a) in ("El cliente no pasó a retirarlo", "El cliente ya no lo quiere")
    tecla("?")
    expect(tomador.get_by_role("dialog", name="Teclas")).to_be_visible()
    tecla("Escape")
    tecla("g")
    tecla("p")
    tomador.wait_for_url("**/pedidos/")


def test_filters_live_in_the_url(tomador: Page, mesa_real: Mesa) -> None:
    abrir(tomador, mesa_real)
    [(nueva, _), (vieja, _)] = poner(mesa_real, {}, {"minutos": 400})
    expect(tarjeta(tomador, nueva)).to_be_visible()
    tomador.get_by_label("Desde hace").select_option("Más de 6 horas")
    expect(tarjeta(tomador, nueva)).to_have_count(0)
    tomador.reload()
    expect(tomador.get_by_label("Desde hace")).to_have_value("6")
    expect(tarjeta(tomador, vieja)).to_be_visible()
    tomador.get_by_label("Qué piden").select_option("Precio en revisión")
    expect(tomador.get_by_role("heading", name="Ninguno coincide")).to_be_visible()
    tomador.get_by_role("link", name="Quitar filtros").click()
    expect(tarjeta(tomador, nueva)).to_be_visible()


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("tamano", TAMANOS)
def test_axe_finds_nothing(browser: Browser, mesa_real: Mesa, tema: Any, tamano: str) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(
        viewport={"width": ancho, "height": alto}, color_scheme=tema, reduced_motion="reduce"
    )
    pagina = abrir(entrar(contexto.new_page(), mesa_real, "supervisor"), mesa_real)
    assert faltas(pagina) == []
    [(clave, _), *_] = poner(
        mesa_real,
        {"minutos": 1420, "tomada": "tomador"},
        {"minutos": 1200, "pedido": "8", "tomada": "supervisor"},
        {"minutos": 900, "pedido": "14", "status": "14", "sistema": 700},
        {},
    )
    suya = tarjeta(pagina, clave)
    suya.get_by_text("Pedido e historia").click()
    expect(suya.locator(".historia")).to_be_visible()
    suya.get_by_label("Otro motivo").check()
    suya.get_by_role("button", name="Responder").click()
    expect(suya.get_by_role("alert")).to_have_text("Escribir el detalle.")
    expect(suya.get_by_label("Detalle")).to_be_focused()
    pagina.get_by_text("¿Por qué desapareció?").click()
    assert faltas(pagina) == []
    ancho_real = pagina.evaluate("document.documentElement.scrollWidth")
    assert ancho_real == ancho
    contexto.set_offline(True)
    sin_conexion(pagina)
    assert faltas(pagina) == []
    contexto.close()
