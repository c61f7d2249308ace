"""People on their pages: invited, let in by a link, changed, deactivated; and who may not."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.acceso.puerta import POR_PAR
from sales.models import Perfil
from sales.personas import gestion
from sales.personas.invitaciones import DURA, invitado_de, token_de
from sales.personas.permisos import sucursales_de
from sales.personas.roles import SUPERVISORES, Rol, rol_de
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import Mesa, entrar, texto

pytestmark = pytest.mark.django_db
CLAVE = "mandioca-frita-22"
CLAVES = {"new_password1": CLAVE, "new_password2": CLAVE}


def datos(mesa: Mesa, **otros: Any) -> dict[str, Any]:
    """What the form of an invitation sends."""
    base = {"nombre": "Íris", "apellido": "Núñez", "rol": "tomador"}
    return base | {"sucursales": [str(mesa.asuncion.pk)]} | otros


def invitar(mesa: Mesa, quien: User, **otros: Any) -> tuple[User, str]:
    """Invite somebody; their account, and the path of the link that the page shows."""
    navegador = entrar(quien)
    respuesta = navegador.post("/personas/nueva/", datos(mesa, **otros))
    assert respuesta.status_code == 302
    html = navegador.get(respuesta["Location"]).content.decode()
    hallado = re.search(r'value="http://testserver(/cuentas/invitacion/[^"]+)"', html)
    assert hallado
    # Once: the page does not show it again.
    assert "/cuentas/invitacion/" not in navegador.get(respuesta["Location"]).content.decode()
    return User.objects.latest("pk"), hallado[1]


def guardar(mesa: Mesa, quien: User, otro: User, **otros: Any) -> Any:
    """Open somebody's page and save it with other values."""
    navegador = entrar(quien)
    visto = navegador.get(f"/personas/{otro.pk}/").context["form"].initial["visto"]
    return navegador.post(f"/personas/{otro.pk}/", datos(mesa, visto=visto) | otros)


def enlace_de(mesa: Mesa, otro: User) -> str:
    """The path of a link that the supervisor makes now."""
    token = token_de(User.objects.get(pk=otro.pk), quien=mesa.supervisor)
    return f"/cuentas/invitacion/{token}/"


def test_an_invited_taker_chooses_a_password_and_lands_at_the_desk(mesa: Mesa) -> None:
    nueva, enlace = invitar(mesa, mesa.supervisor)
    assert (nueva.username, rol_de(nueva)) == ("iris.nunez", Rol.TOMADOR)
    assert list(sucursales_de(nueva)) == [mesa.asuncion]
    visita = Client()
    pagina = texto(visita.get(enlace).content)
    assert "iris.nunez" in pagina
    assert mesa.asuncion.empresa.nombre in pagina
    assert visita.post(enlace, CLAVES)["Location"] == "/"
    assert visita.get("/")["Location"] == "/pedidos/nuevo/"
    # The same link again, and another one made before: nothing.
    assert Client().get(enlace).status_code == 410
    assert Client().post(enlace, CLAVES).status_code == 410


def test_a_weak_password_is_said_and_the_link_still_serves(mesa: Mesa) -> None:
    _nueva, enlace = invitar(mesa, mesa.supervisor)
    mala = {"new_password1": "pedido1234", "new_password2": "pedido1234"}
    assert Client().post(enlace, mala).status_code == 422
    assert Client().post(enlace, CLAVES).status_code == 302


