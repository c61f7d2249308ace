"""A barcode scanner at the desk, by key events with their real timing, wherever the focus is."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from sales.models import LotePedidos

# Milliseconds between keys: a scanner's, and a quick hand's.
LECTOR, MANO = 4, 90
Articulo = dict[str, Any]
# A right one that no article has.
DESCONOCIDO = "9990000000003"


@pytest.fixture
def codigos(mesa_real: Mesa) -> list[Articulo]:
    """Articles with a barcode of thirteen figures that sell to the first client."""
    gart = catalogo(mesa_real)
    _, cliente = clientes_de(gart, 1)[0]
    todos = (articulo for _, articulo in surtido(gart, str(cliente["canal"]), 60))
    return [a for a in todos if len(a["codigo_barras"] or "") == 13][:20]


@pytest.fixture
def mesa(tomador: Page, mesa_real: Mesa) -> Escritorio:
    """Order entry with the first client's order."""
    escritorio = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(catalogo(mesa_real), 1)[0]
    escritorio.elegir_cliente(cliente["ruc"])
    return escritorio


class Lector:
    """Types codes, each key at the time that it says, however busy the machine is."""

    def __init__(self, pagina: Page) -> None:
        self.canal = pagina.context.new_cdp_session(pagina)
        self.reloj = 0.0

    def leer(self, codigo: str, fin: str | None = "Enter", *, cada: int = LECTOR) -> None:
        """A code's figures and the key that ends it, so many milliseconds apart."""
        self.reloj = max(self.reloj + 1, time.time())
        self._cifras(codigo, cada)
        if fin == "Enter":
            self._tecla(cada, key=fin, code=fin, text="\r", windowsVirtualKeyCode=13)
        elif fin:
            self._tecla(cada, key=fin, code=fin, windowsVirtualKeyCode=9)

    def seguir(self, resto: str, *, tras: int) -> None:
        """What is left of a code, so many milliseconds after the rest, and Enter."""
        self._tecla(tras, key=resto[0], code=f"Digit{resto[0]}", text=resto[0])
        self._cifras(resto[1:], LECTOR)
        self._tecla(LECTOR, key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13)

    def _cifras(self, cifras: str, cada: int) -> None:
        for cifra in cifras:
            self._tecla(cada, key=cifra, code=f"Digit{cifra}", text=cifra)

    def _tecla(self, tras: int, **datos: Any) -> None:
        self.reloj += tras / 1_000
        for tipo in ("keyDown", "keyUp"):
            self.canal.send(
                "Input.dispatchKeyEvent", {"type": tipo, "timestamp": self.reloj} | datos
            )


@pytest.fixture
def lector(mesa: Escritorio) -> Lector:
    return Lector(mesa.pagina)


def cantidades(mesa: Escritorio) -> Any:
    return mesa.pagina.locator(".lineas .celda-cantidad")


@pytest.mark.parametrize("fin", ["Enter", "Tab", None])
def test_thirty_one_after_the_other_and_none_is_lost(
    mesa: Escritorio, lector: Lector, codigos: list[Articulo], fin: str | None
) -> None:
    for articulo in codigos[:15] * 2:
        lector.leer(articulo["codigo_barras"], fin, cada=1)
    expect(mesa.lineas).to_have_count(15)
    for i in range(15):
        expect(cantidades(mesa).nth(i)).to_have_value("2")
    entrada = mesa.pagina.locator("#entrada_articulo")
    expect(entrada).to_be_focused()
    expect(entrada).to_have_value("")


def test_wherever_the_focus_is_nothing_is_pressed(
    mesa: Escritorio, lector: Lector, codigos: list[Articulo]
) -> None:
    pagina = mesa.pagina
    lotes = LotePedidos.objects.using(ALIAS).count()
    lector.leer(codigos[0]["codigo_barras"])
    expect(mesa.lineas).to_have_count(1)
    # On the button that sends, on nothing, and in the dialog that asks whether to send.
    pagina.get_by_role("button", name="Enviar 1 pedido").focus()
    lector.leer(codigos[1]["codigo_barras"])
    expect(mesa.lineas).to_have_count(2)
    expect(pagina.locator("#dialogo_envio")).to_be_hidden()
    pagina.evaluate("document.activeElement.blur()")
    lector.leer(codigos[2]["codigo_barras"], "Tab")
    expect(mesa.lineas).to_have_count(3)
    pagina.keyboard.press("Control+Enter")
    expect(pagina.locator("#dialogo_envio")).to_be_visible()
    lector.leer(codigos[3]["codigo_barras"])
    expect(mesa.lineas).to_have_count(4)
    expect(pagina.locator("#dialogo_envio")).to_be_hidden()
    expect(pagina.locator("#entrada_articulo")).to_be_focused()
    assert LotePedidos.objects.using(ALIAS).count() == lotes


