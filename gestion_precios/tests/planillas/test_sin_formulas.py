"""No cell of what is exported is a formula, whatever it is opened with."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gestion_precios.planillas.archivo import escribir_csv, escribir_xlsx
from gestion_precios.planillas.lectura.limites import COLUMNAS

SEPARADORES = ",;\t|"
# Told apart from what celdas.py knows: what Unicode lets a program leave out, and known fillers.
SIN_VERSE = "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u180b\ufe0f\u00ad\u200b\u2060\ufeff\u202e"
MOLESTO = st.text(
    st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20'\"\t\r\n,;| \xa0\u2028ab1" + SIN_VERSE),
    max_size=14,
)
TEXTO = st.one_of(MOLESTO, st.text(max_size=20))
FILA = st.tuples(
    st.one_of(TEXTO, st.integers(1, 9_999)),
    TEXTO,
    TEXTO,
    st.one_of(TEXTO, st.decimals(-9, 9, places=2)),
    TEXTO,
)
Fila = tuple[Any, Any, Any, Any, Any]


def de_python(texto: str, separador: str) -> Iterator[str]:
    """The cells that Python's reader sees."""
    for fila in csv.reader(io.StringIO(texto, newline=""), delimiter=separador):
        yield from fila


def de_excel(texto: str, separador: str) -> Iterator[str]:
    """Those of a spreadsheet, where a quote opens only at a cell's very beginning, and what follows
    its closing is text."""
    celda, dentro, posicion, empieza = "", False, 0, True
    while posicion < len(texto):
        letra = texto[posicion]
        if dentro and texto.startswith('""', posicion):
            celda += '"'
            posicion += 1
        elif dentro and letra == '"':
            dentro = False
        elif not dentro and (letra == separador or letra in "\r\n"):
            yield celda
            celda, empieza = "", True
            posicion += 1
            continue
        elif empieza and letra == '"':
            dentro = True
        else:
            celda += letra
        empieza = False
        posicion += 1
    yield celda


def sin_comillas(texto: str, separador: str) -> Iterator[str]:
    """Those of a program that knows nothing of quotes."""
    for linea in texto.splitlines():
        yield from linea.split(separador)


def es_formula(celda: str) -> bool:
    """Whether its first sign, blanks and quotes apart, is a formula's; a number is a number."""
    try:
        float(celda.replace(",", "."))
    except ValueError:
        for letra in celda:
            if letra == '"' or letra in SIN_VERSE or unicodedata.category(letra)[0] in "CZM":
                continue
            return unicodedata.normalize("NFKC", letra)[0] in "=+-@"
    return False


@pytest.mark.parametrize("leer", [de_python, de_excel, sin_comillas])
@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(st.lists(FILA, min_size=1, max_size=2))
@example([(1, 'x,"=1+1,', "d", Decimal(1), "")])
@example([(1, "x\t@SUM(1)", 'x|"\uff1d1', Decimal(-1), "\u3164=1")])
def test_of_a_csv_with_whatever_separator(
    leer: Callable[[str, str], Iterator[str]], filas: list[Fila]
) -> None:
    texto = escribir_csv(filas).decode("utf-8-sig")
    for separador in SEPARADORES:
        assert [celda for celda in leer(texto, separador) if es_formula(celda)] == []


@settings(derandomize=True, deadline=None, database=None, max_examples=60)
@given(FILA)
@example((1, '"=1+1', "\u3164=1", Decimal(1), "=1"))
def test_of_a_workbook_which_keeps_its_texts_as_texts(fila: Fila) -> None:
    hoja = load_workbook(io.BytesIO(escribir_xlsx([fila]))).active
    assert hoja is not None
    for celda in hoja[2]:
        assert celda.data_type != "f"
        if isinstance(celda.value, str) and es_formula(celda.value):
            assert celda.quotePrefix
    assert len(hoja[2]) <= len(COLUMNAS)
