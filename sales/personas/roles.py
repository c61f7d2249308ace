"""The three roles of the desk, read from Django's own groups and superuser flag."""

from __future__ import annotations

from enum import Enum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

TOMADORES = "Tomadores"
SUPERVISORES = "Supervisores"


class Rol(Enum):
    """What a user is at the desk; `NADIE` is signed out or has no group.

    Being staff is no role: it is the key to `/admin/`, where permissions decide.
    """

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    TOMADOR = "tomador"
    NADIE = "nadie"


def rol_de(usuario: AbstractBaseUser | AnonymousUser) -> Rol:
    """The user's strongest role; the groups are read once per user object."""
    if not isinstance(usuario, User) or not usuario.is_active:
        return Rol.NADIE
    if _es_admin(usuario):
        return Rol.ADMIN
    grupos = getattr(usuario, "_grupos_de_la_mesa", None)
    if grupos is None:
        grupos = frozenset(usuario.groups.values_list("name", flat=True))
        usuario._grupos_de_la_mesa = grupos  # type: ignore[attr-defined]  # for this request
    if SUPERVISORES in grupos:
        return Rol.SUPERVISOR
    return Rol.TOMADOR if TOMADORES in grupos else Rol.NADIE


def _es_admin(usuario: User) -> bool:
    return usuario.is_superuser
