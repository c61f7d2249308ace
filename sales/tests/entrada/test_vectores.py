"""The vectors that the browser's tests read: both sides must give the same figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.datos.busqueda import normalizar
from gestion_precios.moneda import decimales, formato
from sales.lotes.recibos import huella_pedido
from sales.pantalla.opciones import texto_plano
from sales.precios.iva import desglosar

VECTORES = Path(settings.BASE_DIR) / "static" / "js" / "tests" / "vectores"
CAMPOS = ("gravada_10", "iva_10", "gravada_5", "iva_5", "exenta")


def vectores(nombre: str) -> list[dict[str, Any]]:
    casos: list[dict[str, Any]] = json.loads((VECTORES / f"{nombre}.json").read_text("utf-8"))
    return casos


@pytest.mark.parametrize("caso", vectores("iva"))
def test_iva(caso: dict[str, Any]) -> None:
    esperado = {campo: int(caso.get(campo, 0)) for campo in CAMPOS}
    assert desglosar(int(caso["total"]), caso["tasa"])._asdict() == esperado


@pytest.mark.parametrize("caso", vectores("dinero"))
def test_money(caso: dict[str, str]) -> None:
    monto = Decimal(caso["plano"])
    assert formato(monto, caso["moneda"]) == caso["formato"]
    assert (
        texto_plano(monto.quantize(Decimal(1).scaleb(-decimales(caso["moneda"])))) == caso["plano"]
    )


@pytest.mark.parametrize("caso", vectores("huellas"))
def test_receipts(caso: dict[str, Any]) -> None:
    lineas = [(li["articulo_id"], li["cantidad"], li["precio_unitario"]) for li in caso["lineas"]]
    assert huella_pedido(caso["cliente"], lineas) == caso["huella"]


@pytest.mark.parametrize("caso", vectores("busqueda"))
def test_search_text(caso: dict[str, str]) -> None:
    assert normalizar(caso["texto"]) == caso["normal"]
