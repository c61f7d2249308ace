"""What no view of the API answers is JSON too, in development and in production, in every method;
a path mistyped never turns a write into a read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from core.tests.autorizacion.recorrido import concreta
from core.tests.autorizacion.rutas import PROPIAS
from core.tests.corrida.compartir import Compartir
from sales.models import LotePedidos, Orders
from sales.tests.mesa import Mesa, crear_mesa, entrar, sobre

METODOS = ("get", "post", "put", "patch", "delete", "options")
ESCRITURAS = METODOS[1:-1]
API = sorted(ruta for ruta in PROPIAS if re.match(r"api/.*[^/]/$", ruta))


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(db: None, nueva_mesa: Callable[[], Mesa]) -> Mesa:
    return nueva_mesa()


@pytest.fixture(params=[True, False], ids=["development", "production"])
def cliente(request: pytest.FixtureRequest, mesa: Mesa) -> Iterator[Client]:
    """A signed-in browser that reads error pages instead of raising."""
    with override_settings(DEBUG=request.param):
        yield entrar(mesa.admin, raise_request_exception=False)


def dicho(respuesta: Any) -> tuple[int, str, str]:
    """Status, kind of content and code."""
    tipo = respuesta["Content-Type"].partition(";")[0]
    return respuesta.status_code, tipo, respuesta.json()["codigo"]


NADA = (
    "/api/nada/",
    "/api/nada",
    "/api/nada/1/2",
    "/api/pedidos//",
    "/api/pedidos/abc/",
    "/api/pedidos/-1/",
    "/api/pedidos/1/anulado/",
    "/api/lotes/no-es-un-uuid/",
    "/api/PEDIDOS/",
    "/api/pedidos/%0A/",
    "/api/<script>/",
    "/api//",
    "/api/v1/pedidos/",
)


@pytest.mark.parametrize("ruta", NADA)
def test_an_unknown_path_is_json_in_every_method(cliente: Client, ruta: str) -> None:
    for metodo in METODOS:
        respuesta = getattr(cliente, metodo)(ruta)
        assert (metodo, dicho(respuesta)) == (metodo, (404, "application/json", "no_existe"))
    cabeza = cliente.head(ruta)
    assert (cabeza.status_code, cabeza["Content-Type"]) == (404, "application/json")


@pytest.mark.parametrize("ruta", API)
def test_without_the_last_slash_nothing_is_done_and_it_is_said(
    cliente: Client, mesa: Mesa, ruta: str
) -> None:
    url = concreta(ruta, mesa)
    antes = (Orders.objects.count(), LotePedidos.objects.count())
    for metodo in METODOS:
        respuesta = getattr(cliente, metodo)(url[:-1])
        assert (metodo, dicho(respuesta)) == (metodo, (404, "application/json", "falta_barra"))
        assert f"«{url}»" in respuesta.json()["detail"]
    assert (Orders.objects.count(), LotePedidos.objects.count()) == antes


def test_the_api_itself_has_a_slash(cliente: Client) -> None:
    respuesta = cliente.post("/api")
    assert dicho(respuesta) == (404, "application/json", "falta_barra")
    assert "«/api/»" in respuesta.json()["detail"]


def test_a_send_without_the_slash_is_neither_stored_nor_read(mesa: Mesa) -> None:
    estricto = entrar(mesa.tomador, enforce_csrf_checks=True)
    pedidas: tuple[dict[str, str], ...] = ({}, {"HX-Request": "true"})
    for cabeceras in pedidas:
        respuesta = estricto.post(
            "/api/pedidos",
            sobre(),
            content_type="application/json",
            headers=cabeceras,
            follow=True,
        )
        assert dicho(respuesta) == (404, "application/json", "falta_barra")
        assert respuesta.redirect_chain == []
    assert LotePedidos.objects.count() == 0


@pytest.mark.parametrize("ruta", API)
def test_a_wrong_method_is_json_and_names_the_right_ones(
    cliente: Client, mesa: Mesa, ruta: str
) -> None:
    url = concreta(ruta, mesa)
    permitidos = cliente.options(url)["Allow"]
    ajenos = [m for m in METODOS if m.upper() not in permitidos.split(", ")]
    for metodo in ajenos:
        respuesta = getattr(cliente, metodo)(url)
        assert (metodo, *dicho(respuesta)) == (
            metodo,
            405,
            "application/json",
            "method_not_allowed",
        )
        assert respuesta["Allow"] == permitidos


@pytest.mark.parametrize("ruta", ["/api/pedidos/", "/api/nada/", "/api/pedidos", "/api"])
def test_another_host_is_refused_in_json(cliente: Client, ruta: str) -> None:
    for metodo in METODOS:
        respuesta = getattr(cliente, metodo)(ruta, HTTP_HOST="evil.example")
        assert dicho(respuesta) == (400, "application/json", "host_no_admitido")
        assert b"evil.example" not in respuesta.content


def test_a_bug_tells_nothing_of_itself(cliente: Client) -> None:
    pedidas: tuple[dict[str, str], ...] = ({}, {"Accept": "text/html"}, {"HX-Request": "true"})
    for pedida in pedidas:
        with patch("sales.views.api_pedidos.Pedidos.get_queryset", side_effect=KeyError("hush")):
            cabeceras = {"Accept-Encoding": "gzip"} | pedida
            respuesta = cliente.get("/api/pedidos/", headers=cabeceras)
        assert dicho(respuesta) == (500, "application/json", "interno")
        assert b"hush" not in respuesta.content
        assert respuesta["X-Content-Type-Options"] == "nosniff"


def test_a_bug_before_the_view_tells_nothing_either(cliente: Client) -> None:
    with patch(
        "core.acceso.sesiones.SesionLimitadaMiddleware.__call__", side_effect=KeyError("hush")
    ):
        assert dicho(cliente.get("/api/pedidos/")) == (500, "application/json", "interno")


def test_the_pages_keep_their_own(cliente: Client, settings: Settings) -> None:
    respuesta = cliente.get("/nada/")
    assert (respuesta.status_code, respuesta["Content-Type"]) == (404, "text/html; charset=utf-8")
    # In development Django's, with its routes.
    assert (b"URLconf" in respuesta.content) is settings.DEBUG


def test_a_person_who_browses_keeps_the_browsable_refusals(cliente: Client) -> None:
    respuesta = cliente.get("/api/pedidos/999999/", HTTP_ACCEPT="text/html")
    assert (respuesta.status_code, respuesta["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_fragment_keeps_its_refusal(cliente: Client) -> None:
    respuesta = cliente.post(
        "/api/pedidos/",
        "lote=x",
        content_type="application/x-www-form-urlencoded",
        headers={"HX-Request": "true"},
    )
    assert (respuesta.status_code, respuesta["Content-Type"]) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize("metodo", ESCRITURAS)
def test_a_write_by_http_is_not_redirected_to_https(mesa: Mesa, metodo: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        respuesta = getattr(entrar(mesa.admin), metodo)("/api/pedidos/")
        assert dicho(respuesta) == (400, "application/json", "sin_https")
        assert entrar(mesa.admin).get("/api/pedidos/").status_code == 301
        assert getattr(entrar(mesa.admin), metodo)("/api/cotizar/", secure=True).status_code < 500
