"""At the key: what is typed is answered here; the server confirms it, or is never heard of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import Mesa, esperar

PICKERS = re.compile(r"/pedidos/(articulos|clientes)/\?")
ABIERTA = "#articulos_picker:not([hidden]) [role=option]"
MARCADA = "#articulos_picker [aria-selected=true]"
# The row that is marked, where it is on the screen, and the list's scroll.
VISTA = """() => {
  const lista = document.querySelector("#articulos_picker [role=listbox]");
  const marcada = lista.querySelector("[aria-selected=true]");
  return [marcada.id, marcada.getBoundingClientRect().top, lista.scrollTop];
}"""
GUARDAR = """() => {
  window.lista = document.querySelector("#articulos_picker [role=listbox]");
  window.cambios = 0;
  new MutationObserver((hechos) => (window.cambios += hechos.length)).observe(
    document.getElementById("articulos_picker"),
    { subtree: true, childList: true, attributes: true, characterData: true });
}"""
INTACTA = """() => [window.lista.isConnected, window.cambios]"""


class Servidor:
    """The pickers' requests held until a test lets them go, with another body if it says so."""

    def __init__(self, pagina: Page) -> None:
        self.rutas: list[Route] = []
        pagina.route(PICKERS, self._retener)
        self.pagina = pagina

    def _retener(self, ruta: Route) -> None:
        self.rutas.append(ruta)

    def preguntado(self, cuantas: int = 1) -> None:
        """Wait until so many have been asked."""
        esperar("the server is asked", lambda: self._mirar() >= cuantas)

    def _mirar(self) -> int:
        # Routes are told of while Playwright has its turn.
        self.pagina.wait_for_timeout(20)
        return len(self.rutas)

    def contestar(self, cambio: Any = lambda cuerpo: cuerpo) -> None:
        """The last one's answer."""
        ruta = self.rutas[-1]
        respuesta = ruta.fetch()
        with self.pagina.expect_response(PICKERS):
            ruta.fulfill(response=respuesta, body=cambio(respuesta.text()))
        # htmx has it in its hands in the same task.
        self.pagina.evaluate("() => new Promise((seguir) => setTimeout(seguir))")


@pytest.fixture
def mesa(tomador: Page, mesa_real: Mesa) -> Escritorio:
    """Order entry with the first client's order."""
    escritorio = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(catalogo(mesa_real), 1)[0]
    escritorio.elegir_cliente(cliente["ruc"])
    return escritorio


@pytest.fixture
def palabra(mesa_real: Mesa) -> str:
    """The beginning of many articles' names."""
    return str(next(iter(catalogo(mesa_real)["articulos"].values()))["descripcion"])[:3].lower()


def filas(pagina: Page) -> list[str]:
    """The ids of the rows on the screen."""
    return [str(i) for i in pagina.locator(ABIERTA).evaluate_all("(f) => f.map(({ id }) => id)")]


