"""Without a line, in a real Chromium: the desk opens, keeps, and sends by itself when it is back.

The line is cut by stopping the web, and static files are hashed, as in production.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect
from pytest_django import DjangoDbBlocker

from core.lz import descomprimir
from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, en_base, surtido
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.carga.test_mesa_precios import NOMBRES, REGLAS, gart_de, miles, nombres_en
from core.tests.e2e.conftest import dar_entrada, entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, esperar
from core.tests.e2e.mesa_con_huella import MesaConHuella, mesa_con_huella
from sales.models import Orders, OrdersDetail

pytestmark = pytest.mark.browser_context_args(service_workers="allow")
# What the browser itself says of a server that is not there.
SIN_SERVIDOR = ("ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest")
# The worker has all it needs, and has taken the pages that were there; one that was on its way then
# is nobody's until it is loaded again.
ACTIVO = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated") await new Promise((seguir) => setTimeout(seguir, 50));
  return navigator.serviceWorker.controller !== null;
}"""
# And this page is its.
LISTO = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((seguir) => setTimeout(seguir, 50));
  return (await caches.keys()).filter((nombre) => nombre.startsWith("cp-")).length;
}"""
BUSCAR_VERSION = "async () => (await navigator.serviceWorker.getRegistration()).update()"
PEDIR = "async (ruta) => (await fetch(ruta)).status"
SIN_TRABAJADOR = """async () => {
  for (;;) {
    const suyas = (await caches.keys()).filter((nombre) => nombre.startsWith("cp-"));
    const quedan = [await navigator.serviceWorker.getRegistrations(), suyas];
    if (quedan.every(({ length }) => length === 0)) return quedan.map(({ length }) => length);
    await new Promise((seguir) => setTimeout(seguir, 50));
  }
}"""
# What is kept of the desk's component, damaged.
ROMPER = """async (ruta) => {
  const nombre = (await caches.keys()).find((uno) => uno.startsWith("cp-"));
  const roto = new Response("export const mesa = () => noExiste;", {
    headers: { "Content-Type": "text/javascript" },
  });
  await (await caches.open(nombre)).put(ruta, roto);
}"""
# The catalogue as it is searched, once the Worker has had the time to keep it; then, in the first
# article that it keeps, three letters of the name are others. Gives back its code.
CAMBIAR_LO_PREPARADO = """async () => {
  const caja = await caches.open("catalogo-preparado");
  while ((await caja.keys()).length < 3) await new Promise((seguir) => setTimeout(seguir, 50));
  const guardada = await caja.match("/catalogo-preparado/articulos");
  const bytes = new Uint8Array(await guardada.arrayBuffer());
  const texto = new TextDecoder("latin1").decode(bytes);
  const donde = texto.indexOf('"descripcion":"') + '"descripcion":"'.length;
  bytes.set([81, 81, 81], donde);
  await caja.put("/catalogo-preparado/articulos", new Response(bytes, guardada));
  return /"codigo":"?([0-9]+)/.exec(texto.slice(texto.lastIndexOf("{", donde)))[1];
}"""
ZONA = ZoneInfo("America/Asuncion")
DEL_SERVIDOR = re.compile("/(api|pedidos)/")


@dataclass
class Reglas:
    """A client whose list has a quantity break and a combination, and twenty articles of it."""

    cliente_id: str
    cliente: dict[str, Any]
    surtido: list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def mesa_propia(django_db_blocker: DjangoDbBlocker) -> Iterator[MesaConHuella]:
    """A desk of this module's own: its web comes and goes."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    carpeta = Path(tempfile.mkdtemp(prefix="cp-mesa-"))
    with django_db_blocker.unblock(), mesa_con_huella(carpeta) as mesa:
        dar_entrada(mesa)
        with mesa.desde_aqui():
            yield mesa


@pytest.fixture
def mesa(mesa_propia: MesaConHuella) -> MesaConHuella:
    """With its web running and the demo data, whatever the last test left."""
    mesa_propia.reponer()
    return mesa_propia


@pytest.fixture
def pagina(quejas: list[str], context: BrowserContext, mesa: MesaConHuella) -> Page:
    """Signed in as `tomador`, the desk opened once with a line."""
    pagina = entrar(context.new_page(), mesa, "tomador")
    Escritorio(pagina, mesa).abrir()
    if not pagina.evaluate(ACTIVO):
        Escritorio(pagina, mesa).abrir()
    assert pagina.evaluate(LISTO) == 1
    return pagina


@pytest.fixture
def reglas(mesa: MesaConHuella) -> Reglas:
    """−5 % of the first article from a dozen on, −100 of the second and the third together."""
    gart = gart_de(mesa)
    canales = gart["reglas"]["canales"]
    cliente_id, cliente = next(
        (i, c) for i, c in gart["clientes"].items() if canales[str(c["canal"])]["lista"]
    )
    canal = str(cliente["canal"])
    fuera = set(canales[canal]["fuera"])
    dentro = [
        (i, a)
        for i, a in surtido(gart, canal, 40)
        if int(i) not in fuera and int(gart["precios"][canal][i]) > 1000
    ][:20]
    a, b, c = (i for i, _ in dentro[:3])
    lista = canales[canal]["lista"]
    mesa.ejecutar(REGLAS.format(lista=lista, a=a, b=b, c=c, monto=10**9))
    esperar("the catalogue has the rules", lambda: nombres_en(mesa, lista) == NOMBRES)
    return Reglas(cliente_id, cliente, dentro)


def hace_dos_dias(pagina: Page, entonces: datetime) -> None:
    """This computer's clock and the server's, as they were then."""

    def responder(ruta: Route) -> None:
        respuesta = ruta.fetch()
        cabeceras = respuesta.headers | {"date": format_datetime(entonces, usegmt=True)}
        cuerpo = respuesta.body()
        if "/api/datos-venta/?" in ruta.request.url:
            cuerpo = json.dumps(respuesta.json() | {"generado": entonces.isoformat()}).encode()
        ruta.fulfill(response=respuesta, headers=cabeceras, body=cuerpo)

    pagina.clock.install(time=entonces)
    pagina.route(DEL_SERVIDOR, responder)


def guardado_como(pagina: Page, nombre: str) -> Any:
    """The value kept under a name that begins so, inflated here: the page may have no server."""
    claves = pagina.evaluate("() => Object.entries(localStorage)")
    (texto,) = (texto for clave, texto in claves if f":{nombre}" in clave)
    return json.loads(descomprimir(texto, "utf16"))


def estado_de(url: str) -> int:
    """What the server says of it, without any browser."""
    try:
        with urllib.request.urlopen(url, timeout=30) as respuesta:
            return int(respuesta.status)
    except urllib.error.HTTPError as error:
        return error.code


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
    expect(otra.get_by_role("heading", name="Pedidos", exact=True)).to_be_visible()
    perdonar(quejas, *SIN_SERVIDOR)


def test_a_big_order_taken_without_a_line_is_stored_as_its_screen_showed_two_days_later(
    pagina: Page, mesa: MesaConHuella, quejas: list[str], reglas: Reglas
) -> None:
    entonces = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
    hace_dos_dias(pagina, entonces)
    escritorio = Escritorio(pagina, mesa).abrir()
    pagina.unroute_all(behavior="wait")
    mesa.cortar()
    pagina.reload()
    escritorio.esperar_catalogo()
    escritorio.elegir_cliente(reglas.cliente["ruc"])
    for lugar, (_, articulo) in enumerate(reglas.surtido):
        # The first of a dozen on; the second and the third together.
        escritorio.cargar(articulo["codigo"], 12 if lugar == 0 else 2)
        if lugar == 9:
            pagina.reload()
            expect(escritorio.lineas).to_have_count(10)
            escritorio.esperar_catalogo()
            pagina.locator("#entrada_articulo").focus()
    rebajas = pagina.locator(".linea-datos .rebaja").filter(has_text=re.compile("Docena|Desayuno"))
    expect(rebajas).to_contain_text(["Docena", "Desayuno", "Desayuno"])
    total = pagina.locator(".lineas tfoot td.num").text_content() or ""
    escritorio.enviar()
    expect(pagina.get_by_text("se envían solos al volver")).to_be_visible()
    expect(pagina.locator("[data-sincronia]")).to_contain_text(
        "1 pedido en este equipo, 1 espera para salir"
    )
    carga = guardado_como(pagina, "carga:")[reglas.cliente_id]
    tarde = pagina.context.new_page()
    pagina.close()
    # Two days later: another page, this computer's real clock, and the server is back.
    tarde.goto(escritorio.url)
    expect(tarde.get_by_text("1 espera para salir").first).to_be_visible()
    mesa.volver()
    expect(tarde.locator(".clientes-guardados .cliente-item-total")).to_have_text([total])
    pedido = Orders.objects.using(ALIAS).filter(pdvobj_id=int(reglas.cliente_id)).latest("pk")
    assert pedido.capturado_en == datetime.fromisoformat(carga["capturado_en"])
    assert entonces <= pedido.capturado_en < entonces + timedelta(hours=1)
    assert pedido.doc_fecha.isoformat() == carga["doc_fecha"]
    assert carga["doc_fecha"] == pedido.capturado_en.astimezone(ZONA).date().isoformat()
    detalles = OrdersDetail.objects.using(ALIAS).filter(orderobj=pedido)
    assert detalles.count() == 20
    assert total.endswith(miles(int(sum(en_base(pedido).values()))))
    assert pedido.status == "1"
    perdonar(quejas, *SIN_SERVIDOR)


def test_when_the_desk_cannot_start_its_shell_shows_what_is_kept_and_exports_it(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    gart = catalogo(mesa)
    cliente_id, cliente = clientes_de(gart, 3)[2]
    escritorio = Escritorio(pagina, mesa)
    escritorio.elegir_cliente(cliente["ruc"])
    for _, articulo in surtido(gart, str(cliente["canal"]), 3):
        escritorio.cargar(articulo["codigo"], 1)
    pagina.evaluate(ROMPER, mesa.direccion("js/mesa/mesa.js"))
    mesa.cortar()
    fria = reabrir(pagina)
    rescate = fria.locator("#rescate")
    expect(rescate.get_by_role("heading", name="La mesa no pudo abrirse")).to_be_visible()
    expect(rescate.get_by_role("listitem")).to_have_text([f"{cliente['nombrefantasia']}: 3 líneas"])
    with fria.expect_download() as bajada:
        rescate.get_by_role("button", name="Exportar los pedidos").click()
    exportado = json.loads(bajada.value.path().read_text("utf-8"))
    assert list(exportado["orders"]) == [cliente_id]
    perdonar(quejas, *SIN_SERVIDOR, "noExiste", "Alpine", "Undefined variable")


def test_a_new_version_waits_to_be_wanted_and_breaks_no_open_page(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    otra = pagina.context.new_page()
    Escritorio(otra, mesa).abrir()
    vieja = mesa.direccion("js/mesa/arranque.js")
    mesa.publicar(
        "js/mesa/arranque.js", "document.documentElement.dataset.prueba = 'b';\n", "b" * 12
    )
    pagina.evaluate(BUSCAR_VERSION)
    aviso = pagina.get_by_text("Nueva versión disponible.")
    expect(aviso).to_be_visible()
    expect(otra.get_by_text("Nueva versión disponible.")).to_be_visible()
    for abierta in (pagina, otra):
        assert abierta.evaluate("document.documentElement.dataset.prueba") is None
    # It is gone from the server.
    assert estado_de(f"{mesa.url}{vieja}") == 404
    assert pagina.evaluate(PEDIR, vieja) == 200
    pagina.get_by_role("button", name="Usarla ahora").click()
    expect(pagina.locator("html")).to_have_attribute("data-prueba", "b")
    Escritorio(pagina, mesa).esperar_catalogo()
    expect(aviso).to_be_hidden()
    # The other tab goes on as it was, with its own code.
    assert otra.evaluate("document.documentElement.dataset.prueba") is None
    assert otra.evaluate(PEDIR, vieja) == 200
    expect(otra.locator("html")).to_have_attribute("data-mesa", "lista")
    otra.get_by_role("button", name="Usarla ahora").click()
    expect(otra.locator("html")).to_have_attribute("data-prueba", "b")
    # And it is what opens without a line.
    mesa.cortar()
    fria = reabrir(otra)
    Escritorio(fria, mesa).esperar_catalogo()
    expect(fria.locator("html")).to_have_attribute("data-prueba", "b")
    perdonar(quejas, *SIN_SERVIDOR)


def test_switched_off_the_worker_and_what_it_kept_leave_the_browser(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    try:
        mesa.reiniciar_web(TRABAJADOR_DE_SERVICIO="false")
        Escritorio(pagina, mesa).abrir()
        assert pagina.evaluate(SIN_TRABAJADOR) == [0, 0]
        mesa.cortar()
        with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
            pagina.goto(f"{mesa.url}/pedidos/nuevo/")
    finally:
        mesa.reiniciar_web(TRABAJADOR_DE_SERVICIO="true")
    perdonar(quejas, *SIN_SERVIDOR)


def test_a_desk_opened_again_takes_what_it_kept_until_somebody_signs_out(
    pagina: Page, mesa: MesaConHuella, quejas: list[str]
) -> None:
    ((_, cliente),) = clientes_de(catalogo(mesa), 1)
    codigo = pagina.evaluate(CAMBIAR_LO_PREPARADO)
    # Nobody corrects what the browser found by itself.
    mesa.cortar()
    otra = reabrir(pagina)
    escritorio = Escritorio(otra, mesa)
    escritorio.esperar_catalogo()
    escritorio.elegir_cliente(cliente["ruc"])
    otra.locator("#entrada_articulo").press_sequentially(codigo)
    expect(otra.locator("#articulos_picker [role=option]").first).to_contain_text("QQQ")
    mesa.volver()
    otra.goto(f"{mesa.url}/pedidos/")
    otra.locator("summary[aria-label='Cuenta y apariencia']").click()
    otra.get_by_role("button", name="Salir").click()
    expect(otra.get_by_label("Usuario")).to_be_visible()
    assert otra.evaluate("caches.has('catalogo-preparado')") is False
    perdonar(quejas, *SIN_SERVIDOR)


@pytest.mark.parametrize("antes", [None, "tomador"])
def test_signing_out_leaves_nobodys_desk_on_this_computer(
    pagina: Page, mesa: MesaConHuella, quejas: list[str], antes: str | None
) -> None:
    if antes:
        # Whose session ended, without signing out; then somebody else came.
        pagina.context.clear_cookies()
        Escritorio(entrar(pagina, mesa, "supervisor"), mesa).abrir()
    pagina.locator("summary[aria-label='Cuenta y apariencia']").click()
    pagina.get_by_role("button", name="Salir").click()
    expect(pagina.get_by_label("Usuario")).to_be_visible()
    claves = pagina.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('cp:'))")
    de_quien = {clave.split(":")[3] for clave in claves}
    assert len(de_quien) == (1 if antes else 0), "what is left is the first person's"
    mesa.cortar()
    pagina.goto(f"{mesa.url}/pedidos/nuevo/")
    expect(pagina.get_by_role("heading", name="Sin línea")).to_be_visible()
    expect(pagina.get_by_text("Nadie tiene la mesa abierta en este equipo")).to_be_visible()
    expect(pagina.get_by_role("link", name="Ir a la mesa")).to_be_hidden()
    perdonar(quejas, *SIN_SERVIDOR)
