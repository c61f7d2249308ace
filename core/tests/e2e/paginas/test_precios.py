"""The pages of prices in a real browser: rules by keyboard alone, prices in place, two people."""

from __future__ import annotations

from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from core.tests.e2e.carga.test_mesa_fallas import perdonar
from core.tests.e2e.conftest import entrar
from core.tests.e2e.mesa import ALIAS, Mesa
from core.tests.e2e.paginas.test_paginas import faltas
from gestion_precios.models import PrecioArticulo, ReglaPrecio

# Each test's list has a year of its own: lists of one place and channel may not overlap.
ANIOS = count(2040)


@pytest.fixture
def supervisor(pagina: Page, mesa_real: Mesa) -> Page:
    return entrar(pagina, mesa_real, "supervisor")


@pytest.fixture
def lista(supervisor: Page, mesa_real: Mesa) -> int:
    """A list without prices or rules, made on its page; its number."""
    anio = next(ANIOS)
    supervisor.goto(f"{mesa_real.url}/precios/nueva/")
    supervisor.get_by_label("Nombre").fill(f"E-commerce {anio}")
    supervisor.get_by_label("Canal de venta").select_option("ECOMMERCE")
    supervisor.get_by_label("Vigente desde").fill(f"{anio}-01-01")
    supervisor.get_by_label("Vigente hasta").fill(f"{anio}-12-31")
    supervisor.get_by_role("button", name="Crear la lista").click()
    supervisor.wait_for_url("**/precios/*/precios/")
    return int(supervisor.url.split("/")[-3])


def tabular_hasta(pagina: Page, destino: Locator) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(80):
        if destino.evaluate("(nodo) => nodo === document.activeElement"):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"{destino} is not reached by Tab")


def agregar(pagina: Page, valor: str, nombre: str, *, unidades: str = "") -> None:
    """A percentage off everything, by keyboard, from the button that adds rules."""
    tabular_hasta(pagina, pagina.locator("#regla_agregar"))
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#id_efecto")).to_be_focused()
    pagina.keyboard.press("Tab")
    pagina.keyboard.type(valor)
    if unidades:
        tabular_hasta(pagina, pagina.locator("#id_condicion"))
        pagina.keyboard.type("Desde tantas")
        pagina.keyboard.press("Tab")
        pagina.keyboard.type(unidades)
    tabular_hasta(pagina, pagina.locator("#id_nombre_regla"))
    pagina.keyboard.type(nombre)
    pagina.keyboard.press("Enter")
    regla = pagina.locator(".regla", has_text=nombre)
    expect(regla.get_by_role("link", name=f"Editar «{nombre}»")).to_be_focused()


