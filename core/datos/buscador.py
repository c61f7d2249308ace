"""The search of any table with `activo` and `busqueda`, as somebody types.

Exact codes, then what begins with the first word, then words by their start; only when there is
none of these, what contains it; when nothing does, the nearest words.
The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Manager, Q, QuerySet

from core.datos.vocabulario import palabras_de
from core.texto.normal import normalizar
from core.texto.parecido import EXACTA, grado

LIMITE: Final = 20
CONSULTA_MAXIMA: Final = 120
PARECIDAS: Final = 8
# `activo = 1` and not a bare `activo`, which SQLite looks up in no index.
ACTIVO: Final = Q(activo__in=[True])
# Sorts after whatever may follow a prefix.
ULTIMO: Final = "\U0010ffff"
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
    """A question's rows of a table; those that `primero` holds for go before the others."""

    def __init__(self, filas: Filas, campos: Sequence[str], primero: Q | None = None) -> None:
        # Ordered as the (activo, busqueda) index is.
        self.filas = filas.filter(ACTIVO).order_by("busqueda", "id")
        self.campos = tuple(campos)
        self.primero = primero

    def hallar(self, textos: Iterable[str], exactas: Iterable[Fila] = ()) -> Hallazgo:
        """`exactas`, then the rows of the first text that has some; the nearest when none has."""
        halladas = {fila["id"]: fila for fila in exactas}
        for texto in textos:
            partes = texto.split()
            enteras = [f" {parte}" for parte in partes]
            self._sumar(halladas, [_que_empiecen(enteras), _con_todas(enteras)])
            if not halladas:
                self._sumar(halladas, [_con_todas(partes)])
            if halladas or not partes:
                return _cortar(halladas)
        return Hallazgo(self._cercanas(partes)[:LIMITE], hay_mas=False, cercanas=True)

    def _sumar(self, halladas: dict[int, Fila], etapas: list[Q]) -> None:
        """Add the rows of each stage, in order, until there are more than fit."""
        antes = frozenset(halladas)
        nuevas = dict(halladas)
        self._tomar(nuevas, etapas)
        if self.primero is not None and len(nuevas) > LIMITE:
            nuevas = dict(halladas)
            self._tomar(nuevas, [etapa & self.primero for etapa in etapas])
            self._tomar(nuevas, [etapa & ~self.primero for etapa in etapas])
        elif self.primero is not None:
            nuevas = self._partir(nuevas, antes)
        halladas.update(nuevas)

    def _tomar(self, halladas: dict[int, Fila], etapas: list[Q]) -> None:
        # A stage costs a pass over the index: one that is not needed is not asked.
        for etapa in etapas:
            if len(halladas) > LIMITE:
                return
            for fila in self.filas.filter(etapa).values(*self.campos)[: LIMITE + 1]:
                halladas.setdefault(fila["id"], fila)

    def _partir(self, halladas: dict[int, Fila], fijas: frozenset[int]) -> dict[int, Fila]:
        """Few rows, all of them: `fijas`, then those that go before."""
        sueltas = halladas.keys() - fijas
        antes = set(self._de_antes(sueltas)) if sueltas else set()
        return dict(sorted(halladas.items(), key=lambda par: par[0] not in fijas | antes))

    def _de_antes(self, ids: Iterable[int]) -> Iterator[int]:
        filas = self.filas.filter(self.primero or Q(), pk__in=list(ids)).order_by()
        return iter(filas.values_list("pk", flat=True))

    def _cercanas(self, partes: list[str]) -> list[Fila]:
        """The rows that have a word near each of these, the nearest first."""
        modelo = self.filas.model
        parecidas = [_parecidas(parte, palabras_de(modelo)) for parte in partes]
        condicion = Q()
        for parte, cuales in zip(partes, parecidas, strict=True):
            condicion &= _con_alguna([parte, *cuales])
        if not any(parecidas):
            return []
        candidatas = self.filas.filter(condicion).values(*self.campos, "busqueda")
        filas = {fila["id"]: fila for fila in candidatas}
        lejos = {i: _distancia(partes, parecidas, fila["busqueda"]) for i, fila in filas.items()}
        antes = set(self._de_antes(filas)) if self.primero is not None else set()
        orden = sorted(filas, key=lambda i: (i not in antes, lejos[i]))
        return [{campo: filas[i][campo] for campo in self.campos} for i in orden]


def _que_empiecen(enteras: list[str]) -> Q:
    """What begins with the first word: a range of the index."""
    if not enteras:
        return Q()
    return Q(busqueda__gte=enteras[0], busqueda__lt=enteras[0] + ULTIMO) & _con_todas(enteras)


def _con_todas(partes: list[str]) -> Q:
    return Q(*[Q(busqueda__contains=parte) for parte in partes])


def _con_alguna(palabras: list[str]) -> Q:
    alguna = Q()
    for palabra in palabras:
        alguna |= Q(busqueda__contains=f" {palabra}")
    return alguna


def _cortar(halladas: dict[int, Fila]) -> Hallazgo:
    filas = list(halladas.values())
    return Hallazgo(filas[:LIMITE], len(filas) > LIMITE)


def _parecidas(parte: str, vocabulario: frozenset[str]) -> dict[str, int]:
    """The nearest words to one, with how far each is."""
    grados = {palabra: lejos for palabra in vocabulario if (lejos := grado(parte, palabra))}
    cerca = sorted(grados, key=lambda palabra: (grados[palabra], palabra))[:PARECIDAS]
    return {palabra: grados[palabra] for palabra in cerca}


def _distancia(partes: list[str], parecidas: list[dict[str, int]], texto: str) -> int:
    """How far a row that has a word near each part is from them all."""
    return sum(_de_una(*par, texto) for par in zip(partes, parecidas, strict=True))


def _de_una(parte: str, parecidas: dict[str, int], texto: str) -> int:
    if f" {parte}" in texto:
        return EXACTA
    return min(lejos for palabra, lejos in parecidas.items() if f" {palabra}" in texto)
