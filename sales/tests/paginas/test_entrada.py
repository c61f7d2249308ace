"""Order entry's page and pickers: who may, what they find, what bad input answers."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gestion_precios.articulos.busqueda import buscar_articulos
from gestion_precios.models import Sucursal
from sales.clientes.busqueda import buscar_clientes
from sales.models import Cliente
from sales.personas.roles import Rol
from sales.tests.fabricas import (
    crear_articulo,
    crear_canal,
    crear_cliente,
    crear_lista,
    crear_pedido,
    crear_precio,
    crear_precio_lista,
    crear_regla,
    crear_sucursal,
    crear_usuario,
)

pytestmark = pytest.mark.django_db
PAGINA = "/pedidos/nuevo/"
CLIENTES = "/pedidos/clientes/"
ARTICULOS = "/pedidos/articulos/"
ULTIMO = "/pedidos/ultimo/"
SESION = "/pedidos/nuevo/sesion/"


@pytest.fixture
def sucursal() -> Sucursal:
    return crear_sucursal()


@pytest.fixture
def tomador(sucursal: Sucursal, client: Client) -> Client:
    client.force_login(crear_usuario("tomador", Rol.TOMADOR, sucursal))
    return client


def nombres(html: bytes, tipo: str) -> list[str]:
    """The ids of a picker's options, in order."""
    return re.findall(rf'id="{tipo}-(\d+)"', html.decode())


# --- The page -----------------------------------------------------------------------------------
def test_the_page_tells_its_modules_who_and_where(tomador: Client, sucursal: Sucursal) -> None:
    html = tomador.get(PAGINA).content.decode()
    bloque = re.search(r'<script id="parametros" type="application/json">(.*?)</script>', html)
    assert bloque is not None
    parametros = json.loads(bloque[1])
    assert parametros["sucursal"] == sucursal.pk
    assert parametros["empresa"] == sucursal.empresa_id
    assert parametros["usuario"] == int(tomador.session["_auth_user_id"])
    assert (parametros["moneda"], parametros["decimales"]) == ("PYG", 0)
    assert parametros["urls"]["pedidos"] == reverse("api_pedidos")
    assert parametros["urls"]["sesion"] == SESION


def test_nothing_inline(tomador: Client) -> None:
    html = tomador.get(PAGINA).content.decode()
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", html) == []
    assert re.findall(r"\s(?:style|on[a-z]+|hx-on)=", html) == []


def test_a_stranger_signs_in_first(client: Client) -> None:
    respuesta = client.get(PAGINA)
    assert respuesta.status_code == 302
    assert respuesta["Location"] == f"/cuentas/entrar/?next={PAGINA}"


def test_without_a_role_nobody_enters(client: Client, sucursal: Sucursal) -> None:
    client.force_login(crear_usuario("nadie", Rol.NADIE, sucursal))
    for url in (PAGINA, CLIENTES, ARTICULOS, ULTIMO):
        assert client.get(url).status_code == 403


def test_without_a_branch_the_page_says_whom_to_ask(client: Client) -> None:
    client.force_login(crear_usuario("suelto", Rol.TOMADOR))
    respuesta = client.get(PAGINA)
    assert respuesta.status_code == 400
    assert "Su usuario no tiene sucursal. Pedir a un administrador" in respuesta.content.decode()


def test_an_admin_chooses_the_branch(client: Client, sucursal: Sucursal) -> None:
    otra = crear_sucursal(sucursal.empresa, "Ciudad del Este")
    client.force_login(crear_usuario("jefa", Rol.ADMIN))
    html = client.get(PAGINA).content.decode()
    assert re.findall(r'href="/pedidos/nuevo/\?sucursal=(\d+)"', html) == [
        str(sucursal.pk),
        str(otra.pk),
    ]
    assert client.get(PAGINA, {"sucursal": otra.pk}).status_code == 200


def test_a_foreign_branch_does_not_exist(tomador: Client) -> None:
    ajena = crear_sucursal(nombre="Encarnación")
    assert tomador.get(PAGINA, {"sucursal": ajena.pk}).status_code == 404


def test_the_session_check_names_its_user(client: Client, sucursal: Sucursal) -> None:
    respuesta = client.get(SESION)
    assert (respuesta.status_code, respuesta.json()) == (401, {"codigo": "sin_sesion"})
    usuario = crear_usuario("tomador", Rol.TOMADOR, sucursal)
    client.force_login(usuario)
    respuesta = client.get(SESION)
    assert respuesta.json() == {"usuario": usuario.pk}
    assert "csrftoken" in respuesta.cookies
    assert "no-store" in respuesta["Cache-Control"]


