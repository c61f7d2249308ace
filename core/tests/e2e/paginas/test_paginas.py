"""Every page in a real browser: accessible, whole at both sizes, in both themes, without noise."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from core.tests.e2e.conftest import entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import Mesa
from core.tests.e2e.navegante import Navegante

TAMANOS = {"desk": (1366, 768), "phone": (390, 844)}
# The demo's list with the most in it, of the supervisor's company.
LISTA = "/precios/3/"
RUTAS = (
    "/cuentas/clave/",
    "/pedidos/nuevo/",
    "/pedidos/",
    "/lotes/",
    "/panel/",
    "/precios/",
    "/precios/?q=ninguna",
    "/precios/nueva/",
    LISTA,
    f"{LISTA}reglas/nueva/",
    f"{LISTA}precios/",
    f"{LISTA}combinaciones/",
    f"{LISTA}combinaciones/nueva/",
    f"{LISTA}historia/",
    f"{LISTA}datos/",
    f"{LISTA}duplicado/",
    f"{LISTA}traslado/",
    f"{LISTA}importacion/",
)


# A region that waits for its answer is dimmed, and colours pass from one to another.
QUIETA = """() =>
    !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, [aria-busy=true]")
    && !document.getAnimations().some(
        (cambio) => cambio instanceof CSSTransition && cambio.playState === "running")"""


def faltas(pagina: Page) -> list[tuple[str, list[str]]]:
    """axe's violations once nothing moves: rule and the elements at fault."""
    pagina.wait_for_function(QUIETA)
    informe: dict[str, Any] = Axe().run(pagina).response
    return [
        (regla["id"], [nodo["html"] for nodo in regla["nodes"]]) for regla in informe["violations"]
    ]


def desborda(pagina: Page) -> bool:
    """Whether the page is wider than its window."""
    ancho: bool = pagina.evaluate("document.documentElement.scrollWidth > innerWidth")
    return ancho


@pytest.mark.parametrize("tamano", TAMANOS)
@pytest.mark.parametrize("tema", ["light", "dark"])
def test_pages_are_accessible_and_whole(
    browser: Browser, mesa_real: Mesa, tema: Literal["light", "dark"], tamano: str
) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(
        viewport={"width": ancho, "height": alto}, color_scheme=tema, reduced_motion="reduce"
    )
    pagina = contexto.new_page()
    pagina.goto(f"{mesa_real.url}/cuentas/entrar/")
    assert (faltas(pagina), desborda(pagina)) == ([], False)
    entrar(pagina, mesa_real, "supervisor")
    for ruta in RUTAS:
        pagina.goto(mesa_real.url + ruta)
        pagina.wait_for_load_state("load")
        assert pagina.locator("html").get_attribute("data-bs-theme") == tema
        assert (ruta, faltas(pagina), desborda(pagina)) == (ruta, [], False)
    contexto.close()


def test_the_choice_of_theme_stays_and_beats_the_system(tomador: Page, mesa_real: Mesa) -> None:
    tomador.goto(f"{mesa_real.url}/pedidos/")
    html = tomador.locator("html")
    expect(html).to_have_attribute("data-bs-theme", "light")
    tomador.locator("[data-menu] summary").click()
    tomador.get_by_role("button", name="Oscuro").click()
    expect(html).to_have_attribute("data-bs-theme", "dark")
    tomador.reload(wait_until="commit")
    expect(html).to_have_attribute("data-bs-theme", "dark")
    tomador.locator("[data-menu] summary").click()
    expect(tomador.get_by_role("button", name="Oscuro")).to_have_attribute("aria-pressed", "true")
    tomador.get_by_role("button", name="Compacta").click()
    expect(html).to_have_attribute("data-densidad", "compacta")


def test_keys_change_the_page_and_list_themselves(tomador: Page, mesa_real: Mesa) -> None:
    tomador.goto(f"{mesa_real.url}/pedidos/")
    tomador.keyboard.press("?")
    expect(tomador.locator("#atajos")).to_be_visible()
    tomador.keyboard.press("Escape")
    tomador.keyboard.press("/")
    expect(tomador.get_by_role("searchbox")).to_be_focused()
    tomador.locator("h1").click()
    tomador.keyboard.press("g")
    tomador.keyboard.press("l")
    tomador.wait_for_url("**/lotes/")


def test_leaving_asks_about_unsent_orders(tomador: Page, mesa_real: Mesa) -> None:
    mesa = con_una_linea(tomador, mesa_real)
    salir(tomador)
    dialogo = tomador.locator("#salida")
    expect(dialogo).to_contain_text("1 pedido con líneas está solo en este equipo")
    dialogo.get_by_role("button", name="Quedarse y enviar").click()
    expect(dialogo).to_be_hidden()
    expect(mesa.lineas).to_have_count(1)
    salir(tomador)
    dialogo.get_by_role("button", name="Salir y conservarlos").click()
    tomador.wait_for_url("**/cuentas/entrar/")
    assert claves(tomador, ":orders") == 1
    assert claves(tomador, ":cat") == 0
    Escritorio(entrar(tomador, mesa_real, "tomador"), mesa_real).abrir()
    expect(tomador.locator(".clientes-abiertos .cliente-item")).to_contain_text("sin enviar")


def test_leaving_may_delete_what_was_not_sent(tomador: Page, mesa_real: Mesa) -> None:
    con_una_linea(tomador, mesa_real)
    salir(tomador)
    tomador.get_by_role("button", name="Salir y borrarlos").click()
    tomador.wait_for_url("**/cuentas/entrar/")
    assert claves(tomador, "cp:") == 0


def test_on_a_phone_the_navigation_shows_where_we_are(pagina: Page, mesa_real: Mesa) -> None:
    pagina.set_viewport_size({"width": 390, "height": 844})
    entrar(pagina, mesa_real, "supervisor")
    pagina.goto(f"{mesa_real.url}/panel/")
    expect(pagina.get_by_role("link", name="Panel")).to_be_in_viewport(ratio=1)
    assert pagina.evaluate("scrollY") == 0


def test_a_lost_connection_is_said_and_taken_back(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    tomador.goto(f"{mesa_real.url}/pedidos/")
    franja = tomador.locator("[data-franja]")
    tomador.route("**/pedidos/?**", lambda ruta: ruta.abort("connectionrefused"))
    tomador.get_by_role("searchbox").fill("almacén")
    expect(franja).to_contain_text("Sin conexión con el servidor")
    tomador.unroute_all(behavior="wait")
    expect(franja).to_be_hidden()
    quejas[:] = [q for q in quejas if "ERR_CONNECTION_REFUSED" not in q and "htmx:" not in q]


def con_una_linea(pagina: Page, mesa_real: Mesa) -> Escritorio:
    """Order entry with one client and one line."""
    gart = Navegante(mesa_real).entrar().gart
    cliente = next(iter(gart["clientes"].values()))
    articulo = next(iter(gart["precios"][str(cliente["canal"])]))
    mesa = Escritorio(pagina, mesa_real).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(gart["articulos"][articulo]["codigo"], 2)
    return mesa


def salir(pagina: Page) -> None:
    """The way out, in the account menu."""
    pagina.locator("[data-menu] summary").click()
    pagina.locator("form[data-salir] button").click()


def claves(pagina: Page, trozo: str) -> int:
    """How many localStorage keys of the desk contain this."""
    cuantas: int = pagina.evaluate(
        "(t) => Object.keys(localStorage).filter((k) => k.includes(t)).length", trozo
    )
    return cuantas