def test_a_link_ends_with_time_deactivation_a_newer_one_or_other_rights(mesa: Mesa) -> None:
    nueva, enlace = invitar(mesa, mesa.supervisor)
    with patch("django.core.signing.time.time") as reloj:
        reloj.return_value = (timezone.now() + DURA + timedelta(hours=1)).timestamp()
        assert Client().get(enlace).status_code == 410
    navegador = entrar(mesa.supervisor)
    assert Client().get(enlace).status_code == 200
    nueva.groups.add(Group.objects.get(name=SUPERVISORES))
    # Who made the link of a taker would otherwise enter as a supervisor.
    assert Client().get(enlace).status_code == 410
    nueva.groups.remove(Group.objects.get(name=SUPERVISORES))
    otro = enlace_de(mesa, nueva)
    navegador.post(f"/personas/{nueva.pk}/enlace/")
    assert Client().get(otro).status_code == 410
    otro = enlace_de(mesa, nueva)
    navegador.post(f"/personas/{nueva.pk}/estado/", {"activo": "false"})
    assert Client().get(otro).status_code == 410


def test_a_link_ends_with_the_right_of_whoever_made_it(mesa: Mesa) -> None:
    _nueva, enlace = invitar(mesa, mesa.supervisor)
    navegador = entrar(mesa.admin)
    for activo, estado in (("false", 410), ("true", 200)):
        navegador.post(f"/personas/{mesa.supervisor.pk}/estado/", {"activo": activo})
        assert Client().get(enlace).status_code == estado
        assert Client().post(enlace, {}).status_code == (422 if estado == 200 else 410)
    # A supervisor no more, though active.
    mesa.supervisor.groups.clear()
    assert Client().get(enlace).status_code == 410


def test_a_link_ends_with_what_its_group_may_do(mesa: Mesa) -> None:
    nueva, enlace = invitar(mesa, mesa.supervisor)
    nueva.groups.get().permissions.add(Permission.objects.get(codename="delete_user"))
    token = enlace.rstrip("/").rsplit("/", 1)[1]
    assert invitado_de(token) is None
    # A superuser's right never ends by it; their link does.
    nuevo = token_de(nueva, quien=mesa.admin)
    assert invitado_de(nuevo) == nueva
    nueva.groups.get().permissions.add(Permission.objects.get(codename="add_user"))
    assert invitado_de(nuevo) is None


def test_wrong_links_are_counted_by_address_and_right_ones_open(mesa: Mesa) -> None:
    _nueva, enlace = invitar(mesa, mesa.supervisor)
    visita = Client()
    estados = [visita.get(f"/cuentas/invitacion/a{n}:b:c/").status_code for n in range(POR_PAR + 1)]
    assert estados == [410] * POR_PAR + [429]
    assert visita.get(enlace).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.9").get("/cuentas/invitacion/x/").status_code == 410


def test_a_deactivated_person_is_out_at_once_and_comes_back_by_signing_in(mesa: Mesa) -> None:
    dentro, jefa = entrar(mesa.tomador), entrar(mesa.supervisor)
    assert dentro.get("/pedidos/").status_code == 200
    jefa.post(f"/personas/{mesa.tomador.pk}/estado/", {"activo": "false"})
    assert dentro.get("/pedidos/").status_code == 302
    jefa.post(f"/personas/{mesa.tomador.pk}/estado/", {"activo": "true"})
    assert dentro.get("/pedidos/").status_code == 302
    assert entrar(User.objects.get(pk=mesa.tomador.pk)).get("/pedidos/").status_code == 200
    hechos = LogEntry.objects.filter(object_id=str(mesa.tomador.pk)).order_by("pk")
    assert [(h.user, h.change_message) for h in hechos] == [
        (mesa.supervisor, "Desactivación."),
        (mesa.supervisor, "Reactivación."),
    ]


def test_a_new_link_ends_the_old_password_and_the_sessions(mesa: Mesa) -> None:
    dentro = entrar(mesa.tomador)
    entrar(mesa.supervisor).post(f"/personas/{mesa.tomador.pk}/enlace/")
    assert dentro.get("/pedidos/").status_code == 302
    assert not User.objects.get(pk=mesa.tomador.pk).has_usable_password()