# --- Clients ------------------------------------------------------------------------------------
def test_clients_are_found_by_either_name_and_ruc(tomador: Client) -> None:
    ana = crear_cliente("Autoservicio Ñandutí", nombrefactura="Ana Gómez", ruc="80009735-1")
    crear_cliente("Despensa Don Beto", nombrefactura="Beto Ñu")
    for q in ("ñandu", "NANDUTI", "nandutí auto", "gomez ana", "80009735", "80009735-1", "ndut"):
        assert nombres(tomador.get(CLIENTES, {"q": q}).content, "cliente") == [str(ana.pk)], q
    assert nombres(tomador.get(CLIENTES, {"q": "nadie"}).content, "cliente") == []


def test_closed_clients_are_not_offered(tomador: Client) -> None:
    crear_cliente("Cerrado", activo=False)
    assert nombres(tomador.get(CLIENTES, {"q": "cerrado"}).content, "cliente") == []


def test_a_name_is_text_and_never_markup(tomador: Client) -> None:
    crear_cliente('<script>alert("x")</script>')
    html = tomador.get(CLIENTES, {"q": "script"}).content.decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in html


def test_ids_carry_no_thousands_dots(tomador: Client) -> None:
    Cliente.objects.create(
        pk=1_234_567, ruc="80009735-1", nombrefactura="Grande", canalobj=crear_canal()
    )
    html = tomador.get(CLIENTES, {"q": "grande"}).content.decode()
    assert 'data-id="1234567"' in html
    assert "1.234.567" not in html


def test_twenty_rows_and_word_of_more(tomador: Client) -> None:
    canal = crear_canal()
    for i in range(21):
        crear_cliente(f"Despensa {i}", canal=canal)
    respuesta = tomador.get(CLIENTES, {"q": "despensa"})
    assert len(nombres(respuesta.content, "cliente")) == 20
    assert "Hay más: seguir escribiendo." in respuesta.content.decode()


# --- Articles -----------------------------------------------------------------------------------
def test_articles_are_found_by_all_they_are_called(tomador: Client) -> None:
    cafe = crear_articulo(
        "Café molido Güembé 250 g", codigo=4321, sku="CF-250x", prod_marca="Tekoha",
        codigo_barras="7841001000018",
    )  # fmt: skip
    for articulo in (cafe, crear_articulo("Té verde", codigo=99)):
        crear_precio(articulo, crear_canal())
    for q in ("cafe guembe", "TEKOHA 250", "4321", "cf-250x", "CF-250X", "7841001000018", "mol"):
        assert nombres(tomador.get(ARTICULOS, {"q": q}).content, "articulo") == [str(cafe.pk)], q


def test_the_exact_code_comes_first_and_words_by_their_start(tomador: Client) -> None:
    por_nombre = crear_articulo("Agua 500 ml", codigo=1)
    por_codigo = crear_articulo("Zanahoria", codigo=500)
    dentro = crear_articulo("Bolsa x1500", codigo=2)
    crear_articulo("Arroz para el agua", codigo=3)
    assert buscar_articulos("agu").filas[0]["id"] == por_nombre.pk
    assert [f["id"] for f in buscar_articulos("500").filas] == [por_codigo.pk, por_nombre.pk]
    assert [f["id"] for f in buscar_articulos("x15").filas] == [dentro.pk]
    assert [f["id"] for f in buscar_articulos("olsa").filas] == [dentro.pk]


def test_what_nobody_has_offers_the_nearest_and_says_so(tomador: Client) -> None:
    canal = crear_canal()
    galleta = crear_articulo("Galleta dulce")
    sin_precio = crear_articulo("Galleta ajena")
    crear_precio(galleta, canal)
    crear_precio(sin_precio, crear_canal("De otros"))
    cliente = crear_cliente("Almacén Sao Joao", canal=canal)
    html = tomador.get(ARTICULOS, {"q": "galletitas", "cliente": str(cliente.pk)}).content.decode()
    assert nombres(html.encode(), "articulo") == [str(galleta.pk), str(sin_precio.pk)]
    assert "data-cercanas" in html
    assert "Nada coincide; lo más parecido es:" in html
    html = tomador.get(CLIENTES, {"q": "almacem joao"}).content.decode()
    assert nombres(html.encode(), "cliente") == [str(cliente.pk)]
    assert "data-cercanas" in html
    for url, q in ((ARTICULOS, "galleta"), (ARTICULOS, "zzzz"), (CLIENTES, "zzzz")):
        assert "data-cercanas" not in tomador.get(url, {"q": q}).content.decode()


def test_the_price_is_the_chosen_clients(tomador: Client, sucursal: Sucursal) -> None:
    articulo = crear_articulo("Yerba")
    canal = crear_canal(canal_venta="TIENDA")
    cliente = crear_cliente(canal=canal)
    crear_precio_lista(crear_lista(sucursal.empresa, canal_venta="TIENDA"), articulo, 12_500)
    html = tomador.get(ARTICULOS, {"q": "yerba", "cliente": str(cliente.pk)}).content.decode()
    assert 'data-precio="12500"' in html
    assert ">12.500<" in html
    assert "aria-disabled" not in html


