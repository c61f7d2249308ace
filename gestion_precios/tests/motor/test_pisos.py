"""The floor that leaves is a price that somebody pays, and is enough to price with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gestion_precios.motor import pisos
from gestion_precios.motor.pisos import NINGUNO, piso_de, pisos_de
from gestion_precios.motor.reglas import MICROS, Carrito, Regla, Reglamento, Renglon, precio_de

repetible = settings(derandomize=True, deadline=None, max_examples=400, database=None)
YO, OTROS = 1, (2, 3, 4)


def gs(guaranies: float) -> int:
    return round(guaranies * MICROS)


def regla(numero: int, valor: int, **campos: object) -> Regla:
    """`valor` per cent off."""
    datos = {"prioridad": numero, "es_porcentaje": True, "valor": valor * 100} | campos
    return Regla(id=numero, nombre="Regla", **datos)  # type: ignore[arg-type]  # as a Regla takes them


def de_paso(**campos: object) -> Regla:
    """Takes nothing off, and lets go below cost."""
    return regla(90, 0, bajo_costo=True, **campos)


DOS_COMBOS = [regla(n, 20, combo=frozenset({YO, n})) for n in (8, 9)]
DESIGUALES = [regla(n, valor, combo=frozenset({YO, n})) for n, valor in ((8, 20), (9, 10))]


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
def listas(draw: st.DrawFn) -> tuple[Reglamento, Renglon]:
    reglas = [draw(una_regla(numero)) for numero in range(1, 1 + draw(st.integers(0, 5)))]
    base = draw(st.integers(50, 150))
    renglon = Renglon(YO, gs(base), draw(st.integers(1, 300)) * MICROS // 2)
    return Reglamento("v", 0, {YO: renglon}, reglas), renglon


def carritos(reglamento: Reglamento, renglon: Renglon) -> Iterator[Carrito]:
    """Every cart that somebody could ask about, found without the engine's ideas of steps."""
    montos = {regla.umbral for regla in reglamento.reglas if regla.por_monto}
    for cuantos in range(len(OTROS) + 1):
        for otros in combinations(OTROS, cuantos):
            for cantidad in range(1, 5):
                propio = renglon.base * cantidad
                for monto in {propio, *(m for m in montos if m > propio)}:
                    yield Carrito({YO: cantidad}, frozenset({YO, *otros}), monto)


def vendidos(reglamento: Reglamento, renglon: Renglon) -> list[tuple[int, bool]]:
    """What all of them are sold at, and whether that was raised to the cost."""
    precios = (precio_de(reglamento, renglon, carrito) for carrito in carritos(reglamento, renglon))
    return [(precio.final, precio.ajustado_a_costo) for precio in precios]


@repetible
@given(lista=listas())
def test_the_floor_gives_every_cart_what_the_cost_gives(lista: tuple[Reglamento, Renglon]) -> None:
    reglamento, renglon = lista
    dicho = replace(renglon, costo=piso_de(reglamento, renglon) or 0)
    assert vendidos(reglamento, dicho) == vendidos(reglamento, renglon)


@repetible
@given(lista=listas(), otro=st.integers(1, 300), cerca=st.integers(-3, 3))
def test_costs_that_sell_alike_have_one_floor(
    lista: tuple[Reglamento, Renglon], otro: int, cerca: int
) -> None:
    reglamento, renglon = lista
    costo = renglon.costo + cerca * MICROS if cerca else otro * MICROS // 2
    otra = replace(renglon, costo=max(costo, 1))
    assume(vendidos(reglamento, otra) == vendidos(reglamento, renglon))
    assert piso_de(reglamento, otra) == piso_de(reglamento, renglon)


@repetible
@given(lista=listas())
def test_a_floor_is_a_price_that_somebody_pays(lista: tuple[Reglamento, Renglon]) -> None:
    reglamento, renglon = lista
    alzados = {final for final, ajustado in vendidos(reglamento, renglon) if ajustado}
    assert {piso_de(reglamento, renglon)} == (alzados or {NINGUNO})


@repetible
@given(lista=listas(), maneras=st.integers(0, 3), cuantos=st.integers(0, 2))
def test_a_search_cut_short_tells_no_cost_that_nobody_pays(
    lista: tuple[Reglamento, Renglon], maneras: int, cuantos: int
) -> None:
    reglamento, renglon = lista
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(pisos, "MANERAS", maneras)
        parche.setattr(pisos, "CARRITOS", cuantos)
        corto = piso_de(reglamento, renglon)
    # Cut short or not, what is told is the same, or that only the server knows.
    assert corto in {None, piso_de(reglamento, renglon)}


