"""Money in templates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template import Context, Template

from gestion_precios.templatetags.dinero import gs, numero


@pytest.mark.parametrize(
    ("monto", "moneda", "con", "sin"),
    [
        (Decimal(1234567), "PYG", "Gs.\u00a01.234.567", "1.234.567"),
        (1234567, "PYG", "Gs.\u00a01.234.567", "1.234.567"),
        ("1234.5", "PEN", "S/\u00a01.234,50", "1.234,50"),
        (Decimal("0.005"), "USD", "US$\u00a00,01", "0,01"),
        (Decimal(-12000), "PYG", "Gs.\u00a0-12.000", "-12.000"),
        (0, "PYG", "Gs.\u00a00", "0"),
        (None, "PYG", "", ""),
        ("", "PYG", "", ""),
        ("nada", "PYG", "", ""),
    ],
)
def test_amounts_as_people_read_them(
    monto: Decimal | int | str | None, moneda: str, con: str, sin: str
) -> None:
    assert (gs(monto, moneda), numero(monto, moneda)) == (con, sin)


def test_the_filters_in_a_template() -> None:
    fuente = "{% load dinero %}{{ m|gs }} {{ m|numero:'PEN' }}"
    assert Template(fuente).render(Context({"m": Decimal(1500)})) == "Gs.\u00a01.500 1.500,00"


def test_money_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        gs(1.5)  # type: ignore[arg-type]  # that is the point


def test_an_unknown_currency_is_a_bug() -> None:
    with pytest.raises(ValueError, match="ARS"):
        gs(1, "ARS")
