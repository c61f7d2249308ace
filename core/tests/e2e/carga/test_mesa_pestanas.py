"""Several tabs of one desk at once: whatever they do in the same instant, an order exists once."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.tests.e2e.carga.test_mesa import catalogo, clientes_de, surtido
from core.tests.e2e.carga.test_mesa_fallas import abrir_cliente
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa, esperar
from sales.models import LotePedidos, Orders, ResultadoPedido

# The whole run is 200 sends and 300 edits a tab; every push makes do with fewer.
ENVIOS = int(os.environ.get("PESTANAS_ENVIOS", "12"))
EDICIONES = int(os.environ.get("PESTANAS_EDICIONES", "60"))

NADA_EN_CURSO = "() => !Object.keys(localStorage).some((clave) => clave.includes(':lote:'))"
ABIERTOS = ".clientes-listas > .clientes-abiertos .cliente-item"

# The page's own notebook, as its modules put it together.
ABRIR_LIBRETA = """
  const { Almacen } = await import("/static/js/comun/almacen.js");
  const { Libreta } = await import("/static/js/cuaderno/libreta.js");
  const { Orden } = await import("/static/js/pestanas/orden.js");
  const { agregar } = await import("/static/js/cuaderno/pedidos.js");
  const parametros = JSON.parse(document.getElementById("parametros").textContent);
  const orden = window.sinGuardia ? null : new Orden({ fabrica: indexedDB });
  const opciones = { ambito: parametros, locks: navigator.locks ?? null, orden };
  const almacen = new Almacen({ storage: localStorage, ...opciones });
  const nuevoId = () => crypto.randomUUID();
  const libreta = new Libreta(almacen, { decimales: 0, hoy: () => "", nuevoId });
"""
CARGAR = (
    "async ({ cliente, nombre, articulo, precio, canal }) => {"
    + ABRIR_LIBRETA
    + """
  await libreta.abrir(cliente, { nombre, canal });
  const linea = { articulo, tasa: 10, cantidad: 1, precio: BigInt(precio) };
  const ficha = { articulo, datos: { codigo: "1", descripcion: "Yerba" }, precio, version: "" };
  await libreta.editar(cliente, (orders) => agregar(orders, cliente, linea, 0), [ficha]);
  // A tab is told of the others' writes; this one was not the page's own either.
  dispatchEvent(new StorageEvent("storage", { key: almacen.clave("orders") }));
  return libreta.leer().orders[cliente].id;
}"""
)
EDITAR = (
    "async ({ cliente, desde, veces, cuando }) => {"
    + ABRIR_LIBRETA
    + """
  while (Date.now() < cuando) await new Promise((seguir) => setTimeout(seguir, 1));
  for (let i = 0; i < veces; i++) {
    const linea = { articulo: desde + i, tasa: 10, cantidad: 1, precio: 1000n };
    await libreta.editar(cliente, (orders) => agregar(orders, cliente, linea, 0));
  }
  dispatchEvent(new StorageEvent("storage", { key: almacen.clave("orders") }));
}"""
)
# Both at the same moment, not one after the other.
A_LA_VEZ = """([selector, cuando]) => {
  const pulsar = () =>
    Date.now() < cuando ? setTimeout(pulsar, 1) : document.querySelector(selector).click();
  pulsar();
}"""
# What orders tabs among each other, taken out: locks that grant at once, no turns, and each tab
# alone in the world.
SIN_GUARDIA = """
  window.sinGuardia = true;
  if (window.LockManager) LockManager.prototype.request = async (name, tarea) => tarea({ name });
  IDBFactory.prototype.open = () => { throw new DOMException("taken out", "InvalidStateError"); };
  BroadcastChannel.prototype.postMessage = () => {};
"""


def abrir_pestanas(context: BrowserContext, mesa: Mesa, tomador: Page, cuantas: int) -> list[Page]:
    """So many tabs of the taker's desk, the first one included."""
    paginas = [tomador, *(context.new_page() for _ in range(cuantas - 1))]
    for pagina in paginas:
        Escritorio(pagina, mesa).abrir()
    return paginas


