"""The desk and the pricing engine: rules of a real list, priced as one types, sold as shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from core.tests.e2e.carga.test_mesa import surtido
from core.tests.e2e.carga.test_mesa_accesible import TAMANOS
from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.conftest import entrar
from core.tests.e2e.escritorio import Escritorio
from core.tests.e2e.mesa import ALIAS, Mesa, esperar
from core.tests.e2e.navegante import Navegante
from core.tests.e2e.paginas.test_paginas import faltas
from gestion_precios.models import Articulo
from sales.models import EstadoPedido, Orders

# −5 % of A from a dozen on, −100 of B and C together, −10 % of orders forty times A's price.
REGLAS = """
from gestion_precios.models import CombinacionProducto, ListaPrecio, ReglaPrecio
lista = ListaPrecio.objects.get(pk={lista})
lista.reglas.update(activa=False)
comun = {{"lista_precio": lista, "condicion": "CANTIDAD_MINIMA"}}
ReglaPrecio.objects.create(nombre_regla="Docena", tipo_regla="PORCENTAJE", valor_regla=5,
    condicion_valor=12, aplica_articulo_id={a}, **comun)
combo = CombinacionProducto.objects.create(lista_precio=lista, nombre="Desayuno")
combo.articulos.set([{b}, {c}])
ReglaPrecio.objects.create(nombre_regla="Desayuno", tipo_regla="MONTO_FIJO", valor_regla=100,
    condicion_valor=0, aplica_combinacion=combo, prioridad=20, **comun)
ReglaPrecio.objects.create(nombre_regla="Pedido grande", tipo_regla="PORCENTAJE", valor_regla=10,
    condicion_valor={monto}, prioridad=30, **(comun | {{"condicion": "MONTO_MINIMO"}}))
"""
# As if a new catalogue had changed what the only open order pays for an article.
ANOTAR_CAMBIO = """async ([parametros, articulo]) => {
  const { Almacen } = await import("/static/js/comun/almacen.js");
  const almacen = new Almacen({ storage: localStorage, ambito: parametros });
  const fichas = structuredClone(almacen.leer("fichas"));
  for (const suyas of Object.values(fichas.precios)) suyas[articulo].antes = "99999";
  almacen.guardar("fichas", fichas);
}"""
# More carts than are looked at ahead: only the server knows what this article may cost at least.
INDECIDIBLE = """
from decimal import Decimal
from gestion_precios.models import Articulo, ReglaPrecio
Articulo.objects.filter(pk={articulo}).update(ultimo_costo=Decimal({base}) * 67 / 100)
comun = {{"lista_precio_id": {lista}, "tipo_regla": "PORCENTAJE", "aplica_articulo_id": {articulo},
    "condicion": "CANTIDAD_MINIMA"}}
ReglaPrecio.objects.create(nombre_regla="Oferta", valor_regla=28, condicion_valor=0, prioridad=5,
    **comun)
for n in range(70):
    ReglaPrecio.objects.create(nombre_regla=f"Recargo {{n}}", valor_regla=-1,
        condicion_valor=3 + n, prioridad=50 + n, **comun)