@pytest.mark.parametrize(
    ("costo", "reglas", "piso"),
    [
        (70, [regla(1, 30)], None),  # it may be equal
        (71, [regla(1, 30)], 71),
        (70.01, [regla(1, 30)], 71),
        (90, [regla(1, 30, bajo_costo=True)], None),  # always allowed: nobody is raised to it
        (101, [regla(1, 30, bajo_costo=True)], None),  # nor pays the base
        (101, [regla(1, 30, bajo_costo=True, umbral=gs(1))], None),
        (101, [regla(1, 30, bajo_costo=True, combo=frozenset({YO}))], None),
        (101, [regla(1, 30, bajo_costo=True, por_monto=True, umbral=gs(100))], None),
        (101, [regla(1, 30, bajo_costo=True, por_monto=True, umbral=gs(101))], 101),
        # Four of them pay 70 with permission; one alone would pay the cost.
        (101, [regla(1, 30, bajo_costo=True, umbral=gs(4))], 101),
        (90, [regla(1, 30, bajo_costo=True, umbral=gs(4)), regla(2, 5)], None),
        # Three pay 85.5 without permission; four may go on.
        (90, [regla(1, 30, bajo_costo=True, umbral=gs(4)), regla(2, 15, umbral=gs(3))], 90),
        (80, [regla(1, -50), regla(2, 40)], None),  # the surcharge always fires first
        (80, [regla(1, 40, combo=frozenset())], None),  # nobody completes it
        (80, [regla(1, 40, combo=frozenset({YO, 9}))], 80),
        # A surcharge that comes with a discount is worth taking, or not.
        (80, [regla(1, 40, combo=frozenset({YO, 9})), regla(2, -10, combo=frozenset({YO, 9}))], 80),
        (
            65,
            [regla(1, 40, combo=frozenset({YO, 9})), regla(2, -10, combo=frozenset({YO, 9}))],
            None,
        ),
        (85, [*DOS_COMBOS, regla(3, -60, combo=frozenset({YO, 8, 9}))], 85),
        (75, [*DOS_COMBOS, regla(3, -60, combo=frozenset({YO, 8, 9}))], None),
        (85, [*DOS_COMBOS, regla(3, 60, combo=frozenset({YO, 8, 9}), bajo_costo=True)], 85),
        (75, [*DOS_COMBOS, regla(3, 60, combo=frozenset({YO, 8, 9}), bajo_costo=True)], None),
        (85, [*DESIGUALES, regla(3, 0, combo=frozenset({YO, 8, 9}), bajo_costo=True)], 85),
        (85, [*DESIGUALES, regla(3, -60, combo=frozenset({YO, 8, 9}))], 85),
        # Of two surcharges the second alone is worth avoiding.
        (
            60,
            [
                *DESIGUALES,
                regla(3, 40, combo=frozenset({YO, 7})),
                regla(4, -5, combo=frozenset({YO, 7})),
                regla(5, -60, combo=frozenset({YO, 9})),
            ],
            60,
        ),
        (85, [regla(1, 30, umbral=gs(4)), regla(2, -20, umbral=gs(4))], 85),
        (80, [regla(1, 30, umbral=gs(4)), regla(2, -20, umbral=gs(4))], None),
        (75, [regla(1, 30, umbral=gs(3)), regla(2, -20, umbral=gs(4))], 75),
        # Four come to 400, and pay the surcharge.
        (80, [regla(1, 30, umbral=gs(4)), regla(2, -20, por_monto=True, umbral=gs(400))], None),
        (80, [regla(1, 30, umbral=gs(4)), regla(2, -20, por_monto=True, umbral=gs(401))], 80),
        (
            80,
            [
                regla(1, 30, umbral=gs(4)),
                regla(2, -20, por_monto=True, umbral=gs(401)),
                de_paso(por_monto=True, umbral=gs(500)),
            ],
            80,
        ),
        (80, [regla(1, 30, umbral=gs(4)), de_paso(por_monto=True, umbral=gs(400))], None),
        (80, [regla(1, 30, umbral=gs(4)), de_paso(por_monto=True, umbral=gs(401))], 80),
        (80, [regla(1, 15, umbral=gs(4)), regla(2, 15, por_monto=True, umbral=gs(900))], 80),
        # Whoever reaches the amount has the other's permission.
        (
            80,
            [
                regla(1, 30, por_monto=True, umbral=gs(900)),
                regla(2, 0, por_monto=True, umbral=gs(500), bajo_costo=True),
            ],
            None,
        ),
        (0, [regla(1, 100)], None),
    ],
)
def test_by_hand(costo: float, reglas: list[Regla], piso: float | None) -> None:
    renglon = Renglon(YO, gs(100), gs(costo))
    reglamento = Reglamento("v", 0, {YO: renglon}, reglas)
    assert piso_de(reglamento, renglon) == (NINGUNO if piso is None else gs(piso))


