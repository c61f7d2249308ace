"""The pricing engine: a compiled rulebook and a cart in, prices and their reasons out. Pure.

Integers only, so that this and static/js/motor/motor.js agree to the last digit: money and
quantities in micros (10⁻⁶), percentages in basis points (10⁻⁴). The algorithm in prose:
docs/precios.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

MICROS: Final = 10**6
CIEN_POR_CIENTO: Final = 10_000
# Where a rule is filed: what it names, and which.
Clave = tuple[str, int | None]
# A NamedTuple's own constructor takes twice as long, and the engine is all of these.
_nueva: Final = tuple.__new__


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


# Read once for each rule of each price: an enum's member is slow to look up.
_APLICADA: Final = Codigo.APLICADA


@dataclass(frozen=True, slots=True)
class Renglon:
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
    # What it asks for, as measured: its threshold, or all of its members.
    exige: int = field(init=False, repr=False, compare=False)
    # What becomes of it when an article that it is for does not have that.
    le_falta: Codigo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        exige = self.umbral
        le_falta = Codigo.MONTO if self.por_monto else Codigo.CANTIDAD
        if self.combo is not None:
            # A combination without members is one nobody can complete.
            exige = max(len(self.combo), 1) * MICROS
            le_falta = Codigo.COMBO_INCOMPLETO
        object.__setattr__(self, "exige", exige)
        object.__setattr__(self, "le_falta", le_falta)

    @property
    def con_blanco(self) -> bool:
        """Whether it names an article, group or line: then a combination only says when."""
        return not (self.articulo_id is self.grupo_id is self.linea_id is None)

    def alcanza(self, renglon: Renglon) -> bool:
        """Whether the article is what this rule is for; all null is every article."""
        if self.combo is not None and not self.con_blanco:
            return renglon.articulo_id in self.combo
        return (
            self.articulo_id in (None, renglon.articulo_id)
            and self.grupo_id in (None, renglon.grupo_id)
            and self.linea_id in (None, renglon.linea_id)
        )

    def aplicar(self, precio: int) -> int:
        """The running price after this rule, rounded half up to a micro, never under zero."""
        if self.es_porcentaje:
            numerador = precio * (CIEN_POR_CIENTO - self.valor)
            precio = (numerador + CIEN_POR_CIENTO // 2) // CIEN_POR_CIENTO
        else:
            precio -= self.valor
        if precio < 0:
            return 0
        return precio


@dataclass(frozen=True, slots=True)
class Carrito:
    """What the rules look at: units of each article, who is there, and the order's amount in
    micros, at list prices and before rules."""

    unidades: Mapping[int, int]
    presentes: frozenset[int]
    monto: int


class Paso(NamedTuple):
    """One rule's part in a price (`regla` None: the floor); amounts in micros.

    `antes` and `despues`: the running price, None for a rule that the article is not for, or when
    none was looked at.
    `medido` and `umbral`: units, order amount, or members there and needed, all in micros;
    `faltan`: the combination's absent members; `autorizan`: the rules that lift the floor.
    """

    regla: Regla | None
    codigo: Codigo
    antes: int | None = None
    despues: int | None = None
    medido: int | None = None
    umbral: int | None = None
    faltan: tuple[int, ...] = ()
    aplicada: bool = False
    autorizan: tuple[Regla, ...] = ()


class Precio(NamedTuple):
    """A unit price in micros, with the rules that fired; `traza` has every rule, and the floor."""

    articulo_id: int
    base: int
    final: int
    aplicadas: tuple[Paso, ...]
    autorizado_bajo_costo: bool = False
    ajustado_a_costo: bool = False
    traza: tuple[Paso, ...] | None = None


class QueAlcanzan(NamedTuple):
    """The active rules that reach an article, in firing order, and their places among all."""

    lugares: tuple[int, ...]
    reglas: tuple[Regla, ...]


@dataclass(frozen=True)
class Reglamento:
    """A list ready to price with: its articles, and its rules in firing order (prioridad, id)."""

    version: str
    decimales: int
    renglones: Mapping[int, Renglon]
    reglas: Sequence[Regla]
    # The currency's smallest amount, in micros (a guaraní: 1,000,000).
    unidad: int = field(init=False, repr=False, compare=False)
    # What each rule is to the articles that it does not reach.
    ajenas: tuple[Paso, ...] = field(init=False, repr=False, compare=False)
    _indice: dict[Clave, list[int]] = field(init=False, repr=False, compare=False)
    _que_alcanzan: dict[int, QueAlcanzan] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        reglas = tuple(sorted(self.reglas, key=lambda regla: (regla.prioridad, regla.id)))
        for nombre, valor in (
            ("reglas", reglas),
            ("unidad", MICROS // 10**self.decimales),
            ("ajenas", tuple(Paso(regla, _ajena(regla)) for regla in reglas)),
            ("_indice", _indexar(reglas)),
            ("_que_alcanzan", {}),
        ):
            object.__setattr__(self, nombre, valor)

    def candidatas(self, renglon: Renglon) -> tuple[Regla, ...]:
        """The active rules whose scope reaches the article, in firing order."""
        return self.que_alcanzan(renglon).reglas

    def que_alcanzan(self, renglon: Renglon) -> QueAlcanzan:
        """The active rules that reach the article, and their places; worked out once for each."""
        conocido = self._que_alcanzan.get(renglon.articulo_id)
        if conocido is None:
            claves: tuple[Clave, ...] = (
                ("todos", None),
                ("articulo", renglon.articulo_id),
                ("grupo", renglon.grupo_id),
                ("linea", renglon.linea_id),
            )
            archivadas = sorted(n for clave in claves for n in self._indice.get(clave, ()))
            lugares = tuple(n for n in archivadas if self.reglas[n].alcanza(renglon))
            conocido = QueAlcanzan(lugares, tuple(self.reglas[n] for n in lugares))
            self._que_alcanzan[renglon.articulo_id] = conocido
        return conocido


def armar_carrito(
    reglamento: Reglamento, lineas: Iterable[tuple[int, int]], *, aparte: int = 0
) -> Carrito:
    """The cart of these (article, quantity) lines; `aparte`: what the order has of other prices
    than the list's, in micros."""
    unidades: dict[int, int] = {}
    for articulo_id, cantidad in lineas:
        unidades[articulo_id] = unidades.get(articulo_id, 0) + cantidad
    renglones = reglamento.renglones
    monto = aparte
    for articulo_id, cantidad in unidades.items():
        if articulo_id in renglones:
            monto += renglones[articulo_id].base * cantidad
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
    renglones = reglamento.renglones
    return {
        articulo: precio_de(reglamento, renglones[articulo], carrito, explicar=explicar)
        for articulo in carrito.unidades
        if articulo in renglones
    }