def test_a_server_that_takes_seconds_is_not_waited_for(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    servidor = Servidor(tomador)
    for _, cliente in clientes_de(gart, 2):
        mesa.elegir_cliente(cliente["ruc"])
        expect(tomador.locator(".pedido-nombre")).to_have_text(cliente["nombrefantasia"])
        # The same code for both: the first one's list is nobody's.
        (_, articulo) = surtido(gart, str(cliente["canal"]), 1)[0]
        mesa.cargar(articulo["codigo"], 3)
    tomador.keyboard.type("a")
    expect(tomador.locator(MARCADA)).to_be_visible()
    visto = tomador.locator(MARCADA).get_attribute("data-descripcion")
    servidor.preguntado()
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_articulo")).to_have_value(str(visto))
    perdonar(quejas, "htmx:timeout", "htmx:afterRequest")


def test_a_server_that_says_the_same_touches_nothing(mesa: Escritorio, palabra: str) -> None:
    pagina = mesa.pagina
    servidor = Servidor(pagina)
    pagina.keyboard.type(palabra)
    expect(pagina.locator(MARCADA)).to_be_visible()
    for _ in range(3):
        pagina.keyboard.press("ArrowDown")
    servidor.preguntado()
    pagina.evaluate(GUARDAR)
    servidor.contestar()
    assert pagina.evaluate(INTACTA) == [True, 0]


def test_a_fresher_list_moves_neither_the_marked_row_nor_the_scroll(
    mesa: Escritorio, palabra: str
) -> None:
    pagina = mesa.pagina
    servidor = Servidor(pagina)
    pagina.keyboard.type(palabra)
    expect(pagina.locator(MARCADA)).to_be_visible()
    for _ in range(14):
        pagina.keyboard.press("ArrowDown")
    antes, vista = filas(pagina), pagina.evaluate(VISTA)
    servidor.preguntado()

    def con_una_mas(cuerpo: str) -> str:
        nueva = re.search(r"<li.*?</li>", cuerpo, re.DOTALL)
        assert nueva
        otra = re.sub(r'id="articulo-\d+"', 'id="articulo-999999"', nueva.group())
        return cuerpo.replace(nueva.group(), otra + nueva.group(), 1)

    servidor.contestar(con_una_mas)
    # The answer is at the browser; its rows come with the next frame.
    expect(pagina.locator("#articulo-999999")).to_be_attached()
    assert filas(pagina) == ["articulo-999999", *antes[:13], antes[14], antes[13], *antes[15:]]
    assert pagina.evaluate(VISTA) == vista


def test_a_marked_row_that_the_server_lacks_stays_for_the_enter(
    mesa: Escritorio, palabra: str
) -> None:
    pagina = mesa.pagina
    servidor = Servidor(pagina)
    pagina.keyboard.type(palabra)
    expect(pagina.locator(MARCADA)).to_be_visible()
    vista = pagina.evaluate(VISTA)
    visto = pagina.locator(MARCADA).get_attribute("data-descripcion")
    servidor.preguntado()
    servidor.contestar(lambda cuerpo: re.sub(r"<li.*?</li>", "", cuerpo, count=1, flags=re.DOTALL))
    assert pagina.evaluate(VISTA) == vista
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_articulo")).to_have_value(str(visto))


def test_without_a_line_each_key_has_its_rows_and_nobody_is_asked(
    mesa: Escritorio, palabra: str, quejas: list[str]
) -> None:
    pagina = mesa.pagina
    pagina.context.set_offline(True)
    pagina.keyboard.type("zqx")
    expect(pagina.locator("[data-sincronia]")).to_contain_text("Sin conexión")
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("Escape")
    pedidas: list[str] = []
    pagina.on("request", lambda pedida: pedidas.append(pedida.url))
    pagina.keyboard.type(palabra)
    expect(pagina.locator(MARCADA)).to_be_visible()
    visto = pagina.locator(MARCADA).get_attribute("data-descripcion")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_articulo")).to_have_value(str(visto))
    assert not [url for url in pedidas if PICKERS.search(url)]
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def test_the_nearest_is_said_to_be_so_and_no_quick_enter_takes_it(
    mesa: Escritorio, mesa_real: Mesa
) -> None:
    pagina = mesa.pagina
    gart = catalogo(mesa_real)
    nombre = max(
        (palabra for a in gart["articulos"].values() for palabra in a["descripcion"].split()),
        key=len,
    )
    # Two letters swapped: nobody has it so.
    pagina.keyboard.type(f"{nombre[:-3]}{nombre[-2]}{nombre[-3]}{nombre[-1]}")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#articulos_picker[data-cercanas]")).to_be_visible()
    expect(pagina.locator("#articulos_picker [data-pie]")).to_have_text(
        "Nada coincide; lo más parecido es:"
    )
    expect(pagina.locator(MARCADA)).to_have_count(0)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_articulo")).to_be_focused()
    pagina.keyboard.press("ArrowDown")
    elegida = pagina.locator(MARCADA)
    expect(elegida).to_have_count(1)
    descripcion = str(elegida.get_attribute("data-descripcion"))
    assert nombre in descripcion
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_articulo")).to_have_value(descripcion)


def test_before_the_catalogue_has_come_the_same_keys_are_the_same_lines(
    tomador: Page, mesa_real: Mesa
) -> None:
    """Whoever types without looking went on in the code: 1003 Enter 5 was the article 10035."""
    gart = catalogo(mesa_real)
    _, cliente = clientes_de(gart, 1)[0]
    uno, otro = (a for _, a in surtido(gart, str(cliente["canal"]), 2))
    tomador.route("**/datos-venta/**", lambda ruta: None)
    tomador.goto(f"{mesa_real.url}/pedidos/nuevo/")
    mesa = Escritorio(tomador, mesa_real)
    mesa.elegir_cliente(cliente["ruc"])
    servidor = Servidor(tomador)
    tomador.keyboard.type(f"{uno['codigo']}\n5\n{otro['codigo']}\n12\n")
    for lineas in (1, 2):
        servidor.preguntado(lineas)
        expect(mesa.lineas).to_have_count(lineas - 1)
        servidor.contestar()
        expect(mesa.lineas).to_have_count(lineas)
    for fila, articulo, cantidad in ((0, uno, "5"), (1, otro, "12")):
        expect(mesa.lineas.nth(fila)).to_contain_text(articulo["descripcion"])
        expect(mesa.lineas.nth(fila).locator(".celda-cantidad")).to_have_value(cantidad)
    expect(tomador.locator("#entrada_articulo")).to_be_focused()
    expect(tomador.locator("#entrada_articulo")).to_have_value("")