"""
COMO_ERA = """
from gestion_precios.models import Articulo, ReglaPrecio
Articulo.objects.filter(pk={articulo}).update(ultimo_costo={costo})
ReglaPrecio.objects.filter(lista_precio_id={lista}, aplica_articulo_id={articulo}).delete()
"""
NOMBRES = ["Docena", "Desayuno", "Pedido grande"]
PRECIO = """
from gestion_precios.models import PrecioArticulo
PrecioArticulo.objects.get(lista_precio_id={lista}, articulo_id={articulo}).delete()
PrecioArticulo.objects.create(lista_precio_id={lista}, articulo_id={articulo}, precio_base={precio})
"""


@dataclass
class Promociones:
    """Three articles of a list with rules, and who buys from it."""

    mesa: Mesa
    lista: int
    canal: str
    clientes: list[dict[str, Any]]
    articulos: list[dict[str, Any]]

    def cambiar_precio(self, articulo: dict[str, Any], precio: int) -> None:
        """Another base price, and wait until the catalogue has it."""
        codigo = PRECIO.format(lista=self.lista, articulo=articulo["id"], precio=precio)
        self.mesa.ejecutar(codigo)
        esperar(
            "the catalogue has the price",
            lambda: gart_de(self.mesa)["precios"][self.canal][articulo["id"]] == precio,
        )


def gart_de(mesa: Mesa) -> dict[str, Any]:
    return Navegante(mesa).entrar().gart


def reglas_en(mesa: Mesa, lista: int) -> list[dict[str, Any]]:
    reglas: list[dict[str, Any]] = gart_de(mesa)["reglas"]["listas"][str(lista)]["reglas"]
    return reglas


def nombres_en(mesa: Mesa, lista: int) -> list[str]:
    return [regla["nombre"] for regla in reglas_en(mesa, lista)]


@pytest.fixture(scope="module")
def promociones(mesa_real: Mesa) -> Iterator[Promociones]:
    """Rules of our own in the list of some clients' canal: each test of the module begins there."""
    mesa_real.reponer()
    gart = gart_de(mesa_real)
    canales = gart["reglas"]["canales"]
    suyos = [(i, c) for i, c in gart["clientes"].items() if canales[str(c["canal"])]["lista"]]
    canal = str(suyos[0][1]["canal"])
    clientes = [{"id": i, **c} for i, c in suyos if str(c["canal"]) == canal]
    precios = gart["precios"][canal]
    lista = canales[canal]["lista"]
    articulos = [
        {"id": i, "base": int(precios[i]), **a}
        for i, a in surtido(gart, canal, 30)
        if int(i) not in canales[canal]["fuera"] and int(precios[i]) > 1000
    ][:3]
    a, b, c = (articulo["id"] for articulo in articulos)
    monto = 40 * articulos[0]["base"]
    mesa_real.ejecutar(REGLAS.format(lista=lista, a=a, b=b, c=c, monto=monto))
    esperar("the catalogue has the rules", lambda: nombres_en(mesa_real, lista) == NOMBRES)
    with mesa_real.desde_aqui():
        yield Promociones(mesa_real, lista, canal, clientes[-12:], articulos)


def por_ciento(precio: int, descuento: int) -> int:
    exacto = Decimal(precio) * (100 - descuento) / 100
    return int(exacto.quantize(Decimal(1), ROUND_HALF_UP))


def miles(monto: int) -> str:
    return f"{monto:,}".replace(",", ".")


def linea(pagina: Page, articulo: dict[str, Any]) -> Locator:
    return pagina.locator(f"#linea-{articulo['id']}")


def precio(pagina: Page, articulo: dict[str, Any]) -> Locator:
    return linea(pagina, articulo).locator("[data-columna=precio]")


def poner_cantidad(pagina: Page, articulo: dict[str, Any], cantidad: int) -> None:
    linea(pagina, articulo).locator("[data-columna=cantidad]").focus()
    pagina.keyboard.type(str(cantidad))
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_articulo")).to_be_focused()


def ultimo_guardado(cliente: dict[str, Any]) -> tuple[str, dict[str, tuple[int, int]]]:
    """The client's last order: its status; of each article its price and the system's."""
    pedido = Orders.objects.using(ALIAS).filter(pdvobj_id=int(cliente["id"])).latest("pk")
    filas = pedido.detalles.values_list("artobj_id", "precio_unitario", "precio_sistema")
    return pedido.status, {str(a): (int(p), int(s or 0)) for a, p, s in filas}


