"""The texts of a table's active rows, kept in this process to find the nearest words."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

from django.db.models import Count, Model, QuerySet, Sum
from django.db.models.functions import Length

from core.texto.parecido import COMPARABLE

# What changes whenever the rows do; None: not known.
Version = Callable[[], object]
SEPARADOR: Final = "\n"


class Vocabulario:
    """A table's texts at one moment, in their order: their words, and which has one."""

    def __init__(self, filas: Sequence[tuple[int, str]]) -> None:
        """`filas`: each one's key and its `busqueda`, in that text's order."""
        self.ids = array("q", [fila for fila, _texto in filas])
        textos = [texto for _fila, texto in filas]
        self._junto = SEPARADOR.join(textos) + SEPARADOR
        self._inicios = array("q", accumulate((len(texto) + 1 for texto in textos), initial=0))
        self.palabras = frozenset(filter(COMPARABLE.fullmatch, self._junto.split()))

    def texto(self, lugar: int) -> str:
        """The text of the row at a place."""
        return self._junto[self._inicios[lugar] : self._inicios[lugar + 1] - 1]

    def lugares(self, principios: Sequence[Iterable[str]]) -> list[int]:
        """The places of the rows that have, for each of these groups, a word that begins so."""
        grupos = [[f" {principio}" for principio in grupo] for grupo in principios]
        grupos.sort(key=lambda grupo: sum(map(self._junto.count, grupo)))
        primero, *otros = grupos
        candidatos = sorted({lugar for trozo in primero for lugar in self._con(trozo)})
        return [i for i in candidatos if all(_alguno(grupo, self.texto(i)) for grupo in otros)]

    def _con(self, trozo: str) -> Iterator[int]:
        donde = self._junto.find(trozo)
        while donde >= 0:
            lugar = bisect_right(self._inicios, donde) - 1
            yield lugar
            donde = self._junto.find(trozo, self._inicios[lugar + 1])


_conocidos: Final[dict[type[Model], tuple[object, Vocabulario]]] = {}


def vocabulario_de(modelo: type[Model], version: Version | None = None) -> Vocabulario:
    """What the model's active rows are searched by, read again when `version` says another thing.

    Without one, when the rows' count or length of text is another: until then, what was changed
    for as many letters is known by its old ones.
    """
    filas = modelo._default_manager.filter(activo__in=[True])
    sello = version() if version else _medidas(filas)
    conocido = _conocidos.get(modelo)
    if conocido is not None and sello is not None and conocido[0] == sello:
        return conocido[1]
    en_orden = filas.order_by("busqueda", "pk").values_list("pk", "busqueda")
    vocabulario = Vocabulario(list(en_orden.iterator(chunk_size=10_000)))
    _conocidos[modelo] = sello, vocabulario
    return vocabulario


def _medidas(filas: QuerySet[Any]) -> dict[str, Any]:
    return filas.order_by().aggregate(cuantas=Count("pk"), largo=Sum(Length("busqueda")))


def _alguno(trozos: Iterable[str], texto: str) -> bool:
    return any(trozo in texto for trozo in trozos)
