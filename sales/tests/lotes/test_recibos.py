"""Receipts: what browser and server must compute alike, byte for byte."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from sales.lotes.recibos import huella_cruda, huella_lote, huella_pedido, precio_plano


def _sha(texto: str) -> str:
    return sha256(texto.encode()).hexdigest()


def test_the_lotes_identity_is_its_encoding_and_its_bytes() -> None:
    assert huella_lote("base64", b"N4Ig") == _sha("base64\nN4Ig")
    assert huella_lote("base64", b"N4Ig") != huella_lote("uri", b"N4Ig")


def test_the_orders_receipt_is_its_client_and_its_lines_in_order() -> None:
    lineas = [(7, 3, "12500"), (9, 1, "0.5")]
    assert huella_pedido("17", lineas) == _sha("17\n7:3:12500\n9:1:0.5\n")
    assert huella_pedido("17", lineas[::-1]) != huella_pedido("17", lineas)


@pytest.mark.parametrize(
    ("minimos", "decimales", "texto"),
    [
        (12500, 0, "12500"),
        (0, 0, "0"),
        (0, 2, "0"),
        (1250, 2, "12.5"),
        (1200, 2, "12"),
        (5, 2, "0.05"),
        (120, 2, "1.2"),
        (100000, 2, "1000"),
    ],
)
def test_prices_are_plain_decimals_without_trailing_zeros(
    minimos: int, decimales: int, texto: str
) -> None:
    assert precio_plano(minimos, decimales) == texto


@pytest.mark.parametrize(
    ("linea", "texto"),
    [
        ({"articulo_id": 7, "cantidad": 0, "precio_unitario": 12500}, "7:0:12500"),
        ({"articulo_id": 7, "cantidad": Decimal("1.5"), "precio_unitario": "10"}, "7:1.5:10"),
        ({"articulo_id": 7, "cantidad": 1, "precio_unitario": Decimal("1.20E+2")}, "7:1:120"),
        ({"articulo_id": 7, "cantidad": 1, "precio_unitario": Decimal("12.50")}, "7:1:12.5"),
        ({"articulo_id": 7, "cantidad": "3", "precio_unitario": "12.50"}, "7:3:12.5"),
        ({"articulo_id": 7, "cantidad": 3, "precio_unitario": "1.000.000"}, "7:3:1.000.000"),
        ({"articulo_id": 7, "cantidad": 3, "precio_unitario": "100"}, "7:3:100"),
        ({"articulo_id": True, "cantidad": None, "precio_unitario": [1]}, "::"),
        ({"articulo_id": 1, "cantidad": 1, "precio_unitario": Decimal("1e99")}, "1:1:1E+99"),
        ("no es un objeto", "::"),
    ],
)
def test_an_unreadable_order_still_has_a_receipt(linea: Any, texto: str) -> None:
    assert huella_cruda("17", [linea]) == _sha(f"17\n{texto}\n")


def test_a_receipt_of_lone_surrogates_is_computed_all_the_same() -> None:
    assert len(huella_cruda("\ud800", [])) == 64
