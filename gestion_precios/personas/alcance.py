"""Which branches and companies a user sees: the app that knows people's places says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from gestion_precios.models import (
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)

Usuario = AbstractBaseUser | AnonymousUser
Alcance = Callable[[Usuario], QuerySet[Sucursal]]

# How each row tells its company; what is not here belongs to the group.
EMPRESA_DE: dict[type[Model], str] = {
    Empresa: "pk",
    Sucursal: "empresa",
    ListaPrecio: "empresa",
    PrecioArticulo: "lista_precio__empresa",
    ReglaPrecio: "lista_precio__empresa",
    CombinacionProducto: "lista_precio__empresa",
}
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


def al_alcance(filas: QuerySet[Any], usuario: Usuario) -> QuerySet[Any]:
    """The catalogue's rows that are of a company the user may see, or of the group."""
    ruta = EMPRESA_DE.get(filas.model)
    if ruta is None:
        return filas
    return por_empresa(ruta)(filas, usuario)


def por_empresa(ruta: str) -> Callable[[QuerySet[Any], Usuario], QuerySet[Any]]:
    """The rule for rows that are of a company: `ruta` leads to it."""

    def propias(filas: QuerySet[Any], usuario: Usuario) -> QuerySet[Any]:
        return filas.filter(**{f"{ruta}__in": empresas_visibles(usuario)})

    return propias


def exigir_alcance(usuario: Usuario, *, empresa_id: int, sucursal_id: int | None = None) -> None:
    """Raise ErrorDominio 404, naming the field, unless the user sees the company and it has
    the branch."""
    if not empresas_visibles(usuario).filter(pk=empresa_id).exists():
        raise _ajeno(
            _("Esa empresa no existe o no está a su alcance."), "empresa_ajena", "empresa_id"
        )
    if sucursal_id is None:
        return
    if not Sucursal.objects.filter(pk=sucursal_id, empresa_id=empresa_id).exists():
        raise _ajeno(_("La empresa no tiene esa sucursal."), "sucursal_ajena", "sucursal_id")


def _ajeno(detalle: str, codigo: str, campo: str) -> ErrorDominio:
    return ErrorDominio(detalle, codigo=codigo, campo=campo, estado=404)


def _es_superusuario(usuario: Usuario) -> bool:
    return usuario.is_active and getattr(usuario, "is_superuser", False)
