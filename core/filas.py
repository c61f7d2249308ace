"""Which rows of a table somebody may reach in the admin: its app says so, once for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db.models import Model, QuerySet

ReglaDeFilas = Callable[[QuerySet[Any], Any], QuerySet[Any]]

_reglas: dict[type[Model], ReglaDeFilas] = {}


def registrar_filas(regla: ReglaDeFilas, *modelos: type[Model]) -> None:
    """Say which rows of these tables a person may reach, given all of them and the person."""
    _reglas.update(dict.fromkeys(modelos, regla))


def todas(filas: QuerySet[Any], _usuario: Any) -> QuerySet[Any]:
    """Rows of the whole group: the model's permission is enough."""
    return filas


def filas_visibles(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    """Those that the person may reach; of a table nobody spoke for, a superuser's alone."""
    if es_superusuario(usuario):
        return filas
    modelo: Any = filas.model
    regla = _reglas.get(modelo) or _reglas.get(modelo._meta.concrete_model)
    return regla(filas, usuario) if regla else filas.none()


def filas_ajenas(filas: Any, usuario: Any) -> int:
    """How many rows out of the person's reach would be deleted with these."""
    if es_superusuario(usuario) or not filas:
        return 0
    arrastre = NestedObjects(using="default", origin=filas)
    arrastre.collect(filas)
    return sum(
        len(instancias) - _alcanzadas(modelo, {fila.pk for fila in instancias}, usuario)
        for modelo, instancias in arrastre.data.items()
    )


def es_superusuario(usuario: Any) -> bool:
    """Whether every row is theirs."""
    return bool(usuario.is_active and getattr(usuario, "is_superuser", False))


def _alcanzadas(modelo: Any, claves: set[Any], usuario: Any) -> int:
    filas = modelo._default_manager.filter(pk__in=claves)
    duena = modelo._meta.auto_created
    if duena:
        # A many-to-many's own table: its rows are of the model that has the field.
        campo = next(c for c in modelo._meta.fields if c.related_model is duena)
        propias = filas_visibles(duena._default_manager.all(), usuario)
        return int(filas.filter(**{f"{campo.name}__in": propias}).count())
    return filas_visibles(filas, usuario).count()
