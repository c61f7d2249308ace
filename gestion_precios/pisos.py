"""What a list's prices tell of a cost, and no more: the floor that the browser gets. Pure.

A price raised to the cost tells it, and nobody sells without being told the price. All else that a
cart can show is on which side of the cost its price was: for that any amount between the two sides
does, so the one that is given is the same for every cost that sells alike. See ADR 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gestion_precios.reglas import MICROS, Carrito, Ficha, Regla, Reglamento, minimo_de, precio_de

# Carts tried for an article, and rules looked at for a whole list (a second's worth): what is left
# over counts as reached.
CARRITOS: Final = 1_024
PASOS: Final = 4_000_000


def pisos_de(reglamento: Reglamento) -> dict[int, int]:
    """The floors, in micros, of the articles that need one; see `piso_de`."""
    pisos = {}
    quedan = PASOS
    for articulo, ficha in reglamento.fichas.items():
        reglas = len(reglamento.candidatas(ficha)) or 1
        piso, probados = _buscar(reglamento, ficha, min(CARRITOS, quedan // reglas))
        quedan -= probados * reglas
        if piso is not None:
            pisos[articulo] = piso
    return pisos


def piso_de(reglamento: Reglamento, ficha: Ficha) -> int | None:
    """The floor, in micros, under which every cart gets the price and flags that the cost gives.

    The cost rounded up where some cart sells at it; else just above the highest price that a rule
    lets go below it; None where no price comes below it.
    """
    return _buscar(reglamento, ficha, CARRITOS)[0]


def _buscar(reglamento: Reglamento, ficha: Ficha, carritos: int) -> tuple[int | None, int]:
    """The floor, and how many carts were tried for it."""
    probados = 0
    if minimo_de(reglamento, ficha) >= ficha.costo:
        return None, probados
    unidad = reglamento.unidad
    exacto = -(-ficha.costo // unidad) * unidad
    permitido = None
    for carrito in _carritos(reglamento, ficha):
        if probados >= carritos:
            return exacto, probados
        probados += 1
        precio = precio_de(reglamento, ficha, carrito)
        if precio.ajustado_a_costo:
            return exacto, probados
        if precio.autorizado_bajo_costo:
            permitido = max(permitido or 0, precio.final)
    return (None if permitido is None else permitido + unidad), probados


def _carritos(reglamento: Reglamento, ficha: Ficha) -> Iterator[Carrito]:
    """One cart for each set of rules that may fire together, the largest ones first."""
    reglas = reglamento.candidatas(ficha)
    sueltas = [regla for regla in reglas if regla.combo is None]
    montos = {regla.umbral for regla in sueltas if regla.por_monto}
    for presentes in _presentes(reglas, ficha):
        for cantidad in _cantidades(sueltas):
            propio = ficha.base * cantidad
            for monto in sorted({propio, *(m for m in montos if m > propio)}, reverse=True):
                yield Carrito({ficha.articulo_id: cantidad}, presentes, monto)


def _cantidades(reglas: list[Regla]) -> list[int]:
    """The units at which one more rule fires, and one alone."""
    umbrales = {-(-regla.umbral // MICROS) for regla in reglas if not regla.por_monto}
    return sorted({1, *(u for u in umbrales if u > 1)}, reverse=True)


def _presentes(reglas: tuple[Regla, ...], ficha: Ficha) -> list[frozenset[int]]:
    """Who else is there: each way to complete some of the combinations."""
    juntos = {frozenset({ficha.articulo_id})}
    for combo in {regla.combo for regla in reglas if regla.combo}:
        juntos |= {ya | combo for ya in juntos}
        if len(juntos) > CARRITOS:
            break
    return sorted(juntos, key=len, reverse=True)
