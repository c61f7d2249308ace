"""How near words are: the vectors that the browser's tests read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from core.texto.parecido import A_UNA_LETRA, DE_LA_FAMILIA, EXACTA, comparador, raiz

VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores" / "parecidas.json"
LETRAS = "abceilmnorstuz"
palabras = st.text(LETRAS, min_size=4, max_size=9)


def grado(palabra: str, conocida: str) -> int | None:
    return comparador(palabra)(conocida, raiz(conocida))


@pytest.mark.parametrize("caso", json.loads(VECTORES.read_text("utf-8")))
def test_how_near_a_word_is(caso: dict[str, Any]) -> None:
    assert [raiz(caso["palabra"]), raiz(caso["conocida"])] == caso["raices"]
    assert grado(caso["palabra"], caso["conocida"]) == caso["grado"]


@given(palabras, st.data())
def test_a_letter_off_is_noticed_wherever_it_is(palabra: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(palabra) - 1))
    letra = data.draw(st.sampled_from(LETRAS))
    escritas = [
        palabra[:i] + letra + palabra[i:],
        palabra[:i] + letra + palabra[i + 1 :],
        palabra[:i] + palabra[i + 1 : i + 2] + palabra[i] + palabra[i + 2 :],
        palabra[:i] + palabra[i + 1 :],
    ]
    for escrita in escritas:
        if len(escrita) >= 4:
            assert grado(escrita, palabra) in {EXACTA, DE_LA_FAMILIA, A_UNA_LETRA}


@given(palabras, palabras)
def test_the_beginning_of_a_word_is_that_word(comienzo: str, resto: str) -> None:
    assert grado(comienzo, comienzo + resto) == EXACTA
