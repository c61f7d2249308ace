"""Marking the rulebooks that a change of one row touches; many rows at once: consultas.py."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save

from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    Empresa,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)
from gestion_precios.models.versiones import ARTICULOS, VersionPrecios, renovar

DE_LISTA: Final = (CombinacionProducto, PrecioArticulo, ReglaPrecio)
# Deleting one of these says it for every row that goes with it.
DUENIOS: Final = (Articulo, Empresa, ListaPrecio, Sucursal)


def conectar() -> None:
    """Listen to every model that rulebooks are made of; a proxy sends signals of its own."""
    for modelo in apps.get_models():
        if issubclass(modelo, Articulo):
            _escuchar(modelo, guardada=_articulo, borrada=_articulo)
        elif issubclass(modelo, DE_LISTA):
            _escuchar(modelo, guardada=_de_lista, borrada=_borrada_de_lista)
        elif issubclass(modelo, ListaPrecio):
            _escuchar(modelo, guardada=_lista, borrada=_lista_borrada)
    m2m_changed.connect(
        _miembros, sender=CombinacionProducto.articulos.through, dispatch_uid="versiones:miembros"
    )


def _escuchar(modelo: type[models.Model], *, guardada: Any, borrada: Any) -> None:
    uid = f"versiones:{modelo._meta.label}"
    post_save.connect(guardada, sender=modelo, dispatch_uid=uid)
    post_delete.connect(borrada, sender=modelo, dispatch_uid=uid)


def _articulo(**_kwargs: Any) -> None:
    renovar([ARTICULOS])


def _de_lista(instance: Any, **_kwargs: Any) -> None:
    renovar([instance.lista_precio_id])


def _borrada_de_lista(instance: Any, origin: Any = None, **_kwargs: Any) -> None:
    origen = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if not issubclass(origen, DUENIOS):
        renovar([instance.lista_precio_id])


def _lista(instance: ListaPrecio, created: bool, **_kwargs: Any) -> None:
    if created:
        renovar([instance.pk])


def _lista_borrada(instance: ListaPrecio, **_kwargs: Any) -> None:
    VersionPrecios.objects.filter(clave=instance.pk).delete()


def _miembros(
    instance: Any, action: str, reverse: bool, pk_set: Collection[int] | None, **_kwargs: Any
) -> None:
    """Renew the lists of combinations whose members change; of a clear, while they are known."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    if reverse:
        combos = instance.combinaciones.all() if pk_set is None else pk_set
    else:
        combos = [instance.pk]
    # The list of the combination, and that of any rule that names it.
    filas = CombinacionProducto.objects.filter(pk__in=combos).order_by()
    pares = filas.values_list("lista_precio_id", "reglas__lista_precio_id")
    renovar({lista for par in pares for lista in par if lista is not None})
