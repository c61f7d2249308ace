"""The mark of each list's rulebook: another mark, another rulebook.

A mark is random, not a count: a wiped and refilled catalogue reuses ids, and no copy compiled
before may pass for the new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

# Not a list's id: what the articles (costs, groups, lines) have in every rulebook.
ARTICULOS = 0


class VersionPrecios(models.Model):
    """One row for each list, and one for the articles, changed in the same transaction as they."""

    clave = models.BigIntegerField(_("lista"), primary_key=True)
    marca = models.BigIntegerField(_("marca"))

    class Meta:
        verbose_name = _("versión de precios")
        verbose_name_plural = _("versiones de precios")

    def __str__(self) -> str:
        return f"{self.clave}:{self.marca}"


def marcar(claves: Iterable[int]) -> None:
    """Give these lists' rulebooks (or the articles, `ARTICULOS`) a new mark. One statement."""
    # In order of key: two transactions that mark the same lists wait, and never for each other.
    filas = [VersionPrecios(clave=clave, marca=secrets.randbits(62)) for clave in sorted({*claves})]
    VersionPrecios.objects.bulk_create(
        filas, update_conflicts=True, unique_fields=["clave"], update_fields=["marca"]
    )
