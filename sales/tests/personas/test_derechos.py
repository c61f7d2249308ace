"""Nobody gets, or gives, more rights than they have; somebody may always do everything."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.test import Client
from django.urls import reverse

from core.web.navegacion import enlaces_de
from sales.models import Perfil
from sales.personas.derechos import puede_cambiar, puede_dar_clave
from sales.personas.permisos import alcance_de
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol, rol_de
from sales.tests.fabricas import crear_lista, crear_usuario
from sales.tests.mesa import Mesa, entrar

pytestmark = pytest.mark.django_db
CLAVE = "tereré-con-yuyos-7"
CON_CLAVE = {"usable_password": "true", "password1": CLAVE, "password2": CLAVE}


def crear_encargada(mesa: Mesa) -> User:
    """A supervisor of company A who also looks after its people."""
    usuario = crear_usuario("encargada", Rol.SUPERVISOR, mesa.asuncion)
    usuario.is_staff = True
    usuario.save()
    de_personas = Permission.objects.filter(codename__regex="_(user|perfil)$")
    usuario.user_permissions.set(de_personas)
    return usuario


@pytest.fixture
def encargada(mesa: Mesa) -> User:
    return crear_encargada(mesa)


@pytest.fixture
def navegador(encargada: User) -> Client:
    return entrar(encargada)


def url(vista: str, *args: Any) -> str:
    return reverse(f"admin:auth_user_{vista}", args=args)


def formulario(usuario: User, **campos: Any) -> dict[str, Any]:
    """A person's page as a browser sends it; branches as they are."""
    datos = {
        "username": usuario.username,
        "first_name": usuario.first_name,
        "last_name": usuario.last_name,
        "email": usuario.email,
        "date_joined_0": "2025-06-16",
        "date_joined_1": "12:00:00",
        "perfiles-TOTAL_FORMS": 0,
        "perfiles-INITIAL_FORMS": 0,
    }
    if usuario.is_active:
        datos["is_active"] = "on"
    return datos | campos


def derechos(usuario: User) -> tuple[bool, bool, set[str], set[str]]:
    fresco = User.objects.get(pk=usuario.pk)
    grupos = set(fresco.groups.values_list("name", flat=True))
    permisos = set(fresco.user_permissions.values_list("codename", flat=True))
    return fresco.is_staff, fresco.is_superuser, grupos, permisos


def todo() -> dict[str, Any]:
    """Every right there is, as a form would ask for it."""
    return {
        "is_staff": "on",
        "is_superuser": "on",
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)[:50]),
    }


def test_names_and_presence_are_changed_of_ones_own_people(navegador: Client, mesa: Mesa) -> None:
    datos = formulario(mesa.tomador, first_name="Ana María", email="ana@ejemplo.com.py")
    del datos["is_active"]
    assert navegador.post(url("change", mesa.tomador.pk), datos).status_code == 302
    mesa.tomador.refresh_from_db()
    hecho = (mesa.tomador.first_name, mesa.tomador.email, mesa.tomador.is_active)
    assert hecho == ("Ana María", "ana@ejemplo.com.py", False)


@pytest.mark.parametrize("quien", ["encargada", "tomador", "colega"])
def test_rights_posted_without_being_asked_for_are_not_given(
    navegador: Client, mesa: Mesa, quien: str
) -> None:
    usuario = User.objects.get(username=quien) if quien == "encargada" else getattr(mesa, quien)
    antes = derechos(usuario)
    datos = formulario(usuario, first_name="Otra") | todo()
    assert navegador.post(url("change", usuario.pk), datos).status_code == 302
    usuario.refresh_from_db()
    assert usuario.first_name == "Otra"
    assert derechos(usuario) == antes


def test_a_superuser_gives_rights(mesa: Mesa) -> None:
    datos = formulario(mesa.tomador) | todo()
    assert entrar(mesa.admin).post(url("change", mesa.tomador.pk), datos).status_code == 302
    assert derechos(mesa.tomador)[:3] == (True, True, {TOMADORES, SUPERVISORES})


def test_somebody_new_has_a_branch_of_who_adds_them_and_no_right(
    navegador: Client, mesa: Mesa
) -> None:
    datos = CON_CLAVE | {"username": "nueva", "perfiles-INITIAL_FORMS": 0} | todo()
    sin_sucursal = datos | {"perfiles-TOTAL_FORMS": 0}
    ajena = datos | {"perfiles-TOTAL_FORMS": 1, "perfiles-0-sucursal": mesa.ajena.pk}
    for malos in (sin_sucursal, ajena):
        assert navegador.post(url("add"), malos).status_code == 200
        assert not User.objects.filter(username="nueva").exists()
    bien = ajena | {"perfiles-0-sucursal": mesa.este.pk}
    assert navegador.post(url("add"), bien).status_code == 302
    nueva = User.objects.get(username="nueva")
    assert derechos(nueva) == (False, False, set(), set())
    assert Perfil.objects.get(usuario=nueva).sucursal == mesa.este
    assert navegador.get(url("change", nueva.pk)).status_code == 200


