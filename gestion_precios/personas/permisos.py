"""The gates of prices: Django's model permissions, for REST and for pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

Usuario = AbstractBaseUser | AnonymousUser
Vista = Callable[..., HttpResponseBase]

VER_LISTAS = "gestion_precios.view_listaprecio"
VER_COSTOS = "gestion_precios.ver_costos"
ACCIONES = {"POST": "add", "PUT": "change", "PATCH": "change", "DELETE": "delete"}


def ve_costos(usuario: Usuario) -> bool:
    """Whether the user may read costs, in articles and in explanations."""
    return _tiene(usuario, VER_COSTOS)


def exigir_permiso(usuario: Usuario, permiso: str) -> None:
    """Raise PermissionDenied, with a sentence that says whom to ask, without the permission."""
    if _tiene(usuario, permiso):
        return
    if not _tiene(usuario, VER_LISTAS):
        raise PermissionDenied(
            _("Su usuario no alcanza a los precios. Pedir a un administrador que le dé un rol.")
        )
    raise PermissionDenied(_("Su rol no permite esta acción. Consultar con su supervisor."))


def con_permiso(permiso: str) -> Callable[[Vista], Vista]:
    """Pages: sign in first, then have this permission (`gestion_precios.view_listaprecio`)."""

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def con_el(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            exigir_permiso(request.user, permiso)
            return vista(request, *args, **kwargs)

        return con_el

    return decorar


class VeListas(BasePermission):
    """REST: anybody who may read price lists."""

    message = ""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """A stranger gets 401, anybody else without the permission 403 and a sentence."""
        if not request.user or not request.user.is_authenticated:
            return False
        try:
            exigir_permiso(request.user, self.permiso(request, view))
        except PermissionDenied as negado:
            self.message = str(negado)
            return False
        return True

    def permiso(self, request: Request, view: APIView) -> str:
        """The permission that the request needs."""
        return VER_LISTAS


class DelModelo(VeListas):
    """REST: the view's model's own permission for each method."""

    def permiso(self, request: Request, view: APIView) -> str:
        """`view_`, `add_`, `change_` or `delete_` of the model; an action may name its own."""
        modelo = view.queryset.model._meta  # type: ignore[attr-defined]  # ours have one
        propia = getattr(view, "permiso_propio", "")
        if propia and request.method == "POST":
            return f"{modelo.app_label}.{propia}_{modelo.model_name}"
        return (
            f"{modelo.app_label}.{ACCIONES.get(request.method or '', 'view')}_{modelo.model_name}"
        )


def _tiene(usuario: Usuario, permiso: str) -> bool:
    return isinstance(usuario, PermissionsMixin) and usuario.has_perm(permiso)
