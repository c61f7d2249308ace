"""When an order was taken: without a line it keeps its moment; a wrong clock dates nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from playwright.sync_api import Page, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from sales.models import Orders

DOS_DIAS = timedelta(days=2)


def cargar(mesa: Escritorio, mesa_real: Mesa, lugar: int) -> int:
    """An order of two lines, typed; its client."""
    gart = catalogo(mesa_real)
    cliente_id, cliente = clientes_de(gart, lugar + 1)[lugar]
    mesa.elegir_cliente(cliente["ruc"])
    for _, articulo in surtido(gart, str(cliente["canal"]), 2):
        mesa.cargar(articulo["codigo"], 2)
    return int(cliente_id)


def test_closed_without_a_line_it_keeps_its_moment_until_it_is_sent(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    entonces = datetime.now(UTC).replace(microsecond=0) - DOS_DIAS

    linea = [True]

    def hace_dos_dias(ruta: Route) -> None:
        if not linea:
            ruta.abort("internetdisconnected")
            return
        # The server's clock, as it was then.
        respuesta = ruta.fetch()
        cabeceras = respuesta.headers | {"date": format_datetime(entonces, usegmt=True)}
        ruta.fulfill(response=respuesta, headers=cabeceras)

    tomador.clock.install(time=entonces)
    tomador.route(re.compile("/(api|pedidos)/"), hace_dos_dias)
    mesa = Escritorio(tomador, mesa_real).abrir()
    cliente = cargar(mesa, mesa_real, 50)
    total = tomador.locator(".lineas tfoot td.num").text_content()
    linea.clear()
    mesa.enviar()
    expect(tomador.get_by_text("se envían solos al volver")).to_be_visible()
    # Two days later there is a line again.
    tomador.unroute_all(behavior="wait")
    tomador.clock.set_system_time(datetime.now(UTC))
    tomador.clock.run_for(120_000)
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(1)
    pedido = Orders.objects.using(ALIAS).filter(pdvobj_id=cliente).latest("pk")
    assert entonces <= pedido.capturado_en < entonces + timedelta(minutes=5)
    assert (
        pedido.doc_fecha
        == pedido.capturado_en.astimezone(
            datetime.fromisoformat("2026-01-01T00:00:00-03:00").tzinfo
        ).date()
    )
    guardado = tomador.locator(".clientes-guardados .cliente-item-total").first
    expect(guardado).to_have_text(total or "")
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def test_a_clock_years_away_is_said_and_dates_nothing(tomador: Page, mesa_real: Mesa) -> None:
    tomador.clock.install(time=datetime(2031, 1, 3, 12, tzinfo=UTC))
    mesa = Escritorio(tomador, mesa_real).abrir()
    expect(tomador.get_by_text("El reloj de este equipo está mal")).to_be_visible()
    cliente = cargar(mesa, mesa_real, 51)
    mesa.enviar()
    tomador.clock.run_for(60_000)
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(1)
    pedido = Orders.objects.using(ALIAS).filter(pdvobj_id=cliente).latest("pk")
    assert abs(datetime.now(UTC) - pedido.capturado_en) < timedelta(minutes=5)