def test_a_superuser_of_ones_own_branch_is_seen_and_not_touched(
    navegador: Client, mesa: Mesa
) -> None:
    User.objects.create_superuser("segunda")
    Perfil.objects.create(usuario=mesa.admin, sucursal=mesa.asuncion)
    assert navegador.get(url("change", mesa.admin.pk)).status_code == 200
    datos = formulario(mesa.admin, first_name="Otra")
    assert navegador.post(url("change", mesa.admin.pk), datos).status_code == 403
    assert navegador.post(url("password_change", mesa.admin.pk), CON_CLAVE).status_code == 403
    assert navegador.post(url("delete", mesa.admin.pk), {"post": "yes"}).status_code == 403
    elegidas = {"action": "delete_selected", "_selected_action": [mesa.admin.pk], "post": "yes"}
    assert navegador.post(url("changelist"), elegidas).status_code == 403
    mesa.admin.refresh_from_db()
    assert (mesa.admin.first_name, mesa.admin.check_password(CLAVE)) == ("", False)


def test_who_works_for_another_company_too_is_seen_and_not_touched(
    navegador: Client, mesa: Mesa
) -> None:
    Perfil.objects.create(usuario=mesa.tomador, sucursal=mesa.ajena)
    assert navegador.get(url("change", mesa.tomador.pk)).status_code == 200
    for vista, datos in (("change", formulario(mesa.tomador)), ("password_change", CON_CLAVE)):
        assert navegador.post(url(vista, mesa.tomador.pk), datos).status_code == 403


@pytest.mark.parametrize("quien", ["ajeno", "supervisor_ajeno", "sin_grupo", "admin"])
def test_others_people_do_not_exist(navegador: Client, mesa: Mesa, quien: str) -> None:
    clave = getattr(mesa, quien).pk
    for vista in ("change", "delete", "history"):
        assert navegador.get(url(vista, clave)).status_code == 404
    for vista in ("change", "delete", "password_change"):
        datos = CON_CLAVE | {"post": "yes"}
        assert navegador.post(url(vista, clave), datos).status_code == 404
    assert User.objects.filter(pk=clave).exists()


def test_a_password_is_given_to_who_may_do_no_more(navegador: Client, mesa: Mesa) -> None:
    for usuario in (mesa.tomador, mesa.supervisor):
        assert navegador.post(url("password_change", usuario.pk), CON_CLAVE).status_code == 302
        usuario.refresh_from_db()
        assert usuario.check_password(CLAVE)


@pytest.mark.parametrize("activa", [True, False])
@pytest.mark.parametrize("por", ["permiso", "grupo", "rol"])
def test_a_password_of_who_may_do_more_is_not_given(
    navegador: Client, encargada: User, mesa: Mesa, por: str, activa: bool
) -> None:
    usuario = mesa.tomador
    permiso = Permission.objects.get(codename="change_cliente")
    if por == "permiso":
        usuario.user_permissions.add(permiso)
    if por == "grupo":
        grupo = Group.objects.create(name="De clientes")
        grupo.permissions.add(permiso)
        usuario.groups.add(grupo)
    if por == "rol":
        # The same permissions; but what the group's name opens at the desk is more.
        encargada.user_permissions.add(*Permission.objects.filter(group__name=SUPERVISORES))
        encargada.groups.clear()
        # Less than before: whoever loses something signs in anew.
        navegador.force_login(encargada)
    # Who is not active has no permission now; active again, with a known password, they have.
    User.objects.filter(pk=usuario.pk).update(is_active=activa)
    for respuesta in (
        navegador.get(url("password_change", usuario.pk)),
        navegador.post(url("password_change", usuario.pk), CON_CLAVE),
    ):
        assert respuesta.status_code == 403
    usuario.refresh_from_db()
    assert not usuario.check_password(CLAVE)
    assert puede_cambiar(User.objects.get(pk=encargada.pk), usuario)
    assert not puede_dar_clave(User.objects.get(pk=encargada.pk), usuario)


def test_ones_own_password_is_changed_where_the_old_one_is_asked_for(
    navegador: Client, encargada: User
) -> None:
    assert navegador.post(url("password_change", encargada.pk), CON_CLAVE).status_code == 403


