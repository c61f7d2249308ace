"""What a JSON text may cost, counted before it is parsed."""

from __future__ import annotations

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import presupuesto_json
from core.presupuesto_json import JsonDesmedido, Presupuesto, exigir, piezas

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
