"""The desk always opens: what cannot be shown is said, kept and mended, and the rest goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de
from core.tests.e2e.carga.test_mesa_fallas import abrir_cliente, perdonar, sembrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from sales.models import Orders

# An order as no desk of today writes it, under a client that is open, or a value that is none.
ESTROPEAR = """async ([clave, cliente, valor]) => {
  const { comprimir, inflar } = await import("/static/js/comun/almacen.js");
  const entera = Object.keys(localStorage).find((k) => k.endsWith(clave));
  if (cliente === null) return localStorage.setItem(entera, valor);
  const orders = inflar(localStorage.getItem(entera));
  localStorage.setItem(entera, comprimir({ ...orders, [cliente]: valor }));
}"""
# 1.000.000 × 1.200.000: what once made every order invisible.
IMPOSIBLE = {
    "articulo_id": 1,
    "cantidad": 1_000_000,
    "precio_unitario": "1200000000",
    "exenta": "1200000000000000",
}


def estropear(mesa: Escritorio, clave: str, cliente: str | None, valor: Any) -> None:
    """Put it in storage behind the page's back, and open the desk again."""
    salir_de_la_mesa(mesa)
    mesa.pagina.evaluate(ESTROPEAR, [clave, cliente, valor])
    mesa.abrir()


def salir_de_la_mesa(mesa: Escritorio) -> None:
    """To a page that keeps no notebook: a desk would write its own over what is damaged."""
    mesa.pagina.goto(mesa.url.replace("/pedidos/nuevo/", "/lotes/"))


