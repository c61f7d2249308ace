"""An admin list is asked what its own filters ask: nothing else, and no value breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from rest_framework.authtoken.models import Token

from core.administracion.consulta import MAXIMO_VALORES, ConsultaPropia, parametros_de
from core.tests.autorizacion.matriz_admin import TABLAS, pagina_de, url_de
from core.tests.autorizacion.mundo_admin import Mundo, crear_mundo
from core.tests.corrida.compartir import Compartir
from sales.models import LotePedidos
from sales.tests.mesa import entrar

REGISTRO = admin.site._registry
USUARIOS = "auth.User"
ENORME = "9" * 30
ABSURDOS = ("", "x", "-1", "0", ENORME, "9999", "99999999999999", "9999-12-31", "0001-01-01", "(")
LARGUISIMO = "a " * 50_000
# What Django reads itself, beside the filters.
DE_DJANGO = ("q", "p", "o", "all", "e", "_popup", "_facets", "_to_field")


@pytest.fixture(scope="module")
def nuevo_mundo(compartir: Compartir) -> Callable[[], Mundo]:
    return compartir(crear_mundo)


@pytest.fixture
def mundo(db: None, nuevo_mundo: Callable[[], Mundo]) -> Mundo:
    return nuevo_mundo()


def _de_raiz(datos: dict[str, Any]) -> Any:
    request: Any = RequestFactory().get("/", datos)
    request.user = User(pk=0, username="raiz", is_staff=True, is_superuser=True)
    return request


def _lector(mundo: Mundo, *codigos: str) -> Client:
    persona = mundo.personas["planta"]
    assert persona is not None
    persona.user_permissions.set(Permission.objects.filter(codename__in=codigos))
    return entrar(persona)


def test_nobodys_api_key_is_found_out_by_asking_for_it(mundo: Mundo) -> None:
    llave = Token.objects.get(user=mundo.mesa.tomador).key
    navegador = _lector(mundo, "view_user")
    ruta = url_de(USUARIOS, "changelist")
    for pedido in (
        {"auth_token__key__startswith": llave[0]},
        {"auth_token__key": llave},
        {"auth_token__pk": llave},
        {"auth_token__isnull": "False"},
        {"password__startswith": "a"},
        {"username__regex": "("},
    ):
        respuesta = navegador.get(ruta, pedido)
        assert respuesta.status_code == 400, pedido
        assert "La solicitud no se entiende" in respuesta.content.decode()
    respuesta = navegador.get(ruta, {"is_active__exact": "1"})
    assert mundo.mesa.tomador in respuesta.context["cl"].result_list


def test_nor_whose_an_order_of_another_company_is(mundo: Mundo) -> None:
    navegador = _lector(mundo, "view_cliente", "view_articulo")
    ajeno = mundo.ajenas["sales.Orders"].pk
    for etiqueta, nombre in (
        ("sales.Cliente", "pedidos__id__exact"),
        ("sales.Cliente", "pedidos__isnull"),
        ("gestion_precios.Articulo", "ultimo_costo__gte"),
        ("gestion_precios.Articulo", "descripcion__regex"),
    ):
        pedido = {nombre: ajeno}
        assert navegador.get(url_de(etiqueta, "changelist"), pedido).status_code == 400, nombre


@pytest.mark.parametrize("etiqueta", TABLAS)
def test_a_list_takes_what_its_filters_make_and_no_other_column(etiqueta: str, db: None) -> None:
    pagina = pagina_de(etiqueta)
    request = _de_raiz({})
    propios = parametros_de(pagina, request)
    lista = pagina.get_changelist_instance(request)
    de_los_filtros = {
        nombre
        for filtro in lista.get_filters(request)[0]
        for nombre in filtro.expected_parameters()
    }
    de_la_fecha = {f"{pagina.date_hierarchy}__{parte}" for parte in ("year", "month", "day")}
    assert de_los_filtros <= propios
    # A filter without two choices is not drawn: its names are taken all the same.
    assert len(propios) <= 2 * len(pagina.get_list_filter(request)) + 15
    if pagina.date_hierarchy:
        assert de_la_fecha <= propios
    for campo in pagina.model._meta.get_fields():
        for resto in (
            "",
            "__pk",
            "__id__exact",
            "__startswith",
            "__regex",
            "__in",
            "__gt",
            "__range",
        ):
            nombre = f"{campo.name}{resto}"
            assert pagina.lookup_allowed(nombre, "1", request) is (nombre in propios), nombre


def test_no_page_says_otherwise() -> None:
    """A page that allows more does so by naming it."""
    for pagina in REGISTRO.values():
        clase = type(pagina)
        for nombre in ("lookup_allowed", "get_changelist_instance"):
            assert getattr(clase, nombre) is getattr(ConsultaPropia, nombre), (clase, nombre)
    paginas: list[Any] = list(REGISTRO.values())
    enlazados = {p.model._meta.label: p.enlazados for p in paginas if p.enlazados}
    assert enlazados == {
        "sales.Orders": ("loteobj__id__exact",),
        "sales.ResultadoPedido": ("loteobj__id__exact",),
        "django_celery_results.TaskResult": ("task_id__exact",),
        **{
            f"gestion_precios.Historical{nombre}": ("lista_precio__id__exact",)
            for nombre in ("PrecioArticulo", "ReglaPrecio", "CombinacionProducto")
        },
    }


def _estado(pagina: Any, datos: dict[str, Any]) -> int:
    """What the list answers: a refusal, Django's "?e=1", or its rows, read to the end."""
    try:
        respuesta = pagina.changelist_view(_de_raiz(datos))
    except SuspiciousOperation:
        return 400
    if respuesta.status_code == 200 and "cl" in (respuesta.context_data or {}):
        list(respuesta.context_data["cl"].result_list)
    return int(respuesta.status_code)