def test_a_rule_is_added_reordered_and_switched_off_by_keyboard(
    supervisor: Page, mesa_real: Mesa, lista: int
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/")
    agregar(supervisor, "10", "Diez", unidades="6")
    agregar(supervisor, "2,5", "Dos y medio")
    frases = supervisor.locator(".regla-frase")
    expect(frases).to_have_text(["10 % a todo, desde 6 unidades", "2,5 % a todo"])
    subir = supervisor.get_by_role("button", name="Subir «Dos y medio»")
    subir.focus()
    supervisor.keyboard.press("Enter")
    expect(frases).to_have_text(["2,5 % a todo", "10 % a todo, desde 6 unidades"])
    expect(subir).to_be_focused()
    tabular_hasta(supervisor, supervisor.get_by_role("button", name="Apagar «Dos y medio»"))
    supervisor.keyboard.press("Enter")
    encender = supervisor.get_by_role("button", name="Encender «Dos y medio»")
    expect(encender).to_be_focused()
    expect(supervisor.locator(".avisos")).to_contain_text("«Dos y medio» ya no se aplica.")
    reglas = ReglaPrecio.objects.using(ALIAS).filter(lista_precio_id=lista)
    assert list(reglas.values_list("nombre_regla", "activa")) == [
        ("Dos y medio", False),
        ("Diez", True),
    ]
    supervisor.get_by_role("button", name="Quitar «Diez»").focus()
    supervisor.keyboard.press("Enter")
    expect(supervisor.get_by_role("button", name="Deshacer")).to_be_focused()
    assert faltas(supervisor) == []
    expect(frases).to_have_text(["2,5 % a todo"])
    supervisor.keyboard.press("Enter")
    expect(frases).to_have_text(["2,5 % a todo", "10 % a todo, desde 6 unidades"])


def test_the_first_field_is_focused_once(supervisor: Page, mesa_real: Mesa, lista: int) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/")
    enfocado = supervisor.evaluate("""() => new Promise((decir) => {
        document.body.addEventListener("htmx:afterSwap", () => {
            const primero = document.activeElement.id;
            document.getElementById("id_valor_regla").focus();
            setTimeout(() => decir([primero, document.activeElement.id]), 200);
        }, { once: true });
        document.getElementById("regla_agregar").click();
    })""")
    assert enfocado == ["id_efecto", "id_valor_regla"]


def test_a_refused_rule_keeps_what_was_typed_and_says_why(
    supervisor: Page, mesa_real: Mesa, lista: int, quejas: list[str]
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/")
    supervisor.locator("#regla_agregar").click()
    supervisor.locator("#id_valor_regla").fill("120")
    supervisor.locator("#id_nombre_regla").fill("De más")
    supervisor.locator("#id_nombre_regla").press("Enter")
    expect(supervisor.locator("#id_valor_regla_error")).to_have_text(
        "Un descuento no pasa de 100 %."
    )
    expect(supervisor.locator("#id_valor_regla")).to_be_focused()
    expect(supervisor.locator("#id_nombre_regla")).to_have_value("De más")
    assert faltas(supervisor) == []
    perdonar(quejas, "422")


def test_two_people_change_one_rule_and_nothing_typed_is_lost(
    supervisor: Page, browser: Browser, mesa_real: Mesa, lista: int, quejas: list[str]
) -> None:
    url = f"{mesa_real.url}/precios/{lista}/"
    supervisor.goto(url)
    agregar(supervisor, "10", "Compartida")
    contexto = browser.new_context()
    otro = entrar(contexto.new_page(), mesa_real, "admin")
    otro.goto(url)
    for pagina in (supervisor, otro):
        pagina.get_by_role("link", name="Editar «Compartida»").click()
        expect(pagina.locator("#id_valor_regla")).to_have_value("10")
    otro.locator("#id_valor_regla").fill("20")
    otro.locator("#id_valor_regla").press("Enter")
    expect(otro.locator(".regla-frase")).to_have_text(["20 % a todo"])
    supervisor.locator("#id_valor_regla").fill("30")
    supervisor.locator("#id_valor_regla").press("Enter")
    expect(supervisor.locator("#regla_formulario [role=alert]")).to_contain_text(
        "la cambió mientras tanto; ahora dice: «20 % a todo»"
    )
    expect(supervisor.locator("#id_valor_regla")).to_have_value("30")
    supervisor.locator("#regla_formulario").get_by_role("button", name="Guardar").click()
    expect(supervisor.locator(".regla-frase")).to_have_text(["30 % a todo"])
    contexto.close()
    perdonar(quejas, "422")


def agregar_articulo(pagina: Page, precio: str) -> Locator:
    """The first yerba mate of the picker joins the list, by keyboard; the cell of its price."""
    buscador = pagina.locator("#buscador_articulo")
    buscador.click()
    pagina.keyboard.type("yerba")
    opcion = pagina.locator("#articulos_de_lista [aria-selected=true]")
    expect(opcion).to_be_visible()
    assert faltas(pagina) == []
    nombre = opcion.get_attribute("data-descripcion") or ""
    pagina.keyboard.press("Enter")
    expect(buscador).to_have_value(nombre)
    expect(pagina.locator("#id_precio_base")).to_be_focused()
    pagina.keyboard.type(precio)
    pagina.keyboard.press("Enter")
    return pagina.locator(".precios .celda")


def test_an_article_is_added_and_its_price_changed_where_it_stands(
    supervisor: Page, mesa_real: Mesa, lista: int, quejas: list[str]
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/precios/")
    celda = agregar_articulo(supervisor, "8000")
    expect(celda).to_have_value("8.000")
    expect(supervisor.locator("#buscador_articulo")).to_be_focused()
    expect(supervisor.locator(".pestanas")).to_contain_text("Precios 1")
    celda.fill("12.500")
    supervisor.keyboard.press("Enter")
    expect(supervisor.get_by_role("img", name="Guardado")).to_be_visible()
    expect(celda).to_be_focused()
    fila = PrecioArticulo.objects.using(ALIAS).get(lista_precio_id=lista)
    assert fila.precio_base == 12_500
    celda.fill("0,5")
    supervisor.keyboard.press("Tab")
    expect(supervisor.locator(".precios .invalid-feedback")).to_be_visible()
    expect(celda).to_have_value("0,5")
    assert faltas(supervisor) == []
    fila.refresh_from_db(using=ALIAS)
    assert fila.precio_base == 12_500
    perdonar(quejas, "422")


# The instant a fragment is in the page, before any other event: what a quick hand does.
AL_LLEGAR = """(precio) => {
    const cambiar = () => {
        const celda = document.querySelector(".precios .celda");
        celda.value = precio;
        celda.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const alLlegar = () => queueMicrotask(cambiar);
    document.body.addEventListener("htmx:afterSwap", alLlegar, { once: true });
}"""


def test_a_price_changed_the_instant_its_row_arrives_is_saved(
    supervisor: Page, mesa_real: Mesa, lista: int
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/precios/")
    celda = agregar_articulo(supervisor, "8000")
    expect(celda).to_have_value("8.000")
    supervisor.evaluate(AL_LLEGAR, "9500")
    celda.fill("12.500")
    supervisor.keyboard.press("Tab")
    expect(celda).to_have_value("9.500")
    assert PrecioArticulo.objects.using(ALIAS).get(lista_precio_id=lista).precio_base == 9500


def test_what_is_written_while_a_price_is_saved_is_saved_as_well(
    supervisor: Page, mesa_real: Mesa, lista: int
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/precios/")
    celda = agregar_articulo(supervisor, "8000")
    expect(celda).to_have_value("8.000")
    guardar = "**/precios/*/precios/*/"
    detenidas: list[Route] = []

    def detener(ruta: Route) -> None:
        detenidas.append(ruta)

    supervisor.route(guardar, detener, times=1)
    celda.fill("9000")
    with supervisor.expect_request(guardar):
        supervisor.keyboard.press("Enter")
    celda.fill("9500")
    supervisor.keyboard.press("Tab")
    detenidas.pop().continue_()
    expect(celda).to_have_value("9.500")
    supervisor.route(guardar, detener, times=1)
    celda.fill("10000")
    with supervisor.expect_request(guardar):
        supervisor.keyboard.press("Enter")
    celda.fill("11")
    with supervisor.expect_event("requestfinished"):
        detenidas.pop().continue_()
    supervisor.keyboard.type("500")
    expect(celda).to_have_value("11500")
    supervisor.keyboard.press("Tab")
    expect(celda).to_have_value("11.500")
    assert PrecioArticulo.objects.using(ALIAS).get(lista_precio_id=lista).precio_base == 11_500


def test_a_price_taken_out_is_counted_and_comes_back_twice(
    supervisor: Page, mesa_real: Mesa, lista: int
) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/precios/")
    agregar_articulo(supervisor, "8000")
    pestanas = supervisor.locator(".pestanas")
    for _ in range(2):
        supervisor.locator(".precios [id$=-baja]").click()
        expect(supervisor.get_by_role("button", name="Deshacer")).to_be_focused()
        expect(pestanas).to_contain_text("Precios 0")
        supervisor.keyboard.press("Enter")
        expect(supervisor.locator(".precios [id$=-baja]")).to_be_focused()
        expect(pestanas).to_contain_text("Precios 1")
    # The head came whole: its menu does what it says.
    supervisor.locator("#lista_mas").click()
    supervisor.get_by_role("button", name="Desactivar la lista").click()
    expect(supervisor.locator("h1")).to_contain_text("Inactiva")


def test_going_back_from_a_search_leaves_it(supervisor: Page, mesa_real: Mesa, lista: int) -> None:
    supervisor.goto(f"{mesa_real.url}/precios/{lista}/precios/")
    busqueda = supervisor.locator("#filtro_q")
    busqueda.fill("zz")
    supervisor.wait_for_url("**/precios/?q=zz")
    supervisor.go_back()
    expect(supervisor.get_by_text("Sin precios todavía")).to_be_visible()
    expect(busqueda).to_have_value("")
