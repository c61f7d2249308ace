"""Who may change whom: nobody gets more rights, their own or another's, than they have."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.db.models import Q

from core.acceso.puerta import persona_de
from core.administracion.filas import es_superusuario
from gestion_precios.personas.alcance import empresas_visibles
from sales.models import Perfil
from sales.personas.permisos import alcance_de
from sales.personas.roles import SUPERVISORES, TOMADORES, Rol, rol_de

# The groups that are a role by their name, whatever their permissions, the weaker first.
_RANGO = {TOMADORES: 1, SUPERVISORES: 2}


def puede_cambiar(quien: User, otro: User) -> bool:
    """Whether the other is one of theirs: of their companies alone, and no superuser."""
    if es_superusuario(quien):
        return True
    if otro.is_superuser:
        return False
    lugares = Perfil.objects.filter(usuario=otro)
    propios = lugares.filter(sucursal__empresa__in=empresas_visibles(quien))
    return 0 < lugares.count() == propios.count()


def no_puede_mas(otro: User, quien: User) -> bool:
    """Whether being the other would give them no right, and no place, that they lack."""
    if es_superusuario(quien):
        return True
    afuera = Perfil.objects.filter(usuario=otro).exclude(sucursal__in=alcance_de(quien))
    return (
        puede_cambiar(quien, otro)
        and _permisos(otro) <= _permisos(quien)
        and _rango(otro) <= _rango(quien)
        # A supervisor's are the company's; anybody else's, those they work in.
        and not afuera.exists()
    )


def puede_dar_clave(quien: User, otro: User) -> bool:
    """Whether knowing the other's password would give them nothing.

    Their own they change knowing the old one, on the page that asks for it.
    """
    return es_superusuario(quien) or (quien.pk != otro.pk and no_puede_mas(otro, quien))


def hay_gemelo(nombre: str, salvo: int | None) -> bool:
    """Whether somebody's name is the same at the door, where case and width make no other one."""
    otros = User.objects.exclude(pk=salvo or 0).values_list("username", flat=True)
    return persona_de(nombre) in map(persona_de, otros.iterator())


def quedan_superusuarios(sin: set[int]) -> bool:
    """Whether somebody may still do everything without these; their rows wait for our commit."""
    with transaction.atomic():
        return bool(tomar_superusuarios() - sin)


def tomar_superusuarios() -> set[int]:
    """The active ones, their rows held until our commit; always in one order."""
    filas = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    return set(filas.order_by("pk").values_list("pk", flat=True))


def _permisos(usuario: User) -> set[int]:
    """The permissions a person would have when active: who is not may be again."""
    propios = Permission.objects.filter(Q(user=usuario) | Q(group__user=usuario))
    return set(propios.values_list("pk", flat=True))


def _rango(usuario: User) -> int:
    grupos = usuario.groups.values_list("name", flat=True)
    return max((_RANGO.get(nombre, 0) for nombre in grupos), default=0)


def puede_gestionar(quien: User, otro: User) -> bool:
    """Whether the pages of people let them change the other: a supervisor, takers of theirs."""
    if es_superusuario(quien):
        return True
    es_toma = _rango(otro) == _RANGO[TOMADORES] and not otro.is_staff
    manda = rol_de(quien) is Rol.SUPERVISOR
    return manda and es_toma and quien.pk != otro.pk and no_puede_mas(otro, quien)


def roles_que_da(quien: User) -> tuple[Rol, ...]:
    """The roles this person may give on the pages of people: only an admin makes supervisors."""
    if es_superusuario(quien):
        return (Rol.TOMADOR, Rol.SUPERVISOR, Rol.ADMIN)
    return (Rol.TOMADOR,) if rol_de(quien) is Rol.SUPERVISOR else ()
