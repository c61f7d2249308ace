"""Without a line, in a real Chromium: the desk opens, keeps, and sends by itself when it is back.

The line is cut by stopping the web, and static files are hashed, as in production.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from core.tests.e2e.conftest import entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS
from core.tests.e2e.mesa_con_huella import MesaConHuella, mesa_con_huella
from core.tests.e2e.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.test_mesa_fallas import perdonar
from sales.models import Orders

pytestmark = pytest.mark.browser_context_args(service_workers="allow")
# What the browser itself says of a server that is not there.
SIN_SERVIDOR = ("ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest")
# The worker has all it needs, and this page is its.
LISTO = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((seguir) => setTimeout(seguir, 50));
  return (await caches.keys()).length;
}"""


@pytest.fixture(scope="module")
def mesa_propia(django_db_blocker: DjangoDbBlocker) -> Iterator[MesaConHuella]:
    """A desk of this module's own: its web comes and goes."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-mesa-"))
    with django_db_blocker.unblock(), mesa_con_huella(carpeta) as mesa:
        yield mesa


@pytest.fixture
def mesa(mesa_propia: MesaConHuella) -> Iterator[MesaConHuella]:
    """With its web running, whatever the last test left."""
    yield mesa_propia
    if "web" not in mesa_propia.procesos:
        mesa_propia.volver()


@pytest.fixture
def pagina(quejas: list[str], context: BrowserContext, mesa: MesaConHuella) -> Page:
    """Signed in as `tomador`, the desk opened once with a line."""
    pagina = entrar(context.new_page(), mesa, "tomador")
    Escritorio(pagina, mesa).abrir()
    assert pagina.evaluate(LISTO) == 1
    return pagina


def reabrir(pagina: Page, ruta: str = "/pedidos/nuevo/") -> Page:
    """Close the page and open another: nothing of the first one's memory is left."""
    contexto, origen = pagina.context, pagina.evaluate("location.origin")
    pagina.close()
    nueva = contexto.new_page()
    nueva.goto(f"{origen}{ruta}")
    return nueva


def test_the_desk_opens_cold_and_sends_by_itself_when_the_line_is_back(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    gart = catalogo(mesa)
    antes = Orders.objects.using(ALIAS).count()
    mesa.cortar()
    fria = reabrir(pagina)
    escritorio = Escritorio(fria, mesa)
    escritorio.esperar_catalogo()
    expect(fria.locator("[data-parametro=sucursal_nombre]")).not_to_be_empty()
    expect(fria.locator("[data-sincronia]")).to_contain_text("Sin conexión")
    # Nobody's data is in what the worker keeps.
    assert fria.evaluate("document.documentElement.dataset.mesa") == "lista"
    for cliente_id, cliente in clientes_de(gart, 2):
        escritorio.elegir_cliente(cliente["ruc"])
        expect(fria.locator(".pedido-nombre")).to_have_text(cliente["nombrefantasia"])
        for _, articulo in surtido(gart, str(cliente["canal"]), 2):
            escritorio.cargar(articulo["codigo"], 3)
        escritorio.enviar()
        expect(fria.get_by_text("se envían solos al volver")).to_be_visible()
        assert int(cliente_id)
    mesa.volver()
    expect(fria.locator(".clientes-guardados .cliente-item")).to_have_count(2, timeout=60_000)
    assert Orders.objects.using(ALIAS).count() == antes + 2
    expect(fria.locator("[data-sincronia]")).to_have_text("En línea")
    perdonar(quejas, *SIN_SERVIDOR)


def test_other_pages_say_that_there_is_no_line_and_lead_to_the_desk(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    mesa.cortar()
    otra = reabrir(pagina, "/pedidos/")
    expect(otra.get_by_role("heading", name="Sin línea")).to_be_visible()
    otra.get_by_role("link", name="Ir a la mesa").click()
    Escritorio(otra, mesa).esperar_catalogo()
    mesa.volver()
    otra.goto(f"{mesa.url}/pedidos/")
    expect(otra.get_by_role("heading", name="Pedidos")).to_be_visible()
    perdonar(quejas, *SIN_SERVIDOR)
