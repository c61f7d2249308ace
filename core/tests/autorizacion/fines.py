"""Every way in which something is taken from a user; each ends what lets them in."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from core.acceso.credenciales import Motivo, terminar
from sales.models import Perfil
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol
from sales.tests.fabricas import crear_usuario
from sales.tests.mesa import Mesa, entrar

CLAVE, NUEVA = "una-clave-larga-7", "otra-clave-larga-8"
PROPIA = "/cuentas/clave/"
CAMBIO = {"old_password": CLAVE, "new_password1": NUEVA, "new_password2": NUEVA}


def crear_usuaria(mesa: Mesa) -> User:
    """A supervisor who is staff besides, with a permission of her own: everything can be taken."""
    usuaria = crear_usuario("vera", Rol.SUPERVISOR, mesa.asuncion)
    usuaria.is_staff = usuaria.is_superuser = True
    usuaria.set_password(CLAVE)
    usuaria.save()
    usuaria.user_permissions.add(Permission.objects.all()[0])
    return fresca(usuaria)


def fresca(usuario: User) -> User:
    """As the database has them."""
    return User.objects.get(pk=usuario.pk)


def por_otra_sesion(mesa: Mesa, usuaria: User) -> None:
    respuesta = entrar(usuaria).post(PROPIA, CAMBIO)
    assert respuesta.status_code == 302


def por_el_admin(mesa: Mesa, usuaria: User) -> None:
    datos = {"password1": NUEVA, "password2": NUEVA, "usable_password": "true"}
    respuesta = entrar(mesa.admin).post(f"/admin/auth/user/{usuaria.pk}/password/", datos)
    assert respuesta.status_code == 302


def por_la_orden(mesa: Mesa, usuaria: User) -> None:
    donde = "django.contrib.auth.management.commands.changepassword.getpass.getpass"
    with patch(donde, return_value=NUEVA):
        call_command("changepassword", usuaria.username)


def por_codigo(mesa: Mesa, usuaria: User) -> None:
    usuaria.set_password(NUEVA)
    usuaria.save()


def sin_set_password(mesa: Mesa, usuaria: User) -> None:
    usuaria.password = make_password(NUEVA)
    usuaria.save(update_fields=["password"])


def inutilizable(mesa: Mesa, usuaria: User) -> None:
    usuaria.set_unusable_password()
    usuaria.save(update_fields=["password"])


def desactivada(mesa: Mesa, usuaria: User) -> None:
    usuaria.is_active = False
    usuaria.save()
    # For good: coming back is signing in.
    usuaria.is_active = True
    usuaria.save()


def sin_staff(mesa: Mesa, usuaria: User) -> None:
    usuaria.is_staff = False
    usuaria.save(update_fields=["is_staff"])


def sin_superusuario(mesa: Mesa, usuaria: User) -> None:
    usuaria.is_superuser = False
    usuaria.save()


def sin_grupo(mesa: Mesa, usuaria: User) -> None:
    usuaria.groups.remove(Group.objects.get(name=SUPERVISORES))


def otro_grupo(mesa: Mesa, usuaria: User) -> None:
    usuaria.groups.set(Group.objects.filter(name=TOMADORES))


def sin_grupos(mesa: Mesa, usuaria: User) -> None:
    usuaria.groups.clear()


def echada_del_grupo(mesa: Mesa, usuaria: User) -> None:
    Group.objects.get(name=SUPERVISORES).user_set.remove(usuaria)


def grupo_vaciado(mesa: Mesa, usuaria: User) -> None:
    Group.objects.get(name=SUPERVISORES).user_set.clear()


def grupo_borrado(mesa: Mesa, usuaria: User) -> None:
    Group.objects.get(name=SUPERVISORES).delete()


def grupos_borrados(mesa: Mesa, usuaria: User) -> None:
    Group.objects.all().delete()


def grupo_con_otro_nombre(mesa: Mesa, usuaria: User) -> None:
    grupo = Group.objects.get(name=SUPERVISORES)
    grupo.name = "Antiguos"
    grupo.save()


def permiso_del_grupo(mesa: Mesa, usuaria: User) -> None:
    grupo = Group.objects.get(name=SUPERVISORES)
    grupo.permissions.remove(grupo.permissions.all()[0])


def permisos_del_grupo(mesa: Mesa, usuaria: User) -> None:
    Group.objects.get(name=SUPERVISORES).permissions.clear()


def grupos_del_permiso(mesa: Mesa, usuaria: User) -> None:
    Group.objects.get(name=SUPERVISORES).permissions.all()[0].group_set.clear()


def permiso_propio(mesa: Mesa, usuaria: User) -> None:
    usuaria.user_permissions.remove(usuaria.user_permissions.all()[0])


def sin_sucursal(mesa: Mesa, usuaria: User) -> None:
    Perfil.objects.get(usuario=usuaria).delete()


def sin_sucursales(mesa: Mesa, usuaria: User) -> None:
    Perfil.objects.filter(usuario=usuaria).delete()


def otra_sucursal(mesa: Mesa, usuaria: User) -> None:
    perfil = Perfil.objects.get(usuario=usuaria)
    perfil.sucursal = mesa.este
    perfil.save()


def de_otra_persona(mesa: Mesa, usuaria: User) -> None:
    perfil = Perfil.objects.get(usuario=usuaria)
    perfil.usuario = mesa.sin_grupo
    perfil.save()


def borrada(mesa: Mesa, usuaria: User) -> None:
    usuaria.delete()


def borradas(mesa: Mesa, usuaria: User) -> None:
    User.objects.filter(pk=usuaria.pk).delete()


def a_pedido(mesa: Mesa, usuaria: User) -> None:
    terminar([usuaria.pk], Motivo.PEDIDO)


Fin = Callable[[Mesa, User], None]
CONTRASENAS: tuple[Fin, ...] = (
    por_otra_sesion,
    por_el_admin,
    por_la_orden,
    por_codigo,
    sin_set_password,
    inutilizable,
)
FINES: tuple[Fin, ...] = (
    *CONTRASENAS,
    desactivada,
    sin_staff,
    sin_superusuario,
    sin_grupo,
    otro_grupo,
    sin_grupos,
    echada_del_grupo,
    grupo_vaciado,
    grupo_borrado,
    grupos_borrados,
    grupo_con_otro_nombre,
    permiso_del_grupo,
    permisos_del_grupo,
    grupos_del_permiso,
    permiso_propio,
    sin_sucursal,
    sin_sucursales,
    otra_sucursal,
    de_otra_persona,
    borrada,
    borradas,
    a_pedido,
)
