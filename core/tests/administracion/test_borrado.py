"""A deletion page names no row that the person could not open, and reads few of those it names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token

from core.administracion import borrado
from core.administracion.filas import claves_visibles
from core.models import Sello
from core.tests.autorizacion.matriz_admin import url_de
from core.tests.autorizacion.mundo_admin import Mundo, crear_mundo
from core.tests.corrida.compartir import Compartir
from gestion_precios.models import Articulo, Sucursal
from gestion_precios.tests.fabricas import crear_articulo
from sales.models import OrdersDetail
from sales.tests.fabricas import crear_cliente, crear_pedido
from sales.tests.mesa import entrar

UNA = "1 fila que no está a su alcance"


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


def protegidos(mundo: Mundo, persona: str, etiqueta: str, fila: Any) -> list[str]:
    """What keeps the row, as its page says it; the list's action has to say the same."""
    navegador = entrar(mundo.personas[persona])
    pagina = navegador.get(url_de(etiqueta, "delete", fila.pk))
    datos = {"action": "delete_selected", "_selected_action": [fila.pk]}
    lista = navegador.post(url_de(etiqueta, "changelist"), datos)
    dichos = [str(dicho) for dicho in pagina.context["protected"]]
    assert dichos == [str(dicho) for dicho in lista.context["protected"]]
    for respuesta in (pagina, lista):
        assert all(dicho in respuesta.content.decode() for dicho in dichos)
    return dichos


def vender(mundo: Mundo, articulo: Articulo, sucursal: Sucursal, veces: int = 1) -> list[str]:
    """An order's lines, as a page names them."""
    pedido = mundo.mesa.pedido(
        mundo.mesa.ajeno, sucursal=sucursal, lineas=[(articulo, n + 1, 1_000) for n in range(veces)]
    )
    return [
        f'Línea de pedido: <a href="{url_de("sales.OrdersDetail", "change", linea.pk)}">{linea}</a>'
        for linea in OrdersDetail.objects.filter(orderobj=pedido).order_by("pk")
    ]


@pytest.mark.parametrize("persona", ["precios_a", "todo_a"])
def test_what_only_others_sold_is_kept_by_a_number(mundo: Mundo, persona: str) -> None:
    articulo = crear_articulo("Solo en B")
    vender(mundo, articulo, mundo.mesa.ajena)
    assert protegidos(mundo, persona, "gestion_precios.Articulo", articulo) == [UNA]


def test_ones_own_rows_are_named_to_who_may_view_their_table(mundo: Mundo) -> None:
    articulo = crear_articulo("En las dos")
    ajena = vender(mundo, articulo, mundo.mesa.ajena)
    propia = vender(mundo, articulo, mundo.mesa.asuncion)
    etiqueta = "gestion_precios.Articulo"
    dos = "2 filas que no están a su alcance"
    assert protegidos(mundo, "precios_a", etiqueta, articulo) == [dos]
    assert protegidos(mundo, "todo_a", etiqueta, articulo) == [UNA, *propia]
    assert protegidos(mundo, "superusuario", etiqueta, articulo) == [*ajena, *propia]


def test_a_clients_order_elsewhere_has_no_number_here(mundo: Mundo) -> None:
    cliente = crear_cliente(canal=mundo.mesa.canal, nombrefantasia="Compra en B")
    mesa = mundo.mesa
    lineas = [(mesa.articulo, 1, 1_000)]
    crear_pedido(cliente, lineas, usuario=mesa.ajeno, sucursal=mesa.ajena, pedido_numero=777_777)
    assert protegidos(mundo, "todo_a", "sales.Cliente", cliente) == [UNA]


