"""Which rows of a table somebody may reach in the admin: its app says so, once for every page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db.models import CASCADE, Model, QuerySet

ReglaDeFilas = Callable[[QuerySet[Any], Any], QuerySet[Any]]

# More placeholders than this some SQLite refuses.
_TANDA: Final = 500
_reglas: dict[type[Model], ReglaDeFilas] = {}


def registrar_filas(regla: ReglaDeFilas, *modelos: type[Model]) -> None:
    """Say which rows of these tables a person may reach, given all of them and the person."""
    _reglas.update(dict.fromkeys(modelos, regla))


def todas(filas: QuerySet[Any], _usuario: Any) -> QuerySet[Any]:
    """Rows of the whole group: the model's permission is enough."""
    return filas


def filas_visibles(filas: QuerySet[Any], usuario: Any) -> QuerySet[Any]:
    """The rows that the person may reach; of a table nobody spoke for, a superuser's alone."""
    if es_superusuario(usuario):
        return filas
    regla = _regla_de(filas.model)
    return regla(filas, usuario) if regla else filas.none()


def es_superusuario(usuario: Any) -> bool:
    """Whether every row is theirs."""
    return bool(usuario.is_active and getattr(usuario, "is_superuser", False))


def claves_visibles(modelo: Any, claves: Collection[Any], usuario: Any) -> set[Any]:
    """The keys of the rows given that the person reaches, or that hang on rows they reach."""
    lista = list(claves)
    propias = _propias(modelo, usuario)
    return {
        clave
        for desde in range(0, len(lista), _TANDA)
        for clave in propias.filter(pk__in=lista[desde : desde + _TANDA]).values_list(
            "pk", flat=True
        )
    }


def _regla_de(modelo: Any) -> ReglaDeFilas | None:
    return _reglas.get(modelo) or _reglas.get(modelo._meta.concrete_model)


def _propias(modelo: Any, usuario: Any) -> QuerySet[Any]:
    filas = modelo._base_manager.all()
    if modelo._meta.auto_created:
        # A many-to-many's own table: its rows are of the model that has the field.
        duenas = [c for c in modelo._meta.fields if c.related_model is modelo._meta.auto_created]
        return _colgadas(filas, duenas[:1], usuario)
    colgadas = [] if _regla_de(modelo) else _de_una_persona(modelo)
    return _colgadas(filas, colgadas, usuario) if colgadas else filas_visibles(filas, usuario)


def _colgadas(filas: QuerySet[Any], campos: list[Any], usuario: Any) -> QuerySet[Any]:
    for campo in campos:
        de_quien = filas_visibles(campo.related_model._base_manager.all(), usuario)
        filas = filas.filter(**{f"{campo.name}__in": de_quien.values("pk")})
    return filas


def _de_una_persona(modelo: Any) -> list[Any]:
    """The fields of a table that hangs on people alone: a stamp, a key, what they did."""
    con_dueno = [
        campo
        for campo in modelo._meta.concrete_fields
        if campo.remote_field and campo.remote_field.on_delete is CASCADE
    ]
    return con_dueno if {campo.related_model for campo in con_dueno} == {get_user_model()} else []
