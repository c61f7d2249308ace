"""A page of the feed: the changes after a cursor, within a user's reach."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from core.errores import ErrorDominio
from sales.cambios.posiciones import dar_posiciones, ultima_posicion
from sales.models import Cambio


class Pagina(NamedTuple):
    """Some changes, where the next page begins, and whether there is one already."""

    cambios: list[Cambio]
    siguiente: int
    hay_mas: bool


def pagina(usuario: AbstractBaseUser | AnonymousUser, *, desde: int, limite: int) -> Pagina:
    """The changes after `desde`, in order; raises ErrorDominio 400 `cursor_desconocido`."""
    dar_posiciones()
    ultima = ultima_posicion()
    if desde > ultima:
        raise ErrorDominio(
            _("Ese cursor no lo dio este servidor."), codigo="cursor_desconocido", campo="desde"
        )
    # Up to the last place that was read: one given meanwhile is the next page's.
    visibles = Cambio.objects.visibles_para(usuario)
    filas = visibles.filter(posicion__gt=desde, posicion__lte=ultima).order_by("posicion")
    leidas = list(filas[: limite + 1])
    cambios, sobran = leidas[:limite], len(leidas) > limite
    siguiente = cambios[-1].posicion if sobran else ultima
    assert siguiente is not None  # noqa: S101 — the filter asks for a position
    return Pagina(cambios, siguiente, sobran or Cambio.objects.sin_posicion().exists())
