"""The price version of each list: another version, another rulebook.

A version is random, not a count: a wiped and refilled catalogue reuses ids, and no copy compiled
before may pass for the new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from gestion_precios.signals import precios_cambiados

# Not a list's id: what the articles (costs, groups, lines) have in every rulebook.
ARTICULOS = 0
# Keys that the open group still owes a new version.
_pendientes: ContextVar[set[int] | None] = ContextVar("versiones_pendientes", default=None)


class VersionPrecios(models.Model):
    """One row for each list, and one for the articles, changed in the same transaction as they."""

    clave = models.BigIntegerField(_("lista"), primary_key=True)
    version = models.BigIntegerField(_("versión"))

    class Meta:
        verbose_name = _("versión de precios")
        verbose_name_plural = _("versiones de precios")

    def __str__(self) -> str:
        return f"{self.clave}:{self.version}"


class Versionado(models.Model):
    """A row that rulebooks are made of: it and the version are committed together or not at all."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in a transaction: the version is written by a signal, after the row."""
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)


class VersionadoPorLista(Versionado):
    """A row of one list's rulebook."""

    lista_precio_id: int

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and renew also the version of the list that the row leaves."""
        with transaction.atomic(savepoint=False):
            campos = kwargs.get("update_fields")
            if self.pk is not None and (campos is None or cambia_de_lista(campos)):
                filas: models.QuerySet[Any] = type(self)._base_manager.filter(pk=self.pk)
                deja = filas.exclude(lista_precio_id=self.lista_precio_id).order_by()
                renovar(deja.select_for_update().values_list("lista_precio_id", flat=True))
            super().save(*args, **kwargs)


def cambia_de_lista(campos: Iterable[str]) -> bool:
    """Whether writing these fields may take a row from one list to another."""
    return not {"lista_precio", "lista_precio_id"}.isdisjoint(campos)


def renovar(claves: Iterable[int]) -> None:
    """Give these lists' rulebooks (or the articles, `ARTICULOS`) a new version. One statement."""
    pendientes = _pendientes.get()
    if pendientes is None:
        _escribir(claves)
    else:
        pendientes.update(claves)


def renovar_todas() -> None:
    """Give every rulebook a new version: for changes that do not say which lists they touch."""
    renovar(VersionPrecios.objects.values_list("clave", flat=True))


@contextmanager
def agrupar() -> Iterator[None]:
    """A transaction that renews a list's version once, at its end, however many rows change."""
    with transaction.atomic():
        if _pendientes.get() is not None:
            yield
            return
        token = _pendientes.set(set())
        try:
            yield
            asentar()
        finally:
            _pendientes.reset(token)


def asentar() -> None:
    """Write what the open group owes, for whoever reads inside it.

    It goes on owing it: what is written now may be rolled back without what it was written for.
    """
    _escribir(_pendientes.get() or ())


def _escribir(claves: Iterable[int]) -> None:
    # In order of key: two transactions that renew the same lists wait, and never for each other.
    filas = [
        VersionPrecios(clave=clave, version=secrets.randbits(62)) for clave in sorted({*claves})
    ]
    VersionPrecios.objects.bulk_create(
        filas, update_conflicts=True, unique_fields=["clave"], update_fields=["version"]
    )
    if filas:
        claves = frozenset(fila.clave for fila in filas)
        precios_cambiados.send(sender=VersionPrecios, claves=claves)
