"""A form about a person, read before somebody else's write and saved after it, undoes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.http import HttpResponseRedirect
from django.urls import reverse
from pytest_django import Settings
from rest_framework.authtoken.models import Token

from core.acceso import guardado
from core.administracion.filas_por_empresa import PaginaPropia
from core.tests.autorizacion.fines import CAMBIO, CLAVE, NUEVA, PROPIA, por_la_orden
from sales.admin import usuarios
from sales.models import Perfil
from sales.personas.roles import SUPERVISORES, TOMADORES
from sales.tests.mesa import Mesa, entrar
from sales.tests.personas.test_derechos import (
    CON_CLAVE,
    crear_encargada,
    derechos,
    formulario,
    todo,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def victima(mesa: Mesa) -> User:
    """A taker with every right, and an old password."""
    usuario = mesa.tomador
    usuario.is_staff = True
    usuario.set_password(CLAVE)
    usuario.save()
    usuario.groups.add(Group.objects.get(name=SUPERVISORES))
    usuario.user_permissions.add(Permission.objects.get(codename="view_user"))
    return usuario


def degradar(usuario: User) -> None:
    """What a superuser does meanwhile: another password, and what gives rights taken away."""
    otra = User.objects.get(pk=usuario.pk)
    otra.set_password(NUEVA)
    otra.is_staff = False
    otra.save()
    otra.groups.set(Group.objects.filter(name=TOMADORES))
    otra.user_permissions.clear()


def desactivar(usuario: User) -> None:
    otra = User.objects.get(pk=usuario.pk)
    otra.is_active = False
    otra.save()


def quedo_degradada(usuario: User) -> bool:
    fresca = User.objects.get(pk=usuario.pk)
    return fresca.check_password(NUEVA) and derechos(fresca) == (False, False, {TOMADORES}, set())


def antes_de(
    monkeypatch: pytest.MonkeyPatch, clase: type[Any], nombre: str, hacer: Callable[[], None]
) -> None:
    """Do it once the request has read its rows and before it writes them."""
    original = getattr(clase, nombre)

    def despues(self: Any, *args: Any, **opciones: Any) -> Any:
        hacer()
        return original(self, *args, **opciones)

    monkeypatch.setattr(clase, nombre, despues)


@pytest.mark.parametrize("quien", ["encargada", "admin"])
def test_a_new_password_and_a_demotion_stay_whatever_form_was_read_before(
    mesa: Mesa, victima: User, monkeypatch: pytest.MonkeyPatch, quien: str
) -> None:
    navegador = entrar(crear_encargada(mesa) if quien == "encargada" else mesa.admin)
    datos = formulario(victima, first_name="Otra", is_staff="on")
    datos["groups"] = list(victima.groups.values_list("pk", flat=True))
    datos["user_permissions"] = list(victima.user_permissions.values_list("pk", flat=True))
    antes_de(monkeypatch, usuarios.UsuarioAdmin, "save_model", lambda: degradar(victima))
    assert navegador.post(url("change", victima.pk), datos).status_code == 302
    victima.refresh_from_db()
    assert victima.first_name == "Otra"
    assert quedo_degradada(victima)


@pytest.mark.parametrize("quien", ["encargada", "admin"])
def test_a_page_opened_before_a_demotion_is_not_saved_after_it(
    mesa: Mesa, victima: User, quien: str
) -> None:
    navegador = entrar(crear_encargada(mesa) if quien == "encargada" else mesa.admin)
    ruta = url("change", victima.pk)

    def como_la_abrio() -> dict[str, Any]:
        pagina = navegador.get(ruta)
        visto = pagina.context["adminform"].form.initial["visto"]
        assert f'name="visto" value="{visto}"' in pagina.content.decode()
        return formulario(User.objects.get(pk=victima.pk), first_name="Otra") | {"visto": visto}

    datos = como_la_abrio() | todo()
    degradar(victima)
    dicho = "Mientras tanto cambió lo que esta persona puede: volver a abrir su página."
    pagina = navegador.post(ruta, datos)
    assert pagina.context["adminform"].form.errors == {"__all__": [dicho]}
    assert dicho in pagina.content.decode()
    assert quedo_degradada(victima)
    # Nor is somebody back who was sent away.
    datos = como_la_abrio()
    desactivar(victima)
    assert navegador.post(ruta, datos).status_code == 200
    assert not User.objects.get(pk=victima.pk).is_active
    assert navegador.post(ruta, como_la_abrio()).status_code == 302
    assert User.objects.get(pk=victima.pk).first_name == "Otra"


def test_what_was_changed_in_the_form_is_saved(mesa: Mesa, victima: User) -> None:
    datos = formulario(victima, last_name="Otro", email="a@b.com.py")
    datos["groups"] = [Group.objects.get(name=TOMADORES).pk]
    assert entrar(mesa.admin).post(url("change", victima.pk), datos).status_code == 302
    victima.refresh_from_db()
    assert (victima.last_name, victima.email) == ("Otro", "a@b.com.py")
    assert victima.check_password(CLAVE)
    assert derechos(victima) == (False, False, {TOMADORES}, set())


def con_otra_clave(mesa: Mesa, victima: User) -> Any:
    return entrar(mesa.admin).post(url("password_change", victima.pk), CON_CLAVE)


def con_la_propia(mesa: Mesa, victima: User) -> Any:
    return entrar(victima).post(PROPIA, CAMBIO)


def sin_clave(mesa: Mesa, victima: User) -> Any:
    datos = {"usable_password": "false", "unset-password": "si"}
    return entrar(mesa.admin).post(url("password_change", victima.pk), datos)


def por_la_consola(mesa: Mesa, victima: User) -> Any:
    por_la_orden(mesa, victima)
    return HttpResponseRedirect("/")


DADAS = (con_otra_clave, con_la_propia, sin_clave, por_la_consola)


@pytest.mark.parametrize("dar", DADAS)
def test_giving_a_password_gives_back_no_rights(
    mesa: Mesa, victima: User, monkeypatch: pytest.MonkeyPatch, dar: Callable[..., Any]
) -> None:
    def bajar() -> None:
        otra = User.objects.get(pk=victima.pk)
        otra.is_staff = False
        otra.save()

    vieja = User.objects.get(pk=victima.pk).password
    antes_de(monkeypatch, guardado.SoloLaClave, "set_password_and_save", bajar)
    assert dar(mesa, victima).status_code == 302
    victima.refresh_from_db()
    assert victima.is_staff is False
    assert victima.password != vieja


@pytest.mark.parametrize("dar", DADAS)
def test_a_password_and_the_end_of_the_old_ones_keys_are_one_deed(
    mesa: Mesa, victima: User, monkeypatch: pytest.MonkeyPatch, dar: Callable[..., Any]
) -> None:
    Token.objects.create(user=victima)

    def falla(*_args: Any) -> None:
        raise DatabaseError

    for modulo in ("core.signals", "core.acceso.guardado"):
        monkeypatch.setattr(f"{modulo}.terminar_llaves", falla)
    with pytest.raises(DatabaseError):
        dar(mesa, victima)
    victima.refresh_from_db()
    assert victima.check_password(CLAVE)
    assert Token.objects.filter(user=victima).exists()


def test_the_command_asks_again_and_gives_up(
    mesa: Mesa, capsys: pytest.CaptureFixture[str]
) -> None:
    for claves, dice in (
        ((NUEVA, CLAVE) * 3, "no coinciden"),
        (("123", "123") * 3, "demasiado corta"),
    ):
        with patch("getpass.getpass", side_effect=claves), pytest.raises(CommandError):
            call_command("changepassword", "ana")
        assert capsys.readouterr().err.count(dice) == 3
    with patch("getpass.getpass", side_effect=(NUEVA, CLAVE, NUEVA, NUEVA)):
        call_command("changepassword", "ana")
    mesa.tomador.refresh_from_db()
    assert mesa.tomador.check_password(NUEVA)
    with pytest.raises(CommandError):
        call_command("changepassword", "nadie-asi")


def test_no_password_at_all_ends_the_keys_of_an_old_hash_too(
    mesa: Mesa, victima: User, settings: Settings
) -> None:
    """Which is not the same password in a newer form."""
    viejo = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, viejo]
    victima.password = "pbkdf2_sha256$1000$sal$AAAA"
    victima.save()
    Token.objects.create(user=victima)
    assert sin_clave(mesa, victima).status_code == 302
    assert not Token.objects.filter(user=victima).exists()


def test_a_group_and_a_profile_write_what_changed_in_them(
    mesa: Mesa, monkeypatch: pytest.MonkeyPatch
) -> None:
    grupo = Group.objects.get(name=TOMADORES)
    datos: dict[str, Any] = {"name": "Tomadoras"}
    datos["permissions"] = list(grupo.permissions.values_list("pk", flat=True))
    antes_de(monkeypatch, usuarios.GrupoAdmin, "save_model", grupo.permissions.clear)
    ruta = reverse("admin:auth_group_change", args=[grupo.pk])
    assert entrar(mesa.admin).post(ruta, datos).status_code == 302
    grupo.refresh_from_db()
    assert (grupo.name, grupo.permissions.count()) == ("Tomadoras", 0)

    perfil = Perfil.objects.get(usuario=mesa.tomador)

    def mudar() -> None:
        otro = Perfil.objects.get(pk=perfil.pk)
        otro.usuario = mesa.sin_grupo
        otro.save()

    antes_de(monkeypatch, usuarios.PerfilAdmin, "save_model", mudar)
    datos = {"usuario": mesa.tomador.pk, "sucursal": mesa.este.pk}
    ruta = reverse("admin:sales_perfil_change", args=[perfil.pk])
    assert entrar(mesa.admin).post(ruta, datos).status_code == 302
    perfil.refresh_from_db()
    assert (perfil.usuario, perfil.sucursal) == (mesa.sin_grupo, mesa.este)


def test_every_page_of_what_gives_rights_writes_what_changed() -> None:
    paginas = [v for v in vars(usuarios).values() if isinstance(v, type)]
    con_derechos = [
        clase
        for clase in paginas
        if issubclass(clase, PaginaPropia) and clase.__module__ == usuarios.__name__
    ]
    sueltas = {c.__name__ for c in con_derechos if not issubclass(c, guardado.SoloLoCambiado)}
    # Of tries at the door: read, and deleted.
    assert sueltas == {"IntentosAdmin", "FallosAdmin", "EntradasAdmin"}
