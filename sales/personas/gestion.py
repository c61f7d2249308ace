"""What is done to people on their pages: each deed checked, written and noted in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.acceso.credenciales import Motivo, terminar
from core.administracion.filas import es_superusuario
from core.errores import ErrorDominio
from sales.models import Perfil
from sales.personas.derechos import (
    hay_gemelo,
    puede_dar_clave,
    puede_gestionar,
    quedan_superusuarios,
    roles_que_da,
    tomar_superusuarios,
)
from sales.personas.grupos import crear_grupos
from sales.personas.historia import anotar, anotar_frase, invitada_con
from sales.personas.invitaciones import huella_de_pagina
from sales.personas.permisos import sucursales_de
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol

_GRUPO = {Rol.TOMADOR: TOMADORES, Rol.SUPERVISOR: SUPERVISORES}
NOMBRES = {
    Rol.TOMADOR: gettext_lazy("Tomador"),
    Rol.SUPERVISOR: gettext_lazy("Supervisor"),
    Rol.ADMIN: gettext_lazy("Admin"),
    Rol.NADIE: gettext_lazy("Sin rol"),
}


@dataclass(frozen=True)
class Puesto:
    """What a person's page writes: names, mail, role and branches."""

    nombre: str
    apellido: str
    correo: str
    rol: Rol
    sucursales: frozenset[int]


def rol_dado(usuario: User) -> Rol:
    """The role a person has when active: who is not may be again."""
    if usuario.is_superuser:
        return Rol.ADMIN
    grupos = {grupo.name for grupo in usuario.groups.all()}
    if SUPERVISORES in grupos:
        return Rol.SUPERVISOR
    return Rol.TOMADOR if TOMADORES in grupos else Rol.NADIE


def puesto_de(usuario: User) -> Puesto:
    """What the page says of a person now."""
    propias = Perfil.objects.filter(usuario=usuario).values_list("sucursal", flat=True)
    return Puesto(
        usuario.first_name,
        usuario.last_name,
        usuario.email,
        rol_dado(usuario),
        frozenset(propias),
    )


def invitar(*, quien: User, usuario: str, puesto: Puesto, envio: str = "") -> User:
    """A new account that nobody enters before its link was opened.

    The same form sent again (`envio` says which one) makes no other account.
    """
    _exigir_rol_y_lugar(quien, puesto, antes=None)
    with transaction.atomic():
        # Two clicks wait for each other here.
        User.objects.select_for_update().get(pk=quien.pk)
        if hecha := invitada_con(quien, envio):
            return hecha
        if hay_gemelo(usuario, None):
            raise nombre_tomado()
        nuevo = User(username=usuario)
        nuevo.set_unusable_password()
        _poner_nombres(nuevo, puesto)
        nuevo.save()
        _poner_rol(nuevo, puesto.rol)
        _poner_sucursales(nuevo, puesto.sucursales)
        anotar(quien, nuevo, _("Invitación: %s.") % NOMBRES[puesto.rol], envio=envio)
    return nuevo


def cambiar(*, quien: User, otro: User, puesto: Puesto, visto: str, vuelve: bool = False) -> User:
    """Write the page's fields, unless any changed since it was opened (`vuelve`: to take back)."""
    with transaction.atomic():
        actual = _tomar(quien, otro)
        if visto != huella_de_pagina(actual):
            raise cambio_mientras()
        antes = puesto_de(actual)
        # An admin gives back what there was, even no role at all.
        if not (vuelve and es_superusuario(quien)):
            _exigir_rol_y_lugar(quien, puesto, antes=antes)
        _exigir_superusuario(actual, sigue=puesto.rol is Rol.ADMIN)
        _poner_nombres(actual, puesto)
        actual.save(update_fields=["first_name", "last_name", "email"])
        if puesto.rol is not antes.rol:
            _poner_rol(actual, puesto.rol)
        _poner_sucursales(actual, puesto.sucursales)
        if puesto != antes:
            _anotar_diferencias(quien, actual, antes, puesto)
    return actual


def poner_activo(*, quien: User, otro: User, activo: bool) -> User:
    """Let somebody in again, or end at once all that lets them in."""
    with transaction.atomic():
        actual = _tomar(quien, otro)
        if actual.pk == quien.pk and not activo:
            raise ErrorDominio(
                _("Nadie se desactiva a sí mismo: pedirlo a otro administrador."),
                codigo="a_si_mismo",
                estado=409,
            )
        _exigir_superusuario(actual, sigue=activo)
        if actual.is_active != activo:
            actual.is_active = activo
            actual.save(update_fields=["is_active"])
            anotar_frase(quien, actual, _("Reactivación.") if activo else _("Desactivación."))
    return actual