def test_of_what_keeps_a_row_the_first_are_looked_at_and_named(
    mundo: Mundo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(borrado, "MIRADAS", 4)
    monkeypatch.setattr(borrado, "NOMBRADAS", 3)
    articulo = crear_articulo("Muy vendido")
    nombres = vender(mundo, articulo, mundo.mesa.asuncion, 4)
    dichos = [*nombres[:3], "… y 1 más"]
    personas = ("todo_a", "superusuario")
    for persona in personas:
        assert protegidos(mundo, persona, "gestion_precios.Articulo", articulo) == dichos
    vender(mundo, articulo, mundo.mesa.asuncion)
    dichos.append("… y otras, que no se miraron")
    for persona in personas:
        assert protegidos(mundo, persona, "gestion_precios.Articulo", articulo) == dichos


def test_a_page_asks_no_more_of_what_was_sold_more(mundo: Mundo) -> None:
    articulo = crear_articulo("Muy vendido")
    navegador = entrar(mundo.personas["todo_a"])
    url = url_de("gestion_precios.Articulo", "delete", articulo.pk)

    def leidas() -> list[str]:
        with CaptureQueriesContext(connection) as consultas:
            assert navegador.get(url).status_code == 200
        return [c["sql"] for c in consultas if 'FROM "sales_ordersdetail"' in c["sql"]]

    vender(mundo, articulo, mundo.mesa.asuncion, 2)
    pocas = len(leidas())
    vender(mundo, articulo, mundo.mesa.asuncion, 60)
    muchas = leidas()
    assert len(muchas) == pocas == 4
    # Each of them says how many at most.
    assert [sql for sql in muchas if " LIMIT 501" not in sql and '"id" IN (' not in sql] == []


def test_a_branch_deleted_in_its_companys_page_is_kept_without_names(mundo: Mundo) -> None:
    mesa = mundo.mesa
    mesa.pedido(mesa.colega, sucursal=mesa.este, pedido_numero=777_777)
    empresa = mesa.asuncion.empresa
    datos: dict[str, Any] = {"nombre": empresa.nombre, "moneda": empresa.moneda}
    datos |= {"zona_horaria": empresa.zona_horaria, "sucursales-TOTAL_FORMS": 1}
    datos |= {"sucursales-INITIAL_FORMS": 1, "sucursales-0-id": mesa.este.pk}
    datos |= {"sucursales-0-nombre": "Ciudad del Este", "sucursales-0-DELETE": "on"}
    datos |= {"sucursales-0-empresa": empresa.pk}
    url = url_de("gestion_precios.Empresa", "change", empresa.pk)
    respuesta = entrar(mundo.personas["precios_a"]).post(url, datos)
    (juego,) = respuesta.context["inline_admin_formsets"]
    assert juego.non_form_errors() == [
        "Ciudad del Este no se puede borrar: hay otras filas que dependen de esta."
    ]
    assert "777777" not in respuesta.content.decode().replace(".", "")
    assert Sucursal.objects.filter(pk=mesa.este.pk).exists()


def test_somebody_goes_with_their_stamp_keys_and_deeds_and_the_page_tells_none(
    mundo: Mundo,
) -> None:
    colega = mundo.mesa.colega
    navegador = entrar(mundo.personas["usuarios"])
    LogEntry.objects.log_actions(colega.pk, [mundo.mesa.cliente], CHANGE, "x", single_object=True)
    url = url_de("auth.User", "delete", colega.pk)
    pagina = navegador.get(url)
    assert (pagina.context["protected"], pagina.context["perms_lacking"]) == ([], set())
    for secreto in (Token.objects.get(user=colega).key, str(mundo.mesa.cliente)):
        assert secreto not in pagina.content.decode()
    assert navegador.post(url, {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=colega.pk).exists()


def test_what_hangs_on_somebody_else_is_not_within_reach(mundo: Mundo) -> None:
    mesa = mundo.mesa
    Sello.objects.create(usuario=mesa.ajeno)
    claves = [mesa.ajeno.pk, mesa.colega.pk]
    assert claves_visibles(Sello, claves, mundo.personas["usuarios"]) == {mesa.colega.pk}
    assert claves_visibles(Sello, claves, mundo.personas["superusuario"]) == set(claves)
