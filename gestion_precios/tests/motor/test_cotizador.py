"""The rulebook that remembers: always what the engine says, asked once for each distinct case."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gestion_precios.motor.cotizador import Cotizador
from gestion_precios.motor.reglas import (
    MICROS,
    Precio,
    Regla,
    Reglamento,
    Renglon,
    cotizar,
    precio_de,
)

ARTICULOS = range(1, 7)
REGLAS = st.builds(
    Regla,
    id=st.integers(1, 99),
    nombre=st.just("r"),
    prioridad=st.just(10),
    es_porcentaje=st.booleans(),
    valor=st.integers(-2_000, 10_000) | st.integers(-5 * MICROS, 5 * MICROS),
    por_monto=st.booleans(),
    umbral=st.integers(0, 9).map(lambda n: n * MICROS // 2) | st.sampled_from([50, 200, 201]),
    articulo_id=st.none() | st.integers(1, 7),
    grupo_id=st.none() | st.none() | st.integers(1, 2),
    linea_id=st.none() | st.none() | st.integers(1, 2),
    combo=st.none() | st.frozensets(st.integers(1, 7), max_size=3),
    bajo_costo=st.booleans(),
    activa=st.booleans() | st.just(True),
).map(lambda r: r if not r.es_porcentaje or r.valor <= 10_000 else _fija(r))
FICHAS = st.builds(
    Renglon,
    articulo_id=st.just(0),
    base=st.integers(1, 40).map(lambda n: n * MICROS),
    costo=st.just(0) | st.integers(0, 40 * MICROS),
    grupo_id=st.none() | st.integers(1, 2),
    linea_id=st.none() | st.integers(1, 2),
)
CARRITOS = st.dictionaries(st.integers(1, 8), st.integers(1, 12), max_size=6)


def _fija(regla: Regla) -> Regla:
    return Regla(1, "r", 10, es_porcentaje=False, valor=regla.valor)


@st.composite
def reglamentos(sacar: st.DrawFn) -> Reglamento:
    renglones = {}
    for articulo in ARTICULOS:
        f = sacar(FICHAS)
        renglones[articulo] = Renglon(articulo, f.base, f.costo, f.grupo_id, f.linea_id)
    return Reglamento("v", sacar(st.sampled_from([0, 2])), renglones, sacar(st.lists(REGLAS)))


def _igual(precio: Precio) -> Precio:
    return precio


@given(reglamento=reglamentos(), pedidos=st.lists(st.tuples(CARRITOS, st.integers(0, 300))))
def test_it_answers_what_the_engine_answers(
    reglamento: Reglamento, pedidos: list[tuple[dict[int, int], int]]
) -> None:
    recordado = Cotizador(reglamento, _igual)
    for unidades, enteros in [*pedidos, *pedidos]:
        aparte = enteros * MICROS
        esperados = cotizar(reglamento, unidades.items(), aparte=aparte)
        precios = recordado.cotizar(unidades, aparte=aparte)
        assert {a: p.final for a, p in precios.items()} == {
            a: p.final for a, p in esperados.items()
        }


def test_the_engine_is_asked_once_for_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    veces: Counter[int] = Counter()

    def contar(reglamento: Reglamento, renglon: Renglon, *resto: Any) -> Precio:
        veces[renglon.articulo_id] += 1
        return precio_de(reglamento, renglon, *resto)

    monkeypatch.setattr("gestion_precios.motor.cotizador.precio_de", contar)
    renglones = {n: Renglon(n, 100 * MICROS) for n in (1, 2)}
    docena = Regla(1, "d", 10, es_porcentaje=True, valor=500, umbral=12 * MICROS, articulo_id=1)
    recordado = Cotizador(Reglamento("v", 0, renglones, [docena]), lambda precio: precio.final)
    for cuantas in range(1, 40):
        precios = recordado.cotizar({1: cuantas, 2: cuantas, 3: 1})
        assert precios == {1: (95 if cuantas >= 12 else 100) * MICROS, 2: 100 * MICROS}
    assert veces == {1: 2, 2: 1}


def test_it_forgets_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gestion_precios.motor.cotizador.RECUERDOS", 3)
    reglas = [
        Regla(n, "r", 10, es_porcentaje=True, valor=100, umbral=n * MICROS) for n in range(1, 20)
    ]
    recordado = Cotizador(Reglamento("v", 0, {1: Renglon(1, MICROS)}, reglas), _igual)
    for cuantas in range(1, 20):
        esperado = cotizar(recordado.reglamento, [(1, cuantas)])
        assert recordado.cotizar({1: cuantas})[1].final == esperado[1].final
        assert recordado._recuerdos <= 3
