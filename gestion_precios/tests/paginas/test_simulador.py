"""The simulator's page: every situation of a trace in words, costs, places, and bad addresses."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from gestion_precios.demo.principal import LAPTOP, MOUSE, SILLA, TECLADO, cargar_principal
from gestion_precios.models import Articulo, ListaPrecio, ReglaPrecio, Sucursal
from gestion_precios.tests.fabricas import (
    crear_articulo,
    crear_combinacion,
    crear_empresa,
    crear_lista,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
)
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import entrar

URL = "/precios/simulador/"
LIMA: dict[str, Any] = {"empresa": 1, "sucursal": 1, "canal": "ECOMMERCE", "fecha": "2026-11-21"}
AREQUIPA = LIMA | {"sucursal": 2, "canal": "TIENDA"}
COMBO, TRES = "Combo teclado + mouse: S/ 25 menos", "S/ 10 menos desde 3 mouses"
CINCO_MIL = "10 % desde S/ 5.000"
PASO = re.compile(r'<li class="paso[^"]*" data-codigo="(\w+)">(.*?)</li>', re.DOTALL)
LISTA = re.compile(r'<li class="paso (paso-\w+)">\s*<svg.*?</svg>\s*<div>(.*?)</div>', re.DOTALL)
FALTA = re.compile(r"<strong>.*?</small>", re.DOTALL)
CAMPO = re.compile(r'class="campo-error" id="simulador_error-(\w+)"[^>]*>([^<]+)<')


@pytest.fixture(autouse=True)
def _demo(db: None) -> None:
    cargar_principal()


@pytest.fixture
def supervisora(db: None) -> Client:
    return entrar(crear_usuario("sofia", Rol.SUPERVISOR, Sucursal.objects.get(pk=1)))


@pytest.fixture
def tomadora(db: None) -> Client:
    return entrar(crear_usuario("ana", Rol.TOMADOR, Sucursal.objects.get(pk=1)))


def pedir(quien: Client, donde: dict[str, Any], **resto: Any) -> Any:
    return quien.get(URL, donde | resto)


def palabras(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def parte(respuesta: Any, ident: str) -> str:
    """The words of one section of the page."""
    html = respuesta.content.decode()
    inicio = html.index(">", html.index(f'id="{ident}"')) + 1
    return palabras(html[inicio : html.index("</section>", inicio)])


def pasos(respuesta: Any) -> list[tuple[str, str]]:
    """The story's steps: code, and name, sentence and price after it."""
    return [(c, palabras(html)) for c, html in PASO.findall(respuesta.content.decode())]


def paso(respuesta: Any, codigo: str) -> str:
    """The one step of that code."""
    [(_codigo, texto)] = [(c, t) for c, t in pasos(respuesta) if c == codigo]
    return texto


def listas(respuesta: Any) -> list[tuple[str, str]]:
    html = respuesta.content.decode()
    desde = html.find(">De qué lista<")
    return [
        (clase, palabras(t)) for clase, t in LISTA.findall(html[desde : html.find("</ul>", desde)])
    ]


def faltas(respuesta: Any) -> list[str]:
    return [palabras(html) for html in FALTA.findall(respuesta.content.decode())]


def errores(respuesta: Any) -> dict[str, str]:
    return {c: unescape(t) for c, t in CAMPO.findall(respuesta.content.decode())}


# --- the situations of a trace -------------------------------------------------------------------


