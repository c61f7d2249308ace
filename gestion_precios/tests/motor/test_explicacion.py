from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gestion_precios.motor.explicacion import (
    CodigoLista,
    articulos_nombrados,
    descuento,
    enumerar,
    frase_de,
    frase_de_lista,
    frase_de_solape,
)
from gestion_precios.motor.reglas import MICROS, Codigo, Paso, Regla

NOMBRES = {1: "Laptop", 2: "Mouse", 3: "Teclado", 4: "Impresora"}


def regla(valor: int = 3_000, **otros: Any) -> Regla:
    campos: dict[str, Any] = {"id": 1, "nombre": "Promo", "prioridad": 10, "es_porcentaje": True}
    return Regla(valor=valor, **campos | otros)


def paso(codigo: Codigo = Codigo.APLICADA, **otros: Any) -> Paso:
    campos: dict[str, Any] = {"regla": regla(), "antes": 0, "despues": 0}
    return Paso(codigo=codigo, **campos | otros)


def frase(paso: Paso, moneda: str = "PEN", *, ver_costos: bool = True) -> str:
    return frase_de(paso, nombres=NOMBRES, moneda=moneda, ver_costos=ver_costos)


def test_a_percent_that_fired() -> None:
    fired = paso(antes=2_000 * MICROS, despues=1_400 * MICROS)
    assert frase(fired) == "Descuenta 30 %: de S/ 2.000,00 a S/ 1.400,00."


def test_a_percent_with_decimals_leaves_a_price_the_currency_does_not_have_yet() -> None:
    fired = paso(regla=regla(1_250), antes=999 * MICROS, despues=874_125_000)
    assert frase(fired, "PYG") == "Descuenta 12,5 %: de Gs. 999 a Gs. 874,125."


def test_a_fixed_amount_that_fired_is_per_unit() -> None:
    fired = paso(
        regla=regla(25 * MICROS, es_porcentaje=False), antes=120 * MICROS, despues=95 * MICROS
    )
    assert frase(fired) == "Descuenta S/ 25,00 por unidad: de S/ 120,00 a S/ 95,00."
    assert frase(fired, "PYG") == "Descuenta Gs. 25 por unidad: de Gs. 120 a Gs. 95."


def test_a_negative_value_is_a_surcharge() -> None:
    percent = paso(regla=regla(-500), antes=10_000 * MICROS, despues=10_500 * MICROS)
    assert frase(percent, "PYG") == "Recarga 5 %: de Gs. 10.000 a Gs. 10.500."
    fixed = paso(regla=regla(-750_000, es_porcentaje=False), antes=2 * MICROS, despues=2_750_000)
    assert frase(fixed) == "Recarga S/ 0,75 por unidad: de S/ 2,00 a S/ 2,75."


@pytest.mark.parametrize(
    ("pide", "hay", "texto"),
    [
        (3 * MICROS, 1 * MICROS, "Pide 3 unidades y hay 1: faltan 2 unidades."),
        (3 * MICROS, 2 * MICROS, "Pide 3 unidades y hay 2: falta 1 unidad."),
        (1 * MICROS, 0, "Pide 1 unidad y hay 0: falta 1 unidad."),
        (2_500_000, 2 * MICROS, "Pide 2,5 unidades y hay 2: falta 1 unidad."),
        (500_000, 0, "Pide 0,5 unidades y hay 0: falta 1 unidad."),
        (12_000 * MICROS, 0, "Pide 12.000 unidades y hay 0: faltan 12.000 unidades."),
    ],
)
def test_too_few_units_say_how_many_more(pide: int, hay: int, texto: str) -> None:
    assert frase(paso(Codigo.CANTIDAD, medido=hay, umbral=pide)) == texto


