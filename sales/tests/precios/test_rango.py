"""Nobody takes over who may do more than they, or the same where they do not work."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from sales.models import Perfil
from sales.personas.roles import Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import Mesa, entrar
from sales.tests.personas.test_derechos import CLAVE, CON_CLAVE, crear_encargada, formulario, url

pytestmark = pytest.mark.django_db
TOCAYO = "Ya hay un usuario con ese nombre, aunque se escriba con otras mayúsculas."


def encargar(usuario: User, *permisos: str) -> Client:
    """Their browser, in the admin, with these permissions."""
    usuario.is_staff = True
    usuario.save()
    usuario.user_permissions.set(Permission.objects.filter(codename__in=permisos))
    return entrar(usuario)


def de_usuarios(usuario: User) -> Client:
    return encargar(usuario, "view_user", "change_user")


@pytest.mark.parametrize(
    ("rol", "otro", "la_da"),
    [
        (Rol.TOMADOR, "aqui", True),
        (Rol.TOMADOR, "colega", False),
        (Rol.TOMADOR, "supervisor", False),
        (Rol.NADIE, "aqui", False),
        (Rol.SUPERVISOR, "colega", True),
    ],
)
def test_a_password_is_given_where_one_works(mesa: Mesa, rol: Rol, otro: str, la_da: bool) -> None:
    crear_usuario("aqui", Rol.TOMADOR, mesa.asuncion)
    quien = crear_usuario("quien", rol, mesa.asuncion)
    victima = User.objects.get(username="aqui") if otro == "aqui" else getattr(mesa, otro)
    respuesta = de_usuarios(quien).post(url("password_change", victima.pk), CON_CLAVE)
    assert respuesta.status_code == (302 if la_da else 403)
    victima.refresh_from_db()
    assert victima.check_password(CLAVE) is la_da


def test_who_also_works_where_one_does_not_keeps_their_password(mesa: Mesa) -> None:
    otra = crear_usuario("aqui", Rol.NADIE, mesa.asuncion)
    Perfil.objects.create(usuario=otra, sucursal=mesa.este)
    quien = crear_usuario("quien", Rol.NADIE, mesa.asuncion)
    navegador = de_usuarios(quien)
    assert navegador.post(url("password_change", otra.pk), CON_CLAVE).status_code == 403
    Perfil.objects.create(usuario=quien, sucursal=mesa.este)
    assert navegador.post(url("password_change", otra.pk), CON_CLAVE).status_code == 302


@pytest.mark.parametrize(("otro", "queda"), [("supervisor", "sofia"), ("colega", "beto")])
def test_the_name_of_who_may_do_more_is_not_to_be_had(mesa: Mesa, otro: str, queda: str) -> None:
    victima = getattr(mesa, otro)
    datos = formulario(victima, username="nueva", first_name="Otra")
    assert de_usuarios(mesa.tomador).post(url("change", victima.pk), datos).status_code == 302
    victima.refresh_from_db()
    assert (victima.username, victima.first_name) == (queda, "Otra")
    encargada = entrar(crear_encargada(mesa))
    assert encargada.post(url("change", mesa.tomador.pk), datos).status_code == 302
    assert User.objects.get(pk=mesa.tomador.pk).username == "nueva"


@pytest.mark.parametrize("nombre", ["Sofia", "SOFIA", "ｓｏｆｉａ", "ſofia", "sofia"])
def test_nobody_gets_a_name_that_the_door_takes_for_anothers(mesa: Mesa, nombre: str) -> None:
    navegador = entrar(crear_encargada(mesa))
    cambio = navegador.post(
        url("change", mesa.tomador.pk), formulario(mesa.tomador, username=nombre)
    )
    assert cambio.status_code == 200
    assert cambio.context["adminform"].form.errors == {"username": [TOCAYO]}
    datos = CON_CLAVE | {"username": nombre, "perfiles-INITIAL_FORMS": 0, "perfiles-TOTAL_FORMS": 1}
    alta = navegador.post(url("add"), datos | {"perfiles-0-sucursal": mesa.este.pk})
    assert alta.context["adminform"].form.errors == {"username": [TOCAYO]}
    assert not User.objects.filter(username=nombre).exclude(pk=mesa.supervisor.pk).exists()


def test_a_name_is_written_another_way_by_who_has_it(mesa: Mesa) -> None:
    navegador = entrar(crear_encargada(mesa))
    datos = formulario(mesa.tomador, username="Ana")
    assert navegador.post(url("change", mesa.tomador.pk), datos).status_code == 302
    # Who had a twin before this rule is still changed, with the name that they have.
    User.objects.create_user("ANA")
    datos["first_name"] = "Ana María"
    assert navegador.post(url("change", mesa.tomador.pk), datos).status_code == 302


@pytest.mark.parametrize(
    ("quien", "sucursales", "personas"),
    [
        ("tomador", {"Asunción"}, {"ana"}),
        ("supervisor", {"Asunción", "Ciudad del Este"}, {"ana", "beto", "sofia"}),
        ("sin_rol", {"Asunción"}, {"ana", "beto", "sofia", "sin_rol"}),
        ("admin", {"Asunción", "Ciudad del Este", "Encarnación"}, None),
    ],
)
def test_an_order_typed_in_is_of_whom_and_where_the_desk_allows(
    mesa: Mesa, quien: str, sucursales: set[str], personas: set[str] | None
) -> None:
    usuario = mesa.admin if quien == "admin" else getattr(mesa, quien, None)
    usuario = usuario or crear_usuario("sin_rol", Rol.NADIE, mesa.asuncion)
    if quien == "admin":
        navegador = entrar(usuario)
        personas = set(User.objects.values_list("username", flat=True))
    else:
        navegador = encargar(usuario, "view_orders", "add_orders")
    pagina = navegador.get(reverse("admin:sales_orders_add"))
    campos: Any = pagina.context["adminform"].form.fields
    assert {s.nombre for s in campos["sucursal"].queryset} == sucursales
    assert {u.username for u in campos["usuario"].queryset} == personas
    assert campos["usuario"].required is (quien == "tomador")
