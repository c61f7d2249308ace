"""Pricing many carts out of one rulebook: the engine prices each distinct case once. Pure.

What decides an article's price in a cart is which of its rules fire, and that comes down to a few
steps: how many of its quantity thresholds are reached, how many of the amount's, and which of its
combinations are complete. Carts on the same steps have the same price.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Final, Generic, NamedTuple, TypeVar

from gestion_precios.reglas import MICROS, Precio, Regla, Reglamento, armar_carrito, precio_de

# Prices remembered of one rulebook; then it starts again.
RECUERDOS: Final = 200_000
_NINGUNO: Final[frozenset[int]] = frozenset()
T = TypeVar("T")
# Article, quantity step, amount step, its complete combinations.
Caso = tuple[int, int, int, frozenset[int]]


class _Plan(NamedTuple):
    """What an article's rules look at: quantities, whether the amount, which combinations."""

    escalones: list[int]
    por_monto: bool
    combos: frozenset[int]


class Cotizador(Generic[T]):
    """A rulebook that remembers its prices, each as what `convertir` made of it."""

    def __init__(self, reglamento: Reglamento, convertir: Callable[[Precio], T]) -> None:
        self.reglamento = reglamento
        self._convertir = convertir
        activas = [regla for regla in reglamento.reglas if regla.activa]
        self._montos = sorted({r.umbral for r in activas if r.combo is None and r.por_monto})
        self._combos = list({regla.combo for regla in activas if regla.combo})
        self._planes: dict[int, _Plan] = {}
        # What no rule reaches has one price; the rest, one for each case.
        self._fijos: dict[int, T] = {}
        self._casos: dict[Caso, T] = {}

    def cotizar(self, unidades: Mapping[int, int], *, aparte: int = 0) -> dict[int, T]:
        """The price of each article of a cart that the list has; as `reglas.cotizar`."""
        fijos, planes, casos = self._fijos, self._planes, self._casos
        nivel, completos = self._nivel(unidades, aparte), self._completos(unidades)
        precios: dict[int, T] = {}
        for articulo, cuantas in unidades.items():
            precio = fijos.get(articulo)
            if precio is None and articulo in planes:
                caso = _caso(articulo, planes[articulo], cuantas, nivel, completos)
                precio = casos.get(caso)
            if precio is None:
                if articulo not in self.reglamento.fichas:
                    continue
                precio = self._aprender(articulo, unidades, aparte)
            precios[articulo] = precio
        return precios

    def cantidades(self, articulo_id: int) -> list[int]:
        """The quantities of the article at which a rule may fire, in order."""
        ficha = self.reglamento.fichas.get(articulo_id)
        plan = self._planear(self.reglamento.candidatas(ficha)) if ficha else None
        return plan.escalones if plan else []

    def _aprender(self, articulo: int, unidades: Mapping[int, int], aparte: int) -> T:
        """Ask the engine, and remember the answer for what it depends on."""
        ficha = self.reglamento.fichas[articulo]
        carrito = armar_carrito(self.reglamento, unidades.items(), aparte=aparte)
        precio = self._convertir(precio_de(self.reglamento, ficha, carrito))
        plan = self._planes.get(articulo) or self._planear(self.reglamento.candidatas(ficha))
        if plan is None:
            self._fijos[articulo] = precio
            return precio
        if len(self._casos) >= RECUERDOS:
            self._casos.clear()
        self._planes[articulo] = plan
        nivel, completos = self._nivel(unidades, aparte), self._completos(unidades)
        self._casos[_caso(articulo, plan, unidades[articulo], nivel, completos)] = precio
        return precio

    def _planear(self, candidatas: tuple[Regla, ...]) -> _Plan | None:
        if not candidatas:
            return None
        # Rounded up to whole units: as many articles as that reach the threshold.
        de_cantidad = [r for r in candidatas if r.combo is None and not r.por_monto]
        return _Plan(
            sorted({-(-regla.umbral // MICROS) for regla in de_cantidad}),
            any(regla.combo is None and regla.por_monto for regla in candidatas),
            frozenset(self._combos.index(regla.combo) for regla in candidatas if regla.combo),
        )

    def _nivel(self, unidades: Mapping[int, int], aparte: int) -> int:
        """How many amounts the order reaches."""
        if not self._montos:
            return 0
        fichas = self.reglamento.fichas
        monto = aparte + sum(
            [fichas[articulo].base * n for articulo, n in unidades.items() if articulo in fichas]
        )
        return bisect_right(self._montos, monto)

    def _completos(self, unidades: Mapping[int, int]) -> frozenset[int]:
        """The combinations that the cart has whole."""
        presentes = unidades.keys()
        hallados = [n for n, combo in enumerate(self._combos) if combo <= presentes]
        return frozenset(hallados) if hallados else _NINGUNO


def _caso(articulo: int, plan: _Plan, cuantas: int, nivel: int, completos: frozenset[int]) -> Caso:
    escalones, por_monto, combos = plan
    return (
        articulo,
        bisect_right(escalones, cuantas),
        nivel if por_monto else 0,
        combos & completos if completos else _NINGUNO,
    )
