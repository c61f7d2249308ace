"""When things go wrong at the desk: rejections, no connection, two tabs, no session, no space."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.tests.e2e.carga.test_mesa import catalogo, cliente_nuevo, clientes_de, surtido
from core.tests.e2e.conftest import CLAVE, entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa
from gestion_precios.models import Articulo
from sales.models import Cliente, Orders
from sales.tests.catalogo.del_catalogo import precios_del_catalogo

# Orders put into the notebook through the page's own modules, as if typed.
SEMBRAR = """async ([parametros, pedidos]) => {
  const { Almacen } = await import("/static/js/comun/almacen.js");
  const { agregar } = await import("/static/js/cuaderno/pedidos.js");
  const almacen = new Almacen({ storage: localStorage, ambito: parametros });
  let orders = {};
  const fichas = { clientes: {}, articulos: {}, precios: {} };
  for (const { cliente, ficha, lineas } of pedidos) {
    fichas.clientes[cliente] = ficha;
    for (const { articulo, datos, tasa, precio, cantidad } of lineas) {
      fichas.articulos[articulo] = datos;
      (fichas.precios[cliente] ??= {})[articulo] = { precio, version: "" };
      orders = agregar(orders, cliente, { articulo, tasa, cantidad, precio: BigInt(precio) }, 0);
    }
  }
  almacen.guardar("fichas", fichas);
  almacen.guardar("orders", orders);
}"""


def sembrar(mesa: Escritorio, gart: dict[str, Any], cuantos: int, lineas: int) -> list[str]:
    """Fill the notebook with that many clients' orders; their ids."""
    pedidos: list[dict[str, Any]] = []
    for i, (cliente_id, cliente) in enumerate(clientes_de(gart, cuantos)):
        canal = str(cliente["canal"])
        elegidos = surtido(gart, canal, lineas)
        unidades = {int(articulo_id): n + 1 for n, (articulo_id, _) in enumerate(elegidos)}
        precios = precios_del_catalogo(gart, canal, unidades)
        pedidos.append(
            {
                "cliente": cliente_id,
                "ficha": {
                    "nombre": cliente["nombrefantasia"],
                    "razon": cliente["nombrefactura"],
                    "ruc": cliente["ruc"],
                    "canal": canal,
                    "canal_nombre": "",
                    "abierto_en": i,
                },
                "lineas": [
                    {
                        "articulo": int(articulo_id),
                        "datos": {
                            "codigo": str(articulo["codigo"]),
                            "descripcion": articulo["descripcion"],
                            "marca": articulo["prod_marca"],
                        },
                        "tasa": articulo["tasa_iva"],
                        "precio": str(precios[int(articulo_id)]),
                        "cantidad": unidades[int(articulo_id)],
                    }
                    for articulo_id, articulo in elegidos
                ],
            }
        )
    parametros = json.loads(mesa.pagina.locator("#parametros").text_content() or "")
    mesa.pagina.evaluate(SEMBRAR, [parametros, pedidos])
    mesa.pagina.reload()
    mesa.esperar_catalogo()
    return [pedido["cliente"] for pedido in pedidos]


@contextmanager
def cerrado(modelo: Any, pk: int) -> Iterator[None]:
    """A client or article that is closed for a while, behind the browser's back: no mark, no
    signal, no new catalogue."""
    filas: QuerySet[Any] = QuerySet(modelo, using=ALIAS).filter(pk=pk)
    filas.update(activo=False)
    try:
        yield
    finally:
        filas.update(activo=True)


def perdonar(quejas: list[str], *esperadas: str) -> None:
    """Take out the console's complaints about failures this test makes on purpose."""
    quejas[:] = [queja for queja in quejas if not any(e in queja for e in esperadas)]


def abrir_cliente(mesa: Escritorio, nombre: str) -> None:
    mesa.pagina.locator(".cliente-item", has_text=nombre).first.click()
    expect(mesa.pagina.locator(".pedido-nombre")).to_have_text(nombre)