def test_in_a_cell_it_is_no_number_and_a_hands_figures_are(
    mesa: Escritorio, lector: Lector, codigos: list[Articulo]
) -> None:
    pagina = mesa.pagina
    lector.leer(codigos[0]["codigo_barras"])
    expect(mesa.lineas).to_have_count(1)
    precio = pagina.locator(".lineas .celda-precio").first
    antes = precio.input_value()
    for campo, codigo in ((cantidades(mesa).first, codigos[1]), (precio, codigos[2])):
        campo.focus()
        campo.select_text()
        lector.leer(codigo["codigo_barras"])
    expect(mesa.lineas).to_have_count(3)
    expect(cantidades(mesa).first).to_have_value("1")
    expect(precio).to_have_value(antes)
    expect(pagina.locator("#avisos")).to_be_empty()
    # Eight figures by hand are a price.
    precio.focus()
    precio.select_text()
    lector.leer("12500000", cada=MANO)
    expect(precio).to_have_value("12.500.000")
    expect(mesa.lineas).to_have_count(3)


def test_an_unknown_code_is_said_and_the_next_one_goes_on(
    mesa: Escritorio, lector: Lector, codigos: list[Articulo]
) -> None:
    lector.leer("9990000000003")
    lector.leer(codigos[0]["codigo_barras"])
    expect(mesa.lineas).to_have_count(1)
    expect(mesa.pagina.locator("#avisos")).to_contain_text("9990000000003: Ningún artículo")


# What a browser makes of the page's sounds, kept where a test can read it.
TONOS = """
  window.tonos = [];
  const empezar = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...desde) {
    window.tonos.push(this.frequency.value);
    return empezar.apply(this, desde);
  };
"""


def test_a_code_that_nobody_knows_is_heard_and_left_on_the_screen(
    tomador: Page, mesa_real: Mesa, codigos: list[Articulo]
) -> None:
    tomador.add_init_script(TONOS)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(catalogo(mesa_real), 1)[0]
    mesa.elegir_cliente(cliente["ruc"])
    lector = Lector(tomador)
    lector.leer(codigos[0]["codigo_barras"])
    lector.leer(DESCONOCIDO)
    dicho = tomador.get_by_role("alert").filter(has_text=DESCONOCIDO)
    expect(dicho).to_have_text(
        f"{DESCONOCIDO}: Ningún artículo con ese código, nombre o código de barras."
    )
    tomador.wait_for_function("window.tonos.length > 0")
    lector.leer(codigos[1]["codigo_barras"])
    expect(mesa.lineas).to_have_count(2)
    # One for the unknown code, none for those that were found; what was said is still there.
    assert tomador.evaluate("window.tonos") == [220]
    expect(dicho).to_be_visible()


def test_half_a_code_and_a_pause_sell_nothing_else(
    mesa: Escritorio, lector: Lector, codigos: list[Articulo], mesa_real: Mesa
) -> None:
    """The first article that has those figures was taken, of the quantity written."""
    articulo = codigos[-1]
    barras = articulo["codigo_barras"]
    entrada = mesa.pagina.locator("#entrada_articulo")
    for figuras in (8, 12):
        entrada.press_sequentially("6*")
        lector.leer(barras[:figuras], None)
        expect(mesa.pagina.locator("#articulos_picker [role=option]").first).to_be_visible()
        lector.seguir(barras[figuras:], tras=200)
        expect(entrada).to_have_value("")
    expect(mesa.lineas).to_have_count(1)
    expect(mesa.lineas).to_contain_text(articulo["descripcion"])
    expect(cantidades(mesa)).to_have_value("12")
    # Half of it is nobody's.
    lector.leer(barras[:8])
    expect(mesa.pagina.locator("#avisos")).to_contain_text(f"{barras[:8]}: Ningún artículo")
    expect(mesa.lineas).to_have_count(1)
