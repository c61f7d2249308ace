"""What a list's prices tell of a cost, and no more: the floor that the browser gets. Pure.

A price raised to the cost tells it, and nobody sells without being told the price. So a floor
leaves only where the engine itself raises a cart to it: everywhere else prices need none.
Whether some cart is raised depends on the cheapest ones that no rule lets go below cost: those are
looked for once for all articles that the same rules reach, whatever they cost. See ADR 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from gestion_precios.motor.reglas import (
    MICROS,
    Carrito,
    Regla,
    Reglamento,
    Renglon,
    minimo_de,
    precio_de,
)

# Ways to leave combinations incomplete that are looked at for one set of rules, and carts that are
# priced for one article: past them only the server knows.
MANERAS: Final = 256
CARRITOS: Final = 64
# No floor: as the engine takes a cost of nothing.
NINGUNO: Final = 0

Clave = tuple[tuple[int, ...], int | None]


@dataclass(frozen=True, slots=True)
class Baratos:
    """The cheapest carts that no rule lets go below cost: each other one has a cart here with all
    of its discounts and no other surcharge. `completos`: unless there were too many of them."""

    cantidades: tuple[int, ...]
    # The most that the order may come to; None: as much as one likes.
    montos: tuple[int | None, ...]
    presentes: tuple[frozenset[int], ...]
    completos: bool
    # An amount that has every discount.
    de_sobra: int

    def carritos(self, renglon: Renglon) -> Iterator[Carrito]:
        """The carts that an article can have: its own units are in the order's amount."""
        for presentes, cantidad, monto in product(self.presentes, self.cantidades, self.montos):
            unidades = cantidad
            if monto is not None and renglon.base:
                unidades = min(cantidad, monto // renglon.base)
            if unidades:
                total = max(self.de_sobra, renglon.base * unidades) if monto is None else monto
                yield Carrito({renglon.articulo_id: unidades}, presentes, total)


def pisos_de(reglamento: Reglamento) -> dict[int, int | None]:
    """The floors, in micros, of the articles that need one; see `piso_de`."""
    conocidos: dict[Clave, Baratos] = {}
    pisos = {
        articulo: _piso(reglamento, renglon, conocidos)
        for articulo, renglon in reglamento.renglones.items()
    }
    return {articulo: piso for articulo, piso in pisos.items() if piso != NINGUNO}


def piso_de(reglamento: Reglamento, renglon: Renglon) -> int | None:
    """The floor, in micros, with which every cart has the price that the cost gives it.

    The cost rounded up where some cart is raised to it; NINGUNO where none is; None where there are
    too many carts to know, and only the server, which has the cost, gives the price.
    """
    return _piso(reglamento, renglon, {})


def _piso(reglamento: Reglamento, renglon: Renglon, conocidos: dict[Clave, Baratos]) -> int | None:
    baratos = _baratos_de(reglamento, renglon, conocidos)
    nadie = baratos.completos and not baratos.presentes
    if nadie or minimo_de(reglamento, renglon) >= renglon.costo:
        return NINGUNO
    carritos = baratos.carritos(renglon)
    for carrito in islice(carritos, CARRITOS):
        if precio_de(reglamento, renglon, carrito).ajustado_a_costo:
            return -(-renglon.costo // reglamento.unidad) * reglamento.unidad
    faltan = not baratos.completos or next(carritos, None) is not None
    return None if faltan else NINGUNO


def _baratos_de(
    reglamento: Reglamento, renglon: Renglon, conocidos: dict[Clave, Baratos]
) -> Baratos:
    """The cheapest carts: found once for articles of the same rules, if no combination has them."""
    suyas = reglamento.que_alcanzan(renglon)
    es_parte = any(regla.combo and renglon.articulo_id in regla.combo for regla in suyas.reglas)
    clave = (suyas.lugares, renglon.articulo_id if es_parte else None)
    if clave not in conocidos:
        conocidos[clave] = _buscar(suyas.reglas, renglon.articulo_id)
    return conocidos[clave]


def _buscar(reglas: tuple[Regla, ...], articulo: int) -> Baratos:
    sueltas = [regla for regla in reglas if regla.combo is None]
    por_monto = [regla for regla in sueltas if regla.por_monto]
    cantidades = _cantidades([regla for regla in sueltas if not regla.por_monto])
    montos = _montos(por_monto)
    presentes, completos = _presentes(reglas, articulo)
    if not cantidades or not montos:
        # A rule with permission always fires.
        presentes, completos = (), True
    de_sobra = max((regla.umbral for regla in por_monto), default=0)
    return Baratos(cantidades, montos, presentes, completos, de_sobra)


def _cantidades(reglas: list[Regla]) -> tuple[int, ...]:
    """The most units with no permission, and the most before each surcharge."""
    desde = [(regla, -(-regla.umbral // MICROS)) for regla in reglas]
    todas = max([1, *(unidades for _regla, unidades in desde)])
    tope = min((unidades - 1 for regla, unidades in desde if regla.bajo_costo), default=todas)
    recargos = {unidades - 1 for regla, unidades in desde if regla.valor < 0}
    return tuple(sorted((n for n in {tope, *recargos} if 0 < n <= tope), reverse=True))


def _montos(reglas: list[Regla]) -> tuple[int | None, ...]:
    """The largest amounts, in micros, with no permission, and before each surcharge; None: any."""
    tope = min((regla.umbral - 1 for regla in reglas if regla.bajo_costo), default=None)
    recargos = {regla.umbral - 1 for regla in reglas if regla.valor < 0}
    if tope is None:
        return (None, *sorted((n for n in recargos if n >= 0), reverse=True))
    return tuple(sorted((n for n in {tope, *recargos} if 0 <= n <= tope), reverse=True))


def _presentes(reglas: tuple[Regla, ...], articulo: int) -> tuple[tuple[frozenset[int], ...], bool]:
    """Who else is there: the most discounts of combinations with none that gives permission, and
    with each surcharge either complete or not. And whether these are all the ways."""
    descuentos, recargos, permisos = _combos(reglas, articulo)
    nadie: frozenset[int] = frozenset()
    pendientes = [nadie.union(*descuentos)]
    vistos: set[frozenset[int]] = set()
    hallados: list[frozenset[int]] = []
    while pendientes:
        # Who completes no discount need not come.
        posibles = pendientes.pop()
        juntos = nadie.union(*(combo for combo in descuentos if combo <= posibles))
        if juntos in vistos:
            continue
        if len(vistos) == MANERAS:
            return tuple(hallados), False
        vistos.add(juntos)
        permiso = next((combo for combo in permisos if combo <= juntos), None)
        if permiso is None:
            hallados.append(juntos)
        evitables = (combo for combo in recargos if combo <= juntos)
        for evitable in evitables if permiso is None else [permiso]:
            pendientes += [juntos - {miembro} for miembro in sorted(evitable)]
    return tuple(hallados), True


def _combos(reglas: tuple[Regla, ...], articulo: int) -> tuple[list[frozenset[int]], ...]:
    """Whom each combination needs besides the article: discounts, surcharges, permissions."""
    descuentos, recargos, permisos = [], [], []
    for regla in reglas:
        if not regla.combo:
            continue
        demas = regla.combo - {articulo}
        if regla.bajo_costo:
            permisos.append(demas)
        elif regla.valor > 0:
            descuentos.append(demas)
        elif regla.valor < 0:
            recargos.append(demas)
    return descuentos, recargos, permisos