@pytest.mark.parametrize("hecho", ["estado", "enlace", ""])
def test_a_supervisor_touches_no_supervisor_nor_whoever_works_elsewhere(
    mesa: Mesa, hecho: str
) -> None:
    par = crear_usuario("par", Rol.SUPERVISOR, mesa.asuncion)
    Perfil.objects.create(usuario=mesa.colega, sucursal=mesa.ajena)
    mesa.admin.perfiles.create(sucursal=mesa.asuncion)
    for otro in (par, mesa.colega, mesa.admin, mesa.supervisor):
        respuesta = entrar(mesa.supervisor).post(
            f"/personas/{otro.pk}/{hecho}{'/' if hecho else ''}", datos(mesa, activo="false")
        )
        assert respuesta.status_code == 403, otro
        actual = User.objects.get(pk=otro.pk)
        assert (actual.is_active, actual.first_name) == (True, "")
        assert actual.has_usable_password()
    assert entrar(mesa.supervisor).get(f"/personas/{mesa.ajeno.pk}/").status_code == 404


@pytest.mark.parametrize("rol", ["supervisor", "admin", "nadie", "x", ""])
def test_a_forged_role_is_refused(mesa: Mesa, rol: str) -> None:
    antes = User.objects.count()
    jefa = entrar(mesa.supervisor)
    assert jefa.post("/personas/nueva/", datos(mesa, rol=rol)).status_code == 422
    assert guardar(mesa, mesa.supervisor, mesa.tomador, rol=rol).status_code == 422
    assert (User.objects.count(), rol_de(User.objects.get(username="ana"))) == (antes, Rol.TOMADOR)


def test_a_branch_of_another_company_is_refused(mesa: Mesa) -> None:
    ajena = {"sucursales": [str(mesa.ajena.pk)]}
    respuesta = entrar(mesa.supervisor).post("/personas/nueva/", datos(mesa, **ajena))
    assert (respuesta.status_code, "sucursales" in respuesta.context["form"].errors) == (422, True)
    assert guardar(mesa, mesa.supervisor, mesa.tomador, **ajena).status_code == 422
    assert list(sucursales_de(mesa.tomador)) == [mesa.asuncion]


@pytest.mark.parametrize("usuario", ["ANA", "ana", "аna", "an a", "a" * 10_000, "an\0a"])
def test_a_name_that_is_or_looks_like_anothers_is_refused_at_its_field(
    mesa: Mesa, usuario: str
) -> None:
    respuesta = entrar(mesa.supervisor).post("/personas/nueva/", datos(mesa, usuario=usuario))
    assert respuesta.status_code == 422
    assert list(respuesta.context["form"].errors) == ["usuario"]


@pytest.mark.parametrize("nombre", ["a" * 10_000, "a\0b", ""])
def test_a_name_that_cannot_be_kept_is_said(mesa: Mesa, nombre: str) -> None:
    respuesta = entrar(mesa.supervisor).post("/personas/nueva/", datos(mesa, nombre=nombre))
    assert list(respuesta.context["form"].errors) == ["nombre"]


def test_a_page_opened_before_a_change_of_rights_is_not_saved_after_it(mesa: Mesa) -> None:
    jefa = entrar(mesa.admin)
    visto = jefa.get(f"/personas/{mesa.supervisor.pk}/").context["form"].initial["visto"]
    mesa.supervisor.groups.clear()
    enviado = datos(mesa, rol="supervisor", visto=visto)
    assert jefa.post(f"/personas/{mesa.supervisor.pk}/", enviado).status_code == 422
    assert rol_de(User.objects.get(pk=mesa.supervisor.pk)) is Rol.NADIE
    # Without having been opened at all, neither.
    del enviado["visto"]
    assert jefa.post(f"/personas/{mesa.supervisor.pk}/", enviado).status_code == 422