def cargar(pagina: Page, cliente: tuple[str, dict[str, Any]], gart: dict[str, Any]) -> UUID:
    """An order of one line for a client, as if typed; its id."""
    cliente_id, datos = cliente
    articulo_id, _ = surtido(gart, str(datos["canal"]), 1)[0]
    return UUID(
        pagina.evaluate(
            CARGAR,
            {
                "cliente": cliente_id,
                "nombre": datos["nombrefantasia"],
                "articulo": int(articulo_id),
                "precio": str(gart["precios"][str(datos["canal"])][articulo_id]),
                "canal": str(datos["canal"]),
            },
        )
    )


def enviar_a_la_vez(paginas: Sequence[Page]) -> None:
    """Press *Enviar* in every tab in the same instant."""
    for pagina in paginas:
        expect(pagina.locator(ABIERTOS)).to_have_count(1)
        pagina.evaluate("document.querySelector('#dialogo_envio').showModal()")
    cuando = paginas[0].evaluate("Date.now()") + 150
    for pagina in paginas:
        pagina.evaluate(A_LA_VEZ, ["#dialogo_envio .btn-primary", cuando])


def quedar_vacias(paginas: Sequence[Page]) -> None:
    """Every tab shows that nothing is left to be sent, and nothing is on its way."""
    for pagina in paginas:
        expect(pagina.locator(ABIERTOS)).to_have_count(0)
        esperar("no lote under way", partial(pagina.evaluate, NADA_EN_CURSO))


