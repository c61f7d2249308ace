"""What is missing for the next discount: of the rules that did not fire, those within easiest
reach that would lower a price of the cart. Pure.

static/js/motor/faltantes.js is this very algorithm, step by step. The vectors in
static/js/tests/vectores/faltantes.json bind both, and tests/motor/test_faltantes.py compares them
over random lists and carts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from itertools import islice
from typing import Final, NamedTuple

from gestion_precios.motor.reglas import (
    MICROS,
    Carrito,
    Codigo,
    Paso,
    Regla,
    Reglamento,
    Renglon,
    juzgar,
    precio_de,
)

MAXIMO: Final = 3
# Of a thousand rules, those worth trying out.
A_PROBAR: Final = 40


class Tipo(StrEnum):
    """What a discount asks for."""

    COMBO = "combo"
    CANTIDAD = "cantidad"
    MONTO = "monto"


class Candidata(NamedTuple):
    """What a rule lacks in a cart. `faltan`: units, micros of the order, or members; `costo`: what
    it takes to get there, at list prices; `articulo_id`: whose rule it is, None for the order's."""

    tipo: Tipo
    regla: Regla
    articulo_id: int | None
    faltan: int
    miembros: tuple[int, ...]
    costo: int
    # The same as the trace has it.
    paso: Paso

    @property
    def clave(self) -> tuple[Tipo, int | None, tuple[int, ...]]:
        """Rules with the same one are a ladder: only its next step is told."""
        return self.tipo, None if self.miembros else self.articulo_id, self.miembros


class Faltante(NamedTuple):
    """A discount within reach, and the first price that it would lower, in micros."""

    candidata: Candidata
    antes: int
    despues: int


def faltantes(
    reglamento: Reglamento,
    carrito: Carrito,
    *,
    fijos: Collection[int] = (),
    maximo: int = MAXIMO,
) -> list[Faltante]:
    """The nearest discounts, by what it costs to reach them, each with a price that it lowers.

    `fijos`: articles of the cart whose price no rule moves any more.
    """
    renglones = reglamento.renglones
    movibles = [renglones[a] for a in carrito.unidades if a in renglones and a not in fijos]
    candidatas = sorted(_cercanas(reglamento, movibles, carrito), key=_orden)
    halladas: dict[tuple[Tipo, int | None, tuple[int, ...]], Faltante] = {}
    for candidata in islice(candidatas, A_PROBAR):
        if len(halladas) == maximo:
            break
        if candidata.clave in halladas:
            continue
        falta = _probar(reglamento, movibles, carrito, candidata)
        if falta is not None:
            halladas[candidata.clave] = falta
    return list(halladas.values())


def unidades_que_faltan(paso: Paso) -> int:
    """How many more units a step asks for: they are sold whole, of 2.5 three are needed."""
    return -(((paso.medido or 0) - (paso.umbral or 0)) // MICROS)


def _orden(candidata: Candidata) -> tuple[int, int, int]:
    """The cheapest to reach first; then as they fire."""
    return candidata.costo, candidata.regla.prioridad, candidata.regla.id


def _cercanas(
    reglamento: Reglamento, movibles: Iterable[Renglon], carrito: Carrito
) -> Iterable[Candidata]:
    """Each discount that did not fire, where least is missing for it."""
    halladas: dict[int, Candidata] = {}
    for renglon in movibles:
        for regla in reglamento.candidatas(renglon):
            previa = halladas.get(regla.id)
            # What an order or a combination lacks, it lacks for all its lines.
            if regla.valor <= 0 or (previa and previa.tipo is not Tipo.CANTIDAD):
                continue
            candidata = _medir(reglamento, regla, renglon, carrito)
            if candidata is not None and (previa is None or candidata.costo < previa.costo):
                halladas[regla.id] = candidata
    return halladas.values()


def _medir(
    reglamento: Reglamento, regla: Regla, renglon: Renglon, carrito: Carrito
) -> Candidata | None:
    """What a rule lacks for an article; None when it fires, or nobody can tell its cost."""
    paso = juzgar(regla, renglon, carrito)
    if paso.aplicada:
        return None
    articulo = renglon.articulo_id
    if paso.codigo is Codigo.COMBO_INCOMPLETO:
        miembros = paso.faltan
        bases = [reglamento.renglones[m].base for m in miembros if m in reglamento.renglones]
        if not miembros or len(bases) < len(miembros):
            return None
        return Candidata(Tipo.COMBO, regla, articulo, len(miembros), miembros, sum(bases), paso)
    if paso.codigo is Codigo.MONTO:
        resto = regla.umbral - (paso.medido or 0)
        return Candidata(Tipo.MONTO, regla, None, resto, (), resto, paso)
    unidades = unidades_que_faltan(paso)
    return Candidata(Tipo.CANTIDAD, regla, articulo, unidades, (), unidades * renglon.base, paso)


def _probar(
    reglamento: Reglamento, movibles: Iterable[Renglon], carrito: Carrito, candidata: Candidata
) -> Faltante | None:
    """The first price that falls once nothing is missing; None when none does, as on the floor."""
    logrado = _suponer(carrito, candidata)
    for renglon in movibles:
        if not _es_para(candidata, renglon):
            continue
        antes = precio_de(reglamento, renglon, carrito).final
        despues = precio_de(reglamento, renglon, logrado).final
        if despues < antes:
            return Faltante(candidata, antes, despues)
    return None


def _es_para(candidata: Candidata, renglon: Renglon) -> bool:
    """Whose price what is missing may change."""
    if candidata.tipo is Tipo.CANTIDAD:
        return renglon.articulo_id == candidata.articulo_id
    return candidata.regla.alcanza(renglon)


def _suponer(carrito: Carrito, candidata: Candidata) -> Carrito:
    """The cart with what is missing in it."""
    unidades = dict(carrito.unidades)
    if candidata.tipo is Tipo.CANTIDAD and candidata.articulo_id is not None:
        unidades[candidata.articulo_id] += candidata.faltan
    unidades |= dict.fromkeys(candidata.miembros, 1)
    presentes = carrito.presentes.union(candidata.miembros)
    return Carrito(unidades, presentes, carrito.monto + candidata.costo)
