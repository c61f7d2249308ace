"""A row's number is its digits, and nothing else that Python would read as one."""

from __future__ import annotations

import pytest

from core.texto.numeros import numero_de_fila


@pytest.mark.parametrize(
    ("texto", "numero"), [("7", 7), ("007", 7), ("0", 0), ("9" * 18, 10**18 - 1)]
)
def test_its_digits(texto: str, numero: int) -> None:
    assert numero_de_fila(texto) == numero


@pytest.mark.parametrize("texto", ["", " 7", "-7", "+7", "7.0", "1_0", "²", "٣", "x", "9" * 19])
def test_anything_else_is_none(texto: str) -> None:
    assert numero_de_fila(texto) is None
