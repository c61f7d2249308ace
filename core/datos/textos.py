"""The texts of a table's active rows, kept in this process: a search reads them, not the table."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, Final

from django.db.models import Count, Model, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast, Concat

from core.datos.funciones import Huella
from core.texto.parecido import COMPARABLE, raiz

# What changes whenever the rows do; None: not known.
Version = Callable[[], object]
FIN: Final = "\n"
# Sorts after whatever may follow a prefix.
ULTIMO: Final = "\U0010ffff"


class Textos:
    """A table's texts at one moment, in their order; a row's place is its place among them."""

    def __init__(self, filas: Sequence[tuple[int, str]]) -> None:
        """`filas`: each one's key and its `busqueda`, in that text's order."""
        self.ids = array("q", [fila for fila, _texto in filas])
        largos = (len(texto) + len(FIN) for _fila, texto in filas)
        # One long text: the interpreter looks through it at once.
        self._junto = "".join([texto + FIN for _fila, texto in filas])
        self._inicios = array("q", accumulate(largos, initial=0))

    @cached_property
    def palabras(self) -> dict[str, str]:
        """The words that may be miswritten, with the root of each."""
        suyas = frozenset(filter(COMPARABLE.fullmatch, self._junto.split()))
        return {palabra: raiz(palabra) for palabra in suyas}

    def texto(self, lugar: int) -> str:
        """The text of the row at a place."""
        return self._junto[self._inicios[lugar] : self._inicios[lugar + 1] - len(FIN)]

    def que_empiezan(self, principio: str) -> range:
        """The places of the rows whose text begins so."""
        todos = range(len(self.ids))
        desde = bisect_left(todos, principio, key=self.texto)
        return range(desde, bisect_left(todos, principio + ULTIMO, lo=desde, key=self.texto))

    def con_todos(self, trozos: Sequence[str], donde: range | None = None) -> Iterator[int]:
        """The places of the rows that have each of these somewhere, in order."""
        donde = range(len(self.ids)) if donde is None else donde
        if not trozos:
            yield from donde
            return
        # The longest is likely the rarest.
        raro, *otros = sorted(trozos, key=len, reverse=True)
        for lugar in self._con(raro, donde):
            if all(otro in self.texto(lugar) for otro in otros):
                yield lugar

    def con_alguno(self, grupos: Sequence[Sequence[str]]) -> list[int]:
        """The places of the rows that have one of each of these groups, in order."""
        todos = range(len(self.ids))
        raro, *otros = sorted(grupos, key=self._cuantas_veces) if len(grupos) > 1 else grupos
        candidatos = sorted({lugar for trozo in raro for lugar in self._con(trozo, todos)})
        return [i for i in candidatos if all(_alguno(grupo, self.texto(i)) for grupo in otros)]

    def _cuantas_veces(self, trozos: Sequence[str]) -> int:
        return sum(map(self._junto.count, trozos))

    def _con(self, trozo: str, lugares: range) -> Iterator[int]:
        desde, hasta = self._inicios[lugares.start], self._inicios[lugares.stop]
        while (donde := self._junto.find(trozo, desde, hasta)) >= 0:
            lugar = bisect_right(self._inicios, donde) - 1
            yield lugar
            desde = self._inicios[lugar + 1]


_conocidos: Final[dict[type[Model], tuple[object, Textos]]] = {}


def textos_de(modelo: type[Model], version: Version | None = None) -> Textos:
    """What the model's active rows are searched by, read again when they are others.

    `version` tells it, when they have one; without it all of them are looked at, in the database.
    """
    filas = modelo._default_manager.filter(activo__in=[True])
    sello = version() if version else _huella(filas)
    conocido = _conocidos.get(modelo)
    if conocido is not None and sello is not None and conocido[0] == sello:
        return conocido[1]
    en_orden = filas.order_by("busqueda", "pk").values_list("pk", "busqueda")
    textos = Textos(list(en_orden.iterator(chunk_size=10_000)))
    _conocidos[modelo] = sello, textos
    return textos


def _huella(filas: QuerySet[Any]) -> tuple[int, int | None]:
    cual = Concat(Cast("pk", TextField()), Value(" "), "busqueda", output_field=TextField())
    sello = filas.order_by().aggregate(cuantas=Count("pk"), huella=Sum(Huella(cual)))
    return sello["cuantas"], sello["huella"]


def _alguno(trozos: Iterable[str], texto: str) -> bool:
    return any(trozo in texto for trozo in trozos)
