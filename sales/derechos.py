"""Who may change whom: nobody gets more rights, their own or another's, than they have."""

from __future__ import annotations

from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.db.models import Q

from core.filas import es_superusuario
from gestion_precios.alcance import empresas_visibles
from sales.models import Perfil
from sales.roles import SUPERVISORES, TOMADORES

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


def puede_dar_clave(quien: User, otro: User) -> bool:
    """Whether knowing the other's password would give them no right that they lack.

    Their own they change knowing the old one, on the page that asks for it.
    """
    if es_superusuario(quien):
        return True
    return (
        quien.pk != otro.pk
        and puede_cambiar(quien, otro)
        and _permisos(otro) <= _permisos(quien)
        and _rango(otro) <= _rango(quien)
    )


def quedan_superusuarios(sin: set[int]) -> bool:
    """Whether somebody may still do everything without these; their rows wait for our commit."""
    with transaction.atomic():
        activos = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
        return bool(set(activos.values_list("pk", flat=True)) - sin)


def _permisos(usuario: User) -> set[int]:
    """Those they would have when active: who is not yet may be again."""
    propios = Permission.objects.filter(Q(user=usuario) | Q(group__user=usuario))
    return set(propios.values_list("pk", flat=True))


def _rango(usuario: User) -> int:
    grupos = usuario.groups.values_list("name", flat=True)
    return max((_RANGO.get(nombre, 0) for nombre in grupos), default=0)
