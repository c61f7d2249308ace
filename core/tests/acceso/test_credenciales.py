"""Whatever takes something from a user ends what let them in: each way × each credential."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.authtoken.models import Token

from core.acceso.credenciales import huella_de, sello_de
from core.models import Sello
from core.tests.autorizacion.fines import (
    CAMBIO,
    CLAVE,
    FINES,
    NUEVA,
    PROPIA,
    Fin,
    a_pedido,
    crear_usuaria,
    desactivada,
    fresca,
    por_codigo,
    sin_grupo,
    sin_staff,
    sin_sucursal,
)
from core.tests.corrida.compartir import Compartir
from core.tests.fuentes import fuentes
from sales.models import Perfil
from sales.personas.roles import SUPERVISORES, TOMADORES
from sales.tests.mesa import Mesa, crear_mesa, entrar

MUDAS = {"update", "bulk_update", "bulk_create"}
VIGILADOS = {"User", "Group", "Perfil"}
CREDENCIALES = {"username": "vera", "password": CLAVE}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def nueva_mesa(compartir: Compartir) -> Callable[[], Mesa]:
    return compartir(crear_mesa)


@pytest.fixture
def mesa(nueva_mesa: Callable[[], Mesa]) -> Mesa:
    return nueva_mesa()


@pytest.fixture
def usuaria(mesa: Mesa) -> User:
    return crear_usuaria(mesa)


def sigue(navegador: Client) -> bool:
    return navegador.get(PROPIA).status_code == 200


def con_la_cookie(sesion: str | None) -> Client:
    """A browser that somebody gave another's session."""
    navegador = Client()
    navegador.cookies[settings.SESSION_COOKIE_NAME] = sesion or ""
    return navegador


def abre(llave: str) -> bool:
    respuesta = Client().get("/api/esquema/", headers={"Authorization": f"Token {llave}"})
    assert respuesta.status_code in (200, 401)
    return respuesta.status_code == 200


def nada(mesa: Mesa, usuaria: User) -> None:
    usuaria.first_name = "Vera"
    usuaria.save()


def mas_rango(mesa: Mesa, usuaria: User) -> None:
    usuaria.groups.add(Group.objects.get(name=TOMADORES))
    usuaria.user_permissions.add(Permission.objects.all()[1])
    Perfil.objects.create(usuario=usuaria, sucursal=mesa.este)


def el_mismo_perfil(mesa: Mesa, usuaria: User) -> None:
    Perfil.objects.get(usuario=usuaria).save()
    Group.objects.get(name=SUPERVISORES).save()


def de_otro(mesa: Mesa, usuaria: User) -> None:
    mesa.colega.is_active = False
    mesa.colega.save()
    mesa.tomador.groups.clear()
    mesa.ajeno.delete()


@pytest.mark.parametrize("fin", FINES, ids=lambda f: f.__name__)
def test_sessions_and_keys_end(mesa: Mesa, usuaria: User, fin: Fin) -> None:
    navegador, llave = entrar(usuaria), Token.objects.create(user=usuaria).key
    otro, suya = entrar(mesa.admin), Token.objects.create(user=mesa.admin).key
    assert (sigue(navegador), abre(llave)) == (True, True)
    fin(mesa, usuaria)
    assert (sigue(navegador), abre(llave)) == (False, False)
    assert (sigue(otro), abre(suya)) == (True, True)


@pytest.mark.parametrize("cambio", [nada, mas_rango, el_mismo_perfil, de_otro])
def test_what_takes_nothing_ends_nothing(mesa: Mesa, usuaria: User, cambio: Fin) -> None:
    navegador, llave = entrar(usuaria), Token.objects.create(user=usuaria).key
    cambio(mesa, usuaria)
    assert (sigue(navegador), abre(llave)) == (True, True)


def test_who_comes_back_signs_in_anew_and_may(mesa: Mesa, usuaria: User) -> None:
    desactivada(mesa, usuaria)
    navegador = entrar(usuaria)
    assert sigue(navegador)
    assert sello_de(fresca(usuaria)) == navegador.session["sesion_sello"] == 1