def test_an_order_that_cannot_be_shown_is_said_mended_and_the_others_go(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    bueno, malo = sembrar(mesa, gart, 2, 2)
    nombre = gart["clientes"][malo]["nombrefantasia"]
    buena = json.loads(mesa.guardado("orders")["json"])[malo][0]
    valor = {"detalles": [IMPOSIBLE, buena, {"articulo_id": "x"}], "observacion": "urgente"}
    estropear(mesa, ":orders", malo, valor)
    abiertos = tomador.locator(".clientes-listas > .clientes-abiertos .cliente-item")
    expect(abiertos).to_have_count(2)
    expect(abiertos.filter(has_text="no se puede mostrar")).to_have_count(1)
    abrir_cliente(mesa, nombre)
    aviso = tomador.get_by_role("alert").filter(has_text="Pedido que no se puede mostrar")
    expect(aviso).to_be_visible()
    with tomador.expect_download() as bajada:
        aviso.get_by_role("button", name="Exportar este pedido").click()
    assert json.loads(bajada.value.path().read_text("utf-8"))["orders"] == {malo: valor}
    # The other one goes, this one stays.
    antes = Orders.objects.using(ALIAS).count()
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    assert Orders.objects.using(ALIAS).filter(pdvobj_id=int(bueno)).exists()
    assert Orders.objects.using(ALIAS).count() == antes + 1
    abrir_cliente(mesa, nombre)
    # Discarded and undone, it is what it was.
    aviso.get_by_role("button", name="Descartar pedido").click()
    expect(abiertos).to_have_count(0)
    tomador.keyboard.press("Control+z")
    expect(aviso).to_be_visible()
    aviso.get_by_role("button", name="Reparar").click()
    expect(tomador.get_by_text("reparado: 2 líneas quedaron fuera.")).to_be_visible()
    expect(mesa.lineas).to_have_count(1)
    expect(tomador.locator("#observacion")).to_have_value("urgente")
    mesa.enviar()
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(2)
    assert Orders.objects.using(ALIAS).count() == antes + 2


@pytest.mark.parametrize("nombre", ["orders", "fichas", "rechazos"])
def test_a_damaged_value_is_said_kept_aside_and_exported(
    tomador: Page, mesa_real: Mesa, nombre: str
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 1)
    salir_de_la_mesa(mesa)
    tomador.evaluate(
        "(n) => localStorage.setItem(Object.keys(localStorage).find((k) => k.endsWith(':orders'))"
        ".replace('orders', n), 'basura')",
        nombre,
    )
    mesa.abrir()
    expect(tomador.get_by_text("Una parte de lo guardado en este navegador")).to_be_visible()
    with tomador.expect_download() as bajada:
        tomador.get_by_role("button", name="Exportar los pedidos").click()
    contenido = json.loads(bajada.value.path().read_text("utf-8"))
    assert contenido["apartados"] == {f"{nombre}:danado": "basura"}
    _, cliente = clientes_de(gart, 40)[39]
    mesa.elegir_cliente(cliente["ruc"])
    expect(tomador.locator(".pedido-nombre")).to_have_text(cliente["nombrefantasia"])


def test_when_the_desk_cannot_start_what_is_kept_is_shown_and_exported(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    (cliente,) = sembrar(mesa, gart, 1, 3)
    orders = json.loads(mesa.guardado("orders")["json"])

    def romper(ruta: Route) -> None:
        ruta.fulfill(content_type="text/javascript", body="export const mesa = () => noExiste;")

    tomador.route("**/js/mesa/mesa.*", romper)
    tomador.reload()
    rescate = tomador.locator("#rescate")
    expect(rescate.get_by_role("heading", name="La mesa no pudo abrirse")).to_be_visible()
    nombre = gart["clientes"][cliente]["nombrefantasia"]
    expect(rescate.get_by_role("listitem")).to_have_text([f"{nombre}: 3 líneas"])
    with tomador.expect_download() as bajada:
        rescate.get_by_role("button", name="Exportar los pedidos").click()
    assert json.loads(bajada.value.path().read_text("utf-8"))["orders"] == orders
    tomador.unroute_all(behavior="wait")
    rescate.get_by_role("button", name="Abrir otra vez").click()
    expect(mesa.lineas).to_have_count(3)
    expect(rescate).to_be_hidden()
    perdonar(quejas, "noExiste", "Alpine", "Undefined variable")


def test_another_content_under_the_same_id_goes_as_a_new_order(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 41)[40]
    mesa.elegir_cliente(cliente["ruc"])
    articulos = [a for a in gart["articulos"] if a in gart["precios"][str(cliente["canal"])]][:2]
    mesa.cargar(gart["articulos"][articulos[0]]["codigo"], 1)
    with tomador.expect_download() as bajada:
        tomador.get_by_role("button", name="Exportar sin enviar").click()
    archivo = bajada.value.path().read_bytes()
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    antes = Orders.objects.using(ALIAS).count()
    # The same order from the file again, as on another machine.
    tomador.locator("#archivo_pedidos").set_input_files(
        {"name": "pedidos.json", "mimeType": "application/json", "buffer": archivo}
    )
    expect(mesa.lineas).to_have_count(1)
    mesa.enviar()
    expect(mesa.lineas).to_have_count(0)
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(1)
    assert Orders.objects.using(ALIAS).count() == antes
    # And once more, changed on that machine.
    tomador.locator("#archivo_pedidos").set_input_files(
        {"name": "pedidos.json", "mimeType": "application/json", "buffer": archivo}
    )
    expect(mesa.lineas).to_have_count(1)
    tomador.locator("#entrada_articulo").focus()
    mesa.cargar(gart["articulos"][articulos[1]]["codigo"], 2)
    mesa.enviar()
    rechazo = tomador.locator(".mensaje-peligro:visible")
    expect(rechazo).to_contain_text("ya está guardado como")
    numero = Orders.objects.using(ALIAS).latest("pk").pedido_numero
    expect(rechazo.get_by_role("link", name="Ver el guardado")).to_have_attribute(
        "href", f"/pedidos/{numero}/"
    )
    rechazo.get_by_role("button", name="Enviar como pedido nuevo").click()
    expect(tomador.locator(".mensaje-peligro:visible")).to_have_count(0)
    mesa.enviar()
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(2)
    assert Orders.objects.using(ALIAS).count() == antes + 1
