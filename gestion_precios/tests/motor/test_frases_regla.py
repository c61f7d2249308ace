"""Each rule of the customer's document, and the odd ones, as a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gestion_precios.demo.principal import cargar_principal
from gestion_precios.models import (
    Articulo,
    CombinacionProducto,
    GrupoArticulo,
    LineaArticulo,
    ReglaPrecio,
)
from gestion_precios.motor.frases_regla import frase_de_regla, numero_corto

T, C = ReglaPrecio.Tipo, ReglaPrecio.Condicion
MOUSE = Articulo(pk=1, descripcion="Mouse")
LAPTOPS = GrupoArticulo(pk=1, nombre="Laptops")
TECNOLOGIA = LineaArticulo(pk=1, nombre="Tecnología")
COMBO = CombinacionProducto(pk=1, nombre="Teclado + Mouse")


def regla(valor: str, tipo: str = T.PORCENTAJE, **campos: Any) -> ReglaPrecio:
    campos = {"condicion": C.CANTIDAD_MINIMA, "condicion_valor": Decimal(0)} | campos
    return ReglaPrecio(valor_regla=Decimal(valor), tipo_regla=tipo, **campos)


@pytest.mark.parametrize(
    ("fila", "frase"),
    [
        (regla("10"), "10 % a todo"),
        (regla("2.50", condicion_valor=Decimal(6)), "2,5 % a todo, desde 6 unidades"),
        (regla("10", condicion_valor=Decimal(1)), "10 % a todo"),
        (
            regla("10", condicion=C.MONTO_MINIMO, condicion_valor=Decimal(5000)),
            "10 % a todo, desde Gs. 5.000 de pedido",
        ),
        (regla("10", condicion=C.MONTO_MINIMO), "10 % a todo"),
        (regla("-3"), "Recargo de 3 % a todo"),
        (
            regla("1500", T.MONTO_FIJO, aplica_articulo=MOUSE),
            "Gs. 1.500 menos por unidad a Mouse",
        ),
        (
            regla("-500", T.MONTO_FIJO, aplica_grupo=LAPTOPS),
            "Recargo de Gs. 500 por unidad al grupo Laptops",
        ),
        (
            regla("5", aplica_articulo=MOUSE, aplica_linea=TECNOLOGIA),
            "5 % a Mouse, si es de la línea Tecnología",
        ),
        (
            regla("5", aplica_grupo=LAPTOPS, aplica_linea=TECNOLOGIA),
            "5 % al grupo Laptops, si es de la línea Tecnología",
        ),
        (
            regla("5", aplica_combinacion=COMBO, condicion_valor=Decimal(9)),
            "5 % a cada uno del combo, llevando todo «Teclado + Mouse»",
        ),
        (
            regla("5", aplica_combinacion=COMBO, aplica_articulo=MOUSE),
            "5 % a Mouse, llevando todo «Teclado + Mouse»",
        ),
        (regla("0.50", T.MONTO_FIJO), "Gs. 0,5 menos por unidad a todo"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_sentences(fila: ReglaPrecio, frase: str) -> None:
    assert frase_de_regla(fila, "PYG") == frase


@pytest.mark.django_db
def test_the_demos_rules() -> None:
    cargar_principal()
    assert [frase_de_regla(fila, "PEN") for fila in ReglaPrecio.objects.order_by("pk")] == [
        "30 % a Laptop",
        "S/ 10,00 menos por unidad a Mouse, desde 3 unidades",
        "10 % a todo, desde S/ 5.000,00 de pedido",
        "S/ 25,00 menos por unidad a cada uno del combo, llevando todo «Teclado + Mouse»",
        "40 % a Laptop",
    ]


@pytest.mark.parametrize(
    ("valor", "texto"),
    [("10", "10"), ("2.50", "2,5"), ("1234.75", "1.234,75"), ("0.05", "0,05"), ("100.00", "100")],
)
def test_numbers_without_needless_decimals(valor: str, texto: str) -> None:
    assert numero_corto(Decimal(valor)) == texto