def test_a_change_is_noted_and_taken_back(mesa: Mesa) -> None:
    jefe = entrar(mesa.admin)
    pagina = f"/personas/{mesa.tomador.pk}/"
    visto = jefe.get(pagina).context["form"].initial["visto"]
    nuevo = datos(mesa, rol="supervisor", sucursales=[str(mesa.este.pk)], visto=visto)
    assert jefe.post(pagina, nuevo).status_code == 302
    cambiado = User.objects.get(pk=mesa.tomador.pk)
    assert (rol_de(cambiado), cambiado.first_name) == (Rol.SUPERVISOR, "Íris")
    assert "Rol: de Tomador a Supervisor." in texto(jefe.get(pagina).content)
    jefe.post(f"{pagina}deshacer/")
    vuelto = User.objects.get(pk=mesa.tomador.pk)
    assert (rol_de(vuelto), vuelto.first_name) == (Rol.TOMADOR, "")
    assert list(sucursales_de(vuelto)) == [mesa.asuncion]


def test_the_last_superuser_stays(mesa: Mesa) -> None:
    assert guardar(mesa, mesa.admin, mesa.admin).status_code == 422
    entrar(mesa.admin).post(f"/personas/{mesa.admin.pk}/estado/", {"activo": "false"})
    actual = User.objects.get(pk=mesa.admin.pk)
    assert (actual.is_superuser, actual.is_active) == (True, True)


@pytest.mark.parametrize(
    ("consulta", "nombres"),
    [
        ("", ["ana", "beto", "sofia"]),
        ("?q=AN", ["ana"]),
        ("?rol=supervisor", ["sofia"]),
        ("?rol=tomador&activo=true", ["ana", "beto"]),
        ("?activo=false", []),
    ],
)
def test_a_supervisor_sees_and_filters_the_people_of_their_companies(
    mesa: Mesa, consulta: str, nombres: list[str]
) -> None:
    lista = entrar(mesa.supervisor).get(f"/personas/{consulta}").context["lista"]
    assert [persona.username for persona in lista.pagina] == nombres
    una = entrar(mesa.admin).get(f"/personas/?sucursal={mesa.ajena.pk}").context["lista"]
    assert [persona.username for persona in una.pagina] == ["otra", "otro"]
    dos = crear_usuario("dos", Rol.TOMADOR, mesa.este)
    Perfil.objects.create(usuario=dos, sucursal=mesa.ajena)
    ajena = entrar(mesa.supervisor).get(f"/personas/?sucursal={mesa.ajena.pk}")
    assert list(ajena.context["lista"].pagina) == []


def de_dos_companias(mesa: Mesa) -> str:
    """Somebody whom an admin put to work for the other company too; their page."""
    pagina = f"/personas/{mesa.colega.pk}/"
    lugares = [str(mesa.este.pk), str(mesa.ajena.pk)]
    assert guardar(mesa, mesa.admin, mesa.colega, sucursales=lugares).status_code == 302
    return pagina


def test_a_supervisor_reads_no_branch_of_another_company(mesa: Mesa) -> None:
    pagina = de_dos_companias(mesa)
    mensaje = [{"added": {"name": "perfil", "object": "beto · Encarnación"}}]
    LogEntry.objects.log_actions(mesa.admin.pk, [mesa.colega], CHANGE, mensaje, single_object=True)
    jefa, jefe = entrar(mesa.supervisor), entrar(mesa.admin)
    lista = jefa.get("/personas/").content.decode()
    assert ("Ciudad del Este" in lista, "Encarnación" in lista) == (True, False)
    suya, entera = (texto(n.get(pagina).content) for n in (jefa, jefe))
    assert "Sucursales: Ciudad del Este, —." in suya
    assert "perfil “—”" in suya
    assert "Encarnación" not in suya
    assert "Sucursales: Ciudad del Este, Encarnación." in entera
    assert "beto · Encarnación" in entera
    # The admin's own history tells which fields alone.
    nota = LogEntry.objects.filter(object_id=str(mesa.colega.pk)).earliest("pk")
    assert "Sucursales" in nota.get_change_message()
    assert "Encarnación" not in nota.get_change_message()
    # Nor is one taken from somebody by who does not see it.
    solo = {"sucursales": [str(mesa.este.pk)]}
    assert guardar(mesa, mesa.supervisor, mesa.colega, **solo).status_code == 403
    assert list(sucursales_de(mesa.colega)) == [mesa.este, mesa.ajena]


