"""A quick hand at the desk: keys before the answer, deeds twice, other clients meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.carga.test_mesa_fallas import abrir_cliente, perdonar, sembrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import Mesa

# What a busy machine does: somebody else has the notebook, until `soltar` is called.
TOMAR = """async () => {
  const parametros = JSON.parse(document.getElementById("parametros").textContent);
  const { empresa, sucursal, usuario } = parametros;
  const libreta = `cp:${empresa}:${sucursal}:${usuario}:mesa`;
  const tenido = Promise.withResolvers();
  await new Promise((listo) => navigator.locks.request(libreta, () => {
    listo();
    return tenido.promise;
  }));
  window.soltar = tenido.resolve;
}"""


def ocupada(mesa: Escritorio, ruc: str, teclear: Callable[[], None]) -> None:
    """Choose a client, and go on before its order opens."""
    pagina = mesa.pagina
    pagina.keyboard.press("/")
    pagina.keyboard.type(ruc)
    expect(pagina.locator("#clientes_picker [aria-selected=true]")).to_be_visible()
    pagina.evaluate(TOMAR)
    pagina.keyboard.press("Enter")
    teclear()
    pagina.evaluate("soltar()")
    expect(pagina.locator("#entrada_articulo")).to_be_focused()


def cantidades(mesa: Escritorio) -> dict[str, list[int]]:
    orders = json.loads(mesa.guardado("orders")["json"])
    return {c: [linea["cantidad"] for linea in valor["detalles"]] for c, valor in orders.items()}


def test_what_is_typed_while_a_client_opens_is_the_new_orders(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    teclas, entrada = tomador.keyboard, tomador.locator("#entrada_articulo")
    (uno_id, uno), (dos_id, dos), (_, tres) = clientes_de(gart, 3)
    con_barras = [a for _, a in surtido(gart, str(dos["canal"]), 12) if a["codigo_barras"]][:2]
    # Its entry row is not even shown yet.
    ocupada(mesa, uno["ruc"], lambda: teclas.type("yer"))
    expect(entrada).to_have_value("yer")
    expect(tomador.locator("#entrada_cliente")).to_have_value("")
    expect(tomador.locator("#articulos_picker [aria-selected=true]")).to_be_visible()

    def escanear() -> None:
        for articulo in con_barras:
            teclas.type(articulo["codigo_barras"])
            teclas.press("Enter")
        teclas.type("y")

    entrada.fill("")
    ocupada(mesa, dos["ruc"], escanear)
    expect(mesa.lineas).to_have_count(2)
    expect(entrada).to_have_value("y")
    assert cantidades(mesa) == {uno_id: [], dos_id: [1, 1]}

    def en_la_entrada() -> None:
        entrada.click()
        teclas.type("erba")

    entrada.fill("")
    ocupada(mesa, tres["ruc"], en_la_entrada)
    expect(tomador.locator(".pedido-nombre")).to_have_text(tres["nombrefantasia"])
    expect(entrada).to_have_value("erba")


def test_what_is_half_edited_is_the_order_it_was_written_in(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    uno, dos = sembrar(mesa, gart, 2, 2)
    abrir_cliente(mesa, gart["clientes"][uno]["nombrefantasia"])
    tomador.locator("[data-columna=cantidad]").first.focus()
    tomador.keyboard.type("77")
    tomador.keyboard.press("Alt+ArrowDown")
    expect(tomador.locator(".pedido-nombre")).to_have_text(gart["clientes"][dos]["nombrefantasia"])
    tomador.locator("#observacion").click()
    tomador.keyboard.type("por la tarde")
    tomador.keyboard.press("Alt+ArrowUp")
    expect(tomador.locator("[data-columna=cantidad]").first).to_have_value("77")
    expect(tomador.locator("#observacion")).to_have_value("")
    tomador.keyboard.press("Alt+ArrowDown")
    expect(tomador.locator("#observacion")).to_have_value("por la tarde")
    expect(tomador.locator("[data-columna=cantidad]").first).to_have_value("1")


def test_ctrl_enter_in_the_quantity_sends_and_adds_nothing(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    _, cliente = clientes_de(gart, 53)[52]
    (_, uno), (_, otro) = surtido(gart, str(cliente["canal"]), 2)
    mesa = Escritorio(tomador, mesa_real).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(uno["codigo"], 1)
    tomador.keyboard.type(str(otro["codigo"]))
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_cantidad")).to_be_focused()
    tomador.keyboard.press("Control+Enter")
    expect(tomador.locator("#dialogo_envio")).to_be_visible()
    expect(mesa.lineas).to_have_count(1)
    tomador.keyboard.press("Escape")
    expect(tomador.locator("#entrada_cantidad")).to_be_focused()
    tomador.keyboard.press("Enter")
    expect(mesa.lineas).to_have_count(2)


def test_a_quantity_typed_again_before_the_first_one_is_kept_stays(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 1)
    cantidad = tomador.locator("[data-columna=cantidad]").first
    cantidad.fill("5")
    tomador.evaluate(TOMAR)
    tomador.keyboard.press("Enter")
    cantidad.focus()
    tomador.keyboard.press("End")
    tomador.keyboard.type("7")
    tomador.evaluate("soltar()")
    expect(tomador.locator(".lineas tbody .monto").first).not_to_have_text("")
    tomador.keyboard.press("Enter")
    expect(cantidad).to_have_value("57")


def test_lines_removed_come_back_the_last_one_first(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 3)
    nombres = mesa.lineas.locator(".linea-articulo > span").all_inner_texts()
    tomador.locator("[data-columna=cantidad]").first.focus()
    tomador.evaluate(TOMAR)
    # Before the first one is gone.
    for _ in range(2):
        tomador.keyboard.press("Delete")
    tomador.evaluate("soltar()")
    expect(mesa.lineas).to_have_count(1)
    expect(tomador.locator("[data-columna=cantidad]")).to_be_focused()
    for van in (2, 3):
        tomador.keyboard.press("Control+z")
        expect(mesa.lineas).to_have_count(van)
    assert mesa.lineas.locator(".linea-articulo > span").all_inner_texts() == nombres
    expect(tomador.get_by_role("button", name="Deshacer")).to_have_count(0)


def test_the_last_order_shown_is_the_clients_however_late_it_comes(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    (uno_id, uno), (_, dos) = clientes_de(gart, 2)
    tardias: list[Route] = []

    def contestar(ruta: Route) -> None:
        cliente = "1" if f"cliente={uno_id}&" in ruta.request.url else "2"
        cuerpo = (
            f'<div id="ultimo_pedido" class="ultimo"><button data-repetir>{cliente}</button></div>'
        )
        if cliente == "1" and not tardias:
            tardias.append(ruta)
            return
        ruta.fulfill(body=cuerpo, content_type="text/html")

    tomador.route("**/pedidos/ultimo/**", contestar)
    mesa.elegir_cliente(uno["ruc"])
    mesa.elegir_cliente(dos["ruc"])
    ultimo = tomador.locator("#ultimo_pedido")
    expect(ultimo).to_have_text("2")
    with tomador.expect_response("**/pedidos/ultimo/**"):
        tardias[0].fulfill(body='<div id="ultimo_pedido">1</div>', content_type="text/html")
    tomador.evaluate("new Promise((seguir) => setTimeout(seguir))")
    expect(ultimo).to_have_text("2")
    # Nor does one client's stay while another's is on its way, or never comes.
    tomador.unroute_all(behavior="wait")
    tomador.route("**/pedidos/ultimo/**", lambda ruta: None)
    tomador.keyboard.press("Alt+ArrowUp")
    expect(tomador.locator(".pedido-nombre")).to_have_text(uno["nombrefantasia"])
    expect(ultimo).to_have_text("")


def test_choosing_a_client_without_a_session_does_not_leave_the_desk(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 1)[0]
    context.clear_cookies()
    tomador.keyboard.press("/")
    tomador.keyboard.type(cliente["ruc"])
    # Nobody waits for the server, but what it says is said.
    expect(tomador.locator(".mensaje:visible", has_text="La sesión terminó.")).to_be_visible()
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_articulo")).to_be_focused()
    (_, articulo) = surtido(gart, str(cliente["canal"]), 1)[0]
    mesa.cargar(articulo["codigo"], 2)
    assert tomador.url == mesa.url
    perdonar(quejas, "401 (Unauthorized)")


@pytest.mark.parametrize("veces", [2])
def test_a_double_click_on_repeat_is_one(tomador: Page, mesa_real: Mesa, veces: int) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    cliente_id, cliente = clientes_de(gart, 231)[230]
    canal = str(cliente["canal"])
    articulo_id, articulo = surtido(gart, canal, 1)[0]
    datos: dict[str, Any] = {
        "id": articulo_id,
        "codigo": articulo["codigo"],
        "descripcion": articulo["descripcion"],
        "marca": articulo["prod_marca"],
        "tasa": articulo["tasa_iva"],
        "precio": "10000",
        "cantidad": "4",
    }
    fila = "".join(f' data-{nombre}="{valor}"' for nombre, valor in datos.items())
    cuerpo = (
        '<div id="ultimo_pedido"><button data-repetir>Repetir</button>'
        f"<ul hidden><li{fila}></li></ul></div>"
    )
    tomador.route(
        "**/pedidos/ultimo/**", lambda ruta: ruta.fulfill(body=cuerpo, content_type="text/html")
    )
    mesa.elegir_cliente(cliente["ruc"])
    tomador.get_by_role("button", name="Repetir").click(click_count=veces)
    expect(mesa.lineas).to_have_count(1)
    expect(tomador.locator("[data-columna=cantidad]").first).to_have_value("4")
    assert cantidades(mesa) == {cliente_id: [4]}


def test_a_double_click_discards_one_order(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 3, 1)
    tomador.get_by_role("button", name="Descartar pedido").dblclick()
    expect(tomador.locator(".clientes-abiertos .cliente-item")).to_have_count(2)
    expect(tomador.get_by_role("button", name="Deshacer")).to_have_count(1)
    tomador.keyboard.press("Control+z")
    expect(tomador.locator(".clientes-abiertos .cliente-item")).to_have_count(3)


def test_what_is_missing_for_a_discount_is_read_whole(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 1)[0]
    mesa.elegir_cliente(cliente["ruc"])
    yerba = next(a for a in gart["articulos"].values() if a["descripcion"].startswith("Yerba"))
    mesa.cargar(yerba["codigo"], 10)
    falta = tomador.locator(".falta:visible").first
    expect(falta).to_be_visible()
    cortadas = falta.locator("span").evaluate_all(
        """(frases) => frases.filter((frase) => {
            frase.textContent = "Regla de un nombre largo, tan largo como se quiera. ".repeat(3);
            return frase.scrollWidth > frase.clientWidth;
        }).length"""
    )
    assert cortadas == 0
