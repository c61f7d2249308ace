"""The laws of pricing, over random rulebooks and carts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from gestion_precios.motor.reglas import (
    MICROS,
    Codigo,
    Precio,
    Reglamento,
    armar_carrito,
    cotizar,
    minimo_de,
    precio_de,
)
from gestion_precios.tests.casos import CENTAVO, Caso, casos, fraccion, micros
from gestion_precios.tests.casos import caso as caso_de
from gestion_precios.tests.motor import ingenua

repetible = settings(derandomize=True, deadline=None, database=None, max_examples=500)
muchas = settings(repetible, max_examples=2_000)


def unidad(caso: Caso) -> int:
    return int(MICROS // 10**caso.decimales)


def test_the_random_cases_meet_everything() -> None:
    vistos: Counter[str] = Counter()
    for semilla in range(200):
        caso = caso_de(semilla, cuantas_reglas=6, cuantas_lineas=4, decimales=semilla % 2 * 2)
        for precio in caso.precios(explicar=True).values():
            vistos.update(paso.codigo for paso in precio.traza or ())
            vistos["autorizado"] += precio.autorizado_bajo_costo
            vistos["ajustado"] += precio.ajustado_a_costo
            vistos["varias"] += len(precio.aplicadas) > 1
            vistos["gratis"] += precio.final == 0
    assert {*Codigo, "autorizado", "ajustado", "varias", "gratis"} == {
        que for que, veces in vistos.items() if veces > 10
    }


@muchas
@given(casos())
def test_the_compiled_engine_is_the_naive_one(caso: Caso) -> None:
    precios = caso.precios(explicar=True)
    assert set(precios) == {articulo for articulo, _ in caso.lineas} & set(caso.lista)
    for articulo, precio in precios.items():
        esperado = ingenua.precio(
            caso.lista[articulo], caso.lineas, caso.lista, caso.reglas, caso.decimales, caso.aparte
        )
        assert fraccion(precio.final) == esperado.final
        assert [
            (paso.regla and paso.regla.id, fraccion(paso.antes), fraccion(paso.despues))
            for paso in precio.aplicadas
        ] == esperado.pasos
        assert precio.autorizado_bajo_costo is esperado.autorizado_bajo_costo
        assert precio.ajustado_a_costo is esperado.ajustado_a_costo
        de_reglas = [paso for paso in precio.traza or () if paso.regla]
        # In firing order, the same code for each, and the same articles missing.
        assert [(p.regla and p.regla.id, p.codigo) for p in de_reglas] == [
            *esperado.codigos.items()
        ]
        assert {
            p.regla.id: [*p.faltan]
            for p in de_reglas
            if p.regla and p.codigo is Codigo.COMBO_INCOMPLETO
        } == esperado.faltan


@repetible
@given(casos(), st.data())
def test_splitting_and_reordering_lines_changes_nothing(caso: Caso, data: st.DataObject) -> None:
    partidas = []
    for articulo, cantidad in caso.lineas:
        primera = data.draw(st.integers(0, cantidad))
        partidas += [(articulo, n) for n in (primera, cantidad - primera) if n]
    revueltas = data.draw(st.permutations(partidas))
    assert caso.con(lineas=revueltas).precios() == caso.precios()


@repetible
@given(casos(), st.data())
def test_the_order_in_which_rules_are_given_changes_nothing(
    caso: Caso, data: st.DataObject
) -> None:
    revueltas = data.draw(st.permutations(caso.reglas))
    assert caso.con(reglas=revueltas).precios(explicar=True) == caso.precios(explicar=True)


@repetible
@given(casos())
def test_a_price_is_never_negative_and_fits_its_currency(caso: Caso) -> None:
    for final in caso.finales().values():
        assert final >= 0
        assert final % unidad(caso) == 0


@repetible
@given(casos())
def test_without_permission_nothing_is_sold_under_its_cost(caso: Caso) -> None:
    permisos = {regla.id for regla in caso.reglas if regla.permite_venta_bajo_costo}
    for articulo, precio in caso.precios().items():
        disparadas = {paso.regla.id for paso in precio.aplicadas if paso.regla}
        piso = ceil(micros(caso.lista[articulo].ultimo_costo) / unidad(caso)) * unidad(caso)
        assert precio.final >= piso or disparadas & permisos
        assert not (precio.autorizado_bajo_costo and precio.ajustado_a_costo)
        if precio.ajustado_a_costo:
            assert precio.final == piso
        if precio.autorizado_bajo_costo:
            assert precio.final < piso


def ajena(caso: Caso, que: str) -> ingenua.Regla:
    """A tempting rule that does not fire for anybody in the cart."""
    regalo = ingenua.Regla(
        id=999, valor_regla=Decimal(100), prioridad=-5, permite_venta_bajo_costo=True
    )
    unidades = sum(cantidad for _, cantidad in caso.lineas)
    monto = caso.aparte + sum(
        caso.lista[articulo].precio_base * cantidad
        for articulo, cantidad in caso.lineas
        if articulo in caso.lista
    )
    return {
        "inactiva": replace(regalo, activa=False),
        "de otro artículo": replace(regalo, aplica_articulo=77),
        "de otro grupo": replace(regalo, aplica_grupo=77),
        "de otra línea": replace(regalo, aplica_linea=77),
        "de otro en su línea": replace(regalo, aplica_articulo=77, aplica_linea=1),
        "por más unidades": replace(regalo, condicion_valor=unidades + CENTAVO),
        "por más monto": replace(regalo, condicion="MONTO_MINIMO", condicion_valor=monto + CENTAVO),
        "de un combo incompleto": replace(
            regalo, aplica_combinacion=frozenset({77, caso.lineas[0][0]})
        ),
        "de un combo ajeno": replace(regalo, aplica_combinacion=frozenset({77})),
        "de un combo vacío": replace(
            regalo, aplica_combinacion=frozenset(), aplica_articulo=caso.lineas[0][0]
        ),
    }[que]


AJENAS = (
    *("inactiva", "de otro artículo", "de otro grupo", "de otra línea", "de otro en su línea"),
    *("por más unidades", "por más monto"),
    *("de un combo incompleto", "de un combo ajeno", "de un combo vacío"),
)


@muchas
@given(casos(), st.sampled_from(AJENAS))
def test_a_rule_that_does_not_match_changes_nothing(caso: Caso, que: str) -> None:
    con_ajena = caso.con(reglas=[*caso.reglas, ajena(caso, que)])
    assert con_ajena.precios() == caso.precios()


@repetible
@given(casos())
def test_explaining_changes_no_price_and_tells_every_rule(caso: Caso) -> None:
    sin_explicar = caso.precios()
    for articulo, precio in caso.precios(explicar=True).items():
        assert precio._replace(traza=None) == sin_explicar[articulo]
        traza = precio.traza
        assert traza is not None
        con_regla = [paso for paso in traza if paso.regla]
        assert tuple(paso for paso in con_regla if paso.aplicada) == precio.aplicadas
        assert len(con_regla) == len(caso.reglas)
        assert [p for p in traza if not p.regla] == [*traza[len(con_regla) :]]
        con_piso = precio.autorizado_bajo_costo or precio.ajustado_a_costo
        assert len(traza) - len(con_regla) == con_piso
        corriente = precio.base
        for paso in con_regla:
            assert paso.antes in (None, corriente)
            corriente = corriente if paso.despues is None else paso.despues


@repetible
@given(casos())
def test_what_did_not_fire_says_how_much_was_missing(caso: Caso) -> None:
    for precio in caso.precios(explicar=True).values():
        for paso in precio.traza or ():
            if paso.codigo in (Codigo.CANTIDAD, Codigo.MONTO):
                assert paso.medido is not None
                assert paso.umbral is not None
                assert paso.medido < paso.umbral
            if paso.codigo is Codigo.APLICADA:
                assert paso.medido is not None
                assert paso.umbral is not None
                assert paso.medido >= paso.umbral


@repetible
@given(casos())
def test_a_single_price_is_a_batch_of_one(caso: Caso) -> None:
    reglamento, aparte = caso.reglamento(), micros(caso.aparte)
    carrito = armar_carrito(reglamento, caso.lineas, aparte=aparte)
    for articulo, precio in caso.precios().items():
        assert precio_de(reglamento, reglamento.renglones[articulo], carrito) == precio
    linea = [caso.lineas[0]]
    if linea[0][0] in caso.lista:
        (solo,) = cotizar(reglamento, linea, aparte=aparte).values()
        renglon = reglamento.renglones[linea[0][0]]
        assert (
            precio_de(reglamento, renglon, armar_carrito(reglamento, linea, aparte=aparte)) == solo
        )


@repetible
@given(casos(), casos())
def test_one_rulebook_gives_one_quote_whatever_it_was_asked_before(caso: Caso, otro: Caso) -> None:
    reglamento: Reglamento = caso.reglamento()
    antes = cotizar(reglamento, caso.lineas, explicar=True)
    cotizar(reglamento, otro.lineas, explicar=True)
    cotizar(reglamento, otro.lineas)
    assert cotizar(reglamento, caso.lineas, explicar=True) == antes
    assert cotizar(caso.reglamento(), caso.lineas, explicar=True) == antes


def _solo(caso: Caso, signo: int) -> Caso:
    reglas = [replace(r, valor_regla=abs(r.valor_regla) * signo) for r in caso.reglas]
    return replace(caso, reglas=reglas)


def _redondo(precio: Precio, caso: Caso) -> int:
    entero, resto = divmod(precio.base, unidad(caso))
    return (entero + (2 * resto >= unidad(caso) and resto > 0)) * unidad(caso)


@repetible
@given(casos())
def test_surcharges_never_lower_a_price_and_discounts_never_raise_it(caso: Caso) -> None:
    for precio in _solo(caso, -1).precios().values():
        assert precio.final >= _redondo(precio, caso)
    for precio in _solo(caso, 1).precios().values():
        assert precio.ajustado_a_costo or precio.final <= _redondo(precio, caso)


@repetible
@given(casos())
def test_no_cart_goes_under_the_minimum_that_discounts_can_reach(caso: Caso) -> None:
    reglamento = caso.reglamento()
    for articulo, precio in caso.precios().items():
        assert precio.final >= minimo_de(reglamento, reglamento.renglones[articulo])


@repetible
@given(casos())
def test_a_discount_and_its_surcharge_of_a_fixed_amount_cancel_out(caso: Caso) -> None:
    recargo = ingenua.Regla(
        id=998, tipo_regla="MONTO_FIJO", valor_regla=Decimal("-7.25"), prioridad=-9
    )
    descuento = replace(recargo, id=999, valor_regla=Decimal("7.25"))
    ambos = caso.con(reglas=[*caso.reglas, recargo, descuento])
    assert ambos.finales() == caso.finales()