def test_quantity_amount_and_combination_priced_live_and_sold_so(
    tomador: Page, promociones: Promociones
) -> None:
    a, b, c = promociones.articulos
    cliente = promociones.clientes[0]
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(a["codigo"], 11)
    expect(precio(tomador, a)).to_have_value(miles(a["base"]))
    falta = tomador.locator(".falta").first
    expect(falta).to_contain_text(f"1 unidad más de {a['descripcion']}")
    docena = por_ciento(a["base"], 5)
    expect(falta).to_contain_text(f"−5 % Docena: de {miles(a['base'])} a {miles(docena)}")
    falta.focus()
    tomador.keyboard.press("Enter")
    expect(linea(tomador, a).locator("[data-columna=cantidad]")).to_be_focused()
    tomador.keyboard.type("12")
    tomador.keyboard.press("Enter")
    expect(precio(tomador, a)).to_have_value(miles(docena))
    expect(linea(tomador, a).locator(".rebaja")).to_contain_text("−5 % Docena")
    expect(linea(tomador, a).locator(".rebaja s")).to_have_text(miles(a["base"]))
    expect(linea(tomador, a).locator(".ahorro")).to_have_text(
        f"−{miles(12 * (a['base'] - docena))}"
    )
    mesa.cargar(b["codigo"], 1)
    expect(precio(tomador, b)).to_have_value(miles(b["base"]))
    completar_combinacion(tomador, c)
    expect(precio(tomador, b)).to_have_value(miles(b["base"] - 100))
    expect(precio(tomador, c)).to_have_value(miles(c["base"] - 100))
    # To the guaraní: this much in articles of the list, before any rule.
    resto = 28 * a["base"] - b["base"] - c["base"]
    grande = tomador.locator(".falta", has_text=f"Gs. {miles(resto)} más en el pedido")
    expect(grande).to_contain_text("−10 % Pedido grande")
    poner_cantidad(tomador, a, 40)
    # Rules stack on the running price, unrounded.
    final = {a["id"]: con_todo(a["base"])} | {
        x["id"]: por_ciento(x["base"] - 100, 10) for x in (b, c)
    }
    for articulo in (a, b, c):
        expect(precio(tomador, articulo)).to_have_value(miles(final[articulo["id"]]))
    expect(tomador.get_by_text("Nada a mano con este pedido.")).to_be_visible()
    tomador.reload()
    mesa.esperar_catalogo()
    expect(linea(tomador, b).locator(".rebaja")).to_contain_text(
        "−100 Desayuno, −10 % Pedido grande"
    )
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.", exact=True)).to_be_visible()
    status, guardados = ultimo_guardado(cliente)
    assert status == EstadoPedido.CONFIRMADO
    assert guardados == {articulo: (monto, monto) for articulo, monto in final.items()}


@dataclass
class Provisional:
    """An article whose floor is the server's alone, and who buys it."""

    articulo: dict[str, Any]
    cliente: dict[str, Any]


@pytest.fixture
def provisional(promociones: Promociones) -> Iterator[Provisional]:
    """Surcharges by the unit over a discount below cost, until the test ends."""
    mesa, lista, canal = promociones.mesa, promociones.lista, promociones.canal
    gart = gart_de(mesa)
    suyos = [suyo["id"] for suyo in promociones.articulos]
    ajenos = {*suyos, *map(str, gart["reglas"]["canales"][canal]["fuera"])}
    pk, articulo = next((i, a) for i, a in surtido(gart, canal, 30) if i not in ajenos)
    costo = Articulo.objects.using(ALIAS).get(pk=pk).ultimo_costo
    donde = {"lista": lista, "articulo": pk}

    def pisos() -> dict[str, Any]:
        suyos: dict[str, Any] = gart_de(mesa)["reglas"]["listas"][str(lista)]["pisos"]
        return suyos

    antes = pisos()
    try:
        mesa.ejecutar(INDECIDIBLE.format(base=gart["precios"][canal][pk], **donde))
        esperar("nobody knows the floor", lambda: pisos().get(pk, "") is None)
        yield Provisional({"id": pk, **articulo}, promociones.clientes[6])
    finally:
        mesa.ejecutar(COMO_ERA.format(costo=costo, **donde))
        esperar("the floors are as before", lambda: pisos() == antes)