def renovar_enlace(*, quien: User, otro: User) -> User:
    """End the password, the sessions, the keys and the links there are; a new link may be made."""
    with transaction.atomic():
        actual = _tomar(quien, otro)
        if not puede_dar_clave(quien, actual) or actual.pk == quien.pk:
            raise _sin_derecho()
        if not actual.is_active:
            raise ErrorDominio(
                _("Reactivar a la persona antes de darle un enlace."),
                codigo="desactivada",
                estado=409,
            )
        actual.set_unusable_password()
        actual.save(update_fields=["password"])
        terminar([actual.pk], Motivo.CONTRASENA)
        anotar_frase(quien, actual, _("Enlace nuevo para elegir contraseña."))
    return User.objects.get(pk=actual.pk)


def nombre_tomado() -> ErrorDominio:
    """The refusal of a name that signing in takes for another's."""
    return ErrorDominio(
        _("Ya hay un usuario con ese nombre, aunque se escriba con otras mayúsculas."),
        codigo="nombre_gemelo",
        campo="usuario",
    )


def cambio_mientras() -> ErrorDominio:
    """The refusal of a page that was opened before the person's rights changed."""
    return ErrorDominio(
        _("Mientras tanto cambió lo que esta persona puede: volver a abrir su página."),
        codigo="visto_viejo",
        estado=409,
    )


def _tomar(quien: User, otro: User) -> User:
    """The row as it is now, held until the deed is written, if it may be done.

    Of admins all rows, in one order: two who change each other wait, and do not block.
    """
    if es_superusuario(quien):
        tomar_superusuarios()
    actual = User.objects.select_for_update().get(pk=otro.pk)
    if not puede_gestionar(quien, actual):
        raise _sin_derecho()
    return actual


def _sin_derecho() -> ErrorDominio:
    frase = _("A esta persona la cambia un administrador.")
    return ErrorDominio(frase, codigo="sin_derecho", estado=403)


def _exigir_rol_y_lugar(quien: User, puesto: Puesto, *, antes: Puesto | None) -> None:
    if puesto.rol not in roles_que_da(quien) and not (antes and antes.rol is puesto.rol):
        raise ErrorDominio(_("Ese rol lo da un administrador."), codigo="rol", campo="rol")
    propias = set(sucursales_de(quien).values_list("pk", flat=True))
    if not puesto.sucursales <= propias:
        frase = _("Esa sucursal no existe o no está a su alcance.")
        raise ErrorDominio(frase, codigo="sucursal_ajena", campo="sucursales")
    if puesto.rol in _GRUPO and not puesto.sucursales:
        frase = _("Elegir al menos una sucursal.")
        raise ErrorDominio(frase, codigo="falta_sucursal", campo="sucursales")


def _exigir_superusuario(actual: User, *, sigue: bool) -> None:
    era = actual.is_superuser and actual.is_active
    if era and not sigue and not quedan_superusuarios({actual.pk}):
        raise ErrorDominio(
            _("Es el último superusuario activo: nombrar otro antes."),
            codigo="ultimo_superusuario",
            estado=409,
        )


def _poner_nombres(usuario: User, puesto: Puesto) -> None:
    usuario.first_name, usuario.last_name = puesto.nombre, puesto.apellido
    usuario.email = puesto.correo


def _poner_rol(usuario: User, rol: Rol) -> None:
    """Change the role alone: other groups stay; only admins gain or lose the admin's flags."""
    crear_grupos()
    if usuario.is_superuser or rol is Rol.ADMIN:
        usuario.is_staff = usuario.is_superuser = rol is Rol.ADMIN
        usuario.save(update_fields=["is_staff", "is_superuser"])
    de_mesa = Group.objects.filter(name__in=_GRUPO.values())
    usuario.groups.remove(*de_mesa.exclude(name=_GRUPO.get(rol, "")))
    usuario.groups.add(*de_mesa.filter(name=_GRUPO.get(rol, "")))


def _poner_sucursales(usuario: User, elegidas: Iterable[int]) -> None:
    propias = Perfil.objects.filter(usuario=usuario)
    for perfil in propias.exclude(sucursal__in=elegidas):
        perfil.delete()
    hay = set(propias.values_list("sucursal", flat=True))
    for clave in sorted(set(elegidas) - hay):
        Perfil.objects.create(usuario=usuario, sucursal_id=clave)


def _anotar_diferencias(quien: User, otro: User, antes: Puesto, ahora: Puesto) -> None:
    frases, campos = [], []
    if (antes.nombre, antes.apellido) != (ahora.nombre, ahora.apellido):
        frases.append(_("Nombre: %s.") % f"{ahora.nombre} {ahora.apellido}")
        campos.append(_("Nombre"))
    if antes.correo != ahora.correo:
        frases.append(_("Correo cambiado."))
        campos.append(_("Correo"))
    if antes.rol is not ahora.rol:
        cambio = {"antes": NOMBRES[antes.rol], "ahora": NOMBRES[ahora.rol]}
        frases.append(_("Rol: de %(antes)s a %(ahora)s.") % cambio)
        campos.append(_("Rol"))
    lugares = ahora.sucursales if antes.sucursales != ahora.sucursales else None
    if lugares is not None:
        campos.append(_("Sucursales"))
    anotar(quien, otro, " ".join(frases), campos=campos, sucursales=lugares)
