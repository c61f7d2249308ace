"""A quick hand on a slow line: what is typed or done while an answer is on its way stays."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import Mesa
from core.tests.e2e.tablero.tarjetas import poner, vaciar
from core.tests.e2e.tablero.test_tablero import abrir, tarjeta

PREFIJO = """
  const { empresa, sucursal, usuario } = JSON.parse(
    document.getElementById("parametros").textContent);
  const prefijo = `cp:${empresa}:${sucursal}:${usuario}:`;
"""
# A notebook that is busy, as another tab or a new catalogue keeps it, until `soltar()`.
OCUPAR = f"""() => new Promise((listo) => {{ {PREFIJO}
  navigator.locks.request(`${{prefijo}}mesa`, () => {{
    listo();
    return new Promise((soltar) => {{ window.soltar = soltar; }});
  }});
}})"""
# A section of the catalogue that was on its way, kept after everything was forgotten.
GUARDAR_TARDE = f"""() => {{ {PREFIJO}
  document.querySelector("form[data-salir]").addEventListener("submit", () =>
    localStorage.setItem(`${{prefijo}}cat:precios`, "late"));
}}"""
# Whether a card that left comes back, if only for an instant.
VIGILAR = """(id) => {
  window.volvio = false;
  const mirar = () => { window.volvio ||= document.getElementById(id) !== null; };
  const vigia = new MutationObserver(mirar);
  vigia.observe(document.querySelector("main"), { childList: true, subtree: true });
}"""


def test_the_next_code_is_typed_while_a_line_is_being_added(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 1)[0]
    (_, uno), (_, otro) = surtido(gart, str(cliente["canal"]), 2)
    mesa.elegir_cliente(cliente["ruc"])
    tomador.evaluate(OCUPAR)
    tomador.keyboard.type(str(uno["codigo"]))
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_cantidad")).to_be_focused()
    tomador.keyboard.type("5")
    tomador.keyboard.press("Enter")
    tomador.keyboard.type(str(otro["codigo"]))
    expect(mesa.lineas).to_have_count(0)
    tomador.evaluate("soltar()")
    expect(mesa.lineas).to_have_count(1)
    expect(tomador.locator("#entrada_articulo")).to_have_value(str(otro["codigo"]))
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_cantidad")).to_be_focused()


def test_an_older_drawing_that_comes_late_does_not_bring_back_what_was_answered(
    tomador: Page, mesa_real: Mesa
) -> None:
    vaciar(mesa_real)
    abrir(tomador, mesa_real)
    [(clave, _), (queda, _)] = poner(mesa_real, {"minutos": 90}, {})
    expect(tarjeta(tomador, queda)).to_be_visible()

    def responder_antes(ruta: Route) -> None:
        vieja = ruta.fetch()
        suya = tarjeta(tomador, clave)
        suya.get_by_label("El cliente no pasó a retirarlo").check()
        suya.get_by_role("button", name="Responder").click()
        expect(suya).to_have_count(0)
        tomador.evaluate(VIGILAR, f"tarjeta-{clave}")
        ruta.fulfill(response=vieja)

    tomador.route("**/no-completados/tarjetas/**", responder_antes, times=1)
    [(nueva, _)] = poner(mesa_real, {})
    expect(tarjeta(tomador, nueva)).to_be_visible()
    assert tomador.evaluate("volvio") is False


def test_what_arrives_while_somebody_leaves_is_not_left_behind(
    tomador: Page, mesa_real: Mesa
) -> None:
    Escritorio(tomador, mesa_real).abrir()
    tomador.evaluate(GUARDAR_TARDE)
    tomador.locator("[data-menu] summary").click()
    tomador.locator("form[data-salir] button").click()
    tomador.wait_for_url("**/cuentas/entrar/")
    assert tomador.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('cp:'))") == []
