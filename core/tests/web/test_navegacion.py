"""The header's registry: order, visibility, the present page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from core.web import navegacion
from core.web.navegacion import Enlace, enlaces_de, lugar_de, registrar_enlace, registrar_lugar


@pytest.fixture(autouse=True)
def _registro(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navegacion, "_enlaces", {})
    monkeypatch.setattr(navegacion, "_lugares", [])


def pedir(ruta: str) -> HttpRequest:
    request = RequestFactory().get(ruta)
    request.user = AnonymousUser()
    return request


def anotar(vista: str, orden: int, *, visible: bool = True) -> None:
    registrar_enlace(Enlace(vista, vista.title(), orden, lambda _: visible, tecla=vista[0]))


def test_links_come_in_their_order_and_for_whom_they_are() -> None:
    anotar("salir", 30)
    anotar("entrar", 10)
    anotar("clave", 20, visible=False)
    assert [e.texto for e in enlaces_de(pedir("/"))] == ["Entrar", "Salir"]


def test_an_absent_page_is_left_out() -> None:
    anotar("no_existe", 1)
    assert enlaces_de(pedir("/")) == []


def test_the_longest_prefix_is_the_present_page() -> None:
    anotar("healthz", 1)
    anotar("admin:index", 2)
    anotar("admin:auth_user_changelist", 3)
    actuales = [e.url for e in enlaces_de(pedir("/admin/auth/user/7/change/")) if e.actual]
    assert actuales == ["/admin/auth/user/"]


def test_registering_again_replaces() -> None:
    anotar("entrar", 1)
    registrar_enlace(Enlace("entrar", "Otro", 1, lambda _: True))
    assert [(e.texto, e.tecla) for e in enlaces_de(pedir("/"))] == [("Otro", "")]


def test_the_place_is_what_the_app_says() -> None:
    assert lugar_de(pedir("/")) == ""
    registrar_lugar(lambda _: "Asunción")
    assert lugar_de(pedir("/")) == "Asunción"


def test_a_request_without_user_sees_nothing() -> None:
    anotar("entrar", 1)
    registrar_lugar(lambda _: "Asunción")
    request = RequestFactory().get("/")
    assert (enlaces_de(request), lugar_de(request)) == ([], "")