def test_fired_rules_and_amounts_that_add_up(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x3,3x1")
    assert parte(respuesta, "simulador_historia").startswith(
        "Mouse 2 Andes S/ 85,00 × 3 = S/ 255,00 De qué lista Lista E-commerce Lima"
        " Es la más específica de las vigentes."
        " Paso a paso, por unidad Precio de lista Lista E-commerce Lima S/ 120,00"
    )
    assert pasos(respuesta)[:2] == [
        (
            "APLICADA",
            f"{COMBO} Descuenta S/ 25,00 por unidad: de S/ 120,00 a S/ 95,00. S/ 95,00",
        ),
        (
            "APLICADA",
            f"{TRES} Descuenta S/ 10,00 por unidad: de S/ 95,00 a S/ 85,00. S/ 85,00",
        ),
    ]
    assert (
        "A precio de lista S/ 540,00 Reglas y piso de costo −S/ 130,00"
        " Total, IVA incluido S/ 410,00"
    ) in parte(respuesta, "simulador_carrito")


def test_too_small_an_order_says_how_much(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x3,3x1")
    frase = f"{CINCO_MIL} Pide un pedido de S/ 5.000,00 y va en S/ 540,00: faltan S/ 4.460,00."
    assert paso(respuesta, "MONTO") == frase
    assert faltas(respuesta) == [frase]


def test_too_few_units_says_how_many(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x1,3x1")
    assert paso(respuesta, "CANTIDAD") == (f"{TRES} Pide 3 unidades y hay 1: faltan 2 unidades.")


def test_an_incomplete_combination_says_which_article(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x1")
    assert paso(respuesta, "COMBO_INCOMPLETO") == (f"{COMBO} Falta Teclado en el carrito.")


def test_the_wrong_scope_and_not_being_of_the_combination(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x1")
    assert paso(respuesta, "FUERA_DE_ALCANCE") == "30 % en laptop Es solo para Laptop."
    respuesta = pedir(supervisora, LIMA, lineas="1x1")
    assert paso(respuesta, "NO_ES_PARTE_DEL_COMBO") == (
        f"{COMBO} Este artículo no es parte de la combinación."
    )
    assert "2 reglas que no son para este artículo" in parte(respuesta, "simulador_historia")


def test_an_inactive_rule_is_told_apart(supervisora: Client) -> None:
    ReglaPrecio.objects.filter(pk=2).update(activa=False)
    respuesta = pedir(supervisora, LIMA, lineas="2x3")
    assert paso(respuesta, "INACTIVA") == f"{TRES} La regla está inactiva."


def test_the_floor_raises_the_price(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="1x1")
    assert pasos(respuesta)[0] == (
        "APLICADA",
        "30 % en laptop Descuenta 30 %: de S/ 2.000,00 a S/ 1.400,00. S/ 1.400,00",
    )
    assert paso(respuesta, "PISO_COSTO") == (
        "Piso de costo S/ 1.400,00 queda bajo el costo de S/ 1.500,00: sube a S/ 1.500,00."
        " S/ 1.500,00"
    )
    assert "Precio final S/ 1.500,00" in parte(respuesta, "simulador_historia")


def test_below_cost_with_permission_names_the_rule(supervisora: Client) -> None:
    respuesta = pedir(supervisora, AREQUIPA, lineas="1x1")
    assert paso(respuesta, "PISO_COSTO") == (
        "Piso de costo Se vende bajo el costo de S/ 1.500,00:"
        " lo permite «40 % en laptop, autorizado bajo costo»."
    )
    assert "Precio final S/ 1.260,00" in parte(respuesta, "simulador_historia")


def test_an_article_that_the_list_lacks_says_where_it_has_a_price(supervisora: Client) -> None:
    lista = ListaPrecio.objects.get(pk=2)
    general = crear_lista(lista.empresa, nombre="General")
    crear_precio_lista(general, Articulo.objects.get(pk=MOUSE), 130)
    respuesta = pedir(supervisora, AREQUIPA, lineas="2x1,1x1")
    texto = parte(respuesta, "simulador_historia")
    assert texto.startswith(
        "Mouse 2 Andes El artículo no tiene precio en «Lista Tienda Arequipa», la lista que rige."
        " Lo tiene en «General»."
    )
    assert "Una línea no tiene precio: sin ella se ve el total." in parte(
        respuesta, "simulador_carrito"
    )


def test_every_list_says_why_it_was_or_was_not_chosen(supervisora: Client) -> None:
    empresa = ListaPrecio.objects.get(pk=1).empresa
    crear_lista(empresa, nombre="General")
    crear_lista(empresa, nombre="Vieja", hasta=date(2026, 11, 20))
    crear_lista(empresa, nombre="Nueva", desde=date(2026, 11, 22))
    crear_lista(empresa, nombre="Apagada", activa=False)
    halladas = listas(pedir(supervisora, LIMA, lineas="2x1"))
    assert halladas[0] == (
        "paso-hecho",
        "Lista E-commerce Lima Es la más específica de las vigentes.",
    )
    assert set(halladas[1:]) == {
        ("paso-no", "General Vigente, pero «Lista E-commerce Lima» es más específica."),
        ("paso-no", "Vieja Termina el 20/11/2026, antes de la fecha."),
        ("paso-no", "Nueva Empieza el 22/11/2026, después de la fecha."),
        ("paso-no", "Apagada La lista está inactiva."),
    }


def test_without_a_list_it_says_where_there_is_one(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA | {"canal": "TIENDA"}, lineas="2x1")
    assert respuesta.status_code == 200
    assert "No hay una lista de precios vigente para ese canal, sucursal y fecha." in parte(
        respuesta, "simulador_historia"
    )
    assert "Con lista ese día: E-commerce" in parte(respuesta, "simulador_historia")


# --- what is nearly there ------------------------------------------------------------------------


def test_the_nearest_discounts_come_first_and_surcharges_not_at_all(supervisora: Client) -> None:
    lista = ListaPrecio.objects.get(pk=1)
    mouse = Articulo.objects.get(pk=MOUSE)
    crear_regla(lista, nombre="Recargo", valor=-5, condicion_valor=3, articulo=mouse)
    crear_regla(lista, nombre="Docena", condicion_valor=12, articulo=mouse)
    respuesta = pedir(supervisora, LIMA, lineas="2x2,1x1")
    assert faltas(respuesta) == [
        f"{TRES} · Mouse Pide 3 unidades y hay 2: falta 1 unidad.",
        f"{COMBO} Falta Teclado en el carrito.",
        f"{CINCO_MIL} Pide un pedido de S/ 5.000,00 y va en S/ 2.240,00: faltan S/ 2.760,00.",
    ]
    html = respuesta.content.decode()
    assert 'data-lineas="2x3,1x1"' in html
    assert 'data-lineas="2x2,1x1,3x1"' in html
    # Of a ladder, the next step: once it is there, the one after it.
    assert faltas(pedir(supervisora, LIMA, lineas="2x3,1x1"))[1] == (
        "Docena · Mouse Pide 12 unidades y hay 3: faltan 9 unidades."
    )


def test_only_what_lowers_a_price_and_can_be_had_is_said_to_be_missing(
    supervisora: Client,
) -> None:
    lista = ListaPrecio.objects.get(pk=1)
    laptop, silla = Articulo.objects.get(pk=LAPTOP), Articulo.objects.get(pk=SILLA)
    # It is at its cost already; and the chair has no price in this list.
    crear_regla(lista, nombre="Par de laptops", condicion_valor=2, articulo=laptop)
    crear_regla(
        lista,
        nombre="Con silla",
        tipo="MONTO_FIJO",
        combinacion=crear_combinacion(lista, [laptop, silla]),
        permite_venta_bajo_costo=True,
    )
    assert faltas(pedir(supervisora, LIMA, lineas="1x1")) == []
    crear_regla(
        lista,
        nombre="Trío",
        condicion_valor=3,
        articulo=laptop,
        permite_venta_bajo_costo=True,
    )
    [trio] = faltas(pedir(supervisora, LIMA, lineas="1x1"))
    assert trio == "Trío · Laptop Pide 3 unidades y hay 1: faltan 2 unidades."


# --- another place, channel or day ---------------------------------------------------------------


def comparacion(respuesta: Any) -> str:
    texto = parte(respuesta, "simulador_carrito")
    return texto[texto.index("Comparado con") :]


def test_the_cart_in_another_place_side_by_side(supervisora: Client) -> None:
    otra = {"otra_sucursal": 2, "otro_canal": "TIENDA"}
    respuesta = pedir(supervisora, LIMA | otra, lineas="1x2,2x1")
    assert comparacion(respuesta) == (
        "Comparado con Sucursal Arequipa · Tienda · 21/11/2026"
        " Totales de línea; allá, con «Lista Tienda Arequipa»."
        " Artículo Acá Allá Diferencia"
        " Laptop 3.000,00 2.520,00 −S/ 480,00"
        " Mouse 120,00 — —"
        " Total 3.120,00 — —"
    )
    html = respuesta.content.decode()
    destino = f"{URL}?empresa=1&sucursal=2&canal=TIENDA&fecha=2026-11-21&lineas=1x2,2x1&ver=1"
    assert f'href="{escape(destino)}"' in html
    # What is compared stays in the page's other links.
    assert "otra_sucursal=2&amp;otro_canal=TIENDA" in html


def test_the_cart_on_another_day(supervisora: Client) -> None:
    lista = ListaPrecio.objects.get(pk=1)
    ListaPrecio.objects.filter(pk=1).update(fecha_fin_vigencia=date(2026, 12, 31))
    nueva = crear_lista(
        lista.empresa, sucursal=lista.sucursal, canal_venta="ECOMMERCE", desde=date(2027, 1, 1)
    )
    crear_precio_lista(nueva, Articulo.objects.get(pk=MOUSE), 130)
    respuesta = pedir(supervisora, LIMA | {"otra_fecha": "2027-01-01"}, lineas="2x1")
    assert "Mouse 120,00 130,00 +S/ 10,00 Total 120,00 130,00 +S/ 10,00" in comparacion(respuesta)
    respuesta = pedir(supervisora, LIMA | {"otra_sucursal": "ninguna"}, lineas="2x1")
    assert comparacion(respuesta).startswith(
        "Comparado con Toda la empresa · E-commerce · 21/11/2026"
        " No hay una lista de precios vigente para ese canal, sucursal y fecha."
    )


# --- costs ---------------------------------------------------------------------------------------


def test_without_the_permission_no_cost_is_said(tomadora: Client) -> None:
    respuesta = pedir(tomadora, LIMA, lineas="1x1")
    assert paso(respuesta, "PISO_COSTO") == (
        "Piso de costo El precio quedaba bajo el costo: sube hasta el costo. S/ 1.500,00"
    )
    respuesta = pedir(tomadora, AREQUIPA, lineas="1x1")
    assert paso(respuesta, "PISO_COSTO") == (
        "Piso de costo Se vende bajo el costo: lo permite «40 % en laptop, autorizado bajo costo»."
    )
    assert "1.500" not in palabras(respuesta.content.decode())


# --- place, day, address -------------------------------------------------------------------------


def test_bare_it_takes_the_users_place_and_a_channel_with_a_list(tomadora: Client) -> None:
    respuesta = tomadora.get(URL)
    html = respuesta.content.decode()
    assert respuesta.status_code == 200
    assert '<option value="1" selected>Sucursal Lima</option>' in html
    assert '<option value="ECOMMERCE" selected>E-commerce</option>' in html
    assert '<option value="2" >Sucursal Arequipa</option>' in html
    assert 'id="simulador_empresa" name="empresa" value="1"' in html


def test_the_example_is_the_demo_worked_out(supervisora: Client) -> None:
    html = pedir(supervisora, LIMA | {"sucursal": ""}).content.decode()
    [destino] = re.findall(r'href="([^"]+)">Probar con un ejemplo<', html)
    destino = unescape(destino)
    assert "sucursal=1&canal=ECOMMERCE&fecha=2026-11-21&lineas=2x3,3x1,1x1&ver=2" in destino
    assert "× 3 = S/ 255,00" in parte(supervisora.get(destino), "simulador_historia")


def test_a_company_without_lists_has_no_example() -> None:
    sucursal = crear_sucursal(crear_empresa("Nueva S.A."), "Casa matriz")
    quien = entrar(crear_usuario("eva", Rol.SUPERVISOR, sucursal))
    assert "Todavía no hay un ejemplo" in parte(quien.get(URL), "simulador_carrito")


@pytest.mark.parametrize(
    "donde", [{"empresa": 2}, {"empresa": 999}, {"sucursal": 3}, {"empresa": 1, "sucursal": 999}]
)
def test_other_peoples_places_do_not_exist(supervisora: Client, donde: dict[str, Any]) -> None:
    crear_sucursal(crear_empresa("Otra S.A."), "Encarnación")
    assert supervisora.get(URL, donde).status_code == 404


def test_an_article_twice_is_one_line(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x1,3x1,2x2")
    assert 'name="lineas" id="simulador_lineas" value="2x3,3x1"' in respuesta.content.decode()
    assert "× 3 = S/ 255,00" in parte(respuesta, "simulador_historia")


def test_a_line_can_be_looked_at(supervisora: Client) -> None:
    respuesta = pedir(supervisora, LIMA, lineas="2x3,3x1", ver=3)
    assert parte(respuesta, "simulador_historia").startswith("Teclado 3 Andes S/ 155,00 × 1")


# --- fragments -----------------------------------------------------------------------------------


def test_htmx_gets_the_parts_and_they_are_the_pages(supervisora: Client) -> None:
    pagina = pedir(supervisora, LIMA, lineas="2x3,3x1")
    partes = supervisora.get(URL, LIMA | {"lineas": "2x3,3x1"}, headers={"HX-Request": "true"})
    html = partes.content.decode()
    assert "<html" not in html
    assert re.findall(r'id="(\w+(?:-\w+)?)"[^>]*hx-swap-oob="true"', html) == [
        "simulador_historia",
        "simulador_sucursal-campo",
        "simulador_otra_sucursal-campo",
        "simulador_error-empresa",
        "simulador_error-canal",
        "simulador_error-fecha",
        "simulador_error-otro_canal",
        "simulador_error-otra_fecha",
    ]
    for ident in ("simulador_carrito", "simulador_historia"):
        assert parte(partes, ident) == parte(pagina, ident)


def test_looking_at_another_line_leaves_no_step_to_go_back_to(supervisora: Client) -> None:
    def destino(aqui: str, **resto: Any) -> str | None:
        cabeceras = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{URL}?{aqui}"}
        respuesta = supervisora.get(URL, LIMA | resto, headers=cabeceras)
        return respuesta.headers.get("HX-Replace-Url")

    aqui = "empresa=1&sucursal=1&canal=ECOMMERCE&fecha=2026-11-21&lineas=2x3%2C3x1&ver=2"
    pedida = f"{URL}?empresa=1&sucursal=1&canal=ECOMMERCE&fecha=2026-11-21&lineas=2x3%2C3x1&ver=3"
    assert destino(aqui, lineas="2x3,3x1", ver=3) == pedida
    assert destino(aqui, lineas="2x3,3x2", ver=3) is None
    assert destino("", lineas="2x3,3x1", ver=3) is None


def test_as_many_queries_for_two_hundred_lines(
    supervisora: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lista = ListaPrecio.objects.get(pk=1)
    articulos = [crear_articulo(f"Cable {n}", codigo=100 + n) for n in range(199)]
    for articulo in articulos:
        crear_precio_lista(lista, articulo, 15)
    muchas = ",".join(["2x3", *(f"{articulo.pk}x2" for articulo in articulos)])
    for lineas in ("2x3", muchas):
        pedir(supervisora, LIMA, lineas=lineas)
        with django_assert_num_queries(10):
            assert pedir(supervisora, LIMA, lineas=lineas).status_code == 200


# --- bad addresses -------------------------------------------------------------------------------

CANTIDAD = "La cantidad va de 1 a 1.000.000, sin decimales."
NO_ES = "«{}» no es un número: escribir solo cifras, como 12.500."
MALAS = [
    ({"empresa": "abc"}, "empresa", "La empresa se indica con su número."),
    ({"empresa": ""}, "empresa", "La empresa se indica con su número."),
    ({"empresa": "-3"}, "empresa", "La empresa se indica con su número."),
    ({"empresa": "9" * 5000}, "empresa", "La empresa se indica con su número."),
    ({"sucursal": "1.5"}, "sucursal", "La sucursal se indica con su número."),
    ({"sucursal": "\x00"}, "sucursal", "La sucursal se indica con su número."),
    ({"canal": "tienda"}, "canal", "No existe el canal «tienda»: elegir uno de la lista."),
    ({"canal": ""}, "canal", "Elegir el canal de la venta."),
    (
        {"canal": "<b>" + "x" * 99},
        "canal",
        f"No existe el canal «<b>{'x' * 17}…»: elegir uno de la lista.",
    ),
    ({"fecha": ""}, "fecha", "Elegir la fecha de la venta."),
    (
        {"otra_sucursal": "x"},
        "otra_sucursal",
        "La sucursal se indica con su número.",
    ),
    ({"otro_canal": "x"}, "otro_canal", "No existe el canal «x»: elegir uno de la lista."),
    ({"lineas": "2x0"}, "2", CANTIDAD),
    ({"lineas": "2x-1"}, "2", CANTIDAD),
    ({"lineas": "2x1.5"}, "2", NO_ES.format("1.5")),
    ({"lineas": "2xNaN"}, "2", NO_ES.format("NaN")),
    ({"lineas": "2x1000001"}, "2", CANTIDAD),
    ({"lineas": "2x1000000,2x1"}, "2", CANTIDAD),
    ({"lineas": "2x" + "9" * 50}, "2", CANTIDAD),
    ({"lineas": "2x" + "9" * 500}, "2", NO_ES.format("9" * 59 + "…")),
    ({"lineas": "2x"}, "2", "Escribir un número."),
    ({"lineas": "2x٣"}, "2", NO_ES.format("٣")),
    ({"lineas": "999x1"}, "999", "No existe: quitarlo del carrito."),
    ({"lineas": f"{2**63}x1"}, str(2**63), "No existe: quitarlo del carrito."),
    ({"lineas": f"{2**63 - 1}x1"}, str(2**63 - 1), "No existe: quitarlo del carrito."),
]


@pytest.mark.parametrize(("malo", "campo", "frase"), MALAS)
def test_what_is_wrong_is_said_beside_its_field(
    supervisora: Client, malo: dict[str, str], campo: str, frase: str
) -> None:
    respuesta = supervisora.get(URL, LIMA | malo)
    assert respuesta.status_code == 400
    assert errores(respuesta)[campo] == frase
    parcial = supervisora.get(URL, LIMA | malo, headers={"HX-Request": "true"})
    assert (parcial.status_code, errores(parcial)[campo]) == (422, frase)


@pytest.mark.parametrize("cantidad", ["1.200", "１２００", " 1200 ", "01200", "\u200b1200"])
def test_a_quantity_in_the_address_is_read_as_everywhere(
    supervisora: Client, cantidad: str
) -> None:
    respuesta = supervisora.get(URL, LIMA | {"lineas": f"2x{cantidad}"})
    assert respuesta.status_code == 200
    assert respuesta.context["respuesta"].pregunta.lineas[0].cantidad == 1_200


@pytest.mark.parametrize(
    "fecha", ["2026-02-31", "31/12/2026", "20261121", "2026-W47-6", "0000-01-01"]
)
def test_a_date_that_is_none(supervisora: Client, fecha: str) -> None:
    respuesta = supervisora.get(URL, LIMA | {"fecha": fecha})
    assert respuesta.status_code == 400
    assert errores(respuesta)["fecha"].startswith(
        f"No existe la fecha «{fecha}»: se escribe año-mes-día, como 20"
    )


@pytest.mark.parametrize(
    ("lineas", "frase"),
    [
        ("abc", "«abc» no es una línea: se escriben artículo y cantidad, como 4x3."),
        ("4", "«4» no es una línea: se escriben artículo y cantidad, como 4x3."),
        ("2x1,-3x1", "«-3x1» no es una línea: se escriben artículo y cantidad, como 4x3."),
        (",".join(f"{n}x1" for n in range(1, 202)), "El simulador lleva hasta 200 artículos."),
        ("1" * 50_000, "El simulador lleva hasta 200 artículos."),
    ],
)
def test_a_cart_that_is_none(supervisora: Client, lineas: str, frase: str) -> None:
    respuesta = supervisora.get(URL, LIMA | {"lineas": lineas})
    assert respuesta.status_code == 400
    assert frase in parte(respuesta, "simulador_carrito")


def test_repeated_parameters_and_a_line_that_is_not_there(supervisora: Client) -> None:
    respuesta = supervisora.get(f"{URL}?canal=TIENDA&canal=ECOMMERCE")
    assert respuesta.status_code == 400
    assert errores(respuesta) == {"canal": "Viene repetido: dejar uno solo."}
    for ver in ("4", "abc"):
        respuesta = pedir(supervisora, LIMA, lineas="2x1", ver=ver)
        assert respuesta.status_code == 400
        assert "Ese artículo no está en el carrito" in parte(respuesta, "simulador_historia")


def test_a_branch_of_another_company_of_mine() -> None:
    otra = crear_sucursal(crear_empresa("Otra S.A."), "Encarnación")
    admin = entrar(crear_usuario("admin", Rol.ADMIN))
    respuesta = admin.get(URL, {"empresa": 1, "sucursal": otra.pk})
    assert respuesta.status_code == 400
    assert errores(respuesta) == {"sucursal": "Esa sucursal es de otra empresa."}
    assert admin.get(URL, {"sucursal": otra.pk}).status_code == 200


# --- the picker ----------------------------------------------------------------------------------


def opciones(quien: Client, q: str, **resto: str) -> list[str]:
    respuesta = quien.get(f"{URL}articulos/", LIMA | {"q": q} | resto)
    assert respuesta.status_code == 200
    html = respuesta.content.decode()
    return [palabras(li) for li in re.findall(r"<li role=\"option\".*?</li>", html, re.DOTALL)]


def test_articles_of_the_list_or_all(supervisora: Client) -> None:
    assert opciones(supervisora, "andes") == [
        "1 Laptop S/ 2.000,00 Andes",
        "2 Mouse S/ 120,00 Andes",
        "3 Teclado S/ 180,00 Andes",
    ]
    assert opciones(supervisora, "silla") == []
    assert opciones(supervisora, "silla", todos="si") == ["4 Silla Fuera de la lista Misti"]
    assert opciones(supervisora, "TEC-LAP-002") == ["2 Mouse S/ 120,00 Andes"]
    Articulo.objects.filter(pk=TECLADO).update(codigo_barras="7840001000018")
    assert opciones(supervisora, "7840001000018") == ["3 Teclado S/ 180,00 Andes 7840001000018"]


def test_without_a_list_all_articles_are_there(supervisora: Client) -> None:
    sin_lista = {"canal": "MAYORISTA"}
    assert opciones(supervisora, "silla", **sin_lista) == ["4 Silla Fuera de la lista Misti"]


def test_the_picker_refuses_a_bad_place_and_takes_any_text(supervisora: Client) -> None:
    respuesta = supervisora.get(f"{URL}articulos/", LIMA | {"fecha": "ayer", "q": "silla"})
    assert respuesta.status_code == 422
    assert "Corregir primero lo marcado arriba." in palabras(respuesta.content.decode())
    for texto in ("%", "9" * 5000, "<script>", "ñandú"):
        assert opciones(supervisora, texto) == []
