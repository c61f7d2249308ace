"""The pricing engine: a compiled rulebook and a cart in, prices and their reasons out. Pure.

Integers only, so that this and static/js/motor.js agree to the last digit: money and quantities
in micros (10⁻⁶), percentages in basis points (10⁻⁴). The algorithm in prose: docs/precios.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MICROS: Final = 10**6
CIEN_POR_CIENTO: Final = 10_000


class Codigo(StrEnum):
    """What became of a rule, or of the floor, for one price."""

    APLICADA = "APLICADA"
    FUERA_DE_ALCANCE = "FUERA_DE_ALCANCE"
    CANTIDAD = "CANTIDAD"
    MONTO = "MONTO"
    COMBO_INCOMPLETO = "COMBO_INCOMPLETO"
    NO_ES_PARTE_DEL_COMBO = "NO_ES_PARTE_DEL_COMBO"
    INACTIVA = "INACTIVA"
    PISO_COSTO = "PISO_COSTO"


@dataclass(frozen=True, slots=True)
class Ficha:
    """An article of a list: its base price and cost in micros, where it is classified."""

    articulo_id: int
    base: int
    costo: int = 0
    grupo_id: int | None = None
    linea_id: int | None = None


@dataclass(frozen=True, slots=True)
class Regla:
    """A rule of a list. `valor`: basis points, or micros per unit; `umbral`: micros of what
    it measures, the article's units or the order's amount."""

    id: int
    nombre: str
    prioridad: int
    es_porcentaje: bool
    valor: int
    por_monto: bool = False
    umbral: int = 0
    articulo_id: int | None = None
    grupo_id: int | None = None
    linea_id: int | None = None
    combo: frozenset[int] | None = None
    bajo_costo: bool = False
    activa: bool = True

    @property
    def con_blanco(self) -> bool:
        """Whether it names an article, group or line: then a combination only says when."""
        return not (self.articulo_id is self.grupo_id is self.linea_id is None)

    def alcanza(self, ficha: Ficha) -> bool:
        """Whether the article is what this rule is for; all null is every article."""
        if self.combo is not None and not self.con_blanco:
            return ficha.articulo_id in self.combo
        return (
            self.articulo_id in (None, ficha.articulo_id)
            and self.grupo_id in (None, ficha.grupo_id)
            and self.linea_id in (None, ficha.linea_id)
        )

    def aplicar(self, precio: int) -> int:
        """The running price after this rule, rounded half up to a micro, never under zero."""
        if self.es_porcentaje:
            precio = _mitad_arriba(precio * (CIEN_POR_CIENTO - self.valor), CIEN_POR_CIENTO)
        else:
            precio -= self.valor
        return max(precio, 0)


@dataclass(frozen=True, slots=True)
class Carrito:
    """What the rules look at: units of each article, who is there, and the order's amount in
    micros, at list prices and before rules."""

    unidades: Mapping[int, int]
    presentes: frozenset[int]
    monto: int


@dataclass(frozen=True, slots=True)
class Paso:
    """One rule's part in a price (`regla` None: the floor); amounts in micros.

    `medido` and `umbral`: units, order amount, or members there and needed, all in micros;
    `faltan`: the combination's absent members; `autorizan`: the rules that lift the floor.
    """

    regla: Regla | None
    codigo: Codigo
    antes: int
    despues: int
    medido: int | None = None
    umbral: int | None = None
    faltan: tuple[int, ...] = ()
    aplicada: bool = False
    autorizan: tuple[Regla, ...] = ()


@dataclass(frozen=True, slots=True)
class Precio:
    """A unit price in micros, with the rules that fired; `traza` has every rule, and the floor."""

    articulo_id: int
    base: int
    final: int
    aplicadas: tuple[Paso, ...]
    autorizado_bajo_costo: bool = False
    ajustado_a_costo: bool = False
    traza: tuple[Paso, ...] | None = None


@dataclass(frozen=True)
class Reglamento:
    """A list ready to price with: its articles, and its rules in firing order (prioridad, id)."""

    version: str
    decimales: int
    fichas: Mapping[int, Ficha]
    reglas: Sequence[Regla]
    _indice: dict[tuple[str, int | None], list[tuple[int, Regla]]] = field(
        init=False, repr=False, compare=False, default_factory=lambda: defaultdict(list)
    )
    _candidatas: dict[int, tuple[Regla, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for lugar, regla in enumerate(self.reglas):
            for clave in _claves(regla) if regla.activa else ():
                self._indice[clave].append((lugar, regla))

    @property
    def unidad(self) -> int:
        """The currency's smallest amount, in micros (a guaraní: 1,000,000)."""
        return int(MICROS // 10**self.decimales)

    def candidatas(self, ficha: Ficha) -> tuple[Regla, ...]:
        """The active rules whose scope reaches the article, in firing order; worked out once."""
        conocidas = self._candidatas.get(ficha.articulo_id)
        if conocidas is None:
            claves = (
                ("todos", None),
                ("articulo", ficha.articulo_id),
                ("grupo", ficha.grupo_id),
                ("linea", ficha.linea_id),
            )
            halladas = [par for clave in claves for par in self._indice.get(clave, ())]
            halladas.sort(key=lambda par: par[0])
            conocidas = tuple(regla for _, regla in halladas if regla.alcanza(ficha))
            self._candidatas[ficha.articulo_id] = conocidas
        return conocidas


def armar_carrito(
    reglamento: Reglamento, lineas: Iterable[tuple[int, int]], *, aparte: int = 0
) -> Carrito:
    """The cart of these (article, quantity) lines; `aparte`: what the order has of other prices
    than the list's, in micros."""
    unidades: Counter[int] = Counter()
    for articulo_id, cantidad in lineas:
        unidades[articulo_id] += cantidad
    fichas = reglamento.fichas
    monto = aparte + sum(
        fichas[articulo].base * cantidad
        for articulo, cantidad in unidades.items()
        if articulo in fichas
    )
    return Carrito(unidades, frozenset(unidades), monto)


def cotizar(
    reglamento: Reglamento,
    lineas: Iterable[tuple[int, int]],
    *,
    aparte: int = 0,
    explicar: bool = False,
) -> dict[int, Precio]:
    """The price of each article of a cart that the list has; an absent one has no price in it."""
    carrito = armar_carrito(reglamento, lineas, aparte=aparte)
    return {
        articulo: precio_de(reglamento, reglamento.fichas[articulo], carrito, explicar=explicar)
        for articulo in carrito.unidades
        if articulo in reglamento.fichas
    }


def precio_de(
    reglamento: Reglamento, ficha: Ficha, carrito: Carrito, *, explicar: bool = False
) -> Precio:
    """One article's unit price in a cart. With `explicar` every rule is walked, not only those
    that can reach it; what decides, and the price, are the same."""
    reglas = reglamento.reglas if explicar else reglamento.candidatas(ficha)
    pasos = list(_recorrer(reglas, ficha, carrito)) if explicar else []
    aplicadas = tuple(
        paso for paso in (pasos or _recorrer(reglas, ficha, carrito)) if paso.aplicada
    )
    corriente = aplicadas[-1].despues if aplicadas else ficha.base
    redondeado = _mitad_arriba(corriente, reglamento.unidad) * reglamento.unidad
    autorizan = tuple(p.regla for p in aplicadas if p.regla is not None and p.regla.bajo_costo)
    permiso = bool(autorizan)
    bajo_costo = redondeado < ficha.costo
    final = redondeado
    if bajo_costo:
        piso = -(-ficha.costo // reglamento.unidad) * reglamento.unidad
        final = redondeado if permiso else piso
        pasos.append(_paso_del_piso(redondeado, final, ficha.costo, autorizan))
    return Precio(
        articulo_id=ficha.articulo_id,
        base=ficha.base,
        final=final,
        aplicadas=aplicadas,
        autorizado_bajo_costo=bajo_costo and permiso,
        ajustado_a_costo=bajo_costo and not permiso,
        traza=tuple(pasos) if explicar else None,
    )


def minimo_de(reglamento: Reglamento, ficha: Ficha) -> int:
    """The lowest price in micros that an article's discounts can bring it to, before the floor.

    Each rule's price grows with the one it is given: all discounts and no surcharge is the least.
    """
    corriente = ficha.base
    for regla in reglamento.candidatas(ficha):
        if regla.valor > 0:
            corriente = regla.aplicar(corriente)
    return _mitad_arriba(corriente, reglamento.unidad) * reglamento.unidad


def _recorrer(reglas: Iterable[Regla], ficha: Ficha, carrito: Carrito) -> Iterator[Paso]:
    """Walk rules in firing order over the running price."""
    corriente = ficha.base
    for regla in reglas:
        codigo, medido, umbral, faltan = _juzgar(regla, ficha, carrito)
        aplicada = codigo is Codigo.APLICADA
        despues = regla.aplicar(corriente) if aplicada else corriente
        yield Paso(regla, codigo, corriente, despues, medido, umbral, faltan, aplicada)
        corriente = despues


def _juzgar(
    regla: Regla, ficha: Ficha, carrito: Carrito
) -> tuple[Codigo, int | None, int | None, tuple[int, ...]]:
    """Whether a rule fires: its code, what was measured, what it asks for, and who is missing."""
    if not regla.activa:
        return Codigo.INACTIVA, None, None, ()
    if not regla.alcanza(ficha):
        solo_combo = regla.combo is not None and not regla.con_blanco
        codigo = Codigo.NO_ES_PARTE_DEL_COMBO if solo_combo else Codigo.FUERA_DE_ALCANCE
        return codigo, None, None, ()
    if regla.combo is not None:
        faltan = tuple(sorted(regla.combo - carrito.presentes - {ficha.articulo_id}))
        hay, total = len(regla.combo) - len(faltan), len(regla.combo)
        # A combination without members is one nobody can complete.
        codigo = Codigo.COMBO_INCOMPLETO if faltan or not total else Codigo.APLICADA
        return codigo, hay * MICROS, total * MICROS, faltan
    if regla.por_monto:
        cumple = carrito.monto >= regla.umbral
        return Codigo.APLICADA if cumple else Codigo.MONTO, carrito.monto, regla.umbral, ()
    unidades = carrito.unidades.get(ficha.articulo_id, 0) * MICROS
    cumple = unidades >= regla.umbral
    return Codigo.APLICADA if cumple else Codigo.CANTIDAD, unidades, regla.umbral, ()


def _paso_del_piso(redondeado: int, final: int, costo: int, autorizan: tuple[Regla, ...]) -> Paso:
    return Paso(
        regla=None,
        codigo=Codigo.PISO_COSTO,
        antes=redondeado,
        despues=final,
        medido=redondeado,
        umbral=costo,
        aplicada=not autorizan,
        autorizan=autorizan,
    )


def _claves(regla: Regla) -> list[tuple[str, int | None]]:
    """Where a rule is filed: under the narrowest thing it names, or each of its members."""
    if regla.articulo_id is not None:
        return [("articulo", regla.articulo_id)]
    if regla.grupo_id is not None:
        return [("grupo", regla.grupo_id)]
    if regla.linea_id is not None:
        return [("linea", regla.linea_id)]
    if regla.combo is not None:
        return [("articulo", miembro) for miembro in regla.combo]
    return [("todos", None)]


def _mitad_arriba(numerador: int, divisor: int) -> int:
    """Half up of a quotient that is not negative."""
    return (2 * numerador + divisor) // (2 * divisor)