@pytest.mark.parametrize(
    ("moneda", "pide", "hay", "texto"),
    [
        (
            "PYG",
            500_000 * MICROS,
            420_000 * MICROS,
            "Pide un pedido de Gs. 500.000 y va en Gs. 420.000: faltan Gs. 80.000.",
        ),
        (
            "PEN",
            5_000 * MICROS,
            540 * MICROS,
            "Pide un pedido de S/ 5.000,00 y va en S/ 540,00: faltan S/ 4.460,00.",
        ),
        (
            "PEN",
            5_000 * MICROS,
            4_999_990_000,
            "Pide un pedido de S/ 5.000,00 y va en S/ 4.999,99: faltan S/ 0,01.",
        ),
        (
            "PYG",
            1_000 * MICROS,
            999 * MICROS,
            "Pide un pedido de Gs. 1.000 y va en Gs. 999: falta Gs. 1.",
        ),
    ],
)
def test_too_small_an_order_says_how_much_more(
    moneda: str, pide: int, hay: int, texto: str
) -> None:
    assert frase(paso(Codigo.MONTO, medido=hay, umbral=pide), moneda) == texto


@pytest.mark.parametrize(
    ("faltan", "texto"),
    [
        ((3,), "Falta Teclado en el carrito."),
        ((2, 3), "Faltan Mouse y Teclado en el carrito."),
        ((1, 2, 4), "Faltan Laptop, Mouse e Impresora en el carrito."),
        ((9,), "Falta el artículo 9 en el carrito."),
        ((), "La combinación no tiene artículos."),
    ],
)
def test_an_incomplete_combination_names_who_is_missing(
    faltan: tuple[int, ...], texto: str
) -> None:
    assert frase(paso(Codigo.COMBO_INCOMPLETO, faltan=faltan)) == texto


@pytest.mark.parametrize(
    ("para_quien", "texto"),
    [
        ({"articulo_id": 1}, "Es solo para Laptop."),
        ({"articulo_id": 9}, "Es solo para el artículo 9."),
        ({"grupo_id": 1}, "Es para otro grupo."),
        ({"linea_id": 1}, "Es para otra línea."),
        (
            {"grupo_id": 1, "linea_id": 1},
            "Este artículo no cumple a la vez grupo y línea.",
        ),
        (
            {"articulo_id": 1, "grupo_id": 1, "linea_id": 1},
            "Este artículo no cumple a la vez artículo, grupo y línea.",
        ),
    ],
)
def test_a_rule_of_another_scope_says_whose_it_is(para_quien: dict[str, int], texto: str) -> None:
    assert frase(paso(Codigo.FUERA_DE_ALCANCE, regla=regla(**para_quien))) == texto


def test_not_a_member_and_inactive() -> None:
    assert (
        frase(paso(Codigo.NO_ES_PARTE_DEL_COMBO)) == "Este artículo no es parte de la combinación."
    )
    assert frase(paso(Codigo.INACTIVA)) == "La regla está inactiva."


PISO = paso(
    Codigo.PISO_COSTO,
    regla=None,
    antes=1_400 * MICROS,
    despues=1_500 * MICROS,
    medido=1_400 * MICROS,
    umbral=1_500 * MICROS,
    aplicada=True,
)
AUTORIZADO = PISO._replace(
    despues=PISO.antes, aplicada=False, autorizan=(regla(nombre="40 % en laptop"),)
)


def test_the_floor_raises_the_price_to_the_cost() -> None:
    assert frase(PISO) == "S/ 1.400,00 queda bajo el costo de S/ 1.500,00: sube a S/ 1.500,00."
    with_cents = PISO._replace(umbral=1_499_500_000)
    assert (
        frase(with_cents, "PYG")
        == "Gs. 1.400 queda bajo el costo de Gs. 1.499,5: sube a Gs. 1.500."
    )


def test_below_cost_names_the_rules_that_allow_it() -> None:
    assert (
        frase(AUTORIZADO) == "Se vende bajo el costo de S/ 1.500,00: lo permite «40 % en laptop»."
    )
    two = AUTORIZADO._replace(autorizan=(regla(nombre="Liquidación"), regla(nombre="Inventario")))
    assert (
        frase(two)
        == "Se vende bajo el costo de S/ 1.500,00: lo permiten «Liquidación» e «Inventario»."
    )


