"""The desk's two groups with their Django permissions, and giving a user a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User

from sales.personas.roles import SUPERVISORES, TOMADORES, Rol

ObtenerModelo = Callable[[str, str], Any]

_VER = ("view",)
_TODO = ("view", "add", "change", "delete")
_CATALOGO: dict[tuple[str, str], tuple[str, ...]] = {
    ("gestion_precios", "empresa"): _VER,
    ("gestion_precios", "sucursal"): _VER,
    ("gestion_precios", "lineaarticulo"): _VER,
    ("gestion_precios", "grupoarticulo"): _VER,
    ("gestion_precios", "articulo"): _VER,
    ("gestion_precios", "listaprecio"): _VER,
    ("gestion_precios", "precioarticulo"): _VER,
    ("gestion_precios", "combinacionproducto"): _VER,
    ("gestion_precios", "reglaprecio"): _VER,
    ("sales", "canal"): _VER,
    ("sales", "cliente"): _VER,
    ("sales", "producto"): _VER,
    ("sales", "precios"): _VER,
    ("sales", "orders"): _VER,
    ("sales", "ordersdetail"): _VER,
    ("sales", "lotepedidos"): _VER,
    ("sales", "resultadopedido"): _VER,
}
# Which rows of these a user sees is decided per object (sales.models.consultas), not here.
PERMISOS: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    TOMADORES: _CATALOGO | {("sales", "orders"): ("view", "add")},
    SUPERVISORES: _CATALOGO
    | {
        ("gestion_precios", "articulo"): ("view", "ver_costos"),
        ("gestion_precios", "listaprecio"): _TODO,
        ("gestion_precios", "precioarticulo"): _TODO,
        ("gestion_precios", "combinacionproducto"): _TODO,
        ("gestion_precios", "reglaprecio"): _TODO,
        ("sales", "orders"): ("view", "add", "change"),
    },
}
# `create_permissions` writes the names of the usual ones; these are ours.
_NOMBRES = {"ver_costos": "Puede ver los costos"}
_GRUPO_DE = {Rol.TOMADOR: TOMADORES, Rol.SUPERVISOR: SUPERVISORES}


def crear_grupos(obtener_modelo: ObtenerModelo = apps.get_model) -> None:
    """Create the missing groups with their permissions; a group that exists stays as it is.

    Permissions are made here when Django has not yet (it does so after migrating).
    """
    grupos = obtener_modelo("auth", "Group").objects
    for nombre, modelos in PERMISOS.items():
        grupo, nuevo = grupos.get_or_create(name=nombre)
        if nuevo:
            grupo.permissions.set(list(_permisos(modelos, obtener_modelo)))


def _permisos(
    modelos: dict[tuple[str, str], tuple[str, ...]], obtener_modelo: ObtenerModelo
) -> Iterator[Any]:
    tipos = obtener_modelo("contenttypes", "ContentType").objects
    permisos = obtener_modelo("auth", "Permission").objects
    for (app, modelo), acciones in modelos.items():
        # Plain lookups: the manager's cache of content types is absent in a migration.
        tipo = tipos.get_or_create(app_label=app, model=modelo)[0]
        nombre_modelo = apps.get_model(app, modelo)._meta.verbose_name_raw
        for accion in acciones:
            propio = accion in _NOMBRES
            yield permisos.get_or_create(
                content_type=tipo,
                codename=accion if propio else f"{accion}_{modelo}",
                defaults={"name": _NOMBRES.get(accion, f"Can {accion} {nombre_modelo}")},
            )[0]


def dar_rol(usuario: User, rol: Rol) -> None:
    """Make the user what `rol` says and nothing else; admins are staff and superusers."""
    crear_grupos()
    usuario.is_staff = usuario.is_superuser = rol is Rol.ADMIN
    usuario.save(update_fields=["is_staff", "is_superuser"])
    usuario.groups.set(Group.objects.filter(name=_GRUPO_DE[rol]) if rol in _GRUPO_DE else [])
    # rol_de() reads the groups once per object.
    usuario.__dict__.pop("_grupos_de_la_mesa", None)
