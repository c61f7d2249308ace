"""Random rulebooks and carts for the laws: small sets, so that everything meets everything.

Hypothesis draws a seed and the sizes, which it can shrink; the rest comes from the seed, ten times
faster than drawn piece by piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import strategies as st

from gestion_precios.motor.reglas import MICROS, Precio, Reglamento, Renglon, cotizar
from gestion_precios.motor.reglas import Regla as ReglaCompilada
from gestion_precios.tests.motor.ingenua import Articulo, Regla

ARTICULOS = range(1, 7)
CENTAVO = Decimal("0.01")
Lineas = list[tuple[int, int]]
CLASES = (None, 1, 2, 3)


@dataclass(frozen=True)
class Caso:
    """A list, what a cart has of it and, `aparte`, what it has of other prices."""

    lista: dict[int, Articulo]
    reglas: list[Regla]
    decimales: int
    lineas: Lineas
    aparte: Decimal

    def con(self, *, reglas: Sequence[Regla] | None = None, lineas: Lineas | None = None) -> Caso:
        """The same with other rules or lines."""
        return replace(self, reglas=[*(reglas or self.reglas)], lineas=lineas or self.lineas)

    def reglamento(self) -> Reglamento:
        """The list, compiled."""
        renglones = {
            a.id: Renglon(a.id, micros(a.precio_base), micros(a.ultimo_costo), a.grupo, a.linea)
            for a in self.lista.values()
        }
        return Reglamento(
            "v", self.decimales, renglones, [compilar(regla) for regla in self.reglas]
        )

    def precios(self, *, explicar: bool = False) -> dict[int, Precio]:
        """What the engine says."""
        return cotizar(
            self.reglamento(), self.lineas, aparte=micros(self.aparte), explicar=explicar
        )

    def finales(self) -> dict[int, int]:
        """What the engine says each article costs."""
        return {articulo: precio.final for articulo, precio in self.precios().items()}


def compilar(regla: Regla) -> ReglaCompilada:
    """The engine's integers of a rule."""
    porcentaje = regla.tipo_regla == "PORCENTAJE"
    return ReglaCompilada(
        id=regla.id,
        nombre=f"Regla {regla.id}",
        prioridad=regla.prioridad,
        es_porcentaje=porcentaje,
        valor=int(regla.valor_regla * 100) if porcentaje else micros(regla.valor_regla),
        por_monto=regla.condicion == "MONTO_MINIMO",
        umbral=micros(regla.condicion_valor),
        articulo_id=regla.aplica_articulo,
        grupo_id=regla.aplica_grupo,
        linea_id=regla.aplica_linea,
        combo=regla.aplica_combinacion,
        bajo_costo=regla.permite_venta_bajo_costo,
        activa=regla.activa,
    )


def micros(monto: Decimal) -> int:
    """An amount, or so many units, as the engine counts them."""
    return int(monto * MICROS)


def fraccion(monto: int | None) -> Fraction:
    """Micros as an exact amount."""
    assert monto is not None
    return Fraction(monto, MICROS)


def casos(*, reglas: int = 8) -> st.SearchStrategy[Caso]:
    """Lists of six articles at most, some without a price, so many rules, carts of them all."""
    return st.builds(
        caso,
        st.integers(0, 2**32),
        cuantas_reglas=st.integers(0, reglas),
        cuantas_lineas=st.integers(1, 7),
        decimales=st.sampled_from([0, 2]),
    )


def caso(semilla: int, *, cuantas_reglas: int, cuantas_lineas: int, decimales: int) -> Caso:
    """The case of a seed."""
    azar = Random(semilla)
    lista = {n: _articulo(azar, n) for n in ARTICULOS if azar.random() < 0.85}
    aparte = azar.choice([Decimal(0), _centavos(azar, 0, 50_000)])
    # Each of its own seed: fewer of them are the first of them.
    azar = Random(semilla + 1)
    lineas = [
        (azar.choice(ARTICULOS), azar.randint(1, azar.choice([4, 5_000])))
        for _ in range(cuantas_lineas)
    ]
    monto = aparte + sum(lista[a].precio_base * n for a, n in lineas if a in lista)
    azar = Random(semilla + 2)
    suyas = [_regla(azar, n, lineas, monto) for n in range(1, cuantas_reglas + 1)]
    return Caso(lista, suyas[::-1], decimales, lineas, aparte)


def _articulo(azar: Random, articulo_id: int) -> Articulo:
    base = azar.choice([_centavos(azar, 1, 20_000), Decimal(azar.randint(1, 900) * 100)])
    costo = azar.choice([Decimal(0), _centavos(azar, 1, 20_000), base])
    return Articulo(articulo_id, base, costo, azar.choice(CLASES), azar.choice(CLASES))


def _regla(azar: Random, regla_id: int, lineas: Lineas, monto: Decimal) -> Regla:
    """A rule whose threshold, often, is exactly what the cart has, or one more, or one less."""
    por_monto, porcentaje = azar.random() < 0.5, azar.random() < 0.5
    para_quien = azar.choice(["todo", "uno", "dos", "tres"])
    combo = frozenset(azar.choices(ARTICULOS, k=azar.randint(0, 3)))
    return Regla(
        id=regla_id,
        tipo_regla="PORCENTAJE" if porcentaje else "MONTO_FIJO",
        valor_regla=_centavos(azar, -3_000 if porcentaje else -5_000, 12_000),
        condicion="MONTO_MINIMO" if por_monto else "CANTIDAD_MINIMA",
        condicion_valor=_umbral_de_monto(azar, monto) if por_monto else _umbral(azar, lineas),
        aplica_articulo=azar.choice(ARTICULOS) if para_quien in {"uno", "tres"} else None,
        aplica_grupo=azar.choice(CLASES) if para_quien in {"dos", "tres"} else None,
        aplica_linea=azar.choice(CLASES) if para_quien == "dos" else None,
        aplica_combinacion=combo if azar.random() < 0.35 else None,
        prioridad=azar.randint(-1, 3),
        permite_venta_bajo_costo=azar.random() < 0.25,
        activa=azar.random() < 0.8,
    )


def _umbral_de_monto(azar: Random, monto: Decimal) -> Decimal:
    cerca = azar.choice([monto, monto, _centavos(azar, 0, 400_000)])
    return max(Decimal(0), cerca + azar.choice([Decimal(0), Decimal(0), CENTAVO, -CENTAVO]))


def _umbral(azar: Random, lineas: Lineas) -> Decimal:
    articulo, cantidad = azar.choice(lineas)
    todas = sum(n for suyo, n in lineas if suyo == articulo)
    cerca = Decimal(azar.choice([cantidad, todas]))
    return cerca + Decimal(azar.choice(["0", "0", "1", "-1", "0.5", "0.01", "-0.01"]))


def _centavos(azar: Random, minimo: int, maximo: int) -> Decimal:
    """An amount with two decimals, which a currency without any may be given as well."""
    return azar.randint(minimo, maximo) * CENTAVO
