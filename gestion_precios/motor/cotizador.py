"""Pricing many carts out of one rulebook: the engine prices each distinct case once. Pure.

What decides an article's price in a cart is which of its rules fire, and that comes down to a few
steps: how many of its quantity thresholds are reached, how many of the amount's, and which
combinations are complete. Carts on the same steps have the same price.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, Generic, NamedTuple, TypeVar

from gestion_precios.motor.reglas import MICROS, Carrito, Precio, Regla, Reglamento, precio_de

# Prices remembered of one rulebook; then it starts again.
RECUERDOS: Final = 200_000
_NADIE: Final[frozenset[int]] = frozenset()
T = TypeVar("T")


class _Plan(NamedTuple):
    """What an article's rules look at beside the amount: its quantities, some combinations."""

    escalones: list[int]
    combos: frozenset[int]


class _Nivel(Generic[T]):
    """The prices of carts that reach the same amounts and complete no combination."""

    def __init__(self) -> None:
        self.unicos: dict[int, T] = {}
        # By article: the quantities that its rules ask for, and the price from each on.
        self.escaleras: dict[int, tuple[list[int], list[T | None]]] = {}


class Cotizador(Generic[T]):
    """A rulebook that remembers its prices, each as what `convertir` made of it."""

    def __init__(self, reglamento: Reglamento, convertir: Callable[[Precio], T]) -> None:
        self.reglamento = reglamento
        self._convertir = convertir
        activas = [regla for regla in reglamento.reglas if regla.activa]
        self._montos = sorted({r.umbral for r in activas if r.combo is None and r.por_monto})
        self._combos = list({regla.combo for regla in activas if regla.combo})
        self._miembros = frozenset().union(*self._combos)
        self._planes: dict[int, _Plan] = {}
        self._olvidar()

    def cotizar(self, unidades: Mapping[int, int], *, aparte: int = 0) -> dict[int, T]:
        """The price of each article of a cart that the list has; as `reglas.cotizar`."""
        monto = self._monto(unidades, aparte)
        nivel = self._nivel(monto)
        unicos, escaleras = nivel.unicos, nivel.escaleras
        precios: dict[int, T] = {}
        for articulo, cuantas in unidades.items():
            precio = unicos.get(articulo)
            if precio is None:
                escalera = escaleras.get(articulo)
                if escalera is not None:
                    precio = escalera[1][bisect_right(escalera[0], cuantas)]
                if precio is None:
                    if articulo not in self.reglamento.renglones:
                        continue
                    precio = self._aprender(nivel, articulo, cuantas, monto)
            precios[articulo] = precio
        if not self._miembros.isdisjoint(unidades):
            self._combinar(precios, unidades, monto)
        return precios

    def cantidades(self, articulo_id: int) -> list[int]:
        """The quantities of the article at which a rule may fire, in order."""
        return self._plan(articulo_id).escalones if articulo_id in self.reglamento.renglones else []

    def _combinar(self, precios: dict[int, T], unidades: Mapping[int, int], monto: int) -> None:
        """Price again what complete combinations reach."""
        completos = {n for n, combo in enumerate(self._combos) if combo <= unidades.keys()}
        if not completos:
            return
        presentes = frozenset(unidades)
        for articulo in precios:
            plan = self._plan(articulo)
            propios = plan.combos & completos
            if propios:
                cuantas = unidades[articulo]
                paso = bisect_right(plan.escalones, cuantas)
                caso = (articulo, paso, bisect_right(self._montos, monto), propios)
                if caso not in self._casos:
                    self._casos[caso] = self._preguntar(articulo, cuantas, monto, presentes)
                precios[articulo] = self._casos[caso]

    def _aprender(self, nivel: _Nivel[T], articulo: int, cuantas: int, monto: int) -> T:
        """Ask for a price without combinations, and remember it for what it depends on."""
        precio = self._preguntar(articulo, cuantas, monto, _NADIE)
        escalones = self._plan(articulo).escalones
        if escalones:
            vacia: list[T | None] = [None] * (len(escalones) + 1)
            _, peldanos = nivel.escaleras.setdefault(articulo, (escalones, vacia))
            peldanos[bisect_right(escalones, cuantas)] = precio
        else:
            nivel.unicos[articulo] = precio
        return precio

    def _preguntar(self, articulo: int, cuantas: int, monto: int, presentes: frozenset[int]) -> T:
        if self._recuerdos >= RECUERDOS:
            self._olvidar()
        self._recuerdos += 1
        renglon = self.reglamento.renglones[articulo]
        carrito = Carrito({articulo: cuantas}, presentes, monto)
        return self._convertir(precio_de(self.reglamento, renglon, carrito))

    def _plan(self, articulo: int) -> _Plan:
        conocido = self._planes.get(articulo)
        if conocido is None:
            candidatas = self.reglamento.candidatas(self.reglamento.renglones[articulo])
            conocido = self._planes[articulo] = self._planear(candidatas)
        return conocido

    def _planear(self, candidatas: tuple[Regla, ...]) -> _Plan:
        de_cantidad = [r for r in candidatas if r.combo is None and not r.por_monto]
        return _Plan(
            # Rounded up to whole units: as many articles as that reach the threshold.
            sorted({-(-regla.umbral // MICROS) for regla in de_cantidad}),
            frozenset(self._combos.index(regla.combo) for regla in candidatas if regla.combo),
        )

    def _nivel(self, monto: int) -> _Nivel[T]:
        alcanzados = bisect_right(self._montos, monto)
        nivel = self._niveles.get(alcanzados)
        if nivel is None:
            nivel = self._niveles[alcanzados] = _Nivel()
        return nivel

    def _monto(self, unidades: Mapping[int, int], aparte: int) -> int:
        """The order's amount; nobody asks for it where no rule does."""
        if not self._montos:
            return 0
        base_de = self._bases.get
        return aparte + sum([base_de(articulo, 0) * n for articulo, n in unidades.items()])

    @cached_property
    def _bases(self) -> dict[int, int]:
        return {articulo: renglon.base for articulo, renglon in self.reglamento.renglones.items()}

    def _olvidar(self) -> None:
        self._recuerdos = 0
        self._niveles: dict[int, _Nivel[T]] = {}
        self._casos: dict[tuple[int, int, int, frozenset[int]], T] = {}
