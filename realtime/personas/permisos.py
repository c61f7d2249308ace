"""Which boards, cards and unfulfilled orders a user sees: takers their branch's."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from realtime.models import SIN_SUCURSAL, RealtimeEvent, RealtimeRecord, UnfulfilledOrder
from sales.models import Orders
from sales.personas.permisos import sucursales_de
from sales.personas.roles import Rol, rol_de

Usuario = AbstractBaseUser | AnonymousUser


def claves_visibles(usuario: Usuario) -> list[int]:
    """The boards the user may look at; the one of orders without a branch is the admins'."""
    claves = list(sucursales_de(usuario).order_by("pk").values_list("pk", flat=True))
    return [SIN_SUCURSAL, *claves] if ve_todo(usuario) else claves


def no_completados_visibles(usuario: Usuario) -> QuerySet[UnfulfilledOrder]:
    """The unfulfilled orders the user may see."""
    filas = UnfulfilledOrder.objects.select_related("orderobj")
    if ve_todo(usuario):
        return filas
    return filas.filter(orderobj__sucursal__in=sucursales_de(usuario))


def tarjetas_visibles(usuario: Usuario) -> QuerySet[RealtimeRecord]:
    """The cards the user may see and deal with."""
    tarjetas = RealtimeRecord.objects.select_related("unfulfilled__orderobj")
    if ve_todo(usuario):
        return tarjetas
    return tarjetas.filter(unfulfilled__orderobj__sucursal__in=sucursales_de(usuario))


def hechos_visibles(usuario: Usuario) -> QuerySet[RealtimeEvent]:
    """What happened on the boards that the user may look at."""
    if ve_todo(usuario):
        return RealtimeEvent.objects.all()
    return RealtimeEvent.objects.filter(sucursal__in=sucursales_de(usuario))


def pedidos_de_sus_tableros(usuario: Usuario) -> QuerySet[Orders]:
    """The orders whose cards the user would see, whoever took them."""
    if ve_todo(usuario):
        return Orders.objects.all()
    return Orders.objects.filter(sucursal__in=sucursales_de(usuario))


def ve_todo(usuario: Usuario) -> bool:
    """Whether every board is theirs, also those to come."""
    return rol_de(usuario) is Rol.ADMIN
