"""A browser opens six connections to a host: what is kept open, and what is asked for again."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Request, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.tablero.tarjetas import poner, vaciar
from sales.models import Orders

PESTANAS = 8


class Streams:
    """The board's streams that a browser has open now."""

    def __init__(self, context: BrowserContext) -> None:
        self.abiertos: set[Request] = set()
        self.todos = 0
        context.on("request", self._empieza)
        context.on("requestfinished", self._termina)
        context.on("requestfailed", self._termina)

    def _termina(self, pedido: Request) -> None:
        self.abiertos.discard(pedido)

    def _empieza(self, pedido: Request) -> None:
        if "/no-completados/eventos/" in pedido.url:
            self.abiertos.add(pedido)
            self.todos += 1


def test_eight_boards_are_one_stream_and_the_desk_is_not_starved(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    vaciar(mesa_real)
    streams = Streams(context)
    tableros = [context.new_page() for _ in range(PESTANAS)]
    for pagina in tableros:
        pagina.goto(f"{mesa_real.url}/no-completados/")
    for pagina in tableros:
        expect(pagina.locator("[data-enlace-texto]")).to_have_text("En vivo")
    assert len(streams.abiertos) == 1
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 45)[44]
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(surtido(gart, str(cliente["canal"]), 1)[0][1]["codigo"], 1)
    antes = Orders.objects.using(ALIAS).count()
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    assert Orders.objects.using(ALIAS).count() == antes + 1
    # One change reaches all of them.
    [(clave, _)] = poner(mesa_real, {})
    for pagina in tableros:
        expect(pagina.locator(f"#tarjeta-{clave}")).to_be_visible()
    # The tab that has the stream crashes: the next one takes it over, and nothing is missed.
    (stream,) = streams.abiertos
    caida = stream.frame.page
    with suppress(Error):
        caida.goto("chrome://crash", timeout=5_000)
    streams.abiertos.discard(stream)
    [(otra, _)] = poner(mesa_real, {})
    for pagina in tableros:
        if pagina != caida:
            expect(pagina.locator(f"#tarjeta-{otra}")).to_be_visible()
            expect(pagina.locator("[data-enlace-texto]")).to_have_text("En vivo")
    assert len(streams.abiertos) == 1


def test_a_badge_that_does_not_come_is_asked_for_again(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 46)[45]
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(surtido(gart, str(cliente["canal"]), 1)[0][1]["codigo"], 1)
    fallas: list[Any] = [None, 500, 503]

    def fallar(ruta: Route) -> None:
        if not fallas:
            ruta.continue_()
            return
        estado = fallas.pop(0)
        if estado is None:
            ruta.abort()
        else:
            ruta.fulfill(status=estado, body="")

    tomador.route("**/lotes/*/estado/", fallar)
    mesa.enviar()
    expect(tomador.get_by_text("Pidiendo su estado…")).to_be_visible()
    expect(tomador.locator("#lotes_de_hoy [data-lote]").first).to_have_attribute(
        "data-estado", "COMPLETO"
    )
    assert fallas == []
    perdonar(quejas, "ERR_FAILED", "htmx:sendError", "500", "503", "Response Status Error Code")