def test_a_password_change_keeps_the_session_that_made_it(mesa: Mesa, usuaria: User) -> None:
    navegador, otra = entrar(usuaria), entrar(usuaria)
    llave, antes = Token.objects.create(user=usuaria).key, navegador.session.session_key
    navegador.post(PROPIA, CAMBIO)
    assert (sigue(navegador), sigue(otra), abre(llave)) == (True, False, False)
    # What was stolen of it before does not open it afterwards.
    assert navegador.session.session_key != antes
    assert not sigue(con_la_cookie(antes))


def test_signing_out_ends_that_session_alone(usuaria: User) -> None:
    navegador, otra = entrar(usuaria), entrar(usuaria)
    llave, cookie = Token.objects.create(user=usuaria).key, navegador.session.session_key
    navegador.post("/cuentas/salir/")
    robada = con_la_cookie(cookie)
    assert (sigue(navegador), sigue(robada), sigue(otra), abre(llave)) == (False, False, True, True)


def test_a_newer_form_of_the_same_password_is_no_change(usuaria: User, settings: Settings) -> None:
    llave, antes = Token.objects.create(user=usuaria).key, usuaria.password
    nuevo = "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"
    settings.PASSWORD_HASHERS = [nuevo, *settings.PASSWORD_HASHERS]
    assert usuaria.check_password(CLAVE)
    assert fresca(usuaria).password != antes
    assert abre(llave)


def test_another_password_in_a_newer_form_is_a_change(usuaria: User, settings: Settings) -> None:
    llave = Token.objects.create(user=usuaria).key
    nuevo = "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"
    settings.PASSWORD_HASHERS = [nuevo, *settings.PASSWORD_HASHERS]
    otra = fresca(usuaria)
    otra.password = make_password(NUEVA)
    otra.save(update_fields=["password"])
    assert not abre(llave)


def test_a_key_is_not_given_for_a_password_that_changed_meanwhile(usuaria: User) -> None:
    vieja = fresca(usuaria)
    fresca_con_otra = fresca(usuaria)
    fresca_con_otra.set_password(NUEVA)
    fresca_con_otra.save()
    with patch("core.rest.token.authenticate", return_value=vieja):
        respuesta = Client().post("/api/token/", CREDENCIALES, "application/json")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (400, "credenciales")
    assert not Token.objects.exists()


def test_a_session_fixed_before_signing_in_is_nobodys_afterwards(usuaria: User) -> None:
    sesion = Client().session
    sesion["algo"] = 1
    sesion.save()
    antes = sesion.session_key
    navegador = con_la_cookie(antes)
    respuesta = navegador.post("/cuentas/entrar/", CREDENCIALES)
    galleta = respuesta.cookies[settings.SESSION_COOKIE_NAME]
    assert galleta.value not in ("", antes)
    assert (galleta["httponly"], galleta["samesite"]) == (True, "Lax")
    assert not sigue(con_la_cookie(antes))


def test_the_stamp_costs_no_query(usuaria: User) -> None:
    navegador = entrar(usuaria)
    navegador.get(PROPIA)
    with CaptureQueriesContext(connection) as hechas:
        navegador.get(PROPIA)
    leidas = [consulta["sql"].partition(' FROM "')[2].partition('"')[0] for consulta in hechas]
    # The last one is the page's.
    assert leidas == ["django_session", "auth_user", "gestion_precios_sucursal"]


def test_a_key_begins_no_session(usuaria: User) -> None:
    navegador = Client()
    respuesta = navegador.post("/api/token/", CREDENCIALES, "application/json")
    assert respuesta.status_code == 200
    # axes makes an empty one, to name it in its log.
    assert list(navegador.session.keys()) == []
    assert not sigue(navegador)


def test_the_fingerprint_is_another_after_each_end(mesa: Mesa, usuaria: User) -> None:
    huellas = {huella_de(fresca(usuaria))}
    for n, fin in enumerate((por_codigo, sin_staff, sin_grupo, a_pedido), 2):
        fin(mesa, fresca(usuaria))
        huellas.add(huella_de(fresca(usuaria)))
        assert len(huellas) == n


def test_a_user_deleted_with_their_branch_leaves_no_stamp(mesa: Mesa, usuaria: User) -> None:
    sin_sucursal(mesa, usuaria)
    Perfil.objects.create(usuario=usuaria, sucursal=mesa.este)
    clave = usuaria.pk
    usuaria.delete()
    assert not Sello.objects.filter(pk=clave).exists()