def test_without_the_permission_no_sentence_tells_the_cost() -> None:
    assert frase(PISO, ver_costos=False) == "El precio quedaba bajo el costo: sube hasta el costo."
    assert (
        frase(AUTORIZADO, ver_costos=False)
        == "Se vende bajo el costo: lo permite «40 % en laptop»."
    )


def test_names_with_braces_are_only_names() -> None:
    raro = AUTORIZADO._replace(autorizan=(regla(nombre="{costo} {0}"),))
    assert frase(raro, ver_costos=False) == "Se vende bajo el costo: lo permite «{costo} {0}»."
    assert (
        frase_de(
            paso(Codigo.COMBO_INCOMPLETO, faltan=(1,)),
            nombres={1: "{nombres}"},
            moneda="PYG",
            ver_costos=True,
        )
        == "Falta {nombres} en el carrito."
    )


def test_the_articles_whose_names_are_needed() -> None:
    pasos = [
        paso(Codigo.COMBO_INCOMPLETO, faltan=(2, 3)),
        paso(Codigo.FUERA_DE_ALCANCE, regla=regla(articulo_id=1)),
        paso(Codigo.CANTIDAD, regla=regla(articulo_id=7), medido=0, umbral=MICROS),
        PISO,
    ]
    assert articulos_nombrados(pasos) == {1, 2, 3}


@pytest.mark.parametrize(
    ("codigo", "texto"),
    [
        (CodigoLista.ELEGIDA, "Es la más específica de las vigentes."),
        (CodigoLista.MENOS_ESPECIFICA, "Vigente, pero «Lima» es más específica."),
        (CodigoLista.SOLAPADA, "Se solapa con «Lima», que es más nueva."),
        (CodigoLista.VENCIDA, "Termina el 30/06/2026, antes de la fecha."),
        (CodigoLista.FUTURA, "Empieza el 01/06/2026, después de la fecha."),
        (CodigoLista.INACTIVA, "La lista está inactiva."),
    ],
)
def test_lists_say_why_they_were_or_were_not_chosen(codigo: str, texto: str) -> None:
    assert (
        frase_de_lista(codigo, elegida="Lima", inicio=date(2026, 6, 1), fin=date(2026, 6, 30))
        == texto
    )


@pytest.mark.parametrize("codigo", [c for c in CodigoLista if c not in {"VENCIDA", "FUTURA"}])
def test_a_list_without_an_end_has_its_sentence_too(codigo: str) -> None:
    assert frase_de_lista(codigo, elegida="Lima")


def test_overlapping_lists_are_named() -> None:
    assert (
        frase_de_solape("Nueva", ["Vieja", "Invierno"])
        == "«Nueva» se solapa con «Vieja» e «Invierno»: vale la más nueva. Separar sus fechas."
    )


@pytest.mark.parametrize(
    ("nombres", "texto"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A y B"),
        (["A", "Hilo"], "A e Hilo"),
        (["A", "Hielera"], "A y Hielera"),
        (["A", "B", "iPad"], "A, B e iPad"),
    ],
)
def test_names_are_joined_as_spoken(nombres: list[str], texto: str) -> None:
    assert enumerar(nombres) == texto


def test_how_much_a_rule_takes_off_in_a_word() -> None:
    assert descuento(regla(1_250), "PYG") == "12,5 %"
    assert descuento(regla(-500), "PYG") == "recargo de 5 %"
    assert descuento(regla(25 * MICROS, es_porcentaje=False), "PEN") == "S/ 25,00 por unidad"
    assert (
        descuento(regla(-25 * MICROS, es_porcentaje=False), "PYG") == "recargo de Gs. 25 por unidad"
    )