def test_names_written_meanwhile_are_not_overwritten_nor_undone(mesa: Mesa) -> None:
    jefa, pagina = entrar(mesa.supervisor), f"/personas/{mesa.tomador.pk}/"
    visto = jefa.get(pagina).context["form"].initial["visto"]
    assert jefa.post(pagina, datos(mesa, visto=visto)).status_code == 302
    visto = jefa.get(pagina).context["form"].initial["visto"]
    guardar(mesa, mesa.admin, mesa.tomador, nombre="Ana", correo="ana@example.com")
    vieja = jefa.post(pagina, datos(mesa, nombre="Vieja", visto=visto))
    assert vieja.status_code == 422
    assert "Mientras tanto cambió" in texto(vieja.content)
    vuelta = jefa.post(f"{pagina}deshacer/", follow=True)
    assert "Mientras tanto cambió" in texto(vuelta.content)
    # What cannot be taken back any more is not offered.
    assert "Deshacer" not in vuelta.content.decode()
    actual = User.objects.get(pk=mesa.tomador.pk)
    assert (actual.first_name, actual.email) == ("Ana", "ana@example.com")


def test_a_first_role_is_taken_back(mesa: Mesa) -> None:
    jefe, pagina = entrar(mesa.admin), f"/personas/{mesa.sin_grupo.pk}/"
    visto = jefe.get(pagina).context["form"].initial["visto"]
    assert jefe.post(pagina, datos(mesa, visto=visto)).status_code == 302
    # Of another person nothing is left to undo; this one's stays.
    jefe.post(f"/personas/{mesa.tomador.pk}/deshacer/")
    jefe.post(f"{pagina}deshacer/")
    vuelto = User.objects.get(pk=mesa.sin_grupo.pk)
    assert (rol_de(vuelto), vuelto.perfiles.count()) == (Rol.NADIE, 0)


def test_the_same_invitation_sent_twice_makes_one_account(mesa: Mesa) -> None:
    jefa = entrar(mesa.supervisor)
    campo = jefa.get("/personas/nueva/").context["form"]["envio"].value()
    una = jefa.post("/personas/nueva/", datos(mesa, envio=campo))
    otra = jefa.post("/personas/nueva/", datos(mesa, envio=campo))
    assert (otra.status_code, otra["Location"]) == (302, una["Location"])
    assert "/cuentas/invitacion/" in jefa.get(otra["Location"]).content.decode()
    # With a user name typed too, which is taken by then; and another form is another person.
    tipeada = datos(mesa, usuario="iris", envio="a" * 32)
    lugares = {jefa.post("/personas/nueva/", tipeada)["Location"] for _ in range(2)}
    assert len(lugares) == 1
    assert User.objects.filter(first_name="Íris").count() == 2


def test_admins_are_held_in_one_order_before_whoever_is_changed(mesa: Mesa) -> None:
    otro = crear_usuario("segundo", Rol.ADMIN)
    with CaptureQueriesContext(connection) as hechas:
        gestion.poner_activo(quien=otro, otro=mesa.admin, activo=False)
    lecturas = [q["sql"] for q in hechas if 'FROM "auth_user" WHERE' in q["sql"]]
    assert "is_superuser" in lecturas[0].split("WHERE")[1]
    assert re.match(r'SELECT "auth_user"."id"( AS "pk")? .* ORDER BY 1 ASC', lecturas[0])


def test_the_error_of_the_branches_is_tied_to_them(mesa: Mesa) -> None:
    jefa = entrar(mesa.supervisor)
    html = jefa.post("/personas/nueva/", datos(mesa, sucursales=[])).content.decode()
    assert 'aria-describedby="id_sucursales_error"' in html.split("<fieldset")[1].split(">")[0]
    assert 'id="id_sucursales_error"' in html