@pytest.mark.parametrize("vista", ["add", "change", "delete"])
def test_groups_are_superusers_to_change(encargada: User, mesa: Mesa, vista: str) -> None:
    encargada.user_permissions.add(*Permission.objects.filter(content_type__app_label="auth"))
    grupo = Group.objects.get(name=TOMADORES)
    ruta = reverse(f"admin:auth_group_{vista}", args=() if vista == "add" else (grupo.pk,))
    datos = {"name": "Otro", "permissions": todo()["user_permissions"], "post": "yes"}
    assert entrar(encargada).post(ruta, datos).status_code == 403
    assert entrar(encargada).get(reverse("admin:auth_group_changelist")).status_code == 200
    assert entrar(mesa.admin).post(ruta, datos).status_code == 302


def test_an_api_key_is_nobody_elses_to_make(encargada: User, mesa: Mesa) -> None:
    encargada.user_permissions.set(Permission.objects.all())
    ruta = reverse("admin:authtoken_tokenproxy_add")
    assert entrar(encargada).post(ruta, {"user": mesa.tomador.pk}).status_code == 403


def test_the_last_superuser_stays(mesa: Mesa) -> None:
    navegador = entrar(mesa.admin)
    sin_derechos = formulario(mesa.admin, is_staff="on")
    inactiva = formulario(mesa.admin, is_staff="on", is_superuser="on")
    del inactiva["is_active"]
    elegidas = {"action": "delete_selected", "_selected_action": [mesa.admin.pk], "post": "yes"}

    def estados() -> list[int]:
        pedidos = (
            (url("change", mesa.admin.pk), sin_derechos),
            (url("change", mesa.admin.pk), inactiva),
            (url("delete", mesa.admin.pk), {"post": "yes"}),
            (url("changelist"), elegidas),
        )
        return [navegador.post(ruta, datos).status_code for ruta, datos in pedidos]

    assert estados() == [200, 200, 200, 200]
    # One who may not come in is nobody to count on.
    User.objects.create_superuser("dormida", is_active=False)
    assert estados() == [200, 200, 200, 200]
    mesa.admin.refresh_from_db()
    assert (mesa.admin.is_active, mesa.admin.is_superuser) == (True, True)
    User.objects.create_superuser("segunda")
    assert navegador.post(url("change", mesa.admin.pk), sin_derechos).status_code == 302
    mesa.admin.refresh_from_db()
    assert mesa.admin.is_superuser is False


def test_a_deed_on_superusers_looks_again(mesa: Mesa, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another request was quicker between the page's look and the deed."""
    segunda = User.objects.create_superuser("segunda")
    monkeypatch.setattr(
        "sales.admin.usuarios.UsuarioAdmin.get_deleted_objects", lambda *_: ([], {}, set(), [])
    )
    elegidas = {
        "action": "delete_selected",
        "_selected_action": [mesa.admin.pk, segunda.pk],
        "post": "yes",
    }
    assert entrar(mesa.admin).post(url("changelist"), elegidas).status_code == 403
    assert User.objects.filter(is_superuser=True).count() == 2


def test_no_field_is_reached_by_another_name(navegador: Client, mesa: Mesa) -> None:
    """Popups name a field to come back by; filters, a column to ask for."""
    assert navegador.get(url("changelist"), {"_to_field": "password"}).status_code == 400
    assert navegador.get(url("changelist"), {"password__startswith": "md5"}).status_code == 400


def test_being_staff_is_no_role_and_shows_the_way_to_the_admin(mesa: Mesa) -> None:
    mesa.sin_grupo.is_staff = True
    mesa.sin_grupo.save()
    assert rol_de(mesa.sin_grupo) is Rol.NADIE
    pagina = entrar(mesa.sin_grupo).get(reverse("clave"))
    request = pagina.wsgi_request
    assert [enlace.url for enlace in enlaces_de(request)] == ["/admin/"]
    mesa.sin_grupo.is_staff = False
    request.user = mesa.sin_grupo
    assert enlaces_de(request) == []


def test_who_may_not_say_where_somebody_works_adds_nobody(encargada: User) -> None:
    encargada.user_permissions.remove(Permission.objects.get(codename="add_perfil"))
    assert entrar(encargada).get(url("add")).status_code == 403


def test_permissions_open_ones_companies_prices_without_a_role(mesa: Mesa) -> None:
    propia, _ajena = (crear_lista(s.empresa) for s in (mesa.asuncion, mesa.ajena))
    usuario = crear_usuario("precios", Rol.NADIE, mesa.este)
    usuario.user_permissions.set(Permission.objects.filter(codename="view_listaprecio"))
    navegador = entrar(usuario)
    listas = navegador.get("/api/listas-precio/").json()["results"]
    assert [lista["id"] for lista in listas] == [propia.pk]
    assert navegador.get("/lotes/").status_code == 403
    usuario.is_active = False
    for nadie in (usuario, AnonymousUser(), mesa.sin_grupo):
        assert not alcance_de(nadie).exists()