@pytest.mark.parametrize("tamano", TAMANOS)
def test_a_price_that_the_server_may_raise_says_so_whole(
    browser: Browser, promociones: Promociones, provisional: Provisional, tamano: str
) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(viewport={"width": ancho, "height": alto})
    pagina = entrar(contexto.new_page(), promociones.mesa, "tomador")
    mesa = Escritorio(pagina, promociones.mesa).abrir()
    mesa.elegir_cliente(provisional.cliente["ruc"])
    mesa.cargar(provisional.articulo["codigo"], 2)
    nota = linea(pagina, provisional.articulo).locator(".provisional")
    expect(nota).to_have_text("El precio mínimo lo decide el servidor al guardar")
    expect(nota).to_be_visible()
    assert nota.evaluate("nota => nota.scrollWidth - nota.clientWidth") == 0
    contexto.close()


def completar_combinacion(pagina: Page, articulo: dict[str, Any]) -> None:
    """What a combination lacks is a click away: its code in the entry row, and its list open."""
    pagina.locator(".falta", has_text=f"Agregar {articulo['descripcion']}").click()
    expect(pagina.locator("#entrada_articulo")).to_be_focused()
    elegido = pagina.locator("#articulos_picker [aria-selected=true]")
    expect(elegido).to_contain_text(articulo["descripcion"])
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#entrada_cantidad")).to_be_focused()
    pagina.keyboard.press("Enter")


def con_todo(base: int) -> int:
    """Less 5 %, and of that less 10 %."""
    return int((Decimal(base) * 855 / 1000).quantize(Decimal(1), ROUND_HALF_UP))


def test_offline_the_picker_and_the_lines_have_the_engine_s_price(
    tomador: Page, context: BrowserContext, promociones: Promociones, quejas: list[str]
) -> None:
    a, b, c = promociones.articulos
    cliente = promociones.clientes[1]
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    context.set_offline(True)
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(b["codigo"], 2)
    tomador.keyboard.type(c["descripcion"])
    opcion = tomador.locator(f"#articulo-{c['id']}")
    # With what the order has already, one more completes the combination.
    expect(opcion.locator(".opcion-precio")).to_have_text(miles(c["base"] - 100))
    tomador.locator("#entrada_articulo").fill("")
    tomador.keyboard.type(a["descripcion"])
    expect(tomador.locator(f"#articulo-{a['id']}")).to_contain_text(
        f"desde 12: {miles(por_ciento(a['base'], 5))}"
    )
    tomador.locator("#entrada_articulo").fill("")
    mesa.cargar(c["codigo"], 3)
    expect(precio(tomador, b)).to_have_value(miles(b["base"] - 100))
    mesa.enviar()
    expect(tomador.get_by_text("Enviando: este pedido se puede editar")).to_be_visible()
    context.set_offline(False)
    expect(tomador.get_by_text("Enviados 1 = guardados 1.", exact=True)).to_be_visible()
    status, guardados = ultimo_guardado(cliente)
    assert status == EstadoPedido.CONFIRMADO
    assert guardados == {x["id"]: (x["base"] - 100, x["base"] - 100) for x in (b, c)}
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def test_an_agreed_price_outlives_reloads_and_tabs_and_goes_to_review(
    tomador: Page, context: BrowserContext, promociones: Promociones
) -> None:
    a, b, _ = promociones.articulos
    cliente = promociones.clientes[2]
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    mesa.cargar(a["codigo"], 1)
    mesa.cargar(b["codigo"], 1)
    acordado = a["base"] - 7
    precio(tomador, a).fill(str(acordado))
    tomador.keyboard.press("Enter")
    dicho = linea(tomador, a).locator(".acordado")
    expect(dicho).to_have_text(
        f"Precio acordado, irá a revisión (sistema {miles(a['base'])})", use_inner_text=True
    )
    # Emptied, it is the system's again.
    precio(tomador, a).focus()
    tomador.keyboard.press("Backspace")
    tomador.keyboard.press("Enter")
    expect(dicho).to_be_hidden()
    expect(precio(tomador, a)).to_have_value(miles(a["base"]))
    precio(tomador, a).fill(str(acordado))
    tomador.keyboard.press("Enter")
    expect(dicho).to_be_visible()
    tomador.reload()
    otra = Escritorio(context.new_page(), promociones.mesa).abrir()
    otra.pagina.bring_to_front()
    poner_cantidad(otra.pagina, a, 12)
    sistema = por_ciento(a["base"], 5)
    tomador.bring_to_front()
    expect(precio(tomador, a)).to_have_value(miles(acordado))
    expect(dicho).to_contain_text(f"irá a revisión (sistema {miles(sistema)})")
    # Either tab may send it and tell so.
    otra.pagina.close()
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1. 1 pedido con avisos")).to_be_visible()
    status, guardados = ultimo_guardado(cliente)
    assert status == EstadoPedido.EN_REVISION
    assert guardados == {a["id"]: (acordado, sistema), b["id"]: (b["base"], b["base"])}