def test_97_saved_and_3_come_back_named_to_be_corrected(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    clientes = sembrar(mesa, gart, 100, 4)
    malo, bueno = clientes[10], clientes[50]
    precios = gart["precios"][str(gart["clientes"][bueno]["canal"])]
    # Two orders get an article nobody else has, which is withdrawn; one client is closed.
    raro_id = next(a for a in reversed(gart["articulos"]) if a in precios)
    raro = gart["articulos"][raro_id]
    for cliente in (bueno, clientes[51]):
        abrir_cliente(mesa, gart["clientes"][cliente]["nombrefantasia"])
        mesa.cargar(raro["codigo"], 2)
    antes = Orders.objects.using(ALIAS).count()
    with cerrado(Cliente, int(malo)), cerrado(Articulo, int(raro_id)):
        mesa.enviar()
        expect(tomador.get_by_text("Enviados 100 = guardados 97 + devueltos 3.")).to_be_visible(
            timeout=30_000
        )
    assert Orders.objects.using(ALIAS).count() == antes + 97
    expect(tomador.locator(".cliente-item .punto-peligro")).to_have_count(3)
    abrir_cliente(mesa, gart["clientes"][malo]["nombrefantasia"])
    expect(tomador.locator(".mensaje-peligro:visible")).to_contain_text("Cliente: ")
    for cliente in (bueno, clientes[51]):
        abrir_cliente(mesa, gart["clientes"][cliente]["nombrefantasia"])
        motivo = tomador.locator(".mensaje-peligro:visible")
        expect(motivo).to_contain_text(f"Línea 5, {raro['descripcion']}, artículo: ")
        expect(tomador.locator(".linea-mal")).to_have_count(1)
        tomador.locator(".linea-mal [data-columna=cantidad]").focus()
        tomador.keyboard.press("Delete")
        expect(mesa.lineas).to_have_count(4)
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 3 = guardados 3.")).to_be_visible()
    assert Orders.objects.using(ALIAS).count() == antes + 100
    assert json.loads(mesa.guardado("orders")["json"]) == {}


def test_offline_the_desk_goes_on_and_sends_by_itself_later(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    cliente_id, cliente = clientes_de(gart, 5)[4]
    ((_, primero), (_, segundo)) = surtido(gart, str(cliente["canal"]), 2)
    antes = Orders.objects.using(ALIAS).count()
    context.set_offline(True)
    mesa.elegir_cliente(cliente["ruc"])
    expect(tomador.locator("[data-sincronia]")).to_have_text(re.compile("Sin conexión"))
    mesa.cargar(primero["codigo"], 3)
    tomador.keyboard.type(segundo["descripcion"])
    expect(tomador.locator("#articulos_picker [aria-selected=true]")).to_be_visible()
    tomador.keyboard.press("Escape")
    tomador.locator("#entrada_articulo").fill("")
    mesa.enviar()
    expect(
        tomador.get_by_text("Los pedidos están en este equipo y se envían solos")
    ).to_be_visible()
    expect(tomador.get_by_text("Enviando: este pedido se puede editar")).to_be_visible()
    assert Orders.objects.using(ALIAS).count() == antes
    context.set_offline(False)
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    expect(tomador.locator("[data-sincronia]")).to_have_text("En línea")
    assert Orders.objects.using(ALIAS).filter(pdvobj_id=int(cliente_id)).count() >= 1
    assert Orders.objects.using(ALIAS).count() == antes + 1
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def test_an_answer_that_never_arrives_is_not_a_second_order(
    tomador: Page, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 2, 3)
    antes = Orders.objects.using(ALIAS).count()
    intentos: list[str] = []

    def cortar(ruta: Any) -> None:
        # The server takes it; its answer is lost on the way.
        ruta.fetch()
        intentos.append(ruta.request.url)
        ruta.abort()

    tomador.route("**/api/pedidos/", cortar)
    mesa.enviar()
    expect(tomador.get_by_text("y se envían solos")).to_be_visible()
    assert intentos
    tomador.unroute_all(behavior="wait")
    tomador.reload()
    mesa.esperar_catalogo()
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(2)
    assert Orders.objects.using(ALIAS).count() == antes + 2
    perdonar(quejas, "ERR_FAILED")


def test_two_tabs_are_one_desk(tomador: Page, context: BrowserContext, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    una = Escritorio(tomador, mesa_real).abrir()
    otra = Escritorio(context.new_page(), mesa_real).abrir()
    clientes = clientes_de(gart, 2)
    antes = Orders.objects.using(ALIAS).count()
    for mesa, (_, cliente) in zip((una, otra), clientes, strict=True):
        mesa.pagina.bring_to_front()
        mesa.elegir_cliente(cliente["ruc"])
        for _, articulo in surtido(gart, str(cliente["canal"]), 3):
            mesa.cargar(articulo["codigo"], 2)
    for mesa in (una, otra):
        expect(mesa.pagina.locator(".clientes-abiertos .cliente-item")).to_have_count(2)
        expect(mesa.pagina.get_by_role("button", name="Enviar 2 pedidos").first).to_be_visible()
    una.pagina.keyboard.press("Control+Enter")
    otra.pagina.keyboard.press("Control+Enter")
    una.pagina.keyboard.press("Enter")
    otra.pagina.keyboard.press("Enter")
    for mesa in (una, otra):
        expect(mesa.pagina.locator(".clientes-guardados .cliente-item")).to_have_count(2)
    assert Orders.objects.using(ALIAS).count() == antes + 2


def test_a_session_that_ends_in_the_middle_keeps_the_cart(
    tomador: Page, context: BrowserContext, mesa_real: Mesa, quejas: list[str]
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 2, 3)
    antes = Orders.objects.using(ALIAS).count()
    context.clear_cookies()
    # Searching goes on from the catalogue, and says it; nobody is thrown out of the page.
    tomador.locator("#entrada_articulo").click()
    tomador.keyboard.type("yerba")
    expect(tomador.locator("#articulos_picker [aria-selected=true]")).to_be_visible()
    expect(tomador.locator(".mensaje:visible", has_text="La sesión terminó.")).to_be_visible()
    tomador.keyboard.press("Escape")
    mesa.enviar()
    assert len(json.loads(mesa.guardado("orders")["json"])) == 2
    tomador.get_by_role("link", name="Entrar de nuevo").click()
    tomador.get_by_label("Usuario").fill("tomador")
    tomador.get_by_label("Contraseña", exact=True).fill(CLAVE)
    tomador.keyboard.press("Enter")
    expect(tomador.locator(".clientes-guardados .cliente-item")).to_have_count(2)
    assert Orders.objects.using(ALIAS).count() == antes + 2
    perdonar(quejas, "401 (Unauthorized)")


def test_another_person_does_not_send_what_one_left(
    tomador: Page, context: BrowserContext, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 2)
    antes = Orders.objects.using(ALIAS).count()
    context.clear_cookies()
    otra = context.new_page()
    otra.goto(f"{mesa_real.url}/cuentas/entrar/")
    otra.get_by_label("Usuario").fill("supervisor")
    otra.get_by_label("Contraseña", exact=True).fill(CLAVE)
    otra.keyboard.press("Enter")
    otra.wait_for_url(lambda url: "/cuentas/entrar/" not in url)
    tomador.bring_to_front()
    mesa.enviar()
    expect(tomador.get_by_text("Entró otra persona en este navegador")).to_be_visible()
    assert Orders.objects.using(ALIAS).count() == antes
    otra.goto(mesa.url)
    expect(otra.get_by_text("Ningún cliente abierto.")).to_be_visible()


def test_when_the_browser_is_full_it_says_so_and_keeps_what_it_had(
    tomador: Page, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 3)
    antes = mesa.guardado("orders")
    # Not ours to give away: the catalogue goes first, then there is nothing left to free.
    tomador.evaluate("""() => {
      for (let trozo = 2 ** 20; trozo >= 1; trozo /= 2) {
        for (let i = 0; ; i++) {
          try { localStorage.setItem(`ajeno:${trozo}:${i}`, "x".repeat(trozo)); } catch { break; }
        }
      }
      localStorage.removeItem(Object.keys(localStorage).find((k) => k.endsWith(":cat:articulos")));
      for (let trozo = 2 ** 20; trozo >= 1; trozo /= 2) {
        for (let i = 100; ; i++) {
          try { localStorage.setItem(`ajeno:${trozo}:${i}`, "x".repeat(trozo)); } catch { break; }
        }
      }
      for (const k of Object.keys(localStorage)) if (k.includes(":cat")) localStorage.removeItem(k);
      for (let trozo = 2 ** 20; trozo >= 1; trozo /= 2) {
        for (let i = 200; ; i++) {
          try { localStorage.setItem(`ajeno:${trozo}:${i}`, "x".repeat(trozo)); } catch { break; }
        }
      }
    }""")
    cliente = clientes_de(gart, 1)[0][1]
    (_, nuevo) = surtido(gart, str(cliente["canal"]), 9)[8]
    tomador.locator("#entrada_articulo").click()
    tomador.keyboard.type(str(nuevo["codigo"]))
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_cantidad")).to_be_focused()
    tomador.keyboard.press("Enter")
    expect(tomador.get_by_text("El navegador no tiene más espacio")).to_be_visible()
    assert mesa.guardado("orders") == antes
    with tomador.expect_download() as bajada:
        tomador.get_by_role("button", name="Exportar los pedidos").click()
    contenido = json.loads(bajada.value.path().read_text("utf-8"))
    assert contenido["orders"] == json.loads(antes["json"])


@pytest.mark.parametrize("veces", [3])
def test_a_scanner_adds_without_a_click(tomador: Page, mesa_real: Mesa, veces: int) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    _, cliente = clientes_de(gart, 8)[7]
    mesa.elegir_cliente(cliente["ruc"])
    con_barras = [a for _, a in surtido(gart, str(cliente["canal"]), 12) if a["codigo_barras"]]
    for articulo in con_barras[:2] * veces:
        tomador.keyboard.type(articulo["codigo_barras"])
        tomador.keyboard.press("Enter")
    tomador.keyboard.type(f"12*{con_barras[2]['codigo_barras']}")
    tomador.keyboard.press("Enter")
    expect(mesa.lineas).to_have_count(3)
    cantidades = tomador.locator("[data-columna=cantidad]")
    for i, cantidad in enumerate((veces, veces, 12)):
        expect(cantidades.nth(i)).to_have_value(str(cantidad))
    expect(tomador.locator("#entrada_articulo")).to_be_focused()
    expect(tomador.locator("#entrada_articulo")).to_have_value("")


def test_edit_in_place_remove_and_undo(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    sembrar(mesa, gart, 1, 3)
    cantidad = tomador.locator("[data-columna=cantidad]").first
    precio = tomador.locator("[data-columna=precio]").first
    cantidad.focus()
    tomador.keyboard.type("1.200")
    tomador.keyboard.press("Enter")
    expect(tomador.locator("#entrada_articulo")).to_be_focused()
    expect(cantidad).to_have_value("1.200")
    cantidad.focus()
    tomador.keyboard.type("0")
    tomador.keyboard.press("Enter")
    expect(tomador.get_by_text("La cantidad va de 1 a 1.000.000")).to_be_visible()
    expect(cantidad).to_have_value("1.200")
    precio.focus()
    tomador.keyboard.type("99")
    tomador.keyboard.press("Enter")
    expect(tomador.get_by_text("Precio acordado, irá a revisión")).to_be_visible()
    expect(tomador.locator(".lineas tbody .monto").first).to_have_text("118.800")
    cantidad.focus()
    tomador.keyboard.press("Delete")
    expect(mesa.lineas).to_have_count(2)
    tomador.get_by_role("button", name="Deshacer").click()
    expect(mesa.lineas).to_have_count(3)
    expect(cantidad).to_have_value("1.200")
    cantidad.focus()
    tomador.keyboard.press("-")
    expect(mesa.lineas).to_have_count(2)
    tomador.keyboard.press("Control+z")
    expect(mesa.lineas).to_have_count(3)
    expect(cantidad).to_have_value("1.200")


def test_focus_already_given_is_not_taken_back(tomador: Page, mesa_real: Mesa) -> None:
    gart = catalogo(mesa_real)
    sembrar(Escritorio(tomador, mesa_real).abrir(), gart, 1, 1)
    enfocado = tomador.evaluate("""async () => {
        const [cantidad, precio] = ["cantidad", "precio"].map((columna) =>
            document.querySelector(`[data-columna=${columna}]`));
        cantidad.focus();
        cantidad.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        precio.focus();
        await new Promise((seguir) => setTimeout(seguir, 100));
        return document.activeElement.dataset.columna;
    }""")
    assert enfocado == "precio"


def test_the_last_order_repeated_and_moved_to_another_browser(
    tomador: Page, browser: Browser, mesa_real: Mesa
) -> None:
    gart = catalogo(mesa_real)
    _, cliente = cliente_nuevo(mesa_real, str(clientes_de(gart, 1)[0][1]["canal"]))
    mesa = Escritorio(tomador, mesa_real).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    expect(tomador.get_by_text("Sin pedidos anteriores a la vista.")).to_be_visible()
    for _, articulo in surtido(gart, str(cliente["canal"]), 3):
        mesa.cargar(articulo["codigo"], 4)
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
    mesa.elegir_cliente(cliente["ruc"])
    tomador.get_by_role("button", name="Repetir").click()
    expect(mesa.lineas).to_have_count(3)
    with tomador.expect_download() as bajada:
        tomador.get_by_role("button", name="Exportar sin enviar").click()
    contexto = browser.new_context(locale="es-PY", timezone_id="America/Asuncion")
    otra = Escritorio(entrar(contexto.new_page(), mesa_real, "tomador"), mesa_real).abrir()
    otra.pagina.locator("#archivo_pedidos").set_input_files(
        {
            "name": "pedidos.json",
            "mimeType": "application/json",
            "buffer": bajada.value.path().read_bytes(),
        }
    )
    expect(otra.pagina.get_by_text("Importados: 1 pedido.")).to_be_visible()
    expect(otra.lineas).to_have_count(3)
    expect(otra.pagina.locator("[data-columna=cantidad]").first).to_have_value("4")
    contexto.close()


def test_away_from_https_it_works_in_one_tab_and_says_so(
    context: BrowserContext, tomador: Page, mesa_real: Mesa
) -> None:
    # What a browser takes away there.
    context.add_init_script("""
      Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
      Object.defineProperty(Crypto.prototype, "randomUUID", { value: undefined });
      Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined });
    """)
    gart = catalogo(mesa_real)
    mesa = Escritorio(tomador, mesa_real).abrir()
    expect(tomador.get_by_text("Sin HTTPS: trabajar en una sola pestaña.")).to_be_visible()
    _, cliente = clientes_de(gart, 211)[210]
    mesa.elegir_cliente(cliente["ruc"])
    for _, articulo in surtido(gart, str(cliente["canal"]), 2):
        mesa.cargar(articulo["codigo"], 1)
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.")).to_be_visible()
