from decimal import Decimal

import pytest

from gestion_precios.moneda import cabe, decimales, formato, redondear, texto_exacto


@pytest.mark.parametrize(
    ("monto", "moneda", "texto"),
    [
        ("1234567", "PYG", "Gs. 1.234.567"),
        ("0", "PYG", "Gs. 0"),
        ("-1500", "PYG", "Gs. -1.500"),
        ("1234.5", "PEN", "S/ 1.234,50"),
        ("0.1", "USD", "US$ 0,10"),
    ],
)
def test_amounts_read_as_people_write_them(monto: str, moneda: str, texto: str) -> None:
    assert formato(Decimal(monto), moneda) == texto


@pytest.mark.parametrize(
    ("monto", "moneda", "texto"),
    [("12500", "PYG", "12500"), ("12500.00", "PYG", "12500"), ("3.5", "PEN", "3.50")],
)
def test_amounts_leave_with_their_currencys_decimals(monto: str, moneda: str, texto: str) -> None:
    assert texto_exacto(Decimal(monto), moneda) == texto


def test_halves_are_rounded_up() -> None:
    assert redondear(Decimal("0.5"), "PYG") == 1
    assert redondear(Decimal("2.5"), "PYG") == 3
    assert redondear(Decimal("0.125"), "PEN") == Decimal("0.13")


@pytest.mark.parametrize(
    ("monto", "moneda", "entra"),
    [("100", "PYG", True), ("100.5", "PYG", False), ("1.25", "USD", True), ("1.255", "USD", False)],
)
def test_an_amount_fits_when_it_has_no_more_decimals(monto: str, moneda: str, entra: bool) -> None:
    assert cabe(Decimal(monto), moneda) is entra


def test_an_unknown_currency_is_an_error() -> None:
    with pytest.raises(KeyError):
        decimales("EUR")