def test_a_new_catalogue_moves_open_orders_and_says_it(
    tomador: Page, context: BrowserContext, promociones: Promociones, quejas: list[str]
) -> None:
    a, b, c = promociones.articulos
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    mesa.elegir_cliente(promociones.clientes[3]["ruc"])
    for articulo in (a, b, c):
        mesa.cargar(articulo["codigo"], 1)
    precio(tomador, c).fill("999")
    tomador.keyboard.press("Enter")
    antes, despues = b["base"] - 100, b["base"] + 400
    expect(precio(tomador, b)).to_have_value(miles(antes))
    # Where somebody is working: neither the field nor what is written in it may be lost.
    tomador.locator("#observacion").focus()
    tomador.keyboard.type("Entregar temp")
    alto = linea(tomador, a).bounding_box()
    try:
        promociones.cambiar_precio(b, b["base"] + 500)
        promociones.cambiar_precio(c, c["base"] + 500)
        volver_en_linea(tomador, context)
        cambio = f"{b['descripcion']} {miles(antes)} → {miles(despues)}"
        expect(tomador.get_by_text(f"Catálogo nuevo: cambió 1 precio. {cambio}.")).to_be_visible()
        expect(precio(tomador, b)).to_have_value(miles(despues))
        expect(precio(tomador, c)).to_have_value("999")
        expect(linea(tomador, c)).to_contain_text(f"(sistema {miles(c['base'] + 400)})")
        expect(linea(tomador, b)).to_contain_text(f"antes {miles(antes)}")
        expect(tomador.locator("#observacion")).to_be_focused()
        expect(tomador.locator("#observacion")).to_have_value("Entregar temp")
        assert linea(tomador, a).bounding_box() == alto
        tomador.reload()
        mesa.esperar_catalogo()
        expect(tomador.locator(".rebajas-cambios")).to_have_text(cambio)
        tomador.get_by_role("button", name="Entendido").click()
        expect(tomador.locator(".rebajas-cambios")).to_be_hidden()
        expect(linea(tomador, b).locator(".rebaja-antes")).to_be_hidden()
    finally:
        promociones.cambiar_precio(b, b["base"])
        promociones.cambiar_precio(c, c["base"])
    perdonar(quejas, "ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


def volver_en_linea(pagina: Page, context: BrowserContext) -> None:
    """Lose the connection and find it again: then the desk looks for a newer catalogue."""
    context.set_offline(True)
    pagina.evaluate("dispatchEvent(new Event('offline'))")
    pagina.evaluate("""() => {
      const campo = document.getElementById("entrada_articulo");
      campo.value = "zz";
      campo.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(pagina.locator("[data-sincronia]")).to_contain_text("Sin conexión")
    context.set_offline(False)
    expect(pagina.locator("[data-sincronia]")).to_have_text("En línea")


def test_undo_and_repeating_are_priced_as_today(tomador: Page, promociones: Promociones) -> None:
    a, b, c = promociones.articulos
    cliente = promociones.clientes[6]
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    mesa.elegir_cliente(cliente["ruc"])
    for articulo, cantidad in ((a, 40), (b, 1), (c, 1)):
        mesa.cargar(articulo["codigo"], cantidad)
    mesa.enviar()
    expect(tomador.get_by_text("Enviados 1 = guardados 1.", exact=True)).to_be_visible()
    mesa.elegir_cliente(cliente["ruc"])
    tomador.get_by_role("button", name="Repetir").click()
    expect(mesa.lineas).to_have_count(3)
    expect(precio(tomador, a)).to_have_value(miles(con_todo(a["base"])))
    linea(tomador, a).locator("[data-columna=cantidad]").focus()
    tomador.keyboard.press("-")
    expect(mesa.lineas).to_have_count(2)
    expect(precio(tomador, b)).to_have_value(miles(b["base"] - 100))
    tomador.keyboard.press("Control+z")
    expect(precio(tomador, b)).to_have_value(miles(por_ciento(b["base"] - 100, 10)))
    expect(precio(tomador, c)).to_have_value(miles(por_ciento(c["base"] - 100, 10)))


def test_the_focus_is_where_the_user_has_put_it(tomador: Page, promociones: Promociones) -> None:
    a, b, _ = promociones.articulos
    mesa = Escritorio(tomador, promociones.mesa).abrir()
    mesa.elegir_cliente(promociones.clientes[4]["ruc"])
    mesa.cargar(a["codigo"], 1)
    mesa.cargar(b["codigo"], 1)
    enfocado = tomador.evaluate("""async () => {
      const campo = document.querySelector("[data-columna=cantidad]");
      campo.focus();
      campo.dispatchEvent(new KeyboardEvent("keydown", { key: "-", bubbles: true }));
      document.getElementById("observacion").focus();
      await new Promise((seguir) => setTimeout(seguir, 200));
      return document.activeElement.id;
    }""")
    expect(mesa.lineas).to_have_count(1)
    assert enfocado == "observacion"


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("tamano", TAMANOS)
def test_axe_finds_nothing_in_prices_with_reasons(
    browser: Browser, promociones: Promociones, tema: Any, tamano: str
) -> None:
    ancho, alto = TAMANOS[tamano]
    contexto = browser.new_context(
        viewport={"width": ancho, "height": alto}, color_scheme=tema, reduced_motion="reduce"
    )
    a, b, _ = promociones.articulos
    pagina = entrar(contexto.new_page(), promociones.mesa, "tomador")
    mesa = Escritorio(pagina, promociones.mesa).abrir()
    mesa.elegir_cliente(promociones.clientes[5]["ruc"])
    mesa.cargar(a["codigo"], 12)
    mesa.cargar(b["codigo"], 1)
    expect(pagina.locator(".rebaja:visible")).to_have_count(1)
    expect(pagina.locator(".falta")).to_have_count(2)
    assert faltas(pagina) == []
    precio(pagina, b).fill("7")
    pagina.keyboard.press("Enter")
    expect(linea(pagina, b).locator(".acordado")).to_be_visible()
    pagina.evaluate(
        ANOTAR_CAMBIO, [json.loads(pagina.locator("#parametros").text_content() or ""), a["id"]]
    )
    pagina.reload()
    mesa.esperar_catalogo()
    expect(pagina.locator(".rebajas-cambios .falta")).to_have_count(1)
    assert faltas(pagina) == []
    assert pagina.evaluate("document.documentElement.scrollWidth <= innerWidth")
    contexto.close()
