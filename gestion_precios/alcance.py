"""Which branches and companies a user sees: the app that knows people's places says so."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from gestion_precios.models import Empresa, Sucursal

Usuario = AbstractBaseUser | AnonymousUser
Alcance = Callable[[Usuario], QuerySet[Sucursal]]

_registrado: list[Alcance] = []


def registrar_alcance(funcion: Alcance) -> None:
    """Say how to find a user's branches; the last one registered counts."""
    _registrado[:] = [funcion]


def sucursales_visibles(usuario: Usuario) -> QuerySet[Sucursal]:
    """The branches the user may act for; when nobody can say, a superuser's are all."""
    if _registrado:
        return _registrado[0](usuario)
    todas = Sucursal.objects.select_related("empresa")
    return todas if _es_superusuario(usuario) else todas.none()


def empresas_visibles(usuario: Usuario) -> QuerySet[Empresa]:
    """The companies whose prices the user may see: all to a superuser, even one without branches.

    Another one's do not exist for them: 404.
    """
    if _es_superusuario(usuario):
        return Empresa.objects.all()
    return Empresa.objects.filter(pk__in=sucursales_visibles(usuario).values("empresa"))


def _es_superusuario(usuario: Usuario) -> bool:
    return usuario.is_active and getattr(usuario, "is_superuser", False)