@repetible
@given(lista=listas(), costos=st.lists(st.integers(1, 150), min_size=3, max_size=3))
def test_what_is_told_of_an_article_is_the_same_whoever_else_is_in_the_list(
    lista: tuple[Reglamento, Renglon], costos: list[int]
) -> None:
    reglamento, renglon = lista
    otras = {n: Renglon(n, renglon.base, gs(costo)) for n, costo in zip(OTROS, costos, strict=True)}
    renglones = {YO: renglon} | otras
    todos = Reglamento("v", 0, renglones, reglamento.reglas)
    solos = {
        n: piso_de(Reglamento("v", 0, {n: f}, reglamento.reglas), f) for n, f in renglones.items()
    }
    assert pisos_de(todos) == {n: piso for n, piso in solos.items() if piso != NINGUNO}


def test_members_of_a_combination_need_each_other() -> None:
    renglones = {n: Renglon(n, gs(100), gs(80)) for n in (YO, 2, 3)}
    reglas = [regla(1, 40, combo=frozenset({YO, 2})), regla(2, 5)]
    assert pisos_de(Reglamento("v", 0, renglones, reglas)) == {YO: gs(80), 2: gs(80)}


def test_what_is_left_over_is_the_servers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    combos = [regla(n, 3, combo=frozenset({YO, n})) for n in range(10, 20)]
    permisos = [regla(30, 0, combo=frozenset({YO, *range(10, 15)}), bajo_costo=True)]
    reglas = [regla(1, 10), *combos, *permisos]
    renglones = {n: Renglon(n, gs(100), gs(costo)) for n, costo in ((YO, 67), (2, 91), (3, 89))}
    reglamento = Reglamento("v", 0, renglones, reglas)
    # Nine of the ten discounts of 3 % leave 68.4, all ten would leave 66.
    assert pisos_de(reglamento) == {2: gs(91)}
    monkeypatch.setattr(pisos, "MANERAS", 3)
    # The others are decided as they were.
    assert pisos_de(reglamento) == {YO: None, 2: gs(91)}


def test_a_clearance_with_steps_of_units_and_amounts_tells_no_cost_of_20_000() -> None:
    unidades = [regla(n, 1, umbral=gs(6 * 2**n)) for n in range(6)]
    montos = [regla(10 + n, 1, por_monto=True, umbral=gs(100_000 * (n + 1))) for n in range(5)]
    renglones = {n: Renglon(n, gs(10_000), gs(9_001 + n % 900)) for n in range(1, 20_001)}
    lista = [*unidades, *montos, regla(30, 20, bajo_costo=True)]
    assert pisos_de(Reglamento("v", 0, renglones, lista)) == {}
    # Where the clearance asks for three, two are sold without it, and are not below their cost.
    lista = [*unidades, regla(30, 20, umbral=gs(3), bajo_costo=True)]
    assert pisos_de(Reglamento("v", 0, renglones, lista)) == {}


@pytest.mark.parametrize("cuantas", [3, 8, 9, 10, 50])
def test_combinations_of_two_are_never_too_many(cuantas: int) -> None:
    combos = [regla(100 + n, 1, combo=frozenset({YO, 1_000 + n})) for n in range(cuantas)]
    unidades = [regla(n, 1, umbral=gs(u)) for n, u in enumerate((6, 12, 24), 1)]
    renglon = Renglon(YO, gs(10_000), gs(9_321))

    def piso(remate: Regla) -> int | None:
        return piso_de(Reglamento("v", 0, {YO: renglon}, [*unidades, *combos, remate]), renglon)

    assert piso(regla(20, 30, bajo_costo=True)) == NINGUNO
    # With the clearance only from five units on, four may have all the combinations.
    suficientes = 10_000 * 0.99**cuantas < 9_321
    remate = regla(20, 30, umbral=gs(5), bajo_costo=True)
    assert piso(remate) == (gs(9_321) if suficientes else NINGUNO)
