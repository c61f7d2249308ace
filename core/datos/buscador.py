"""The search of any table with `activo` and `busqueda`, as somebody types.

Exact codes, then what begins with the first word, then words by their start; only when there is
none of these, what contains it; when nothing does, the nearest words.
The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db.models import Manager, Q, QuerySet, Value

from core.datos.conjuntos import ids_en
from core.datos.textos import Version, textos_de
from core.texto.normal import normalizar
from core.texto.parecido import EXACTA, comparador

LIMITE: Final = 20
CONSULTA_MAXIMA: Final = 120
PARECIDAS: Final = 8
# How many rows are looked at, until enough of them go before.
PAGINAS: Final = (60, 600, 6_000, sys.maxsize)
Fila = dict[str, Any]
Filas = Manager[Any] | QuerySet[Any]


class Hallazgo(NamedTuple):
    """What a picker shows: some rows, whether there are more, and whether they are only near."""

    filas: list[Fila]
    hay_mas: bool
    cercanas: bool = False


def limpiar(consulta: str) -> str:
    """A question as it is searched: cut, normalized."""
    return normalizar(consulta[:CONSULTA_MAXIMA])


class Buscador:
    """A question's rows of a table: those that `entre` holds for; first, those of `primero`."""

    def __init__(
        self,
        filas: Filas,
        campos: Sequence[str],
        *,
        entre: Q | None = None,
        primero: Q | None = None,
        version: Version | None = None,
    ) -> None:
        """`version`: what is another whenever the table's rows are."""
        # A bare `activo`: rows are looked up by their keys, and by nothing else.
        self.filas = filas.filter(entre or Q(), activo=True).order_by()
        self.campos = tuple(campos)
        self.primero = primero
        self.todas_van = entre is None and primero is None
        self.textos = textos_de(filas.model, version)

    def hallar(self, textos: Iterable[str], exactas: Iterable[Fila] = ()) -> Hallazgo:
        """`exactas`, then the rows of the first text that has some; the nearest when none has."""
        halladas = {fila["id"]: fila for fila in exactas}
        for texto in textos:
            partes = texto.split()
            enteras = [f" {parte}" for parte in partes]
            ids = self._primeras(self._con_palabras(enteras))
            if not ids and not halladas:
                ids = self._primeras(self.textos.con_todos(partes))
            nuevas = [i for i in ids if i not in halladas]
            halladas.update(self._filas(nuevas[: LIMITE + 1]))
            if halladas or not partes:
                return _cortar(halladas)
        return Hallazgo(self._cercanas(partes), hay_mas=False, cercanas=True)

    def _con_palabras(self, enteras: list[str]) -> Iterator[int]:
        """The places of what begins with the first word, then of what only has them all."""
        empiezan = self.textos.que_empiezan("".join(enteras[:1]))
        yield from self.textos.con_todos(enteras, empiezan)
        yield from (i for i in self.textos.con_todos(enteras) if i not in empiezan)

    def _primeras(self, lugares: Iterator[int]) -> list[int]:
        """The keys of the first rows that are searched, without a look at more than it takes."""
        antes: list[int] = []
        despues: list[int] = []
        for cuantas in PAGINAS:
            ids = [self.textos.ids[lugar] for lugar in islice(lugares, cuantas)]
            van = self._que_van(ids)
            for i in filter(van.__contains__, ids):
                (antes if van[i] else despues).append(i)
            if len(antes) > LIMITE or not ids:
                break
        return antes + despues

    def _que_van(self, ids: Collection[int]) -> dict[int, bool]:
        """The keys of what is searched, and whether each goes before."""
        if self.todas_van or not ids:
            return dict.fromkeys(ids, True)
        va = Value(value=True) if self.primero is None else self.primero
        filas = self.filas.filter(pk__in=ids_en(ids)).annotate(va=va)
        return dict(filas.values_list("pk", "va"))

    def _filas(self, ids: Sequence[int]) -> dict[int, Fila]:
        filas = self.filas.filter(pk__in=ids).values(*self.campos) if ids else ()
        por_id = {fila["id"]: fila for fila in filas}
        return {i: por_id[i] for i in ids if i in por_id}

    def _cercanas(self, partes: list[str]) -> list[Fila]:
        """The rows that have a word near each of these, the nearest first."""
        parecidas = [_parecidas(parte, self.textos.palabras) for parte in partes]
        if not any(parecidas):
            return []
        pares = zip(partes, parecidas, strict=True)
        grupos = [[f" {palabra}" for palabra in (parte, *cuales)] for parte, cuales in pares]
        lugares = sorted(
            self.textos.con_alguno(grupos),
            key=lambda lugar: _distancia(partes, parecidas, self.textos.texto(lugar)),
        )
        return list(self._filas(self._primeras(iter(lugares))[:LIMITE]).values())


def _cortar(halladas: dict[int, Fila]) -> Hallazgo:
    filas = list(halladas.values())
    return Hallazgo(filas[:LIMITE], len(filas) > LIMITE)


def _parecidas(parte: str, raices: Mapping[str, str]) -> dict[str, int]:
    """The nearest words to one, of those whose roots these are, with how far each is."""
    grado = comparador(parte)
    grados = {palabra: lejos for palabra, base in raices.items() if (lejos := grado(palabra, base))}
    cerca = sorted(grados, key=lambda palabra: (grados[palabra], palabra))[:PARECIDAS]
    return {palabra: grados[palabra] for palabra in cerca}


def _distancia(partes: list[str], parecidas: list[dict[str, int]], texto: str) -> int:
    """How far a row that has a word near each part is from them all."""
    return sum(_de_una(*par, texto) for par in zip(partes, parecidas, strict=True))


def _de_una(parte: str, parecidas: dict[str, int], texto: str) -> int:
    if f" {parte}" in texto:
        return EXACTA
    return min(lejos for palabra, lejos in parecidas.items() if f" {palabra}" in texto)
