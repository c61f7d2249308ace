"""Prices, codes and yeses as people leave them in a spreadsheet."""

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planillas.inerte import sin_formula
from gestion_precios.planillas.celdas import (
    Celda,
    Ilegible,
    leer_codigo,
    leer_precio,
    leer_si,
    leer_texto,
)


@pytest.mark.parametrize(
    ("celda", "moneda", "precio"),
    [
        (Decimal("1234.5"), "PEN", "1234.5"),
        ("1234.5", "PEN", "1234.5"),
        ("1234,5", "PEN", "1234.5"),
        ("1.234,50", "PEN", "1234.50"),
        ("1.234.567", "PEN", "1234567"),
        ("1.234.567,8", "PEN", "1234567.8"),
        ("S/ 12,90", "PEN", "12.90"),
        ("US$ 12.90", "USD", "12.90"),
        ("1.234", "PYG", "1234"),
        ("Gs. 1.234.567", "PYG", "1234567"),
        ("₲ 9500", "PYG", "9500"),
        ("PYG 9500", "PYG", "9500"),
        ("1 234\xa0567", "PYG", "1234567"),
        ("12.500.-", "PYG", "12500"),
        ("-5", "PYG", "-5"),
    ],
)
def test_a_price_is_read_as_it_was_meant(celda: Celda, moneda: str, precio: str) -> None:
    assert leer_precio(celda, moneda) == Decimal(precio)


@pytest.mark.parametrize(
    ("texto", "moneda", "lecturas"),
    [
        ("1.234", "PEN", "1234 o 1,234"),
        ("1,234", "PEN", "1234 o 1,234"),
        ("1,234", "PYG", "1234 o 1,234"),
        ("0.009", "PEN", "9 o 0,009"),
        ("999,000", "PEN", "999000 o 999"),
        ("1,234.50", "PEN", "1234,5 o 1,234"),
    ],
)
def test_a_sign_that_may_be_either_is_refused_with_both_readings(
    texto: str, moneda: str, lecturas: str
) -> None:
    frase = f"«{texto}» puede ser {lecturas}: escribir el número sin separar los miles."
    with pytest.raises(ValueError, match=f"^{re.escape(frase)}$"):
        leer_precio(texto, moneda)


@pytest.mark.parametrize(
    "celda",
    [
        "caro",
        "1.2.3",
        "12,34,56",
        "1..5",
        "NaN",
        "Infinity",
        "1e5",
        "--5",
        "١٢٣",
        "9" * 5000,
        Decimal("NaN"),
        Decimal("Infinity"),
        Ilegible("La celda tiene un error de Excel.", "#N/A"),
    ],
)
def test_what_is_no_price_says_so(celda: Celda) -> None:
    with pytest.raises(ValueError, match=r"(No|no) es un número|^La celda tiene"):
        leer_precio(celda, "PYG")


@pytest.mark.parametrize("celda", [Decimal(1001), Decimal("1001.0"), "1001", "001001"])
def test_a_code_is_an_integer_however_it_was_kept(celda: Celda) -> None:
    assert leer_codigo(celda) == 1001


@pytest.mark.parametrize(
    "celda",
    ["1.001", "1001,0", "0", "-1", "abc", "2147483648", "²", Decimal("1.5"), Decimal("NaN")],
)
def test_anything_else_is_no_code(celda: Celda) -> None:
    with pytest.raises(ValueError, match="entero"):
        leer_codigo(celda)


@pytest.mark.parametrize(
    ("celda", "valor"),
    [
        ("sí", True),
        ("SI", True),
        ("x", True),
        (Decimal(1), True),
        (Ilegible("", "True"), True),
        ("", False),
        (None, False),
        ("no", False),
        (Decimal(0), False),
        (Ilegible("", "False"), False),
    ],
)
def test_a_yes_and_a_no(celda: Celda, valor: bool) -> None:
    assert leer_si(celda) is valor


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(ValueError, match="«sí»"):
        leer_si("quizás")


@pytest.mark.parametrize(
    "texto",
    [
        *("=1+1", "+595", "-CABLE", "@x", "\tx", "\rx", "\nx", "|x", "%x"),
        *(
            "\uff1d1+1",
            "\uff0b595",
            "\uff0dCABLE",
            "\uff20x",
            "\ufe66x",
            "\ufe62x",
            "\ufe63x",
            "\u2212x",
        ),
        *(
            " =1",
            "\xa0+1",
            "\u200b=1",
            "\ufeff@x",
            "\u202e-1",
            "\u0301=1",
            "\x0b=1",
            "\u3000\uff1d1",
        ),
        *("'=1", "''=1", "'\tx", "' =1"),
        *('"=1', '""=1', '"\tx', '" +1', "\"'@SUM(1)", "'\"-1"),
        *(f"{blanco}=1" for blanco in "\u3164\u115f\u1160\uffa0\u2800\u00ad\u180e\u034f\u2060"),
        *("\ufff0=1", "\U000e0001=1", "\U0001d159-1", "\U00013441\uff1d1"),
    ],
)
def test_a_text_that_would_be_a_formula_is_kept_from_it_and_comes_back(texto: str) -> None:
    escrito = sin_formula(texto)
    assert escrito == f"'{texto}"
    assert leer_texto(escrito) == texto


@pytest.mark.parametrize(
    ("texto", "escrito"),
    [
        ("caño,=1+1", "caño,'=1+1"),
        ("caño;-20; @x", "caño;'-20;' @x"),
        ("caño\n\uff1d1", "caño\n'\uff1d1"),
        ("caño,'=1", "caño,''=1"),
        ("=1,=1", "'=1,'=1"),
        ('x,"=1+1,', "x,'\"=1+1,"),
        ("x\t@SUM(1)", "x\t'@SUM(1)"),
        ("x|=1", "x|'=1"),
        ("x\u2028=1", "x\u2028'=1"),
    ],
)
def test_nor_any_part_of_it_where_another_separator_is_expected(texto: str, escrito: str) -> None:
    assert sin_formula(texto) == escrito
    assert leer_texto(escrito) == texto


MOLESTO = st.text(
    st.sampled_from("=+-@|%\uff1d\u2212'\"\t\r\n,; \xa0\u200b\ufeff\u0301ab1"), max_size=12
)


@settings(derandomize=True, deadline=None, database=None, max_examples=1_000)
@given(st.one_of(MOLESTO, st.text(max_size=20)))
def test_any_text_comes_back_and_no_part_of_it_begins_as_a_formula(texto: str) -> None:
    escrito = sin_formula(texto)
    assert leer_texto(escrito) == texto
    for pedazo in re.split("[,;\t\r\n]", escrito):
        a_la_vista = re.sub(r"^[\s\u200b\ufeff\u0301]+", "", unicodedata.normalize("NFKC", pedazo))
        assert not a_la_vista.startswith(("=", "+", "-", "@", "|", "%", "\u2212"))
    assert not escrito.startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize(
    "texto", ["TEC-LAP-001", "'tis", "", "a=b", '2,5 mm; 3/4"', "O'Higgins, 1"]
)
def test_other_texts_stay_as_they_are(texto: str) -> None:
    assert sin_formula(texto) == texto
    assert leer_texto(texto) == texto


def test_a_number_where_a_text_was_expected_is_its_digits() -> None:
    assert leer_texto(Decimal(123)) == "123"
    assert leer_texto(Decimal(1000)) == "1000"
