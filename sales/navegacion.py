"""The desk's links in the header, and the branch beside the user's name."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.web.navegacion import Enlace, registrar_enlace, registrar_lugar
from core.web.zona import registrar_zona
from sales.importacion.hechos import tipos_para
from sales.personas.permisos import sucursales_habituales
from sales.personas.roles import Rol, rol_de

TODOS = (Rol.TOMADOR, Rol.SUPERVISOR, Rol.ADMIN)
MANDOS = (Rol.SUPERVISOR, Rol.ADMIN)
NOMBRES_A_LA_VISTA = 2


def _para(*roles: Rol) -> Callable[[HttpRequest], bool]:
    return lambda request: rol_de(request.user) in roles


PARA_TODOS = _para(*TODOS)
ENLACES = (
    Enlace("pedido_nuevo", gettext_lazy("Cargar"), 10, PARA_TODOS, tecla="c"),
    Enlace("pedidos", gettext_lazy("Pedidos"), 20, PARA_TODOS, tecla="p"),
    Enlace("lotes", gettext_lazy("Lotes"), 30, PARA_TODOS, tecla="l"),
    Enlace("importaciones", gettext_lazy("Importar"), 70, lambda r: bool(tipos_para(r.user))),
    Enlace("panel", gettext_lazy("Panel"), 60, _para(*MANDOS), tecla="n"),
    Enlace("personas", gettext_lazy("Personas"), 70, _para(*MANDOS)),
    Enlace("admin:index", gettext_lazy("Administración"), 90, admin.site.has_permission, tecla="a"),
)


def conectar() -> None:
    """Register the links, the place and its clock."""
    for enlace in ENLACES:
        registrar_enlace(enlace)
    registrar_lugar(lugar)
    registrar_zona(zona)


def lugar(request: HttpRequest) -> str:
    """The user's branch, or how many they have."""
    if not request.user.is_authenticated:
        return ""
    propias = sucursales_habituales(request.user)
    if len(propias) > NOMBRES_A_LA_VISTA:
        return ngettext("{n} sucursal", "{n} sucursales", len(propias)).format(n=len(propias))
    if propias:
        return ", ".join(str(sucursal) for sucursal in propias)
    return _("Todas las sucursales") if rol_de(request.user) is Rol.ADMIN else _("Sin sucursal")


def zona(request: HttpRequest) -> str:
    """The time zone of the user's companies, if they have one."""
    if not request.user.is_authenticated:
        return ""
    zonas = {s.empresa.zona_horaria for s in sucursales_habituales(request.user)}
    return zonas.pop() if len(zonas) == 1 else ""