@pytest.mark.filterwarnings("ignore:.*received a naive datetime")
@pytest.mark.parametrize("etiqueta", TABLAS)
def test_no_value_breaks_a_list(etiqueta: str, mundo: Mundo) -> None:
    pagina = pagina_de(etiqueta)
    propios = sorted(parametros_de(pagina, _de_raiz({})))
    pedidos: list[dict[str, Any]] = [
        {nombre: valor}
        for nombre in (*propios, *DE_DJANGO)
        for valor in (*ABSURDOS, LARGUISIMO, "a\x00", ["1"] * (MAXIMO_VALORES + 970))
    ]
    if pagina.date_hierarchy:
        anio, mes, dia = (f"{pagina.date_hierarchy}__{p}" for p in ("year", "month", "day"))
        pedidos += [{anio: "9999", mes: "12"}, {anio: "9999", mes: "12", dia: "31"}]
        pedidos += [{anio: "1", mes: "1", dia: "1"}, {anio: "2020", mes: "13"}, {mes: ENORME}]
    malos = [
        (str(pedido)[:60], estado)
        for pedido in pedidos
        if (estado := _estado(pagina, pedido)) not in {200, 302, 400}
    ]
    assert malos == []


@pytest.mark.parametrize(
    ("datos", "estado"),
    [
        ({"date_joined__year": "2020"}, 400),
        ({"is_staff__exact": "x"}, 302),
        ({"is_staff__exact": "1" * 1000}, 302),
        ({"is_staff__exact": "1" * 1001}, 400),
        ({"groups__id__exact": ENORME}, 200),
        ({"q": LARGUISIMO}, 400),
        ({"q": "a" * 500}, 200),
        ({"q": "\x00"}, 400),
        ({"p": ENORME}, 200),
    ],
)
def test_what_the_page_answers(mundo: Mundo, datos: dict[str, Any], estado: int) -> None:
    respuesta = entrar(mundo.personas["superusuario"]).get(url_de(USUARIOS, "changelist"), datos)
    assert respuesta.status_code == estado
    if estado == 302:
        assert respuesta["Location"].endswith("?e=1")


def test_a_term_that_no_row_can_have_finds_none(mundo: Mundo) -> None:
    """Each word is a condition more: past a hundred letters nothing is asked of the database."""
    raiz = entrar(mundo.personas["superusuario"])
    nombre = mundo.mesa.colega.username
    for termino, hallados in ((nombre, 1), (f"{nombre} " * 30, 0)):
        lista = raiz.get(url_de(USUARIOS, "changelist"), {"q": termino}).context["cl"]
        assert lista.result_count == hallados
    datos = {"app_label": "sales", "model_name": "perfil", "field_name": "usuario"}
    for termino in ("\x00", f"{nombre} " * 30):
        respuesta = raiz.get(reverse("admin:autocomplete"), datos | {"term": termino})
        assert respuesta.json()["results"] == []


@pytest.mark.parametrize("clave", ["x", ENORME, "-1", "\x00", ""])
@pytest.mark.parametrize("etiqueta", ["sales.Canal", USUARIOS, "realtime.UnfulfilledOrder"])
def test_a_deed_on_a_row_that_cannot_be_is_refused(mundo: Mundo, etiqueta: str, clave: str) -> None:
    navegador = entrar(mundo.personas["superusuario"])
    datos = {"action": "delete_selected", "_selected_action": [clave], "index": "0"}
    respuesta = navegador.post(url_de(etiqueta, "changelist"), datos)
    # A number that no row has is a row that is not there: nothing is chosen. PostgreSQL compares
    # with any number.
    numeros = {"-1", ENORME} if connection.vendor == "postgresql" else {"-1"}
    assert respuesta.status_code == (200 if clave in numeros else 400)


@pytest.mark.parametrize("dia", [{"year": "99999999999999"}, {"year": "9999", "month": "12"}])
def test_a_day_that_never_was_is_a_wrong_filter(mundo: Mundo, dia: dict[str, str]) -> None:
    datos = {f"fecha_inicio_vigencia__{parte}": valor for parte, valor in dia.items()}
    navegador = entrar(mundo.personas["todo_a"])
    respuesta = navegador.get(url_de("gestion_precios.ListaPrecio", "changelist"), datos)
    assert (respuesta.status_code, respuesta["Location"][-4:]) == (302, "?e=1")


def test_an_error_of_ours_is_not_taken_for_a_wrong_filter(
    mundo: Mundo, monkeypatch: pytest.MonkeyPatch
) -> None:
    pagina = pagina_de("sales.Canal")

    def fallar(_request: HttpRequest) -> Any:
        raise ValueError("a bug")

    monkeypatch.setattr(pagina, "get_queryset", fallar)
    with pytest.raises(ValueError, match="a bug"):
        pagina.changelist_view(_de_raiz({}))


def test_no_row_has_a_page_of_its_own(mundo: Mundo) -> None:
    assert [m for m in apps.get_models() if hasattr(m, "get_absolute_url")] == []
    assert [p for p in REGISTRO.values() if p.view_on_site] == []
    navegador = _lector(mundo)
    lotes = ContentType.objects.get_for_model(LotePedidos).pk
    personas = ContentType.objects.get_for_model(User).pk
    for ruta in (f"{lotes}/abc", f"{personas}/1", f"1/{ENORME}", f"{ENORME}/1", "1/x%00", "x/y"):
        assert navegador.get(f"/admin/r/{ruta}/").status_code == 404, ruta
        assert Client().get(f"/admin/r/{ruta}/").status_code == 302, ruta
