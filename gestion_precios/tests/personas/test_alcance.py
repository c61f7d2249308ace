"""Who sees which company's prices, with and without an app that knows people's places."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from gestion_precios.models import Sucursal
from gestion_precios.personas import alcance
from gestion_precios.personas.alcance import (
    empresas_visibles,
    registrar_alcance,
    sucursales_visibles,
)
from gestion_precios.personas.permisos import con_permiso, exigir_permiso, ve_costos
from gestion_precios.tests.fabricas import crear_empresa, crear_sucursal

pytestmark = pytest.mark.django_db


@pytest.fixture
def suelto(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no other app were installed."""
    monkeypatch.setattr(alcance, "_registrado", [])


def _con_permisos(*codigos: str) -> User:
    usuario = User.objects.create_user("ana")
    usuario.user_permissions.set(
        Permission.objects.filter(content_type__app_label="gestion_precios", codename__in=codigos)
    )
    return usuario


def test_alone_a_superuser_sees_all_and_others_nothing(suelto: None) -> None:
    crear_sucursal()
    sin_sucursales = crear_empresa("Nueva")
    jefe = User.objects.create_superuser("jefe")
    assert sucursales_visibles(jefe).count() == 1
    assert sin_sucursales in empresas_visibles(jefe)
    for otro in (AnonymousUser(), User.objects.create_user("ana")):
        assert not sucursales_visibles(otro).exists()
        assert not empresas_visibles(otro).exists()


def test_a_registered_reach_counts_and_the_last_one_wins(suelto: None) -> None:
    propia, ajena = crear_sucursal(), crear_sucursal(crear_empresa("Otra"))
    ana = User.objects.create_user("ana")
    registrar_alcance(lambda _: Sucursal.objects.filter(pk=ajena.pk))
    registrar_alcance(lambda _: Sucursal.objects.filter(pk=propia.pk))
    assert list(sucursales_visibles(ana)) == [propia]
    assert list(empresas_visibles(ana)) == [propia.empresa]


@pytest.mark.parametrize(
    ("codigos", "frase"),
    [((), "no alcanza a los precios"), (("view_listaprecio",), "Su rol no permite")],
)
def test_a_refusal_says_whom_to_ask(codigos: tuple[str, ...], frase: str) -> None:
    ana = _con_permisos(*codigos)
    with pytest.raises(PermissionDenied, match=frase):
        exigir_permiso(ana, "gestion_precios.add_listaprecio")
    assert not ve_costos(ana)


def test_a_page_sends_strangers_to_sign_in_and_lets_the_permitted_through() -> None:
    @con_permiso("gestion_precios.view_listaprecio")
    def pagina(request: Any) -> HttpResponse:
        return HttpResponse("ok")

    pedido = RequestFactory().get("/precios/")
    pedido.user = AnonymousUser()
    assert pagina(pedido)["Location"] == "/cuentas/entrar/?next=/precios/"
    pedido.user = _con_permisos("view_listaprecio", "ver_costos")
    assert pagina(pedido).status_code == 200
    assert ve_costos(pedido.user)
    pedido.user = User.objects.create_user("beto")
    with pytest.raises(PermissionDenied):
        pagina(pedido)