@pytest.mark.parametrize("cuantas", [2, 3])
def test_tabs_that_send_in_the_same_instant_make_one_lote(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, cuantas: int
) -> None:
    gart = catalogo(mesa_real)
    (cliente,) = clientes_de(gart, 30 + cuantas)[-1:]
    paginas = abrir_pestanas(context, mesa_real, tomador, cuantas)
    antes = LotePedidos.objects.using(ALIAS).count()
    for vez in range(1, ENVIOS // 2 + 1):
        propio = cargar(paginas[vez % cuantas], cliente, gart)
        enviar_a_la_vez(paginas)
        quedar_vacias(paginas)
        assert Orders.objects.using(ALIAS).filter(uuid=propio).count() == 1
        assert LotePedidos.objects.using(ALIAS).count() == antes + vez
    lotes = LotePedidos.objects.using(ALIAS).order_by("-recibido_en")[: ENVIOS // 2]
    assert {lote.estado for lote in lotes} == {"COMPLETO"}


def test_with_the_pages_guard_taken_out_the_orders_id_still_stores_it_once(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    context.add_init_script(SIN_GUARDIA)
    gart = catalogo(mesa_real)
    (cliente,) = clientes_de(gart, 35)[-1:]
    paginas = abrir_pestanas(context, mesa_real, tomador, 2)
    antes = Orders.objects.using(ALIAS).count()
    ids = []
    for vez in range(1, ENVIOS // 2 + 1):
        ids.append(cargar(paginas[vez % 2], cliente, gart))
        enviar_a_la_vez(paginas)
        quedar_vacias(paginas)
    assert Orders.objects.using(ALIAS).filter(uuid__in=ids).count() == len(ids)
    esperar(
        "every lote decided",
        lambda: not LotePedidos.objects.using(ALIAS).filter(terminado_en=None).exists(),
    )
    assert Orders.objects.using(ALIAS).count() == antes + len(ids)
    # The guard was out: some of them did go twice, and the second one met the first.
    repetidos = ResultadoPedido.objects.using(ALIAS).filter(uuid__in=ids, resultado="REPETIDO")
    rechazados = ResultadoPedido.objects.using(ALIAS).filter(uuid__in=ids, resultado="RECHAZADO")
    assert (repetidos.count() > 0, rechazados.count()) == (True, 0)


def test_edits_of_one_order_in_two_tabs_are_all_there(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    (cliente,) = clientes_de(gart, 36)[-1:]
    paginas = abrir_pestanas(context, mesa_real, tomador, 2)
    cargar(tomador, cliente, gart)
    cuando = tomador.evaluate("Date.now()") + 300
    for i, pagina in enumerate(paginas):
        datos = {"cliente": cliente[0], "desde": 10**6 * (i + 1), "veces": EDICIONES}
        empezar = f"(datos) => {{ window.hecho = ({EDITAR})(datos); }}"
        pagina.evaluate(empezar, datos | {"cuando": cuando})
    for pagina in paginas:
        pagina.evaluate("() => window.hecho")
    valor = json.loads(Escritorio(tomador, mesa_real).guardado("orders")["json"])[cliente[0]]
    quedaron = {linea["articulo_id"] for linea in valor["detalles"][1:]}
    assert {10**6 * tab + i for tab in (1, 2) for i in range(EDICIONES)} - quedaron == set()
    for pagina in paginas:
        # A tab goes to no client by itself.
        expect(pagina.locator(".pedido-nombre")).to_be_hidden()
        pagina.locator(ABIERTOS).click()
        expect(Escritorio(pagina, mesa_real).lineas).to_have_count(1 + 2 * EDICIONES)
    tomador.get_by_role("button", name="Descartar pedido").first.click()


def escanear(pagina: Page, codigo: str) -> None:
    """What a barcode reader does, wherever the focus is."""
    pagina.keyboard.type(codigo)
    pagina.keyboard.press("Enter")


def test_what_is_scanned_after_the_order_went_in_another_tab_falls_on_nobodys(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    una, otra = (Escritorio(p, mesa_real) for p in abrir_pestanas(context, mesa_real, tomador, 2))
    (_, uno), (queda, dos) = clientes_de(gart, 39)[-2:]
    surtidos = [a for _, a in surtido(gart, str(dos["canal"]), 12)]
    barras = [articulo["codigo_barras"] for articulo in surtidos if articulo["codigo_barras"]]
    for cliente in (dos, uno):
        una.elegir_cliente(cliente["ruc"])
        escanear(tomador, barras[0])
        expect(una.lineas).to_have_count(1)
    antes = json.loads(una.guardado("orders")["json"])[queda]
    abrir_cliente(otra, uno["nombrefantasia"])
    otra.pagina.get_by_role("button", name="Descartar pedido").first.click()
    aviso = f"{uno['nombrefantasia']}: el pedido se envió o se descartó en otra pestaña."
    expect(tomador.get_by_text(aviso)).to_be_visible()
    for codigo in barras:
        escanear(tomador, codigo)
    assert json.loads(una.guardado("orders")["json"]) == {queda: antes}
    # By keyboard alone to the next one.
    una.elegir_cliente(dos["ruc"])
    escanear(tomador, barras[1])
    expect(una.lineas).to_have_count(2)
    tomador.get_by_role("button", name="Descartar pedido").first.click()


def test_without_locks_one_tab_writes_and_the_other_says_so(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });"
    )
    gart = catalogo(mesa_real)
    (cliente,) = clientes_de(gart, 37)[-1:]
    una = Escritorio(tomador, mesa_real).abrir()
    una.elegir_cliente(cliente[1]["ruc"])
    otra = context.new_page()
    otra.goto(una.url)
    aviso = otra.get_by_text("La mesa está abierta en otra pestaña")
    expect(aviso).to_be_visible()
    expect(otra.locator(".pedido-nombre")).to_have_text(cliente[1]["nombrefantasia"])
    otra.locator("#observacion").fill("de la otra")
    otra.locator("#observacion").press("Tab")
    expect(aviso).to_be_visible()
    assert "observacion" not in json.loads(una.guardado("orders")["json"])[cliente[0]]
    otra.get_by_role("button", name="Usar esta pestaña").click()
    expect(aviso).to_be_hidden()
    expect(tomador.get_by_text("La mesa está abierta en otra pestaña")).to_be_visible()
    otra.locator("#observacion").fill("de la otra, ahora sí")
    otra.locator("#observacion").press("Tab")
    expect(tomador.locator("#observacion")).to_have_value("de la otra, ahora sí")
    # Whoever holds it goes; the one that looked on comes next by itself.
    otra.close()
    expect(tomador.get_by_text("La mesa está abierta en otra pestaña")).to_be_hidden()
    tomador.get_by_role("button", name="Descartar pedido").first.click()
    expect(tomador.get_by_text("Ningún cliente abierto.")).to_be_visible()
