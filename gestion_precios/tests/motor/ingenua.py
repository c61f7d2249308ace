"""A second pricing engine for the tests, as slow and as plain as it gets.

Written from the rules in prose (docs/precios.md), not from reglas.py: exact fractions, no index, no
compilation, every rule read for every article. What both say alike is probably what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

MEDIO = Fraction(1, 2)
MILLON = 10**6


@dataclass(frozen=True)
class Articulo:
    id: int
    precio_base: Decimal
    ultimo_costo: Decimal = Decimal(0)
    grupo: int | None = None
    linea: int | None = None


@dataclass(frozen=True)
class Regla:
    id: int
    tipo_regla: str = "PORCENTAJE"
    valor_regla: Decimal = Decimal(10)
    condicion: str = "CANTIDAD_MINIMA"
    condicion_valor: Decimal = Decimal(0)
    aplica_articulo: int | None = None
    aplica_grupo: int | None = None
    aplica_linea: int | None = None
    aplica_combinacion: frozenset[int] | None = None
    prioridad: int = 10
    permite_venta_bajo_costo: bool = False
    activa: bool = True


@dataclass
class Respuesta:
    """`codigos` and `faltan` by rule; `pasos`: rule, price before, price after."""

    final: Fraction
    pasos: list[tuple[int, Fraction, Fraction]] = field(default_factory=list)
    codigos: dict[int, str] = field(default_factory=dict)
    faltan: dict[int, list[int]] = field(default_factory=dict)
    autorizado_bajo_costo: bool = False
    ajustado_a_costo: bool = False


def precio(
    articulo: Articulo,
    lineas: Sequence[tuple[int, int]],
    lista: Mapping[int, Articulo],
    reglas: Sequence[Regla],
    decimales: int,
    aparte: Decimal = Decimal(0),
) -> Respuesta:
    """The unit price of one of a cart's articles."""
    unidades = sum(cantidad for de_quien, cantidad in lineas if de_quien == articulo.id)
    monto = Fraction(aparte)
    for de_quien, cantidad in lineas:
        if de_quien in lista:
            monto += Fraction(lista[de_quien].precio_base) * cantidad
    carrito = {de_quien for de_quien, _ in lineas} | {articulo.id}
    corriente = Fraction(articulo.precio_base)
    respuesta = Respuesta(corriente)
    permiso = False
    for regla in sorted(reglas, key=lambda r: (r.prioridad, r.id)):
        codigo = _codigo(regla, articulo, carrito, unidades, monto)
        respuesta.codigos[regla.id] = codigo
        if codigo == "COMBO_INCOMPLETO":
            respuesta.faltan[regla.id] = sorted((regla.aplica_combinacion or set()) - carrito)
        if codigo == "APLICADA":
            antes, corriente = corriente, _aplicar(regla, corriente)
            respuesta.pasos.append((regla.id, antes, corriente))
            permiso = permiso or regla.permite_venta_bajo_costo
    _cerrar(respuesta, corriente, Fraction(articulo.ultimo_costo), decimales, permiso=permiso)
    return respuesta


def _codigo(
    regla: Regla, articulo: Articulo, carrito: set[int], unidades: int, monto: Fraction
) -> str:
    if not regla.activa:
        return "INACTIVA"
    nombrados = [
        (regla.aplica_articulo, articulo.id),
        (regla.aplica_grupo, articulo.grupo),
        (regla.aplica_linea, articulo.linea),
    ]
    condiciones = [pedido == propio for pedido, propio in nombrados if pedido is not None]
    combo = regla.aplica_combinacion
    if not all(condiciones):
        return "FUERA_DE_ALCANCE"
    if combo is not None:
        if not condiciones and articulo.id not in combo:
            return "NO_ES_PARTE_DEL_COMBO"
        # Nobody can complete a combination of nothing.
        return "APLICADA" if combo and combo <= carrito else "COMBO_INCOMPLETO"
    if regla.condicion == "CANTIDAD_MINIMA":
        return "APLICADA" if unidades >= regla.condicion_valor else "CANTIDAD"
    return "APLICADA" if monto >= Fraction(regla.condicion_valor) else "MONTO"


def _aplicar(regla: Regla, corriente: Fraction) -> Fraction:
    if regla.tipo_regla == "PORCENTAJE":
        corriente -= corriente * Fraction(regla.valor_regla) / 100
    else:
        corriente -= Fraction(regla.valor_regla)
    return max(Fraction(0), Fraction(floor(corriente * MILLON + MEDIO), MILLON))


def _cerrar(
    respuesta: Respuesta, corriente: Fraction, costo: Fraction, decimales: int, *, permiso: bool
) -> None:
    """Round the unit price half up to the currency, and mind the cost."""
    unidades = 10**decimales
    respuesta.final = Fraction(floor(corriente * unidades + MEDIO), unidades)
    if respuesta.final < costo:
        respuesta.autorizado_bajo_costo = permiso
        respuesta.ajustado_a_costo = not permiso
        if not permiso:
            respuesta.final = Fraction(ceil(costo * unidades), unidades)
