"""The floor that leaves tells of a cost what the prices tell, and is enough to price with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gestion_precios import pisos
from gestion_precios.pisos import piso_de, pisos_de
from gestion_precios.reglas import MICROS, Carrito, Ficha, Regla, Reglamento, precio_de

repetible = settings(derandomize=True, deadline=None, max_examples=400, database=None)
YO, OTROS = 1, (2, 3, 4)
Visto = tuple[int, bool, bool]


def gs(guaranies: float) -> int:
    return round(guaranies * MICROS)


def regla(numero: int, valor: int, **campos: object) -> Regla:
    """`valor` per cent off."""
    datos = {"prioridad": numero, "es_porcentaje": True, "valor": valor * 100} | campos
    return Regla(id=numero, nombre="Regla", **datos)  # type: ignore[arg-type]  # as a Regla takes them


@st.composite
def una_regla(draw: st.DrawFn, numero: int) -> Regla:
    combo = draw(st.none() | st.none() | st.frozensets(st.sampled_from((YO, *OTROS)), max_size=3))
    por_monto = draw(st.booleans())
    return regla(
        numero,
        draw(st.integers(-30, 60)),
        por_monto=por_monto,
        umbral=gs(draw(st.integers(0, 400) if por_monto else st.sampled_from((0, 1, 2, 2.5, 3)))),
        combo=combo,
        # A combination that names its target reaches whoever is not of it.
        articulo_id=YO if combo is not None and YO not in combo else None,
        bajo_costo=draw(st.booleans()),
    )


@st.composite
def listas(draw: st.DrawFn) -> tuple[Reglamento, Ficha]:
    reglas = [draw(una_regla(numero)) for numero in range(1, 1 + draw(st.integers(0, 5)))]
    base = draw(st.integers(50, 150))
    ficha = Ficha(YO, gs(base), draw(st.integers(1, 300)) * MICROS // 2)
    return Reglamento("v", 0, {YO: ficha}, reglas), ficha


def carritos(reglamento: Reglamento, ficha: Ficha) -> Iterator[Carrito]:
    """Every cart that somebody could ask about, found without the engine's ideas of steps."""
    montos = {regla.umbral for regla in reglamento.reglas if regla.por_monto}
    for cuantos in range(len(OTROS) + 1):
        for otros in combinations(OTROS, cuantos):
            for cantidad in range(1, 5):
                propio = ficha.base * cantidad
                for monto in {propio, *(m for m in montos if m > propio)}:
                    yield Carrito({YO: cantidad}, frozenset({YO, *otros}), monto)


def vistos(reglamento: Reglamento, ficha: Ficha) -> list[Visto]:
    """What all of them show to whoever may not see costs."""
    precios = (precio_de(reglamento, ficha, carrito) for carrito in carritos(reglamento, ficha))
    return [(p.final, p.autorizado_bajo_costo, p.ajustado_a_costo) for p in precios]


@repetible
@given(lista=listas())
def test_the_floor_gives_every_cart_what_the_cost_gives(lista: tuple[Reglamento, Ficha]) -> None:
    reglamento, ficha = lista
    dicho = replace(ficha, costo=piso_de(reglamento, ficha) or 0)
    assert vistos(reglamento, dicho) == vistos(reglamento, ficha)


@repetible
@given(lista=listas(), otro=st.integers(1, 300), cerca=st.integers(-3, 3))
def test_costs_that_sell_alike_have_one_floor(
    lista: tuple[Reglamento, Ficha], otro: int, cerca: int
) -> None:
    reglamento, ficha = lista
    costo = ficha.costo + cerca * MICROS if cerca else otro * MICROS // 2
    otra = replace(ficha, costo=max(costo, 1))
    assume(vistos(reglamento, otra) == vistos(reglamento, ficha))
    assert piso_de(reglamento, otra) == piso_de(reglamento, ficha)


@repetible
@given(lista=listas())
def test_where_the_floor_is_the_cost_somebody_sells_at_it(lista: tuple[Reglamento, Ficha]) -> None:
    reglamento, ficha = lista
    # Whole guaraníes: what is rounded up to them is told by the prices too.
    exacto = -(-ficha.costo // MICROS) * MICROS
    todos = vistos(reglamento, ficha)
    bajo = [final for final, autorizado, _ajustado in todos if autorizado]
    cruza_sin_permiso = any(ajustado for _final, _autorizado, ajustado in todos)
    justo_encima = max(bajo) + MICROS if bajo else None
    assert piso_de(reglamento, ficha) == (exacto if cruza_sin_permiso else justo_encima)


@pytest.mark.parametrize(
    ("costo", "reglas", "piso"),
    [
        (70, [regla(1, 30)], None),  # it may be equal
        (71, [regla(1, 30)], 71),
        (70.01, [regla(1, 30)], 71),
        (90, [regla(1, 30, bajo_costo=True)], 71),  # sold at 70: the cost is more, and no more
        (75, [regla(1, 30, bajo_costo=True)], 71),
        (101, [regla(1, 30, bajo_costo=True)], 71),  # always fires: nobody pays the base
        # Four of them pay 70 with permission; one alone would pay the cost.
        (101, [regla(1, 30, bajo_costo=True, umbral=gs(4))], 101),
        (90, [regla(1, 30, bajo_costo=True, umbral=gs(4)), regla(2, 5)], 68),
        (80, [regla(1, -50), regla(2, 40)], None),  # the surcharge always fires first
        (80, [regla(1, 40, combo=frozenset())], None),  # nobody completes it
        (80, [regla(1, 40, combo=frozenset({YO, 9}))], 80),
        (80, [regla(1, 15, umbral=gs(4)), regla(2, 15, por_monto=True, umbral=gs(900))], 80),
        # Whoever reaches the amount has the other's permission.
        (
            80,
            [
                regla(1, 30, por_monto=True, umbral=gs(900)),
                regla(2, 0, por_monto=True, umbral=gs(500), bajo_costo=True),
            ],
            71,
        ),
        (0, [regla(1, 100)], None),
    ],
)
def test_by_hand(costo: float, reglas: list[Regla], piso: float | None) -> None:
    ficha = Ficha(YO, gs(100), gs(costo))
    reglamento = Reglamento("v", 0, {YO: ficha}, reglas)
    assert piso_de(reglamento, ficha) == (None if piso is None else gs(piso))


def test_of_too_many_carts_the_cost_is_told_as_it_always_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ficha = Ficha(YO, gs(100), gs(90))
    combos = [regla(n, 1, combo=frozenset({YO, n}), bajo_costo=True) for n in range(10, 18)]
    reglamento = Reglamento("v", 0, {YO: ficha}, [regla(1, 30, bajo_costo=True), *combos])
    assert piso_de(reglamento, ficha) == gs(71)
    monkeypatch.setattr(pisos, "CARRITOS", 100)
    assert piso_de(reglamento, ficha) == gs(90)


def test_a_list_has_a_second_and_then_its_costs_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fichas = {n: Ficha(n, gs(100), gs(90)) for n in range(1, 5)} | {5: Ficha(5, gs(100), gs(60))}
    reglamento = Reglamento("v", 0, fichas, [regla(n, 20, bajo_costo=True) for n in (1, 2)])
    # 64: two rules, one cart each.
    assert pisos_de(reglamento) == dict.fromkeys(range(1, 5), gs(65))
    monkeypatch.setattr(pisos, "PASOS", 4)
    assert pisos_de(reglamento) == {1: gs(65), 2: gs(65), 3: gs(90), 4: gs(90)}
