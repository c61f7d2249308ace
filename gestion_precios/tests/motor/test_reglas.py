"""The engine's edges; the usual cases, with their numbers, are in docs/precios.md."""

from __future__ import annotations

from typing import Any

import pytest

from gestion_precios.motor.reglas import (
    MICROS,
    Carrito,
    Codigo,
    Precio,
    Regla,
    Reglamento,
    Renglon,
    armar_carrito,
    cotizar,
    minimo_de,
    precio_de,
)

MIL = 1_000 * MICROS


def regla(regla_id: int = 1, valor: int = 1_000, **otros: Any) -> Regla:
    """10 % off everything unless told otherwise."""
    campos: dict[str, Any] = {"nombre": f"R{regla_id}", "prioridad": 10, "es_porcentaje": True}
    return Regla(id=regla_id, valor=valor, **campos | otros)


def fija(regla_id: int, unidades: int, **otros: Any) -> Regla:
    return regla(regla_id, unidades * MICROS, es_porcentaje=False, **otros)


def reglamento(*reglas: Regla, decimales: int = 0, costo: int = 0) -> Reglamento:
    """Three articles of 1,000: 1 and 2 in group 7, 1 and 3 in line 8."""
    renglones = {
        1: Renglon(1, MIL, costo, 7, 8),
        2: Renglon(2, MIL, costo, 7, None),
        3: Renglon(3, MIL, costo, None, 8),
    }
    return Reglamento("v", decimales, renglones, reglas)