def precio_de(
    reglamento: Reglamento, renglon: Renglon, carrito: Carrito, *, explicar: bool = False
) -> Precio:
    """One article's unit price in a cart; `explicar` keeps what did not fire as well."""
    suyas = reglamento.que_alcanzan(renglon)
    corriente, pasos = _recorrer(suyas.reglas, renglon, carrito, todas=explicar)
    aplicadas = [paso for paso in pasos if paso.aplicada] if explicar else pasos
    unidad = reglamento.unidad
    final = _redondear(corriente, unidad)
    piso = None
    if final < renglon.costo:
        final, piso = _piso(final, renglon.costo, unidad, aplicadas)
    return _nueva(
        Precio,
        (
            renglon.articulo_id,
            renglon.base,
            final,
            tuple(aplicadas),
            piso is not None and not piso.aplicada,
            piso is not None and piso.aplicada,
            _traza(reglamento.ajenas, suyas.lugares, pasos, piso) if explicar else None,
        ),
    )


def juzgar(regla: Regla, renglon: Renglon, carrito: Carrito) -> Paso:
    """What becomes of a rule that reaches the article, whatever its price."""
    if regla.combo is not None:
        presentes = len(regla.combo) - len(_ausentes(regla.combo, renglon, carrito))
        medido = presentes * MICROS
    elif regla.por_monto:
        medido = carrito.monto
    else:
        medido = carrito.unidades.get(renglon.articulo_id, 0) * MICROS
    if medido < regla.exige:
        return _no_aplicada(regla, None, medido, renglon, carrito)
    return Paso(regla, _APLICADA, medido=medido, umbral=regla.exige, aplicada=True)