def test_one_ends_ones_other_sessions_and_goes_on(mesa: Mesa, usuaria: User) -> None:
    navegador, otra, ajena = entrar(usuaria), entrar(usuaria), entrar(mesa.admin)
    llave, antes = Token.objects.create(user=usuaria).key, navegador.session.session_key
    respuesta = navegador.post("/mis-sesiones/")
    assert (respuesta.status_code, respuesta["Location"]) == (302, PROPIA)
    assert "Se cerraron las demás sesiones" in navegador.get(PROPIA).content.decode()
    assert (sigue(navegador), sigue(otra), sigue(ajena), abre(llave)) == (True, False, True, False)
    assert not sigue(con_la_cookie(antes))


LISTA = "/admin/auth/user/"


def cerrar(navegador: Client, *usuarios: User, **mas: str) -> Any:
    claves = [usuario.pk for usuario in usuarios]
    datos = {"action": "cerrar_sesiones", "_selected_action": claves, **mas}
    return navegador.post(LISTA, datos)


def test_an_administrator_ends_somebodys_sessions_and_keys_asked_twice(
    mesa: Mesa, usuaria: User
) -> None:
    admin, navegador = entrar(mesa.admin), entrar(usuaria)
    llave = Token.objects.create(user=usuaria).key
    pregunta = cerrar(admin, usuaria)
    assert "tendrán que entrar de nuevo en todas partes" in pregunta.content.decode()
    assert (sigue(navegador), abre(llave)) == (True, True)
    hecho = cerrar(admin, usuaria, post="si")
    assert (hecho.status_code, sigue(admin)) == (302, True)
    assert [str(m) for m in get_messages(hecho.wsgi_request)] == ["Sesiones cerradas: 1 usuario."]
    assert (sigue(navegador), abre(llave)) == (False, False)
    assert sigue(entrar(usuaria))
    registro = LogEntry.objects.get(object_id=usuaria.pk)
    assert registro.get_change_message() == "Sesiones cerradas y llaves anuladas."


@pytest.mark.parametrize(
    ("quien", "otro", "cierra"),
    [
        ("supervisor", "admin", False),
        ("tomador", "admin", False),
        ("tomador", "supervisor", False),
        ("tomador", "colega", False),
        ("supervisor", "colega", True),
        ("tomador", "tomador", True),
    ],
)
def test_nobody_ends_the_sessions_of_who_may_do_more(
    mesa: Mesa, quien: str, otro: str, cierra: bool
) -> None:
    """A superuser of the same company, a supervisor, a taker where one does not work."""
    Perfil.objects.create(usuario=mesa.admin, sucursal=mesa.asuncion)
    actor, victima = getattr(mesa, quien), getattr(mesa, otro)
    actor.is_staff = True
    actor.save()
    actor.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    navegador = entrar(victima)
    respuesta = cerrar(entrar(actor), victima, post="si")
    assert respuesta.status_code == (302 if cierra else 403)
    assert sigue(navegador) is not cierra


def test_staff_without_the_permission_have_no_such_action(mesa: Mesa, usuaria: User) -> None:
    mesa.supervisor.is_staff = True
    mesa.supervisor.save()
    mesa.supervisor.user_permissions.add(Permission.objects.get(codename="view_user"))
    navegador, lector = entrar(mesa.tomador), entrar(mesa.supervisor)
    cerrar(lector, mesa.tomador, post="si")
    assert sigue(navegador)
    lista = lector.get(LISTA)
    assert (lista.status_code, "cerrar_sesiones" in lista.content.decode()) == (200, False)
    assert "cerrar_sesiones" in entrar(mesa.admin).get(LISTA).content.decode()


def _es_muda(nodo: ast.Call) -> bool:
    """Such as `User.objects…update(…)`: signals do not see it."""
    muda = isinstance(nodo.func, ast.Attribute) and nodo.func.attr in MUDAS
    return muda and any(isinstance(n, ast.Name) and n.id in VIGILADOS for n in ast.walk(nodo))


def test_nobody_writes_users_groups_or_branches_behind_the_signals() -> None:
    mudas = [
        f"{archivo.name}:{nodo.lineno}"
        for archivo in fuentes()
        if archivo.parent.name != "migrations"
        for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.Call) and _es_muda(nodo)
    ]
    assert mudas == []
