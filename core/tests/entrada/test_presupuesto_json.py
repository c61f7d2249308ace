"""What a JSON text may cost, counted before it is parsed."""

from __future__ import annotations

import json
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entrada import presupuesto_json
from core.entrada.presupuesto_json import JsonDesmedido, Presupuesto, exigir, numeros, piezas

MEGA = 1 << 20


def codigo_de(texto: str, **limites: Any) -> str:
    presupuesto = Presupuesto(**{"octetos": 64 * MEGA, "piezas": 1_000} | limites)
    try:
        exigir(texto, presupuesto)
    except JsonDesmedido as error:
        return error.codigo
    return ""


@pytest.mark.parametrize(
    ("texto", "cuantas"),
    [
        ("", 0),
        ("1", 0),
        ("[]", 1),
        ("[1,2,3]", 3),
        ('{"a": 1, "b": [2, {}]}', 5),
        ('["[,{", "]\\",[", "\\\\", "\\\\\\""]', 4),
        ('[",,,,', 1),
    ],
)
def test_pieces_are_commas_and_opening_brackets_outside_strings(texto: str, cuantas: int) -> None:
    assert piezas(texto) == cuantas


HOJAS = st.none() | st.integers(0, 9) | st.text(alphabet='[]{},:"\\é🚚\n', max_size=6)
VALORES = st.recursive(
    HOJAS,
    lambda v: st.lists(v, max_size=4) | st.dictionaries(st.text('[{,"\\', max_size=3), v),
    max_leaves=12,
)


def esperadas(valor: Any) -> int:
    if not isinstance(valor, list | dict):
        return 0
    hijos = list(valor.values()) if isinstance(valor, dict) else valor
    return max(len(hijos), 1) + sum(map(esperadas, hijos))


def niveles(valor: Any) -> int:
    if not isinstance(valor, list | dict):
        return 0
    hijos = list(valor.values()) if isinstance(valor, dict) else valor
    return 1 + max(map(niveles, hijos), default=0)


@pytest.mark.parametrize("trozo", [1, 2, 3, 1 << 16])
@given(valor=VALORES, ascii_=st.booleans())
def test_whatever_the_strings_hold_and_wherever_it_is_cut(
    trozo: int, valor: Any, ascii_: bool
) -> None:
    texto = json.dumps(valor, ensure_ascii=ascii_)
    with pytest.MonkeyPatch.context() as cambio:
        cambio.setattr(presupuesto_json, "_TROZO", trozo)
        cuantas, hondo = esperadas(valor), niveles(valor)
        assert piezas(texto) == cuantas
        assert codigo_de(texto, piezas=cuantas, profundidad=hondo) == ""
        if cuantas:
            assert codigo_de(texto, piezas=cuantas - 1) == "json_demasiadas_piezas"
            assert codigo_de(texto, piezas=cuantas, profundidad=hondo - 1) == "json_profundo"


def test_length_is_what_python_holds_of_it() -> None:
    assert codigo_de("a" * MEGA, octetos=MEGA) == ""
    assert codigo_de("a" * (MEGA + 1024), octetos=MEGA) == "json_extenso"
    assert codigo_de("a" * (MEGA // 2) + "🚚", octetos=MEGA) == "json_extenso"


@pytest.mark.parametrize(
    "texto",
    ["[],", "{},", '{"a":[1,', '"",', '"a",', '",', "[", "{", ",", '\\"', "\\", '"', '"\\\\",'],
)
def test_hostile_texts_cost_no_memory(texto: str) -> None:
    """Whatever is said of them. The time is a few passes of C: no figure of it holds everywhere."""
    largo = texto * (8 * MEGA // len(texto))
    tracemalloc.start()
    codigo_de(largo, piezas=500_000)
    pico = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pico < 8 * MEGA


def leido(texto: str) -> Any:
    return json.loads(texto, **numeros(texto))


@pytest.mark.parametrize("lugar", [0, 1, 65_435, 65_436, 65_535, 65_536, 65_537, 131_072])
def test_numerals_have_a_hundred_characters_wherever_they_stand(lugar: int) -> None:
    relleno = " " * lugar
    for numeral in ("9" * 100, "-" + "1" * 99, "1." + "9" * 98, "1" * 90 + ".5e+000001"):
        assert leido(relleno + numeral) == leido(numeral)
        for largo in (numeral.replace("9", "99", 1), f"{numeral}1", numeral.replace("1", "12", 1)):
            if len(largo) > 100:
                with pytest.raises(JsonDesmedido, match="json_numero_enorme"):
                    leido(relleno + largo)


def test_an_honest_text_pays_no_call_for_each_integer() -> None:
    assert "parse_int" not in numeros('{"1": [12, "99", 1.5]}')
    assert leido('["' + "9" * 200 + '", 7, 1.5]') == ["9" * 200, 7, Decimal("1.5")]


@pytest.mark.parametrize("numeral", ["9" * 20_000_000, "1." + "9" * 20_000_000])
def test_a_numeral_of_millions_of_digits_is_not_taken_apart(numeral: str) -> None:
    """Ten bytes of memory a digit, and seconds, when it was."""
    tracemalloc.start()
    try:
        with pytest.raises(JsonDesmedido, match="json_numero_enorme"):
            leido(numeral)
        cima = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert cima < 45 * MEGA


def test_exponents_beyond_any_number_are_refused() -> None:
    with pytest.raises(JsonDesmedido, match="json_numero_enorme"):
        leido("1e99999999999999999999")
