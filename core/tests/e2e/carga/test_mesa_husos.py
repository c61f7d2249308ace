"""A computer in another part of the world: orders and the hours shown have the company's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.conftest import entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from sales.models import Orders

ASUNCION = ZoneInfo("America/Asuncion")
# At any hour it is another day than in Asunción in one of them: ahead, or behind.
LEJOS = ("Pacific/Kiritimati", "Pacific/Pago_Pago")


def test_an_order_has_the_companys_day(browser: Browser, mesa_real: Mesa) -> None:
    antes = datetime.now(UTC)
    zona = next(z for z in LEJOS if _dia(antes, ZoneInfo(z)) != _dia(antes, ASUNCION))
    contexto = browser.new_context(locale="es-PY", timezone_id=zona, service_workers="block")
    pagina = entrar(contexto.new_page(), mesa_real, "tomador")
    mesa = Escritorio(pagina, mesa_real).abrir()
    gart = catalogo(mesa_real)
    cliente_id, cliente = clientes_de(gart, 1)[0]
    [(_, articulo)] = surtido(gart, str(cliente["canal"]), 1)
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(articulo["codigo"], 2)
    mesa.enviar()
    expect(pagina.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    pedido = Orders.objects.using(ALIAS).filter(pdvobj_id=int(cliente_id)).latest("pk")
    # Unless midnight came between.
    assert pedido.doc_fecha in {_dia(antes, ASUNCION), _dia(datetime.now(UTC), ASUNCION)}
    assert pedido.capturado_en is not None
    assert antes <= pedido.capturado_en <= datetime.now(UTC)
    manifiesto = pagina.request.get(f"{mesa_real.url}/api/datos-venta/").json()
    hecho = datetime.fromisoformat(manifiesto["generado"]).astimezone(ASUNCION)
    expect(pagina.get_by_text("Catálogo del")).to_have_text(
        f"Catálogo del {hecho.day}/{hecho.month}, {hecho:%H:%M}"
    )
    # The minute in which it was sent, or the one in which it was seen.
    horas = {f"{m.astimezone(ASUNCION):%H:%M}" for m in (antes, datetime.now(UTC))}
    assert pagina.locator("#lotes_de_hoy a").first.text_content() in horas
    pagina.goto(f"{mesa_real.url}/pedidos/{pedido.pedido_numero}/")
    cargado = pedido.capturado_en.astimezone(ASUNCION)
    expect(pagina.get_by_text("Cargado el").locator("xpath=following-sibling::dd")).to_have_text(
        f"{cargado:%d/%m/%Y %H:%M}"
    )
    contexto.close()


def _dia(momento: datetime, zona: ZoneInfo) -> date:
    return momento.astimezone(zona).date()
