"""Who may do what at the desk: the user's branches and companies, and the gates of the views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from core.errores import ErrorDominio
from core.rest.filtros import ID_MAXIMO
from gestion_precios.models import Empresa, Sucursal
from sales.personas.roles import Rol, rol_de

Usuario = AbstractBaseUser | AnonymousUser
Vista = Callable[..., HttpResponseBase]


def sucursales_de(usuario: Usuario) -> QuerySet[Sucursal]:
    """The branches the user may act for: takers their own, supervisors their company's."""
    todas = Sucursal.objects.select_related("empresa")
    rol = rol_de(usuario)
    if rol is Rol.ADMIN:
        return todas
    if rol is Rol.SUPERVISOR:
        return todas.filter(empresa__in=_propias(usuario).values("empresa"))
    return _propias(usuario) if rol is Rol.TOMADOR else todas.none()


def alcance_de(usuario: Usuario) -> QuerySet[Sucursal]:
    """The branches of what permissions open, prices and the admin: also of who has no role."""
    sin_rol_aqui = rol_de(usuario) is Rol.NADIE
    return _propias(usuario) if sin_rol_aqui and usuario.is_active else sucursales_de(usuario)


def empresas_de(usuario: Usuario) -> QuerySet[Empresa]:
    """The companies whose data the user may see."""
    return Empresa.objects.filter(pk__in=sucursales_de(usuario).values("empresa"))


def sucursales_habituales(usuario: Usuario) -> list[Sucursal]:
    """The branches in the user's own profile, whatever their role."""
    return [] if rol_de(usuario) is Rol.NADIE else list(_propias(usuario))


def resolver_sucursal(usuario: Usuario, pedida: Any = None) -> Sucursal:
    """The branch named, or the user's only one; raises ErrorDominio (400 or 404)."""
    if pedida in (None, ""):
        propias = sucursales_habituales(usuario)
        if len(propias) == 1:
            return propias[0]
        raise _falta_sucursal(tiene_varias=bool(propias))
    numero = _entero(pedida)
    sucursal = sucursales_de(usuario).filter(pk=numero).first()
    if sucursal is None:
        raise ErrorDominio(
            _("Esa sucursal no existe o no está a su alcance."),
            codigo="sucursal_ajena",
            campo="sucursal",
            estado=404,
        )
    return sucursal


def sin_rol() -> str:
    """What somebody without a group reads: why, and whom to ask."""
    return _("Su usuario no tiene un rol asignado. Pedir a un administrador que le dé uno.")


def no_alcanza() -> str:
    """What somebody whose role is not enough reads."""
    return _("Su rol no permite esta acción. Consultar con su supervisor.")


class EnLaMesa(BasePermission):
    """REST: anybody with a role at the desk."""

    roles: tuple[Rol, ...] = (Rol.TOMADOR, Rol.SUPERVISOR, Rol.ADMIN)
    message = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """A stranger gets 401, anybody else without the role 403 and a sentence."""
        if not request.user or not request.user.is_authenticated:
            return False
        try:
            exigir(request.user, self.roles)
        except PermissionDenied as negado:
            self.message = str(negado)
            return False
        return True


class SoloSupervisores(EnLaMesa):
    """REST: supervisors and admins."""

    roles = (Rol.SUPERVISOR, Rol.ADMIN)


def exigir(usuario: Usuario, roles: tuple[Rol, ...]) -> None:
    """Raise PermissionDenied, with a sentence, unless the user has one of the roles."""
    rol = rol_de(usuario)
    if rol is Rol.NADIE:
        raise PermissionDenied(sin_rol())
    if rol not in roles:
        raise PermissionDenied(no_alcanza())


def para_roles(*roles: Rol) -> Callable[[Vista], Vista]:
    """Pages: sign in first, then one of these roles (none named: any of them)."""
    admitidos = roles or EnLaMesa.roles

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def con_rol(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            exigir(request.user, admitidos)
            return vista(request, *args, **kwargs)

        return con_rol

    return decorar


def _propias(usuario: Usuario) -> QuerySet[Sucursal]:
    return Sucursal.objects.select_related("empresa").filter(perfiles__usuario_id=usuario.pk)


def _entero(pedida: Any) -> int:
    texto = str(pedida)
    correcto = not isinstance(pedida, bool) and isinstance(pedida, int | str)
    if correcto and texto.isascii() and texto.isdigit() and len(texto) < 20:
        return min(int(texto), ID_MAXIMO)
    raise ErrorDominio(
        _("La sucursal se indica con su número."), codigo="invalido", campo="sucursal"
    )


def _falta_sucursal(*, tiene_varias: bool) -> ErrorDominio:
    detalle = (
        _("Indicar para cuál de sus sucursales es.")
        if tiene_varias
        else _("Su usuario no tiene sucursal. Pedir a un administrador que le asigne una.")
    )
    return ErrorDominio(detalle, codigo="falta_sucursal", campo="sucursal")
