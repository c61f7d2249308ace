"""Who changed what in a list: its versions, and those of its prices, rules and combinations, as one
log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Model, OuterRef, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

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
from gestion_precios.moneda import cifra, redondear
from gestion_precios.motor.frases_regla import frase_de_regla, numero_corto

ALTA, CAMBIO, BAJA = "+", "~", "-"
MODELOS: Final[dict[str, Any]] = {
    "lista": ListaPrecio,
    "regla": ReglaPrecio,
    "combinacion": CombinacionProducto,
    "precio": PrecioArticulo,
}
NOMBRADOS: Final = (Articulo, CombinacionProducto, GrupoArticulo, LineaArticulo, Sucursal)
# The rows that versions point to, by model and id.
Vivas = dict[tuple[type[Model], int], Any]
# Said by the entry itself, or of no interest.
CALLADOS: Final = {"id", "lista_precio", "empresa", "articulo", "vencida_en"}


@dataclass(frozen=True)
class Cambio:
    """A field that changed, in words; empty: it had, or has, nothing.

    `numeros`: before and after, of a field that has a number.
    """

    campo: str
    antes: str
    despues: str
    numeros: tuple[Decimal | None, Decimal | None] = field(default=(None, None), compare=False)


@dataclass(frozen=True)
class Entrada:
    """One line of the log; `frase`: what a rule said, or a combination held, that came or went."""

    cuando: datetime
    quien: User | None
    clase: str
    tipo: str
    nombre: str
    frase: str
    cambios: tuple[Cambio, ...]

    @property
    def hecho(self) -> str:
        """What was done, agreeing with what it was done to."""
        if self.clase == "precio":
            return {ALTA: _("agregado"), BAJA: _("quitado"), CAMBIO: _("cambiado")}[self.tipo]
        return {ALTA: _("agregada"), BAJA: _("quitada"), CAMBIO: _("cambiada")}[self.tipo]


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


def entradas_de(filas: Iterable[tuple[Any, ...]], moneda: str) -> list[Entrada]:
    """The log's rows (clase, history_id, …) in words; a fixed number of queries."""
    pedidas = [(clase, history_id) for clase, history_id, *_resto in filas]
    pares: dict[tuple[str, int], tuple[Any, Any]] = {}
    for clase, modelo in MODELOS.items():
        ids = [history_id for una, history_id in pedidas if una == clase]
        if ids:
            pares |= {(clase, pk): par for pk, par in _con_anterior(modelo, ids).items()}
    versiones = [version for par in pares.values() for version in par if version]
    _leer_miembros(v for v in versiones if v.instance_type is CombinacionProducto)
    filas_vivas = _nombradas(versiones)
    return [_entrada(clase, *pares[clase, pk], filas_vivas, moneda) for clase, pk in pedidas]


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


def _leer_miembros(combinaciones: Iterable[Any]) -> None:
    """Give each of these versions its articles' ids."""
    por_clave: dict[int, list[Any]] = {}
    for version in combinaciones:
        version.miembros = set()
        por_clave.setdefault(version.history_id, []).append(version)
    miembros = CombinacionProducto.historia.model.articulos.filter(history_id__in=por_clave)
    for clave, articulo in miembros.values_list("history_id", "articulo_id"):
        for version in por_clave[clave]:
            version.miembros.add(articulo)


def _nombradas(versiones: Iterable[Any]) -> Vivas:
    """The rows that the versions point to; of a deleted one there is none."""
    claves: dict[Any, set[int]] = {modelo: set() for modelo in NOMBRADOS}
    for version in versiones:
        claves[Articulo] |= getattr(version, "miembros", set())
        for campo in version._meta.concrete_fields:
            valor = getattr(version, campo.attname)
            if campo.is_relation and campo.related_model in claves and valor is not None:
                claves[campo.related_model].add(valor)
    return {
        (modelo, pk): fila
        for modelo, pks in claves.items()
        for pk, fila in modelo._default_manager.in_bulk(pks).items()
    }


