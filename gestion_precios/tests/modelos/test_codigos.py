"""Codes as hands, scanners and spreadsheets write them: what the server reads of the vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from core.texto.limpieza import limpiar
from gestion_precios.articulos.ean import digito_verificador, ean_valido
from gestion_precios.planillas.celdas import leer_codigo

VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores" / "codigos.json"
CASOS: list[dict[str, Any]] = json.loads(VECTORES.read_text("utf-8"))


def gtin(codigo: str) -> str:
    """Whether a barcode's digits are right, or what is wrong with them."""
    try:
        ean_valido(codigo)
    except ValidationError as error:
        return str(error.code).removeprefix("ean_")
    return "bien"


def de_planilla(texto: str) -> int | None:
    """The article's code in a cell; None when it is none."""
    try:
        return leer_codigo(texto)
    except ValueError:
        return None


@pytest.mark.parametrize("caso", CASOS, ids=lambda caso: ascii(caso["texto"]))
def test_each_vector(caso: dict[str, Any]) -> None:
    assert limpiar(caso["texto"]) == caso["limpio"]
    assert gtin(caso["codigo"]) == caso["gtin"]
    assert de_planilla(caso["texto"]) == caso.get("planilla")


def test_there_are_of_each_kind() -> None:
    assert len(CASOS) == 392
    assert {caso["gtin"] for caso in CASOS} == {"bien", "digito", "largo"}
    assert {len(caso["codigo"]) for caso in CASOS if caso["gtin"] == "bien"} == {8, 12, 13, 14}
    assert sum("planilla" in caso for caso in CASOS) > 20


@pytest.mark.parametrize("largo", [8, 12, 13, 14])
def test_of_ten_last_digits_one_is_right(largo: int) -> None:
    """Whatever zeros stand before it: the digit is counted from the right."""
    base = "7840001000018"[: largo - 1].zfill(largo - 1)
    bien = [cifra for cifra in "0123456789" if gtin(base + cifra) == "bien"]
    assert bien == [str(digito_verificador(base))]
    assert digito_verificador(f"00{base}") == digito_verificador(base)