def test_the_price_is_the_engines_and_a_cheaper_quantity_is_told(
    tomador: Client, sucursal: Sucursal
) -> None:
    articulo, hermano = crear_articulo("Yerba"), crear_articulo("Yerba suave")
    cliente = crear_cliente(canal=crear_canal(canal_venta="TIENDA"))
    lista = crear_lista(sucursal.empresa)
    for precio, cual in ((12_500, articulo), (10_000, hermano)):
        crear_precio_lista(lista, cual, precio)
    crear_regla(lista, valor=4)
    crear_regla(lista, valor=5, condicion_valor=12, articulo=articulo, prioridad=20)
    html = tomador.get(ARTICULOS, {"q": "yerba", "cliente": str(cliente.pk)}).content.decode()
    assert re.findall(r'data-precio="(\d+)"', html) == ["12000", "9600"]
    assert re.findall(r'data-campo="desde">([^<]*)<', html) == ["desde 12: 11.400", ""]


def test_what_rules_bring_to_nothing_cannot_be_chosen(tomador: Client, sucursal: Sucursal) -> None:
    lista = crear_lista(sucursal.empresa)
    crear_precio_lista(lista, crear_articulo("Yerba"), 12_500)
    crear_regla(lista, valor=100)
    cliente = str(crear_cliente().pk)
    html = tomador.get(ARTICULOS, {"q": "yerba", "cliente": cliente}).content.decode()
    assert 'aria-disabled="true"' in html
    assert "La lista lo deja sin precio" in html


def test_an_article_without_price_says_so_and_cannot_be_chosen(tomador: Client) -> None:
    crear_precio(crear_articulo("Yerba"), crear_canal("De otros"))
    cliente = crear_cliente()
    html = tomador.get(ARTICULOS, {"q": "yerba", "cliente": str(cliente.pk)}).content.decode()
    assert 'aria-disabled="true"' in html
    assert 'data-precio=""' in html
    assert "Sin precio para este cliente" in html
    assert "Elegir un cliente" in tomador.get(ARTICULOS, {"q": "yerba"}).content.decode()