def finales(suyo: Reglamento, *lineas: tuple[int, int], **otros: Any) -> dict[int, int]:
    """Unit prices in whole amounts."""
    precios = cotizar(suyo, lineas or [(1, 1), (2, 1), (3, 1)], **otros)
    return {articulo: precio.final // MICROS for articulo, precio in precios.items()}


def de_uno(suyo: Reglamento, cantidad: int = 1, **otros: Any) -> Precio:
    return cotizar(suyo, [(1, cantidad)], **otros)[1]


@pytest.mark.parametrize(
    ("para_quien", "con_descuento"),
    [
        ({}, {1, 2, 3}),
        ({"articulo_id": 1}, {1}),
        ({"grupo_id": 7}, {1, 2}),
        ({"linea_id": 8}, {1, 3}),
        ({"grupo_id": 7, "linea_id": 8}, {1}),
        ({"articulo_id": 2, "grupo_id": 7}, {2}),
        ({"articulo_id": 2, "linea_id": 8}, set()),
        ({"articulo_id": 3, "grupo_id": 7, "linea_id": 8}, set()),
        ({"combo": frozenset({1, 2})}, {1, 2}),
        ({"combo": frozenset({2})}, {2}),
        ({"combo": frozenset({1, 2}), "articulo_id": 3}, {3}),
        ({"combo": frozenset({1, 2}), "linea_id": 8}, {1, 3}),
        ({"combo": frozenset({1, 9})}, set()),
        ({"combo": frozenset()}, set()),
        ({"combo": frozenset(), "articulo_id": 1}, set()),
    ],
)
def test_whom_a_rule_is_for(para_quien: dict[str, Any], con_descuento: set[int]) -> None:
    precios = finales(reglamento(regla(**para_quien)))
    assert {articulo for articulo, final in precios.items() if final == 900} == con_descuento
    assert set(precios.values()) <= {900, 1_000}


@pytest.mark.parametrize(
    ("para_quien", "alcanza"),
    [
        ({}, True),
        ({"articulo_id": 1}, True),
        ({"articulo_id": 2}, False),
        ({"articulo_id": 2, "grupo_id": 7}, False),
        ({"grupo_id": 6}, False),
        ({"linea_id": 9}, False),
        ({"combo": frozenset({1, 2})}, True),
        ({"combo": frozenset({2, 3})}, False),
        ({"combo": frozenset({2, 3}), "grupo_id": 7}, True),
        ({"combo": frozenset({1, 3}), "articulo_id": 3}, False),
    ],
)
def test_a_rule_tells_by_itself_whom_it_is_for(para_quien: dict[str, Any], alcanza: bool) -> None:
    suya = regla(**para_quien)
    assert suya.alcanza(reglamento().renglones[1]) is alcanza
    assert suya.con_blanco is bool(para_quien.keys() - {"combo"})


def test_rules_fire_by_priority_and_then_by_id_however_they_are_given() -> None:
    por_prioridad = reglamento(fija(1, 100, prioridad=20), regla(2, 5_000, prioridad=-5))
    assert finales(por_prioridad)[1] == 400
    por_id = reglamento(fija(9, 100), regla(3, 5_000))
    assert finales(por_id)[1] == 400
    al_reves = reglamento(fija(3, 100), regla(9, 5_000))
    assert finales(al_reves)[1] == 450


@pytest.mark.parametrize(("cantidad", "final"), [(11, 1_000), (12, 900), (13, 900)])
def test_a_quantity_fires_at_its_threshold(cantidad: int, final: int) -> None:
    assert finales(reglamento(regla(umbral=12 * MICROS)), (1, cantidad)) == {1: final}


def test_a_quantity_is_the_article_s_own() -> None:
    docena = reglamento(regla(umbral=12 * MICROS))
    assert finales(docena, (1, 6), (2, 11), (1, 6)) == {1: 900, 2: 1_000}


@pytest.mark.parametrize(("aparte", "final"), [(-1, 1_000), (0, 900), (1, 900)])
def test_an_amount_is_the_whole_order_s_to_the_micro(aparte: int, final: int) -> None:
    por_monto = reglamento(regla(por_monto=True, umbral=10 * MIL))
    lineas = [(1, 3), (2, 4), (77, 500)]
    assert finales(por_monto, *lineas, aparte=3 * MIL + aparte) == {1: final, 2: final}


def test_an_amount_is_measured_before_rules() -> None:
    por_monto = reglamento(
        fija(1, 900, prioridad=1), regla(2, por_monto=True, umbral=2 * MIL, prioridad=2)
    )
    assert finales(por_monto, (1, 2)) == {1: 90}


def test_a_combination_ignores_its_rule_s_condition() -> None:
    combo = reglamento(regla(combo=frozenset({1, 2}), umbral=50 * MICROS))
    assert finales(combo, (1, 1), (2, 1)) == {1: 900, 2: 900}
    assert finales(combo, (1, 60)) == {1: 1_000}


def test_the_article_asked_about_completes_its_combination() -> None:
    combo = reglamento(regla(combo=frozenset({1, 2})))
    carrito = Carrito(unidades={1: 1}, presentes=frozenset({2}), monto=MIL)
    assert precio_de(combo, combo.renglones[1], carrito).final == 900 * MICROS


def test_what_the_list_lacks_has_no_price_and_completes_combinations() -> None:
    combo = reglamento(regla(combo=frozenset({1, 77})))
    assert finales(combo, (77, 2), (1, 1)) == {1: 900}
    assert cotizar(combo, []) == {}


def test_inactive_rules_neither_fire_nor_allow() -> None:
    apagada = regla(valor=5_000, bajo_costo=True, activa=False)
    precio = de_uno(reglamento(apagada, costo=MIL + 1, decimales=2))
    assert precio.final == MIL + 10_000
    assert precio.ajustado_a_costo is True
    assert precio.aplicadas == ()


def test_only_a_rule_that_fired_lifts_the_floor() -> None:
    no_llega = regla(2, bajo_costo=True, umbral=2 * MICROS)
    descuento = regla(1, 5_000)
    assert de_uno(reglamento(descuento, no_llega, costo=800 * MICROS)).final == 800 * MICROS
    llega = de_uno(reglamento(descuento, no_llega, costo=800 * MICROS), cantidad=2)
    assert llega.final == 450 * MICROS
    assert (llega.autorizado_bajo_costo, llega.ajustado_a_costo) == (True, False)


def test_permission_is_not_a_flag_when_the_price_is_not_under_its_cost() -> None:
    precio = de_uno(reglamento(regla(bajo_costo=True), costo=900 * MICROS))
    assert precio.final == 900 * MICROS
    assert (precio.autorizado_bajo_costo, precio.ajustado_a_costo) == (False, False)


def test_a_discount_of_more_than_everything_is_free_and_no_less() -> None:
    assert finales(reglamento(regla(valor=20_000), fija(2, -50, prioridad=11)))[1] == 50
    assert finales(reglamento(fija(1, 5_000), fija(2, -50, prioridad=11)))[1] == 50


def test_the_trace_has_every_rule_in_order_with_the_running_price() -> None:
    suyo = reglamento(
        regla(1, 5_000, prioridad=1),
        regla(2, umbral=12 * MICROS, prioridad=2),
        regla(3, articulo_id=2, prioridad=3),
        regla(4, activa=False, prioridad=4),
        regla(5, por_monto=True, umbral=5 * MIL, prioridad=5),
        regla(6, combo=frozenset({2, 3}), prioridad=6),
        regla(7, combo=frozenset({1, 2, 3}), prioridad=7),
        fija(8, -100, prioridad=8),
        costo=700 * MICROS,
    )
    assert [
        (p.codigo, p.antes, p.despues, p.medido, p.umbral, p.faltan, p.aplicada)
        for p in de_uno(suyo, explicar=True).traza or ()
    ] == [
        (Codigo.APLICADA, MIL, MIL // 2, MICROS, 0, (), True),
        (Codigo.CANTIDAD, MIL // 2, MIL // 2, MICROS, 12 * MICROS, (), False),
        (Codigo.FUERA_DE_ALCANCE, None, None, None, None, (), False),
        (Codigo.INACTIVA, None, None, None, None, (), False),
        (Codigo.MONTO, MIL // 2, MIL // 2, MIL, 5 * MIL, (), False),
        (Codigo.NO_ES_PARTE_DEL_COMBO, None, None, None, None, (), False),
        (Codigo.COMBO_INCOMPLETO, MIL // 2, MIL // 2, MICROS, 3 * MICROS, (2, 3), False),
        (Codigo.APLICADA, MIL // 2, 600 * MICROS, MICROS, 0, (), True),
        (Codigo.PISO_COSTO, 600 * MICROS, 700 * MICROS, 600 * MICROS, 700 * MICROS, (), True),
    ]


def test_the_missing_members_are_told_in_the_order_of_their_ids() -> None:
    combo = regla(combo=frozenset({1, 33, 2, 65}))
    (paso,) = de_uno(reglamento(combo), explicar=True).traza or ()
    assert paso.faltan == (2, 33, 65)


def test_a_combination_of_nobody_is_never_complete() -> None:
    vacio = regla(combo=frozenset(), articulo_id=1, umbral=5 * MICROS)
    (paso,) = de_uno(reglamento(vacio), cantidad=9, explicar=True).traza or ()
    assert (paso.codigo, paso.medido, paso.umbral) == (Codigo.COMBO_INCOMPLETO, 0, 0)


def test_half_a_micro_is_a_micro() -> None:
    assert [regla(valor=valor).aplicar(1) for valor in (4_999, 5_000, 5_001)] == [1, 1, 0]


def test_the_floor_of_the_trace_names_who_lifts_it() -> None:
    remate = regla(1, 5_000, bajo_costo=True)
    otra = regla(2, bajo_costo=True, activa=False)
    (*_, piso) = de_uno(reglamento(remate, otra, costo=MIL), explicar=True).traza or ()
    assert (piso.regla, piso.codigo, piso.aplicada) == (None, Codigo.PISO_COSTO, False)
    assert piso.autorizan == (remate,)
    assert (piso.antes, piso.despues) == (500 * MICROS, 500 * MICROS)


def test_without_explain_there_is_no_trace() -> None:
    assert de_uno(reglamento(regla())).traza is None
    assert de_uno(reglamento(), explicar=True).traza == ()


def test_the_minimum_is_every_discount_and_no_surcharge() -> None:
    suyo = reglamento(
        fija(1, -500, prioridad=1),
        regla(2, 1_000, umbral=12 * MICROS, prioridad=2),
        fija(3, 100, combo=frozenset({1, 2}), prioridad=3),
        regla(4, 9_000, activa=False, prioridad=4),
        regla(5, 9_000, articulo_id=2, prioridad=5),
        costo=900 * MICROS,
    )
    assert minimo_de(suyo, suyo.renglones[1]) == 800 * MICROS


def test_a_cart_adds_up_what_the_list_prices() -> None:
    carrito = armar_carrito(reglamento(), [(1, 2), (77, 3), (1, 1), (2, 5)], aparte=7)
    assert carrito == Carrito({1: 3, 77: 3, 2: 5}, frozenset({1, 77, 2}), 8 * MIL + 7)


@pytest.mark.parametrize(("decimales", "unidad"), [(0, 1_000_000), (2, 10_000), (6, 1)])
def test_the_currency_s_unit(decimales: int, unidad: int) -> None:
    assert reglamento(decimales=decimales).unidad == unidad


def test_amounts_beyond_any_float_are_exact() -> None:
    base = 999_999_999_999_990_000
    suyo = Reglamento("v", 2, {1: Renglon(1, base)}, [regla(valor=1)])
    assert cotizar(suyo, [(1, 1_000_000)])[1].final == 999_899_999_999_990_000
