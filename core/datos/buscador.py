"""The search of any table with `activo` and `busqueda`, as somebody types.

Exact codes, then what begins with the first word, then words by their start; only when there is
none of these, what contains it; when nothing does, the nearest words.
The same rules as static/js/catalogo/indice.js, which answers without a connection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Manager, Q, QuerySet

from core.datos.conjuntos import ids_en
from core.datos.vocabulario import Version, vocabulario_de
from core.texto.normal import normalizar
from core.texto.parecido import EXACTA, grado

LIMITE: Final = 20
CONSULTA_MAXIMA: Final = 120
PARECIDAS: Final = 8
# So many rows of a text are put in their order one by one.
POCAS: Final = 500
# `activo = 1` and not a bare `activo`, which SQLite looks up in no index.
ACTIVO: Final = Q(activo__in=[True])
# Sorts after whatever may follow a prefix.
ULTIMO: Final = "\U0010ffff"
# That of the (activo, busqueda) index.
EN_ORDEN: Final = ("busqueda", "id")
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

    def __init__(
        self,
        filas: Filas,
        campos: Sequence[str],
        primero: Q | None = None,
        version: Version | None = None,
    ) -> None:
        """`version`: what is another whenever the table's rows are."""
        self.filas = filas.filter(ACTIVO).order_by(*EN_ORDEN)
        # A bare `activo`, for rows that are looked up by their keys.
        self.por_clave = filas.filter(activo=True).order_by()
        self.campos = tuple(campos)
        self.primero = primero
        self.version = version

    def hallar(self, textos: Iterable[str], exactas: Iterable[Fila] = ()) -> Hallazgo:
        """`exactas`, then the rows of the first text that has some; the nearest when none has."""
        halladas = {fila["id"]: fila for fila in exactas}
        for texto in textos:
            partes = texto.split()
            self._sumar(halladas, partes)
            if halladas or not partes:
                return _cortar(halladas)
        return Hallazgo(self._cercanas(partes), hay_mas=False, cercanas=True)

    def _sumar(self, halladas: dict[int, Fila], partes: list[str]) -> None:
        """Add a text's rows, in order, until there are more than fit."""
        enteras = [f" {parte}" for parte in partes]
        etapas = [_que_empiecen(enteras), _con_todas(enteras)]
        conocidas = self._tomar(dict(halladas), etapas[:1])
        if not partes or len(conocidas) > LIMITE:
            self._tomar_en_orden(halladas, etapas)
            return
        pocas = self._pocas(etapas, partes, con_palabras=bool(halladas))
        if pocas is None:
            conocidas = self._tomar(dict(halladas), etapas)
            pocas = list(conocidas)
            if len(pocas) > LIMITE or not pocas:
                self._tomar_en_orden(halladas, etapas if pocas else [_con_todas(partes)])
                return
        self._agregar(halladas, pocas, conocidas)

    def _pocas(self, etapas: list[Q], partes: list[str], *, con_palabras: bool) -> list[int] | None:
        """The rows of both stages or, without any, those that contain the parts: from one pass.

        None: so many contain them that stopping a pass early is quicker.
        """
        empieza, entera = etapas
        con_ellas = self.filas.filter(_con_todas(partes)).annotate(empieza=empieza, entera=entera)
        filas = list(con_ellas.values_list("pk", "empieza", "entera")[: POCAS + 1])
        if len(filas) > POCAS:
            return None
        palabras = [fila for fila in filas if fila[2]]
        palabras.sort(key=lambda fila: not fila[1])
        return [fila[0] for fila in (palabras if palabras or con_palabras else filas)]

    def _tomar_en_orden(self, halladas: dict[int, Fila], etapas: list[Q]) -> None:
        """Add the rows of each stage: those that go before, then the others."""
        if self.primero is None:
            self._tomar(halladas, etapas)
            return
        self._tomar(halladas, [etapa & self.primero for etapa in etapas])
        self._tomar(halladas, [etapa & ~self.primero for etapa in etapas])

    def _tomar(self, halladas: dict[int, Fila], etapas: list[Q]) -> dict[int, Fila]:
        # A stage costs a pass over the index: one that is not needed is not asked.
        for etapa in etapas:
            if len(halladas) > LIMITE:
                break
            for fila in self.filas.filter(etapa).values(*self.campos)[: LIMITE + 1]:
                halladas.setdefault(fila["id"], fila)
        return halladas

    def _agregar(
        self, halladas: dict[int, Fila], ids: list[int], conocidas: dict[int, Fila]
    ) -> None:
        """Add these rows, all that there are; those that go before, first."""
        nuevas = [i for i in ids if i not in halladas]
        if self.primero is not None and nuevas:
            antes = self._de_estas(nuevas, self.primero)
            nuevas.sort(key=lambda i: i not in antes)
        del nuevas[LIMITE + 1 :]
        filas = conocidas | self._filas([i for i in nuevas if i not in conocidas])
        halladas.update((i, filas[i]) for i in nuevas if i in filas)

    def _cercanas(self, partes: list[str]) -> list[Fila]:
        """The rows that have a word near each of these, the nearest first."""
        vocabulario = vocabulario_de(self.filas.model, self.version)
        parecidas = [_parecidas(parte, vocabulario.palabras) for parte in partes]
        if not any(parecidas):
            return []
        grupos = [[parte, *cuales] for parte, cuales in zip(partes, parecidas, strict=True)]
        lejos = {
            vocabulario.ids[i]: (_distancia(partes, parecidas, vocabulario.texto(i)), i)
            for i in vocabulario.lugares(grupos)
        }
        orden = self._de_ellas(lejos)
        return list(self._filas(orden).values())

    def _de_ellas(self, lejos: Mapping[int, tuple[int, int]]) -> list[int]:
        """The keys whose rows are searched: what goes before, then the others, by how far."""
        antes = self._de_estas(lejos, self.primero) if self.primero is not None else set()
        orden = sorted(antes, key=lejos.__getitem__)
        if len(orden) < LIMITE:
            orden += sorted(self._de_estas(lejos) - antes, key=lejos.__getitem__)
        return orden[:LIMITE]

    def _filas(self, ids: Sequence[int]) -> dict[int, Fila]:
        filas = self.por_clave.filter(pk__in=ids).values(*self.campos) if ids else ()
        por_id = {fila["id"]: fila for fila in filas}
        return {i: por_id[i] for i in ids if i in por_id}

    def _de_estas(self, ids: Collection[int], condicion: Q | None = None) -> set[int]:
        filas = self.por_clave.filter(condicion or Q(), pk__in=ids_en(ids))
        return set(filas.values_list("pk", flat=True))


def _que_empiecen(enteras: list[str]) -> Q:
    """What begins with the first word: a range of the index."""
    if not enteras:
        return Q()
    return Q(busqueda__gte=enteras[0], busqueda__lt=enteras[0] + ULTIMO) & _con_todas(enteras)


def _con_todas(partes: list[str]) -> Q:
    return Q(*[Q(busqueda__contains=parte) for parte in partes])


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