def test_searches_walk_an_index_and_no_table(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    crear_articulo("Yerba mate", codigo=7)
    with django_assert_max_num_queries(14) as consultas:
        buscar_articulos("nada 7")
        buscar_clientes("nada")
    if connection.vendor != "sqlite":
        return  # PostgreSQL reads a table of one row whole, and is right
    for consulta in consultas.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {consulta['sql']}")
            pasos = [fila[3] for fila in cursor.fetchall()]
        assert not [paso for paso in pasos if paso.startswith("SCAN")], consulta["sql"]


@pytest.mark.parametrize("cuantos", [1, 20])
def test_queries_do_not_grow_with_rows(
    tomador: Client,
    sucursal: Sucursal,
    cuantos: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    canal = crear_canal()
    cliente = crear_cliente("Kiosco", canal=canal)
    lista = crear_lista(sucursal.empresa)
    crear_regla(lista, condicion_valor=12)
    for i in range(cuantos):
        articulo = crear_articulo(f"Yerba {i}")
        if i % 2:
            crear_precio_lista(lista, articulo, 1000 + i)
        else:
            crear_precio(articulo, canal, 1000 + i)
        crear_cliente(f"Despensa {i}", canal=canal)
    # A session's first request stamps it; the list's first quote compiles its rules.
    tomador.get(CLIENTES)
    tomador.get(ARTICULOS, {"q": "yerba", "cliente": str(cliente.pk)})
    # session, user, groups, branch, client; lists, canales; exact, beginnings, words, which have a
    # price; list in force, prices
    with django_assert_num_queries(13):
        tomador.get(ARTICULOS, {"q": "yerba", "cliente": str(cliente.pk)})
    # session, user, groups, beginnings, words: what has no figure is no RUC
    with django_assert_num_queries(5):
        tomador.get(CLIENTES, {"q": "despensa"})


@pytest.mark.parametrize(
    "q",
    ["", " ", "\x00", "a\x00b", "x" * 10_000, "%", "_", "\\", "'", '"', "\u202e\u200b", "9" * 400,
     "2147483648", "00000000000001", "🧉", "\ud800".encode("utf-16", "surrogatepass").hex(), "-1",
     "1e9", "<b>", "a b c d e f g h i j k l m n o p q r s t u v w x y z" * 5],
)  # fmt: skip
def test_bad_queries_answer_well(tomador: Client, q: str) -> None:
    crear_cliente()
    crear_articulo()
    for url in (CLIENTES, ARTICULOS):
        assert tomador.get(url, {"q": q}).status_code == 200


@pytest.mark.parametrize("q", ["%", "_", "e_pensa", "\\"])
def test_wildcards_are_letters(tomador: Client, q: str) -> None:
    crear_cliente("Despensa")
    assert buscar_clientes(q).filas == []


@pytest.mark.parametrize("cliente", ["", "0", "-1", "x", "1.5", "9" * 30, "\x00", "٣"])
def test_a_client_that_is_none_has_no_prices(tomador: Client, cliente: str) -> None:
    crear_precio(crear_articulo("Yerba"), crear_canal())
    respuesta = tomador.get(ARTICULOS, {"q": "yerba", "cliente": cliente})
    assert "Elegir un cliente" in respuesta.content.decode()
    assert tomador.get(ULTIMO, {"cliente": cliente}).status_code == 404


def test_a_fragment_never_holds_a_login_page(client: Client) -> None:
    for url in (CLIENTES, ARTICULOS, ULTIMO):
        respuesta = client.get(url, headers={"HX-Request": "true"})
        assert respuesta.status_code == 401
        assert respuesta["HX-Redirect"].startswith("/cuentas/entrar/")
        assert respuesta.content == b""


# --- The last order -----------------------------------------------------------------------------
def test_the_last_order_is_repeated_at_todays_prices(tomador: Client, sucursal: Sucursal) -> None:
    canal = crear_canal()
    cliente = crear_cliente(canal=canal)
    usuario = sucursal.perfiles.get().usuario
    yerba, azucar, viejo = (
        crear_articulo("Yerba"),
        crear_articulo("Azúcar"),
        crear_articulo("Viejo"),
    )
    for articulo, precio in ((yerba, 12_500), (azucar, 6_200)):
        crear_precio(articulo, canal, precio)
    crear_pedido(cliente, [(yerba, 1, 1)], sucursal=sucursal, usuario=usuario)
    crear_pedido(
        cliente, [(azucar, 7, 10), (viejo, 1, 10), (yerba, 3, 10)],
        sucursal=sucursal, usuario=usuario,
    )  # fmt: skip
    html = tomador.get(ULTIMO, {"cliente": str(cliente.pk)}).content.decode()
    lineas = re.findall(r'data-id="(\d+)".*?data-precio="(\d*)" data-cantidad="(\d+)"', html)
    assert lineas == [
        (str(azucar.pk), "6200", "7"),
        (str(viejo.pk), "", "1"),
        (str(yerba.pk), "12500", "3"),
    ]
    assert "Último: 16/06/2025 · 3 líneas" in html


def test_the_last_order_is_priced_as_an_order_of_its_quantities(
    tomador: Client, sucursal: Sucursal
) -> None:
    cliente = crear_cliente(canal=crear_canal(canal_venta="TIENDA"))
    usuario = sucursal.perfiles.get().usuario
    yerba, azucar = crear_articulo("Yerba"), crear_articulo("Azúcar")
    lista = crear_lista(sucursal.empresa)
    crear_precio_lista(lista, yerba, 12_500)
    crear_precio_lista(lista, azucar, 6_000)
    crear_regla(lista, valor=10, condicion_valor=5, articulo=yerba)
    crear_regla(lista, valor=5, condicion="MONTO_MINIMO", condicion_valor=68_500, prioridad=20)
    # Two lines of one article come back as one.
    crear_pedido(
        cliente, [(yerba, 3, 10), (azucar, 1, 10), (yerba, 2, 10)],
        sucursal=sucursal, usuario=usuario,
    )  # fmt: skip
    html = tomador.get(ULTIMO, {"cliente": str(cliente.pk)}).content.decode()
    lineas = re.findall(r'data-id="(\d+)".*?data-precio="(\d*)" data-cantidad="(\d+)"', html)
    # 12.500 − 10 % − 5 % = 10.687,50
    assert lineas == [(str(yerba.pk), "10688", "5"), (str(azucar.pk), "5700", "1")]


def test_a_client_closed_meanwhile_is_no_error(tomador: Client) -> None:
    cerrado = crear_cliente(activo=False)
    assert tomador.get(ULTIMO, {"cliente": str(cerrado.pk)}).status_code == 200
    assert tomador.get(ARTICULOS, {"cliente": str(cerrado.pk)}).status_code == 200


def test_somebody_elses_order_is_not_shown(tomador: Client, sucursal: Sucursal) -> None:
    cliente = crear_cliente()
    otro = crear_usuario("otro", Rol.TOMADOR, sucursal)
    crear_pedido(cliente, [(crear_articulo(), 1, 10)], sucursal=sucursal, usuario=otro)
    assert "data-repetir" not in tomador.get(ULTIMO, {"cliente": str(cliente.pk)}).content.decode()
