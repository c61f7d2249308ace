"""The hours that pages show are of the company of whoever looks, and cost nothing where none is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.web.zona import ZonaMiddleware
from gestion_precios.tests.fabricas import crear_empresa, crear_sucursal
from sales.models import Perfil
from sales.personas.grupos import dar_rol
from sales.personas.roles import Rol

pytestmark = pytest.mark.django_db
MOMENTO = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
PLANTILLA = Template('{{ momento|date:"d/m/Y H:i" }}')


def de(*zonas: str) -> User:
    """A taker of a branch of a company in each of these zones."""
    usuario = User.objects.create_user("ana")
    dar_rol(usuario, Rol.TOMADOR)
    for zona in zonas:
        sucursal = crear_sucursal(crear_empresa(f"En {zona}", zona_horaria=zona))
        Perfil.objects.create(usuario=usuario, sucursal=sucursal)
    return usuario


def pedir(usuario: Any, ver: Any, ruta: str = "/pedidos/") -> str:
    """What a view answers to this person, behind the middleware."""
    request = HttpRequest()
    request.path, request.user = ruta, usuario
    return ZonaMiddleware(lambda _request: HttpResponse(ver()))(request).content.decode()


def dibujada() -> str:
    return PLANTILLA.render(Context({"momento": MOMENTO}))


@pytest.mark.parametrize(
    ("zonas", "hora"),
    [
        (("America/Lima",), "29/11/2026 21:30"),
        (("Pacific/Kiritimati",), "30/11/2026 16:30"),
        (("Asia/Kathmandu",), "30/11/2026 08:15"),
        # In more than one, or in none: the installation's, Asunción.
        (("America/Lima", "Asia/Tokyo"), "29/11/2026 23:30"),
        ((), "29/11/2026 23:30"),
    ],
)
def test_an_hour_is_the_companys(zonas: tuple[str, ...], hora: str) -> None:
    assert pedir(de(*zonas), dibujada) == hora
    assert dibujada() == "29/11/2026 23:30"


def test_who_has_not_signed_in_and_rest_have_the_installations() -> None:
    assert pedir(AnonymousUser(), dibujada) == "29/11/2026 23:30"
    assert pedir(de("America/Lima"), dibujada, "/api/pedidos/") == "29/11/2026 23:30"


def test_it_is_asked_for_once_and_only_where_an_hour_is_drawn() -> None:
    usuario = User.objects.get(pk=de("America/Lima").pk)
    with CaptureQueriesContext(connection) as consultas:
        assert pedir(usuario, str) == ""
    assert len(consultas) == 0
    with CaptureQueriesContext(connection) as consultas:
        assert pedir(usuario, lambda: dibujada() * 2) == "29/11/2026 21:30" * 2
    assert len([c for c in consultas if "perfil" in c["sql"]]) == 1


def test_a_clock_written_in_a_page_is_read_back_and_known_to_a_database() -> None:
    def ver() -> str:
        aqui = timezone.get_current_timezone()
        escrita = MOMENTO.astimezone(timezone.get_fixed_timezone(-300)).replace(tzinfo=aqui)
        hay = User.objects.filter(date_joined__date=timezone.localdate()).count()
        return f"{escrita == MOMENTO} {aqui} {hay}"

    assert pedir(de("America/Lima"), ver) == "True America/Lima 1"
