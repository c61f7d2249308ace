"""What an import would do, row by row, before it does it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from gestion_precios.planillas.celdas import Celda, visto
from gestion_precios.planillas.tablas import FilaCruda, celda_de

NUEVA: Final = "nueva"
CAMBIA: Final = "cambia"
IGUAL: Final = "igual"
ERROR: Final = "error"
CLASES: Final = (ERROR, CAMBIA, NUEVA, IGUAL)
Celdas = Mapping[str, Celda]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Falla:
    """What is wrong with a cell: its field, what it says, and what to do."""

    campo: str
    visto: str
    frase: str


@dataclass(frozen=True, slots=True)
class Cambio:
    """A field's value before and after, as the database has them."""

    campo: str
    antes: Any
    despues: Any


@dataclass(slots=True)
class FilaPlan:
    """One row: `objeto` is what it makes or changes, `cambios` what of it."""

    numero: int
    clase: str
    nombre: str
    objeto: models.Model | None = None
    cambios: list[Cambio] = field(default_factory=list)
    fallas: list[Falla] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """All rows, and what else has to be made first: lines and groups of articles, by name."""

    filas: list[FilaPlan]
    lineas: list[models.Model] = field(default_factory=list)
    grupos: list[models.Model] = field(default_factory=list)

    def cuentas(self) -> dict[str, int]:
        """How many rows of each class."""
        contadas = Counter(fila.clase for fila in self.filas)
        return {clase: contadas[clase] for clase in CLASES}

    def de_clase(self, clase: str) -> Iterator[FilaPlan]:
        """The rows of a class, in their order."""
        return (fila for fila in self.filas if fila.clase == clase)

    def huella(self) -> str:
        """By which the same plan is known: what it makes, changes and refuses."""
        dicho = hashlib.sha256()
        for fila in self.filas:
            if fila.clase == IGUAL:
                continue
            clave = fila.objeto.pk if fila.objeto is not None else None
            cambios = [[c.campo, en_json(c.antes), en_json(c.despues)] for c in fila.cambios]
            dicho.update(json.dumps([fila.numero, fila.clase, clave, cambios]).encode())
        return dicho.hexdigest()


@dataclass(frozen=True, slots=True)
class Opciones:
    """What holds for all rows that do not say it: channel, currency of amounts, first day."""

    moneda: str
    canal_id: int | None
    fecha: date


@dataclass(slots=True)
class Fila:
    """A row of the file under the fields of its columns; reads each cell once and notes faults."""

    numero: int
    celdas: Celdas
    fallas: list[Falla] = field(default_factory=list)

    def dice(self, campo: str) -> bool:
        """Whether the file has this column."""
        return campo in self.celdas

    def leer(self, campo: str, lector: Callable[[Celda], T | None]) -> T | None:
        """The cell's value; None for an empty one, and for one that cannot be read."""
        celda = self.celdas.get(campo)
        try:
            return lector(celda)
        except ValueError as error:
            self.falla(campo, str(error))
            return None

    def falla(self, campo: str, frase: str) -> None:
        """Note what is wrong with a cell."""
        self.fallas.append(Falla(campo, visto(self.celdas.get(campo)), frase))

    def fallas_de(self, error: ValidationError, propios: Mapping[str, str]) -> None:
        """Note what the model refuses; `propios`: the column of each of its fields."""
        for nombre, errores in error.error_dict.items():
            for uno in errores:
                self.falla(propios.get(nombre, nombre), " ".join(uno.messages))


def filas_de(crudas: Iterable[FilaCruda], mapeo: Mapping[str, str]) -> Iterator[Fila]:
    """The rows of a file under the fields that its columns are."""
    columnas = [(int(posicion), campo) for posicion, campo in mapeo.items()]
    for numero, celdas, sobra in crudas:
        ancho = len(celdas)
        dichas = {
            campo: celda_de(celdas[posicion]) if posicion < ancho else None
            for posicion, campo in columnas
        }
        fila = Fila(numero, dichas)
        if sobra:
            fila.fallas.append(Falla("", sobra, _sobra()))
        yield fila


def planeada(
    fila: Fila, nombre: str, objeto: models.Model | None, valores: Mapping[str, Any]
) -> FilaPlan:
    """The row's plan once its values are on `objeto`: new, changed, equal, or wrong."""
    if fila.fallas or objeto is None:
        return FilaPlan(fila.numero, ERROR, nombre, fallas=fila.fallas)
    if objeto._state.adding:
        nuevos = [Cambio(campo, None, valor) for campo, valor in valores.items()]
        return FilaPlan(fila.numero, NUEVA, nombre, objeto, nuevos)
    cambios = [
        Cambio(campo, getattr(objeto, campo), valor)
        for campo, valor in valores.items()
        if getattr(objeto, campo) != valor
    ]
    clase = CAMBIA if cambios else IGUAL
    return FilaPlan(fila.numero, clase, nombre, objeto, cambios)


def poner(plan: FilaPlan, fila: Fila, propios: Mapping[str, str], excepto: Sequence[str]) -> None:
    """Put the changes on the object, and refuse what its model's form would."""
    if plan.objeto is None or plan.clase not in {NUEVA, CAMBIA}:
        return
    for cambio in plan.cambios:
        setattr(plan.objeto, cambio.campo, cambio.despues)
    tocados = {cambio.campo.removesuffix("_id") for cambio in plan.cambios}
    concretos = {campo.name for campo in plan.objeto._meta.concrete_fields}
    sin_tocar = concretos - tocados if plan.clase == CAMBIA else set[str]()
    try:
        plan.objeto.clean_fields(exclude={*excepto, *sin_tocar})
    except ValidationError as error:
        fila.fallas_de(error, propios)
        plan.clase, plan.fallas, plan.cambios = ERROR, fila.fallas, []


def en_json(valor: Any) -> Any:
    """A value of the database as JSON keeps it."""
    if isinstance(valor, Decimal):
        return f"{valor.normalize():f}"
    if isinstance(valor, models.Model):
        # A line or group that there is not yet has its name alone.
        return valor.pk or str(valor)
    return valor.isoformat() if isinstance(valor, date) else valor


def repetida(primera: int) -> str:
    """The sentence for what stands in another row already."""
    return _("Ya está en la fila %(fila)d.") % {"fila": primera}


def _sobra() -> str:
    return _(
        "Sobran celdas en la fila: ¿un texto con coma sin comillas? Si no lo es, darle título a esa"
        " columna."
    )
