"""A table that is exported: its columns, and rows that come while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

# A datetime is a date, and a yes or no an integer. An amount's own decimals are those shown.
Valor = str | int | Decimal | date | None
Fila = Sequence[Valor]


@dataclass(frozen=True, slots=True)
class Columna:
    """A title, what a row has under it, and how wide it is, in letters."""

    titulo: str | Promise
    valor: Callable[[Any], Valor]
    ancho: int = 14


@dataclass(frozen=True, slots=True)
class Tabla:
    """What a file holds; `nombre` is its sheet's, and begins the file's."""

    nombre: str
    titulos: Sequence[str]
    anchos: Sequence[int]
    filas: Iterable[Fila]

    @classmethod
    def de(cls, nombre: str, columnas: Sequence[Columna], objetos: Iterable[Any]) -> Tabla:
        """The table of these objects, each read when its row is written."""
        return cls(
            nombre,
            [str(columna.titulo) for columna in columnas],
            [columna.ancho for columna in columnas],
            _filas([columna.valor for columna in columnas], objetos),
        )


def _filas(valores: Sequence[Callable[[Any], Valor]], objetos: Iterable[Any]) -> Iterator[Fila]:
    for objeto in objetos:
        yield [valor(objeto) for valor in valores]