def _entrada(clase: str, version: Any, anterior: Any, vivas: Vivas, moneda: str) -> Entrada:
    if clase == "precio":
        nombre = _nombre(vivas.get((Articulo, version.articulo_id)))
    else:
        nombre = version.nombre_regla if clase == "regla" else version.nombre
    # Of a change whose row had no history yet, what it left.
    compara = version.history_type == CAMBIO and anterior is not None
    return Entrada(
        cuando=version.history_date,
        quien=version.history_user,
        clase=clase,
        tipo=version.history_type,
        nombre=nombre,
        frase="" if compara else _frase(clase, version, anterior, vivas, moneda),
        cambios=tuple(_cambios(version, anterior, vivas, moneda))
        if compara or clase == "precio"
        else (),
    )


def _frase(clase: str, version: Any, anterior: Any, vivas: Vivas, moneda: str) -> str:
    if clase == "regla":
        return frase_de_regla(_regla(version, vivas), moneda)
    if clase == "combinacion":
        # By the time of its last version its articles were gone.
        llena = anterior if version.history_type == BAJA else version
        return _miembros(llena, vivas) if llena else ""
    return ""


def _miembros(combinacion: Any, vivas: Vivas) -> str:
    return ", ".join(sorted(_nombre(vivas.get((Articulo, pk))) for pk in combinacion.miembros))


def _regla(version: Any, vivas: Vivas) -> ReglaPrecio:
    """The rule as it was, with what it points to at hand; what is gone has a name that says so."""
    regla: ReglaPrecio = version.instance
    for campo in ReglaPrecio._meta.concrete_fields:
        modelo, clave = campo.related_model, getattr(regla, campo.attname)
        if modelo in NOMBRADOS and clave is not None:
            nombre = "descripcion" if modelo is Articulo else "nombre"
            fila = vivas.get((modelo, clave)) or modelo(pk=clave, **{nombre: _nombre(None)})
            setattr(regla, campo.name, fila)
    return regla


def _cambios(version: Any, anterior: Any, vivas: Vivas, moneda: str) -> Iterable[Cambio]:
    """The fields that differ from the version before; of a row that came or went, all."""
    es_cambio = version.history_type == CAMBIO
    for campo in type(version.instance)._meta.concrete_fields:
        if campo.name in CALLADOS:
            continue
        de_ahora = getattr(version, campo.attname)
        de_antes = getattr(anterior, campo.attname) if es_cambio and anterior else None
        antes, despues = (_texto(campo, v, vivas, moneda) for v in (de_antes, de_ahora))
        if antes != despues:
            numeros = (_numero(campo, de_antes, moneda), _numero(campo, de_ahora, moneda))
            yield Cambio(str(campo.verbose_name).capitalize(), antes, despues, numeros)
    if version.instance_type is CombinacionProducto:
        antes, despues = _miembros(anterior, vivas), _miembros(version, vivas)
        if antes != despues:
            yield Cambio(_("Artículos"), antes, despues)


def _nombre(fila: Model | None) -> str:
    return str(getattr(fila, "descripcion", fila)) if fila else _("uno que ya no está")


def _numero(campo: Any, valor: Any, moneda: str) -> Decimal | None:
    if not isinstance(valor, Decimal):
        return None
    return redondear(valor, moneda) if campo.name == "precio_base" else valor.normalize()


def _texto(campo: Any, valor: Any, vivas: Vivas, moneda: str) -> str:
    if valor is None or valor == "":
        return ""
    if isinstance(valor, bool):
        return _("sí") if valor else _("no")
    if campo.is_relation:
        return _nombre(vivas.get((campo.related_model, valor)))
    if campo.choices:
        return str(dict(campo.flatchoices).get(valor, valor))
    if campo.name == "precio_base":
        return cifra(valor, moneda)
    if isinstance(valor, Decimal):
        return numero_corto(valor)
    return f"{valor:%d/%m/%Y}" if isinstance(valor, date) else str(valor)
