"""The vectors that the browser's tests read: both sides must give the same figures."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from gestion_precios.moneda import decimales, formato
from gestion_precios.motor.cotizador import Cotizador
from gestion_precios.motor.reglas import MICROS, Precio, Reglamento
from gestion_precios.tests.motor.test_faltantes import micros, regla_de, renglon_de
from sales.pantalla.opciones import texto_plano
from sales.payload.recibos import huella_pedido
from sales.precios.iva import desglosar
from sales.precios.sistema import PreciosDelSistema
from sales.precios.valoracion import PrecioSistema

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


DESDE: dict[str, Any] = json.loads((VECTORES / "desde.json").read_text("utf-8"))


@pytest.mark.parametrize("caso", DESDE["casos"], ids=lambda caso: caso["que"])
def test_from_how_many_on_an_article_is_cheaper(caso: dict[str, Any]) -> None:
    """A list in guaraníes: its smallest amount is the whole unit."""
    renglon = renglon_de(DESDE["renglon"] | {"costo": caso.get("costo", "0")})
    reglas = [regla_de(DESDE["regla"] | dada) for dada in caso["reglas"]]
    reglamento = Reglamento("v", 0, {renglon.articulo_id: renglon}, reglas)

    def convertir(precio: Precio) -> PrecioSistema:
        return PrecioSistema(precio.final // MICROS, 1, "v")

    hallado = PreciosDelSistema(Cotizador(reglamento, convertir), {}).mas_barato_desde(
        renglon.articulo_id
    )
    dicho = caso["desde"]
    assert (hallado and (hallado[0], hallado[1].minimos * MICROS)) == (
        dicho and (dicho["cantidad"], micros(dicho["final"]))
    )