def minimo_de(reglamento: Reglamento, renglon: Renglon) -> int:
    """The lowest price in micros that an article's discounts can bring it to, before the floor.

    Each rule's price grows with the one it is given: all discounts and no surcharge is the least.
    """
    corriente = renglon.base
    for regla in reglamento.candidatas(renglon):
        if regla.valor > 0:
            corriente = regla.aplicar(corriente)
    return _redondear(corriente, reglamento.unidad)


def _recorrer(
    reglas: Iterable[Regla], renglon: Renglon, carrito: Carrito, *, todas: bool
) -> tuple[int, list[Paso]]:
    """Walk an article's rules over the running price: where it ends, and those that fired, or
    `todas`."""
    corriente = renglon.base
    unidades = carrito.unidades.get(renglon.articulo_id, 0) * MICROS
    pasos: list[Paso] = []
    for regla in reglas:
        exige = regla.exige
        if regla.combo is not None:
            ausentes = _ausentes(regla.combo, renglon, carrito)
            medido = (len(regla.combo) - len(ausentes)) * MICROS
        else:
            medido = carrito.monto if regla.por_monto else unidades
        if medido >= exige:
            antes, corriente = corriente, regla.aplicar(corriente)
            paso = (regla, _APLICADA, antes, corriente, medido, exige, (), True, ())
            pasos.append(_nueva(Paso, paso))
        elif todas:
            pasos.append(_no_aplicada(regla, corriente, medido, renglon, carrito))
    return corriente, pasos


def _ausentes(combo: frozenset[int], renglon: Renglon, carrito: Carrito) -> frozenset[int]:
    """Who of a combination is neither in the cart nor the article itself."""
    return combo - carrito.presentes - {renglon.articulo_id}


def _no_aplicada(
    regla: Regla, corriente: int | None, medido: int, renglon: Renglon, carrito: Carrito
) -> Paso:
    umbral = regla.umbral
    faltan: tuple[int, ...] = ()
    if regla.combo is not None:
        umbral = len(regla.combo) * MICROS
        faltan = tuple(sorted(_ausentes(regla.combo, renglon, carrito)))
    paso = (regla, regla.le_falta, corriente, corriente, medido, umbral, faltan, False, ())
    return _nueva(Paso, paso)


def _piso(precio: int, costo: int, unidad: int, aplicadas: Iterable[Paso]) -> tuple[int, Paso]:
    """A price under its cost becomes the cost, rounded up, unless a rule that fired allows it."""
    autorizan = tuple(p.regla for p in aplicadas if p.regla is not None and p.regla.bajo_costo)
    final = precio if autorizan else -(-costo // unidad) * unidad
    paso = Paso(
        regla=None,
        codigo=Codigo.PISO_COSTO,
        antes=precio,
        despues=final,
        medido=precio,
        umbral=costo,
        aplicada=not autorizan,
        autorizan=autorizan,
    )
    return final, paso


def _traza(
    ajenas: tuple[Paso, ...], lugares: tuple[int, ...], pasos: list[Paso], piso: Paso | None
) -> tuple[Paso, ...]:
    """Every rule in firing order, and the floor when it was met."""
    traza = list(ajenas)
    for lugar, paso in zip(lugares, pasos, strict=True):
        traza[lugar] = paso
    if piso:
        traza.append(piso)
    return tuple(traza)


def _ajena(regla: Regla) -> Codigo:
    """What a rule is to an article that it does not reach."""
    if not regla.activa:
        return Codigo.INACTIVA
    if regla.combo is not None and not regla.con_blanco:
        return Codigo.NO_ES_PARTE_DEL_COMBO
    return Codigo.FUERA_DE_ALCANCE


def _indexar(reglas: Sequence[Regla]) -> dict[Clave, list[int]]:
    """The places of the active rules, filed under what they name."""
    indice: dict[Clave, list[int]] = defaultdict(list)
    for lugar, regla in enumerate(reglas):
        for clave in _claves(regla) if regla.activa else ():
            indice[clave].append(lugar)
    return dict(indice)


def _claves(regla: Regla) -> list[Clave]:
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


def _redondear(micros: int, unidad: int) -> int:
    """Half up to the currency's unit: a power of ten, so even unless it is the micro itself."""
    return (micros + unidad // 2) // unidad * unidad
