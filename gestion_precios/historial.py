"""Who changed what in a list: the versions of the list, its rules and its prices as one log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from gestion_precios.frases_regla import numero_corto
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    GrupoArticulo,
    LineaArticulo,
    ListaPrecio,
    PrecioArticulo,
    ReglaPrecio,
    Sucursal,
)

ALTA, CAMBIO, BAJA = "+", "~", "-"
MODELOS: Final[dict[str, Any]] = {
    "lista": ListaPrecio,
    "regla": ReglaPrecio,
    "precio": PrecioArticulo,
}
# Said by the entry itself, or of no interest.
CALLADOS: Final = {"id", "lista_precio", "empresa", "articulo", "vencida_en"}


@dataclass(frozen=True)
class Cambio:
    """A field that changed, in words; empty: it had, or has, nothing."""

    campo: str
    antes: str
    despues: str


@dataclass(frozen=True)
class Entrada:
    """One line of the log."""

    cuando: datetime
    quien: User | None
    clase: str
    tipo: str
    nombre: str
    cambios: tuple[Cambio, ...]


def versiones_de(lista: ListaPrecio) -> QuerySet[Any]:
    """Which version of what, the newest first: (clase, history_id, history_date) rows."""
    partes = [
        modelo.historia.filter(**{_clave(modelo): lista.pk})
        .annotate(clase=Value(clase))
        .order_by()
        .values_list("clase", "history_id", "history_date")
        for clase, modelo in MODELOS.items()
    ]
    todas: QuerySet[Any] = partes[0].union(*partes[1:], all=True)
    return todas.order_by("-history_date", "-history_id")


def entradas_de(filas: Iterable[tuple[str, int, datetime]]) -> list[Entrada]:
    """Those rows in words; a fixed number of queries."""
    pedidas = [(clase, history_id) for clase, history_id, _cuando in filas]
    pares: dict[tuple[str, int], tuple[Any, Any]] = {}
    for clase, modelo in MODELOS.items():
        ids = [history_id for una, history_id in pedidas if una == clase]
        if ids:
            pares |= {(clase, pk): par for pk, par in _con_anterior(modelo, ids).items()}
    nombres = _nombres(version for par in pares.values() for version in par if version)
    return [_entrada(clase, *pares[clase, pk], nombres) for clase, pk in pedidas]


def _clave(modelo: type[Model]) -> str:
    return "id" if modelo is ListaPrecio else "lista_precio_id"


def _con_anterior(modelo: Any, ids: list[int]) -> dict[int, tuple[Any, Any]]:
    """Each version with the one before it of the same row."""
    previas = modelo.historia.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    versiones = list(
        modelo.historia.filter(history_id__in=ids)
        .select_related("history_user")
        .annotate(previa=Subquery(previas.order_by("-history_id").values("history_id")[:1]))
    )
    anteriores = {
        version.history_id: version
        for version in modelo.historia.filter(history_id__in=[v.previa for v in versiones])
    }
    return {v.history_id: (v, anteriores.get(v.previa)) for v in versiones}


def _nombres(versiones: Iterable[Any]) -> dict[tuple[type[Model], int], str]:
    """The names of the rows that the versions point to; of a deleted one there is none."""
    claves: dict[Any, set[int]] = {}
    for version in versiones:
        for campo in version._meta.concrete_fields:
            valor = getattr(version, campo.attname)
            if campo.is_relation and campo.name != "history_user" and valor is not None:
                claves.setdefault(campo.related_model, set()).add(valor)
    conocidos = (
        Articulo,
        CombinacionProducto,
        GrupoArticulo,
        LineaArticulo,
        Sucursal,
    )
    return {
        (modelo, pk): str(getattr(fila, "descripcion", fila))
        for modelo in conocidos
        for pk, fila in modelo._default_manager.in_bulk(claves.get(modelo, set())).items()
    }


def _entrada(
    clase: str, version: Any, anterior: Any, nombres: dict[tuple[type[Model], int], str]
) -> Entrada:
    if clase == "precio":
        nombre = nombres.get((Articulo, version.articulo_id), _("un artículo que ya no está"))
    else:
        nombre = version.nombre_regla if clase == "regla" else version.nombre
    es_cambio = version.history_type == CAMBIO
    return Entrada(
        cuando=version.history_date,
        quien=version.history_user,
        clase=clase,
        tipo=version.history_type,
        nombre=nombre,
        cambios=tuple(_cambios(version, anterior if es_cambio else None, nombres)),
    )


def _cambios(
    version: Any, anterior: Any, nombres: dict[tuple[type[Model], int], str]
) -> Iterable[Cambio]:
    """The fields that differ; of a row that came or went, those that hold something."""
    if version.history_type != CAMBIO and not isinstance(version.instance, PrecioArticulo):
        return
    for campo in type(version.instance)._meta.concrete_fields:
        if campo.name in CALLADOS:
            continue
        despues = getattr(version, campo.attname)
        antes = getattr(anterior, campo.attname) if anterior else None
        if antes != despues:
            yield Cambio(
                str(campo.verbose_name).capitalize(),
                _texto(campo, antes, nombres),
                _texto(campo, despues, nombres),
            )


def _texto(campo: Any, valor: Any, nombres: dict[tuple[type[Model], int], str]) -> str:
    if valor is None or valor == "":
        return ""
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    if campo.is_relation:
        return nombres.get((campo.related_model, valor), _("uno que ya no está"))
    if campo.choices:
        return str(dict(campo.flatchoices).get(valor, valor))
    if isinstance(valor, Decimal):
        return numero_corto(valor)
    return f"{valor:%d/%m/%Y}" if isinstance(valor, date) else str(valor)
